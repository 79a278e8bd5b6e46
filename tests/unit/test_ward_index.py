"""The lookup as its users meet it."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
import shapely

from geo.crs import to_lonlat, to_metres
from geo.errors import InvalidCoordinate, UnknownGeneration, UnknownUnit
from geo.locate import WardIndex
from geo.model import OldUnit, Outcome, Ward

HOAN_KIEM_LAKE = {"lon": 105.8523, "lat": 21.0287}


def shared_vertex(index: WardIndex, code_a: str, code_b: str) -> tuple[float, float]:
    shapes = {unit.code: shape for unit, shape in zip(index.wards, index.dataset.geometries, strict=True)}
    line = shapely.intersection(shapes[code_a].boundary, shapes[code_b].boundary)
    middle = shapely.get_coordinates(line)[len(shapely.get_coordinates(line)) // 2]
    return float(middle[0]), float(middle[1])


def test_a_place_that_everyone_knows(index: WardIndex) -> None:
    result = index.locate(**HOAN_KIEM_LAKE)
    assert result.outcome is Outcome.INSIDE
    assert [unit.full_name for unit in result.units] == ["Phường Hoàn Kiếm"]
    assert result.certain
    assert not result.approximate
    assert result.generation == "2025-07-01"
    assert len(result.data_version) == 12


def test_before_the_reform_the_same_place_is_an_old_commune_and_never_certain(old_index: WardIndex) -> None:
    result = old_index.locate(**HOAN_KIEM_LAKE)
    assert isinstance(result.units[0], OldUnit)
    assert result.units[0].district == "Quận Hoàn Kiếm"
    assert result.approximate
    assert not result.certain
    assert result.border.disagreement is None


def test_a_point_on_a_shared_border_names_both_wards_and_bulk_takes_the_smaller_code(
    index: WardIndex,
) -> None:
    lon, lat = shared_vertex(index, "00070", "00082")
    result = index.locate(lon=lon, lat=lat)
    assert result.outcome is Outcome.ON_BORDER
    assert {"00070", "00082"} <= {unit.code for unit in result.units}
    assert [unit.code for unit in result.units] == sorted(unit.code for unit in result.units)
    assert result.border.distance_m == 0
    assert not result.certain
    assert index.wards[index.locate_many([lon], [lat])[0]] == result.units[0] == index.ward_at(lon=lon, lat=lat)


def test_a_point_on_the_city_border_names_its_one_ward(index: WardIndex) -> None:
    west = shapely.get_coordinates(shapely.coverage_union_all(index.dataset.geometries))
    lon, lat = (float(value) for value in west[west[:, 0].argmin()])
    result = index.locate(lon=lon, lat=lat)
    assert result.outcome is Outcome.ON_BORDER
    assert len(result.units) == 1
    assert result.border.across is None


def test_outside_is_said_with_the_nearest_ward(index: WardIndex) -> None:
    result = index.locate(lon=106.3, lat=20.8)
    assert result.outcome is Outcome.OUTSIDE
    assert result.units == ()
    assert result.certain
    assert isinstance(result.border.across, Ward)
    assert index.ward_at(lon=106.3, lat=20.8) is None
    assert index.locate_many([106.3], [20.8]).tolist() == [-1]


def test_the_distance_to_the_border_is_the_metric_distance_to_the_wards_outline(index: WardIndex) -> None:
    rng = np.random.default_rng(7)
    for position in rng.choice(len(index.wards), 12, replace=False):
        polygon = index.dataset.geometries[position]
        point = polygon.representative_point()
        result = index.locate(lon=point.x, lat=point.y)
        outline = shapely.transform(polygon.boundary, to_metres, interleaved=False)
        expected = outline.distance(shapely.Point(*to_metres(point.x, point.y)))
        assert result.border.distance_m == pytest.approx(expected, abs=1e-6)


def test_certain_ends_where_the_two_sources_disagree(index: WardIndex) -> None:
    """Walk away from a border: near it the answer is a set with both wards, farther than the disagreement it is one."""
    start = index.locate(**HOAN_KIEM_LAKE)
    assert start.border.disagreement is not None
    lon, lat = shared_vertex(index, "00070", "00082")
    east, north = to_metres(lon, lat)
    seen = {True: 0, False: 0}
    for step in range(-200, 201, 2):
        at_lon, at_lat = to_lonlat(east + 0.3 * step, north + step)
        result = index.locate(lon=at_lon, lat=at_lat)
        nearest = result.border.disagreement
        assert nearest is not None
        if result.border.distance_m <= nearest.p90_m:
            assert not result.certain
            assert (
                {"00070", "00082"} <= {unit.code for unit in result.possible}
                or result.border.across is None
                or (result.border.across in result.possible)
            )
        assert set(result.units) <= set(result.possible)
        assert result.certain == (len(result.possible) == 1)
        seen[result.certain] += 1
    assert all(seen.values())


def test_the_doubted_line_of_hoa_lac_is_never_certain(index: WardIndex) -> None:
    lon, lat = shared_vertex(index, "09988", "04930")
    east, north = to_metres(lon, lat)
    result = index.locate(lon=to_lonlat(east + 100, north)[0], lat=to_lonlat(east + 100, north)[1])
    assert not result.certain
    assert {"09988", "04930"} <= {unit.code for unit in result.possible}


def test_each_equals_one_by_one(index: WardIndex) -> None:
    rng = np.random.default_rng(3)
    lons, lats = rng.uniform(105.3, 106.0, 200).tolist(), rng.uniform(20.6, 21.3, 200).tolist()
    assert index.locate_each(lons, lats) == [
        index.locate(lon=lon, lat=lat) for lon, lat in zip(lons, lats, strict=True)
    ]


@pytest.mark.parametrize(
    ("lon", "lat", "field"),
    [
        (math.nan, 21.0, "lon"),
        (105.8, math.inf, "lat"),
        (21.03, 105.85, "lon"),
        (105.8, 95.0, "lat"),
        (2.35, 48.85, "lon"),
        ("105.8x", 21.0, "lon"),
    ],
)
def test_a_wrong_point_says_which_value(index: WardIndex, lon: float, lat: float, field: str) -> None:
    with pytest.raises(InvalidCoordinate) as caught:
        index.locate(lon=lon, lat=lat)
    assert caught.value.field == field


@pytest.mark.parametrize(("lon", "lat"), [(math.nan, 21.0), (105.8, -math.inf)])
def test_the_quick_answer_refuses_what_is_no_number(index: WardIndex, lon: float, lat: float) -> None:
    with pytest.raises(InvalidCoordinate):
        index.ward_at(lon=lon, lat=lat)


def test_bulk_refuses_arrays_of_two_lengths(index: WardIndex) -> None:
    with pytest.raises(InvalidCoordinate, match="one length"):
        index.locate_many([105.8, 105.9], [21.0])
    assert len(index.locate_many([], [])) == 0


def test_the_shares_of_an_accuracy_disc(index: WardIndex) -> None:
    lon, lat = shared_vertex(index, "00070", "00082")
    shares = index.wards_near(lon=lon, lat=lat, radius_m=200)
    assert {"00070", "00082"} <= {hit.unit.code for hit in shares}
    assert sum(hit.share for hit in shares) == pytest.approx(1, abs=1e-6)
    assert [hit.share for hit in shares] == sorted((hit.share for hit in shares), reverse=True)
    alone = index.wards_near(lon=HOAN_KIEM_LAKE["lon"], lat=HOAN_KIEM_LAKE["lat"], radius_m=5)
    assert [(hit.unit.code, round(hit.share, 9)) for hit in alone] == [("00070", 1.0)]
    assert index.wards_near(lon=106.3, lat=20.8, radius_m=100) == ()


@pytest.mark.parametrize("radius", [0, -1, 50_000, math.nan])
def test_a_senseless_radius_is_refused(index: WardIndex, radius: float) -> None:
    with pytest.raises(InvalidCoordinate) as caught:
        index.wards_near(**HOAN_KIEM_LAKE, radius_m=radius)
    assert caught.value.field == "radius_m"


def test_nearest_premises_are_sorted_positioned_and_in_use(index: WardIndex) -> None:
    hits = index.nearest_premises(**HOAN_KIEM_LAKE, count=10)
    distances = [hit.distance_m for hit in hits]
    assert len(hits) == 10
    assert distances == sorted(distances)
    assert all(hit.premises.position and hit.premises.status != "planned" for hit in hits)
    everyone = [p for p in index.dataset.premises if p.position and p.status != "planned"]
    here = to_metres(**HOAN_KIEM_LAKE)
    expected = min(math.dist(here, to_metres(p.position.lon, p.position.lat)) for p in everyone if p.position)
    assert distances[0] == pytest.approx(expected)


def test_premises_of_one_ward(index: WardIndex) -> None:
    hits = index.nearest_premises(**HOAN_KIEM_LAKE, ward_code="00070", count=5)
    assert {hit.ward.code for hit in hits} == {"00070"}
    listed = index.premises_with_distance("00082", index.locate(**HOAN_KIEM_LAKE))
    assert {premises for premises, _ in listed} == set(index.premises_of("00082"))
    known = [distance for _, distance in listed if distance is not None]
    assert known == sorted(known)
    with pytest.raises(UnknownUnit):
        index.nearest_premises(**HOAN_KIEM_LAKE, ward_code="99999")


def test_neighbours_are_mutual(index: WardIndex) -> None:
    for ward in index.wards[::10]:
        for neighbour in index.neighbours(ward.code):
            assert ward in index.neighbours(neighbour.code)
    assert {unit.name for unit in index.neighbours("00070")} == {"Ba Đình", "Cửa Nam", "Hồng Hà"}


def test_generations_by_date(store) -> None:
    assert len(WardIndex.open(as_of=date(2025, 7, 1), store=store).wards) == 126
    assert len(WardIndex.open(as_of=date(2025, 1, 1), store=store).wards) == 526
    with pytest.raises(UnknownGeneration) as caught:
        WardIndex.open(as_of=date(2024, 12, 31), store=store)
    assert caught.value.field == "as_of"
    assert "01/01/2025" in caught.value.vi
