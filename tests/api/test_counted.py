"""What the figures for Prometheus count: every question once, whoever asks it, and no word of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from tests.api.with_settings import client_with

if TYPE_CHECKING:
    from fastapi import FastAPI

ADDRESS = "Số 12 ngõ 34 Giải Phóng, Phường Thịnh Liệt, Quận Hoàng Mai"
INSIDE, OUTSIDE = "21.0285, 105.8542", "20.8449, 106.6881"


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return client_with(app)


def counted(client: TestClient, name: str) -> dict[str, float]:
    found = re.findall(
        rf'^hanoi_wards_{name}_total{{outcome="(\w+)"}} ([\d.]+)$', client.get("/metrics").text, re.MULTILINE
    )
    return {outcome: float(count) for outcome, count in found}


@pytest.mark.parametrize("page", ["/", "/tra-cuu"])
def test_questions_on_the_page_are_counted(client: TestClient, page: str) -> None:
    for text in (INSIDE, OUTSIDE, ADDRESS, "phường Hàng Bạc, Hoàn Kiếm cũ", "999 999", ""):
        assert client.post(page, data={"q": text}).status_code == 200
    client.post(page, data={"lon": "105.8542", "lat": "21.0285", "accuracy": "20"})
    assert counted(client, "lookups") == {"INSIDE": 2, "OUTSIDE": 1}
    assert sum(counted(client, "routes").values()) == 2
    text = client.get("/metrics").text
    assert not [word for word in (*ADDRESS.replace(",", "").split(), "Hàng", "105.8", "21.02") if word in text.split()]
    assert "Thịnh" not in text


def test_questions_to_the_interface_are_counted_once(client: TestClient) -> None:
    client.get("/v1/lookup/point?lon=105.8542&lat=21.0285")
    assert client.post("/v1/route", json={"address": ADDRESS}).status_code == 200
    batch = client.post("/v1/route/batch", json={"cases": [{"address": ADDRESS}, {"address": 1}]}).json()
    assert ["result" in item for item in batch["items"]] == [True, False]
    assert counted(client, "lookups") == {"INSIDE": 1}
    assert sum(counted(client, "routes").values()) == 2
