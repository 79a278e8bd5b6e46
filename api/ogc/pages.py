"""The same documents as pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from maps.feature_pages import FeaturePage, Section, Table, TableRow, feature_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.ogc.features import Features
    from api.ogc.negotiation import Addresses
    from geo.errors import Language
    from geo.layers import Layer

_Document = dict[str, Any]


def landing_page(features: Features, document: _Document, addresses: Addresses) -> bytes:
    """Show the landing page."""
    vi = addresses.lang == "vi"
    page = FeaturePage(
        path="/ogc",
        title=document["title"],
        paragraphs=(document["description"], document["attribution"]),
        facts=[("Phiên bản dữ liệu" if vi else "Data version", document["data_version"])],
        links=document["links"],
    )
    return _page(features, page, addresses)


def conformance_page(features: Features, document: _Document, addresses: Addresses) -> bytes:
    """Show the conformance classes."""
    vi = addresses.lang == "vi"
    page = FeaturePage(
        path="/ogc/conformance",
        title="Các lớp tuân thủ" if vi else "Conformance classes",
        table=Table("conformsTo", ("URI",), [TableRow(uri, ()) for uri in document["conformsTo"]]),
        links=document["links"],
        trail=_trail(addresses),
    )
    return _page(features, page, addresses)


def collections_page(features: Features, document: _Document, addresses: Addresses) -> bytes:
    """Show the collections."""
    page = FeaturePage(
        path="/ogc/collections",
        title="Các tập dữ liệu" if addresses.lang == "vi" else "Collections",
        sections=[
            Section(
                title=one["title"],
                address=addresses.to("collections", one["id"], f="html"),
                paragraphs=(one["description"], one["attribution"]),
                facts=_collection_facts(one, addresses.lang),
            )
            for one in document["collections"]
        ],
        links=[*document["links"], *(link for one in document["collections"] for link in one["links"])],
        trail=_trail(addresses),
    )
    return _page(features, page, addresses)


def collection_page(features: Features, document: _Document, layer: Layer, addresses: Addresses) -> bytes:
    """Show one collection and its columns."""
    lang = addresses.lang
    yes = "có" if lang == "vi" else "yes"
    if lang == "vi":
        caption, headings = "Các cột", ("Cột", "Kiểu", "Ý nghĩa", "Hỏi theo giá trị")
    else:
        caption, headings = "Columns", ("Column", "Type", "Meaning", "May be asked for by value")
    rows = [
        TableRow(column.name, (column.kind, column.text.message(lang), yes if column.by_value else ""))
        for column in layer.columns
    ]
    page = FeaturePage(
        path=f"/ogc/collections/{layer.id}",
        title=document["title"],
        paragraphs=(document["description"], document["attribution"]),
        facts=_collection_facts(document, lang),
        table=Table(caption, headings, rows),
        links=document["links"],
        trail=_trail(addresses, collections=True),
    )
    return _page(features, page, addresses)


def items_page(
    features: Features, document: _Document, layer: Layer, places: Sequence[int], addresses: Addresses
) -> bytes:
    """Show a page of items as a table; each row leads to its feature, shape included."""
    names = [column.name for column in layer.columns if column.name != layer.key]
    rows = [
        TableRow(
            row[layer.key],
            [_said(row[name], addresses.lang) for name in names],
            addresses.to("collections", layer.id, "items", row[layer.key], f="html"),
        )
        for row in (layer.rows[place] for place in places)
    ]
    matched, returned = document["numberMatched"], document["numberReturned"]
    caption = f"{returned} / {matched}"
    page = FeaturePage(
        path=f"/ogc/collections/{layer.id}/items",
        title=layer.title.message(addresses.lang),
        paragraphs=(layer.description.message(addresses.lang), document["attribution"]),
        facts=[(name, document[name]) for name in ("timeStamp", "numberMatched", "numberReturned")],
        table=Table(caption, (layer.key, *names), rows),
        links=document["links"],
        trail=_trail(addresses, collections=True, layer=layer),
    )
    return _page(features, page, addresses)


def item_page(
    features: Features,
    document: _Document,
    layer: Layer,
    place: int,
    shape: shapely.Geometry | None,
    addresses: Addresses,
) -> bytes:
    """Show one feature, with its coordinates in the reference system asked for."""
    row = layer.rows[place]
    page = FeaturePage(
        path=f"/ogc/collections/{layer.id}/items/{row[layer.key]}",
        title=str(row.get("full_name") or row[layer.key]),
        paragraphs=(layer.description.message(addresses.lang), document["attribution"]),
        facts=[
            (f"{column.text.message(addresses.lang)} ({column.name})", _said(row[column.name], addresses.lang))
            for column in layer.columns
        ],
        geometry="null" if shape is None else shapely.to_wkt(shape, rounding_precision=7),
        links=document["links"],
        trail=_trail(addresses, collections=True, layer=layer),
    )
    return _page(features, page, addresses)


def api_page(features: Features, document: _Document, links: Sequence[_Document], addresses: Addresses) -> bytes:
    """Show what can be asked."""
    vi = addresses.lang == "vi"
    parameters = document["components"]["parameters"]
    rows = [
        TableRow(path, (operation["get"]["summary"], ", ".join(_names(operation["get"]["parameters"], parameters))))
        for path, operation in document["paths"].items()
    ]
    headings = ("Đường dẫn dưới /ogc", "Nội dung", "Tham số") if vi else ("Path below /ogc", "What it is", "Parameters")
    caption = "Mô tả giao diện" if vi else "What can be asked"
    page = FeaturePage(
        path="/ogc/api",
        title=caption,
        paragraphs=(document["info"]["description"],),
        facts=[(name, facts["description"]) for name, facts in parameters.items()],
        table=Table(caption, headings, rows),
        links=links,
        trail=_trail(addresses),
    )
    return _page(features, page, addresses)


def _names(given: Sequence[Mapping[str, Any]], shared: Mapping[str, Any]) -> list[str]:
    return [shared[one["$ref"].rpartition("/")[2]]["name"] if "$ref" in one else one["name"] for one in given]


def _collection_facts(document: _Document, lang: Language) -> list[tuple[str, str]]:
    extent = document["extent"]
    opens, closes = extent["temporal"]["interval"][0]
    vi = lang == "vi"
    return [
        ("id", document["id"]),
        ("itemType", document["itemType"]),
        (f"bbox ({extent['spatial']['crs']})", ", ".join(map(str, extent["spatial"]["bbox"][0]))),
        ("Hiệu lực" if vi else "Valid", f"{opens} / {closes or '..'}"),
        ("Hình gần đúng" if vi else "Approximate", _said(document["approximate"], lang)),
        ("Phiên bản dữ liệu" if vi else "Data version", document["data_version"]),
        ("CRS", ", ".join(document["crs"])),
        ("storageCrs", document["storageCrs"]),
    ]


def _said(value: Any, lang: Language) -> str:
    if isinstance(value, bool):
        vi, en = ("có", "yes") if value else ("không", "no")
        return vi if lang == "vi" else en
    return "" if value is None else str(value)


def _trail(addresses: Addresses, *, collections: bool = False, layer: Layer | None = None) -> list[tuple[str, str]]:
    trail = [("OGC API – Features", addresses.to(f="html"))]
    if collections:
        name = "Các tập dữ liệu" if addresses.lang == "vi" else "Collections"
        trail.append((name, addresses.to("collections", f="html")))
    if layer is not None:
        trail.append((layer.title.message(addresses.lang), addresses.to("collections", layer.id, f="html")))
    return trail


def _page(features: Features, page: FeaturePage, addresses: Addresses) -> bytes:
    return feature_page(features.services.index().dataset, page, addresses.lang).encode()
