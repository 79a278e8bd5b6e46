"""From the source data to ``data/``: build aside, check, then put in place."""

from geo.ingest.build import build

__all__ = ["build"]
