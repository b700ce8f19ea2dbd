"""The command line: make a hub, serve it, look after it, or try it out."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Final, NoReturn, TypeAlias

from sqlalchemy.exc import OperationalError

from hub import audit_commands, explaining
from hub.app import import_tables, open_engine, open_hub, web
from hub.core.clock import SystemClock
from hub.core.errors import HubError
from hub.desk import Hub
from hub.doctor import examine
from hub.door.keys import Root
from hub.door.sight import sight_of_a_migration
from hub.installing import (
    is_founded,
    make_folder,
    make_root_key,
    refuse_founded,
    refuse_unfounded,
)
from hub.people.founding import first, found_hub
from hub.serving import Ready, listen, refuse_half_configured, serve
from hub.settings import Settings, SettingsRefused, from_environment, read_root_key
from hub.store.engine import EngineRefused
from hub.store.migrate import pending, upgrade
from pathways.directory import commands as directory
from pathways.referrals.queries import envelopes_numbered

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

REFUSED: Final = 2
UNWELL: Final = 1

ABOUT: Final = """\
Linden is a hub for agencies that stand behind survivors of violence.

Try it:        linden demo
Set it up:     linden init --agency "Harbour House" --administrator you@example.org
Run it:        linden serve
Look after it: linden doctor, linden audit verify, linden explain, linden upgrade

Settings come from the environment (LINDEN_DATA, LINDEN_ROOT_KEY_FILE, LINDEN_ADDRESS,
LINDEN_SMTP_URL, ...); README.md has them all.
"""


class OneLineParser(argparse.ArgumentParser):
    """A parser whose refusal is one line, and says where to read more."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and leave."""
        self.exit(REFUSED, f"{self.prog}: {message}. Try {self.prog} --help\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; a refusal is one line that says what to do."""
    chosen = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], int] = chosen.run
        return run(chosen)
    except (SettingsRefused, EngineRefused, HubError) as refusal:
        print(f"linden: {refusal}", file=sys.stderr)
    except OperationalError:
        print(
            "linden: the database cannot be reached. Check LINDEN_DATABASE_URL, or whether "
            "another program holds it",
            file=sys.stderr,
        )
    except BrokenPipeError:  # whoever read our output has enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as fault:
        print(f"linden: {fault.filename or 'the machine'}: {fault.strerror}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = OneLineParser(
        prog="linden", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_demo(commands)
    _add_init(commands)
    _add_serve(commands)
    _add_agency(commands)
    _add_care(commands)
    audit_commands.add_to(commands, with_hub)
    directory.add_to(commands, with_hub)
    explaining.add_to(commands, with_hub, envelopes_numbered)
    return parser


def _add_demo(commands: Commands) -> None:
    demo = commands.add_parser(
        "demo",
        help="try Linden with a made-up town",
        description=(
            "Makes an encrypted database in a temporary folder, fills it with a made-up town, "
            "serves it on this machine only and prints who can sign in. Nothing is kept."
        ),
    )
    demo.add_argument("--json", action="store_true", help="print people as JSON on the first line")
    demo.add_argument(
        "--port", type=_port, default=8000, help="port to serve on (default 8000; 0: any free one)"
    )
    demo.set_defaults(run=run_demo)


def _port(typed: str) -> int:
    """A port as somebody types it."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 5 and int(typed) < 65536):
        raise argparse.ArgumentTypeError("give a number from 0 to 65535")
    return int(typed)


def _add_init(commands: Commands) -> None:
    init = commands.add_parser(
        "init",
        help="make a new hub",
        description=(
            "Makes the data folder (LINDEN_DATA), the root key outside it "
            "(LINDEN_ROOT_KEY_FILE) and the database, and prints a one-time link with which the "
            "first administrator chooses a passphrase. Back up the root key: without it nothing "
            "can be read again."
        ),
    )
    init.add_argument("--agency", required=True, metavar="NAME", help="the first agency's name")
    init.add_argument(
        "--administrator", required=True, metavar="EMAIL", help="its first administrator"
    )
    init.set_defaults(run=run_init)


def _add_serve(commands: Commands) -> None:
    command = commands.add_parser(
        "serve",
        help="serve the hub",
        description="Answers requests at LINDEN_BIND. Refuses to start half-configured.",
    )
    command.set_defaults(run=run_serve)
    raised = commands.add_parser(
        "upgrade",
        help="bring the database up to this version",
        description="Runs the migrations this version needs. What is stored stays.",
    )
    raised.set_defaults(run=run_upgrade)


def _add_agency(commands: Commands) -> None:
    agency = commands.add_parser("agency", help="let another agency join the hub")
    wanted = agency.add_subparsers(required=True, metavar="WHAT")
    added = wanted.add_parser(
        "add",
        help="add an agency and invite its administrator",
        description=(
            "Adds an agency to the hub and prints a one-time link with which its first "
            "administrator chooses a passphrase. Nobody else can read what its people write."
        ),
    )
    added.add_argument("name", metavar="NAME", help="the agency's name, as others will see it")
    added.add_argument(
        "--administrator", required=True, metavar="EMAIL", help="its first administrator"
    )
    added.set_defaults(run=run_agency_add)


def _add_care(commands: Commands) -> None:
    doctor = commands.add_parser(
        "doctor",
        help="check a running install",
        description="Checks keys, folders, database, audit log, messages and mail server.",
    )
    doctor.set_defaults(run=run_doctor)


def opened() -> Hub:
    """The hub the environment names, ready for use.

    Raises:
        SettingsRefused: something is missing, or the database is older than this version.
    """
    settings = from_environment()
    refuse_unfounded(settings)
    hub = open_hub(settings)
    if not is_founded(hub.engine):
        raise SettingsRefused("There is no hub in this database yet. Run linden init")
    import_tables()
    if pending(hub.engine):
        raise SettingsRefused("The database is older than this version. Run linden upgrade")
    return hub


def with_hub(work: Callable[[argparse.Namespace, Hub], int]) -> Callable[[argparse.Namespace], int]:
    """A command's function that is handed the opened hub."""

    def run(chosen: argparse.Namespace) -> int:
        return work(chosen, opened())

    return run


def found(settings: Settings) -> Hub:
    """A new hub: folder, root key, database with every table."""
    refuse_founded(settings)
    make_folder(settings.data)
    if not settings.root_key_file.exists():
        make_root_key(settings.root_key_file)
    engine = open_engine(settings, Root(read_root_key(settings)))
    if is_founded(engine):
        raise SettingsRefused("There is a hub in this database already. Run linden serve")
    import_tables()
    upgrade(engine, sight_of_a_migration(SystemClock().now()))
    engine.dispose()
    return open_hub(settings)


def run_init(chosen: argparse.Namespace) -> int:
    """`linden init`."""
    asked = first(chosen.agency, chosen.administrator)
    hub = found(from_environment())
    link = found_hub(hub, asked.agency, asked.administrator)
    print(f"The hub is in {hub.settings.data}.")
    print(f"Its root key is {hub.settings.root_key_file}. Back it up, apart from the data.")
    print("Next: run linden serve, then open this link once, within seven days:")
    print(link)
    return 0


def run_serve(_chosen: argparse.Namespace) -> int:
    """`linden serve`."""
    hub = opened()
    refuse_half_configured(hub)
    with listen(hub.settings.bind) as listening:
        print(f"Linden answers at {hub.settings.address} (listening on {hub.settings.bind})")
        sys.stdout.flush()
        serve(Ready(hub, web(hub), listening))
    return 0


def run_agency_add(chosen: argparse.Namespace) -> int:
    """`linden agency add`."""
    link = found_hub(opened(), chosen.name, chosen.administrator)
    print("The agency is in the hub. Give this link to its administrator; it works once, within")
    print("seven days:")
    print(link)
    return 0


def run_upgrade(_chosen: argparse.Namespace) -> int:
    """`linden upgrade`."""
    settings = from_environment()
    refuse_unfounded(settings)
    import_tables()
    engine = open_engine(settings, Root(read_root_key(settings)))
    if not is_founded(engine):
        raise SettingsRefused("There is no hub in this database yet. Run linden init")
    steps = pending(engine)
    upgrade(engine, sight_of_a_migration(SystemClock().now()))
    print(f"{len(steps)} steps taken." if steps else "Nothing to do: it is up to date.")
    return 0


def run_doctor(_chosen: argparse.Namespace) -> int:
    """`linden doctor`."""
    well = True
    for finding in examine(opened()):
        well = well and finding.well
        print(f"{'ok  ' if finding.well else 'FAIL'}  {finding.what}: {finding.sentence}")
    return 0 if well else UNWELL


def run_demo(chosen: argparse.Namespace) -> int:
    """`linden demo`."""
    from hub.demo import town  # the demo is heavy and no other command needs it

    with town.temporary(found, chosen.port) as built:
        print(json.dumps(built.card()) if chosen.json else built.told())
        sys.stdout.flush()
        serve(Ready(built.hub, web(built.hub), built.listening))
    return 0
