"""The application with other settings, over data that are loaded already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from fastapi.testclient import TestClient

from api.app import create_app
from api.services import Services
from api.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI


def app_with(app: FastAPI, **given: Any) -> FastAPI:
    settings = Settings(**given)
    with patch.object(Services, "open", lambda _: replace(app.state.services, settings=settings)):
        return create_app(settings)


def client_with(app: FastAPI, *, client: tuple[str, int] = ("testclient", 50000), **given: Any) -> TestClient:
    return TestClient(app_with(app, **given), client=client)
