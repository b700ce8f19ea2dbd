"""`python -m hub` is `linden`."""

import sys

from hub.cli import main

sys.exit(main())
