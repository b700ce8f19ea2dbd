"""The walk to a release, as whoever asks her fills it in: section by section, then signed."""

from collections.abc import Mapping
from typing import Any, Final

from hub.consent.paper import FIELDS, WALK, Section
from hub.consent.terms import Asked, Said
from tests.clients import Answer, Browser

PAPER: Final[Mapping[str, Any]] = {
    "language": "en",
    "purpose_words": "A lawyer for the hearing",
    "asked": [each.value for each in Asked],
    "said": [each.value for each in Said],
    "manner": "signature",
    "not_the_abuser": "yes",
    "copies": "unsafe",
}
"""What nearly every release says; the rest is chosen."""


def section_of(fields: Mapping[str, Any], section: Section) -> dict[str, Any]:
    """What of these fields stands in one section."""
    return {name: fields[name] for name in FIELDS[section] if name in fields}


def try_walk(browser: Browser, case: str, /, follows: str = "", **fields: Any) -> Answer:
    """Fill in a release of this case; the first answer that leads no further, or the last.

    Args:
        case: the address of the case.
        follows: the release whose place it is to take.
    """
    filled = {**PAPER, **fields}
    browser.open(f"{case}/releases/new" + (f"?follows={follows}" if follows else ""))
    answer = browser.try_submit("/releases", **section_of(filled, Section.BEGIN))
    if answer.status_code != 303:
        return answer
    return go_on(browser, answer.headers["location"].rsplit("/", 1)[0], filled)


def go_on(browser: Browser, draft: str, filled: Mapping[str, Any]) -> Answer:
    """Fill in a draft from its second section on; `draft` is its address."""
    for section in WALK[1:]:
        browser.open(f"{draft}/{section}")
        told = section_of(filled, section)
        if section is Section.WHO and browser.form("/who").kinds["to_agency"] == "hidden":
            told.pop("to_agency", None)
        answer = browser.try_submit(f"/{section}", go="on", **told)
        if answer.status_code != 303:
            return answer
    browser.open(f"{draft}/sign")
    return browser.try_submit("/sign", **section_of(filled, Section.SIGN))


def walk(browser: Browser, case: str, /, follows: str = "", **fields: Any) -> str:
    """Fill in a release of this case and sign it; the text of the release's page."""
    answer = try_walk(browser, case, follows, **fields)
    assert answer.status_code == 303, answer.text
    return browser.open(answer.headers["location"])
