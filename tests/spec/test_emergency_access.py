"""What a colleague can and cannot open in an emergency, and who hears of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.cases.emergency.access import LASTS, MOST_TRIES
from hub.cases.queries import care_team
from hub.core.ids import CaseId, fresh
from hub.core.words import Category, Role
from hub.door import join, open_entries
from hub.door.keeping_out import Whom, keep_out
from hub.people.tables import PersonRoleRow
from hub.store.outbox import OutboxRow
from tests.clients import Answer, Browser
from tests.looks import stored, whole
from tests.survivor import opened, told
from tests.world import Person, World

REASON = "She called from the station and he is there"
CODE = "KESTREL-27"


@pytest.fixture
def case(world: World) -> CaseId:
    """Rosa's case, with two entries."""
    made = opened(world, world.rosa, CODE)
    told(world, world.rosa, made, Category.NEED, "a lawyer for the hearing")
    told(world, world.rosa, made, Category.SAFETY, "her brother has a key")
    return made


def tries(world: World, person: Person, code: str = CODE, reason: str = REASON) -> Answer:
    """Somebody asks for a case in an emergency; whatever is answered."""
    browser = world.browser(person)
    browser.open("/emergency")
    return browser.try_submit("/emergency", code=code, reason=reason)


def opens(world: World, person: Person) -> tuple[Browser, str]:
    """Somebody opens the case; their browser on the page that shows it, and its address."""
    answer = tries(world, person)
    assert answer.status_code == 303, answer.text
    browser = world.browser(person)
    browser.open(answer.headers["location"])
    return browser, browser.path


@pytest.mark.parametrize("who", ["joan", "dora"])
def test_a_colleague_without_the_key_reads_it_for_fifteen_minutes(
    world: World, case: CaseId, who: str
) -> None:
    person = getattr(world, who)
    browser, address = opens(world, person)
    assert "a lawyer for the hearing" in browser.text
    assert "her brother has a key" in browser.text
    assert {form.action.rpartition("/")[2] for form in browser.forms} == {"close"}
    world.move(LASTS - timedelta(seconds=1))
    assert "a lawyer" in world.browser(person).open(address)
    world.move(timedelta(seconds=1))
    late = world.browser(person)
    assert whole(late.get(address)) == whole(late.get("/nowhere/at/all"))


def test_the_case_itself_and_its_list_stay_closed_to_them(world: World, case: CaseId) -> None:
    opens(world, world.joan)
    joan = world.browser(world.joan)
    assert joan.get(f"/cases/{case}").status_code == 404
    assert joan.post(f"/cases/{case}/entries", category="need", text="x").status_code == 404
    assert CODE not in joan.open("/cases")


def test_nobody_but_the_one_who_asked_opens_their_page(world: World, case: CaseId) -> None:
    _joan, address = opens(world, world.joan)
    for person in (world.dora, world.rosa, world.miriam, world.tomas):
        browser = world.browser(person)
        assert whole(browser.get(address)) == whole(browser.get("/nowhere/at/all"))


def test_a_wrong_code_a_foreign_one_and_one_kept_out_of_answer_alike(world: World) -> None:
    nothing = whole(tries(world, world.joan))
    opened(world, world.noor, CODE)
    assert whole(tries(world, world.joan)) == nothing
    case = opened(world, world.rosa, CODE)
    kept_out(world, case, world.joan)
    before = stored(world, without=("audit_line", "session", "case_emergency_try"))
    assert whole(tries(world, world.joan)) == nothing
    assert stored(world, without=("audit_line", "session", "case_emergency_try")) == before
    assert tries(world, world.dora).status_code == 303


def kept_out(world: World, case: CaseId, person: Person) -> None:
    """Rosa writes down that this person must never know of the case."""
    with world.desk(world.rosa) as desk:
        keep_out(desk.db, desk.sight, case, Whom(person.id, None))


def test_whoever_is_kept_out_meanwhile_reads_no_further(world: World, case: CaseId) -> None:
    browser, address = opens(world, world.joan)
    kept_out(world, case, world.joan)
    assert whole(browser.get(address)) == whole(browser.get("/nowhere/at/all"))


def test_only_the_whole_code_opens_and_a_reason_is_needed(world: World, case: CaseId) -> None:
    assert tries(world, world.joan, "KESTREL").status_code == 422
    assert tries(world, world.joan, "kestrel-27 ").status_code == 303
    assert tries(world, world.dora, CODE, "  ").status_code == 422


def test_what_was_typed_is_still_there_when_no_case_has_the_code(
    world: World, case: CaseId
) -> None:
    answer = tries(world, world.joan, "HERON-99")
    assert answer.status_code == 422
    assert "HERON-99" in answer.text
    assert REASON in answer.text


def test_the_sixth_try_in_a_quarter_of_an_hour_is_refused(world: World, case: CaseId) -> None:
    for _n in range(MOST_TRIES):
        assert tries(world, world.joan, "HERON-99").status_code == 422
    answer = tries(world, world.joan)
    assert answer.status_code == 429
    assert REASON in answer.text
    assert tries(world, world.dora).status_code == 303
    world.move(timedelta(minutes=15))
    assert tries(world, world.joan).status_code == 303


def test_the_case_manager_and_the_supervisors_are_told_at_once(world: World, case: CaseId) -> None:
    opens(world, world.joan)
    with world.hub.unit_of_work() as db:
        rows = list(db.execute(select(OutboxRow)).scalars())
    assert {row.person for row in rows} == {world.rosa.id, world.miriam.id}
    assert {row.due_at for row in rows} == {world.now}


def test_it_stays_on_the_supervisors_list_until_she_reviews_it(world: World, case: CaseId) -> None:
    opens(world, world.joan)
    assert "opened in an emergency" in world.browser(world.rosa).open("/")
    miriam = world.browser(world.miriam)
    assert "Review it" in miriam.open("/")
    miriam.open(f"/cases/{case}/emergencies")
    [link] = [each for each in miriam.links if "/emergencies/" in each]
    assert REASON in miriam.open(link)
    assert miriam.try_submit(link, answer="justify").status_code == 422
    miriam.open(link)
    assert "Justified" in miriam.submit(link, answer="justify", words="He was at the station")
    assert "He was at the station" in miriam.text
    assert "opened in an emergency" not in world.browser(world.miriam).open("/")
    assert "opened in an emergency" not in world.browser(world.rosa).open("/")


def test_a_case_manager_reads_the_reason_but_cannot_review(world: World, case: CaseId) -> None:
    opens(world, world.joan)
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{case}/emergencies")
    [link] = [each for each in rosa.links if "/emergencies/" in each]
    assert REASON in rosa.open(link)
    assert not [form for form in rosa.forms if form.action == link]
    assert rosa.post(link, answer="justify", words="Fine", version="1").status_code == 409


def test_nobody_reviews_what_they_opened_themselves(world: World, case: CaseId) -> None:
    opens(world, world.joan)
    with world.hub.unit_of_work() as db:
        db.add(PersonRoleRow(id=fresh(), person=world.joan.id, role=Role.SUPERVISOR))
        join(db, care_team(db, case), world.joan.id, world.now)
    joan = world.browser(world.joan)
    assert "opened in an emergency" not in joan.open("/")
    joan.open(f"/cases/{case}/emergencies")
    [link] = [each for each in joan.links if "/emergencies/" in each]
    assert joan.post(link, answer="justify", words="Mine", version="1").status_code == 409
    assert "opened in an emergency" in world.browser(world.miriam).open("/")


def test_a_review_ends_what_still_lasts_and_so_does_closing(world: World, case: CaseId) -> None:
    joan, address = opens(world, world.joan)
    miriam = world.browser(world.miriam)
    miriam.open(f"/cases/{case}/emergencies")
    [link] = [each for each in miriam.links if "/emergencies/" in each]
    miriam.open(link)
    miriam.submit(link, answer="fault", words="Rosa was in the next room")
    assert joan.get(address).status_code == 404
    dora, hers = opens(world, world.dora)
    dora.submit("/close")
    assert dora.get(hers).status_code == 404


def test_no_one_carries_a_key_after_it_was_closed(world: World, case: CaseId) -> None:
    need = told(world, world.rosa, case, Category.NEED, "an interpreter")
    joan, _address = opens(world, world.joan)
    with world.desk(world.joan) as desk:
        assert need in open_entries(desk.db, desk.sight, [need])
    joan.submit("/close")
    with world.desk(world.joan) as desk:
        assert not open_entries(desk.db, desk.sight, [need])


def test_the_second_of_two_reviews_at_one_moment_is_told_so(world: World, case: CaseId) -> None:
    opens(world, world.joan)
    miriam, again = world.browser(world.miriam), world.browser(world.miriam)
    miriam.open(f"/cases/{case}/emergencies")
    [link] = [each for each in miriam.links if "/emergencies/" in each]
    miriam.open(link)
    again.open(link)
    miriam.submit(link, answer="justify", words="Yes")
    assert again.try_submit(link, answer="fault", words="No").status_code == 409


def test_the_ledger_says_who_read_it_and_on_which_ground(world: World, case: CaseId) -> None:
    opens(world, world.joan)
    page = world.browser(world.rosa).open(f"/cases/{case}/ledger")
    assert "Joan Whitlock" in page
    assert "an emergency" in page


def test_whoever_works_on_the_case_is_led_to_the_case_itself(world: World, case: CaseId) -> None:
    answer = tries(world, world.rosa)
    assert answer.headers["location"] == f"/cases/{case}"


def test_asking_again_while_it_lasts_leads_back_to_the_same_page(
    world: World, case: CaseId
) -> None:
    first, second = tries(world, world.joan), tries(world, world.joan)
    assert first.headers["location"] == second.headers["location"]
