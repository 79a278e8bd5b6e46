"""What the routes work with: opened once when the application starts, then only read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.crosswalk import Crosswalk
from geo.locate import WardIndex
from geo.stores import EmbeddedStore, open_store
from geo.stores.dataset import generation_on

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from api.settings import Settings
    from geo.model import Generation


@dataclass(frozen=True, slots=True)
class Services:
    """The data behind the routes."""

    settings: Settings
    store: EmbeddedStore
    indexes: Mapping[str, WardIndex]
    crosswalk: Crosswalk

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
        return cls(settings=settings, store=store, indexes=indexes, crosswalk=Crosswalk.open(store))

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
