"""Sabotages of giving and taking back: releases, orders, receipts, keys that roles bring."""

from typing import Final

from tests.mutants.mutant import Mutant

WITHDRAWING: Final = "hub/consent/withdrawing.py"
SUPERSEDING: Final = "hub/consent/superseding.py"
RECEIPTS: Final = "hub/consent/receipts.py"
NOTES: Final = "hub/consent/notes_pages.py"
SCOPE: Final = "hub/consent/compelled/scope.py"
LAW_WAITS: Final = "hub/consent/compelled/waiting.py"
ORDERS: Final = "hub/consent/orders/actions.py"
HANDOVER: Final = "hub/cases/handover.py"
EMERGENCY: Final = "hub/cases/emergency/actions.py"
KEYRING: Final = "hub/people/keyring.py"
PEOPLE: Final = "hub/people/actions.py"
DRAFTING: Final = "hub/consent/drafting.py"

SURVIVOR: Final = "tests/spec/test_survivor.py"
TAKING_BACK: Final = "tests/spec/test_withdrawing.py"
RENEWING: Final = "tests/spec/test_renewing_a_release.py"
WAITING: Final = "tests/spec/test_waiting_case_manager.py"
RECALL: Final = "tests/spec/test_recall.py"
HER_NUMBER: Final = "tests/spec/test_number_of_her_own.py"
ORDER: Final = "tests/spec/test_court_order.py"
TOLD_BY_LAW: Final = "tests/spec/test_told_by_law_waits.py"
IN_EMERGENCY: Final = "tests/spec/test_emergency_access.py"
HANDED: Final = "tests/spec/test_hand_over.py"
STAFF: Final = "tests/spec/test_agency_administrator.py"
LEFT: Final = "tests/spec/test_cases_left_behind.py"
STOPPED: Final = "tests/spec/test_leaving_work_with_survivors.py"

CONSENT: Final = [
    Mutant(
        "taking a release back ends none of its shares",
        WITHDRAWING,
        "    return unshare(desk.db, desk.sight, ending)\n",
        "    return len(ending.why)\n",
        SURVIVOR,
    ),
    Mutant(
        "taking a release back ends nothing that stood on it elsewhere",
        WITHDRAWING,
        "    return own + effects_elsewhere(desk, releases)\n",
        "    return own\n",
        WAITING,
    ),
    Mutant(
        "taking a release back lets its messages leave",
        WITHDRAWING,
        "return [*found, _silence(release, len(news))] if news else found",
        "return found",
        TAKING_BACK,
    ),
    Mutant(
        "a release that has not begun begins although it was taken back",
        WITHDRAWING,
        "REVOCABLE: Final = frozenset({Standing.LIVE, Standing.TO_COME, Standing.DRAFTED})",
        "REVOCABLE: Final = frozenset({Standing.LIVE, Standing.DRAFTED})",
        TAKING_BACK,
    ),
    Mutant(
        "a new release leaves what was shared on the old one",
        SUPERSEDING,
        "    unshare(desk.db, desk.sight, ending)\n    purpose",
        "    purpose",
        RENEWING,
    ),
    Mutant(
        "a narrower release goes on showing what it leaves out",
        SUPERSEDING,
        "return [each for each in readable(desk, old) if each.category in new.categories]",
        "return readable(desk, old)",
        RENEWING,
    ),
    Mutant(
        "what waits opens at once under a new release",
        SUPERSEDING,
        "ground = ReleaseGround(new, purpose, waits)",
        "ground = ReleaseGround(new, purpose, None)",
        RECALL,
    ),
    Mutant(
        "a report or an order lays open more than was ticked",
        SCOPE,
        "    for envelope in sorted(told.entries):\n",
        "    for envelope in sorted({each.envelope for each in choosable(desk, told.case)}):\n",
        f"tests/spec/test_legal_duty.py {ORDER}",
    ),
    Mutant(
        "a report or an order says where somebody is without a reason",
        SCOPE,
        "if open_ones.get(each) is Category.LOCATION and not scope.reasons.get(each):",
        "if False:",
        f"tests/spec/test_legal_duty.py {ORDER}",
    ),
    Mutant(
        "what says where somebody is opens at once on a report or an order",
        LAW_WAITS,
        "told = {each.category for each in scope.rows(desk, row.id)}",
        "told = frozenset()",
        TOLD_BY_LAW,
    ),
    Mutant(
        "a report or an order opens at once",
        "hub/consent/compelled/ground.py",
        "        return self.telling.opens\n",
        "        return None\n",
        TOLD_BY_LAW,
    ),
    Mutant(
        "whoever is told by law hears of it before they can open it",
        SCOPE,
        "Notice(told.case, told.record, told.opens)",
        "Notice(told.case, told.record)",
        TOLD_BY_LAW,
    ),
    Mutant(
        "what was called back of a report or an order opens all the same",
        LAW_WAITS,
        "    unshare(desk.db, desk.sight, Ending(CALLED_BACK, record=row.id))\n",
        "",
        TOLD_BY_LAW,
    ),
    Mutant(
        "word of a report or an order leaves although it was called back",
        LAW_WAITS,
        "    outbox.withdraw(desk.db, row.id, desk.at)\n",
        "",
        TOLD_BY_LAW,
    ),
    Mutant(
        "a report or an order is called back after they have read it",
        LAW_WAITS,
        '    if not scope.waits(desk, row):\n        raise StepRefused(_("They can open',
        '    if False:\n        raise StepRefused(_("They can open',
        TOLD_BY_LAW,
    ),
    Mutant(
        "setting an order aside leaves what it opened",
        ORDERS,
        '    unshare(desk.db, desk.sight, Ending("set_aside", record=row.id))\n',
        "",
        ORDER,
    ),
    Mutant(
        "whoever asked approves an order",
        "hub/consent/orders/order.py",
        "if order.asked_by is None or order.asked_by == person:",
        "if order.asked_by is None:",
        "tests/rules/test_compelled_grounds.py",
    ),
    Mutant(
        "a number she was given opens something after it was ended",
        RECEIPTS,
        """        which,  # type: ignore[arg-type] # a condition
        col(ReceiptRow.ended_at).is_(None),
""",
        """        which,  # type: ignore[arg-type] # a condition
""",
        f"{HER_NUMBER}::test_wrong_and_unknown_and_ended_numbers_get_the_same_answer "
        f"{HER_NUMBER}::test_a_new_number_ends_the_one_before",
    ),
    Mutant(
        "a number she was given opens something after its last day",
        RECEIPTS,
        """        col(ReceiptRow.ended_at).is_(None),
        col(ReceiptRow.until) > desk.at,
    )
    with errand""",
        """        col(ReceiptRow.ended_at).is_(None),
    )
    with errand""",
        f"{HER_NUMBER}::test_a_number_opens_nothing_after_its_last_day",
    ),
    Mutant(
        "the PIN for danger opens the page",
        RECEIPTS,
        "    empty = row.pin not in fitting\n",
        "    empty = False\n",
        f"{HER_NUMBER}::test_the_pin_for_danger_opens_an_empty_page_and_tells_her_case_manager",
    ),
    Mutant(
        "the page of the PIN for danger is not empty",
        NOTES,
        "    if found is None or found[1]:\n",
        "    if found is None:\n",
        f"{HER_NUMBER}::test_the_pin_for_danger_opens_an_empty_page_and_tells_her_case_manager",
    ),
    Mutant(
        "any PIN opens the page",
        RECEIPTS,
        "if row is None or not {row.pin, row.panic} & set(fitting):",
        "if row is None:",
        f"{HER_NUMBER}::test_wrong_and_unknown_and_ended_numbers_get_the_same_answer",
    ),
    Mutant(
        "a visit lasts as long as the number",
        RECEIPTS,
        "col(ReceiptVisitRow.id) == _hashed(token), col(ReceiptVisitRow.until) > desk.at",
        "col(ReceiptVisitRow.id) == _hashed(token)",
        f"{HER_NUMBER}::test_a_visit_is_over_after_ten_minutes",
    ),
    Mutant(
        "the store keeps the number in clear",
        RECEIPTS,
        '    return mark(desk.hub.signing, "receipt", number)\n',
        "    return number\n",
        f"{HER_NUMBER}::test_neither_number_nor_pin_lies_in_the_store",
    ),
    Mutant(
        "a number that is unknown is answered in its own words",
        NOTES,
        "    row = receipts.find(desk, number)\n",
        "    row = receipts.find(desk, number)\n    if row is None:\n"
        '        raise FormRefused({"number": _("There is no such number.")})\n',
        f"{HER_NUMBER}::test_wrong_and_unknown_and_ended_numbers_get_the_same_answer",
    ),
    Mutant(
        "her page takes back a release of somebody else",
        RECEIPTS,
        "    if release not in {each.id for each in _releases(desk, row)}:\n",
        "    if False:\n",
        HER_NUMBER,
    ),
    Mutant(
        "the note of an offer stays open to whoever said no",
        HANDOVER,
        "    _close_note(desk, row)\n",
        "",
        HANDED,
    ),
    Mutant(
        "whoever hands a case over keeps its key",
        HANDOVER,
        "        leave(desk.db, team, old, desk.at)\n",
        "        pass\n",
        HANDED,
    ),
    Mutant(
        "closing an emergency leaves its keys",
        EMERGENCY,
        '    unshare(desk.db, desk.sight, Ending("closed", record=row.id))\n',
        "",
        IN_EMERGENCY,
    ),
    Mutant(
        "nobody is told of an emergency",
        EMERGENCY,
        "    _tell(desk, case, row)\n",
        "",
        IN_EMERGENCY,
    ),
    Mutant(
        "who does no intake any more keeps the desk's key",
        KEYRING,
        "        leave(db, desk, person, at)\n",
        "        pass\n",
        STAFF,
    ),
    Mutant(
        "who supervises no more keeps the keys of every team",
        KEYRING,
        "    elif Role.SUPERVISOR in duties.had or not duties.has & ON_TEAMS:\n",
        "    elif False:\n",
        STAFF,
    ),
    Mutant(
        "who works with people no more keeps the keys of the cases that were theirs",
        KEYRING,
        "    own = _own_teams(db, person) if duties.has & WITH_PEOPLE else frozenset()\n",
        "    own = _own_teams(db, person)\n",
        LEFT,
    ),
    Mutant(
        "what the law told one person opens again when they work with people again",
        PEOPLE,
        "(Ground.RELEASE, Ground.LEGAL_DUTY, Ground.COURT_ORDER, Ground.EMERGENCY)",
        "(Ground.RELEASE, Ground.EMERGENCY)",
        STOPPED,
    ),
    Mutant(
        "an emergency goes on for whoever left and was taken back",
        PEOPLE,
        "        leaving(desk, person)\n",
        "        pass\n",
        STOPPED,
    ),
    Mutant(
        "word of a case leaves for whoever handed it on",
        HANDOVER,
        "        silence(desk, CaseId(case.id), [old])\n",
        "",
        HANDED,
    ),
    Mutant(
        "what was half typed of a release can be read after it was dropped",
        DRAFTING,
        "    unshare(desk.db, desk.sight, Ending(why, envelopes=names))\n",
        "",
        "tests/spec/test_recording_a_release.py",
    ),
]
