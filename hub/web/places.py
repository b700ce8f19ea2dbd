"""Where templates and built assets lie, in a checkout and in an installed wheel alike."""

import json
from functools import cache
from pathlib import Path
from typing import Final

_HUB: Final = Path(__file__).resolve().parent.parent
_PACKED: Final = _HUB / "templates"

# A wheel carries the templates inside hub; a checkout has them beside it.
TEMPLATES: Final = _PACKED if _PACKED.is_dir() else _HUB.parent / "templates"
STATIC: Final = _HUB / "web" / "static"
STATIC_ADDRESS: Final = "/static"


class AssetMissing(RuntimeError):
    """A page names an asset that was not built: a fault of the install, never of the visitor."""


@cache
def manifest() -> dict[str, str]:
    """Each asset's name and its path below STATIC, whose first folder is a digest of all sources.

    Raises:
        AssetMissing: the assets were never built.
    """
    try:
        paths: dict[str, str] = json.loads((STATIC / "manifest.json").read_text("utf-8"))
    except FileNotFoundError as absent:
        raise AssetMissing("hub/web/static is empty: install Linden again with pip") from absent
    return paths


def asset(name: str) -> str:
    """The address of the asset called `name` ("linden.css"), good for ever: it changes as it does.

    Raises:
        AssetMissing: no source of that name was built.
    """
    try:
        return f"{STATIC_ADDRESS}/{manifest()[name]}"
    except KeyError as absent:
        raise AssetMissing(f"no asset is called {name}") from absent
