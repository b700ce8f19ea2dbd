"""A provider that never answers keeps nobody waiting but those who sign in through it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from hub.people import openid, reaching
from hub.people.keyed import sealed_words
from hub.people.tables import ProviderRow
from tests.world import PASSPHRASE, World

WAY = "w" * 26
AWAY = 4


def test_a_silent_provider_does_not_stop_people_with_passphrases(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Event()

    def silent(_client: openid.Client, _at: object) -> openid.Published:
        answers.wait(20)
        raise reaching.Unreachable("answer")

    monkeypatch.setattr(openid, "look_up", silent)
    row = ProviderRow(
        id=WAY,
        agency=world.eastway.id,
        issuer="https://login.eastway.example",
        client="linden",
        secret=sealed_words(world.hub.signing, "s", f"linden/provider|{WAY}"),
        made_at=world.now,
    )
    with world.hub.unit_of_work() as db:
        db.add(row)
    strangers = [world.browser() for _each in range(AWAY)]
    rosa = world.browser()
    rosa.open("/sign-in")
    with ThreadPoolExecutor(AWAY) as hands:
        waiting = [hands.submit(each.get, f"/sign-in/agency/{WAY}/go") for each in strangers]
        answer = rosa.try_submit("/sign-in", email=world.rosa.email, passphrase=PASSPHRASE)
        still_waiting = [each for each in waiting if not each.done()]
        answers.set()
    assert answer.status_code == 303
    assert len(still_waiting) == AWAY
