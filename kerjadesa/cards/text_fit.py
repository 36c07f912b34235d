"""Fits a text into a box: shrink, then wrap, then shrink on. It is never cut."""

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
        parts = _balanced(text, count, measure)
        widest = max(map(measure, parts)) or 1.0
        fitting = min(size, width / widest, height / (leading * len(parts)))
        if fitting >= smallest:
            return parts, fitting
        if fitting > best[1]:
            best = parts, fitting
    return best


def _balanced(text: str, count: int, measure: Callable[[str], float]) -> list[str]:
    """Splits at the blank that makes the wider of two lines as narrow as can be."""
    words = text.split(" ")
    if count == 1 or len(words) == 1:
        return [text]
    splits = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return list(min(splits, key=lambda pair: max(map(measure, pair))))
