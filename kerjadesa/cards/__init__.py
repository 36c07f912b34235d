"""The card: its QR credential, its layout in millimetres, its PDF and the proofreading of it."""
