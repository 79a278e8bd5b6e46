"""What every error answer must be (RFC 9457)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from httpx2 import Response


def assert_problem(response: Response, status: int, *, field: str | None = None, lang: str = "vi") -> dict[str, Any]:
    """Check the shape of an error answer, and that it names the field at fault."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["content-language"] == lang
    body = response.json()
    assert {"type", "title", "status", "detail"} <= body.keys()
    assert body["status"] == status
    assert body["type"] == "about:blank" or body["type"].startswith("urn:hanoi-wards:problem:")
    assert all(isinstance(body[member], str) and body[member] for member in ("type", "title", "detail"))
    assert "Traceback" not in response.text
    if field is not None:
        assert field in [error["field"] for error in body["errors"]]
        assert all(error["detail"] for error in body["errors"])
    return body
