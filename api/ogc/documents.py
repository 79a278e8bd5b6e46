"""The JSON documents: landing page, conformance, collections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from api.ogc.negotiation import HTML, JSON, OPENAPI
from api.ogc.times import interval
from api.reference import GEOJSON
from geo.crs.published import PublishedCrs
from maps.paths import DOWNLOADS
from maps.words import ATTRIBUTION

if TYPE_CHECKING:
    from api.ogc.features import Features
    from api.ogc.negotiation import Addresses, Format
    from geo.errors import Language
    from geo.layers import Layer

CONFORMS_TO: Final = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
)

_TITLE: Final[dict[Language, str]] = {"vi": "Phường, xã Hà Nội: dữ liệu không gian", "en": "Hà Nội wards: features"}
_LEAD: Final[dict[Language, str]] = {
    "vi": "126 phường, xã từ 01/7/2025, các đơn vị trước đó, trụ sở và phần đất mà luật chuyển, theo OGC API – "
    "Features. Thêm địa chỉ này vào QGIS hay GDAL là thấy các lớp.",
    "en": "The 126 wards since 1 July 2025, the units before them, their premises and the ground that the law hands "
    "over, by OGC API – Features. Add this address to QGIS or GDAL to see the layers.",
}


@dataclass(frozen=True, slots=True)
class Page:
    """How a page of items was cut."""

    matched: int
    offset: int
    limit: int

    @property
    def returned(self) -> int:
        """How many features stand on it."""
        return max(0, min(self.limit, self.matched - self.offset))


def landing(addresses: Addresses, shown: Format, data_version: str) -> dict[str, Any]:
    """Describe the service and say where everything is."""
    lang = addresses.lang
    vi = lang == "vi"
    return {
        "title": _TITLE[lang],
        "description": _LEAD[lang],
        "attribution": ATTRIBUTION[lang],
        "data_version": data_version,
        "links": [
            *addresses.own_links(shown),
            addresses.link("service-desc", OPENAPI, "OpenAPI 3.0", "api", f="json"),
            addresses.link("service-doc", HTML, "Mô tả giao diện" if vi else "What can be asked", "api", f="html"),
            addresses.link("conformance", JSON, "Các lớp tuân thủ" if vi else "Conformance classes", "conformance"),
            addresses.link("data", JSON, "Các tập dữ liệu" if vi else "Collections", "collections"),
            _downloads(addresses, "related", "Tải về cả tập" if vi else "Whole layers to download"),
        ],
    }


def conformance(addresses: Addresses, shown: Format) -> dict[str, Any]:
    """List the conformance classes."""
    return {"conformsTo": list(CONFORMS_TO), "links": addresses.own_links(shown)}


def collections(features: Features, addresses: Addresses, shown: Format) -> dict[str, Any]:
    """List the collections."""
    return {
        "links": addresses.own_links(shown),
        "collections": [_collection(held.layer, addresses) for held in features.collections.values()],
    }


def collection(layer: Layer, addresses: Addresses, shown: Format) -> dict[str, Any]:
    """Describe one collection at its own address."""
    described = _collection(layer, addresses)
    return described | {"links": [*addresses.own_links(shown), *described["links"][2:]]}


def items_members(
    features: Features, layer: Layer, addresses: Addresses, *, shown: Format, page: Page
) -> dict[str, Any]:
    """Return the members of a page of items that stand beside its features."""
    title = layer.title.message(addresses.lang)
    links = [
        *addresses.own_links(shown, GEOJSON),
        addresses.link("collection", JSON, title, "collections", layer.id),
    ]
    media_type = HTML if shown == "html" else GEOJSON
    if page.offset + page.returned < page.matched:
        following = addresses.same(offset=page.offset + page.limit, limit=page.limit)
        links.append({"href": following, "rel": "next", "type": media_type, "title": title})
    if page.offset > 0:
        before = addresses.same(offset=max(0, page.offset - page.limit), limit=page.limit)
        links.append({"href": before, "rel": "prev", "type": media_type, "title": title})
    return {
        "links": links,
        "timeStamp": features.time_stamp,
        "numberMatched": page.matched,
        "numberReturned": page.returned,
        **_provenance(layer, addresses.lang),
    }


def item_members(layer: Layer, addresses: Addresses, shown: Format) -> dict[str, Any]:
    """Return the members of one feature beside its own."""
    collection_link = addresses.link("collection", JSON, layer.title.message(addresses.lang), "collections", layer.id)
    return {"links": [*addresses.own_links(shown, GEOJSON), collection_link], **_provenance(layer, addresses.lang)}


def _provenance(layer: Layer, lang: Language) -> dict[str, Any]:
    return {
        "generation": layer.valid_from.isoformat(),
        "data_version": layer.data_version,
        "attribution": layer.licence.message(lang),
    }


def _collection(layer: Layer, addresses: Addresses) -> dict[str, Any]:
    lang = addresses.lang
    title = layer.title.message(lang)
    path = ("collections", layer.id)
    return {
        "id": layer.id,
        "title": title,
        "description": layer.description.message(lang),
        "attribution": layer.licence.message(lang),
        "itemType": "feature",
        "extent": {
            "spatial": {"bbox": [list(layer.bounds)], "crs": PublishedCrs.CRS84},
            "temporal": {
                "interval": [list(interval(layer))],
                "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
            },
        },
        "crs": list(PublishedCrs),
        "storageCrs": PublishedCrs.CRS84,
        "approximate": layer.approximate,
        **_provenance(layer, lang),
        "links": [
            addresses.link("self", JSON, title, *path, f="json"),
            addresses.link("alternate", HTML, title, *path, f="html"),
            addresses.link("items", GEOJSON, title, *path, "items", f="json"),
            addresses.link("items", HTML, title, *path, "items", f="html"),
            _downloads(addresses, "license", "Giấy phép" if lang == "vi" else "Licence"),
        ],
    }


def _downloads(addresses: Addresses, rel: str, title: str) -> dict[str, Any]:
    href = f"{addresses.site}{DOWNLOADS}?lang={addresses.lang}"
    return {"href": href, "rel": rel, "type": HTML, "title": title}
