"""``hanoi-wards serve``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import HanoiWardsError

if TYPE_CHECKING:
    import argparse

    from api.command_line.arguments import Command, Say
    from geo.errors import Language

EXIT_NOT_LISTENING = 3
"""The port is taken, or the address is not this machine's."""


def add_arguments(command: Command, say: Say) -> None:
    """Describe the command to the parser."""
    serving = command("serve", run, say("chạy dịch vụ và trang web", "run the service and its web page"))
    serving.add_argument("--host", help=say("địa chỉ nghe", "address to listen on"))
    serving.add_argument("--port", type=int, help=say("cổng", "port"))


def run(options: argparse.Namespace, lang: Language) -> int:
    """Serve until stopped. The log names routes, never paths: an address line may hold somebody's position."""
    # The web framework is slow to load, and no other command needs it.
    from pydantic import ValidationError  # noqa: PLC0415

    from api import json_logs  # noqa: PLC0415
    from api.app import create_app  # noqa: PLC0415
    from api.server import Service  # noqa: PLC0415
    from api.settings import Settings  # noqa: PLC0415

    given = {name: value for name in ("host", "port") if (value := getattr(options, name)) is not None}
    try:
        settings = Settings(**given)
    except ValidationError as wrong:
        names = ", ".join(f"HANOI_WARDS_{str(part).upper()}" for error in wrong.errors() for part in error["loc"][:1])
        raise HanoiWardsError(
            vi=f"Cài đặt không hợp lệ: {names}.", en=f"A setting is not valid: {names}.", field=names
        ) from None
    json_logs.configure(settings.log_level)
    service = Service(create_app(settings), settings)
    url = f"http://{settings.host}:{settings.port}/"
    print(
        (f"Đang phục vụ tại {url} (Ctrl-C để dừng)" if lang == "vi" else f"Serving at {url} (Ctrl-C stops)"),
        flush=True,
    )
    service.run()
    return 0 if service.started else EXIT_NOT_LISTENING
