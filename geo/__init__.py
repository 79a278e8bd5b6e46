"""The geospatial core: boundaries, lookup, crosswalk, premises. Knows no HTTP, no HTML, no settings."""
