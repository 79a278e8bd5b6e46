"""Answers that do not depend on the asker: cacheable, with a strong ETag from data version and representation."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import orjson
from fastapi.responses import Response

if TYPE_CHECKING:
    from fastapi import Request
    from pydantic import BaseModel

    from api.services import Services

GEOJSON = "application/geo+json"

_VALIDATORS: Final[dict[str, Any]] = {
    "ETag": {"description": "Strong: names this very form.", "required": True, "schema": {"type": "string"}},
    "Cache-Control": {"required": True, "schema": {"type": "string"}},
    "Vary": {"required": True, "schema": {"type": "string"}},
}


def reference_responses(geojson: dict[str, Any] | None = None) -> dict[int | str, dict[str, Any]]:
    """Describe what `reference_response` sends, for a route's ``responses``.

    Parameters
    ----------
    geojson
        Schema of the answer's GeoJSON form, where it has one.
    """
    content = {} if geojson is None else {"content": {GEOJSON: {"schema": geojson}}}
    return {
        200: {"headers": _VALIDATORS, **content},
        304: {"description": "Not modified", "headers": _VALIDATORS},
    }


def reference_response(
    request: Request, services: Services, content: BaseModel | bytes, media_type: str = "application/json"
) -> Response:
    """Answer with validators, or with 304 where the asker has this very answer already."""
    body = content if isinstance(content, bytes) else orjson.dumps(content.model_dump(mode="json"))
    etag = f'"{services.data_version}-{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {
        "ETag": etag,
        "Cache-Control": f"public, max-age={services.settings.reference_max_age}",
        "Vary": "Accept-Language, Accept-Encoding",
    }
    held = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if etag in held or "*" in held:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
