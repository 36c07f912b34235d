"""What the page of a list shows, for the tests of it."""

from typing import Any


def shown(imports: Any, column: str) -> list[str]:
    """One column of the rows on show."""
    model = imports.rows.model
    section = 2 + model.columns.index(column) if column in model.columns else 1
    return [model.index(place, section).data() for place in range(model.rowCount())]
