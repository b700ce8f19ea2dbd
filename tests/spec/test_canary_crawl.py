"""Every word typed about a survivor is looked for everywhere, and found only where it may be."""

import logging
import os
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any, Final

import pytest
from aiosmtpd.controller import Controller
from sqlmodel import SQLModel

from hub.core.ids import fresh
from hub.door.sight import sight_of_the_house
from hub.jobs import tick
from tests import engines
from tests.crawl import Seen, crawl
from tests.looks import whole
from tests.stories.told import Tale, told_until_withdrawn
from tests.world import Person, town

MARK: Final = re.compile(r"kanari(\w+?)x\b")

CONTACT: Final = {"contact", "number", "safewhen", "answerer", "maysay", "codeword"}
RELEASED: Final = {"asked", "questions", "name", "birth", "identity"} | CONTACT
ANSWERED: Final = {"appointment", "meetingplace"}
OF_NORTHSIDE: Final = RELEASED | ANSWERED | {"note"}


def item(category: str) -> set[str]:
    return {f"item{category}", f"item{category}topic"}


ONE_TABLE: Final = {"room"} | item("need")
READERS: Final = {
    "tomas": OF_NORTHSIDE | ONE_TABLE | item("legal"),
    "grace": OF_NORTHSIDE,
    "amin": ONE_TABLE | item("health"),
}
"""Who outside the care team may read what; everybody who is not named may read nothing."""

STRANGERS: Final = ("joan", "dora", "petra", "lena", "noor", "sofia", "ines")
CARE_TEAM: Final = ("rosa", "miriam")
NOT_THEIRS: Final = {"note"}
"""What the care team may not read: the other agency's notes on its own work."""


def found(text: str) -> set[str]:
    """The marks in a text."""
    return set(MARK.findall(text))


@pytest.fixture(scope="module")
def readings() -> Iterator[dict[str, Seen]]:
    """Everything everybody can open in the town where the story was told."""
    kind = os.environ.get("LINDEN_TEST_ENGINE", engines.SQLITE)
    with town(kind, told_until_withdrawn) as (world, _told):
        people = world.town.people
        yield {name: crawl(world.browser(person)) for name, person in people.items()}


def who(tale: Tale, name: str) -> Person:
    return tale.world.town.people[name]


def read_by(tale: Tale, name: str) -> set[str]:
    return found(crawl(tale.browser(who(tale, name))).text)


def test_each_reader_finds_exactly_what_was_released_to_them(readings: dict[str, Seen]) -> None:
    read = {name: found(seen.text) for name, seen in readings.items() if name not in CARE_TEAM}
    assert {name: words for name, words in read.items() if words} == READERS


def test_the_care_team_finds_her_whole_file(tale: Tale, readings: dict[str, Seen]) -> None:
    hers = set(tale.typed) - NOT_THEIRS - {"reminder"}
    assert found(readings["rosa"].text) == hers
    assert found(readings["miriam"].text) <= hers
    assert found(readings["miriam"].text) >= RELEASED | {"location", "health", "workings"}


def test_nobody_outside_finds_a_word_after_she_withdraws(tale: Tale) -> None:
    tale.takes_back_her_release(tale.world.northside)
    assert read_by(tale, "tomas") <= {"room"}
    for name in ("lena", "noor", "grace", "oskar"):
        assert not read_by(tale, name)
    assert read_by(tale, "amin") == READERS["amin"]
    assert read_by(tale, "rosa") >= set(RELEASED)


def test_the_location_she_kept_to_herself_is_nowhere_else(readings: dict[str, Seen]) -> None:
    readers = {name for name, seen in readings.items() if "Harbour Road" in seen.text}
    assert readers == set(CARE_TEAM)


def test_no_address_title_or_header_says_a_word_of_hers(readings: dict[str, Seen]) -> None:
    for seen in readings.values():
        for path, answer in seen.pages.items():
            assert not found(path)
            assert not found(str(answer.headers))
            if answer.headers["content-type"].startswith("text/html"):
                assert re.findall(r"<title>(.*?)</title>", answer.text)[0] == "Linden"


def test_calendar_files_say_that_there_is_a_meeting_and_no_more(readings: dict[str, Seen]) -> None:
    uids = set()
    for name in ("rosa", "tomas", "amin"):
        pages = readings[name].pages.values()
        [file] = [a.text for a in pages if a.headers["content-type"].startswith("text/calendar")]
        assert not found(file)
        assert not re.search(r"Rosa|Amin|Tomas|Harbour|Northside|Eastway|ATTENDEE|ORGANIZER", file)
        assert re.findall(r"^SUMMARY:(.*?)\r?$", file, re.MULTILINE) == ["Meeting"]
        uids |= set(re.findall(r"^UID:(.*?)\r?$", file, re.MULTILINE))
    assert len(uids) == 3


class Letters:
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.got: list[tuple[list[str], EmailMessage, bytes]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Keep one message."""
        message = BytesParser(policy=default).parsebytes(envelope.content)
        self.got.append((list(envelope.rcpt_tos), message, envelope.content))
        return "250 Kept"


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def test_mail_says_that_something_waits_and_not_a_word_more(tale: Tale) -> None:
    letters = Letters()
    port = free_port()
    server = Controller(letters, hostname="127.0.0.1", port=port)
    server.start()
    try:
        settings = replace(tale.world.hub.settings, smtp_url=f"smtp://127.0.0.1:{port}")
        tick(replace(tale.world.hub, settings=settings))
    finally:
        server.stop()
    assert {address for to, _message, _raw in letters.got for address in to} >= {
        tale.world.tomas.email,
        tale.world.amin.email,
    }
    for to, message, raw in letters.got:
        assert len(to) == 1
        assert not found(raw.decode())
        assert not re.search(rb"Amal|[A-Z]{3,}-\d\d|RF-|survivor|referral|Harbour|Rosa", raw)
        assert message["Subject"] in {"You have a new item", "Meeting"}
        assert message["From"] == f"no-reply@{tale.world.hub.settings.host}"
        assert set(message.keys()) <= ON_MAIL
        assert not ANY_ID.search(readable(message))


ON_MAIL: Final = {"Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "MIME-Version"}
ON_MAIL |= {"Content-Type", "Content-Transfer-Encoding"}
ANY_ID: Final = re.compile(r"(?<!UID:)\b[a-z2-7]{26}\b")


def readable(message: EmailMessage) -> str:
    """All that can be read of a message but its own number; a calendar's is its own as well."""
    said = [f"{name}: {value}" for name, value in message.items() if name != "Message-ID"]
    parts = [part.get_content() for part in message.walk() if not part.is_multipart()]
    return "\n".join([*said, *map(str, parts)])


def test_the_store_holds_not_one_of_her_words_even_when_it_is_unlocked(tale: Tale) -> None:
    sight = sight_of_the_house(tale.world.now, tale.world.hub.custody)
    with tale.world.hub.engine.connect() as db:
        for table in SQLModel.metadata.tables.values():
            for row in db.execute(table.select(), execution_options={"sight": sight}):
                assert not found(" ".join(_shown(value) for value in row)), table.name


def _shown(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def test_the_files_on_disk_show_neither_words_nor_names_nor_tables(tale: Tale) -> None:
    if tale.world.hub.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its own files")
    crawl(tale.browser(tale.world.rosa))
    raw = tale.world.raw()
    assert len(raw) > 100_000
    for word in (b"kanari", b"Amal", b"Rosa", b"sealed_", b"CREATE TABLE", b"SQLite format"):
        assert word not in raw


def test_a_backup_taken_while_it_runs_shows_neither_words_nor_names(
    tale: Tale, tmp_path: Path
) -> None:
    if tale.world.hub.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its own files")
    copy = tmp_path / "backup.db"
    with tale.world.hub.engine.connect() as db:
        db.exec_driver_sql("COMMIT")
        db.exec_driver_sql(f"VACUUM INTO '{copy}'")
    raw = copy.read_bytes()
    assert len(raw) > 100_000
    for word in (b"kanari", b"Amal", b"Rosa", b"sealed_", b"CREATE TABLE", b"SQLite format"):
        assert word not in raw


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """What the product logged, without what the test's own client says of its requests."""
    records = [each for each in caplog.records if not each.name.startswith("httpx")]
    return "\n".join(record.getMessage() for record in records)


def test_logs_hold_no_word_of_hers_and_no_address_of_a_case(
    tale: Tale, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("rosa", "tomas", "amin"):
        crawl(tale.browser(who(tale, name)))
    tale.writes("need", text=tale.words("later", "One thing more"))
    assert not found(logged(caplog))
    assert tale.case not in logged(caplog)


def test_a_fault_on_the_way_shows_a_number_and_nothing_else(
    tale: Tale, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_told: object) -> None:
        raise RuntimeError(" ".join(tale.typed.values()))

    monkeypatch.setattr("hub.door.audit._head", broken)
    for person, path in ((tale.world.rosa, tale.case), (tale.world.tomas, tale.received)):
        answer = tale.browser(person).get(path)
        assert answer.status_code == 500
        assert not found(answer.text)
    assert "RuntimeError" in logged(caplog)
    assert not found(logged(caplog))


def test_an_address_of_hers_answers_strangers_like_one_that_is_not_there(
    tale: Tale, readings: dict[str, Seen]
) -> None:
    hers = crawl(tale.browser(tale.world.rosa))
    for name in STRANGERS:
        stranger, own = tale.browser(who(tale, name)), readings[name].pages
        absent = whole(stranger.get(f"/{fresh()}"))
        for path in sorted(set(hers.pages) - set(own)):
            if re.search(r"[a-z2-7]{26}", path) and not path.startswith(("/directory", "/find")):
                assert whole(stranger.get(path)) == absent, (name, path)


def test_a_withdrawn_referral_answers_like_one_that_never_was(tale: Tale) -> None:
    tomas = tale.browser(tale.world.tomas)
    assert tomas.get(tale.received).status_code == 200
    tale.takes_back_her_release(tale.world.northside)
    absent = whole(tomas.get(f"/referrals/{fresh()}"))
    for path in (tale.received, f"{tale.received}/steps/report_outcome", tale.sent):
        assert whole(tomas.get(path)) == absent
    for path in (f"{tale.received}/notes", f"{tale.received}/steps/start"):
        assert whole(tomas.post(path)) == whole(tomas.post(f"/referrals/{fresh()}/notes"))


def test_either_side_knows_the_referral_by_another_name(tale: Tale) -> None:
    assert tale.sent != tale.received
    seen = crawl(tale.browser(tale.world.tomas)).text
    for address in (tale.sent, tale.case, tale.chair, *tale.releases.values()):
        assert address.split("/")[-1] not in seen


def test_a_departed_worker_reads_nothing_with_the_next_request(tale: Tale) -> None:
    tomas, petra = tale.browser(tale.world.tomas), tale.browser(tale.world.oskar)
    assert tomas.get(tale.received).status_code == 200
    petra.open(f"/staff/{tale.world.tomas.id}")
    petra.try_submit("/end", sure="yes")
    assert tomas.get(tale.received).status_code == 303
