"""What is the same for everybody is cacheable; generations, health and readiness."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.schemas import GenerationList
from api.settings import Settings

if TYPE_CHECKING:
    from geo.stores import EmbeddedStore

REFERENCE = [
    "/v1/wards",
    "/v1/wards?geometry=25m",
    "/v1/wards/00070",
    "/v1/wards/00070?geometry=full",
    "/v1/old-units/00118",
    "/v1/generations",
]


@pytest.mark.parametrize("url", REFERENCE)
def test_an_etag_saves_the_second_answer(client: TestClient, store: EmbeddedStore, url: str) -> None:
    first = client.get(url)
    assert first.status_code == 200
    etag = first.headers["etag"]
    assert etag.startswith(f'"{store.data_version}-')
    assert first.headers["cache-control"] == "public, max-age=3600"
    assert "Accept-Language" in first.headers["vary"]
    for held in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = client.get(url, headers={"If-None-Match": held})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == etag
        assert again.headers["cache-control"] == first.headers["cache-control"]
    changed = client.get(url, headers={"If-None-Match": '"other"'})
    assert changed.status_code == 200
    assert changed.content == first.content


def test_each_representation_has_its_own_etag(client: TestClient) -> None:
    urls = [*REFERENCE, *(f"{url}{'&' if '?' in url else '?'}lang=en" for url in REFERENCE)]
    assert len({client.get(url).headers["etag"] for url in urls}) == len(urls)


def test_the_operator_sets_how_long_caches_keep_it() -> None:
    client = TestClient(create_app(Settings(reference_max_age=60)))
    assert client.get("/v1/generations").headers["cache-control"] == "public, max-age=60"


def test_long_answers_are_compressed_for_who_takes_it(client: TestClient) -> None:
    packed = client.get("/v1/wards?geometry=25m", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/v1/wards?geometry=25m", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()


def test_the_generations_held(client: TestClient, store: EmbeddedStore) -> None:
    listing = GenerationList.model_validate(client.get("/v1/generations").json())
    assert listing.data_version == store.data_version
    assert [(held.id, held.unit_count, held.approximate, held.current) for held in listing.items] == [
        ("2025-01-01", 526, True, False),
        ("2025-07-01", 126, False, True),
    ]
    assert listing.items[0].valid_to == listing.items[1].valid_from
    assert listing.items[1].valid_to is None


def test_health_and_readiness(client: TestClient, store: EmbeddedStore) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "data_version": store.data_version}
