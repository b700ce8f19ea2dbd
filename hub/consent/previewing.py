"""What becomes of what can be read now when a new release takes the place of one before."""

from hub.consent import queries
from hub.consent.release import EVER, Release, State, Written, goes_on, standing
from hub.consent.superseding import carried, readable
from hub.consent.terms import ReleaseTerms
from hub.consent.withdrawing import REVOCABLE, effects_elsewhere
from hub.consent.wording import labels, listed
from hub.core.ids import ReleaseId
from hub.core.language import _, ngettext
from hub.core.words import Category
from hub.desk import Desk


def changes(desk: Desk, follows: ReleaseId, terms: ReleaseTerms) -> list[str]:
    """Sentences for the page on which the new one is signed."""
    [old] = [queries.as_release(queries.release_row(desk, follows))]
    if standing(old, desk.at) not in REVOCABLE:
        return [_("The one before it is over already. Nothing they cannot read now opens again.")]
    new = as_if_signed(old, terms)
    reading = readable(desk, old)
    if not goes_on(old, new):
        return _all_ends(desk, old, len(reading))
    kept = carried(desk, old, new)
    lost = {each.category for each in reading} - new.categories
    return [*_goes_on(len(kept)), *_closes(lost)]


def as_if_signed(old: Release, terms: ReleaseTerms) -> Release:
    """The release these terms would be, for the rules to be asked about."""
    return Release(
        id=ReleaseId(""),
        case=old.case,
        from_agency=old.from_agency,
        to_agency=terms.to_agency,
        purposes=terms.purposes,
        service_types=terms.service_types,
        categories=terms.categories,
        starts=terms.starts,
        ends=terms.ends,
        withdrawn_at=None,
        state=State.ACTIVE,
        records=Written(terms.records_from or EVER.since, terms.records_to or EVER.to),
    )


def _goes_on(count: int) -> list[str]:
    if not count:
        return [_("It takes the place of the one before at once. Nothing is sent by it.")]
    sentence = ngettext(
        "{n} entry they can read now stays readable under the new release, until its end.",
        "{n} entries they can read now stay readable under the new release, until its end.",
        count,
    )
    return [sentence.format(n=count)]


def _closes(lost: set[Category]) -> list[str]:
    if not lost:
        return []
    what = listed(labels(lost, Category))
    return [_("This closes to them at once: {what}.").format(what=what)]


def _all_ends(desk: Desk, old: Release, count: int) -> list[str]:
    """It leaves out a purpose, a kind of service or days: the old sharing ends whole."""
    said = [
        _(
            "It is for less than the one before, so everything shared on that one closes to them "
            "at once. Share again what they still need."
        )
    ]
    closes = ngettext("{n} entry closes.", "{n} entries close.", count).format(n=count)
    effects = [each.sentence for each in effects_elsewhere(desk, [old])]
    return [*said, *([closes] if count else []), *effects]
