"""The columns that every answered table gets at its end."""

from __future__ import annotations

from typing import Final

ADDED_COLUMNS: Final = (
    "ket_qua", "ma_phuong_xa", "ten_phuong_xa", "diem", "kha_nang", "ly_do", "can_cu", "don_vi_cu", "phien_ban",
)  # fmt: skip
"""What is appended to every row, in this order, for good."""
