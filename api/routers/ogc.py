"""OGC API – Features. Its own description, by OpenAPI 3.0, is at ``/ogc/api``; ``/openapi.json`` leaves it out."""

from __future__ import annotations

from threading import Lock
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Request, Response

from api.dependencies import ServicesDep
from api.errors import RetiredUnit
from api.ogc import documents, pages
from api.ogc.features import FeatureCollection, Features
from api.ogc.negotiation import HTML, JSON, OPENAPI, Addresses, answer, negotiate
from api.ogc.openapi import describe
from api.ogc.query import COMMON, check_parameters, crs_asked, items_query
from api.reference import GEOJSON
from api.services import Services
from api.views import successors
from geo.errors import UnknownUnit

router = APIRouter(prefix="/ogc", include_in_schema=False)

_making = Lock()


def _features(request: Request, services: ServicesDep) -> Features:
    """Return the features of the data served now; made when they are first asked for, and anew for new data."""
    state = request.app.state
    with _making:
        held = getattr(state, "ogc_features", None)
        if not isinstance(held, Features) or held.services is not services:
            held = state.ogc_features = Features(services)
        return held


FeaturesDep = Annotated[Features, Depends(_features)]


@router.get("")
@router.get("/")  # clients put a slash behind the address that people give them
def get_landing_page(request: Request, features: FeaturesDep) -> Response:
    """Say what there is, and where."""
    shown, addresses = _asked(request)
    document = documents.landing(addresses, shown, features.services.data_version)
    if shown == "html":
        return _html(request, features, pages.landing_page(features, document, addresses))
    return _json(request, features, document)


@router.get("/conformance")
def get_conformance(request: Request, features: FeaturesDep) -> Response:
    """List the conformance classes."""
    shown, addresses = _asked(request)
    document = documents.conformance(addresses, shown)
    if shown == "html":
        return _html(request, features, pages.conformance_page(features, document, addresses))
    return _json(request, features, document)


@router.get("/api")
def get_api(request: Request, features: FeaturesDep) -> Response:
    """Describe the interface by OpenAPI 3.0."""
    shown, addresses = _asked(request)
    layers = [held.layer for held in features.collections.values()]
    document = describe(layers, addresses.root, features.services.data_version)
    if shown == "html":
        links = addresses.own_links(shown, OPENAPI)
        return _html(request, features, pages.api_page(features, document, links, addresses))
    return answer(request, features.services, orjson.dumps(document), OPENAPI)


@router.get("/collections")
def get_collections(request: Request, features: FeaturesDep) -> Response:
    """List the collections."""
    shown, addresses = _asked(request)
    document = documents.collections(features, addresses, shown)
    if shown == "html":
        return _html(request, features, pages.collections_page(features, document, addresses))
    return _json(request, features, document)


@router.get("/collections/{collection_id}")
def get_collection(request: Request, collection_id: str, features: FeaturesDep) -> Response:
    """Describe one collection."""
    layer = _collection(features, collection_id).layer
    shown, addresses = _asked(request)
    document = documents.collection(layer, addresses, shown)
    if shown == "html":
        return _html(request, features, pages.collection_page(features, document, layer, addresses))
    return _json(request, features, document)


@router.get("/collections/{collection_id}/items")
def get_items(request: Request, collection_id: str, features: FeaturesDep) -> Response:
    """Return a page of what is asked for."""
    collection = _collection(features, collection_id)
    layer = collection.layer
    query = items_query(request, layer)
    shown, addresses = negotiate(request), Addresses(request)
    found = collection.find(query)
    page = documents.Page(matched=len(found), offset=query.offset, limit=query.limit)
    places = found[query.offset : query.offset + query.limit]
    members = documents.items_members(features, layer, addresses, shown=shown, page=page)
    if shown == "html":
        page_of = pages.items_page(features, members, layer, places, addresses)
        return answer(request, features.services, page_of, HTML, query.crs)
    body = collection.published(query.crs).collection(places, **members)
    return answer(request, features.services, body, GEOJSON, query.crs)


@router.get("/collections/{collection_id}/items/{feature_id}")
def get_item(request: Request, collection_id: str, feature_id: str, features: FeaturesDep) -> Response:
    """Return one feature."""
    collection = _collection(features, collection_id)
    layer = collection.layer
    check_parameters(request, (*COMMON, "crs"))
    crs = crs_asked(request, "crs")
    shown, addresses = negotiate(request), Addresses(request)
    place = _place(features.services, collection, feature_id, addresses)
    members = documents.item_members(layer, addresses, shown)
    published = collection.published(crs)
    if shown == "html":
        page = pages.item_page(features, members, layer, place, published.shapes[place], addresses)
        return answer(request, features.services, page, HTML, crs)
    return answer(request, features.services, published.feature(place, **members), GEOJSON, crs)


def _asked(request: Request) -> tuple[Any, Addresses]:
    check_parameters(request, COMMON)
    return negotiate(request), Addresses(request)


def _json(request: Request, features: Features, document: dict[str, Any]) -> Response:
    return answer(request, features.services, orjson.dumps(document), JSON)


def _html(request: Request, features: Features, page: bytes) -> Response:
    return answer(request, features.services, page, HTML)


def _collection(features: Features, name: str) -> FeatureCollection:
    try:
        return features.collections[name]
    except KeyError:
        listed = ", ".join(features.collections)
        raise UnknownUnit(
            vi=f"Không có tập dữ liệu {name[:80]!r}; các tập hiện có: {listed}.",
            en=f"There is no collection {name[:80]!r}; the collections are: {listed}.",
            field="collectionId",
        ) from None


def _place(services: Services, collection: FeatureCollection, name: str, addresses: Addresses) -> int:
    """Find a feature; a code that only an old commune had is answered with its successors.

    Raises
    ------
    UnknownUnit
        The collection has no such feature.
    """
    place = collection.layer.positions.get(name)
    if place is not None:
        return place
    went_to = successors(services, name, addresses.lang) if collection.layer.id == "wards" else []
    if went_to:
        old = services.crosswalk.old_units[name]
        raise RetiredUnit(
            vi=f"{name} là mã của {old.full_name} ({old.district}), đã hết hiệu lực từ 01/07/2025.",
            en=f"{name} was the code of {old.full_name} ({old.district}), no longer in force since 2025-07-01.",
            successors=[link.model_dump(mode="json") for link in went_to],
        )
    raise UnknownUnit(
        vi=f"Tập {collection.layer.id} không có mục {name[:80]!r}.",
        en=f"The collection {collection.layer.id} has no item {name[:80]!r}.",
        field="featureId",
    )
