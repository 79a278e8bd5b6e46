"""Which representation goes back, by ``f=`` or by ``Accept``, and the links that lead to the others."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException

from api.errors import BadRequest
from api.languages import preferred_language
from api.reference import GEOJSON, reference_response

if TYPE_CHECKING:
    from fastapi import Request, Response

    from api.services import Services
    from geo.crs.published import PublishedCrs

Format = Literal["json", "html"]

JSON: Final = "application/json"
HTML: Final = "text/html"
OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"
_JSON_TYPES: Final = frozenset({JSON, GEOJSON, "application/vnd.oai.openapi+json"})


def negotiate(request: Request) -> Format:
    """Choose JSON or HTML; JSON where the asker does not care.

    Raises
    ------
    BadRequest
        ``f`` names neither.
    HTTPException
        ``Accept`` leaves neither: 406.
    """
    asked = request.query_params.get("f")
    if asked is not None:
        if asked not in {"json", "html"}:
            raise BadRequest(vi="f phải là json hoặc html.", en="f must be json or html.", field="f")
        return "html" if asked == "html" else "json"
    weights = _weights(request.headers.get("accept") or "*/*")
    json = max(_weight(weights, one) for one in _JSON_TYPES)
    html = _weight(weights, HTML)
    if not (json or html):
        raise HTTPException(HTTPStatus.NOT_ACCEPTABLE)
    return "html" if html > json else "json"


class Addresses:
    """Absolute addresses of our resources, in the language that the asker chose by ``lang``."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.site = str(request.base_url).rstrip("/")
        self.root = self.site + "/ogc"
        self.lang = preferred_language(request)
        self._kept = {"lang": self.lang} if "lang" in request.query_params else {}

    def to(self, *path: str, **query: str) -> str:
        """Return the address of a resource under ``/ogc``."""
        asked = query | self._kept
        parts = "".join("/" + quote(part, safe="") for part in path)
        return f"{self.root}{parts}" + (f"?{urlencode(asked)}" if asked else "")

    def link(self, rel: str, media_type: str, title: str, *path: str, **query: str) -> dict[str, Any]:
        """Return a link object to a resource under ``/ogc``."""
        return {"href": self.to(*path, **query), "rel": rel, "type": media_type, "title": title}

    def same(self, **query: Any) -> str:
        """Return the address asked for, with some parameters changed."""
        return str(self.request.url.include_query_params(**query))

    def own_links(self, shown: Format, json_type: str = JSON) -> list[dict[str, Any]]:
        """Return the links to this document and to its other representation."""
        says = {"json": "JSON", "html": "HTML"}
        types = {"json": json_type, "html": HTML}
        other: Format = "json" if shown == "html" else "html"
        this = "Tài liệu này" if self.lang == "vi" else "This document"
        return [
            {"href": str(self.request.url), "rel": "self", "type": types[shown], "title": this},
            {
                "href": self.same(f=other),
                "rel": "alternate",
                "type": types[other],
                "title": f"{this} ({says[other]})",
            },
        ]


def answer(
    request: Request, services: Services, body: bytes, media_type: str, crs: PublishedCrs | None = None
) -> Response:
    """Send a representation as every reference answer is sent, and say that others exist."""
    response = reference_response(request, services, body, media_type)
    response.headers["Vary"] = "Accept, " + response.headers["Vary"]
    if media_type == HTML:  # a page kept for an hour would name styles that a new version no longer has
        response.headers["Cache-Control"] = "no-cache"
    if crs is not None:
        response.headers["Content-Crs"] = f"<{crs}>"
    return response


def _weights(accept: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for part in accept.split(","):
        media_type, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        try:
            weights[media_type] = min(max(float(quality), 0.0), 1.0)
        except ValueError:
            weights[media_type] = 0.0
    return weights


def _weight(weights: dict[str, float], media_type: str) -> float:
    """Return what the most exact range that takes a media type says of it."""
    ranges = (media_type, media_type.partition("/")[0] + "/*", "*/*")
    return next((weights[one] for one in ranges if one in weights), 0.0)
