"""The whole story, a second one beside it, and colleagues who must not know of the first."""

from dataclasses import replace
from typing import Final

from conferencing.conference import Step
from hub.core.ids import CaseId
from hub.core.words import Category
from hub.door.keeping_out import Whom, keep_out
from tests.stories.told import Tale, told_until_withdrawn
from tests.table import Table, decides
from tests.world import Person, World

KEPT_OUT: Final = ("joan", "lena")


def told_of_two(world: World) -> Tale:
    """Rosa's story as far as it goes, then Joan's, and a case each at the other agencies."""
    tale = told_until_withdrawn(world)
    case = CaseId(tale.case.split("/")[-1])
    _decide_something(world, case)
    _refer_another(replace(tale, typed={}, case="", releases={}, chair="", as_whom=world.joan))
    for person, colleague in ((world.sofia, world.edith), (world.noor, world.grace)):
        beside = replace(tale, typed={}, case="", releases={}, as_whom=person)
        _offer_a_case(beside, person, colleague)
    with world.desk(world.rosa) as desk:
        for name in KEPT_OUT:
            keep_out(desk.db, desk.sight, case, Whom(world.town.people[name].id, None))
    return tale


def _decide_something(world: World, case: CaseId) -> None:
    table = Table(world, world.rosa, [world.tomas, world.edith]).called()
    table.confirmed(world.tomas)
    item = table.puts(world.rosa, case, Category.LEGAL)
    table.moves(Step.LOCK, Step.BEGIN)
    decides(table, item, world.rosa, world.tomas, "He asks the court.")


def _refer_another(tale: Tale) -> None:
    tale.opens_a_case()
    for category in ("identity", "need", "health"):
        key = f"{category}two"
        tale.writes(category, text=tale.words(key, "Somebody else's"))
    tale.signs_a_release(tale.world.eastway, ["referral"], ["identity", "contact", "need"])
    tale.refers_her(tale.services["Clinic"])


def _offer_a_case(tale: Tale, person: Person, colleague: Person) -> None:
    name = person.name.split()[0].lower()
    tale.opens_a_case()
    tale.writes("need", text=tale.words(f"need{name}", "A place to stay"))
    page = tale.browser(person)
    page.open(f"{tale.case}/hand-over")
    page.submit("/hand-over", to=colleague.id)
