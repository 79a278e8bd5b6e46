"""The known premises as GeoJSON (RFC 7946): a premises without a position has a null geometry, never a centroid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.model import Premises, Ward
    from geo.premises.register import Register, WardPremises


def premises_features(register: Register, lines: Sequence[WardPremises] | None = None) -> list[dict[str, Any]]:
    """Return a feature for every known premises of some wards; of all where none are named."""
    return [
        _feature(one, line.ward, register.imported.get(one.id))
        for line in (register.wards if lines is None else lines)
        for one in line.premises
    ]


def _feature(premises: Premises, ward: Ward, imported_on: date | None) -> dict[str, Any]:
    position = premises.position
    properties: dict[str, Any] = {
        "id": premises.id,
        "ward_code": premises.ward_code,
        "ward_name": ward.full_name,
        "number": premises.number,
        "role": premises.role,
        "bodies": list(premises.bodies),
        "status": premises.status.value,
        "address": premises.address,
        "confidence": premises.confidence,
        "source": premises.source,
        "note": premises.note,
        "valid_from": premises.valid_from.isoformat() if premises.valid_from else None,
        "imported_on": imported_on.isoformat() if imported_on else None,
    }
    if position is not None:
        properties |= {
            "method": position.method.value,
            "uncertainty_m": position.uncertainty_m,
            "inside_ward": position.inside_ward,
        }
    point = None if position is None else {"type": "Point", "coordinates": [position.lon, position.lat]}
    return {"type": "Feature", "id": premises.id, "geometry": point, "properties": properties}
