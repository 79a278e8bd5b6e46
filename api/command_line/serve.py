"""``hanoi-wards serve``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from geo.errors import Language


def run(options: argparse.Namespace, lang: Language) -> int:
    """Serve until stopped. The access log is off: an address line may hold somebody's position."""
    # The web framework is slow to load, and no other command needs it.
    import uvicorn  # noqa: PLC0415

    from api.app import create_app  # noqa: PLC0415
    from api.settings import Settings  # noqa: PLC0415

    given = {name: value for name in ("host", "port") if (value := getattr(options, name)) is not None}
    settings = Settings(**given)
    app = create_app(settings)
    url = f"http://{settings.host}:{settings.port}/"
    print((f"Đang phục vụ tại {url} (Ctrl-C để dừng)" if lang == "vi" else f"Serving at {url} (Ctrl-C stops)"), flush=True)
    uvicorn.run(app, host=settings.host, port=settings.port, access_log=False, log_level="warning", server_header=False)
    return 0
