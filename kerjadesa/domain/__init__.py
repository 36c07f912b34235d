"""What is true: plain rules and values, without a window, a database, a file or a clock."""
