"""Sabotages of the second wall, with which PostgreSQL itself keeps back what is foreign."""

from typing import Final

from tests.mutants.mutant import Mutant

POLICIES: Final = "hub/door/policies.py"
RAISING: Final = "hub/door/raising.py"
TOLD: Final = "hub/door/wall.py"

SECOND: Final = "tests/store/test_second_wall.py"

WALL: Final = [
    Mutant(
        "the wall lets through what anybody holds",
        POLICIES,
        "WHERE {which} AND held.holder IN {MINE}",
        "WHERE {which}",
        f"{SECOND}::test_with_no_filter_of_ours_nobody_is_given_a_foreign_row",
    ),
    Mutant(
        "the wall lets through every case there is",
        POLICIES,
        'own=ours("hub_case.agency"),\n        subject="id",',
        'own="true",\n        subject="id",',
        f"{SECOND}::test_with_no_filter_of_ours_nobody_is_given_a_foreign_row",
    ),
    Mutant(
        "the wall lets through every referral",
        POLICIES,
        'own=ours("referral.from_agency"),\n        changed=_TO_US,',
        'own="true",\n        changed=_TO_US,',
        f"{SECOND}::test_with_no_filter_of_ours_nobody_is_given_a_foreign_row",
    ),
    Mutant(
        "the wall lets envelopes through to whoever asks for company",
        POLICIES,
        """        shared=held("sealed_envelope.id"),
        subject="subject",
        looked_at=(Errand.EXPLAINING,),""",
        """        shared=held("sealed_envelope.id"),
        subject="subject",
        looked_at=(Errand.EXPLAINING, Errand.COMPANY),""",
        f"{SECOND}::test_no_errand_of_the_house_is_shown_an_envelope",
    ),
    Mutant(
        "the wall does not know who must never know",
        RAISING,
        'let_in = f"{table}.{wall.subject} NOT IN {AWAY}"',
        'let_in = "true"',
        f"{SECOND}::test_who_must_not_know_is_given_nothing_of_her_in_any_table",
    ),
    Mutant(
        "the wall does not bind the tables' own maker",
        RAISING,
        '    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"\n',
        "",
        f"{SECOND}::test_every_wall_is_forced_and_has_both_its_clauses",
    ),
    Mutant(
        "whoever carries a receipt works for the agency that gave it",
        TOLD,
        '        sight.agency if sight.roles else "",  # who carries a receipt works for nobody\n',
        "        sight.agency,\n",
        f"{SECOND}::test_whoever_carries_a_receipt_works_for_no_agency",
    ),
]
