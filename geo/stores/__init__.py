"""Where datasets come from: one port, and the stores behind it."""

from geo.stores.dataset import Dataset, GazetteerTables, Store
from geo.stores.embedded import EmbeddedStore, embedded_data_dir, open_store

__all__ = ["Dataset", "EmbeddedStore", "GazetteerTables", "Store", "embedded_data_dir", "open_store"]
