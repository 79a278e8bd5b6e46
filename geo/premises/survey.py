"""The register and the measures of access together, worked out once for whoever asks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from geo.premises.access import WardAccess, measure_access
from geo.premises.register import Register, open_register

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from geo.premises.operator_register import OperatorRegister
    from geo.stores import Dataset


class PremisesSurvey:
    """What is known of the premises, and how far they are.

    Parameters
    ----------
    dataset
        The generation of the wards, with `operator`'s rows laid over it.
    street_lines
        Lines of streets and alleys inside each ward, EPSG:4326, by ward code; see `NamedStreets.by_ward`.
    operator
        The operator's register, where there is one.
    """

    def __init__(
        self,
        dataset: Dataset,
        street_lines: Mapping[str, NDArray[np.object_]],
        operator: OperatorRegister | None = None,
    ) -> None:
        self.dataset = dataset
        self._street_lines = street_lines
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
        measured = measure_access(self.dataset, self.register, self._street_lines)
        return {one.ward_code: one for one in measured}
