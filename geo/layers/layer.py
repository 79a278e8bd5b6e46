"""What a layer is."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from geo.model import Text

Kind = Literal["string", "integer", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a layer.

    Parameters
    ----------
    kind
        As JSON Schema calls it. Dates are ISO text, so that every format holds the same value.
    text
        What it holds.
    by_value
        True where rows may be asked for by this column's value.
    """

    name: str
    kind: Kind
    text: Text
    by_value: bool = False


@dataclass(frozen=True)
class Layer:
    """A table with one shape a row.

    Parameters
    ----------
    id
        Name in addresses and of files.
    key
        The column that tells rows apart.
    rows
        By column name; sorted by the key.
    shapes
        Same order, EPSG:4326, at most 7 decimals, exterior rings counter-clockwise; None where no honest shape is
        known.
    valid_from, valid_to
        First day of validity and the first day after it (None: still valid).
    approximate
        True where the shapes are for orientation only.
    licence
        Under what the layer may be used, and whom to name.
    """

    id: str
    title: Text
    description: Text
    key: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    shapes: NDArray[np.object_] = field(repr=False)
    valid_from: date
    valid_to: date | None
    approximate: bool
    licence: Text
    data_version: str

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Where each row stands, by its key."""
        return {row[self.key]: place for place, row in enumerate(self.rows)}

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of everything that has a shape; degrees."""
        west, south, east, north = (round(float(value), 6) for value in shapely.total_bounds(self.shapes))
        return west, south, east, north

    @cached_property
    def filters(self) -> Sequence[Column]:
        """The columns by whose value rows may be asked for."""
        return [column for column in self.columns if column.by_value]
