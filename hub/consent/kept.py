"""What is kept of how a release was given, for its own page: terms, talk, text, signature."""

from collections.abc import Mapping
from typing import Final

from hub.cases import queries as cases
from hub.consent import queries, signature
from hub.consent.evidence import YES, talk_in, words_in
from hub.consent.notice import Heard, notice
from hub.consent.release import Standing, standing
from hub.consent.summing import Days, span
from hub.consent.tables import ReleaseRow
from hub.consent.terms import Asked, Assent, Copies, GivenBy, Said, Way, Words
from hub.consent.views import Paper
from hub.consent.wording import labels, listed
from hub.core.ids import CaseId
from hub.core.language import _
from hub.core.words import Category, Worded
from hub.desk import Desk

Pairs = list[tuple[str, str]]
RENEWABLE: Final = frozenset({Standing.LIVE, Standing.TO_COME, Standing.ENDED})
OF_THE_TERMS: Final = (Words.RECEIVERS, Words.PURPOSE, Words.ITEMS, Words.DEATH)


def paper(desk: Desk, row: ReleaseRow, body: Mapping[str, str]) -> Paper:
    """The paper of one release; `body` is what its evidence says, {} when it cannot be opened."""
    days = Days(desk.hub.settings.zone, desk.hub.settings.language)
    heard = Heard(row.language, row.notice) if row.language and row.notice else None
    asked = body.get("asked", "").split()
    return Paper(
        terms=_terms(row, body, days),
        given=_given(row, body, heard),
        said=_labelled(Said, body.get("said", "")),
        asked=[str(each.label) for each in Asked if each.value in asked],
        talk=[each for each in talk_in(body) if each[1]],
        notice=notice(heard) if heard else None,
        signature=signature.path(body.get("signature", "")),
        follows=row.follows or "",
        followed_by=row.followed_by or "",
        followed_at=row.followed_at,
        renewable=_renewable(desk, row),
    )


def _terms(row: ReleaseRow, body: Mapping[str, str], days: Days) -> Pairs:
    written = dict(words_in(body))
    named = [(str(each.label), written.get(str(each.label), "")) for each in OF_THE_TERMS]
    never = [each for each in Category if each.value in row.never.split()]
    onward = _("Yes, they may pass it on") if body.get("onward") == YES else _("No, only they")
    found = [
        *named,
        (_("Never"), listed(labels(never, Category))),
        (_("Only what was written"), span(row.records_from, row.records_to, days)),
        (_("How they are told"), listed(_labelled(Way, body.get("ways", "")))),
        (_("May they tell others?"), onward),
    ]
    return [each for each in found if each[1]]


def _given(row: ReleaseRow, body: Mapping[str, str], heard: Heard | None) -> Pairs:
    named = [
        (label, words)
        for label, words in words_in(body)
        if label not in {str(each.label) for each in OF_THE_TERMS}
    ]
    found = [
        (_("By"), str(row.manner.label)),
        (_("Witness"), body.get("witness", "")),
        (_("Who agreed"), listed(_labelled(GivenBy, body.get("by", "")))),
        (_("What she herself wants"), listed(_labelled(Assent, body.get("assent", "")))),
        (_("Read aloud in"), str(heard.language.label) if heard else ""),
        *named,
        (_("A copy for her"), listed(_labelled(Copies, body.get("copies", "")))),
    ]
    return [each for each in found if each[1]]


def _labelled(words: type[Worded], codes: str) -> list[str]:
    return [str(each.label) for each in words if each.value in codes.split()]


def _renewable(desk: Desk, row: ReleaseRow) -> bool:
    """Whether another can take its place: never one that was taken back, or has a follower."""
    closed = cases.case(desk, CaseId(row.case)).closed_at is not None
    now = standing(queries.as_release(row), desk.at)
    return now in RENEWABLE and not closed and row.followed_by is None
