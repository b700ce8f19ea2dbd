"""Who will hear an item and what stands in the way of the others, in whole sentences."""

from conferencing.hearing import Standing
from conferencing.sharing import Hearing, Matter
from conferencing.views import HearingLine
from hub.consent.wording import labels, listed
from hub.core.language import _
from hub.core.words import Category, Purpose

TONES = {Standing.TEAM: "team", Standing.HEARS: "hears", Standing.COULD: "could"}
ASKABLE = frozenset({Standing.NOTHING_RELEASED, Standing.OTHER_CATEGORIES})


def hearing_line(each: Hearing, matter: Matter, name: tuple[str, str], code: str) -> HearingLine:
    """One person at the table, how they stand to the item and why.

    Args:
        name: theirs and their agency's.
        code: the case's.
    """
    who, agency = name
    waits = each.standing is Standing.HEARS and each.opens is not None
    return HearingLine(
        who=_("{name}, {agency}").format(name=who, agency=agency),
        tone="waits" if waits else TONES.get(each.standing, "not"),
        why=_sentence(each, matter).format(
            agency=agency, code=code, category=matter.row.category.label, others=_others(each)
        ),
        opens=each.opens,
        until=each.until if each.standing in {Standing.HEARS, Standing.COULD} else None,
        ask=each.guest.agency if each.standing in ASKABLE else "",
    )


def _others(each: Hearing) -> str:
    """What was released to that agency for case conferences, though not this."""
    released = {
        category
        for release in each.released
        if Purpose.CONFERENCE in release.purposes
        for category in release.categories
    }
    return listed(labels(released, Category))


def _sentence(each: Hearing, matter: Matter) -> str:
    if each.standing is Standing.TEAM:
        return _("On the care team of {code}.")
    if each.standing is Standing.KEPT_AWAY:
        return _("Nothing of her may go to them, and they must never know of her.")
    if each.standing is Standing.NOT_ON_TEAM:
        return _("Works at {agency}, but not with {code}.")
    if each.standing is Standing.NO_STORIES:
        return _("Does no casework here, so hears nothing about anyone.")
    if each.standing is Standing.OTHER_CATEGORIES:
        return _("For case conferences she released to {agency}: {others}. Not: {category}.")
    if each.standing is Standing.NOTHING_RELEASED:
        return _("She has released nothing to {agency} for case conferences.")
    return _("She released this to {agency} for case conferences: {category}.")
