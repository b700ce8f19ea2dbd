"""Sabotages of the one door: sealing, sharing, opening, ending, waiting, lending, counting."""

from typing import Final

from tests.mutants.mutant import Mutant

ENVELOPES: Final = "hub/door/envelopes.py"
SHARES: Final = "hub/door/shares.py"
KEYS: Final = "hub/door/keys.py"
SPAN: Final = "hub/door/span.py"
LOOK: Final = "hub/door/look.py"
READERS: Final = "hub/door/readers.py"
LEDGERS: Final = "hub/door/ledgers.py"
OPENINGS: Final = "hub/door/openings.py"
OWN_COPY: Final = "hub/door/own_copy.py"
HOLDERS: Final = "hub/door/holders.py"
LENDING: Final = "hub/door/emergency.py"
TRIPWIRE: Final = "hub/door/tripwire.py"

READING: Final = "tests/rules/test_door.py tests/rules/test_door_keys.py"
WAITING: Final = "tests/rules/test_waiting_shares.py"
STRANGERS: Final = "tests/rules/test_strangers_at_the_door.py"
SEAL: Final = "tests/architecture/test_seal.py"
HER_NUMBER: Final = "tests/spec/test_number_of_her_own.py"
LEDGER: Final = "tests/spec/test_ledger.py"

DOOR: Final = [
    Mutant(
        "nobody checks how long a ground permits",
        ENVELOPES,
        "or to.until > until ",
        "",
        READING,
    ),
    Mutant(
        "a share is made that is over already",
        ENVELOPES,
        " or to.until <= sight.at:",
        ":",
        READING,
    ),
    Mutant(
        "whoever passes it on gives more time than they have",
        ENVELOPES,
        "if any(each.until > row.until for each in to):",
        "if False:",
        READING,
    ),
    Mutant(
        "a receiver passes on as if they had written it",
        ENVELOPES,
        "written = _Written(envelope, row.subject, row.category, agency, _key(sight, row))",
        "written = _Written(envelope, row.subject, row.category, sight.agency, _key(sight, row))",
        READING,
    ),
    Mutant(
        "every share opens, whoever holds it",
        ENVELOPES,
        'col(ShareRow.holder).in_(bindparam("holders", expanding=True)),',
        'col(ShareRow.holder).not_in(bindparam("holders", expanding=True)),',
        READING,
    ),
    Mutant(
        "a locked entry is not bound to its envelope",
        ENVELOPES,
        "{envelope}|{category.value}",
        "{category.value}",
        READING,
    ),
    Mutant(
        "a locked entry is not bound to its category",
        ENVELOPES,
        "{envelope}|{category.value}",
        "{envelope}",
        READING,
    ),
    Mutant(
        "an opening leaves no line in the log",
        ENVELOPES,
        'audit.note(db, sight, "entry.opened", facts)',
        "pass",
        READING,
    ),
    Mutant(
        "an entry is written that nobody holds",
        ENVELOPES,
        "if not sealings or not shares or not",
        "if not sealings or not",
        READING,
    ),
    Mutant(
        "her own copy is made of what never left her agency",
        ENVELOPES,
        "        _copy_for_her(db, sight, made, own_copies(db, sight, subjects))\n",
        "        pass\n    _copy_for_her(db, sight, made, own_copies(db, sight, subjects))\n",
        HER_NUMBER,
    ),
    Mutant(
        "a key is not bound to its envelope", KEYS, "                self.envelope,\n", "", READING
    ),
    Mutant("a key is not bound to its holder", KEYS, "                self.holder,\n", "", READING),
    Mutant("a key is not bound to its ground", KEYS, "                self.ground,\n", "", READING),
    Mutant("a key is not bound to its record", KEYS, "                self.record,\n", "", READING),
    Mutant(
        "a key is not bound to its last moment",
        KEYS,
        "                self.until.isoformat(),\n",
        "",
        READING,
    ),
    Mutant(
        "a share opens although it waits",
        SPAN,
        "return (or_(waits.is_(None), waits <= now), col(share.until) > now)",
        "return (col(share.until) > now, col(share.until) > now)",
        WAITING,
    ),
    Mutant(
        "a share opens at the instant it ends",
        SPAN,
        "waits <= now), col(share.until) > now)",
        "waits <= now), col(share.until) >= now)",
        READING,
    ),
    Mutant(
        "a share opens after it ended",
        SPAN,
        "waits <= now), col(share.until) > now)",
        "waits <= now), col(share.until).is_not(None))",
        READING,
    ),
    Mutant(
        "a list shows what somebody else holds",
        LOOK,
        'col(_HELD.holder).in_(bindparam("sight_holders", expanding=True)),',
        'col(_HELD.holder).not_in(bindparam("sight_holders", expanding=True)),',
        "tests/spec/test_intake_worker.py",
    ),
    Mutant(
        "an agenda shows what was taken back",
        LOOK,
        "        col(_HELD.wrapped).is_not(None),\n",
        "",
        STRANGERS,
    ),
    Mutant(
        "a list shows what waits or is over",
        LOOK,
        '        *in_time(_HELD, bindparam("sight_at", type_=UtcMoment)),\n',
        "",
        STRANGERS,
    ),
    Mutant(
        "who reads an envelope is told to whoever cannot read it",
        READERS,
        """        col(ShareRow.envelope).in_(bindparam("envelopes", expanding=True)),
        open_to_sight(col(ShareRow.envelope)),
        col(ShareRow.wrapped).is_not(None),
        *in_time(ShareRow,""",
        """        col(ShareRow.envelope).in_(bindparam("envelopes", expanding=True)),
        col(ShareRow.wrapped).is_not(None),
        *in_time(ShareRow,""",
        STRANGERS,
    ),
    Mutant(
        "who sits beside an item is told to whoever cannot read it",
        READERS,
        "        open_to_sight(_SHARE.envelope),\n",
        "",
        STRANGERS,
    ),
    Mutant(
        "who will read an envelope is told to whoever cannot",
        READERS,
        """        open_to_sight(col(ShareRow.envelope)),
        col(ShareRow.wrapped).is_not(None),
        col(ShareRow.opens_at) >""",
        """        col(ShareRow.wrapped).is_not(None),
        col(ShareRow.opens_at) >""",
        STRANGERS,
    ),
    Mutant(
        "who sits beside an item is shown although they have lost it",
        READERS,
        "        _SHARE.wrapped.is_not(None),\n",
        "",
        STRANGERS,
    ),
    Mutant(
        "taking back leaves the key where it was",
        SHARES,
        ".values(wrapped=None, ended_at=sight.at, ended_why=ending.why)",
        ".values(ended_at=sight.at, ended_why=ending.why)",
        READING,
    ),
    Mutant(
        "an ending that names nothing ends everything",
        SHARES,
        'or "" in (ending.record, ending.holder, ending.subject)',
        "",
        READING,
    ),
    Mutant(
        "the job that shuts what is over leaves the keys where they were",
        SHARES,
        '.values(wrapped=None, ended_at=col(ShareRow.until), ended_why="expired")',
        '.values(ended_at=col(ShareRow.until), ended_why="expired")',
        READING,
    ),
    Mutant(
        "calling back leaves the key where it was",
        SHARES,
        ".values(wrapped=None, ended_at=sight.at, ended_why=CALLED_BACK)",
        ".values(ended_at=sight.at, ended_why=CALLED_BACK)",
        WAITING,
    ),
    Mutant(
        "what was called back counts as told before",
        SHARES,
        "            or_(col(ShareRow.ended_at).is_(None), col(ShareRow.ended_at) > began),\n",
        "",
        "tests/spec/test_recall.py",
    ),
    Mutant(
        "the ledger is told to whoever asks",
        SHARES,
        "    if holder not in sight.holders:\n        raise NothingHere\n",
        "",
        READING,
    ),
    Mutant(
        "the ledger tells what other agencies wrote",
        SHARES,
        ", col(EnvelopeRow.agency) == sight.agency)",
        ")",
        READING,
    ),
    Mutant(
        "a page of the ledger is told to whoever asks",
        LEDGERS,
        "        col(HolderRow.id).in_(sorted(sight.holders)),\n",
        "",
        STRANGERS,
    ),
    Mutant(
        "a page of the ledger tells of every case",
        LEDGERS,
        "        col(ShareRow.subject) == walk.subject,\n        col(ShareRow.ground)",
        "        col(ShareRow.ground)",
        STRANGERS,
    ),
    Mutant(
        "the ledger tells what the receivers wrote for themselves",
        LEDGERS,
        "        col(EnvelopeRow.agency) == own.scalar_subquery(),\n",
        "",
        STRANGERS,
    ),
    Mutant(
        "the mark of another case's ledger is taken",
        LEDGERS,
        "col(ShareRow.id) == walk.after, col(ShareRow.subject) == walk.subject",
        "col(ShareRow.id) == walk.after",
        STRANGERS,
    ),
    Mutant(
        "who opened something is told to whoever asks",
        OPENINGS,
        """            col(HolderRow.id).in_(bindparam("holders", expanding=True)),
        ),
""",
        "        ),\n",
        LEDGER,
    ),
    Mutant(
        "her copy goes on after it ended",
        OWN_COPY,
        "    col(OwnCopyRow.ended_at).is_(None),\n    col(OwnCopyRow.until)",
        "    col(OwnCopyRow.until)",
        HER_NUMBER,
    ),
    Mutant(
        "her copy goes on after its last day",
        OWN_COPY,
        '    col(OwnCopyRow.until) > bindparam("now", type_=UtcMoment),\n',
        "",
        HER_NUMBER,
    ),
    Mutant(
        "the key of another agency's case is lent in an emergency",
        LENDING,
        "        col(HolderRow.agency) == sight.agency,\n",
        "",
        STRANGERS,
    ),
    Mutant(
        "a key is lent without an emergency that is written down",
        LENDING,
        "if loan.ground.kind is not Ground.EMERGENCY or not loan.ground.record:",
        "if False:",
        STRANGERS,
    ),
    Mutant(
        "what is lent in an emergency is given to the whole team's holder",
        LENDING,
        "[To(own, loan.ground, loan.until)]",
        "[To(team.holder, loan.ground, loan.until)]",
        "tests/spec/test_emergency_access.py",
    ),
    Mutant(
        "the tripwire lets every statement pass",
        TRIPWIRE,
        "if not SEALED.search(sql) or _shapes_only(sql):",
        "if True:",
        SEAL,
    ),
    Mutant(
        "the tripwire lets a table be copied into another",
        TRIPWIRE,
        ' and "SELECT" not in shouted',
        "",
        SEAL,
    ),
    Mutant("the tripwire reads small letters only", TRIPWIRE, ", re.IGNORECASE", "", SEAL),
    Mutant(
        "the tripwire takes anything for a sight",
        TRIPWIRE,
        'isinstance(context.execution_options.get("sight"), Sight)',
        'context.execution_options.get("sight")',
        SEAL,
    ),
    Mutant(
        "whoever works with people no more looks with the keys they still carry",
        HOLDERS,
        "        if not looker.roles & WITH_PEOPLE:\n",
        "        if False:\n",
        STRANGERS,
    ),
]
