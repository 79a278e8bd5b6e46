"""Distances to premises, against the plainest arithmetic there is."""

from __future__ import annotations

import math
import statistics
from dataclasses import replace

import numpy as np
import pytest
import shapely

from geo.crs import geometry_to_metres, to_metres
from geo.locate import WardIndex
from geo.model import Premises, PremisesStatus
from geo.premises import PremisesSurvey, Proxy, measure_access, open_register
from geo.premises.access import (
    GRID_SPACING_M,
    LEAST_STREET_KM_PER_KM2,
    STREET_SPACING_M,
    points_along,
    points_over,
    proxy_points,
    reach,
)
from geo.stores import EmbeddedStore

SQUARE = shapely.box(1000.0, 1000.0, 2000.0, 2000.0)


@pytest.fixture(scope="module")
def survey(index: WardIndex, store: EmbeddedStore) -> PremisesSurvey:
    return PremisesSurvey(index.dataset, store.named_streets().by_ward)


def metres(premises: Premises) -> tuple[float, float]:
    assert premises.position is not None
    east, north = to_metres(premises.position.lon, premises.position.lat)
    return float(east), float(north)


def percentile_90(values: list[float]) -> float:
    """Interpolate linearly between order statistics, as the project says it does."""
    ordered = sorted(values)
    place = 0.9 * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


@pytest.mark.parametrize("code", ["00004", "00082", "00340", "00097", "09676"])
def test_measures_are_those_of_brute_force(
    survey: PremisesSurvey, index: WardIndex, store: EmbeddedStore, code: str
) -> None:
    measured = survey.access[code]
    place = [unit.code for unit in index.wards].index(code)
    polygon = geometry_to_metres(index.dataset.geometries)[place]
    lines = store.named_streets().by_ward.get(code, np.empty(0, dtype=object))
    proxy, points = proxy_points(polygon, geometry_to_metres(lines) if len(lines) else lines)
    assert (measured.proxy, measured.proxy_points) == (proxy, len(points))
    in_use = [one for one in index.dataset.premises if one.position and one.status is not PremisesStatus.PLANNED]
    for found, candidates in (
        (measured.nearest, in_use),
        (measured.own, [one for one in in_use if one.ward_code == code]),
    ):
        if not candidates:
            assert found is None
            continue
        assert found is not None
        nearest = [
            min((math.dist((float(x), float(y)), metres(one)), one.id, one) for one in candidates) for x, y in points
        ]
        distances = [distance for distance, _, _ in nearest]
        assert found.median_m == pytest.approx(statistics.median(distances))
        assert found.p90_m == pytest.approx(percentile_90(distances))
        uncertain = [one.position.uncertainty_m for _, _, one in nearest if one.position]
        assert found.uncertainty_m == max(uncertain)


def test_every_ward_is_measured_and_says_how(survey: PremisesSurvey, index: WardIndex) -> None:
    assert [one.ward_code for one in survey.access.values()] == [unit.code for unit in index.wards]
    for line in survey.register.wards:
        found = survey.access[line.ward.code]
        assert found.people_per_premises == line.ward.population / len(line.in_use)
        assert (found.own is None) is (not line.positioned)
        assert found.nearest is not None
        assert found.proxy_points >= 1
        if found.own is not None:
            assert found.nearest.median_m <= found.own.median_m
            assert found.nearest.p90_m <= found.own.p90_m
    proxies = {found.proxy for found in survey.access.values()}
    assert proxies == {Proxy.STREETS, Proxy.GRID}


def test_planned_premises_are_not_measured_to(index: WardIndex, survey: PremisesSurvey, store: EmbeddedStore) -> None:
    planned = [
        replace(one, status=PremisesStatus.PLANNED) if one.ward_code == "00070" else one
        for one in index.dataset.premises
    ]
    dataset = replace(index.dataset, premises=planned)
    measured = {
        one.ward_code: one for one in measure_access(dataset, open_register(dataset), store.named_streets().by_ward)
    }
    assert survey.access["00070"].own is not None
    assert measured["00070"].own is None
    assert measured["00070"].people_per_premises is None
    assert measured["00097"].own == survey.access["00097"].own


def test_without_any_position_nothing_is_measured(index: WardIndex) -> None:
    dataset = replace(index.dataset, premises=[replace(one, position=None) for one in index.dataset.premises])
    measured = measure_access(dataset, open_register(dataset), {})
    assert {(one.own, one.nearest, one.proxy) for one in measured} == {(None, None, Proxy.GRID)}


def test_points_along_streets_weigh_by_length() -> None:
    lines = np.array([shapely.LineString([(0, 0), (500, 0)]), shapely.LineString([(0, 9), (20, 9)])])
    points = points_along(lines)
    long = points[points[:, 1] == 0]
    assert len(long) == 500 / STREET_SPACING_M
    assert long[:, 0] == pytest.approx(np.arange(25, 500, 50))
    assert points[points[:, 1] == 9].tolist() == [[10, 9]], "the shortest street has its middle"


def test_the_grid_covers_the_ward_and_nothing_else() -> None:
    points = points_over(SQUARE)
    assert shapely.intersects_xy(SQUARE, points[:, 0], points[:, 1]).all()
    assert len(points) == (1000 / GRID_SPACING_M + 1) ** 2
    assert (points % GRID_SPACING_M == 0).all(), "the same lines in every ward"
    tiny = shapely.box(1010.0, 1010.0, 1050.0, 1050.0)
    assert shapely.intersects_xy(tiny, *points_over(tiny)[0])


def test_a_few_streets_do_not_speak_for_a_commune() -> None:
    street = np.array([shapely.LineString([(1000, 1500), (1000 + 1000 * LEAST_STREET_KM_PER_KM2, 1500)])])
    assert proxy_points(SQUARE, street)[0] is Proxy.STREETS
    half = np.array([shapely.LineString([(1000, 1500), (1499, 1500)])])
    assert proxy_points(SQUARE, half)[0] is Proxy.GRID
    assert proxy_points(SQUARE, np.empty(0, dtype=object))[0] is Proxy.GRID


def test_the_uncertainty_is_the_largest_of_those_measured_to() -> None:
    points = np.array([[0.0, 0.0], [10.0, 0.0]])
    premises = np.array([[0.0, 3.0], [10.0, 4.0], [500.0, 0.0]])
    found = reach(points, premises, np.array([50.0, 200.0, 900.0]))
    assert found is not None
    assert (found.median_m, found.uncertainty_m) == (3.5, 200.0)
    assert reach(points, np.empty((0, 2)), np.empty(0)) is None


def test_many_points_are_measured_in_blocks() -> None:
    rng = np.random.default_rng(7)
    points, premises = rng.uniform(0, 1e4, (9001, 2)), rng.uniform(0, 1e4, (40, 2))
    found = reach(points, premises, np.full(40, 50.0))
    assert found is not None
    apart = np.sqrt(((points[:, None] - premises[None]) ** 2).sum(axis=2)).min(axis=1)
    assert found.median_m == pytest.approx(np.median(apart))
