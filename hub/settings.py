"""Settings, read once from the environment, and what is wrong with them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from platformdirs import user_config_path, user_data_path

ROOT_KEY_BYTES: Final = 32
OFF: Final = "off"
"""LINDEN_SMTP_URL of a hub from which no mail is meant to leave."""
MOST_MINUTES: Final = 120
"""The longest anything waits before its receiver can open it."""
MAIL_SCHEMES: Final = frozenset({"smtp", "smtp+starttls", "smtps"})


class SettingsRefused(RuntimeError):
    """A setting is missing or cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How this hub is set up. Each field names its environment variable."""

    data: Path  # LINDEN_DATA
    root_key_file: Path  # LINDEN_ROOT_KEY_FILE
    database_url: str = field(default="", repr=False)  # LINDEN_DATABASE_URL
    smtp_url: str = field(default="", repr=False)  # LINDEN_SMTP_URL
    mail_from: str = ""  # LINDEN_MAIL_FROM
    address: str = "http://127.0.0.1:8000"  # LINDEN_ADDRESS
    bind: str = "127.0.0.1:8000"  # LINDEN_BIND
    time_zone: str = "UTC"  # LINDEN_TIME_ZONE
    site_name: str = "Linden"  # LINDEN_SITE_NAME
    notes_title: str = "Notes"  # LINDEN_NOTES_TITLE
    exit_address: str = "https://www.bbc.com/weather"  # LINDEN_EXIT_ADDRESS
    language: str = "en"  # LINDEN_LANGUAGE
    recall_minutes: str = "10"  # LINDEN_RECALL_MINUTES

    @property
    def zone(self) -> ZoneInfo:
        """The time zone shown on screen."""
        return ZoneInfo(self.time_zone)

    @property
    def recall(self) -> timedelta:
        """How long what goes somewhere for the first time waits, and can be called back."""
        return timedelta(minutes=int(self.recall_minutes))

    @property
    def secure(self) -> bool:
        """Whether people reach the hub over TLS."""
        return self.address.startswith("https://")

    @property
    def origin(self) -> str:
        """Scheme, host and port people reach the hub at."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def host(self) -> str:
        """The host name people reach the hub at."""
        return urlsplit(self.address).hostname or ""


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings as the environment has them.

    Raises:
        SettingsRefused: one of them cannot be used.
    """
    told = {
        name: environ[f"LINDEN_{name.upper()}"]
        for name in Settings.__dataclass_fields__
        if environ.get(f"LINDEN_{name.upper()}") and name not in {"data", "root_key_file"}
    }
    settings = Settings(
        data=Path(environ.get("LINDEN_DATA") or user_data_path("linden")),
        root_key_file=Path(
            environ.get("LINDEN_ROOT_KEY_FILE") or user_config_path("linden") / "root.key"
        ),
        **told,
    )
    refuse_unusable(settings)
    return settings


def refuse_unusable(settings: Settings) -> None:
    """Raise SettingsRefused, saying which variable to change, if the settings cannot be served."""
    _refuse_zone(settings)
    _refuse_language(settings)
    _refuse_mail(settings.smtp_url)
    _refuse_minutes(settings.recall_minutes)
    for name, value in (("ADDRESS", settings.address), ("EXIT_ADDRESS", settings.exit_address)):
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise SettingsRefused(f"LINDEN_{name} must look like https://hub.example.org")
    if not settings.secure and not is_loopback(settings.host):
        raise SettingsRefused(
            "LINDEN_ADDRESS must begin with https:// unless it is this machine's own 127.0.0.1"
        )
    host, port = bind_parts(settings.bind)
    if not settings.secure and not is_loopback(host):
        raise SettingsRefused(
            f"LINDEN_BIND is {host}:{port}: plain http may only listen on 127.0.0.1. "
            "Set LINDEN_ADDRESS to the https:// address your TLS proxy serves"
        )
    if settings.root_key_file.resolve().is_relative_to(settings.data.resolve()):
        raise SettingsRefused("LINDEN_ROOT_KEY_FILE must lie outside LINDEN_DATA")


def _refuse_zone(settings: Settings) -> None:
    try:
        settings.zone  # noqa: B018 -- reading it is the check
    except (ValueError, OSError, KeyError) as unknown:  # a name no zone has is a KeyError
        raise SettingsRefused("LINDEN_TIME_ZONE must be a name such as Europe/London") from unknown


def _refuse_language(settings: Settings) -> None:
    try:
        Locale.parse(settings.language)
    except (ValueError, UnknownLocaleError) as unknown:
        raise SettingsRefused("LINDEN_LANGUAGE must be a code such as en or pt_BR") from unknown


def _refuse_minutes(minutes: str) -> None:
    if not minutes.isdecimal() or int(minutes) > MOST_MINUTES:
        raise SettingsRefused(f"LINDEN_RECALL_MINUTES must be a number from 0 to {MOST_MINUTES}")


def _refuse_mail(url: str) -> None:
    """A misspelt one would be noticed by nobody but those who wait for a message."""
    parts = urlsplit(url)
    try:
        reachable = parts.scheme in MAIL_SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        reachable = False
    if url not in {"", OFF} and not reachable:
        raise SettingsRefused(
            "LINDEN_SMTP_URL must look like smtp+starttls://user:password@mail:587 (or smtp://, "
            f"smtps://), or be {OFF}"
        )


def bind_parts(bind: str) -> tuple[str, int]:
    """Host and port of LINDEN_BIND.

    Raises:
        SettingsRefused: it is not of the form host:port.
    """
    host, _, port = bind.rpartition(":")
    if not host or not port.isdigit() or not 0 <= int(port) < 65536:
        raise SettingsRefused("LINDEN_BIND must look like 127.0.0.1:8000")
    return host.strip("[]"), int(port)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach that host."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def read_root_key(settings: Settings) -> bytes:
    """The root key, 64 hexadecimal digits in a file of its own.

    Raises:
        SettingsRefused: it is missing, unreadable or of the wrong shape.
    """
    path = settings.root_key_file
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except FileNotFoundError as absent:
        raise SettingsRefused(
            f"There is no root key at {path}. Run linden init, or set LINDEN_ROOT_KEY_FILE"
        ) from absent
    except (OSError, ValueError) as unreadable:
        raise SettingsRefused(f"The root key at {path} cannot be read") from unreadable
    if len(key) != ROOT_KEY_BYTES:
        raise SettingsRefused(f"The root key at {path} must be 64 hexadecimal digits")
    return key
