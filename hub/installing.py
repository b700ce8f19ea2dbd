"""Making a hub: its data folder, the root key outside it, and an empty database."""

import os
import secrets
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DatabaseError

from hub.settings import ROOT_KEY_BYTES, Settings, SettingsRefused

OWNER_ONLY_FOLDER: Final = 0o700
OWNER_ONLY_FILE: Final = 0o600
DATABASE: Final = "hub.db"


def make_folder(path: Path) -> None:
    """Make the data folder, readable by its owner alone.

    Raises:
        SettingsRefused: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
        path.chmod(OWNER_ONLY_FOLDER)
    except OSError as refused:
        raise SettingsRefused(f"The folder {path} cannot be made: {refused.strerror}") from refused


def make_root_key(path: Path) -> None:
    """Write a new root key, readable by its owner alone; an existing one is never touched.

    Raises:
        SettingsRefused: there is one already, or it cannot be written.
    """
    if not path.parent.is_dir():
        make_folder(path.parent)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY_FILE)
    except FileExistsError as there:
        raise SettingsRefused(
            f"There is a root key at {path} already. To make a second hub, set "
            "LINDEN_ROOT_KEY_FILE to another file; never throw the first away"
        ) from there
    except OSError as refused:
        raise SettingsRefused(f"{path} cannot be written: {refused.strerror}") from refused
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(ROOT_KEY_BYTES) + "\n")


def is_founded(engine: Engine) -> bool:
    """Whether the database holds a hub already.

    Raises:
        SettingsRefused: it cannot be opened: another root key, or not a database of ours.
    """
    try:
        return inspect(engine).has_table("agency")
    except DatabaseError as locked:
        raise SettingsRefused(
            "The database does not open with this root key. Check LINDEN_ROOT_KEY_FILE and "
            "LINDEN_DATABASE_URL"
        ) from locked


def refuse_founded(settings: Settings) -> None:
    """Raise SettingsRefused if the data folder holds a database already."""
    if not settings.database_url and (settings.data / DATABASE).exists():
        raise SettingsRefused(
            f"There is a hub in {settings.data} already. Set LINDEN_DATA to another folder, "
            "or run linden serve"
        )


def refuse_unfounded(settings: Settings) -> None:
    """Raise SettingsRefused if the data folder holds no database yet."""
    if not settings.database_url and not (settings.data / DATABASE).is_file():
        raise SettingsRefused(
            f"There is no hub in {settings.data} yet. Run linden init, or set LINDEN_DATA"
        )
