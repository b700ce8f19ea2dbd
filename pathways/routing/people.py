"""Whether a service takes a person like her: language, gender, age, children, papers, access."""

from typing import Final

from hub.core.language import _, lazy
from pathways.directory import terms
from pathways.directory.listing import Nationality, Service
from pathways.directory.terms import AccessFeature, Gender, Limit, Registration
from pathways.routing.need import AGES, Children, Need, Papers
from pathways.routing.reasons import Criterion, Reason, blocks, fits, unknown

EVERYBODY: Final = frozenset(Gender)
MEANT_FOR_HER: Final = frozenset({terms.Criterion.OPEN, terms.Criterion.SURVIVOR})


def language(service: Service, need: Need) -> Reason | None:
    """None when no language was asked for."""
    asked = need.language
    if asked is None:
        return None
    if asked.code in service.languages:
        return fits(Criterion.LANGUAGE, lazy("Speaks {language}."), language=asked.name)
    if service.interpretation or AccessFeature.INTERPRETER in service.features:
        return fits(
            Criterion.LANGUAGE,
            lazy("Works with interpreters; ask for one for {language}."),
            language=asked.name,
        )
    if not service.languages:
        return unknown(Criterion.LANGUAGE, lazy("Its languages are not recorded."))
    return blocks(
        Criterion.LANGUAGE,
        lazy("{language} is not among its languages, and no interpreter is recorded."),
        language=asked.name,
    )


def gender(service: Service, need: Need) -> Reason | None:
    """None when nothing was said and nobody is left out."""
    taken = service.eligibility.genders
    if need.gender is None:
        if not taken or taken == EVERYBODY:
            return None
        return unknown(Criterion.GENDER, lazy("It is only for: {taken}. Is she?"), taken=taken)
    if not taken:
        return unknown(Criterion.GENDER, lazy("Whether it is for everybody is not recorded."))
    if need.gender in taken:
        return fits(Criterion.GENDER, lazy("It takes: {gender}."), gender=need.gender)
    return blocks(Criterion.GENDER, lazy("It is only for: {taken}."), taken=taken)


def age(service: Service, need: Need) -> Reason | None:
    """By bands: fits when the whole band is taken, blocks when none of it is.

    One end recorded means that the other has no limit; None when nothing was said or asked.
    """
    least, most = service.eligibility.minimum_age, service.eligibility.maximum_age
    limits = lazy("Takes people {limits}.")
    asking = lazy("Takes only people {limits}. Is she?")
    if need.age is None:
        if least is None and most is None:
            return None
        return unknown(Criterion.AGE, asking, limits=_ages(least, most))
    if least is None and most is None:
        return unknown(Criterion.AGE, lazy("Its ages are not recorded."))
    youngest, oldest = AGES[need.age]
    low, high = 0 if least is None else least, 200 if most is None else most
    if low <= youngest and oldest <= high:
        return fits(Criterion.AGE, limits, limits=_ages(least, most))
    if oldest < low or youngest > high:
        return blocks(Criterion.AGE, lazy("Takes only people {limits}."), limits=_ages(least, most))
    return unknown(Criterion.AGE, asking, limits=_ages(least, most))


def _ages(least: int | None, most: int | None) -> object:
    if most is None:
        return _("from {least} years").format(least=least)
    if least is None:
        return _("up to {most} years").format(most=most)
    return _("from {least} to {most} years").format(least=least, most=most)


def children(service: Service, need: Need) -> Reason | None:
    """None when no children come with her, or nothing was said."""
    if need.children in {None, Children.NONE}:
        return None
    taken = service.eligibility.takes_children
    if taken is None:
        return unknown(Criterion.CHILDREN, lazy("Whether her children can come is not recorded."))
    if taken:
        return fits(Criterion.CHILDREN, lazy("Her children can come with her."))
    return blocks(Criterion.CHILDREN, lazy("Children cannot come with her."))


def nationality(service: Service, need: Need) -> Reason | None:
    """None when nothing was said and every nationality is taken, or none is recorded."""
    rule = service.eligibility.nationality
    limited = rule.limit in {Limit.ONLY, Limit.EXCEPT}
    if need.nationality is None:
        if not limited:
            return None
        return unknown(
            Criterion.NATIONALITY, lazy("It takes only some nationalities. Is hers one?")
        )
    if rule.limit is Limit.UNRECORDED:
        return unknown(Criterion.NATIONALITY, lazy("Whom it takes by nationality is not recorded."))
    if not limited:
        return fits(Criterion.NATIONALITY, lazy("Takes people of every nationality."))
    if _takes(rule, need.nationality.code):
        pattern = lazy("Takes people from {country}.")
        return fits(Criterion.NATIONALITY, pattern, country=need.nationality.name)
    pattern = lazy("Does not take people from {country}.")
    return blocks(Criterion.NATIONALITY, pattern, country=need.nationality.name)


def _takes(rule: Nationality, country: str) -> bool:
    return (country in rule.countries) is (rule.limit is Limit.ONLY)


def papers(service: Service, need: Need) -> Reason | None:
    """None when nothing was said and no papers are asked for, or nothing is recorded."""
    rule, asked = service.eligibility.registration, service.eligibility.documents
    if need.papers is None:
        if rule is not Registration.NEEDED:
            return None
        return unknown(Criterion.PAPERS, lazy("It asks to see papers. Has she any?"))
    if rule is Registration.NONE_NEEDED:
        return fits(Criterion.PAPERS, lazy("She needs no papers."))
    if rule is Registration.UNRECORDED:
        return unknown(Criterion.PAPERS, lazy("Whether she needs papers is not recorded."))
    if need.papers is Papers.HAS_NOT:
        return blocks(Criterion.PAPERS, lazy("It takes nobody without papers."))
    if asked:
        pattern = lazy("She brings one of these papers: {papers}.")
        return unknown(Criterion.PAPERS, pattern, papers=asked)
    return fits(Criterion.PAPERS, lazy("It asks for papers, and she has them."))


def access(service: Service, need: Need) -> Reason | None:
    """None when nothing was asked for; what is not recorded is a question, never a refusal."""
    if not need.access:
        return None
    missing = need.access - service.features
    if missing:
        pattern = lazy("Not recorded: {missing}.")
        return unknown(Criterion.ACCESS, pattern, missing=missing)
    return fits(Criterion.ACCESS, lazy("It has: {features}."), features=need.access)


def intake(service: Service, need: Need) -> Reason | None:
    """Whom the service is meant for, beyond what was asked; None when nothing is recorded."""
    meant = service.eligibility.criteria
    if not meant:
        return None
    if meant & MEANT_FOR_HER:
        pattern = lazy("It is meant for: {meant}.")
        return fits(Criterion.INTAKE, pattern, meant=meant & MEANT_FOR_HER)
    return unknown(Criterion.INTAKE, lazy("It chooses whom it takes by: {meant}."), meant=meant)
