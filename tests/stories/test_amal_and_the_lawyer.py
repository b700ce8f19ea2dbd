"""Amal needs a lawyer who speaks Arabic: the whole way in a real browser, scripts on and off."""

import pytest

from hub.consent.terms import Asked, Said
from tests.paper import walk
from tests.screen import Screen
from tests.stories.acts import Window, sign_in
from tests.stories.told import Tale
from tests.world import Agency, World

SECRETS = ("Amal D.", "555 0147", "12 Harbour Road", "Seven weeks", "Arabic")


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def story(request: pytest.FixtureRequest, screen: Screen) -> Screen:
    """The town's windows, with JavaScript on or off, and two services in the directory."""
    screen.scripts = request.param
    tale = Tale(screen.world)
    tale.lists_a_service(screen.world.oskar, "Legal advice for women", "legal-assistance")
    tale.lists_a_service(screen.world.vera, "Clinic", "health-medical")
    return screen


@pytest.mark.timeout(400)
def test_from_the_first_evening_until_she_takes_it_back(story: Screen) -> None:
    world = story.world
    rosa = sign_in(story, world.rosa)
    case = rosa_opens_a_case_and_listens(rosa)
    she_chooses_northside(rosa, case)
    release(rosa, case, world.northside, ["identity", "contact", "need"])
    rosa_sends_what_she_released(rosa, case)
    tomas = sign_in(story, world.tomas)
    tomas_takes_it_on(tomas)
    rosa.open("/referrals/sent?show=taken").follow("RF-").sees("Accepted", "Tomas Lind")
    for agency, own in ((world.northside, "legal"), (world.eastway, "health")):
        said = {"purposes": "conference", "categories": ["need", own], "ends": "2030-03-15"}
        walk(world.browser(world.rosa), case, to_agency=agency.id, **said)
    conference = rosa_calls_a_conference(rosa, case, world)
    amin = sign_in(story, world.amin)
    everyone_finds_their_own_agenda(rosa, tomas, amin, conference)
    tomas_reports_the_outcome(tomas)
    she_takes_her_release_back(rosa, case)
    northside_sees_nothing_more(tomas)
    the_ledger_says_who_was_told_what(rosa, case)
    the_coordinator_opens_the_map(sign_in(story, world.ines))
    everything_came_from_us(story)


def rosa_opens_a_case_and_listens(rosa: Window) -> str:
    """A case under a random code, how to reach her safely, and what she told."""
    rosa.follow("Cases").follow("Open a case").press("Open the case").sees("Rosa Adeyemi")
    case = rosa.path
    rosa.open(f"{case}/entries/new?category=contact").tick("method", "call")
    rosa.fill(value="555 0147", safe_when="Mornings", who_may_answer="Herself", may_say="A book")
    rosa.press("Write it down")
    rosa.open(f"{case}/entries/new?category=identity").fill(name="Amal D.").press("Write it down")
    for category, words in TOLD.items():
        rosa.open(f"{case}/entries/new?category={category}").fill(text=words)
        rosa.press("Write it down").sees(words)
    return case


TOLD = {
    "need": "A lawyer who speaks Arabic",
    "location": "12 Harbour Road",
    "health": "Seven weeks pregnant",
    "legal": "Her visa hangs on her husband's",
}


def she_chooses_northside(rosa: Window, case: str) -> None:
    """The directory says what fits, and why."""
    rosa.open(case).follow("Find a service").choose(need="legal-assistance", language="ar")
    rosa.press("Ask the directory").sees("Legal advice for women", "Northside Law")


def release(rosa: Window, case: str, agency: Agency, categories: list[str]) -> None:
    """Her release: to one agency, for these categories, until a date; a page at a time."""
    rosa.open(f"{case}/releases/new").tick("language", "ar").press("Begin")
    rosa.choose(to_agency=agency.id).tick("purposes", "referral")
    rosa.tick("service_types", "legal-assistance")
    rosa.fill(purpose_words="A lawyer before the hearing").press("Save and go on")
    rosa.tick("categories", *categories).press("Save and go on")
    rosa.fill(ends="2030-03-15").press("Save and go on").sees(agency.name, "القرار قراركم")
    rosa.tick("said", *(each.value for each in Said))
    rosa.tick("asked", *(each.value for each in Asked)).press("Save and go on")
    rosa.press("Save and go on").sees(agency.name, "A lawyer before the hearing")
    rosa.tick("not_the_abuser", "yes").tick("copies", "unsafe")
    signs(rosa)
    rosa.press("It is signed: put it in force").sees(agency.name)


def signs(rosa: Window) -> None:
    """With a finger on the screen where scripts run, else on paper."""
    if not rosa.screen.scripts:
        rosa.tick("manner", "signature")
        return
    rosa.tick("manner", "drawn")
    field = rosa.page.locator("canvas")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    rosa.page.mouse.move(box["x"] + 40, box["y"] + 60)
    rosa.page.mouse.down()
    for step in range(12):
        rosa.page.mouse.move(box["x"] + 60 + 20 * step, box["y"] + 50 + 30 * (step % 2))
    rosa.page.mouse.up()


def rosa_sends_what_she_released(rosa: Window, case: str) -> None:
    """She sees exactly what Northside will see, reminds her aloud, and sends."""
    rosa.open(case).follow("Find a service").choose(need="legal-assistance", language="ar")
    rosa.press("Ask the directory")
    rosa.open(next(link for link in rosa.links() if link.startswith("/referrals/new")))
    rosa.page.check('[name="entries"] >> nth=0')
    rosa.page.check('[name="entries"] >> nth=1')
    rosa.tick("approved", "yes").press("Look at it as they will see it")
    rosa.sees("Amal D.", "A lawyer who speaks Arabic").sees_nothing_of("Harbour Road", "pregnant")
    rosa.tick("mode", "in_person").fill(said="Yes, send it").press("Write down the reminder")
    if not rosa.path.endswith("/check"):
        rosa.open(f"{rosa.path}/check")
    rosa.press("Send it").sees("Sent")


def tomas_takes_it_on(tomas: Window) -> None:
    """Northside's intake worker acknowledges, accepts and gives an appointment."""
    tomas.open("/referrals").follow("RF-").sees("Amal D.", "A lawyer who speaks Arabic")
    tomas.sees_nothing_of("Harbour Road", "pregnant", "visa")
    tomas.press("We have seen it").press("Accept").follow("Give an appointment")
    tomas.fill(at="2030-01-18T09:30", place="12 Court Street").press("Give an appointment")
    tomas.sees("18 Jan")


def rosa_calls_a_conference(rosa: Window, case: str, world: World) -> str:
    """Northside and the clinic are asked to the table; five items."""
    rosa.open("/conferences/new").choose(reason="complex")
    rosa.fill(place="Room 2", starts_at="2030-01-22T10:00").press("Save and choose who comes")
    conference = "/".join(rosa.path.split("/")[:3])
    for guest in (world.tomas, world.amin):
        rosa.open(f"{conference}/people?agency={guest.agency.id}").tick("people", guest.id)
        rosa.press("Give them a seat")
    rosa.open(conference).press("I have read this and will keep to it")
    rosa.press("Send the invitations")
    for category in ("need", "legal", "health", "location", "need"):
        rosa.open(f"{conference}/items/new").choose(category=category, case=case.split("/")[-1])
        rosa.fill(topic=f"About {category}", text=f"What to settle about {category}")
        rosa.press("Save and see who may hear it")
        if rosa.page.query_selector('[name="said"]'):
            rosa.tick("mode", "phone").fill(said="They heard who will read it.")
            rosa.press("Put it on the agenda")
    return conference


def everyone_finds_their_own_agenda(
    rosa: Window, tomas: Window, amin: Window, conference: str
) -> None:
    """Each sees their own items, numbered without gaps."""
    for guest, hears, not_theirs in (
        (tomas, ["need", "legal"], ["health", "location"]),
        (amin, ["need", "health"], ["legal", "location"]),
    ):
        guest.open("/conferences").follow("Case conference")
        guest.press("I have read this and will keep to it")
        guest.sees(*(f"About {category}" for category in hears))
        guest.sees_nothing_of(*(f"About {category}" for category in not_theirs))
        numbers = guest.page.locator("h2", has_text="About ").all_inner_texts()
        assert [text.split(".")[0] for text in numbers] == ["1", "2", "3"]
    rosa.open(conference).sees("About need", "About legal", "About health")


def tomas_reports_the_outcome(tomas: Window) -> None:
    """The loop closes with an outcome and who confirmed it."""
    tomas.open("/referrals?show=taken").follow("RF-").follow("Report how it ended")
    tomas.tick("outcome", "received_full").tick("needs_met", "met").tick("confirmer", "survivor")
    tomas.press("Report how it ended")


def she_takes_her_release_back(rosa: Window, case: str) -> None:
    """By phone, with effect at the next request."""
    rosa.open(case).follow("Northside Law")
    rosa.follow("Take it back")
    for box in rosa.page.query_selector_all('[name="releases"][type="checkbox"]'):
        box.check()
    rosa.tick("how", "phone").fill(words="I do not want them to know").press("Take it back now")


def northside_sees_nothing_more(tomas: Window) -> None:
    """Not in the list, not under the old address, not at the table."""
    for address in ("/", "/referrals", "/referrals?show=taken", "/referrals?show=over"):
        tomas.open(address).sees_nothing_of(*SECRETS)
    tomas.open("/conferences").follow("Case conference").sees_nothing_of("About need", *SECRETS)


def the_ledger_says_who_was_told_what(rosa: Window, case: str) -> None:
    """Line by line: what was shared, with whom, why, until when."""
    rosa.open(f"{case}/ledger").sees("Northside Law", "Eastway Clinic", "Need", "Health")


def the_coordinator_opens_the_map(ines: Window) -> None:
    """A picture and the same facts as a table."""
    ines.open("/pathways").sees("Northside Law").sees_nothing_of(*SECRETS)
    assert ines.page.query_selector("svg") is not None
    assert ines.page.query_selector("table") is not None


def everything_came_from_us(story: Screen) -> None:
    """No page asked anybody else for anything, and no console complained."""
    assert {url for url in story.requests if not url.startswith(story.address)} == set()
    assert story.complaints == []
