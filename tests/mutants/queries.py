"""Sabotages of the reads: of cases, releases, referrals, staff; each begins from keys carried."""

from typing import Final

from tests.mutants.mutant import Mutant

CASES: Final = "hub/cases/queries.py"
RELEASES: Final = "hub/consent/queries.py"
REFERRALS: Final = "pathways/referrals/queries.py"
LISTS: Final = "pathways/referrals/lists.py"
WORK: Final = "pathways/referrals/work.py"
STAFF: Final = "hub/people/queries.py"
REACHING: Final = "hub/cases/reaching/queries.py"
EMERGENCY: Final = "hub/cases/emergency/queries.py"
DRAFTING: Final = "hub/consent/drafting.py"
COPIES: Final = "hub/consent/ledger_queries.py"

CRAWL: Final = "tests/spec/test_canary_crawl.py"
EVERY_READ: Final = "tests/spec/test_every_read_of_a_case.py"
START: Final = "tests/spec/test_other_peoples_start_pages.py"
MANAGER: Final = "tests/spec/test_case_manager.py"
THIRD: Final = "tests/spec/test_third_agency.py"
INTAKE: Final = "tests/spec/test_intake_worker.py"
SURVIVOR: Final = "tests/spec/test_survivor.py"
IN_EMERGENCY: Final = "tests/spec/test_emergency_access.py"

QUERIES: Final = [
    Mutant(
        "every case is there for everybody",
        CASES,
        "return select(CaseRow).where(col(CaseRow.team).in_(sorted(sight.holders)))",
        "return select(CaseRow)",
        MANAGER,
    ),
    Mutant(
        "every case of the agency is there for all who work there",
        CASES,
        "return select(CaseRow).where(col(CaseRow.team).in_(sorted(sight.holders)))",
        "return select(CaseRow).where(col(CaseRow.agency) == sight.agency)",
        MANAGER,
    ),
    Mutant(
        "a search by code finds other teams' cases",
        CASES,
        "asked = _mine(desk.sight).where(begins)",
        "asked = select(CaseRow).where(begins)",
        EVERY_READ,
    ),
    Mutant(
        "who was case manager is told to whoever asks",
        CASES,
        "    case(desk, case_id)\n    asked = select(TenureRow)",
        "    asked = select(TenureRow)",
        EVERY_READ,
    ),
    Mutant(
        "an offer of a case is shown to everybody",
        CASES,
        "            col(OfferRow.to_person) == desk.sight.person,\n",
        "",
        "tests/spec/test_hand_over.py",
    ),
    Mutant(
        "a release is there for whoever knows its address",
        RELEASES,
        """        .join(CaseRow, col(CaseRow.id) == col(ReleaseRow.case))
        .where(col(CaseRow.team).in_(sorted(sight.holders)))
    )


def as_release""",
        """        .join(CaseRow, col(CaseRow.id) == col(ReleaseRow.case))
    )


def as_release""",
        EVERY_READ,
    ),
    Mutant(
        "the release behind something is told to whoever holds nothing on it",
        RELEASES,
        """    if desk.db.execute(seen(mine.limit(1), desk.sight)).first() is None:
        raise NothingHere
""",
        "",
        SURVIVOR,
    ),
    Mutant(
        "the releases of every case are listed to whoever asks",
        RELEASES,
        "    cases.case(desk, case)\n    _hold(desk.db, case)\n",
        "    _hold(desk.db, case)\n",
        EVERY_READ,
    ),
    Mutant(
        "a release that was begun stays on the list of who has handed the case over",
        DRAFTING,
        """            col(CaseRow.team).in_(sorted(desk.sight.holders)),
            col(CaseRow.id).not_in""",
        """            col(CaseRow.id).not_in""",
        START,
    ),
    Mutant(
        "when she was asked about a copy is told to whoever asks",
        COPIES,
        "    refuse_stranger(desk.db, desk.sight, case)\n    asked = select",
        "    asked = select",
        EVERY_READ,
    ),
    Mutant(
        "a referral is there for every team of the agency that sent it",
        REFERRALS,
        """        col(ReferralRow.from_agency) == sight.agency,
        col(ReferralRow.sender_team).in_(sorted(sight.holders)),
""",
        """        col(ReferralRow.from_agency) == sight.agency,
""",
        THIRD,
    ),
    Mutant(
        "a referral is there for whoever works at the agency it went to",
        REFERRALS,
        "        exists().where(mine.c.envelope == col(ReferralRow.ask)),\n",
        "",
        f"{THIRD} {INTAKE}",
    ),
    Mutant(
        "the receiver finds a referral under the sender's address",
        REFERRALS,
        "receiver = and_(col(ReferralRow.receiver_ref) == ref, *sent_to(desk.sight))",
        "receiver = and_(or_(col(ReferralRow.receiver_ref) == ref, "
        "col(ReferralRow.sender_ref) == ref), *sent_to(desk.sight))",
        f"{INTAKE}::test_finds_nothing_and_does_nothing_under_the_senders_address",
    ),
    Mutant(
        "that a colleague took it on is shown to who was never at that desk",
        REFERRALS,
        "        col(ReferralRow.desk).in_(sorted(desk.sight.holders)),\n",
        "",
        f"{INTAKE} {THIRD}",
    ),
    Mutant(
        "that a colleague took it on is shown after the release has ended",
        REFERRALS,
        "        col(ReferralRow.ends_at) > desk.at,\n",
        "",
        INTAKE,
    ),
    Mutant(
        "that a colleague took it on is shown after it was withdrawn",
        REFERRALS,
        "        col(ReferralRow.stage) == Stage.TAKEN,\n",
        "",
        INTAKE,
    ),
    Mutant(
        "the sender reads the receiver's own notes",
        REFERRALS,
        "own = notes(desk.db, row) if party.side is Side.RECEIVER else []",
        "own = notes(desk.db, row)",
        INTAKE,
    ),
    Mutant(
        "the receiver is told what came before the last sending",
        REFERRALS,
        "steps = steps if party.side is Side.SENDER else list(since_sent(steps))",
        "steps = list(steps)",
        "tests/spec/test_recall.py",
    ),
    Mutant(
        "the inbox lists what nobody there can open any more",
        LISTS,
        "    return [held, theirs, open_to_sight(col(ReferralRow.ask))]\n",
        "    return [held, theirs]\n",
        INTAKE,
    ),
    Mutant(
        "the sent list shows what other teams sent",
        LISTS,
        "col(ReferralRow.from_agency) == agency, col(ReferralRow.sender_team).in_(holders)]",
        "col(ReferralRow.from_agency) == agency]",
        START,
    ),
    Mutant(
        "the receiver's list says the sender's id",
        LISTS,
        "    {Side.SENDER: ReferralRow.sender_ref, Side.RECEIVER: ReferralRow.receiver_ref}",
        "    {Side.SENDER: ReferralRow.sender_ref, Side.RECEIVER: ReferralRow.sender_ref}",
        INTAKE,
    ),
    Mutant(
        "appointments are shown to whoever lost the referral",
        WORK,
        """            ~replaced.exists(),
            *sent_to(desk.sight),
""",
        """            ~replaced.exists(),
""",
        INTAKE,
    ),
    Mutant(
        "answers that came back are shown to every team",
        WORK,
        ".where(*sent_by(desk.sight), or_(",
        ".where(or_(",
        START,
    ),
    Mutant(
        "staff of another agency are changed by an administrator",
        STAFF,
        "            col(PersonRow.id) == person, col(PersonRow.agency) == desk.sight.agency\n",
        "            col(PersonRow.id) == person\n",
        "tests/spec/test_agency_administrator.py",
    ),
    Mutant(
        "links of another agency are there for an administrator",
        STAFF,
        "            col(InvitationRow.id) == id, col(InvitationRow.agency) == desk.sight.agency\n",
        "            col(InvitationRow.id) == id\n",
        "tests/spec/test_agency_administrator.py",
    ),
    Mutant(
        "messages that wait for her are shown to every team",
        REACHING,
        """            col(CaseRow.team).in_(sorted(desk.sight.holders)),
            col(CaseRow.closed_at).is_(None),
            col(TenureRow.person) == desk.sight.person,
            col(TenureRow.ended_at).is_(None),
            col(MessageRow.state)""",
        """            col(CaseRow.closed_at).is_(None),
            col(TenureRow.ended_at).is_(None),
            col(MessageRow.state)""",
        START,
    ),
    Mutant(
        "ways that are the family's too are shown to every team",
        REACHING,
        """            col(CaseRow.team).in_(sorted(desk.sight.holders)),
            col(CaseRow.closed_at).is_(None),
            col(SafeContactRow.shared)""",
        """            col(CaseRow.closed_at).is_(None),
            col(SafeContactRow.shared)""",
        START,
    ),
    Mutant(
        "an emergency finds a case of another agency",
        EMERGENCY,
        """        col(CaseRow.agency) == desk.sight.agency,
        col(CaseRow.code) == code,""",
        """        col(CaseRow.code) == code,""",
        IN_EMERGENCY,
    ),
    Mutant(
        "an emergency is read by a colleague who did not ask",
        EMERGENCY,
        "            col(EmergencyRow.person) == desk.sight.person,\n"
        "            col(EmergencyRow.closed_at).is_(None),\n"
        "            col(EmergencyRow.until) > desk.at,\n"
        "            col(EmergencyRow.case)",
        "            col(EmergencyRow.closed_at).is_(None),\n"
        "            col(EmergencyRow.until) > desk.at,\n"
        "            col(EmergencyRow.case)",
        IN_EMERGENCY,
    ),
    Mutant(
        "emergencies to review are shown to every supervisor there is",
        EMERGENCY,
        """            col(CaseRow.team).in_(sorted(desk.sight.holders)),
            col(EmergencyRow.state)""",
        """            col(EmergencyRow.state)""",
        START,
    ),
    Mutant(
        "what was told by law is listed to whoever asks",
        "hub/consent/compelled/received.py",
        "    duties = select(DutyRow).where(col(DutyRow.id).in_(records))\n",
        "    duties = select(DutyRow).where(col(DutyRow.made_at).is_not(None))\n",
        START,
    ),
    Mutant(
        "who must never know of her is read out to whoever asks",
        "hub/cases/keeping/queries.py",
        "    queries.case(desk, case)\n    return [row for kind in KINDS",
        "    return [row for kind in KINDS",
        EVERY_READ,
    ),
    Mutant(
        "messages that wait for her are read out to whoever asks",
        REACHING,
        "    cases.case(desk, case)\n    waiting = select(MessageRow)",
        "    waiting = select(MessageRow)",
        EVERY_READ,
    ),
    Mutant(
        "duties to report and orders are read out to whoever asks",
        "hub/consent/compelled/records.py",
        "    cases.case(desk, case)\n    asked = select(kind)",
        "    asked = select(kind)",
        EVERY_READ,
    ),
    Mutant(
        "emergencies are read out to whoever asks",
        EMERGENCY,
        "    cases.case(desk, case)\n    asked = select(EmergencyRow)",
        "    asked = select(EmergencyRow)",
        EVERY_READ,
    ),
    Mutant(
        "whether she was given a number is read out to whoever asks",
        "hub/consent/receipts.py",
        "    cases.case(desk, case)\n    wanted = select(ReceiptRow)",
        "    wanted = select(ReceiptRow)",
        EVERY_READ,
    ),
]
