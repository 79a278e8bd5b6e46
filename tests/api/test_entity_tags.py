"""A strong tag names one sequence of bytes: the packed form and the plain form never share one."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from api.middleware.compression import takes_gzip

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

URL = "/v1/wards?geometry=25m"
PACKED, PLAIN = {"Accept-Encoding": "gzip"}, {"Accept-Encoding": "identity"}


def test_each_form_has_its_tag_and_its_304(client: TestClient) -> None:
    packed, plain = client.get(URL, headers=PACKED), client.get(URL, headers=PLAIN)
    tags = packed.headers["etag"], plain.headers["etag"]
    assert tags[0] == tags[1][:-1] + '-gzip"'
    assert not any(tag.startswith("W/") for tag in tags)
    assert packed.content == plain.content
    for asked, own, other in ((PACKED, *tags), (PLAIN, *reversed(tags))):
        held = client.get(URL, headers=asked | {"If-None-Match": own})
        assert held.status_code == 304
        assert held.headers["etag"] == own
        assert held.content == b""
        assert "content-length" not in held.headers
        assert "content-encoding" not in held.headers
        assert "Accept-Encoding" in held.headers["vary"]
        assert client.get(URL, headers=asked | {"If-None-Match": other}).status_code == 200
        both = client.get(URL, headers=asked | {"If-None-Match": f"{other}, W/{own}"})
        assert both.status_code == 304
        assert both.headers["etag"] == own


def test_a_short_answer_is_never_packed(client: TestClient) -> None:
    tags = {client.get("/v1/generations", headers=asked).headers["etag"] for asked in (PACKED, PLAIN)}
    assert len(tags) == 1


def test_an_error_is_no_304(client: TestClient) -> None:
    assert client.get("/v1/wards/99999", headers={"If-None-Match": "*"}).status_code == 404


def test_pages_and_assets_too(client: TestClient) -> None:
    page = client.get("/phuong-xa/00070?lang=vi", headers=PACKED)
    assert page.headers["content-encoding"] == "gzip"
    again = client.get(str(page.url.raw_path, "ascii"), headers=PACKED | {"If-None-Match": page.headers["etag"]})
    assert again.status_code == 304


def test_packed_bytes_unpack_to_the_plain_ones(client: TestClient) -> None:
    with client.stream("GET", URL, headers=PACKED) as response:
        raw = b"".join(response.iter_raw())
    assert int(response.headers["content-length"]) == len(raw)
    assert gzip.decompress(raw) == client.get(URL, headers=PLAIN).content


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("*", True),
        ("x-gzip", True),
        ("gzip;q=0", False),
        ("*;q=0", False),
        ("gzip;q=0, *", False),
        ("identity", False),
        ("", False),
    ],
)
def test_accept_encoding(accepted: str, takes: bool) -> None:
    assert takes_gzip(accepted) is takes


def test_lookups_are_never_kept(client: TestClient) -> None:
    asked = [
        client.get("/v1/lookup/point?lon=105.85&lat=21.03"),
        client.post("/v1/lookup/point", json={"lon": 105.85, "lat": 21.03}),
        client.post("/v1/lookup/points", json={"points": [[105.85, 21.03]]}),
        client.post("/v1/route", json={"address": "Phường Thịnh Liệt"}),
        client.post("/v1/route/batch", json={"cases": [{"address": "Phường Thịnh Liệt"}]}),
        client.post("/", data={"q": "21.0285, 105.8542"}),
        client.post("/tra-cuu", data={"q": "21.0285, 105.8542"}),
        client.get("/metrics"),
    ]
    for response in asked:
        assert response.status_code == 200
        assert response.headers["cache-control"] == "no-store"
        assert "etag" not in response.headers
