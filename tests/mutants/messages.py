"""Sabotages of what leaves by mail and in calendars, and of the hours in which it may."""

from typing import Final

from tests.mutants.mutant import Mutant

DISPATCH: Final = "hub/store/dispatch.py"
OUTBOX: Final = "hub/store/outbox.py"
LETTERS: Final = "conferencing/letters.py"
FILE: Final = "conferencing/meeting_file.py"
DELIVERY: Final = "hub/cases/reaching/delivery.py"
SAFE: Final = "hub/cases/safe_contact.py"
REACHING: Final = "hub/cases/reaching/actions.py"
WAYS: Final = "hub/cases/reaching/queries.py"

CRAWL: Final = "tests/spec/test_canary_crawl.py"
MEETING: Final = "tests/spec/test_conference_messages.py"
CALENDAR: Final = "tests/edges/test_calendar_file.py"
DELIVERED: Final = "tests/store/test_safe_delivery.py"
HOURS: Final = "tests/rules/test_safe_contact.py"
AT_HOME: Final = "tests/rules/test_numbers_of_the_family.py"
HANDED: Final = "tests/spec/test_told_after_a_hand_over.py"
MAIL: Final = "tests/store/test_dispatching_mail.py"
WITHDRAWING: Final = "tests/spec/test_withdrawing.py"
RECALL: Final = "tests/spec/test_recall.py"

MESSAGES: Final = [
    Mutant(
        "the subject of a message says what it is about",
        DISPATCH,
        'message["Subject"] = _("You have a new item")',
        'message["Subject"] = f"{_(\'You have a new item\')} {desk.at}"',
        f"{CRAWL}::test_mail_says_that_something_waits_and_not_a_word_more",
    ),
    Mutant(
        "a message says of which referral or meeting it is",
        DISPATCH,
        "message = maker(desk, row) if maker else waiting(desk)\n    if message is None:\n",
        "message = maker(desk, row) if maker else waiting(desk)\n"
        '    if message and row.about:\n        message["References"] = row.about\n'
        "    if message is None:\n",
        f"{CRAWL}::test_mail_says_that_something_waits_and_not_a_word_more",
    ),
    Mutant(
        "a message is sent from an agency's name",
        DISPATCH,
        'message["From"] = desk.hub.settings.mail_from or f"no-reply@{desk.hub.settings.host}"',
        'message["From"] = f"harbour-house@{desk.hub.settings.host}"',
        f"{CRAWL}::test_mail_says_that_something_waits_and_not_a_word_more",
    ),
    Mutant(
        "somebody who left is written to",
        DISPATCH,
        "if person is None or person.disabled_at is not None:",
        "if person is None:",
        MAIL,
    ),
    Mutant(
        "several messages for one person say that several things happened",
        DISPATCH,
        "        if said_alike in sent:\n",
        "        if False:\n",
        MAIL,
    ),
    Mutant(
        "a message leaves before it may be known",
        OUTBOX,
        "        due_at=max(at, waits.due),\n",
        "        due_at=at,\n",
        RECALL,
    ),
    Mutant(
        "a message that was held back leaves",
        OUTBOX,
        "    waiting = [col(OutboxRow.sent_at).is_(None), col(OutboxRow.dropped_at).is_(None)]\n",
        "    waiting = [col(OutboxRow.sent_at).is_(None)]\n",
        MAIL,
    ),
    Mutant(
        "messages are claimed before their hour",
        OUTBOX,
        ".where(*waiting, col(OutboxRow.due_at) <= at)",
        ".where(*waiting)",
        MAIL,
    ),
    Mutant(
        "nothing that waits is held back",
        OUTBOX,
        "    return rows_changed(db.execute(held.values(dropped_at=at)))\n",
        "    return int(held is not None)\n",
        f"{MAIL} {WITHDRAWING}",
    ),
    Mutant(
        "an invitation leaves for a seat that was taken away",
        LETTERS,
        "if seat is None or seat.removed_at is not None or seat.person != row.person:",
        "if seat is None or seat.person != row.person:",
        MEETING,
    ),
    Mutant(
        "an invitation leaves for a cancelled meeting",
        LETTERS,
        "    if meeting.state not in STILL_INVITES:\n        return None\n",
        "",
        MEETING,
    ),
    Mutant(
        "a calendar says what kind of meeting it is",
        FILE,
        '    event.add("SUMMARY", SUMMARY)\n',
        '    event.add("SUMMARY", SUMMARY)\n    event.add("DESCRIPTION", "Case conference")\n',
        CALENDAR,
    ),
    Mutant(
        "two calendars show that it is the same meeting",
        "conferencing/pages.py",
        "seat.uid",
        "seat.conference",
        f"{CALENDAR} tests/edges/test_calendar_download.py {MEETING}",
    ),
    Mutant(
        "a calendar changes with the moment it is asked for",
        FILE,
        '    event.add("DTSTAMP", _second(entry.made_at))\n',
        '    event.add("DTSTAMP", _second(datetime.now(UTC)))\n',
        f"{CALENDAR} tests/edges/test_calendar_download.py",
    ),
    Mutant(
        "a message to her leaves at whatever hour",
        DELIVERY,
        "if isinstance(answer, Usable) and row.channel is Channel.MAIL:",
        "if row.channel is Channel.MAIL:",
        DELIVERED,
    ),
    Mutant(
        "a message to her says who writes",
        DELIVERY,
        '    message["Subject"] = _("Hello")\n',
        '    message["Subject"] = hub.settings.site_name\n',
        DELIVERED,
    ),
    Mutant(
        "the post keeps the way to her after a message has left",
        REACHING,
        "    unshare(desk.db, desk.sight, ending)\n",
        "",
        DELIVERED,
    ),
    Mutant(
        "somebody calls her at an unsafe hour",
        REACHING,
        "if found is None or not isinstance(found[1], Usable):",
        "if found is None:",
        f"{DELIVERED} tests/spec/test_safe_contact.py",
    ),
    Mutant(
        "a way that must never be used is used",
        SAFE,
        "    if contact.do_not:\n        return Why.DO_NOT\n",
        "",
        HOURS,
    ),
    Mutant(
        "a number that the family has too is used",
        SAFE,
        "    if contact.shared:\n        return Why.SHARED\n",
        "",
        HOURS,
    ),
    Mutant(
        "a way that nobody confirmed is used",
        SAFE,
        "if contact.confirmed_at is None or not contact.confirmed_by or contact.confirmed_at > at:",
        "if contact.confirmed_at is None:",
        HOURS,
    ),
    Mutant(
        "a confirmation lasts for ever",
        SAFE,
        "    if at >= contact.confirmed_at + LASTS:\n        return Why.EXPIRED\n",
        "",
        HOURS,
    ),
    Mutant(
        "words are left where none may be left",
        SAFE,
        "    if contact.method in LEAVES_WORDS and not contact.leave:\n"
        "        return Why.NOTHING_LEFT\n",
        "",
        HOURS,
    ),
    Mutant(
        "the last minute of a safe hour is one too many",
        SAFE,
        "return today in hours.days and hours.opens <= now < hours.closes",
        "return today in hours.days and hours.opens <= now <= hours.closes",
        HOURS,
    ),
    Mutant(
        "her hours are those of the hub's clock",
        SAFE,
        "    wall = at.astimezone(hours.zone)\n    now, today",
        "    wall = at\n    now, today",
        HOURS,
    ),
    Mutant(
        "a number written another way is not known as the family's",
        SAFE,
        "return len(shorter) >= LEAST_DIGITS and longer.endswith(shorter)",
        "return shorter == longer",
        AT_HOME,
    ),
    Mutant(
        "a number in the digits of another script is not known as the family's",
        SAFE,
        "        digit = unicodedata.decimal(letter, None)\n",
        '        digit = int(letter) if letter in set("0123456789") else None\n',
        AT_HOME,
    ),
    Mutant(
        "a dash of another kind hides the family's number",
        SAFE,
        "        elif letter not in DOTS and unicodedata.category(letter) not in BETWEEN:\n",
        '        elif letter not in DOTS and letter not in " ()-":\n',
        AT_HOME,
    ),
    Mutant(
        "what stands beside the family's number hides it",
        SAFE,
        "        for last in range(first + 1, min(first + MOST_DIGITS, len(groups)) + 1):\n",
        "        for last in [len(groups)]:\n",
        AT_HOME,
    ),
    Mutant(
        "the family's address is not known as theirs",
        SAFE,
        "    return any(_holds(text, value) or _holds(value, text) for text in told)\n",
        "    return False\n",
        AT_HOME,
    ),
    Mutant(
        "somebody handed over hears by mail that what they told has arrived",
        "hub/consent/compelled/received.py",
        "        desk.notify(person, Notice(case, told.record))\n",
        "        desk.notify(told.by, Notice(case, told.record))\n",
        f"{HANDED}::test_that_it_arrived_is_told_to_the_case_manager_of_now",
    ),
    Mutant(
        "whoever must never know hears by mail that something has arrived",
        "hub/consent/compelled/received.py",
        "        desk.notify(person, Notice(case, told.record))\n",
        '        desk.notify(person, Notice("", told.record))\n',
        HANDED,
    ),
    Mutant(
        "somebody handed over hears by mail what a second person said",
        "hub/consent/orders/actions.py",
        "    for person in cases.case_managers(desk.db, CaseId(row.case)):\n",
        '    for person in [PersonId(row.asked_by or "")]:\n',
        HANDED,
    ),
    Mutant(
        "a shared number is not looked up when a message leaves",
        WAYS,
        "return usable(contact_of(entry.body, shared=row.shared if row else False), at)",
        "return usable(contact_of(entry.body, shared=False), at)",
        DELIVERED,
    ),
]
