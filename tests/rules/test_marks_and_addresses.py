"""Keyed marks, sealed secrets, and the one form in which addresses are kept."""

import pytest

from hub.core.errors import SealBroken
from hub.people.addresses import NotAnAddress, mailbox, network
from hub.people.keyed import mark, opened_words, same, sealed_words

KEY, OTHER = bytes(range(32)), bytes(32)


def test_a_mark_depends_on_key_and_use_and_every_part() -> None:
    marks = {
        mark(KEY, "invitation", "ab", "c"),
        mark(KEY, "invitation", "a", "bc"),
        mark(KEY, "invitation", "abc"),
        mark(KEY, "openid", "ab", "c"),
        mark(OTHER, "invitation", "ab", "c"),
    }
    assert len(marks) == 5
    assert all(len(each) == 43 for each in marks)
    assert same(mark(KEY, "x", "y"), mark(KEY, "x", "y"))
    assert not same(mark(KEY, "x", "y"), mark(KEY, "x", "z"))


def test_a_hub_without_its_signing_key_makes_no_mark() -> None:
    with pytest.raises(SealBroken):
        mark(b"", "invitation", "a")


def test_a_sealed_secret_opens_only_where_it_belongs() -> None:
    locked = sealed_words(KEY, "geheim ü", "provider|a")
    assert b"geheim" not in locked
    assert opened_words(KEY, locked, "provider|a") == "geheim ü"
    with pytest.raises(SealBroken):
        opened_words(KEY, locked, "provider|b")
    with pytest.raises(SealBroken):
        opened_words(OTHER, locked, "provider|a")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Rosa@Harbour.Example", "rosa@harbour.example"),
        ("  o'neil+x@a-b.example ", "o'neil+x@a-b.example"),
    ],
)
def test_an_address_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert mailbox(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "rosa",
        "rosa@",
        "@harbour.example",
        "rosa@harbour",
        "rosa@harbour..example",
        "rosa@-harbour.example",
        "a b@harbour.example",
        "rosa@harbour.example\nBcc: all@example.org",
        "rosa@harbour.example,sam@harbour.example",
        '"rosa"@harbour.example',
        "rosa@harbour.exämple",
        "a" * 65 + "@harbour.example",
        "a@" + "b" * 60 + ".c" * 130,
    ],
)
def test_what_is_no_address_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(NotAnAddress, match="name@agency"):
        mailbox(typed)


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("a socket", ""),
    ],
)
def test_neighbours_on_one_network_count_together(address: str, counted_as: str) -> None:
    assert network(address) == counted_as
