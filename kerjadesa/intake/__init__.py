"""Reading workbooks that exist out there: recognised by content, measured, then read."""
