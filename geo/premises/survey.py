"""The register and the measures of access together, worked out once for whoever asks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from geo.premises.access import WardAccess, measure_access
from geo.premises.register import Register, open_register

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.premises.operator_register import OperatorRegister
    from geo.stores import Dataset, Store


class PremisesSurvey:
    """What is known of the premises, and how far they are.

    Parameters
    ----------
    dataset
        The generation of the wards, with `operator`'s rows laid over it.
    store
        Where the street lines come from; they are read when the measures are first asked for.
    operator
        The operator's register, where there is one.
    """

    def __init__(self, dataset: Dataset, store: Store, operator: OperatorRegister | None = None) -> None:
        self.dataset = dataset
        self._store = store
        self._operator = operator

    @cached_property
    def register(self) -> Register:
        """The premises ward by ward."""
        if self._operator is None:
            return open_register(self.dataset)
        return open_register(self.dataset, imported=self._operator.imported, version=self._operator.version)

    @cached_property
    def access(self) -> Mapping[str, WardAccess]:
        """The measures of each ward, by code."""
        measured = measure_access(self.dataset, self.register, self._store.street_lines())
        return {one.ward_code: one for one in measured}
