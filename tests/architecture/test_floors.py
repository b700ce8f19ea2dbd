"""Libraries are no older than the first version without a known hole."""

import tomllib
from importlib.metadata import version
from typing import Final

from packaging.requirements import Requirement
from packaging.version import Version
from sqlcipher3 import dbapi2

from tests.architecture.sources import ROOT

FLOORS: Final = {
    "starlette": "1.6.0",
    "authlib": "1.9.0",
    "joserfc": "1.8.0",
    "python-multipart": "0.0.31",
    "jinja2": "3.1.6",
    "cryptography": "50.0.0",
    "sqlcipher3": "0.6.4",
    "sqlalchemy": "2.1",
    "h11": "0.16",
}


def required() -> dict[str, Requirement]:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    return {each.name.lower(): each for each in map(Requirement, told)}


def test_installed_libraries_stand_on_their_floors() -> None:
    low = {name: version(name) for name in FLOORS if Version(version(name)) < Version(FLOORS[name])}
    assert not low


def test_a_library_below_its_floor_cannot_be_installed_with_linden() -> None:
    asked = required()
    for name, floor in FLOORS.items():
        assert name in asked, name
        lows = [Version(each.version) for each in asked[name].specifier if each.operator == ">="]
        assert max(lows) >= Version(floor), name


def test_sqlmodel_is_pinned_to_one_version_exactly() -> None:
    assert [each.operator for each in required()["sqlmodel"].specifier] == ["=="]


def test_the_embedded_engine_is_newer_than_the_log_bug() -> None:
    assert dbapi2.sqlite_version_info >= (3, 51, 3)
