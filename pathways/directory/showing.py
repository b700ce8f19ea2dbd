"""A service in sentences: pure words made of a listing, for its page and for lists."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from hub.core.language import _, ngettext
from hub.core.words import Worded
from pathways.directory.languages import country_of, day_in_words, name_of
from pathways.directory.listing import (
    HERE,
    Eligibility,
    Intake,
    Location,
    Nationality,
    Promise,
    Schedule,
    Service,
)
from pathways.directory.terms import (
    Arrival,
    CapacityBand,
    Extent,
    Frequency,
    Limit,
    ReferralMethod,
    Registration,
    Status,
    Weekday,
)
from pathways.directory.views import Card, Fact, Line, Tag

SHORT: Final = 140


def line(service: Service, today: date) -> Line:
    """One service in a list."""
    return Line(
        id=service.id,
        name=service.name,
        organization=service.organization.name,
        where=", ".join(dict.fromkeys(place.area for place in service.locations if place.area)),
        offers=shortened(service.description) or listed(service.types),
        tags=list(_tags(service, today)),
    )


def _tags(service: Service, today: date) -> Iterable[Tag]:
    if service.agency is not None:
        yield _("In this hub"), ""
    if service.entry_point:
        yield _("Entry point"), "lake"
    if not service.runs_on(today):
        yield _("Not running now"), "plain"
    elif service.capacity.band is CapacityBand.FULL:
        yield str(CapacityBand.FULL.label), "clay"
    elif service.capacity.band is CapacityBand.WAITLIST:
        yield str(CapacityBand.WAITLIST.label), "honey"


def warnings(service: Service, today: date) -> list[str]:
    """What to know before relying on this entry."""
    told = [service.alert] if service.alert else []
    if service.status is not Status.ACTIVE:
        told.append(_("The directory says: {status}.").format(status=service.status.label))
    if service.last_day is not None and service.last_day < today:
        told.append(
            _("It was to run until {day}. Ask whether it still does before you rely on it.").format(
                day=day_in_words(service.last_day)
            )
        )
    if service.first_day is not None and service.first_day > today:
        told.append(_("It begins on {day}.").format(day=day_in_words(service.first_day)))
    return told


def cards(service: Service) -> list[Card]:
    """Everything recorded of the service, by the question it answers; what is empty is left out."""
    all_of_it = {
        _("Whom it takes"): whom(service.eligibility),
        _("How it takes a referral"): how(service.intake),
        _("Where and when"): where(service),
        _("Reaching it"): contact(service),
    }
    said = {title: [fact for fact in facts if fact[1]] for title, facts in all_of_it.items()}
    return [Card(title, facts) for title, facts in said.items() if facts]


def whom(said: Eligibility) -> list[Fact]:
    """Whom it takes."""
    return [
        (_("Ages"), ages(said.minimum_age, said.maximum_age)),
        (_("For"), listed(said.genders)),
        (_("Children"), _children(said.takes_children)),
        (_("Nationality"), nationality(said.nationality)),
        (_("Papers"), papers(said)),
        (_("Asks about"), lines(said.criteria)),
        (_("In its own words"), said.words),
    ]


def how(said: Intake) -> list[Fact]:
    """How it takes a referral, and what it promises afterwards."""
    return [
        (_("Referrals"), lines(said.methods)),
        (_("People come"), lines(said.arrivals)),
        (_("Answers within"), promise(said.response)),
        (_("What happens next"), lines(said.next_steps)),
        (_("You hear back"), lines(said.feedback)),
        (_("You hear back within"), promise(said.feedback_delay)),
        (_("In its own words"), said.words),
    ]


def where(service: Service) -> list[Fact]:
    """Places, reach, hours and access."""
    return [
        (_("Place"), [place(one) for one in service.locations]),
        (_("Takes people from"), [_area(one.extent, one.name) for one in service.areas]),
        (_("Open"), [hours(one) for one in service.schedules]),
        (_("Languages"), ", ".join(sorted(name_of(code) for code in service.languages))),
        (_("Interpreters"), service.interpretation),
        (_("Access"), lines(service.features)),
        (_("More on access"), [p.accessibility for p in service.locations if p.accessibility]),
    ]


def contact(service: Service) -> list[Fact]:
    """Numbers, addresses on the net, and what it costs."""
    numbers = [f"{one.number} ({one.words})" if one.words else one.number for one in service.phones]
    return [
        (_("Telephone"), numbers),
        (_("E-mail"), service.email or service.organization.email),
        (_("Website"), service.url or service.organization.website),
        (_("Costs"), service.fees),
    ]


def missing(service: Service) -> str:
    """What nobody recorded and a case manager should ask for; "" when all is there."""
    said, taken = service.eligibility, service.intake
    asked = {
        _("the languages it speaks"): bool(service.languages),
        _("nationality limits"): said.nationality.limit is not Limit.UNRECORDED,
        _("papers needed"): said.registration is not Registration.UNRECORDED,
        _("how it takes referrals"): bool(taken.methods),
        _("how soon it answers"): taken.response.recorded,
        _("whether there is room"): service.capacity.band is not CapacityBand.UNKNOWN,
    }
    return ", ".join(what for what, known in asked.items() if not known)


def referring(service: Service) -> str:
    """How to refer somebody to it, in a sentence."""
    methods = service.intake.methods
    if ReferralMethod.HUB in methods:
        return _("Open her case, find this service for a need of hers, and send it from there.")
    if ReferralMethod.NOT_ACCEPTED in methods:
        return _("It does not accept referrals. Ask whether she can go there herself.")
    if ReferralMethod.NOT_NEEDED in methods:
        return _("It is not in this hub. No referral is needed: she can go there herself.")
    if Arrival.WALK_IN in service.intake.arrivals:
        return _("It is not in this hub. She can walk in, or you refer her as told on this page.")
    return _("It is not in this hub. Refer outside it, and note in her case what you did.")


def origin(service: Service) -> str:
    """Where this entry comes from, and when somebody last said that it is true."""
    said = (
        _("Written by its own agency.")
        if service.source == HERE
        else _("Read from a directory file ({source}).").format(source=service.source)
    )
    if service.assured is None:
        return said + " " + _("Nobody has confirmed since when it is true.")
    return said + " " + _("Last confirmed on {day}.").format(day=day_in_words(service.assured))


def ages(least: int | None, most: int | None) -> str:
    """ "From 18 to 60", or the half of it that is known."""
    if least is not None and most is not None:
        return _("From {least} to {most}").format(least=least, most=most)
    if least is not None:
        return _("From {least}").format(least=least)
    return "" if most is None else _("Up to {most}").format(most=most)


def nationality(said: Nationality) -> str:
    """The limit with the names of its countries."""
    countries = ", ".join(sorted(country_of(code) for code in said.countries))
    if said.limit is Limit.ONLY:
        return _("Only people from {countries}").format(countries=countries)
    if said.limit is Limit.EXCEPT:
        return _("Everybody except people from {countries}").format(countries=countries)
    return str(said.limit.label) if said.limit is Limit.ANYONE else ""


def papers(said: Eligibility) -> list[str]:
    """Which papers are needed, and whether expired ones will do."""
    if said.registration is Registration.UNRECORDED and not said.other_documents:
        return []
    if said.registration is Registration.NONE_NEEDED:
        return [str(said.registration.label)]
    told = [*lines(said.documents), *said.other_documents]
    if said.expired_documents_taken is True:
        told.append(_("Expired ones will do"))
    if said.expired_documents_taken is False:
        told.append(_("Expired ones will not do"))
    return told or [str(said.registration.label)]


def promise(said: Promise) -> str:
    """ "1 week", "Case by case", or "" when nothing was promised."""
    if said.within is None:
        return _("Case by case") if said.case_by_case else ""
    return duration(said.within)


def duration(length: timedelta) -> str:
    """The largest whole unit: weeks, days, hours or minutes."""
    minutes = length // timedelta(minutes=1)
    if minutes % 10_080 == 0 and minutes:
        return ngettext("{n} week", "{n} weeks", minutes // 10_080).format(n=minutes // 10_080)
    if minutes % 1_440 == 0 and minutes:
        return ngettext("{n} day", "{n} days", minutes // 1_440).format(n=minutes // 1_440)
    if minutes % 60 == 0 and minutes:
        return ngettext("{n} hour", "{n} hours", minutes // 60).format(n=minutes // 60)
    return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)


def place(said: Location) -> str:
    """A place in a line. Of a confidential one only the area, and that the rest is not kept."""
    if said.confidential:
        return _("{area} (the address is not shown to anybody)").format(area=said.area).strip()
    address = said.address
    parts = [said.name]
    if address is not None:
        parts += [address.street, address.city, address.region, address.postal_code]
    return ", ".join(dict.fromkeys(part for part in [*parts, said.area] if part))


def hours(said: Schedule) -> str:
    """A schedule in a line: our reading of it, or the source's words where there is none."""
    if said.always_open:
        return _("Always open")
    told = [", ".join(str(day.label) for day in Weekday if day in said.days)]
    if said.frequency in (Frequency.MONTHLY, Frequency.ONCE):
        told.insert(0, str(said.frequency.label))
    if said.opens and said.closes:
        told.append(f"{said.opens:%H:%M}-{said.closes:%H:%M}")
    elif said.opens:
        told.append(_("from {hour}").format(hour=f"{said.opens:%H:%M}"))
    read = " ".join(part for part in told if part)
    return f"{read} ({said.words})" if read and said.words else read or said.words


def _area(extent: Extent, name: str) -> str:
    return name if extent in (Extent.OTHER, Extent.REGION) and name else str(extent.label)


def _children(takes: bool | None) -> str:
    return {True: _("Takes children"), False: _("Does not take children")}.get(takes, "")  # type: ignore[arg-type]


def lines(words: Iterable[Worded]) -> list[str]:
    """The labels of a set of words, in the order of their list."""
    chosen = frozenset(words)
    kinds = {type(word) for word in chosen}
    return [str(word.label) for kind in kinds for word in kind if word in chosen]


def listed(words: Iterable[Worded]) -> str:
    """The same in one line."""
    return ", ".join(lines(words))


def shortened(text: str) -> str:
    """The beginning of a text, cut at a word."""
    if len(text) <= SHORT:
        return text
    return f"{text[:SHORT].rsplit(' ', 1)[0]} …"
