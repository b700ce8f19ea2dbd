"""Identifiers: 128 random bits that say nothing about when, where or in what order."""

import base64
import secrets
from typing import Final, NewType

AgencyId = NewType("AgencyId", str)
TeamId = NewType("TeamId", str)
PersonId = NewType("PersonId", str)
HolderId = NewType("HolderId", str)
EnvelopeId = NewType("EnvelopeId", str)
CaseId = NewType("CaseId", str)
ReleaseId = NewType("ReleaseId", str)
ServiceId = NewType("ServiceId", str)
ConferenceId = NewType("ConferenceId", str)
SeatId = NewType("SeatId", str)
ItemId = NewType("ItemId", str)

LENGTH: Final = 26
ALPHABET: Final = frozenset("abcdefghijklmnopqrstuvwxyz234567")

BIRDS: Final = [
    "AVOCET",
    "BITTERN",
    "BRAMBLING",
    "BUNTING",
    "CURLEW",
    "DIPPER",
    "DOTTEREL",
    "DUNLIN",
    "DUNNOCK",
    "EIDER",
    "FIELDFARE",
    "FIRECREST",
    "GADWALL",
    "GANNET",
    "GODWIT",
    "GOLDCREST",
    "GOSHAWK",
    "GREBE",
    "HARRIER",
    "HERON",
    "HOBBY",
    "HOOPOE",
    "JACKDAW",
    "KESTREL",
    "KITTIWAKE",
    "LAPWING",
    "LINNET",
    "MARTIN",
    "MERLIN",
    "NIGHTJAR",
    "NUTHATCH",
    "ORIOLE",
    "OSPREY",
    "OUZEL",
    "PETREL",
    "PINTAIL",
    "PIPIT",
    "PLOVER",
    "POCHARD",
    "PUFFIN",
    "REDSTART",
    "REDWING",
    "ROBIN",
    "SANDERLING",
    "SHEARWATER",
    "SHELDUCK",
    "SHRIKE",
    "SISKIN",
    "SKYLARK",
    "SNIPE",
    "STARLING",
    "STONECHAT",
    "SWALLOW",
    "SWIFT",
    "TEAL",
    "TERN",
    "THRUSH",
    "TURNSTONE",
    "WAGTAIL",
    "WARBLER",
    "WAXWING",
    "WHIMBREL",
    "WHINCHAT",
    "WIGEON",
    "WOODCOCK",
    "WREN",
    "YELLOWHAMMER",
]


def fresh() -> str:
    """A new identifier: 26 characters of lower-case base32 holding 128 random bits."""
    return base64.b32encode(secrets.token_bytes(16)).decode("ascii").rstrip("=").lower()


def looks_like_id(text: str) -> bool:
    """Whether `text` has the shape of an identifier; not whether it names anything."""
    return len(text) == LENGTH and ALPHABET.issuperset(text)


def case_code() -> str:
    """A random code for a case: a bird and a number, sayable aloud in a corridor (KESTREL-27)."""
    return f"{secrets.choice(BIRDS)}-{secrets.randbelow(989) + 11}"


def referral_number() -> str:
    """A random, non-sequential number for a referral, without letters that sound or look alike."""
    letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    drawn = [secrets.choice(letters) for _ in range(6)]
    return f"RF-{''.join(drawn[:4])}-{''.join(drawn[4:])}"
