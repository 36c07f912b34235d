"""Measurements, not tests: `make bench` prints medians, and ratios where a peer exists."""
