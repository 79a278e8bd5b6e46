"""``python -m api`` is the command ``hanoi-wards``."""

import sys

from api.command_line import main

sys.exit(main())
