"""One survivor's story, told through the pages by whoever does each step, word for word.

Every sentence somebody types carries a mark of its own, so that a test can look for it anywhere.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from tests.clients import Browser
from tests.paper import walk
from tests.table import REMINDED
from tests.world import Agency, Person, World

SIGNATURE: Final = "100,100 200,60 300,140 400,80 500,120 600,70;150,250 350,240 650,255"
REFERRAL: Final = re.compile(r"^/referrals/[a-z2-7]{26}$")
SEAT: Final = re.compile(r"^/conferences/[a-z2-7]{26}$")


@dataclass
class Tale:
    """What has happened so far, and the words that were typed."""

    world: World
    typed: dict[str, str] = field(default_factory=dict)
    case: str = ""  # addresses, as their owners see them
    releases: dict[str, str] = field(default_factory=dict)
    sent: str = ""
    received: str = ""
    chair: str = ""
    services: dict[str, str] = field(default_factory=dict)
    as_whom: Person | None = None
    beside: dict[str, list[str]] = field(default_factory=dict)  # byways of others, by name

    def manager(self) -> Browser:
        """The case manager's browser: Rosa's, unless somebody else is named."""
        return self.browser(self.as_whom or self.world.rosa)

    def byways(self) -> list[str]:
        """Pages of Rosa's that no link leads to: they stand behind a question."""
        case, service = self.case.split("/")[-1], self.services["Legal advice for women"]
        return [
            f"{self.chair}/people?agency={self.world.eastway.id}",
            f"/referrals/new?case={case}&service={service}",
        ]

    def words(self, key: str, sentence: str) -> str:
        """A sentence with its own mark in it, kept under `key`."""
        self.typed[key] = f"kanari{key}x"
        return f"{sentence} {self.typed[key]}"

    def browser(self, person: Person) -> Browser:
        """A browser in which this person has just signed in."""
        return self.world.browser(person)

    def lists_a_service(self, person: Person, name: str, kind: str) -> str:
        """An administrator puts a service of her agency into the directory; its id."""
        page = self.browser(person)
        page.open("/directory/services/new")
        page.submit(
            "/directory/services/new",
            name=name,
            kinds=[kind],
            languages=["ar", "en"],
            city="Salt",
            area="Balqa",
            methods=["shared-case-system"],
        )
        self.services[name] = page.path.split("/")[-1]
        return self.services[name]

    def opens_a_case(self) -> None:
        """Rosa opens a case and notes how the survivor may safely be contacted."""
        rosa = self.manager()
        rosa.open("/cases/new")
        rosa.submit("/cases")
        self.case = rosa.path
        self.writes(
            "contact",
            method="call",
            value=self.words("number", "555 0147"),
            safe_when=self.words("safewhen", "Mornings, when he is at work"),
            who_may_answer=self.words("answerer", "Only herself"),
            may_say=self.words("maysay", "The library, about her book"),
            code_word=self.words("codeword", "Lantern"),
            text=self.words("contact", "Never leave a message"),
        )

    def writes(self, category: str, **fields: str) -> None:
        """Rosa writes down something the survivor told her."""
        rosa = self.manager()
        rosa.open(f"{self.case}/entries/new?category={category}")
        rosa.submit("/entries", **fields)

    def listens(self) -> None:
        """Rosa records what she was told, category by category."""
        name, birth = self.words("name", "Amal D."), self.words("birth", "March 1997")
        self.writes("identity", name=name, birth=birth, text=self.words("identity", "Goes by Amal"))
        for category, sentence in TOLD.items():
            self.writes(category, text=self.words(category, sentence))

    def signs_a_release(self, to: Agency, purposes: list[str], categories: list[str]) -> str:
        """The survivor releases categories to one agency; the release's address."""
        rosa, count = self.manager(), len(self.releases)
        walk(
            rosa,
            self.case,
            to_agency=to.id,
            purposes=purposes,
            categories=categories,
            service_types=[KINDS[to.name]] if "referral" in purposes else [],
            limits=self.words(f"limits{count}", "Not to be told to anybody else"),
            purpose_words=self.words(f"purpose{count}", "A lawyer before the hearing"),
            receivers=self.words(f"receiver{count}", "Whoever answers for the law clinic"),
            items=self.words(f"item{count}", "The letter of 3 May"),
            death=self.words(f"death{count}", "Tell my sister"),
            interpreter=self.words(f"interpreter{count}", "Leyla Sahin"),
            talk_helps=self.words(f"helps{count}", "Then I need not tell it twice"),
            talk_reached=self.words(f"reached{count}", "Not if no letter comes"),
            manner="drawn",
            signature=SIGNATURE,
            filed=self.words(f"filed{count}", "The grey cabinet"),
            ends="2030-03-15",
        )
        self.releases[f"{to.name} {purposes[0]}"] = rosa.path
        return rosa.path

    def refers_her(self, service: str) -> None:
        """Rosa prepares the referral, sees what Northside will see, reminds her, and sends it."""
        rosa, case = self.manager(), self.case.split("/")[-1]
        rosa.open(f"/referrals/new?case={case}&service={service}")
        rosa.submit(
            "/referrals/new",
            entries=rosa.form("/referrals/new").options["entries"],
            words=self.words("asked", "She needs a lawyer who speaks Arabic"),
            questions=self.words("questions", "May she stay in the country?"),
            approved="yes",
        )
        said = self.words("reminder", "Yes, send it")
        rosa.submit("/reminder", mode="in_person", said=said)
        if not rosa.path.endswith("/check"):
            rosa.open(f"{rosa.path}/check")
        rosa.submit("/send")
        self.sent = rosa.path

    def finds_it_in_the_inbox(self, person: Person) -> Browser:
        """The intake worker opens the referral from the inbox."""
        page = self.browser(person)
        page.open("/referrals")
        self.received = next(link for link in page.links if REFERRAL.match(link))
        page.open(self.received)
        return page

    def answers(self, person: Person) -> None:
        """Northside acknowledges, accepts and gives an appointment."""
        page = self.finds_it_in_the_inbox(person)
        page.submit("/steps/acknowledge")
        page.submit("/notes", note=self.words("note", "Check the court dates"))
        page.submit("/steps/accept")
        page.open(f"{self.received}/steps/appoint")
        page.submit(
            "/steps/appoint",
            at="2030-01-18T09:30",
            place=self.words("meetingplace", "12 Court Street"),
            words=self.words("appointment", "Bring every paper"),
        )

    def reports_the_outcome(self, person: Person) -> None:
        """Northside says how it ended and who confirmed it."""
        page = self.browser(person)
        page.open(f"{self.received}/steps/report_outcome")
        page.submit(
            "/steps/report_outcome",
            outcome="received_full",
            needs_met="met",
            confirmer="survivor",
            words=self.words("outcome", "She has a residence permit"),
        )

    def calls_a_conference(self, guests: list[Person]) -> None:
        """Rosa calls a conference and everybody who has a seat reads the statement."""
        rosa = self.manager()
        rosa.open("/conferences/new")
        rosa.submit(
            "/conferences/new",
            reason="complex",
            place=self.words("room", "The room on the second floor"),
            starts_at="2030-01-22T10:00",
        )
        self.chair = "/".join(rosa.path.split("/")[:3])
        for guest in guests:
            rosa.open(f"{self.chair}/people?agency={guest.agency.id}")
            rosa.submit("/people", people=[guest.id])
        rosa.open(self.chair)
        rosa.submit("/statement")
        rosa.submit("/steps", step="call")
        for guest in guests:
            self.takes_a_seat(guest)

    def takes_a_seat(self, guest: Person) -> Browser:
        """A guest opens the conference and promises to keep what is said there."""
        page = self.browser(guest)
        page.open("/conferences")
        page.open(next(link for link in page.links if SEAT.match(link)))
        page.submit("/statement")
        return page

    def puts_on_the_agenda(self, category: str) -> None:
        """Rosa adds an item about the case in one category; who may hear it follows from that."""
        rosa = self.manager()
        rosa.open(f"{self.chair}/items/new")
        key = f"item{category}"
        rosa.submit(
            "/items/new",
            case=self.case.split("/")[-1],
            category=category,
            topic=self.words(f"{key}topic", f"About {category}"),
            text=self.words(key, f"What we must settle about {category}"),
        )
        if any(form.action.endswith("/admission") for form in rosa.forms):
            rosa.submit("/admission", **REMINDED)

    def takes_back_her_release(self, to: Agency) -> None:
        """She withdraws everything she released to one agency, by phone."""
        rosa = self.manager()
        address = next(at for name, at in self.releases.items() if name.startswith(to.name))
        rosa.open(f"{address}/withdraw")
        ticked = rosa.form("/withdraw").options["releases"]
        said = self.words("withdrawal", "I do not want them to know any more")
        rosa.submit("/withdraw", releases=ticked, how="phone", words=said)


KINDS: Final = {"Northside Law": "legal-assistance", "Eastway Clinic": "health-medical"}

TOLD: Final = {
    "need": "A lawyer who speaks Arabic",
    "location": "12 Harbour Road, second floor",
    "access": "Arabic, reads a little English",
    "safety": "He has a key to the old flat",
    "health": "Seven weeks pregnant",
    "legal": "Her visa hangs on her husband's",
    "immigration": "Papers run out in May",
    "children": "A son at the green school",
    "family": "A brother who asks for her",
    "money": "No account of her own",
    "account": "What happened on the third",
    "plan": "Leave on Thursday",
    "workings": "I believe her",
}

AGENDA: Final = ("need", "legal", "health", "safety", "children")


def told_until_withdrawn(world: World) -> Tale:
    """The whole story, up to the moment before she takes her release back."""
    tale = Tale(world)
    legal = tale.lists_a_service(world.oskar, "Legal advice for women", "legal-assistance")
    tale.lists_a_service(world.vera, "Clinic", "health-medical")
    tale.opens_a_case()
    tale.listens()
    tale.signs_a_release(world.northside, ["referral"], ["identity", "contact", "need"])
    tale.refers_her(legal)
    tale.answers(world.tomas)
    tale.signs_a_release(world.northside, ["conference"], ["need", "legal"])
    tale.signs_a_release(world.eastway, ["conference"], ["need", "health"])
    tale.calls_a_conference([world.tomas, world.amin])
    for category in AGENDA:
        tale.puts_on_the_agenda(category)
    return tale


def told_while_guests_gather(world: World) -> Tale:
    """The story so far; one guest has not read the statement, one item waits to be admitted."""
    tale = told_until_withdrawn(world)
    rosa = tale.manager()
    rosa.open(f"{tale.chair}/people?agency={world.eastway.id}")
    rosa.submit("/people", people=[world.edith.id])
    rosa.open(f"{tale.chair}/items/new")
    topic, text = tale.words("latetopic", "One thing more"), tale.words("late", "Who fetches her?")
    case = tale.case.split("/")[-1]
    rosa.submit("/items/new", case=case, category="need", topic=topic, text=text)
    return tale


def told_with_loose_ends(world: World) -> Tale:
    """The story so far, with everything begun that can be begun: every form is on some page."""
    tale = told_until_withdrawn(world)
    case = tale.case.split("/")[-1]
    rosa = tale.manager()
    rosa.open(f"/referrals/new?case={case}&service={tale.services['Legal advice for women']}")
    rosa.submit("/referrals/new", approved="yes")
    rosa.open(f"{tale.case}/hand-over")
    rosa.submit("/hand-over", to=world.joan.id)
    rosa.open(tale.chair)
    rosa.submit("/steps", step="lock")
    rosa.open(tale.chair)
    rosa.submit("/steps", step="begin")
    petra = tale.browser(world.petra)
    petra.open("/teams")
    petra.submit("/teams", name="Night team")
    petra.open("/staff/invite")
    petra.submit("/staff/invite", email="new@harbour.example", roles=["case_manager"])
    return tale
