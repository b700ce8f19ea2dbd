"""A tree over the log proves that a line stands in it, and that it only ever grew."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.door.merkle import (
    EMPTY,
    Growing,
    Tree,
    consistency_proof,
    grew,
    includes,
    inclusion_proof,
    leaf,
    node,
)

SMALL: Final = 40
HASHES = st.binary(min_size=32, max_size=32)
LEAVES = st.lists(st.binary(max_size=8).map(leaf), min_size=1, max_size=70)

BODIES: Final = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
"""The eight leaves with which implementations of RFC 6962 are compared, and their roots."""
ROOTS: Final = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
INCLUSIONS: Final = {
    (8, 0): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (8, 5): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (3, 2): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
}
CONSISTENCIES: Final = {
    (1, 8): INCLUSIONS[8, 0],
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}


def known(size: int) -> list[bytes]:
    return [leaf(bytes.fromhex(body)) for body in BODIES[:size]]


def tree(leaves: Sequence[bytes]) -> Tree:
    return Tree(len(leaves), Growing.of(leaves).root())


def root_by_the_book(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 9162, 2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = max(2**power for power in range(len(leaves)) if 2**power < len(leaves))
    return node(root_by_the_book(leaves[:split]), root_by_the_book(leaves[split:]))


def in_hex(proof: Sequence[bytes]) -> tuple[str, ...]:
    return tuple(each.hex() for each in proof)


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_every_other_implementation_finds(size: int) -> None:
    assert tree(known(size)).root.hex() == ROOTS[size]


@pytest.mark.parametrize(("size", "place"), INCLUSIONS)
def test_inclusion_proofs_are_those_of_other_implementations(size: int, place: int) -> None:
    assert in_hex(inclusion_proof(known(size), place)) == INCLUSIONS[size, place]


@pytest.mark.parametrize(("earlier", "later"), CONSISTENCIES)
def test_consistency_proofs_are_those_of_other_implementations(earlier: int, later: int) -> None:
    assert in_hex(consistency_proof(known(later), earlier)) == CONSISTENCIES[earlier, later]


def test_a_leaf_can_never_pass_for_an_inner_hash() -> None:
    left, right = known(2)
    assert leaf(left + right) != node(left, right)
    assert leaf(b"") != EMPTY


@given(LEAVES)
def test_a_growing_tree_has_the_root_of_the_book_at_every_size(leaves: list[bytes]) -> None:
    growing = Growing.empty()
    for size, each in enumerate(leaves, 1):
        growing.add(each)
        assert growing.root() == root_by_the_book(leaves[:size])
        assert len(growing.peaks) == size.bit_count()


@given(LEAVES, LEAVES)
def test_a_tree_that_was_put_away_grows_on_as_if_it_never_was(
    first: list[bytes], then: list[bytes]
) -> None:
    kept = Growing.of(first)
    again = Growing.read(kept.size, kept.packed())
    for each in then:
        again.add(each)
    assert again.root() == tree(first + then).root


@pytest.mark.parametrize(("size", "kept"), [(3, bytes(32)), (1, bytes(31)), (0, bytes(32))])
def test_a_tree_put_away_wrongly_is_not_taken_out_again(size: int, kept: bytes) -> None:
    with pytest.raises(ValueError, match="subtrees"):
        Growing.read(size, kept)


def test_every_leaf_of_every_small_tree_is_proved_at_its_place_only() -> None:
    leaves = [leaf(bytes([number])) for number in range(SMALL)]
    for size in range(1, SMALL + 1):
        whole = tree(leaves[:size])
        for place in range(size):
            proof = inclusion_proof(leaves[:size], place)
            assert includes(whole, place, leaves[place], proof)
            elsewhere = [p for p in range(-1, size + 1) if includes(whole, p, leaves[place], proof)]
            assert elsewhere == [place]


def test_every_small_tree_is_proved_to_have_grown_from_each_before() -> None:
    leaves = [leaf(bytes([number])) for number in range(SMALL)]
    for later in range(SMALL + 1):
        for earlier in range(later + 1):
            proof = consistency_proof(leaves[:later], earlier)
            assert grew(tree(leaves[:earlier]), tree(leaves[:later]), proof)


@given(LEAVES, st.data())
def test_no_proof_shows_a_leaf_that_is_not_there(leaves: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    proof = inclusion_proof(leaves, place)
    assert not includes(tree(leaves), place, leaf(b"something else that was never there"), proof)
    assert not includes(tree(leaves), place, leaves[place], [*proof, bytes(32)])
    if proof:
        assert not includes(tree(leaves), place, leaves[place], proof[:-1])
        wrong = data.draw(st.integers(0, len(proof) - 1))
        changed = [bytes(32) if at == wrong else each for at, each in enumerate(proof)]
        assert not includes(tree(leaves), place, leaves[place], changed)


@given(LEAVES, st.data())
def test_no_proof_shows_growth_where_something_was_changed(
    leaves: list[bytes], data: st.DataObject
) -> None:
    earlier = data.draw(st.integers(1, len(leaves)))
    where = data.draw(st.integers(0, earlier - 1))
    forged = [*leaves[:where], leaf(b"put in place of another"), *leaves[where + 1 :]]
    before = tree(leaves[:earlier])
    for told in (leaves, forged):
        assert not grew(before, tree(forged), consistency_proof(told, earlier))


@given(LEAVES, st.lists(HASHES, max_size=8), st.integers(0, 80))
def test_an_invented_proof_of_growth_proves_nothing(
    leaves: list[bytes], invented: list[bytes], size: int
) -> None:
    assert not grew(Tree(size, bytes(32)), tree(leaves), invented)
    assert not grew(tree(leaves), Tree(size, bytes(32)), invented)


@given(LEAVES, st.data())
def test_a_proof_of_growth_with_a_hash_too_many_or_too_few_fails(
    leaves: list[bytes], data: st.DataObject
) -> None:
    earlier = data.draw(st.integers(0, len(leaves)))
    before, after = tree(leaves[:earlier]), tree(leaves)
    proof = consistency_proof(leaves, earlier)
    assert not grew(before, after, [*proof, bytes(32)])
    if proof:
        assert not grew(before, after, proof[:-1])


def test_a_tree_never_grew_into_a_smaller_one() -> None:
    leaves = known(8)
    assert not grew(tree(leaves), tree(leaves[:5]), consistency_proof(leaves, 5))
    assert not grew(Tree(0, bytes(32)), tree(leaves), [])
    assert grew(Tree(0, EMPTY), tree(leaves), [])
