"""Every command as somebody types it: help worth reading, real work, refusals of one line."""

import argparse
import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final
from urllib.request import urlopen

import pytest

from hub.cli import _parser, main
from tests.shells import PATIENCE, Shell, free_port, refused_in_one_line, shell_in

FILLING: Final = 240

SERVICES: Final = {
    "id": "00000000-0000-4000-8000-000000000001",
    "name": "Evening advice",
    "status": "active",
    "organization": {
        "id": "00000000-0000-4000-8000-000000000002",
        "name": "The Lamp",
        "description": "Advice in the evening.",
    },
}


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A terminal on a machine where there is no hub yet."""
    return shell_in(tmp_path)


@pytest.fixture(scope="module")
def founded_once(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A hub made by `linden init`, to be copied and left as it is."""
    made = shell_in(tmp_path_factory.mktemp("founded"))
    done = made.run("init", "--agency", "Harbour House", "--administrator", "petra@harbour.example")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def founded(founded_once: Shell, shell: Shell) -> Shell:
    """A terminal with a hub of its own."""
    shutil.copytree(founded_once.home, shell.home, dirs_exist_ok=True)
    return shell


Typing = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def typed(capfd: Any, monkeypatch: pytest.MonkeyPatch) -> Typing:
    """A command without a process of its own, which is faster: for those that are refused."""

    def run(shell: Shell, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        for name in [name for name in os.environ if name.startswith("LINDEN_")]:
            monkeypatch.delenv(name)
        for name, value in {**shell.says, **more}.items():
            monkeypatch.setenv(name, value)
        capfd.readouterr()
        code = main(words)
        return subprocess.CompletedProcess(words, code, *capfd.readouterr())

    return run


def every_command() -> list[list[str]]:
    """Every command there is, found by asking the parser."""
    found: list[list[str]] = []

    def walk(parser: argparse.ArgumentParser, words: list[str]) -> None:
        found.append(words)
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for name, below in action.choices.items():
                    walk(below, [*words, name])

    walk(_parser(), [])
    return found


@pytest.mark.parametrize("words", every_command(), ids=lambda words: " ".join(words) or "linden")
def test_every_command_has_help_worth_reading(words: list[str], capsys: Any) -> None:
    with pytest.raises(SystemExit) as left:
        main([*words, "--help"])
    said = capsys.readouterr().out
    assert left.value.code == 0
    assert said.startswith(f"usage: {' '.join(['linden', *words])}")
    without_usage = said.partition("\n\n")[2]
    assert len(re.findall(r"\w+", without_usage)) >= 12


def test_the_help_names_every_command_there_is(capsys: Any) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert all(re.search(rf"^ +{words[0]}\b", said, re.M) for words in every_command() if words)


@pytest.mark.parametrize(
    "typed",
    [
        [],
        ["dance"],
        ["init"],
        ["audit"],
        ["directory"],
        ["demo", "--port", "http"],
        ["demo", "--port", "70000"],
        ["serve", "--loudly"],
    ],
    ids=" ".join,
)
def test_a_wrong_word_is_answered_in_one_line(typed: list[str], capsys: Any) -> None:
    with pytest.raises(SystemExit) as left:
        main(typed)
    said = capsys.readouterr()
    assert left.value.code == 2
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.rstrip().endswith("--help")


def test_init_makes_folder_key_and_a_link_to_use_once(founded_once: Shell) -> None:
    data, key = founded_once.home / "data", founded_once.home / "root.key"
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert b"SQLite format 3" not in (data / "hub.db").read_bytes()[:100]
    assert b"Harbour House" not in (data / "hub.db").read_bytes()


def test_init_prints_what_to_back_up_and_what_next(shell: Shell) -> None:
    done = shell.run(
        "init", "--agency", "Harbour House", "--administrator", "petra@harbour.example"
    )
    assert str(shell.home / "root.key") in done.stdout
    assert "linden serve" in done.stdout
    assert re.search(r"^http://127\.0\.0\.1:8000/invitation/[\w-]{43}$", done.stdout, re.M)


def test_init_never_writes_over_a_hub(founded: Shell) -> None:
    before = (founded.home / "data" / "hub.db").read_bytes()
    done = founded.run("init", "--agency", "Another", "--administrator", "petra@harbour.example")
    refused_in_one_line(done, "LINDEN_DATA", "linden serve")
    assert (founded.home / "data" / "hub.db").read_bytes() == before


@pytest.mark.parametrize(
    ("agency", "administrator", "advice"),
    [
        ("Harbour House", "nobody", "name@agency.org"),
        (" ", "petra@harbour.example", "--agency"),
        ("Harbour\x07House", "petra@harbour.example", "cannot be shown"),
        ("x" * 300, "petra@harbour.example", "200 characters"),
    ],
    ids=["address", "no name", "bell", "long"],
)
def test_init_makes_nothing_when_a_word_cannot_be_used(
    shell: Shell, typed: Typing, agency: str, administrator: str, advice: str
) -> None:
    done = typed(shell, "init", "--agency", agency, "--administrator", administrator)
    refused_in_one_line(done, advice)
    assert list(shell.home.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [["serve"], ["doctor"], ["upgrade"], ["audit", "verify"], ["directory", "import", "x.json"]],
    ids=" ".join,
)
def test_without_a_hub_commands_say_how_to_make_one(
    shell: Shell, typed: Typing, words: list[str]
) -> None:
    refused_in_one_line(typed(shell, *words), "linden init")
    assert list(shell.home.iterdir()) == []


def test_serve_refuses_to_start_half_configured(founded: Shell, typed: Typing) -> None:
    refused_in_one_line(founded.run("serve"), "LINDEN_SMTP_URL")
    without_sender = typed(founded, "serve", LINDEN_SMTP_URL="smtp://127.0.0.1:2525")
    refused_in_one_line(without_sender, "LINDEN_MAIL_FROM")


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("LINDEN_ADDRESS", "http://hub.example.org", "https://"),
        ("LINDEN_ADDRESS", "hub.example.org", "LINDEN_ADDRESS"),
        ("LINDEN_BIND", "0.0.0.0:8000", "127.0.0.1"),
        ("LINDEN_BIND", "8000", "LINDEN_BIND"),
        ("LINDEN_TIME_ZONE", "Mars/Olympus", "LINDEN_TIME_ZONE"),
        ("LINDEN_DATABASE_URL", "mysql://somewhere/hub", "postgresql://"),
        ("LINDEN_DATABASE_URL", "postgresql://127.0.0.1:1/hub", "LINDEN_DATABASE_URL"),
        ("LINDEN_ROOT_KEY_FILE", "/nowhere/root.key", "LINDEN_ROOT_KEY_FILE"),
        ("LINDEN_DATA", "/dev/null/data", "LINDEN_DATA"),
    ],
)
def test_serve_names_the_setting_that_cannot_be_used(
    founded: Shell, typed: Typing, name: str, value: str, advice: str
) -> None:
    done = typed(founded, "serve", **{"LINDEN_SMTP_URL": "off", name: value})
    refused_in_one_line(done, advice)


def test_serve_says_when_its_port_is_taken(founded: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        bind = f"127.0.0.1:{held.getsockname()[1]}"
        refused_in_one_line(
            founded.run("serve", LINDEN_SMTP_URL="off", LINDEN_BIND=bind), "LINDEN_BIND", bind
        )


def test_serve_answers_until_it_is_told_to_stop(founded: Shell) -> None:
    at = f"127.0.0.1:{free_port()}"
    told = {"LINDEN_SMTP_URL": "off", "LINDEN_BIND": at, "LINDEN_ADDRESS": f"http://{at}"}
    with founded.running("serve", **told) as server:
        assert server.stdout is not None
        assert at in server.stdout.readline()
        with urlopen(f"http://{at}/sign-in", timeout=PATIENCE) as page:
            assert page.status == 200
        server.send_signal(signal.SIGINT)
        assert server.wait(PATIENCE) == 130


@pytest.mark.parametrize("words", [["serve"], ["upgrade"], ["doctor"]], ids=" ".join)
def test_another_root_key_opens_nothing_and_breaks_nothing(
    founded: Shell, typed: Typing, words: list[str]
) -> None:
    (founded.home / "root.key").write_text("ab" * 32 + "\n", "ascii")
    before = (founded.home / "data" / "hub.db").read_bytes()
    refused_in_one_line(typed(founded, *words, LINDEN_SMTP_URL="off"), "LINDEN_ROOT_KEY_FILE")
    assert (founded.home / "data" / "hub.db").read_bytes() == before


def test_doctor_finds_a_fresh_hub_well_but_for_mail(founded: Shell) -> None:
    done = founded.run("doctor")
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert done.stderr == ""
    assert [line for line in lines if not line.startswith("ok ")] == [
        "FAIL  mail server: no mail leaves this hub; set LINDEN_SMTP_URL"
    ]


def test_doctor_says_what_to_do_about_an_open_key(founded: Shell, typed: Typing) -> None:
    (founded.home / "root.key").chmod(0o644)
    assert re.search(r"^FAIL  root key: .*chmod 600", typed(founded, "doctor").stdout, re.M)


def test_upgrade_has_nothing_to_do_on_a_fresh_hub(founded: Shell) -> None:
    done = founded.run("upgrade")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Nothing to do" in done.stdout


def test_audit_verify_reads_the_whole_log(founded: Shell) -> None:
    done = founded.run("audit", "verify")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^\d+ lines, every one follows .* Head [0-9a-f]{64}$", done.stdout.strip())


def test_agency_add_prints_another_link(founded: Shell) -> None:
    done = founded.run("agency", "add", "Northside Law", "--administrator", "oscar@north.example")
    assert (done.returncode, done.stderr) == (0, "")
    assert "/invitation/" in done.stdout


def test_directory_import_counts_in_json(founded: Shell) -> None:
    file = founded.home / "services.json"
    file.write_text(json.dumps([SERVICES, {"name": 7}]), "utf-8")
    done = founded.run("directory", "import", str(file), "--json")
    said = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert (said["taken"], said["unchanged"], len(said["quarantined"])) == (1, 0, 1)
    again = json.loads(founded.run("directory", "import", str(file), "--json").stdout)
    assert (again["taken"], again["unchanged"]) == (0, 1)


def test_directory_files_that_are_not_there_are_refused_in_one_line(
    founded: Shell, typed: Typing
) -> None:
    absent = founded.home / "absent.json"
    refused_in_one_line(typed(founded, "directory", "import", str(absent)), str(absent))
    nowhere = founded.home / "no" / "such" / "folder.json"
    refused_in_one_line(typed(founded, "directory", "export", str(nowhere)), str(nowhere))


def test_demo_refuses_a_port_that_is_taken_in_one_line(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        refused_in_one_line(shell.run("demo", "--port", str(port)), str(port), "--port")
    assert list(shell.home.iterdir()) == []


@pytest.mark.timeout(FILLING + PATIENCE)
def test_demo_says_who_can_sign_in_and_leaves_nothing_behind(shell: Shell) -> None:
    with shell.running("demo", "--json", "--port", "0") as demo:
        assert demo.stdout is not None
        card = json.loads(demo.stdout.readline())
        with urlopen(f"{card['address']}/sign-in", timeout=PATIENCE) as page:  # noqa: S310
            assert page.status == 200
        assert card["address"].startswith("http://127.0.0.1:")
        assert len(card["people"]) == 30
        keys = {"name", "agency", "role", "email", "passphrase"}
        assert all(set(person) == keys and all(person.values()) for person in card["people"])
        assert len(list(shell.home.glob("linden-demo-*/data/hub.db"))) == 1
        demo.send_signal(signal.SIGTERM)
        assert demo.wait(PATIENCE) == 128 + signal.SIGTERM
    assert list(shell.home.iterdir()) == []


def test_demo_stopped_while_it_fills_leaves_nothing_behind(shell: Shell) -> None:
    with shell.running("demo", "--port", "0") as demo:
        give_up = monotonic() + PATIENCE
        while not list(shell.home.glob("linden-demo-*/data/hub.db")):
            assert monotonic() < give_up
            sleep(0.05)
        demo.send_signal(signal.SIGINT)
        assert demo.wait(PATIENCE) == 130
        assert demo.stderr is not None
        assert "Traceback" not in demo.stderr.read()
    assert list(shell.home.iterdir()) == []
