"""The tree over the audit log: hashing, a tree that grows, and proofs (RFC 6962, RFC 9162)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Self

HASH_BYTES: Final = 32
EMPTY: Final = sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf(body: bytes) -> bytes:
    """The hash of one leaf: SHA-256(0x00 || body)."""
    return sha256(b"\0" + body).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees: SHA-256(0x01 || left || right)."""
    return sha256(b"\1" + left + right).digest()


@dataclass(slots=True)
class Growing:
    """A tree that is only ever added to: its size and the roots of its full subtrees.

    `peaks` is what has to be kept of all leaves so far, largest subtree first: one hash for each
    bit that is set in `size`, so 20 of them for a million leaves.
    """

    size: int
    peaks: list[bytes]

    @classmethod
    def empty(cls) -> Self:
        """A tree without leaves."""
        return cls(0, [])

    @classmethod
    def of(cls, leaves: Iterable[bytes]) -> Self:
        """The tree over these leaf hashes."""
        made = cls.empty()
        for each in leaves:
            made.add(each)
        return made

    @classmethod
    def read(cls, size: int, kept: bytes) -> Self:
        """A tree as `packed` kept it.

        Raises:
            ValueError: as many hashes as a tree of this size has are not there.
        """
        if len(kept) != size.bit_count() * HASH_BYTES:
            raise ValueError("not the subtrees of a tree of this size")
        return cls(size, [kept[at : at + HASH_BYTES] for at in range(0, len(kept), HASH_BYTES)])

    def packed(self) -> bytes:
        """The peaks, one after another."""
        return b"".join(self.peaks)

    def add(self, hashed: bytes) -> None:
        """One more leaf, given as its hash; two hashes are made on average, however large it is."""
        self.size += 1
        full = self.size
        while full % 2 == 0:
            hashed = node(self.peaks.pop(), hashed)
            full //= 2
        self.peaks.append(hashed)

    def root(self) -> bytes:
        """The root over everything added so far."""
        if not self.peaks:
            return EMPTY
        made = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            made = node(peak, made)
        return made


@dataclass(frozen=True, slots=True)
class Tree:
    """What a tree is known by to whoever has not seen its leaves."""

    size: int
    root: bytes


def inclusion_proof(leaves: Sequence[bytes], place: int) -> list[bytes]:
    """The hashes that lead from one leaf (counted from 0) to the root, nearest first.

    Source: PATH of RFC 9162, 2.1.3.1.
    """
    proof: list[bytes] = []
    low, high = 0, len(leaves)
    while high - low > 1:
        middle = low + _split(high - low)
        if place < middle:
            proof.append(Growing.of(leaves[middle:high]).root())
            high = middle
        else:
            proof.append(Growing.of(leaves[low:middle]).root())
            low = middle
    return proof[::-1]


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """The hashes that show that the first `earlier` of these leaves were the whole tree once.

    Empty when there is nothing to show: `earlier` is 0, or as many as there are leaves.

    Source: PROOF of RFC 9162, 2.1.4.1.
    """
    if earlier in {0, len(leaves)}:
        return []
    proof: list[bytes] = []
    low, high = 0, len(leaves)
    while earlier != high:
        middle = low + _split(high - low)
        if earlier <= middle:
            proof.append(Growing.of(leaves[middle:high]).root())
            high = middle
        else:
            proof.append(Growing.of(leaves[low:middle]).root())
            low = middle
    if low:
        proof.append(Growing.of(leaves[low:high]).root())
    return proof[::-1]


def _split(size: int) -> int:
    """The largest power of two smaller than `size`, which is at least 2."""
    return 1 << (size - 1).bit_length() - 1


def includes(tree: Tree, place: int, hashed: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that this leaf hash stands at `place` in the tree.

    Source: RFC 9162, 2.1.3.2.
    """
    if not 0 <= place < tree.size:
        return False
    at, last = place, tree.size - 1
    for beside in proof:
        if last == 0:
            return False
        if at % 2 or at == last:
            hashed = node(beside, hashed)
            at, last = _after_left(at, last)
        else:
            hashed = node(hashed, beside)
            at, last = at >> 1, last >> 1
    return last == 0 and hashed == tree.root


def grew(earlier: Tree, later: Tree, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the later tree is the earlier one with leaves added at its end.

    Source: RFC 9162, 2.1.4.2.
    """
    if earlier.size > later.size:
        return False
    if earlier.size == later.size:
        return not proof and earlier.root == later.root
    if earlier.size == 0:
        return not proof and earlier.root == EMPTY
    path = list(proof)
    if earlier.size.bit_count() == 1:  # the earlier tree is a subtree of the later one
        path.insert(0, earlier.root)
    return bool(path) and _meet(earlier, later, path)


def _meet(earlier: Tree, later: Tree, path: Sequence[bytes]) -> bool:
    """Follow one path to both roots."""
    at, last = earlier.size - 1, later.size - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            old, new = node(beside, old), node(beside, new)
            at, last = _after_left(at, last)
        else:
            new = node(new, beside)
            at, last = at >> 1, last >> 1
    return last == 0 and old == earlier.root and new == later.root


def _after_left(at: int, last: int) -> tuple[int, int]:
    """One step up, and on past the levels where the subtree has nothing to its right."""
    while at % 2 == 0 and at:
        at, last = at >> 1, last >> 1
    return at >> 1, last >> 1
