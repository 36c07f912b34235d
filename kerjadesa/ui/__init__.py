"""The window: what the operator sees and does, on Qt Widgets."""

import builtins

# PySide6 puts its own import in place of Python's, for names in snake_case, which nobody wants here
# (`from __feature__ import …`). For that it reads the source of whatever is imported, by anybody,
# and keeps it: 25 MiB, and up to a quarter of the time to start.
_import = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401

builtins.__import__ = _import
