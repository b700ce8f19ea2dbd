"""Sabotages of what is done with a referral: drafted, sent, called back, taken on, ended."""

from typing import Final

from tests.mutants.mutant import Mutant

ANSWERING: Final = "pathways/referrals/answering.py"
MOVING: Final = "pathways/referrals/moving.py"
SENDING: Final = "pathways/referrals/sending.py"
RECALLING: Final = "pathways/referrals/recalling.py"
ENDINGS: Final = "pathways/referrals/endings.py"
DRAFTS: Final = "pathways/referrals/drafts.py"

INTAKE: Final = "tests/spec/test_intake_worker.py"
THIRD: Final = "tests/spec/test_third_agency.py"
SENDER: Final = "tests/spec/test_sending_case_manager.py"
WAITING: Final = "tests/spec/test_waiting_case_manager.py"
RECALL: Final = "tests/spec/test_recall.py"
KNOWING_HER: Final = "tests/spec/test_whoever_knows_her.py"

REFERRALS: Final = [
    Mutant(
        "taking a referral on leaves the whole desk its keys",
        ANSWERING,
        '    unshare(desk.db, desk.sight, Ending("taken_on", holder=HolderId(held), '
        "envelopes=list(opened)))\n",
        "",
        INTAKE,
    ),
    Mutant(
        "whoever takes a referral on passes it on without its end",
        ANSWERING,
        "return To(released.holder, OWN_WORK, OPEN_END) if own else released",
        "return To(released.holder, OWN_WORK, OPEN_END)",
        INTAKE,
    ),
    Mutant(
        "the team that takes a referral on is everybody at the desk",
        ANSWERING,
        "for person in [desk.sight.person, *(PersonId(each) for each, _name in supervisors)]:",
        "for person in [desk.sight.person, *custodians(desk.db, HolderId(row.desk or '')), "
        "*(PersonId(each) for each, _name in supervisors)]:",
        INTAKE,
    ),
    Mutant(
        "a note of the receiver's own is sealed for the sender too",
        ANSWERING,
        "envelope = seal(desk.db, desk.sight, sealing, [own])\n    row = ReferralNoteRow(",
        "envelope = seal(desk.db, desk.sight, sealing, audience(desk, party, Step.ASK))\n"
        "    row = ReferralNoteRow(",
        INTAKE,
    ),
    Mutant(
        "a withdrawn or declined referral leaves the receiver its keys",
        MOVING,
        "    unshare(desk.db, desk.sight, held)\n",
        "",
        f"{INTAKE} {WAITING}",
    ),
    Mutant(
        "a withdrawn referral lets its messages leave",
        MOVING,
        "    outbox.withdraw(desk.db, row.id, desk.at)\n",
        "",
        WAITING,
    ),
    Mutant(
        "a withdrawn referral takes the answers back from nobody",
        MOVING,
        "return [EnvelopeId(each) for each in [row.ask, *copies, *answers] if each]",
        "return [EnvelopeId(each) for each in [row.ask, *copies] if each]",
        WAITING,
    ),
    Mutant(
        "what the sender writes beside a step is read by the receiver",
        MOVING,
        "    if step is not Step.ANSWER",
        "    if False",
        WAITING,
    ),
    Mutant(
        "a referral goes out although she was not reminded",
        SENDING,
        "if not reminded(row.reminded_at, desk.at):",
        "if False:",
        SENDER,
    ),
    Mutant(
        "an entry goes out that was changed since it was ticked",
        SENDING,
        "        col(CaseEntryRow.replaced_at).is_(None),\n",
        "",
        SENDER,
    ),
    Mutant(
        "a referral is opened at once though it should wait",
        SENDING,
        "ReleaseGround(release, Purpose.REFERRAL, opens), release.ends)",
        "ReleaseGround(release, Purpose.REFERRAL, None), release.ends)",
        RECALL,
    ),
    Mutant(
        "the receiver is told before they can open it",
        SENDING,
        "    tell(desk, people, row, opens)\n",
        "    tell(desk, people, row)\n",
        RECALL,
    ),
    Mutant(
        "calling a referral back leaves them their keys",
        RECALLING,
        "call_back(desk.db, desk.sight, going) == 0",
        "len(going) == 0",
        RECALL,
    ),
    Mutant(
        "calling a referral back lets the message about it leave",
        RECALLING,
        "    outbox.withdraw(desk.db, row.id, desk.at)\n",
        "",
        RECALL,
    ),
    Mutant(
        "somebody else than the sender calls a referral back",
        RECALLING,
        "    if party.side is not Side.SENDER:\n        raise NothingHere\n",
        "",
        RECALL,
    ),
    Mutant(
        "messages about a referral leave after its release has ended",
        ENDINGS,
        "    desk.db.execute(\n        hushed.values(dropped_at=desk.at), "
        'execution_options={"synchronize_session": False}\n    )\n',
        "",
        WAITING,
    ),
    Mutant(
        "a referral nobody answered stays open after its release",
        ENDINGS,
        "        made = Move(Step.EXPIRE, row.version, Reason.RELEASE_EXPIRED)\n"
        "        move(desk, Party(row, Side.HOUSE), made)\n",
        "        continue\n",
        WAITING,
    ),
    Mutant(
        "where she is is ticked with everything else",
        DRAFTS,
        "NOT_TICKED: Final = frozenset({Category.NEED, Category.LOCATION})",
        "NOT_TICKED: Final = frozenset({Category.NEED})",
        SENDER,
    ),
    Mutant(
        "where she is goes along without a reason",
        DRAFTS,
        "    if draft.places and not draft.place_reason:\n",
        "    if False:\n",
        SENDER,
    ),
    Mutant(
        "where she is goes along without being ticked",
        DRAFTS,
        "places = [entry for entry in offer.places if entry.envelope in draft.places]",
        "places = list(offer.places)",
        SENDER,
    ),
    Mutant(
        "entries go along that were not ticked",
        DRAFTS,
        "chosen = [entry for entry in offer.entries if entry.envelope in draft.sources]",
        "chosen = list(offer.entries)",
        SENDER,
    ),
    Mutant(
        "entries are offered that she did not release",
        DRAFTS,
        "if entry.category in release.categories and release.records.holds(entry.at)",
        "if release.records.holds(entry.at)",
        SENDER,
    ),
    Mutant(
        "entries of other days than she released are offered",
        DRAFTS,
        "if entry.category in release.categories and release.records.holds(entry.at)",
        "if entry.category in release.categories",
        "tests/spec/test_recording_a_release.py",
    ),
    Mutant(
        "an entry of another case is slipped into a draft",
        DRAFTS,
        "return set(ticked) <= {entry.envelope for entry in offered}",
        "return True",
        SENDER,
    ),
    Mutant(
        "a reminder of an older draft counts",
        DRAFTS,
        "if reminder.at < row.drafted_at.replace(second=0, microsecond=0):",
        "if False:",
        f"{RECALL}::test_a_reminder_from_before_the_last_change_does_not_count",
    ),
    Mutant(
        "a number that the family has as well goes to another agency",
        SENDING,
        "    refuse_known_at_home(desk, row, pieces)\n",
        "",
        "tests/spec/test_number_known_at_home.py",
    ),
    Mutant(
        "a referral without her name is read by whoever knows it",
        SENDING,
        "    meet_case(desk, CaseId(row.case), AgencyId(row.to_agency))\n",
        "",
        KNOWING_HER,
    ),
    Mutant(
        "an answer goes to whoever knows the name she has by now",
        MOVING,
        """    if made.step is Step.ANSWER:
        meet_case(desk, CaseId(row.case), AgencyId(row.to_agency))
""",
        "",
        KNOWING_HER,
    ),
    Mutant(
        "what the law compels without her name is read by whoever knows it",
        "hub/consent/compelled/scope.py",
        "    meet_case(desk, told.case, agency)\n",
        "",
        KNOWING_HER,
    ),
]
