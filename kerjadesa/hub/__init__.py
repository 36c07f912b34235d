"""The district's service: a device that hears everyone and answers with entries of its own."""
