"""What a case manager does to write a release down: a walk in pages, signed, and kept apart."""

from datetime import timedelta
from typing import Any, Final

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel, col

from hub.cases.actions import close_case, write_entry
from hub.cases.closing import ClosingReason
from hub.consent import drafting, queries
from hub.consent.jobs import forget_drafts
from hub.consent.notice import NEWEST
from hub.consent.paper import FIELDS, SECTION_OF, WALK, Section
from hub.consent.tables import DraftRow, ReleaseRow
from hub.consent.terms import Asked, Manner
from hub.core.ids import CaseId
from hub.core.words import Category
from hub.door import seen
from hub.door.keeping_out import Whom, keep_out
from hub.door.sight import sight_of_the_house
from hub.door.tables import ShareRow
from tests.clients import Browser
from tests.paper import PAPER, section_of, try_walk, walk
from tests.referring import law_clinic
from tests.survivor import opened
from tests.world import Person, World

STROKES: Final = "100,100 200,60 300,140 400,80 500,120 600,70;150,250 350,240 650,255"
FULL: Final[dict[str, Any]] = {
    "purposes": ["referral"],
    "service_types": ["legal-assistance"],
    "categories": ["need", "identity"],
    "ends": "2030-02-14",
    "receivers": "Tomas, if he is there",
    "items": "The letter of 3 May",
    "never": ["health", "location"],
    "limits": "Not the street",
    "ways": ["hub", "meeting"],
    "onward": "yes",
    "death": "Tell my sister",
    "interpreter": "Leyla Sahin",
    "talk_reached": "Not if no letter comes",
    "manner": "drawn",
    "signature": STROKES,
    "copies": "unsafe",
    "filed": "The grey cabinet",
}


def begins(world: World, person: Person | None = None, **first: str) -> tuple[CaseId, Browser, str]:
    """A case, a browser that has begun a release of it, and the draft's address."""
    case, browser = opened(world, person or world.rosa), world.browser(person or world.rosa)
    browser.open(f"/cases/{case}/releases/new")
    browser.submit("/releases", **{"language": "en", **first})
    return case, browser, browser.path.rsplit("/", 1)[0]


def in_the_store(world: World) -> str:
    """Every row of every table, as somebody with the file and its key would see it."""
    sight = sight_of_the_house(world.now, world.hub.custody)
    with world.hub.engine.connect() as db:
        tables = SQLModel.metadata.tables.values()
        found = [db.execute(each.select(), execution_options={"sight": sight}) for each in tables]
        return " ".join(repr(tuple(row)) for rows in found for row in rows)


def count(world: World, table: Any) -> int:
    with world.hub.unit_of_work() as db:
        return db.execute(select(func.count()).select_from(table)).scalar_one()


def test_every_field_of_the_paper_stands_in_one_section() -> None:
    named = [name for section in Section for name in FIELDS[section]]
    assert len(named) == len(set(named)) == len(SECTION_OF)
    assert set(PAPER) <= set(named)


def test_everything_she_said_stands_on_the_release(world: World) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    page = walk(rosa, f"/cases/{case}", to_agency=world.northside.id, **FULL)
    for words in (
        *("Tomas, if he is there", "The letter of 3 May", "Not the street", "Tell my sister"),
        *("Location and Health", "Yes, they may pass it on", "Leyla Sahin", "A lawyer for the"),
        *("Not if no letter comes", "a copy would not be safe", "The grey cabinet", "English"),
        *("Signature drawn on this screen", '<path class="pad__line" d="M100 100 L200 60'),
    ):
        assert words in page, words
    assert count(world, DraftRow) == 0


def test_nothing_she_said_is_in_any_column(world: World) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    walk(rosa, f"/cases/{case}", to_agency=world.northside.id, **FULL)
    after = in_the_store(world)
    assert world.northside.id in after
    for words in ("if he is there", "3 May", "sister", "Leyla", "no letter", "cabinet", "200,60"):
        assert words not in after


@pytest.mark.parametrize("way", ["back", "later"])
def test_what_is_half_typed_is_kept_whichever_way_she_goes(world: World, way: str) -> None:
    case, rosa, draft = begins(world)
    rosa.open(f"{draft}/what")
    rosa.submit("/what", go=way, limits="Not the str", records_from="next week")
    assert rosa.path == (f"{draft}/who" if way == "back" else f"/cases/{case}")
    rosa.open(f"{draft}/what")
    kept = dict(rosa.form("/what").fields)
    assert (kept["limits"], kept["records_from"]) == ("Not the str", "next week")


def test_a_mistake_is_said_on_its_own_page_and_nothing_typed_is_lost(world: World) -> None:
    _case, rosa, draft = begins(world)
    rosa.open(f"{draft}/until")
    answer = rosa.try_submit("/until", go="on", ends="2031-01-01", death="Tell my sister")
    assert answer.status_code == 422
    assert "at most 90 days after the first" in answer.text
    assert "Tell my sister" in answer.text
    assert "Tick what it is for" not in answer.text


def test_what_was_begun_is_found_again_by_the_care_team_alone(world: World) -> None:
    case, _rosa, draft = begins(world)
    miriam = world.browser(world.miriam)
    assert draft.rsplit("/", 1)[1] in miriam.open(f"/cases/{case}/releases/new")
    miriam.open(f"{draft}/who")
    for stranger in (world.joan, world.tomas, world.noor):
        assert world.browser(stranger).get(f"{draft}/who").status_code == 404
        assert world.browser(stranger).get(f"{draft}/sign").status_code == 404
    assert "a release is begun and not signed" in world.browser(world.rosa).open("/")


def test_what_is_dropped_can_be_opened_by_nobody(world: World) -> None:
    case, rosa, draft = begins(world)
    rosa.open(f"{draft}/drop")
    rosa.submit("/drop")
    assert rosa.path == f"/cases/{case}"
    assert rosa.get(f"{draft}/who").status_code == 404
    assert "Begun and not signed" not in rosa.open(f"/cases/{case}/releases/new")


def test_only_what_is_written_last_can_still_be_opened(world: World) -> None:
    case, rosa, draft = begins(world)
    for words in ("One", "Two", "Three"):
        rosa.open(f"{draft}/what")
        rosa.submit("/what", go="later", limits=words)
    live = select(func.count()).where(
        col(ShareRow.subject) == case, col(ShareRow.wrapped).is_not(None)
    )
    with world.desk(world.rosa) as desk:
        assert desk.db.execute(seen(live, desk.sight)).scalar_one() == 1
    rosa.open(f"{draft}/drop")
    rosa.submit("/drop")
    with world.desk(world.rosa) as desk:
        assert desk.db.execute(seen(live, desk.sight)).scalar_one() == 0


def test_two_windows_do_not_write_over_one_another(world: World) -> None:
    _case, rosa, draft = begins(world)
    other = world.browser(world.rosa)
    other.open(f"{draft}/what")
    rosa.open(f"{draft}/what")
    rosa.submit("/what", go="later", limits="The first")
    answer = other.try_submit("/what", go="later", limits="The second")
    assert answer.status_code == 409
    assert "The second" in answer.text
    other.submit("/what", go="later", limits="The second")


def test_nothing_is_signed_that_was_not_on_the_page(world: World) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    rosa.open(f"/cases/{case}/releases/new")
    rosa.submit("/releases", language="en")
    draft, filled = rosa.path.rsplit("/", 1)[0], {**PAPER, **FULL, "to_agency": world.northside.id}
    for section in WALK[1:]:
        rosa.open(f"{draft}/{section}")
        rosa.submit(f"/{section}", **section_of(filled, section))
    other = world.browser(world.rosa)
    other.open(f"{draft}/what")
    other.submit("/what", go="later", location="yes", never=[])
    answer = rosa.try_submit("/sign", **section_of(filled, Section.SIGN))
    assert answer.status_code == 409
    assert count(world, ReleaseRow) == 0


def test_what_is_missing_is_said_before_she_signs(world: World) -> None:
    _case, rosa, draft = begins(world)
    page = rosa.open(f"{draft}/sign")
    for sentence in ("Choose the one agency", "Think each of these over", "Tick what it is for."):
        assert sentence in page
    answer = rosa.try_submit("/sign", **section_of(PAPER, Section.SIGN))
    assert answer.status_code == 422
    assert 'href="#section-who"' in answer.text


def test_spoken_words_are_offered_only_where_they_count(world: World) -> None:
    _case, rosa, draft = begins(world)
    rosa.open(f"{draft}/sign")
    assert Manner.VERBAL not in rosa.form("/sign").options["manner"]
    petra = world.browser(world.petra)
    petra.open("/staff/releases")
    petra.submit("/staff/releases", regime="humanitarian", most_days="120")
    rosa.open(f"{draft}/sign")
    assert Manner.VERBAL in rosa.form("/sign").options["manner"]
    spoken = {"manner": "verbal", "witness": "Dora Finch", "ends": "2030-05-15"}
    told = {**FULL, **spoken, "signature": ""}
    page = walk(rosa, f"/cases/{_case}", to_agency=world.northside.id, **told)
    assert "Spoken, with a witness" in page
    assert "120 days left" in page


def test_a_spoken_release_is_refused_under_the_strict_law(world: World) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    told = {**FULL, "manner": "verbal", "witness": "Dora Finch"}
    answer = try_walk(rosa, f"/cases/{case}", to_agency=world.northside.id, **told)
    assert answer.status_code == 422
    assert "must be in writing" in answer.text


@pytest.mark.parametrize(
    ("language", "said", "way"),
    [("ar", "القرار قراركم", "rtl"), ("es", "La decisión es suya", "ltr"), ("fr", "votre", "ltr")],
)
def test_it_is_read_aloud_in_her_language(world: World, language: str, said: str, way: str) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    told = {**FULL, "language": language}
    page = walk(rosa, f"/cases/{case}", to_agency=world.northside.id, **told)
    assert said in page
    assert f'lang="{language}" dir="{way}"' in page
    with world.hub.unit_of_work() as db:
        [row] = db.execute(select(ReleaseRow)).scalars()
        assert (row.language, row.notice) == (language, NEWEST)


def test_the_language_she_speaks_is_chosen_beforehand(world: World) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    with world.desk(world.rosa) as desk:
        write_entry(desk, case, Category.ACCESS, {"text": "Arabic, reads a little English"})
    rosa.open(f"/cases/{case}/releases/new")
    assert ("language", "ar") in rosa.form("/releases").fields


def test_every_question_of_the_talk_is_thought_over_first(world: World) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    for each in Asked:
        asked = [other.value for other in Asked if other is not each]
        told = {**FULL, "asked": asked}
        answer = try_walk(rosa, f"/cases/{case}", to_agency=world.northside.id, **told)
        assert answer.status_code == 422
        assert "Think each of these over together first" in answer.text


def test_entries_from_other_days_cannot_be_chosen(world: World) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    with world.desk(world.rosa) as desk:
        write_entry(desk, case, Category.NEED, {"text": "A lawyer, kanari old"})
    days = {"records_from": "2030-01-16", "records_to": "2030-01-20"}
    told = {**FULL, **days, "signature": STROKES}
    walk(rosa, f"/cases/{case}", to_agency=world.northside.id, **told)
    page = rosa.open(f"/referrals/new?case={case}&service={law_clinic(world, world.northside)}")
    assert "kanari old" not in page


def test_how_it_was_given_is_in_no_list_of_the_case(world: World) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    walk(rosa, f"/cases/{case}", to_agency=world.northside.id, **FULL)
    assert "Leyla" not in rosa.open(f"/cases/{case}")
    with world.desk(world.rosa) as desk:
        close_case(desk, case, ClosingReason.MOVED, 1)
    assert "Leyla" not in rosa.open(f"/cases/{case}")
    assert "Leyla" not in rosa.open(f"/cases/{case}/ledger")
    with world.desk(world.rosa) as desk:
        assert not drafting.drafts(desk, case)
        [release] = queries.releases(desk, case)
        row = queries.release_row(desk, release.id)
        assert queries.evidence(desk, row)["given"].category is Category.EVIDENCE
    with world.desk(world.tomas) as desk:
        assert queries.evidence(desk, row) == {}


def test_a_draft_says_nothing_to_a_look_into_the_store(world: World) -> None:
    _case, rosa, draft = begins(world, interpreter="Leyla Sahin")
    rosa.open(f"{draft}/who")
    rosa.submit("/who", go="later", receivers="Tomas himself", to_agency=world.northside.id)
    kept = in_the_store(world)
    assert draft.rsplit("/", 1)[1] in kept
    assert "Leyla" not in kept
    assert "Tomas himself" not in kept


def test_what_nobody_went_on_with_is_gone_after_a_month(world: World) -> None:
    _case, _rosa, draft = begins(world)
    world.move(drafting.KEPT - timedelta(seconds=1))
    with world.hub.desk_of_the_house() as house:
        forget_drafts(house)
    assert count(world, DraftRow) == 1
    world.move(timedelta(seconds=1))
    for _twice in range(2):
        with world.hub.desk_of_the_house() as house:
            forget_drafts(house)
    assert count(world, DraftRow) == 0
    assert world.browser(world.rosa).get(f"{draft}/who").status_code == 404


def test_only_the_administrator_sets_the_rules_and_two_do_not_collide(world: World) -> None:
    for other in (world.rosa, world.miriam, world.dora):
        assert world.browser(other).get("/staff/releases").status_code == 404
    petra, again = world.browser(world.petra), world.browser(world.petra)
    again.open("/staff/releases")
    petra.open("/staff/releases")
    assert petra.try_submit("/staff/releases", most_days="366").status_code == 422
    petra.open("/staff/releases")
    petra.submit("/staff/releases", regime="other", law="The law of the sea", usual_days="10")
    assert "The law of the sea" in petra.open("/staff/releases")
    assert again.try_submit("/staff/releases", regime="humanitarian").status_code == 409
    assert "The law of the sea" not in world.browser(world.oskar).open("/staff/releases")


def test_an_agency_that_must_never_know_is_not_offered(world: World) -> None:
    case, rosa, draft = begins(world)
    with world.desk(world.rosa) as desk:
        keep_out(desk.db, desk.sight, case, Whom(None, world.northside.id))
    rosa.open(f"{draft}/who")
    assert world.northside.id not in rosa.form("/who").options["to_agency"]
    answer = try_walk(rosa, f"/cases/{case}", to_agency=world.northside.id, **FULL)
    assert answer.status_code == 409
