"""Starts KerjaDesa: the window, or one of its commands."""

import sys


def main() -> None:
    """The entry point of `kerjadesa` and `python -m kerjadesa`."""
    from kerjadesa.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
