"""KerjaDesa: an offline-first register of vulnerable workers for village offices."""

__version__ = "0.1.0"
