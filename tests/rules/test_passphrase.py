"""What a passphrase must be, how it is kept, and that trying one costs the same for everybody."""

import pytest
from argon2 import PasswordHasher

from hub.people import hashing
from hub.people.passphrase import LONGEST, WeakPassphrase, plain, refuse_weak

OWN = ["Rosa Adeyemi", "rosa.adeyemi@harbour.example", "Harbour House", "Linden"]

WEAK = {
    "too short": "four words",
    "one letter": "a" * 30,
    "five letters over and over": "abcde" * 6,
    "a common word and a year": "Password2024!",
    "two common words": "iloveyou dragon",
    "a row of keys": "qwertyuiop123456",
    "a row of keys backwards": "poiuytrewq098765",
    "the alphabet": "abcdefghijklmnopqrstuvwxyz",
    "her name": "rosa adeyemi 2030",
    "her e-mail": "rosa.adeyemi@harbour.example",
    "her agency": "HarbourHouse2030!",
    "the hub itself": "linden linden linden",
    "too long": "kettle moss bridge " * 11,
    "a control character": "kettle moss bridge\x00lamp",
}

STRONG = [
    "correct horse battery staple",
    "kettle moss bridge lamp",
    "Vier Wörter ganz ohne Sinn",
    "كلمات كثيرة بلا معنى هنا",
    "x9$Lq!mR2v#T7p",
    "kettle moss bridge lamp " * 8,
]


@pytest.mark.parametrize("passphrase", WEAK.values(), ids=WEAK)
def test_a_passphrase_guessed_early_is_refused_with_advice(passphrase: str) -> None:
    with pytest.raises(WeakPassphrase, match=r"\w"):
        refuse_weak(passphrase, OWN)


@pytest.mark.parametrize("passphrase", STRONG)
def test_a_few_words_in_any_language_are_accepted(passphrase: str) -> None:
    refuse_weak(passphrase[:LONGEST], OWN)


def test_twelve_characters_are_enough_and_eleven_are_not() -> None:
    refuse_weak("kettle moss!", OWN)
    with pytest.raises(WeakPassphrase):
        refuse_weak("kettle moss", OWN)


def test_what_looks_the_same_is_the_same_and_nothing_else_is() -> None:
    assert plain("e\u0301te\u0301 a\u00a0b") == "\u00e9t\u00e9 a b"
    assert plain(" Two  Words ") == " Two  Words "


def test_the_stored_form_is_argon2id_with_the_agreed_cost() -> None:
    assert hashing.stored_form("kettle moss").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hashing.stored_form("kettle moss") != hashing.stored_form("kettle moss")


@pytest.mark.parametrize("known", range(4))
def test_trying_costs_as_many_hashes_whoever_is_meant(
    known: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = [hashing.stored_form("kettle moss")] * known
    tried: list[str] = []

    class Counting:
        def verify(self, kept: str, _passphrase: str) -> bool:
            tried.append(kept)
            return real.verify(kept, _passphrase)

    real = hashing._hasher
    monkeypatch.setattr(hashing, "_hasher", Counting())
    assert hashing.tried("another one", stored) == []
    assert len(tried) == hashing.TRIES
    assert {kept.rsplit("$", 2)[0] for kept in tried} == {"$argon2id$v=19$m=19456,t=2,p=1"}


def test_nothing_fits_the_hash_that_stands_for_nobody() -> None:
    assert hashing.tried("", []) == []
    assert hashing.tried("kettle moss", [hashing.DUMMY]) == []


def test_a_hash_of_older_cost_fits_and_is_made_anew() -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("kettle moss")
    (fitting,) = hashing.tried("kettle moss", [old])
    assert fitting.stored == old
    assert fitting.renewed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    (again,) = hashing.tried("kettle moss", [fitting.renewed])
    assert again.renewed == again.stored


def test_a_broken_stored_form_fits_nothing_and_breaks_nothing() -> None:
    assert hashing.tried("kettle moss", ["", "not a hash", "$argon2id$v=19$m=1"]) == []
