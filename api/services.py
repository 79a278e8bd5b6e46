"""What the routes work with: opened once when the application starts, then only read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.trial_reports import TrialReports
from geo.crosswalk import Crosswalk
from geo.locate import WardIndex
from geo.pieces import Pieces
from geo.premises import PremisesSurvey, load_operator_register, overlaid
from geo.routing import Router
from geo.routing.knowledge import Knowledge
from geo.stores import EmbeddedStore, open_store
from geo.stores.dataset import DISPLAY_LEVELS, generation_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from api.settings import Settings
    from geo.model import District, Generation
    from maps.page_assets import Asset

PIECES_TOLERANCE_M = 10
"""Display level of the old communes' pieces, metres."""


@dataclass(frozen=True, slots=True)
class Services:
    """The data behind the routes."""

    settings: Settings
    store: EmbeddedStore
    indexes: Mapping[str, WardIndex]
    crosswalk: Crosswalk
    router: Router
    premises: PremisesSurvey
    trial: TrialReports
    pieces: Pieces
    display: Mapping[tuple[str, int], NDArray[np.object_]]
    """Shapes for drawing, by generation and tolerance in metres."""
    earlier: Sequence[Asset] = ()
    """Files of the pages that were made from the data before these: such a page may still be open."""

    @classmethod
    def open(cls, settings: Settings, *, earlier: Sequence[Asset] = ()) -> Services:
        """Load everything.

        Parameters
        ----------
        earlier
            Files of the pages made from the data before.

        Raises
        ------
        DataMissing, DataDamaged
            The data cannot be read; the service must not start.
        """
        store = open_store(settings.data_dir)
        operator = load_operator_register(settings.premises_register) if settings.premises_register else None
        datasets = {generation.id: overlaid(store.dataset(generation), operator) for generation in store.generations()}
        indexes = {generation: WardIndex(dataset) for generation, dataset in datasets.items()}
        for index in indexes.values():
            index.warm_up()
        display = {
            (generation.id, tolerance): store.display_geometries(generation, tolerance)
            for generation in store.generations()
            for tolerance in DISPLAY_LEVELS
        }
        crosswalk = Crosswalk.between(*(index.dataset for index in indexes.values()))  # loaded once, oldest first
        current = indexes[generation_on(store, None).id]
        router = Router(Knowledge.of(crosswalk, current, store.gazetteer()))
        return cls(
            settings=settings,
            store=store,
            indexes=indexes,
            crosswalk=crosswalk,
            router=router,
            premises=PremisesSurvey(current.dataset, store.named_streets().by_ward, operator),
            trial=TrialReports(store.trial(), current.dataset, settings.trial_reports),
            pieces=_pieces(indexes, display),
            display=display,
            earlier=earlier,
        )

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
    def districts(self) -> Sequence[District]:
        """The 30 districts of the old communes."""
        return self.indexes[self.old_generation.id].dataset.districts

    @property
    def data_version(self) -> str:
        """The version of the data loaded."""
        return self.store.data_version


def _pieces(indexes: Mapping[str, WardIndex], display: Mapping[tuple[str, int], NDArray[np.object_]]) -> Pieces:
    old, new = (index.dataset for index in indexes.values())
    shapes = [display[dataset.generation.id, PIECES_TOLERANCE_M] for dataset in (old, new)]
    return Pieces.between(old, new, *shapes, tolerance_m=PIECES_TOLERANCE_M)
