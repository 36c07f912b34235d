"""`python -m tests.bench [part of a measure's name]`: prints a line a measure."""

import sys

from tests.bench.measures import ALL, BY_NAME


def main() -> None:
    """Measures everything, or what the first word names."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    print("Medians; this machine may be noisy, so trust the ratios more than the seconds.")
    print(f"{'measure':<58}{'result':>26}{'goal':>14}{'peer':>10}{'ratio':>8}")
    for measure in (*ALL, *BY_NAME):
        if wanted in measure.__name__ and (measure in ALL or wanted):
            for line in measure():
                print(
                    f"{line.name:<58}{line.value:>26}{line.goal:>14}{line.peer:>10}{line.ratio:>8}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
