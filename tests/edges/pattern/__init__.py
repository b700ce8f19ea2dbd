"""A page that shows every piece once, as the renderer would give it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader

from hub.core.words import Category, Role
from hub.web.components import PageEnvironment
from hub.web.render import FormState

HERE = Path(__file__).resolve().parent
HOSTILE = '<script>alert("1")</script> \u2068 & أريد'


@dataclass(frozen=True, slots=True)
class PatternPage:
    """What the pattern page is given."""

    roles: tuple[Role, ...] = tuple(Role)
    pairs: tuple[tuple[str, str], ...] = tuple((one.value, str(one.label)) for one in Category)
    typed: str = HOSTILE


@cache
def pattern_environment() -> PageEnvironment:
    """The product's own environment, with the pattern page beside its templates."""
    environment = PageEnvironment()
    loader: Any = environment.loader
    environment.loader = ChoiceLoader([loader, FileSystemLoader(HERE)])
    return environment


def pattern(form: FormState, nonce: str = "nonce") -> str:
    """The pattern page with this form's state."""
    nav = [{"label": "My work", "href": "/", "current": True}]
    nav += [{"label": "Directory", "href": "/directory", "current": False}]
    return (
        pattern_environment()
        .get_template("pattern.html")
        .render(
            page=PatternPage(),
            form=form,
            me=SimpleNamespace(name="Rosa Adeyemi", agency_name="Harbour"),
            nav=nav,
            nonce=nonce,
            site_name="Linden",
            language="en",
            leave_to="http://elsewhere.test/",
        )
    )
