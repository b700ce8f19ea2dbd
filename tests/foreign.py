"""Which rows are foreign to somebody, said once more in plain Python over every row there is."""

from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any, Final

from hub.door.sight import Sight

Row = Mapping[str, Any]
Rows = Mapping[str, list[dict[str, Any]]]


class Eyes:
    """What somebody may know of, gathered from every row: her agency's, and what she holds."""

    def __init__(self, whole: Rows, sight: Sight) -> None:
        self.agency, self.holders, self.away = sight.agency, sight.holders, sight.kept_out
        self.now = sight.at.astimezone(UTC).replace(tzinfo=None)
        held = [share for share in whole["sealed_share"] if self._live(share)]
        self.papers = {share["envelope"] for share in held}
        self.records = {share["record"] for share in held}
        self.cases = {row["id"] for row in whole["hub_case"] if self.our_case(row)}
        self.referrals = {row["id"] for row in whole["referral"] if self.referral(row)}
        self.of = {row["id"]: row for row in whole["referral"]}
        self.items = {row["id"] for row in whole["conference_item"] if row["agency"] == self.agency}
        self.items -= {row["id"] for row in whole["conference_item"] if row["case"] in self.away}

    def _live(self, share: Row) -> bool:
        opened = share["opens_at"] is None or share["opens_at"] <= self.now
        in_time = opened and share["until"] > self.now and share["wrapped"] is not None
        return in_time and share["holder"] in self.holders and share["subject"] not in self.away

    def our_case(self, row: Row) -> bool:
        """A case of ours."""
        return row["agency"] == self.agency and row["id"] not in self.away

    def envelope(self, row: Row) -> bool:
        """Our own words, and those we hold a live share of."""
        ours = row["agency"] == self.agency or row["id"] in self.papers
        return ours and row["subject"] not in self.away

    def share(self, row: Row) -> bool:
        """What we made, what we hold, and what was passed on of our own cases."""
        passed_on = row["ground"] != "own_work" and row["subject"] in self.cases
        ours = row["agency"] == self.agency or row["holder"] in self.holders or passed_on
        return ours and row["subject"] not in self.away

    def release(self, row: Row) -> bool:
        """What our survivors signed, and what we hold something on."""
        ours = row["from_agency"] == self.agency
        theirs = row["to_agency"] == self.agency and row["id"] in self.records
        return (ours or theirs) and row["case"] not in self.away

    def referral(self, row: Row) -> bool:
        """What we sent, what we can open, and what a colleague took from our desk."""
        taken = (
            row["stage"] == "taken"
            and row["receiver_holder"] != row["desk"]
            and row["desk"] in self.holders
            and row["ends_at"] > self.now
        )
        to_us = row["to_agency"] == self.agency and (row["ask"] in self.papers or taken)
        return (row["from_agency"] == self.agency or to_us) and row["case"] not in self.away

    def note(self, row: Row) -> bool:
        """Only the receiver's."""
        to = self.of[row["referral"]]["to_agency"]
        return row["referral"] in self.referrals and to == self.agency

    def item(self, row: Row) -> bool:
        """Our own, and those we hold."""
        ours = row["agency"] == self.agency or row["envelope"] in self.papers
        return ours and row["case"] not in self.away

    def decision(self, row: Row) -> bool:
        """About our own items, and those we hold."""
        return row["item"] in self.items or row["envelope"] in self.papers

    def keep_out(self, row: Row) -> bool:
        """Our own list, but for what is on it about ourselves."""
        return row["agency"] == self.agency and row["subject"] not in self.away

    def of_case(self, row: Row) -> bool:
        """Whatever hangs on a case of ours."""
        return row["case"] in self.cases

    def of_referral(self, row: Row) -> bool:
        """Whatever hangs on a referral that we may know of."""
        return row["referral"] in self.referrals


RULES: Final[dict[str, Callable[[Eyes, Row], bool]]] = {
    "sealed_envelope": Eyes.envelope,
    "sealed_share": Eyes.share,
    "sealed_keep_out": Eyes.keep_out,
    "hub_case": Eyes.our_case,
    "case_entry": Eyes.of_case,
    "case_tenure": Eyes.of_case,
    "case_offer": Eyes.of_case,
    "consent_release": Eyes.release,
    "referral": Eyes.referral,
    "referral_entry": Eyes.of_referral,
    "referral_event": Eyes.of_referral,
    "referral_appointment": Eyes.of_referral,
    "referral_note": Eyes.note,
    "conference_item": Eyes.item,
    "conference_decision": Eyes.decision,
}


def foreign(whole: Rows, sight: Sight) -> Callable[[str, Row], bool]:
    """Whether a row of a table is foreign to whoever looks with this sight.

    Of a table without a rule of its own: it names neither our agency nor a case of ours, nothing
    that we hold, and not ourselves.
    """
    eyes = Eyes(whole, sight)
    known = {eyes.agency, sight.person} | eyes.cases | eyes.papers | eyes.referrals | eyes.holders

    def asked(table: str, row: Row) -> bool:
        rule = RULES.get(table)
        if rule is not None:
            return not rule(eyes, row)
        return not known & set(row.values()) or bool(eyes.away & set(row.values()))

    return asked
