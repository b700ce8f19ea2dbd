"""What an audit line may say: names of facts whose values are ids, codes or numbers."""

from typing import Final

FACTS: Final = frozenset(
    [
        "account",
        "agency",
        "attempt",
        "capacity",
        "case",
        "categories",
        "changed",
        "conference",
        "consent_version",
        "count",
        "decision",
        "due",
        "edition",
        "ending",
        "entry",
        "envelopes",
        "from_person",
        "ground",
        "holder",
        "invitation",
        "item",
        "kind",
        "location",
        "minutes",
        "mode",
        "outcome",
        "person",
        "priority",
        "purpose",
        "quarantined",
        "reason",
        "record",
        "referral",
        "release",
        "role",
        "roles",
        "route",
        "seat",
        "service",
        "session",
        "source",
        "state",
        "step",
        "taken",
        "team",
        "tenure",
        "to_person",
        "unchanged",
        "until",
        "was",
    ]
)


class UnknownFact(RuntimeError):
    """An audit line tried to say something that is not on the list: a bug."""


def admit(facts: dict[str, str | int]) -> dict[str, str | int]:
    """The facts unchanged.

    Raises:
        UnknownFact: a name is not on the list, or a value is longer than any id or code.
    """
    for name, value in facts.items():
        if name not in FACTS:
            raise UnknownFact(name)
        if isinstance(value, str) and len(value) > 2000:
            raise UnknownFact(name)
    return facts
