"""A release as it is filled in: its sections, their fields, and the terms they amount to."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from hub.consent.drafting import Answers
from hub.consent.notice import FIRST, PARTS, Heard, Language
from hub.consent.terms import (
    Asked,
    Assent,
    Copies,
    Given,
    GivenBy,
    Manner,
    ReleaseTerms,
    Said,
    Way,
    Words,
)
from hub.core.ids import AgencyId
from hub.core.language import _
from hub.core.words import RELEASABLE, Category, Purpose, ServiceType, Worded
from hub.web.form import Form

LAST_MINUTE: Final = time(23, 59)
SHORT_WORDS: Final = 500
LONG_WORDS: Final = 2000
DRAWING: Final = 40_000


class Section(Worded):
    """The pages of the walk, in their order."""

    BEGIN = "begin", "Language"
    WHO = "who", "Who and what for"
    WHAT = "what", "What they may know"
    UNTIL = "until", "How long"
    TALK = "talk", "The talk"
    AGREES = "agrees", "Who agrees"
    SIGN = "sign", "Read and sign"


FIELDS: Final[Mapping[Section, tuple[str, ...]]] = MappingProxyType(
    {
        Section.BEGIN: ("language", "interpreter"),
        Section.WHO: ("to_agency", "receivers", "purposes", "service_types", "purpose_words"),
        Section.WHAT: (
            "categories",
            "location",
            "items",
            "never",
            "limits",
            "records_from",
            "records_to",
        ),
        Section.UNTIL: ("starts", "ends", "ways", "onward", "death"),
        Section.TALK: ("asked", *(f"talk_{each}" for each in Asked), "said"),
        Section.AGREES: (
            "by",
            "guardian",
            "assent",
            "best_interest",
            "capacity_doubted",
            "capacity_words",
        ),
        Section.SIGN: ("manner", "signature", "witness", "not_the_abuser", "copies", "filed"),
    }
)
"""Which field stands in which section; every field of a release is in exactly one."""

NOTICE: Final = "notice"
"""Where a draft notes the number of the text it was begun with; no field of a page writes it."""

WALK: Final = tuple(each for each in Section if each is not Section.SIGN)
"""The sections that are pages of a draft's own, filled in and saved one by one."""

SECTION_OF: Final[Mapping[str, Section]] = MappingProxyType(
    {name: section for section, names in FIELDS.items() for name in names}
)


def written_in(section: Section, fields: Answers) -> dict[str, list[str]]:
    """What was typed into one section; what nobody filled in is an empty answer."""
    return {name: [each for each in fields.get(name, []) if each] for name in FIELDS[section]}


def read(answers: Answers, zone: ZoneInfo) -> tuple[ReleaseTerms, dict[str, str]]:
    """The terms these answers amount to, and what could not be read: field to sentence."""
    form = Form(answers, zone)
    return terms(form), form.errors


def terms(form: Form) -> ReleaseTerms:
    """The whole release; what is missing is noted on the form and stood in for."""
    to_agency = form.optional_id("to_agency")
    if to_agency is None:
        form.refuse("to_agency", _("Choose the one agency that may know."))
    since, to = form.optional_day("records_from"), form.optional_day("records_to")
    return ReleaseTerms(
        to_agency=AgencyId(to_agency or ""),
        purposes=form.choices("purposes", Purpose),
        service_types=form.choices("service_types", ServiceType),
        categories=_categories(form),
        starts=_moment(form, form.day("starts"), time.min),
        ends=_moment(form, form.day("ends"), LAST_MINUTE),
        given=_given(form),
        never=form.choices("never", Category) & frozenset(RELEASABLE),
        records_from=_moment(form, since, time.min) if since else None,
        records_to=_moment(form, to + timedelta(days=1), time.min) if to else None,
        ways=_ways(form),
        onward=form.ticked("onward"),
    )


def _categories(form: Form) -> frozenset[Category]:
    """Where she is counts only when it is ticked by itself."""
    ticked = form.choices("categories", Category) - {Category.LOCATION}
    return ticked | {Category.LOCATION} if form.ticked("location") else ticked


def _ways(form: Form) -> frozenset[Way]:
    ways = form.choices("ways", Way)
    if not ways:
        form.refuse("ways", _("Tick how they will be told."))
    return ways


def _given(form: Form) -> Given:
    manner = form.optional_choice("manner", Manner)
    if manner is None:
        form.refuse("manner", _("Choose how she agreed."))
    drawn = manner is Manner.DRAWN
    return Given(
        manner=manner or Manner.SIGNATURE,
        said=form.choices("said", Said),
        not_the_abuser=form.ticked("not_the_abuser"),
        witness=form.optional_text("witness"),
        limits=form.optional_prose("limits", LONG_WORDS),
        words=_words(form),
        asked=_asked(form),
        talk=_talk(form),
        heard=_heard(form),
        by=_by(form),
        assent=form.optional_choice("assent", Assent),
        capacity_doubted=form.ticked("capacity_doubted"),
        copies=_copies(form),
        drawn=form.optional_text("signature", DRAWING) if drawn else "",
    )


def _by(form: Form) -> GivenBy:
    by = form.optional_choice("by", GivenBy)
    if by is None:
        form.refuse("by", _("Choose who agrees."))
    return by or GivenBy.HERSELF


def _words(form: Form) -> dict[Words, str]:
    found = {each: form.optional_prose(each.value, LONG_WORDS) for each in Words}
    if not found[Words.PURPOSE]:
        form.refuse(Words.PURPOSE.value, _("Say in a few words what exactly it is for."))
    return {each: words for each, words in found.items() if words}


def _asked(form: Form) -> frozenset[Asked]:
    asked = form.choices("asked", Asked)
    if asked != frozenset(Asked):
        form.refuse("asked", _("Think each of these over together first, then tick it."))
    return asked


def _talk(form: Form) -> dict[Asked, str]:
    found = {each: form.optional_prose(f"talk_{each}", SHORT_WORDS) for each in Asked}
    return {each: words for each, words in found.items() if words}


def _heard(form: Form) -> Heard | None:
    language = form.optional_choice("language", Language)
    if language is None:
        form.refuse("language", _("Choose the language in which it is read aloud."))
        return None
    return Heard(language, text_shown(form.fields))


def text_shown(answers: Answers) -> int:
    """The text that this draft was begun with; what was begun before it was noted had the first."""
    noted = one(answers, NOTICE)
    return next((each for each in PARTS if str(each) == noted), FIRST)


def _copies(form: Form) -> Copies | None:
    copies = form.optional_choice("copies", Copies)
    if copies is None:
        form.refuse("copies", _("Say whether she took a copy along."))
    return copies


def _moment(form: Form, day: date, at: time) -> datetime:
    """A release runs from the first minute of its first day to the last minute of its last."""
    return datetime.combine(day, at, form.zone)


def faults_by_section(faults: Mapping[str, str]) -> dict[Section, list[str]]:
    """Sentences about what is wrong, by the section they are to be put right in."""
    found: dict[Section, list[str]] = {}
    for name, sentence in faults.items():
        found.setdefault(SECTION_OF.get(name, Section.SIGN), []).append(sentence)
    return found


def one(answers: Answers, name: str) -> str:
    """What one field says; "" when nothing."""
    said: Sequence[str] = answers.get(name, ())
    return said[0] if said else ""
