"""Batches to bytes and back, and the two roads they travel: a stick, and the hub over HTTPS."""
