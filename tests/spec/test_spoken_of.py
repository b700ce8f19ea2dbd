"""Whom the pages speak of: her, him or them, as the one they are about has it."""

import re
from datetime import timedelta

import pytest

from hub.core.ids import CaseId
from hub.core.words import SpokenOf
from tests.clients import Browser
from tests.paper import try_walk
from tests.referring import Story, begin
from tests.survivor import opened
from tests.world import World

HE = re.compile(r"\b(he|him|his|himself)\b", re.IGNORECASE)
SHE = re.compile(r"\b(she|her|hers|herself)\b", re.IGNORECASE)
ASKS = {
    SpokenOf.SHE: "What she asks for",
    SpokenOf.HE: "What he asks for",
    SpokenOf.THEY: "What they ask for",
}
PATHS = ("", "/ledger", "/close", "/hand-over", "/entries/new", "/releases/new")
"""The pages of a case, after its address."""


def records(browser: Browser, case: CaseId, way: str) -> str:
    """A case manager writes down how to speak of somebody."""
    browser.open(f"/cases/{case}/entries/new?category=identity")
    return browser.submit("/entries", name="A. D.", spoken_of=way)


def changes(story: Story, way: str) -> None:
    """The identity of a story's survivor is replaced by one that says this."""
    rosa = story.world.browser(story.world.rosa)
    page = rosa.open(f"/cases/{story.case}")
    links = re.findall(rf'href="(/cases/{story.case}/entries/[a-z2-7]{{26}})"', page)
    texts = {link: rosa.open(link) for link in links}
    [identity] = [link for link, text in texts.items() if 'name="spoken_of"' in text]
    rosa.open(identity)
    rosa.submit(identity, name="A. D.", spoken_of=way)


def seen(page: str) -> str:
    """The main part of a page, as it is read."""
    text = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"<[^>]*>", " ", text)


@pytest.mark.parametrize("path", PATHS)
def test_a_man_is_spoken_of_as_he_on_every_page_of_his_case(world: World, path: str) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    assert "Spoken of as" in records(rosa, case, "he")
    text = seen(rosa.open(f"/cases/{case}{path}"))
    assert HE.search(text)
    assert not SHE.search(text)


@pytest.mark.parametrize("path", PATHS)
def test_where_nothing_is_recorded_nobody_is_taken_for_a_woman(world: World, path: str) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    text = seen(rosa.open(f"/cases/{case}{path}"))
    assert not SHE.search(text)
    assert not HE.search(text)


def test_one_request_leaves_nothing_of_its_way_to_the_next(world: World) -> None:
    one, other = opened(world, world.rosa), opened(world, world.rosa, "HERON-08")
    rosa = world.browser(world.rosa)
    assert "What he released" in records(rosa, one, "he")
    assert "What they released" in rosa.open(f"/cases/{other}")
    assert "What she released" in records(rosa, other, "she")
    assert "What he released" in rosa.open(f"/cases/{one}")
    assert not SHE.search(seen(rosa.open("/cases")))
    assert not HE.search(seen(rosa.open("/cases")))


def test_the_newest_identity_that_says_it_is_the_one_that_counts(world: World) -> None:
    case = opened(world, world.rosa)
    for way, shown in (("she", "she"), ("they", "they"), ("", "they"), ("he", "he")):
        assert f"What {shown} released" in records(world.browser(world.rosa), case, way)
        world.move(timedelta(hours=1))


def test_his_releases_are_his_on_every_page_of_theirs(world: World) -> None:
    story = begin(world)
    changes(story, "he")
    rosa = world.browser(world.rosa)
    assert "What he agreed to" in rosa.open(f"/releases/{story.release}")
    assert "How he said so" in rosa.open(f"/releases/{story.release}/withdraw")
    assert "He took it back on" in rosa.submit("/withdraw", how="phone")
    assert not SHE.search(seen(rosa.text))


def test_a_mistake_in_a_form_is_told_in_the_same_way(world: World) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    records(rosa, case, "he")
    said = {"purposes": "conference", "categories": "need", "manner": ""}
    answer = try_walk(rosa, f"/cases/{case}", to_agency=world.northside.id, **said)
    assert answer.status_code == 422
    assert "Choose how he agreed." in answer.text
    assert not SHE.search(seen(answer.text))


def test_a_way_nobody_knows_is_refused_and_the_form_comes_back(world: World) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    rosa.open(f"/cases/{case}/entries/new?category=identity")
    answer = rosa.post(f"/cases/{case}/entries", category="identity", name="A.", spoken_of="it")
    assert answer.status_code == 422
    assert "Choose one of the answers shown." in answer.text


@pytest.mark.parametrize("way", SpokenOf)
def test_the_receiver_speaks_as_the_sender_does(world: World, way: SpokenOf) -> None:
    story = begin(world)
    changes(story, way.value)
    rosa, ref = story.draft()
    assert ASKS[way] in rosa.text
    assert not (SHE if way is SpokenOf.HE else HE).search(seen(rosa.text))
    story.remind(rosa)
    rosa.submit("/send")
    assert ASKS[way] in rosa.text
    tomas = world.browser(world.tomas)
    assert ASKS[way] in tomas.open(story.received(ref))
    assert {each.value for each in SpokenOf if ASKS[each] in tomas.text} == {way.value}
    tomas.submit("/steps/acknowledge")
    step = seen(tomas.open(f"{story.received(ref)}/steps/decline"))
    assert bool(SHE.search(step)) is (way is SpokenOf.SHE)
    assert bool(HE.search(step)) is (way is SpokenOf.HE)


def test_the_receiver_keeps_what_was_sent_and_the_sender_follows_the_case(world: World) -> None:
    story = begin(world)
    ref = story.send()
    changes(story, "he")
    assert ASKS[SpokenOf.HE] in world.browser(world.rosa).open(f"/referrals/{ref}")
    assert ASKS[SpokenOf.SHE] in world.browser(world.tomas).open(story.received(ref))


def test_a_receiver_who_was_given_no_identity_is_told_the_form_alone(world: World) -> None:
    story = begin(world)
    changes(story, "he")
    rosa, ref = story.draft()
    story.remind(rosa)
    rosa.submit("/send")
    page = world.browser(world.tomas).open(story.received(ref))
    assert ASKS[SpokenOf.HE] in page
    assert "Spoken of as" not in page
    assert "A. D." not in page


def test_how_somebody_is_spoken_of_lies_nowhere_in_the_open(world: World) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    records(rosa, case, "he")
    rosa.open(f"/find?need=legal-assistance&case={case}")
    assert b"spoken_of" not in world.raw()
    assert "spoken" not in str(rosa.page.url if rosa.page else "")
