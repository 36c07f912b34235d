"""The same verbs without a window. Each command opens the office, calls one action, prints."""
