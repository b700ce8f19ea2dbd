"""Whether a way to reach somebody is one of the family's too, whatever it is written in."""

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.cases.safe_contact import also_known, also_recorded, contact_of

SCRIPTS: Final = tuple(
    "".join(chr(zero + digit) for digit in range(10))
    for zero in (0x30, 0x660, 0x6F0, 0x966, 0xFF10)
)
ASCII, ARABIC, PERSIAN, _HINDI, WIDE = SCRIPTS
PARTINGS: Final = " .-\u2013\u2014\u2010\u2011\u00b7_/()\u200e\u202c\u00a0"


def spelt(number: str, script: str) -> str:
    """The same text with its digits in another script."""
    return number.translate(str.maketrans(ASCII, script))


@pytest.mark.parametrize(
    ("value", "text", "alike"),
    [
        ("555 0147 22", "her husband: 555-0147-22", True),
        ("+962 79 555 0147", "brother 079 5550147", True),
        ("00962795550147", "brother (079) 555.0147", True),
        ("555 0148 22", "her husband: 555-0147-22", False),
        ("12345", "12345", False),
        ("a@b.example", "he writes from A@B.example", True),
        ("a@b.example", "he has no e-mail", False),
        ("", "555 0147 22", False),
        ("0791234567", spelt("0791234567", ARABIC), True),
        ("0791234567", spelt("call 079-123-4567 after nine", PERSIAN), True),
        (spelt("0791234567", ARABIC), spelt("0791234567", WIDE), True),
        ("0791234567", "079\u2011123\u20114567", True),
        ("0791234567", "079\u2013123\u20134567", True),
        ("0791234567", "079·123·4567", True),
        ("0791234567", "079_123_4567", True),
        ("0791234567", "\u2066079\u200b 1234567\u2069", True),
        ("0791234567", "born 1990\n0791234567\n3 children", True),
        ("0791234567 / 079 765 4321", "0791234567", True),
        ("0791234567 / 079 765 4321", "079-765-4321", True),
        ("0791234567 / 079 765 4321", "079-765-4322", False),
        ("0791234567 (only she)", "0791234567", True),
        ("+962 79 555 0147", "+962 79 555 0148", False),
        ("0791234567", "079, 123, 4567", False),
    ],
)
def test_a_number_is_known_however_it_is_written(value: str, text: str, alike: bool) -> None:
    assert also_recorded(value, [text]) is alike


@pytest.mark.parametrize(
    ("value", "text", "alike"),
    [
        ("12 Hill Street, Salt", "He lives at 12 Hill Street, Salt", True),
        ("12 Hill Street, Salt", "he lives at 12, HILL STREET (Salt).", True),
        ("12 Hill Street, Salt", "12 Hill Street", True),
        ("١٢ شارع الجامعة", "يسكن في 12 شارع الجامعة", True),
        ("amal.d_1990", "she writes as Amal D. 1990", False),
        ("amalia.d_1990", "she writes as Amalia D. 1990", True),
        (spelt("12 Hill Street", WIDE), "12 hill-street", True),
        ("Rue de l\u2019Église", "rue de l'eglise 4", True),
        ("12 Hill Street, Salt", "He lives at 14 Hill Street, Salt", False),
        ("12 Hill Street, Salt", "Salt", False),
        ("12 Hill Street, Salt", "", False),
        ("mother@b.example", "mother", False),
        ("\uff41@b.example.org", "A @ B.example.org", True),
    ],
)
def test_an_address_is_known_however_it_is_written(value: str, text: str, alike: bool) -> None:
    assert also_recorded(value, [text]) is alike


parting = st.text(st.sampled_from(PARTINGS), max_size=3)
numbers = st.text(st.sampled_from("123456789"), min_size=6, max_size=15)
beside = st.text(st.sampled_from("abc ,;:\n"), max_size=5)


@settings(max_examples=200)
@given(
    numbers, st.lists(parting, min_size=15, max_size=15), *[st.sampled_from(SCRIPTS)] * 2, beside
)
def test_no_script_and_no_spacing_hides_a_number(
    number: str, partings: list[str], ours: str, theirs: str, around: str
) -> None:
    written = spelt(number, ours)
    parted = "".join(each + gap for each, gap in zip(spelt(number, theirs), partings, strict=False))
    assert also_recorded(written, [f"{around}{parted}{around}"])
    assert also_recorded(parted, [f"7{around},{written},{around}12"])


@given(st.text(), st.lists(st.text(max_size=60), max_size=3))
def test_whatever_is_written_there_is_an_answer(value: str, texts: list[str]) -> None:
    assert isinstance(also_recorded(value, texts), bool)
    assert not also_recorded(value, [])


def test_somebody_trusted_may_be_of_the_family_but_no_number_of_theirs() -> None:
    sister, told = {"method": "through someone", "value": "My sister Huda"}, "My sister Huda."
    assert not also_known(contact_of(sister, shared=False), [told])
    for alike in (
        {"method": "letter", "value": "My sister Huda"},
        sister | {"value": "Huda 0791234567"},
        sister | {"value": "huda@b.example"},
    ):
        family = [told, "Huda: 079 123 4567", "Huda, huda@b.example"]
        assert also_known(contact_of(alike, shared=False), family)
