"""What a store hands over: everything known about one generation."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from geo.errors import UnknownGeneration

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from geo.model import CrosswalkLink, Disagreement, District, Generation, Premises, TrialFacts, Unit

DISPLAY_LEVELS = (5, 10, 25)
"""Tolerances of the display levels, metres."""


@dataclass(frozen=True)
class Dataset:
    """One generation of units with its shapes, and what is attached to it.

    Parameters
    ----------
    units
        The lowest-level units, sorted by code: wards or old communes.
    geometries
        Object array of shapely polygons, same order, EPSG:4326, a valid coverage.
    disagreement
        For a pair of codes (smaller first, or code and ``""`` for the city border) how far the two boundary
        sources lie apart. Empty where only one source exists.
    links
        The legal links; the same in both generations, for they join the two.
    manifests
        The ``MANIFEST.json`` of each folder, by folder.
    """

    generation: Generation
    data_version: str
    units: Sequence[Unit]
    geometries: NDArray[np.object_]
    disagreement: Mapping[tuple[str, str], Disagreement]
    links: Sequence[CrosswalkLink]
    premises: Sequence[Premises]
    districts: Sequence[District]
    manifests: Mapping[str, Mapping[str, object]] = field(repr=False)


@dataclass(frozen=True)
class GazetteerTables:
    """The gazetteer's tables as rows of text, in the columns that their ``SOURCES.md`` describe."""

    street_communes: Sequence[Sequence[str]]
    house_numbers: Sequence[Sequence[str]]
    places: Sequence[Sequence[str]]
    commune_pieces: Sequence[Sequence[str]]
    street_districts: Sequence[Sequence[str]]
    older_communes: Sequence[Sequence[str]]


@dataclass(frozen=True)
class NamedStreets:
    """Streets and numbered alleys, one line for each ward that they run through.

    Parameters
    ----------
    ward_codes
        The ward of each line.
    names
        As mapped.
    alleys
        The numbers of the alleys from the street inwards, joined by slashes; empty for the street itself.
    lines
        Shape (n,), EPSG:4326.
    """

    ward_codes: Sequence[str]
    names: Sequence[str]
    alleys: Sequence[str]
    lines: NDArray[np.object_]

    @cached_property
    def by_ward(self) -> Mapping[str, NDArray[np.object_]]:
        """The lines inside each ward, by its code; a ward without any is not in it."""
        codes = np.asarray(self.ward_codes)
        return {str(code): self.lines[codes == code] for code in np.unique(codes)}


class Store(Protocol):
    """A place that holds generations.

    Every store answers the same questions with the same answers; the contract tests hold them to it.
    """

    def generations(self) -> Sequence[Generation]:
        """Return the generations held, oldest first."""

    def dataset(self, generation: Generation) -> Dataset:
        """Load one generation.

        Raises
        ------
        DataMissing, DataDamaged
            A file is not there, or is not what its manifest says.
        """

    def gazetteer(self) -> GazetteerTables:
        """Load the names of streets, alleys, house numbers and places, and where they are.

        Raises
        ------
        DataMissing, DataDamaged
            A file is not there, or is not what its manifest says.
        """

    def named_streets(self) -> NamedStreets:
        """Load the lines of streets and numbered alleys with their names and wards; read once.

        Raises
        ------
        DataMissing, DataDamaged
            A file is not there, or is not what its manifest says.
        """

    def trial(self) -> TrialFacts:
        """Load what is public about the trial of 20-26 June 2025.

        Raises
        ------
        DataMissing, DataDamaged
            A file is not there, or is not what its manifest says.
        """

    def display_geometries(self, generation: Generation, tolerance_m: int) -> NDArray[np.object_]:
        """Return simplified shapes for drawing only, in the order of the dataset's units."""


def generation_on(store: Store, day: date | None) -> Generation:
    """Pick the generation in force on a day; today's where no day is given.

    Raises
    ------
    UnknownGeneration
        No generation held was in force on that day.
    """
    held = store.generations()
    if day is None:
        return held[-1]
    for generation in held:
        if generation.covers(day):
            return generation
    first = held[0].valid_from
    raise UnknownGeneration(
        vi=f"Không có ranh giới cho ngày {day:%d/%m/%Y}; dữ liệu bắt đầu từ {first:%d/%m/%Y}.",
        en=f"No boundaries are held for {day.isoformat()}; the data begin on {first.isoformat()}.",
        field="as_of",
    )
