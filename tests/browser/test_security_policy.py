"""No page asks for anything that its Content-Security-Policy forbids."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest

from api.app import create_app
from tests.api.test_errors import filled, routes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ASKED = ("/", "/?lang=en", "/phuong-xa", "/phuong-xa/00118", "/phuong-xa/99999", "/don-vi-cu/00118", "/ogc?f=html")

WATCH = """
window.forbidden = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.forbidden.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


def pages(origin: str) -> list[str]:
    """Return every address that answers with a page, and the questions that have pages of their own."""
    paths = {filled(route.path) for route in routes(create_app()) if "GET" in route.methods}
    return sorted(path for path in paths.union(ASKED) if is_page(origin + path))


def is_page(address: str) -> bool:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.headers["content-type"].startswith("text/html")
    except urllib.error.HTTPError as refused:
        return refused.headers["content-type"].startswith("text/html")


def test_no_page_breaks_its_policy(browser: Browser, origin: str) -> None:
    found = pages(origin)
    assert len(found) >= 10
    troubles: dict[str, list[str]] = {}
    for path in found:
        with browser.new_context(locale="vi-VN") as context:
            context.add_init_script(WATCH)
            page = context.new_page()
            said: list[str] = []
            page.on("console", lambda message, said=said: said.append(message.text))
            page.on("pageerror", lambda error, said=said: said.append(str(error)))
            answer = page.goto(origin + path, wait_until="networkidle")
            assert answer is not None
            assert "script-src 'self';" in answer.headers["content-security-policy"]
            forbidden = page.evaluate("window.forbidden")
            notes = [text for text in said if "Policy" in text or "policy" in text]
            if forbidden or notes:
                troubles[path] = forbidden + notes
    assert not troubles, json.dumps(troubles, indent=1)


def test_an_answer_to_a_question_breaks_it_neither(browser: Browser, origin: str) -> None:
    with browser.new_context(locale="vi-VN") as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(origin + "/", wait_until="networkidle")
        page.fill("#q", "21.0285, 105.8542")
        page.press("#q", "Enter")
        page.wait_for_selector("article[data-codes='00070']")
        assert page.evaluate("window.forbidden") == []


def test_the_policy_is_enforced(browser: Browser, origin: str) -> None:
    with browser.new_context() as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(origin + "/", wait_until="networkidle")
        assert page.evaluate("window.forbidden") == []
        page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
        assert page.evaluate("window.ran") is None
        assert page.evaluate("window.forbidden")
