"""What the second wall lets through: row-level security of PostgreSQL, table by table, as data.

The application works as a role that owns nothing and may not go round (`ROLE`). It says once in
each transaction who looks (`hub.door.wall`); a connection that has not said it sees no row of any
of these tables. Nothing here is SECURITY DEFINER. No policy of a table leads back to that table:
envelopes and parts ask the shares, shares ask the cases, and cases ask nobody.
"""

from dataclasses import dataclass
from typing import Final

from hub.door.wall import Errand

ROLE: Final = "linden_app"

ME: Final = "(SELECT nullif(current_setting('linden.person', true), ''))"
US: Final = "(SELECT nullif(current_setting('linden.agency', true), ''))"
NOW: Final = "(SELECT nullif(current_setting('linden.at', true), '')::timestamp)"
MINE: Final = "(SELECT unnest(string_to_array(current_setting('linden.holders', true), ',')))"
AWAY: Final = "(SELECT unnest(string_to_array(current_setting('linden.kept_out', true), ',')))"
HERS: Final = f"(SELECT h.of FROM holder h WHERE h.kind = 'survivor' AND h.id IN {MINE})"
"""The case of whoever carries the key of their own copy, and of nobody else."""
ERRAND: Final = "(SELECT nullif(current_setting('linden.errand', true), ''))"

NOTHING: Final = "false"


@dataclass(frozen=True, slots=True)
class Wall:
    """What of one table is let through, as conditions on its row.

    Attributes:
        own: rows that may be read and written.
        subject: the column that says whom a row is about; "" where another table says it.
        shared: further rows that may be read.
        changed: further rows that may be read, and changed into rows of the same kind.
        looked_at, worked_on, dropped: the errands of the house that may read all of it; read and
            change; read and delete.
        added: the errands that may put rows in, whosever they are.
    """

    own: str
    subject: str
    shared: str = NOTHING
    changed: str = NOTHING
    looked_at: tuple[Errand, ...] = ()
    worked_on: tuple[Errand, ...] = ()
    dropped: tuple[Errand, ...] = ()
    added: tuple[Errand, ...] = ()


def held(column: str) -> str:
    """Whether a live share lets the one who looks open the envelope that this column names."""
    return _live(f"held.envelope = {column}")


def _live(which: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM sealed_share held WHERE {which} AND held.holder IN {MINE}"
        f" AND held.wrapped IS NOT NULL AND held.until > {NOW}"
        f" AND (held.opens_at IS NULL OR held.opens_at <= {NOW}))"
    )


def ours(column: str) -> str:
    """Whether the agency that this column names is the one that looks."""
    return f"{column} = {US}"


def of_our_case(column: str) -> str:
    """Whether the case that this column names is one of the agency that looks."""
    return f"EXISTS (SELECT 1 FROM hub_case c WHERE c.id = {column} AND {ours('c.agency')})"


def of_referral(table: str, more: str = "") -> str:
    """Whether the referral of this row is let through to the one who looks."""
    told = f" AND {more}" if more else ""
    return f"EXISTS (SELECT 1 FROM referral r WHERE r.id = {table}.referral{told})"


_TAKEN_ON: Final = (
    "referral.stage = 'taken' AND referral.receiver_holder <> referral.desk"
    f" AND referral.desk IN {MINE} AND referral.ends_at > {NOW}"
)
_TO_US: Final = f"{ours('referral.to_agency')} AND ({held('referral.ask')} OR ({_TAKEN_ON}))"
_PASSED_ON: Final = f"sealed_share.ground <> 'own_work' AND {of_our_case('sealed_share.subject')}"
_TOLD_OF_HER: Final = f"sealed_share.ground <> 'own_work' AND sealed_share.subject IN {HERS}"
_GIVEN: Final = f"sealed_share.holder IN {MINE} OR ({_PASSED_ON})"
_ON_RELEASE: Final = (
    f"({ours('consent_release.to_agency')} AND {_live('held.record = consent_release.id')})"
    f' OR consent_release."case" IN {HERS}'
)
_OUR_ORDER: Final = (
    'EXISTS (SELECT 1 FROM consent_order o WHERE o.id = consent_order_note."order"'
    f" AND {ours('o.agency')})"
)
_OUR_TELLING: Final = (
    "EXISTS (SELECT 1 FROM consent_duty d WHERE d.id = consent_told_entry.record"
    f" AND {ours('d.agency')})"
    " OR EXISTS (SELECT 1 FROM consent_order o WHERE o.id = consent_told_entry.record"
    f" AND {ours('o.agency')})"
)
_OUR_ITEM: Final = (
    "EXISTS (SELECT 1 FROM conference_item i WHERE i.id = conference_decision.item"
    f" AND {ours('i.agency')})"
)
_MUST_NOT_KNOW: Final = (
    f"{ERRAND} = 'asking' AND (sealed_keep_out.person = {ME} OR {ours('sealed_keep_out.away')})"
)

_NAME_CAME: Final = f"{ours('case_name_mark.agency')} OR " + of_our_case('case_name_mark."case"')

WALLS: Final[dict[str, Wall]] = {
    "sealed_envelope": Wall(
        own=ours("sealed_envelope.agency"),
        shared=held("sealed_envelope.id"),
        subject="subject",
        looked_at=(Errand.EXPLAINING,),
    ),
    "sealed_share": Wall(
        own=ours("sealed_share.agency"),
        shared=_TOLD_OF_HER,
        changed=_GIVEN,
        subject="subject",
        looked_at=(Errand.COMPANY, Errand.COPYING, Errand.EXPLAINING),
        worked_on=(Errand.ENDING, Errand.JOBS),
    ),
    "sealed_own_copy": Wall(
        own=ours("sealed_own_copy.agency"),
        subject="subject",
        looked_at=(Errand.COPYING, Errand.JOBS),
    ),
    "sealed_opening": Wall(
        own=ours("sealed_opening.agency"),
        shared=of_our_case("sealed_opening.subject"),
        subject="subject",
    ),
    "sealed_keep_out": Wall(
        own=ours("sealed_keep_out.agency"),
        shared=_MUST_NOT_KNOW,
        subject="subject",
        looked_at=(Errand.KEEPING, Errand.COMPANY, Errand.RECEIPT, Errand.JOBS),
        added=(Errand.KEEPING,),
    ),
    "hub_case": Wall(
        own=ours("hub_case.agency"),
        subject="id",
        looked_at=(Errand.COUNTING, Errand.TELLING),
        worked_on=(Errand.JOBS,),
    ),
    "case_entry": Wall(own=of_our_case('case_entry."case"'), subject='"case"'),
    "case_tenure": Wall(
        own=of_our_case('case_tenure."case"'),
        subject='"case"',
        looked_at=(Errand.TELLING, Errand.RECEIPT, Errand.JOBS),
    ),
    "case_offer": Wall(
        own=of_our_case('case_offer."case"'), subject='"case"', worked_on=(Errand.JOBS,)
    ),
    "case_emergency": Wall(
        own=of_our_case('case_emergency."case"'), subject='"case"', worked_on=(Errand.JOBS,)
    ),
    "case_never_name": Wall(own=of_our_case('case_never_name."case"'), subject='"case"'),
    "case_never_desk": Wall(own=of_our_case('case_never_desk."case"'), subject='"case"'),
    "case_name_mark": Wall(own=_NAME_CAME, subject='"case"'),
    "case_message": Wall(
        own=ours("case_message.agency"), subject='"case"', worked_on=(Errand.JOBS,)
    ),
    "case_safe_contact": Wall(
        own=of_our_case('case_safe_contact."case"'), subject='"case"', worked_on=(Errand.JOBS,)
    ),
    "staff_conflict": Wall(
        own=ours("staff_conflict.agency"), looked_at=(Errand.KEEPING,), subject=""
    ),
    "consent_draft": Wall(
        own=of_our_case('consent_draft."case"'), subject='"case"', dropped=(Errand.JOBS,)
    ),
    "consent_duty": Wall(
        own=ours("consent_duty.agency"),
        changed=_live("held.record = consent_duty.id"),
        subject='"case"',
    ),
    "consent_order": Wall(
        own=ours("consent_order.agency"),
        changed=_live("held.record = consent_order.id"),
        subject='"case"',
    ),
    "consent_order_note": Wall(own=_OUR_ORDER, subject=""),
    "consent_told_entry": Wall(
        own=_OUR_TELLING, shared=held("consent_told_entry.envelope"), subject=""
    ),
    "consent_receipt": Wall(
        own=ours("consent_receipt.agency"),
        subject='"case"',
        worked_on=(Errand.RECEIPT, Errand.JOBS),
    ),
    "consent_release": Wall(
        own=ours("consent_release.from_agency"),
        shared=_ON_RELEASE,
        subject='"case"',
        worked_on=(Errand.JOBS,),
    ),
    "consent_ledger_copy": Wall(own=of_our_case('consent_ledger_copy."case"'), subject='"case"'),
    "referral": Wall(
        own=ours("referral.from_agency"),
        changed=_TO_US,
        subject='"case"',
        looked_at=(Errand.COUNTING,),
        worked_on=(Errand.JOBS,),
    ),
    "referral_entry": Wall(
        own=of_referral("referral_entry", ours("r.from_agency")),
        shared=of_referral("referral_entry"),
        subject="",
    ),
    "referral_event": Wall(own=of_referral("referral_event"), subject=""),
    "referral_appointment": Wall(own=of_referral("referral_appointment"), subject=""),
    "referral_note": Wall(own=of_referral("referral_note", ours("r.to_agency")), subject=""),
    "conference_item": Wall(
        own=ours("conference_item.agency"),
        shared=held("conference_item.envelope"),
        subject='"case"',
        looked_at=(Errand.COUNTING, Errand.ENDING, Errand.JOBS),
    ),
    "conference_decision": Wall(
        own=_OUR_ITEM,
        changed=held("conference_decision.envelope"),
        looked_at=(Errand.ENDING, Errand.JOBS),
        subject="",
    ),
}
"""Every table that holds rows about somebody's case."""

_DIRECTORY: Final = "the public directory"
_STAFF: Final = "staff and their sign-in; read before anybody is known to look"
OPEN: Final[dict[str, str]] = {
    "agency": "names of agencies, which everybody may know",
    "person": _STAFF,
    "person_role": _STAFF,
    "session": _STAFF,
    "sent_form": "where a form led, under the session it came from, which only its cookie finds",
    "team": "groups of colleagues; being in one opens nothing",
    "team_member": "groups of colleagues; being in one opens nothing",
    "invitation": _STAFF,
    "sign_in_attempt": _STAFF,
    "sign_in_choice": _STAFF,
    "identity_provider": _STAFF,
    "sign_on": _STAFF,
    "provider_subject": _STAFF,
    "holder": "public halves and locked private ones; whoever shares must find the receiver's",
    "holder_member": "who carries whose key: what the wall is told is made from it",
    "audit_line": "codes and ids; each line is chained to the last, whoever wrote that",
    "log_checkpoint": "signed numbers of lines and hashes; no line's own words",
    "case_emergency_try": "who of the staff tried when; it names no case",
    "consent_policy": "what an agency has set for all its releases; about nobody",
    "consent_receipt_visit": "under a hash of what only the visitor's own page carries",
    "named_contact": "who of the staff receives what a desk must not; it names no case",
    "outbox": "who is told that something waits, and an id; the house itself sends it",
    "conference": "an hour and a kind; about nobody until there is an item",
    "conference_seat": "who of the staff sits at a meeting; about nobody",
    "directory_edition": _DIRECTORY,
    "organization": _DIRECTORY,
    "service": _DIRECTORY,
    "attribute": _DIRECTORY,
    "location": _DIRECTORY,
    "accessibility": _DIRECTORY,
    "service_at_location": _DIRECTORY,
    "phone": _DIRECTORY,
    "schedule": _DIRECTORY,
    "language": _DIRECTORY,
    "service_area": _DIRECTORY,
    "required_document": _DIRECTORY,
    "service_capacity": _DIRECTORY,
    "directory_import": _DIRECTORY,
    "directory_quarantine": _DIRECTORY,
}
"""Every other table, and why it may stand open: it says nothing of anybody's case."""
