"""Sabotages of passing over an intake desk that is not safe, and of letting it know again."""

from typing import Final

from tests.mutants.mutant import Mutant

BESIDE: Final = "hub/cases/keeping/beside.py"
ACTIONS: Final = "hub/cases/keeping/actions.py"
NAMED: Final = "hub/cases/keeping/named.py"
LIFTING: Final = "hub/door/lifting.py"

LETTING_IN: Final = "tests/spec/test_letting_in_again.py"
UNSAFE: Final = "tests/spec/test_unsafe_desk.py"

DESKS: Final = [
    Mutant(
        "who asks to let a desk know again says yes alone",
        BESIDE,
        "        col(kind.lift_reason).in_(readable),\n"
        "        col(kind.lift_asked_by) != desk.sight.person,\n",
        "        col(kind.lift_reason).in_(readable),\n",
        LETTING_IN,
    ),
    Mutant(
        "a name that waits to be crossed out is listed to whoever carries no key to why",
        BESIDE,
        "        col(kind.lift_reason).in_(readable),\n",
        "        col(kind.lift_reason).is_not(None),\n",
        UNSAFE,
    ),
    Mutant(
        "a yes to older words lets a desk know again",
        BESIDE,
        "        col(kind.lift_reason) == reason,\n",
        "",
        UNSAFE,
    ),
    Mutant(
        "a yes to older words lets somebody know again",
        LIFTING,
        "return [*_confirmable(sight), col(KeepOutRow.lift_reason) == reason]",
        "return _confirmable(sight)",
        "tests/rules/test_keeping_out.py",
    ),
    Mutant(
        "an officer says yes to what they cannot read",
        LIFTING,
        "*_confirmable(sight), col(KeepOutRow.lift_reason).in_(readable))",
        "*_confirmable(sight))",
        UNSAFE,
    ),
    Mutant(
        "what an unsafe desk took on before stays with its people",
        ACTIONS,
        "    pass_over(desk.db, desk.sight, row.id, there, people)\n",
        "",
        UNSAFE,
    ),
    Mutant(
        "whoever comes to an unsafe desk later knows of her",
        "hub/people/actions.py",
        "        for subject in follow(desk.db, desk.sight, there, person):\n",
        "        for subject in ():\n",
        UNSAFE,
    ),
    Mutant(
        "whoever is no safe contact any more still knows of her",
        NAMED,
        '        for subject in follow(desk.db, desk.sight, there or HolderId(""), person):\n',
        "        for subject in ():\n",
        UNSAFE,
    ),
    Mutant(
        "somebody who is kept out knows of her under another account",
        ACTIONS,
        "    for account in accounts:\n",
        "    for account in [person]:\n",
        UNSAFE,
    ),
    Mutant(
        "a safe contact who reads nothing any more is sent it",
        NAMED,
        "            _works_with_people(),\n",
        "",
        UNSAFE,
    ),
    Mutant(
        "a desk is let in again as soon as somebody asks",
        NAMED,
        "        col(NeverDeskRow.agency) == agency,\n"
        "        col(NeverDeskRow.lifted_at).is_(None),\n",
        "        col(NeverDeskRow.agency) == agency,\n"
        "        col(NeverDeskRow.lift_asked_by).is_(None),\n",
        LETTING_IN,
    ),
]
