"""Settings of the service, from the environment with the prefix ``HANOI_WARDS_``."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator may set; every setting has a default that works."""

    model_config = SettingsConfigDict(env_prefix="HANOI_WARDS_", frozen=True)

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    data_dir: Path | None = Field(None, description="Folder of the data; the embedded data when unset.")
    max_points: int = Field(200_000, ge=1, description="Most points in one bulk look-up.")
    max_body_bytes: int = Field(16_000_000, ge=1024, description="Largest request body, bytes.")
    reference_max_age: int = Field(3600, ge=0, description="Cache lifetime of reference answers, seconds.")
    tile_url: str = Field("", description="URL template of the operator's own background tiles; none when empty.")
    tile_attribution: str = Field("", description="Credit shown for those tiles.")
