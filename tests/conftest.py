"""What every room's tests share."""

from hypothesis import settings

# The same examples on every machine, and no clock: a slow runner is no fault of the program.
settings.register_profile("kerjadesa", deadline=None, derandomize=True, database=None)
settings.load_profile("kerjadesa")
