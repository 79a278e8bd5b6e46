"""Vietnamese first, English for who asks."""

from __future__ import annotations

from fastapi import Request

from geo.errors import Language


def preferred_language(request: Request) -> Language:
    """Choose by ``?lang=``, else by ``Accept-Language``; Vietnamese where neither prefers English."""
    asked = request.query_params.get("lang")
    if asked in ("vi", "en"):
        return "en" if asked == "en" else "vi"
    return accepted_language(request.headers.get("accept-language", ""))


def accepted_language(accepted: str) -> Language:
    """Choose by the value of ``Accept-Language``; Vietnamese where it does not prefer English."""
    weights = {"vi": 0.0, "en": 0.0}
    for part in accepted.split(","):
        tag, _, quality = part.strip().partition(";q=")
        language = tag.split("-")[0].lower()
        if language in weights:
            try:
                weight = float(quality or 1)
            except ValueError:
                weight = 0.0
            weights[language] = max(weights[language], weight)
    return "en" if weights["en"] > weights["vi"] else "vi"
