"""The paper of a release on one sheet: its terms in the words of whoever agrees, and who signs."""

from collections.abc import Mapping

from hub.consent import queries, signature
from hub.consent.evidence import YES
from hub.consent.notice import Heard, notice
from hub.consent.release import OVER, standing
from hub.consent.summing import Days, Pairs, span
from hub.consent.tables import ReleaseRow
from hub.consent.terms import Given, GivenBy, Manner, ReleaseTerms, Way, Words
from hub.consent.views import ReleaseSheet, Signer
from hub.consent.wording import labels, listed, purposes_in_words
from hub.core.ids import AgencyId
from hub.core.language import _
from hub.core.words import Category
from hub.desk import Desk


def sheet(terms: ReleaseTerms, own: str, agency: str, days: Days) -> ReleaseSheet:
    """The sheet of these terms, with empty lines to sign on."""
    heard = terms.given.heard
    return ReleaseSheet(
        own=own,
        agency=agency,
        terms=[each for each in _terms(terms, days) if each[1]],
        limits=terms.given.limits,
        notice=notice(heard) if heard else None,
        signers=_signers(terms.given),
    )


def _terms(terms: ReleaseTerms, days: Days) -> Pairs:
    words = terms.given.words
    onward = _("Yes, they may pass it on") if terms.onward else _("No, only they")
    return [
        (str(Words.RECEIVERS.label), words.get(Words.RECEIVERS, "")),
        (_("What for"), purposes_in_words(terms.purposes, terms.service_types)),
        (str(Words.PURPOSE.label), words.get(Words.PURPOSE, "")),
        (_("They may know"), listed(labels(terms.categories, Category))),
        (str(Words.ITEMS.label), words.get(Words.ITEMS, "")),
        (_("Never"), listed(labels(terms.never, Category))),
        (_("Only what was written"), span(terms.records_from, terms.records_to, days)),
        (_("From the day"), days.said(terms.starts)),
        (_("Until the end of"), days.said(terms.ends)),
        (_("How they are told"), listed(labels(terms.ways, Way))),
        (_("May they tell others?"), onward),
        (_("If I die or nobody can find me"), words.get(Words.DEATH, "")),
    ]


def _signers(given: Given) -> list[Signer]:
    """Who signs; the name of whoever agrees stands there only when it is for somebody else."""
    for_another = given.by is not GivenBy.HERSELF
    agrees = given.words.get(Words.GUARDIAN, "") if for_another else ""
    return [
        Signer(_("Who agrees"), agrees, signature.path(given.drawn)),
        Signer(_("Witness"), given.witness, ""),
        Signer(_("Interpreter"), given.words.get(Words.INTERPRETER, ""), ""),
    ]


def terms_of(row: ReleaseRow, body: Mapping[str, str]) -> ReleaseTerms:
    """The terms of a release that is written down; `body` is what its evidence says."""
    release = queries.as_release(row)
    return ReleaseTerms(
        to_agency=AgencyId(row.to_agency),
        purposes=release.purposes,
        service_types=release.service_types,
        categories=release.categories,
        starts=row.starts,
        ends=row.ends,
        given=_given(row, body),
        never=frozenset(each for each in Category if each.value in row.never.split()),
        records_from=row.records_from,
        records_to=row.records_to,
        ways=frozenset(each for each in Way if each.value in body.get("ways", "").split()),
        onward=body.get("onward") == YES,
    )


def _given(row: ReleaseRow, body: Mapping[str, str]) -> Given:
    return Given(
        manner=row.manner,
        said=frozenset(),
        not_the_abuser=True,
        witness=body.get("witness", ""),
        limits=body.get("text", ""),
        words={each: body[each.value] for each in Words if body.get(each.value)},
        heard=Heard(row.language, row.notice) if row.language and row.notice else None,
        by=next((each for each in GivenBy if each.value == body.get("by")), GivenBy.HERSELF),
        drawn=body.get("signature", "") if row.manner is Manner.DRAWN else "",
    )


def is_over(desk: Desk, row: ReleaseRow) -> bool:
    """Whether a release holds no longer, so that its sheet is only what was agreed once."""
    return standing(queries.as_release(row), desk.at) in OVER
