"""What somebody can do with a number of their own, and what nobody else can do with the page."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from hub.cases.actions import write_entry
from hub.consent.receipt_tables import ReceiptRow, ReceiptVisitRow
from hub.core.ids import CaseId, ReleaseId
from hub.core.words import Category, HolderKind
from hub.door import Sealing, holder_of, seen
from hub.door.tables import ShareRow
from tests.clients import Answer, Browser, HtmlForm
from tests.survivor import opened, released, shared, terms
from tests.world import World

PIN, DANGER = "407182", "915263"
LEGAL = "kanari papers from the court"
KEPT = "kanari the street she lives in"


class Told:
    """Amal's case, one release to Northside, one entry shared on it, and her number."""

    def __init__(self, world: World, code: str = "KESTREL-27") -> None:
        self.world = world
        self.case: CaseId = opened(world, world.rosa, code)
        asked = terms(world, world.northside, Category.LEGAL, Category.NEED)
        self.release: ReleaseId = released(world, world.rosa, self.case, asked)
        self.shares(LEGAL)
        self.number = self.given()

    def shares(self, words: str) -> None:
        sealing = Sealing(Category.LEGAL, {"text": words}, "")
        shared(self.world, self.world.rosa, self.release, sealing, self.world.northside.desk)

    def given(self) -> str:
        page = self.asks(self.world.browser(self.world.rosa))
        return re.findall(r"\d{4} \d{4} \d{4} \d{4}", page.text)[0]

    def asks(self, rosa: Browser, **changes: str) -> Answer:
        rosa.open(f"/cases/{self.case}/own-copy")
        said = {"lasting": "week", "pin": PIN, "panic": DANGER, "decided": "yes"} | changes
        return rosa.try_submit("/own-copy", **said)

    def opens(self, pin: str = PIN, number: str = "") -> Browser:
        somebody = self.world.browser()
        somebody.open("/notes")
        somebody.try_submit("/notes", number=number or self.number, pin=pin)
        return somebody


@pytest.fixture
def told(world: World) -> Told:
    return Told(world)


def test_she_reads_what_was_shared_with_whom_and_its_words(told: Told) -> None:
    page = told.opens().text
    assert "Northside Law" in page
    assert LEGAL in page


def test_she_reads_what_is_shared_after_the_number_was_given(told: Told) -> None:
    told.shares("kanari a second letter")
    assert "kanari a second letter" in told.opens().text


def test_the_page_opens_nothing_that_was_never_shared(told: Told) -> None:
    with told.world.desk(told.world.rosa) as desk:
        write_entry(desk, told.case, Category.LOCATION, {"text": KEPT})
    assert KEPT not in told.opens().text


def test_she_takes_a_release_back_and_the_receiver_reads_nothing_more(told: Told) -> None:
    hers = told.opens()
    hers.try_submit_to(form_of(hers, "ask"), {})
    assert "cannot be un-read" in hers.text
    hers.try_submit_to(form_of(hers, "take_back"), {})
    assert "It is taken back" in hers.text
    rosa = told.world.browser(told.world.rosa)
    assert "Withdrawn" in rosa.open(f"/releases/{told.release}")


def test_her_number_takes_back_nothing_of_somebody_else(told: Told) -> None:
    other = Told(told.world, "WREN-31")
    hers = told.opens()
    page = form_of(hers, "ask")
    visit = dict(page.fields)["visit"]
    answer = hers.post("/notes", visit=visit, do="take_back", release=other.release)
    assert answer.status_code == 200
    assert LEGAL in answer.text
    assert "It is taken back" not in answer.text
    rosa = told.world.browser(told.world.rosa)
    assert "Withdrawn" not in rosa.open(f"/releases/{other.release}")


def form_of(browser: Browser, doing: str) -> HtmlForm:
    """The first of the page's forms that does this."""
    return next(form for form in browser.forms if ("do", doing) in form.fields)


def test_the_pin_for_danger_opens_an_empty_page_and_tells_her_case_manager(told: Told) -> None:
    page = told.opens(DANGER).text
    assert "There is nothing here" in page
    assert "Northside" not in page
    assert "kanari" not in page
    rosa = told.world.browser(told.world.rosa)
    assert "The PIN for danger was used" in rosa.open(f"/cases/{told.case}/own-copy")


def test_her_case_manager_finds_the_use_of_the_pin_for_danger_on_the_start_page(told: Told) -> None:
    rosa = told.world.browser(told.world.rosa)
    assert "the PIN for danger was used" not in rosa.open("/")
    told.opens(pin=DANGER)
    assert "the PIN for danger was used" in rosa.open("/")
    assert "the PIN for danger was used" not in told.world.browser(told.world.joan).open("/")
    told.given()
    assert "the PIN for danger was used" not in rosa.open("/")


def test_wrong_and_unknown_and_ended_numbers_get_the_same_answer(told: Told) -> None:
    wrong = answer_of(told.opens("0000"))
    unknown = answer_of(told.opens(number="1234 5678 9012 3456"))
    told.world.browser(told.world.rosa).open(f"/cases/{told.case}/own-copy")
    rosa = told.world.browser(told.world.rosa)
    rosa.open(f"/cases/{told.case}/own-copy")
    rosa.try_submit("/own-copy/end")
    ended = answer_of(told.opens())
    assert plain(wrong) == plain(unknown) == plain(ended)
    assert wrong.status_code == 422


def answer_of(browser: Browser) -> Answer:
    """The last answer, as it came."""
    assert browser.page is not None
    return browser.page


def plain(answer: Answer) -> str:
    """The page but for what was typed into it and what is drawn anew each time."""
    text = re.sub(r'value="[^"]*"', "", answer.text)
    return re.sub(r'nonce="[^"]*"', "", text)


def test_a_number_opens_nothing_after_its_last_day(told: Told) -> None:
    told.world.move(timedelta(days=7))
    assert "do not open anything" in told.opens().text


@pytest.mark.parametrize("by_the_hour", [True, False])
def test_nothing_more_is_copied_once_the_number_is_over(told: Told, by_the_hour: bool) -> None:
    if by_the_hour:
        told.world.move(timedelta(days=7))
    else:
        rosa = told.world.browser(told.world.rosa)
        rosa.open(f"/cases/{told.case}/own-copy")
        rosa.submit("/own-copy/end")
    told.shares("kanari a paper that came later")
    with told.world.desk(told.world.rosa) as desk:
        own = holder_of(desk.db, HolderKind.SURVIVOR, told.case)
        later = select(ShareRow.id).where(  # type: ignore[call-overload]
            col(ShareRow.holder) == own, col(ShareRow.made_at) == desk.at
        )
        ended = col(ShareRow.ended_at).is_(None)
        assert not desk.db.execute(seen(later.where(ended), desk.sight)).all()


def test_a_new_number_ends_the_one_before(told: Told) -> None:
    before, told.number = told.number, told.given()
    assert LEGAL in told.opens().text
    assert "do not open anything" in told.opens(number=before).text


def test_a_visit_is_over_after_ten_minutes(told: Told) -> None:
    hers = told.opens()
    told.world.move(timedelta(minutes=10))
    hers.try_submit_to(form_of(hers, "ask"), {})
    assert "Northside" not in hers.text


def test_address_and_title_never_change_and_no_cookie_is_set(told: Told) -> None:
    for somebody in (told.opens(), told.opens(DANGER), told.opens("0000")):
        assert somebody.path == "/notes"
        assert re.findall(r"<title>(.*?)</title>", somebody.text) == ["Notes"]
        assert "Linden" not in somebody.text
        assert "set-cookie" not in answer_of(somebody).headers
        assert answer_of(somebody).headers["cache-control"] == "no-store"


def test_the_page_is_off_until_a_number_is_given(world: World) -> None:
    opened(world, world.rosa)
    with world.hub.unit_of_work() as db:
        assert db.execute(select(ReceiptRow)).first() is None


def test_neither_number_nor_pin_lies_in_the_store(told: Told) -> None:
    told.opens()
    digits = told.number.replace(" ", "")
    with told.world.hub.unit_of_work() as db:
        receipts = db.execute(select(ReceiptRow)).scalars()
        rows = [*receipts, *db.execute(select(ReceiptVisitRow)).scalars()]
        kept = " ".join(str(row.model_dump()) for row in rows)
    assert digits not in kept
    assert f"'{PIN}'" not in kept


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"pin": "123"}, "Choose 6 to 8 digits."),
        ({"panic": PIN}, "Choose another one than the first."),
        ({"pin": "777777"}, "Choose digits that are not all the same."),
        ({"decided": ""}, "Decide it with them first"),
    ],
)
def test_case_manager_is_told_what_is_wrong_with_a_choice(
    world: World, changes: dict[str, str], sentence: str
) -> None:
    told = Told(world)
    answer = told.asks(world.browser(world.rosa), **changes)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_nobody_but_the_care_team_gives_a_number(told: Told) -> None:
    absent = told.world.browser(told.world.noor).get("/cases/aaaaaaaaaaaaaaaaaaaaaaaaaa/own-copy")
    for person in (told.world.noor, told.world.joan, told.world.tomas):
        answer = told.world.browser(person).get(f"/cases/{told.case}/own-copy")
        assert answer.status_code == 404
        assert answer.status_code == absent.status_code


def test_ten_wrong_tries_are_enough_for_a_while(told: Told) -> None:
    for _try in range(10):
        told.opens("0000")
    assert "Northside" not in told.opens().text


def test_whoever_has_the_number_guesses_ten_times_a_day_and_no_more(told: Told) -> None:
    for _quarter in range(3):
        for _try in range(4):
            told.opens("0000")
        told.world.move(timedelta(minutes=16))
    assert "Northside" not in told.opens().text
    told.world.move(timedelta(days=1))
    assert "Northside" in told.opens().text


@pytest.mark.parametrize("fitting", [PIN, DANGER])
def test_a_pin_that_fits_gives_no_tries_back(told: Told, fitting: str) -> None:
    for _try in range(9):
        told.opens("0000")
    told.world.move(timedelta(minutes=16))
    told.opens(fitting)
    told.opens("0000")
    refused = told.opens()
    assert answer_of(refused).status_code == 429
    assert "Wait until tomorrow" in refused.text


def test_a_form_that_opened_a_page_opens_none_when_it_is_sent_again(told: Told) -> None:
    somebody = told.world.browser()
    somebody.open("/notes")
    form = somebody.form("/notes")
    typed = {"number": told.number, "pin": PIN}
    assert LEGAL in somebody.try_submit_to(form, typed).text
    again = somebody.try_submit_to(form, typed)
    assert "Northside" not in again.text
    assert plain(again) == plain(told.world.browser().get("/notes"))
