"""Whole layers to download: the page that lists them, and the files with ranges."""

from __future__ import annotations

from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse

from api.dependencies import PageLanguageDep, ServicesDep
from api.downloads import Downloads, asked_range, blocks
from api.errors import UnknownFile, problem
from api.languages import preferred_language
from api.routers.unit_pages import page_response
from geo.layers.files import FORMATS
from geo.layers.tables import LAYER_IDS
from geo.layers.words import DESCRIPTIONS, LICENCES, TITLES
from maps.downloads_page import DownloadGroup, DownloadLine, downloads_page
from maps.paths import DOWNLOADS

if TYPE_CHECKING:
    from api.downloads import Listing
    from geo.errors import Language

router = APIRouter(prefix=DOWNLOADS, include_in_schema=False)

_FORMATS = {form.suffix: form for form in FORMATS}
_making = Lock()


def _downloads(request: Request, services: ServicesDep) -> Downloads:
    state = request.app.state
    with _making:
        held = getattr(state, "downloads", None)
        if not isinstance(held, Downloads) or held.folder != services.settings.downloads:
            held = state.downloads = Downloads(services.settings.downloads)
        return held


DownloadsDep = Annotated[Downloads, Depends(_downloads)]


@router.get("")
def list_downloads(request: Request, services: ServicesDep, downloads: DownloadsDep, lang: PageLanguageDep) -> Response:
    """List what is prepared, or say that nothing is."""
    listing = downloads.listing()
    groups = [] if listing is None else _groups(listing, lang)
    version = None if listing is None else listing.data_version
    return page_response(request, downloads_page(services.index().dataset, groups, lang, version=version))


@router.api_route("/{name}", methods=["GET", "HEAD"])
def get_download(request: Request, name: str, services: ServicesDep, downloads: DownloadsDep) -> Response:
    """Send a file, or the range of it that is asked for: viewers of PMTiles and GeoParquet read small parts."""
    found = downloads.find(name)
    if found is None:
        raise UnknownFile(vi="Không có tệp này.", en="There is no such file.", field="name")
    headers = {
        "ETag": f'"{found.sha256}"',
        "Cache-Control": f"public, max-age={services.settings.reference_max_age}",
        "Accept-Ranges": "bytes",
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    try:
        part = asked_range(_range(request, headers["ETag"]), found.size)
    except IndexError:
        return _unsatisfiable(request, found.size)
    begin, end = part or (0, found.size)
    headers["Content-Length"] = str(end - begin)
    status = HTTPStatus.OK
    if part is not None:
        status = HTTPStatus.PARTIAL_CONTENT
        headers["Content-Range"] = f"bytes {begin}-{end - 1}/{found.size}"
    media_type = _FORMATS[found.format].media_type
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=media_type)
    return StreamingResponse(blocks(found.path, begin, end), status, headers, media_type)


def _range(request: Request, etag: str) -> str | None:
    """Return the range asked for; none where the asker's earlier part is of another file."""
    condition = request.headers.get("if-range")
    return request.headers.get("range") if condition in {None, etag} else None


def _unsatisfiable(request: Request, size: int) -> Response:
    lang = preferred_language(request)
    detail = f"Tệp chỉ có {size} byte." if lang == "vi" else f"The file has {size} bytes only."
    headers = {"Content-Range": f"bytes */{size}"}
    return problem(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, lang=lang, detail=detail, headers=headers)


def _groups(listing: Listing, lang: Language) -> list[DownloadGroup]:
    return [
        DownloadGroup(
            id=layer,
            title=TITLES[layer].message(lang),
            description=DESCRIPTIONS[layer].message(lang),
            licence=LICENCES[layer].message(lang),
            day=listing.day,
            files=[
                DownloadLine(name, _FORMATS[one.format].title.message(lang), one.size, one.sha256)
                for name, one in listing.files.items()
                if one.layer == layer
            ],
        )
        for layer in LAYER_IDS
    ]
