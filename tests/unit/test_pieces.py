"""The drawn pieces follow the law's links, and nothing of a commune is lost between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from geo.crs import geometry_to_metres
from geo.pieces import Pieces

if TYPE_CHECKING:
    from geo.crosswalk import Crosswalk
    from geo.stores import EmbeddedStore


@pytest.fixture(scope="module", params=[10, 25])
def pieces(request: pytest.FixtureRequest, store: EmbeddedStore) -> Pieces:
    return Pieces.open(store, tolerance_m=request.param)


def area_m2(shape: shapely.Geometry | None) -> float:
    return 0.0 if shape is None else float(shapely.area(geometry_to_metres(np.array([shape], dtype=object)))[0])


def test_every_link_of_the_law_has_its_piece_or_one_too_small_to_draw(pieces: Pieces, crosswalk: Crosswalk) -> None:
    links = [link for code in crosswalk.old_units for link, _ in crosswalk.successors(code)]
    assert len(links) == 795
    small = 0
    for link in links:
        piece = pieces.of_link(link)
        assert piece.link is link or piece.link == link
        if piece.shape is None:
            small += 1
            assert piece.share * area_m2(pieces.communes[link.old_code]) < 4 * pieces.tolerance_m**2
        else:
            assert piece.shape.is_valid
            assert piece.shape.geom_type in {"Polygon", "MultiPolygon"}
    assert 0 < small < 15


def test_the_pieces_cover_each_commune(pieces: Pieces, crosswalk: Crosswalk) -> None:
    for code in crosswalk.old_units:
        own = pieces.of_old(code)
        assert sum(piece.share for piece in own) == pytest.approx(1, abs=0.003), code
        whole = area_m2(pieces.communes[code])
        drawn = sum(area_m2(piece.shape) for piece in own)
        assert drawn == pytest.approx(whole, rel=0.005), code


def test_both_ways_show_the_same_pieces(pieces: Pieces, crosswalk: Crosswalk) -> None:
    by_old = {id(piece) for code in crosswalk.old_units for piece in pieces.of_old(code)}
    by_ward = {id(piece) for code in crosswalk.wards for piece in pieces.of_ward(code)}
    assert by_old == by_ward
    assert len(by_old) == 795


def test_a_ward_is_covered_by_its_pieces(pieces: Pieces, crosswalk: Crosswalk) -> None:
    for code in crosswalk.wards:
        drawn = sum(area_m2(piece.shape) for piece in pieces.of_ward(code))
        assert drawn == pytest.approx(area_m2(pieces.wards[code]), rel=0.03), code


def test_a_code_that_nobody_had_has_no_piece(pieces: Pieces) -> None:
    assert pieces.of_old("99999") == pieces.of_ward("99999") == ()
