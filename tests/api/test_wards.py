"""The wards as reference data: attributes, predecessors with khoản, premises, shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import shapely
from shapely.geometry import shape

from api.schemas import WardDetail, WardList
from tests.api.problems import assert_problem

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from geo.crosswalk import Crosswalk
    from geo.locate import WardIndex
    from geo.stores import EmbeddedStore

LEVELS = ["full", "5m", "10m", "25m"]


def assert_rfc7946(geometry: dict[str, Any]) -> None:
    assert geometry["type"] in {"Polygon", "MultiPolygon"}
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for exterior, *holes in polygons:
        for ring in (exterior, *holes):
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert all(len(position) == 2 for position in ring)
            assert all(105 < lon < 107 and 20 < lat < 22 for lon, lat in ring)
            assert all(round(value, 7) == value for position in ring for value in position)
        assert shapely.LinearRing(exterior).is_ccw
        assert not any(shapely.LinearRing(hole).is_ccw for hole in holes)


def dataset_shapes(store: EmbeddedStore, index: WardIndex, level: str) -> dict[str, shapely.Geometry]:
    if level == "full":
        shapes = index.dataset.geometries
    else:
        shapes = store.display_geometries(index.dataset.generation, int(level.removesuffix("m")))
    return {unit.code: polygon for unit, polygon in zip(index.wards, shapes, strict=True)}


def test_the_list_has_every_ward_with_its_official_figures(client: TestClient, index: WardIndex) -> None:
    listing = WardList.model_validate(client.get("/v1/wards").json())
    assert listing.count == len(listing.items) == 126
    for item, ward, polygon in zip(listing.items, index.wards, index.dataset.geometries, strict=True):
        assert (item.code, item.full_name, item.population) == (ward.code, ward.full_name, ward.population)
        assert (item.area_km2, item.polygon_area_km2) == (ward.area_km2, ward.polygon_area_km2)
        assert item.bbox == polygon.bounds
    assert client.get("/v1/wards?geometry=none").json() == client.get("/v1/wards").json()
    assert client.get("/v1/wards?as_of=2025-07-01").json() == client.get("/v1/wards").json()


@pytest.mark.parametrize("level", LEVELS)
def test_the_list_as_geojson(client: TestClient, store: EmbeddedStore, index: WardIndex, level: str) -> None:
    response = client.get("/v1/wards", params={"geometry": level})
    assert response.headers["content-type"] == "application/geo+json"
    body = response.json()
    assert body["type"] == "FeatureCollection"
    assert "crs" not in body
    assert (body["generation"], body["data_version"]) == ("2025-07-01", store.data_version)
    assert "OpenStreetMap" in body["attribution"]
    expected = dataset_shapes(store, index, level)
    assert [found["id"] for found in body["features"]] == list(expected)
    for found in body["features"]:
        assert found["type"] == "Feature"
        assert found["properties"]["code"] == found["id"]
        assert_rfc7946(found["geometry"])
        assert shape(found["geometry"]).normalize() == expected[found["id"]].normalize()


@pytest.mark.parametrize("level", LEVELS)
def test_one_ward_as_geojson(client: TestClient, store: EmbeddedStore, index: WardIndex, level: str) -> None:
    response = client.get("/v1/wards/00070", params={"geometry": level})
    assert response.headers["content-type"] == "application/geo+json"
    body = response.json()
    assert body["type"] == "Feature"
    assert body["id"] == "00070"
    assert_rfc7946(body["geometry"])
    assert shape(body["geometry"]).normalize() == dataset_shapes(store, index, level)["00070"].normalize()
    assert body["properties"] == client.get("/v1/wards/00070").json()


def test_every_ward_tells_what_it_was_made_from_its_neighbours_and_premises(
    client: TestClient, crosswalk: Crosswalk, index: WardIndex
) -> None:
    links = 0
    for ward in index.wards:
        detail = WardDetail.model_validate(client.get(f"/v1/wards/{ward.code}").json())
        assert (detail.code, detail.full_name) == (ward.code, ward.full_name)
        assert [
            (link.clause, link.old_unit.code, link.old_unit.district, link.share, link.residents)
            for link in detail.predecessors
        ] == [
            (link.clause, old.code, old.district, link.share, link.residents)
            for link, old in crosswalk.predecessors(ward.code)
        ]
        assert len({link.clause for link in detail.predecessors}) == 1
        assert [unit.code for unit in detail.neighbours] == [unit.code for unit in index.neighbours(ward.code)]
        assert [premises.id for premises in detail.premises] == [p.id for p in index.premises_of(ward.code)]
        links += len(detail.predecessors)
    assert links == 795


def test_words_of_a_ward_in_both_languages(client: TestClient) -> None:
    vi, en = (client.get("/v1/wards/00070", params={"lang": lang}).json() for lang in ("vi", "en"))
    assert vi["predecessors"][0]["wording"] != en["predecessors"][0]["wording"]
    assert vi["predecessors"][0]["old_unit"] == en["predecessors"][0]["old_unit"]
    assert en["predecessors"][0]["wording"].isascii()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_code_that_only_an_old_commune_had_answers_with_its_successors(
    client: TestClient, crosswalk: Crosswalk, lang: str
) -> None:
    retired = sorted(set(crosswalk.old_units) - set(crosswalk.wards))
    assert len(retired) == 400
    for code in retired[::25]:
        body = assert_problem(client.get(f"/v1/wards/{code}", params={"lang": lang}), 404, field="code", lang=lang)
        assert body["type"] == "urn:hanoi-wards:problem:retired-unit"
        assert crosswalk.old_units[code].full_name in body["detail"]
        expected = [(link.clause, ward.code) for link, ward in crosswalk.successors(code)]
        assert [(went["clause"], went["ward"]["code"]) for went in body["successors"]] == expected
        assert expected


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_codes_that_nobody_has_and_codes_that_are_none(client: TestClient, lang: str) -> None:
    unknown = assert_problem(client.get(f"/v1/wards/99999?lang={lang}"), 404, field="code", lang=lang)
    assert "99999" in unknown["detail"]
    assert "successors" not in unknown
    for code in ("70", "0007O", "000700", "00070 ", "-0070", "%00"):
        assert_problem(client.get(f"/v1/wards/{code}?lang={lang}"), 422, field="code", lang=lang)


@pytest.mark.parametrize("url", ["/v1/wards?", "/v1/wards/00070?", "/v1/wards?geometry=10m&"])
def test_there_were_no_wards_before_the_first_of_july(client: TestClient, url: str) -> None:
    body = assert_problem(client.get(f"{url}as_of=2025-06-30"), 404, field="as_of")
    assert "/v1/old-units" in body["detail"]
    assert_problem(client.get(f"{url}as_of=2020-01-01&lang=en"), 404, field="as_of", lang="en")


def test_a_wrong_geometry_is_refused(client: TestClient) -> None:
    body = assert_problem(client.get("/v1/wards", params={"geometry": "7m", "lang": "en"}), 422, lang="en")
    assert body["errors"][0]["field"] == "geometry"
    assert "25m" in body["errors"][0]["detail"]
