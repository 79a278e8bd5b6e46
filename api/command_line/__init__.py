"""The command ``hanoi-wards``.

Exit codes: 0 done · 1 a check failed · 2 the command was not understood · 3 the input cannot be read or is wrong ·
4 the data are missing or damaged · 130 interrupted.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from api.command_line.parser import build_parser, chosen_language
from geo.errors import DataDamaged, DataMissing, HanoiWardsError, IntegrityError

if TYPE_CHECKING:
    from collections.abc import Sequence

EXIT_CHECK_FAILED, EXIT_INPUT, EXIT_DATA, EXIT_INTERRUPTED = 1, 3, 4, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    lang = chosen_language(arguments)
    options = build_parser(lang).parse_args(arguments)
    try:
        code: int = options.run(options, lang)
    except KeyboardInterrupt:
        print("Đã dừng." if lang == "vi" else "Stopped.", file=sys.stderr)
        return EXIT_INTERRUPTED
    except HanoiWardsError as error:
        print(("Lỗi: " if lang == "vi" else "Error: ") + error.message(lang), file=sys.stderr)
        if isinstance(error, IntegrityError):
            return EXIT_CHECK_FAILED
        return EXIT_DATA if isinstance(error, DataMissing | DataDamaged) else EXIT_INPUT
    except OSError as error:  # a file of the user's that cannot be written or read
        print(("Lỗi: " if lang == "vi" else "Error: ") + str(error), file=sys.stderr)
        return EXIT_INPUT
    return code
