"""From the answers on the form to a Need: closed choices only, so that an address tells little."""

import hashlib
from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from babel import Locale

from hub.core.language import _
from hub.core.words import Priority, ServiceType, Worded
from hub.web.form import Form
from pathways.directory.languages import COMMON, name_of
from pathways.directory.terms import AccessFeature, Gender
from pathways.routing.index import Index
from pathways.routing.need import AgeBand, Children, Named, Need, Papers, Place, When
from pathways.routing.stages import IN_ORDER
from pathways.routing.views import Choice, Choices

OTHER_COUNTRY = "other"


def place_code(area: str) -> str:
    """What stands for an area in an address: eight letters and digits that name nothing."""
    return hashlib.sha256(area.encode()).hexdigest()[:8]


@cache
def country_name(code: str) -> str:
    """What people call the country with this ISO 3166 code; the code where nobody knows."""
    return str(Locale("en").territories.get(code, code))


def choices(index: Index) -> Choices:
    """Everything the form offers."""
    spoken = {code: name_of(code) for code in (*COMMON, *index.languages)}
    countries = {code: country_name(code) for code in index.countries}
    return Choices(
        needs=_worded(kind for kind in IN_ORDER if kind in index.buckets),
        languages=_by_name(spoken),
        places=_by_name({place_code(area): area for area in index.places}),
        genders=_worded(Gender),
        ages=_worded(AgeBand),
        children=_worded(Children),
        countries=(*_by_name(countries), (OTHER_COUNTRY, _("Another country"))),
        papers=_worded(Papers),
        access=_worded(AccessFeature),
        urgencies=_worded(Priority),
        times=_worded(When),
    )


def _worded(members: Iterable[Worded]) -> tuple[Choice, ...]:
    return tuple((str(member), str(member.label)) for member in members)


def _by_name(named: dict[str, str]) -> tuple[Choice, ...]:
    return tuple(sorted(named.items(), key=lambda item: item[1].casefold()))


def read_need(form: Form, index: Index) -> Need | None:
    """What was asked; None before anything was. Mistakes are noted on the form."""
    kind = form.optional_choice("need", ServiceType)
    if kind is None and "need" in form.fields:
        form.refuse("need", _("Choose what help is needed."))
    offered = choices(index)
    language = _one_of(form, "language", offered.languages)
    country = _one_of(form, "nationality", offered.countries)
    area = _one_of(form, "place", offered.places)
    need = Need(
        service_type=kind or ServiceType.OTHER,
        language=language,
        place=_place(index, area),
        gender=form.optional_choice("gender", Gender),
        age=form.optional_choice("age", AgeBand),
        children=form.optional_choice("children", Children),
        nationality=country,
        papers=form.optional_choice("papers", Papers),
        access=form.choices("access", AccessFeature),
        urgency=form.optional_choice("urgency", Priority) or Priority.NORMAL,
        when=form.optional_choice("when", When),
    )
    return need if kind is not None else None


def _one_of(form: Form, name: str, offered: Iterable[Choice]) -> Named | None:
    typed = form.optional_text(name, 40)
    if not typed:
        return None
    known = dict(offered)
    if typed not in known:
        form.refuse(name, _("Choose one of the answers shown."))
        return None
    return Named(typed, _("another country") if typed == OTHER_COUNTRY else known[typed])


def _place(index: Index, area: Named | None) -> Place | None:
    return index.places[area.name] if area else None


def said(need: Need) -> str:
    """The question in words, as it stands above the answer."""
    parts: list[str] = [str(need.service_type.label)]
    if need.language is not None:
        parts.append(need.language.name)
    if need.place is not None:
        parts.append(need.place.area)
    chosen: tuple[StrEnum | None, ...] = (need.gender, need.age, need.children, need.papers)
    parts += [str(one.label) for one in chosen if isinstance(one, Worded)]
    if need.nationality is not None:
        parts.append(need.nationality.name)
    parts += sorted(str(feature.label) for feature in need.access)
    if need.when is not None:
        parts.append(str(need.when.label))
    return " \u00b7 ".join([*parts, str(need.urgency.label)])
