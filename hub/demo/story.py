"""What `linden demo` says: who can sign in, and the story to follow, step by step."""

from collections.abc import Iterator, Sequence
from textwrap import fill, indent
from typing import Final

from hub.demo.cast import Cast, Worker

PLAYERS: Final = ("Rosa Adeyemi", "Tomas Lind", "Yusuf Amin", "Ines Okafor")
WIDTH: Final = 84

STEPS: Final = (
    'Sign in as Rosa Adeyemi of Harbour House. Under "Start" choose "Open a case"; she came in '
    "through the Helpline. The case has a random code, and Rosa is its one case manager.",
    'On the case choose "Write down how they can be reached": by text message, weekdays from ten '
    'to noon. Then "Write something down", once for each: Identity (Amal D.; once the pages are '
    'told to speak of her as "she", they do), Need (a lawyer who speaks Arabic), Health (wants a '
    "check-up), Location (with her aunt).",
    'Under "Referrals" choose "Find a service": legal advice, in Arabic, urgent. Legal advice of '
    "Northside Law stands first, and the page says why; open what does not fit to see what stands "
    'in the way. Choose "Refer to this service".',
    'Nothing leaves without her release: choose "Write down a release". To Northside Law, for a '
    "referral to legal advice: need, identity and contact, but not where she is. Each short page "
    "is one part of the talk; on the last one the whole paper stands, and she signs it.",
    'Choose "Find a service of theirs and refer", then "Refer to this service". Tick that she '
    'approved the words, and what goes along: identity and contact. Then "Look at it as they will '
    'see it": this is all that Northside will see. Write down that you reminded her, and send it.',
    "This window now says that there is mail for Northside's intake workers, and not what about. "
    "Sign in as Tomas Lind: the referral is among those that "
    'wait for him. Choose "We have seen it", then "Accept", then "Give an appointment".',
    "As Rosa, look at your work and at the referral: every step is there.",
    "As Rosa, write down two more releases, both for case conferences: Northside Law may know "
    "need, legal and plan; Eastway Clinic may know health, safety and plan.",
    'As Rosa, choose "Call a conference" and give seats to Tomas Lind and to Yusuf Amin of Eastway '
    "Clinic. Confirm the statement, send the invitations, then write five items about her case: "
    "need, legal, plan, health and safety. The page of each says who may hear it and who sees "
    "nothing of it; remind her, and put it on the agenda.",
    "Sign in as Yusuf Amin. Tomas and he each find three items on their agenda, "
    "numbered 1 to 3, and no trace of the others.",
    'As Tomas, choose "Help has started" and then "Report how it ended". The loop closes only with '
    "an outcome, and with who said so.",
    "Amal rings: she takes it back. As Rosa, open a release to Northside Law on the case, choose "
    '"Take it back", leave both releases to Northside ticked, by phone. With his next click Tomas '
    "sees nothing of her, and his agenda is empty of her. Yusuf still has his three items.",
    'As Rosa, open "Who was told what" on the case: what was shared, with whom, why, until when.',
    'Sign in as Ines Okafor of the Task Force and open "Pathways": where people come in, who helps '
    "them, and how many go each way, as a picture and in tables. Below ten there are no numbers.",
)

BEGINNING: Final = """\
Linden answers at {address}

Everybody and everything in it is invented. It lies encrypted in a temporary folder and is gone
when this program ends (Ctrl+C). One passphrase fits everybody:

    {passphrase}

Whoever plays the story below:
"""


def in_order(cast: Cast) -> list[Worker]:
    """Everybody who can sign in: those who play the story first, then agency by agency."""
    players = [cast.worker(name) for name in PLAYERS]
    return players + [worker for worker in cast.staff if worker not in players]


def told(cast: Cast, address: str, passphrase: str) -> str:
    """The whole message for the terminal."""
    people = in_order(cast)
    lines = _columns([(who.name, who.role, who.email) for who in people])
    return "\n".join(
        [
            BEGINNING.format(address=address, passphrase=passphrase),
            *_by_agency(people[: len(PLAYERS)], lines),
            "",
            "Everybody else:",
            "",
            *_by_agency(people[len(PLAYERS) :], lines[len(PLAYERS) :]),
            "",
            "The story. Each person needs a browser or a private window of their own, or leaves",
            "before the next one signs in.",
            "",
            *(_step(number, words) for number, words in enumerate(STEPS, 1)),
        ]
    )


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines, each column as wide as its longest word."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "    "
        + "  ".join(f"{word:{wide}}" for word, wide in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _by_agency(people: Sequence[Worker], lines: Sequence[str]) -> Iterator[str]:
    """Each person's line, below the name of the agency."""
    agency = ""
    for who, line in zip(people, lines, strict=False):
        if who.agency != agency:
            agency = who.agency
            yield f"  {agency}"
        yield line


def _step(number: int, words: str) -> str:
    """One numbered step, its lines under each other."""
    lines = fill(words, WIDTH)
    return f"{number:>3}. {indent(lines, '     ').strip()}"
