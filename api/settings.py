"""Settings of the service, from the environment with the prefix ``HANOI_WARDS_``."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def _networks(value: str) -> str:
    for network in value.replace(",", " ").split():
        ipaddress.ip_network(network)  # a ValueError says what is wrong
    return value


Networks = Annotated[str, AfterValidator(_networks)]
"""Networks in CIDR form, separated by commas or spaces."""


class Settings(BaseSettings):
    """What an operator may set; every setting has a default that works."""

    model_config = SettingsConfigDict(env_prefix="HANOI_WARDS_", frozen=True)

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    data_dir: Path | None = Field(None, description="Folder of the data; the embedded data when unset.")
    max_points: int = Field(200_000, ge=1, description="Most points in one bulk look-up.")
    max_routes: int = Field(10_000, ge=1, description="Most cases in one bulk routing.")
    max_body_bytes: int = Field(16_000_000, ge=1024, description="Largest request body, bytes.")
    reference_max_age: int = Field(3600, ge=0, description="Cache lifetime of reference answers, seconds.")
    premises_register: Path | None = Field(None, description="The operator's register of premises; none when unset.")
    downloads: Path | None = Field(None, description="Folder of `data export`, offered at /du-lieu; none when unset.")
    trial_reports: Path | None = Field(None, description="Folder of the wards' trial reports; none when unset.")
    tile_url: str = Field("", description="URL template of the operator's own background tiles; none when empty.")
    tile_attribution: str = Field("", description="Credit shown for those tiles.")
    frame_ancestors: str = Field(
        "'self'",
        pattern=r"^[^;,\s]+( [^;,\s]+)*$",
        description="Who may show the pages in a frame, as in CSP's frame-ancestors.",
    )
    trusted_proxies: Networks = Field("", description="Networks whose X-Forwarded-For and -Proto are believed.")
    rate_per_second: int = Field(200, ge=0, description="Requests per second of one client, for long; 0 is no limit.")
    rate_burst: int = Field(2000, ge=1, description="Requests that a client may send at once after a pause.")
    rate_clients: int = Field(10_000, ge=1, description="Clients remembered for that, the latest.")
    max_heavy_jobs: int = Field(4, ge=1, description="Bulk calls worked on at the same time.")
    heavy_wait_seconds: int = Field(20, ge=0, description="How long a bulk call waits for its turn.")
    request_seconds: int = Field(120, ge=1, description="Time in which an answer must begin.")
    body_seconds: int = Field(60, ge=1, description="Time in which a request body must arrive.")
    header_seconds: int = Field(10, ge=1, description="Time in which a request's head must arrive.")
    max_header_bytes: int = Field(32_768, ge=1024, description="Largest head of a request.")
    keep_alive_seconds: int = Field(15, ge=1, description="How long an idle connection stays open.")
    write_seconds: int = Field(30, ge=1, description="How long an answer may stand still because nobody reads it.")
    max_connections: int = Field(1000, ge=1, description="Open connections.")
    drain_seconds: int = Field(2, ge=0, description="Time between SIGTERM and the end of listening.")
    shutdown_seconds: int = Field(30, ge=1, description="Time for requests in hand to end after that.")
    access_log: bool = Field(default=True, description="One line of log for each request.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")
