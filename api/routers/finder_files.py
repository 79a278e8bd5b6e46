"""What the ward finder loads beside its page: street lines by square, and what makes it an app."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from api.dependencies import PageLanguageDep, ServicesDep, reject_unknown_parameters
from api.finder import page_files
from api.reference import reference_response
from maps.app_files import web_manifest
from maps.street_tiles import ZOOM

router = APIRouter(include_in_schema=False, dependencies=[Depends(reject_unknown_parameters)])

Square = Annotated[int, Path(ge=0, lt=2**ZOOM)]


@router.get("/ban-do/duong/{z}/{x}/{y}.json")
def streets(
    request: Request, z: Annotated[int, Path(ge=ZOOM, le=ZOOM)], x: Square, y: Square, services: ServicesDep
) -> Response:
    """Give the street lines of one square (© OpenStreetMap contributors, ODbL 1.0); squares of one zoom only."""
    assert z == ZOOM
    return reference_response(request, services, page_files(services).street_tiles.tile(x=x, y=y))


@router.get("/manifest.webmanifest")
def manifest(request: Request, services: ServicesDep, lang: PageLanguageDep) -> Response:
    """Describe the page as an app."""
    content = web_manifest(page_files(services).icons, lang)
    return reference_response(request, services, content, "application/manifest+json")


@router.get("/service-worker.js")
def worker(services: ServicesDep) -> Response:
    """Give the worker that keeps the page for use without a network; asked for anew each time."""
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return Response(page_files(services).worker, media_type="text/javascript", headers=headers)
