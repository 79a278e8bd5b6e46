"""What the routes work with: opened once when the application starts, then only read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.crosswalk import Crosswalk
from geo.locate import WardIndex
from geo.stores import EmbeddedStore, open_store
from geo.stores.dataset import DISPLAY_LEVELS, generation_on

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from api.settings import Settings
    from geo.model import Generation


@dataclass(frozen=True, slots=True)
class Services:
    """The data behind the routes."""

    settings: Settings
    store: EmbeddedStore
    indexes: Mapping[str, WardIndex]
    crosswalk: Crosswalk
    display: Mapping[tuple[str, int], NDArray[np.object_]]
    """Shapes for drawing, by generation and tolerance in metres."""

    @classmethod
    def open(cls, settings: Settings) -> Services:
        """Load everything.

        Raises
        ------
        DataMissing, DataDamaged
            The data cannot be read; the service must not start.
        """
        store = open_store(settings.data_dir)
        indexes = {generation.id: WardIndex(store.dataset(generation)) for generation in store.generations()}
        for index in indexes.values():
            index.warm_up()
        display = {
            (generation.id, tolerance): store.display_geometries(generation, tolerance)
            for generation in store.generations()
            for tolerance in DISPLAY_LEVELS
        }
        crosswalk = Crosswalk.between(*(index.dataset for index in indexes.values()))  # loaded once, oldest first
        return cls(settings=settings, store=store, indexes=indexes, crosswalk=crosswalk, display=display)

    def index(self, as_of: date | None = None) -> WardIndex:
        """Return the index in force on a day; today's where none is given.

        Raises
        ------
        UnknownGeneration
            No boundaries are held for that day.
        """
        return self.indexes[generation_on(self.store, as_of).id]

    @property
    def old_generation(self) -> Generation:
        """The generation of the 526 communes."""
        return self.store.generations()[0]

    @property
    def data_version(self) -> str:
        """The version of the data loaded."""
        return self.store.data_version
