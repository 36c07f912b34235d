"""Fits a text into a box: shrink, then wrap, then shrink on. It is never cut."""

from bisect import bisect_left
from collections.abc import Callable


def fit(
    text: str,
    *,
    width: float,
    height: float,
    size: float,
    smallest: float,
    lines: int,
    leading: float,
    measure: Callable[[str], float],
) -> tuple[list[str], float]:
    """The lines and the type size for a text in a box of `width` by `height` points.

    `measure` gives a text's width at a size of one point; `leading` is the distance of lines in
    multiples of the size. One line shrinks to `smallest`; then up to `lines` are tried; a text that
    still does not fit shrinks further, because a name that is cut is the name of someone else.
    """
    best: tuple[list[str], float] = ([text], 0.0)
    for count in range(1, lines + 1):
        parts = [text] if count == 1 else _balanced(text, count, measure)
        widest = max(map(measure, parts)) or 1.0
        fitting = min(size, width / widest, height / (leading * len(parts)))
        if fitting >= smallest:
            return parts, fitting
        if fitting > best[1]:
            best = parts, fitting
    return best


def _balanced(text: str, count: int, measure: Callable[[str], float]) -> list[str]:
    """Splits at blanks into at most `count` lines whose widest is as narrow as can be."""
    words = text.split(" ")
    blank = measure(" ")
    widths = [measure(word) for word in words]

    def wrapped(limit: float) -> list[str]:
        lines: list[str] = []
        room = -1.0
        for word, width in zip(words, widths, strict=True):
            # A hair of tolerance: the same sum in another order differs in its last digit.
            if lines and room - blank - width >= -1e-6:
                lines[-1] += f" {word}"
                room -= blank + width
            else:
                lines.append(word)
                room = limit - width
        return lines

    limits = sorted(
        sum(widths[first:last]) + blank * (last - first - 1)
        for first in range(len(words))
        for last in range(first + 1, len(words) + 1)
    )
    limits = limits[bisect_left(limits, max(widths)) :]
    narrowest = bisect_left(limits, True, key=lambda limit: len(wrapped(limit)) <= count)
    return wrapped(limits[narrowest])
