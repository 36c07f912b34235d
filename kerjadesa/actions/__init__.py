"""What people do with KerjaDesa: one verb a file, shared by the window and the commands."""
