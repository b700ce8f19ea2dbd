"""Sabotages of pages, views and templates: titles, addresses, counts, figures, places."""

from typing import Final

from tests.mutants.mutant import Mutant

SHOWING: Final = "pathways/referrals/showing.py"
PACKET: Final = "pathways/referrals/packet.py"
STATISTICS: Final = "pathways/statistics.py"
LEDGER_WORDS: Final = "hub/consent/ledger_words.py"
OPENED: Final = "hub/consent/opened.py"

INTAKE: Final = "tests/spec/test_intake_worker.py"
RECALL: Final = "tests/spec/test_recall.py"
CRAWL: Final = "tests/spec/test_canary_crawl.py"
LEDGER: Final = "tests/spec/test_ledger.py"
HER_NUMBER: Final = "tests/spec/test_number_of_her_own.py"
FIGURES: Final = "tests/rules/test_suppression.py"
MANAGER: Final = "tests/spec/test_case_manager.py"
ADMINISTRATOR: Final = "tests/spec/test_directory_administrator.py"

PAGES: Final = [
    Mutant(
        "the receiver's page carries the sender's address of it",
        SHOWING,
        "        ref=party.ref,\n",
        "        ref=row.sender_ref,\n",
        f"{INTAKE}::test_sees_no_id_of_the_senders_making",
    ),
    Mutant(
        "the receiver reads when it was really sent",
        SHOWING,
        "return (row.opens_at or row.sent_at) if party.side is Side.RECEIVER else row.sent_at",
        "return row.sent_at",
        RECALL,
    ),
    Mutant(
        "the receiver reads why it did not wait",
        SHOWING,
        "    if party.side is not Side.SENDER or row.hurry is None:\n",
        "    if row.hurry is None:\n",
        RECALL,
    ),
    Mutant(
        "the receiver reads the code of her case",
        SHOWING,
        "        title=str(row.service_type.label),\n        number=row.number,\n        lede=",
        '        title=f"{row.service_type.label} {row.case}",\n'
        "        number=row.number,\n        lede=",
        f"{INTAKE}::test_sees_no_id_of_the_senders_making",
    ),
    Mutant(
        "numbers and code words are shown without being asked for",
        PACKET,
        'HELD_BACK: Final = ("value", "code_word")',
        "HELD_BACK: Final = ()",
        "tests/rules/test_referral_packet.py",
    ),
    Mutant(
        "the title of a page says whom it is about",
        "templates/layout.html",
        "  <title>{{ site_name }}</title>",
        "  <title>{{ self.title() }}</title>",
        f"{CRAWL}::test_no_address_title_or_header_says_a_word_of_hers",
    ),
    Mutant(
        "the page of her number says whose it is",
        "templates/plain.html",
        "  <title>{{ notes_title }}</title>",
        "  <title>{{ self.title() }}</title>",
        f"{HER_NUMBER}::test_address_and_title_never_change_and_no_cookie_is_set",
    ),
    Mutant(
        "a case that is somebody else's is refused in other words than an absent one",
        "hub/cases/queries.py",
        """    row: CaseRow | None = desk.db.execute(wanted).scalar_one_or_none()
    if row is None:
        raise NothingHere
""",
        """    row: CaseRow | None = desk.db.execute(wanted).scalar_one_or_none()
    if row is None and desk.db.get(CaseRow, case) is not None:
        raise PermissionError
    if row is None:
        raise NothingHere
""",
        MANAGER,
    ),
    Mutant(
        "a referral of others is refused in other words than an absent one",
        "pathways/referrals/queries.py",
        """    row = _found(desk, or_(sender, receiver))
    if row is None:
        raise NothingHere
""",
        """    row = _found(desk, or_(sender, receiver))
    if row is None and _found(desk, col(ReferralRow.sender_ref) == ref) is not None:
        raise PermissionError
    if row is None:
        raise NothingHere
""",
        "tests/spec/test_third_agency.py",
    ),
    Mutant(
        "her copy names members of staff",
        LEDGER_WORDS,
        "who = listed(dict.fromkeys(_does(each) for each in line.opened))",
        "who = listed(dict.fromkeys(each.person for each in line.opened))",
        f"{LEDGER}::test_her_copy_speaks_to_her_and_names_no_member_of_staff",
    ),
    Mutant(
        "the ledger says that somebody opened it who had lost it",
        OPENED,
        "return share.ended_at is None or opening.first_at <= share.ended_at",
        "return True",
        "tests/rules/test_who_opened_a_share.py",
    ),
    Mutant(
        "small figures are shown",
        STATISTICS,
        "LEAST: Final = 10\n",
        "LEAST: Final = 3\n",
        FIGURES,
    ),
    Mutant(
        "figures are shown as they are",
        STATISTICS,
        "return Figure(Standing.BAND, count - count % BAND)",
        "return Figure(Standing.BAND, count)",
        FIGURES,
    ),
    Mutant(
        "a total lets a small figure be worked out",
        STATISTICS,
        "least = sum(part.least for part in parts)",
        "least = sum(part.least or BAND for part in parts)",
        FIGURES,
    ),
    Mutant(
        "figures move with every new case",
        STATISTICS,
        "until = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)",
        "until = at",
        FIGURES,
    ),
    Mutant(
        "a road that nobody took is told of",
        STATISTICS,
        "    flows = {pair: figure(count) for pair, count in sorted(pairs.items()) if count}\n",
        "    flows = {pair: figure(count) for pair, count in sorted(pairs.items())}\n",
        FIGURES,
    ),
    Mutant(
        "arrivals are counted as they come",
        "hub/cases/queries.py",
        "            col(CaseRow.opened_at) < until,\n",
        "",
        "tests/spec/test_coordinator_and_the_map.py",
    ),
    Mutant(
        "the street of a confidential place is kept",
        "pathways/directory/rows.py",
        "    open_ = not location.confidential\n",
        "    open_ = True\n",
        "tests/rules/test_confidential_places.py",
    ),
    Mutant(
        "the street of a confidential place is read",
        "pathways/directory/loading.py",
        "    if row.confidential:\n",
        "    if False:\n",
        "tests/store/test_directory_keeping.py",
    ),
    Mutant(
        "a confidential place is drawn on the map",
        "pathways/directory/listing.py",
        "            if place.point is not None and not place.confidential\n",
        "            if place.point is not None\n",
        "tests/rules/test_confidential_places.py",
    ),
    Mutant(
        "a confidential place goes out in an export",
        "pathways/directory/exporting.py",
        "shown = [place for place in service.locations if not place.confidential]",
        "shown = list(service.locations)",
        "tests/edges/test_directory_import_files.py tests/rules/test_directory_hsds.py",
    ),
    Mutant(
        "a file opens a place that was made confidential",
        "pathways/directory/keeping.py",
        "        if known is not None and known.confidential:\n",
        "        if False:\n",
        "tests/store/test_directory_keeping.py",
    ),
]
