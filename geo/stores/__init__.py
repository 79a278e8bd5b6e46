"""Where datasets come from: one port of two methods, and the stores behind it."""

from geo.stores.dataset import Dataset, Store
from geo.stores.embedded import EmbeddedStore, embedded_data_dir, open_store

__all__ = ["Dataset", "EmbeddedStore", "Store", "embedded_data_dir", "open_store"]
