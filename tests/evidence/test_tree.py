"""The tree against the definition in RFC 9162 and against the vectors of Certificate Transparency."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.evidence import tree

# The eight leaves and the roots over their first n, as in the tests of Certificate Transparency.
LEAVES = [
    bytes.fromhex(data)
    for data in (
        "", "00", "10", "2021", "3031", "40414243",
        "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


HASHED = [leaf(data) for data in LEAVES]


def naive(leaves: list[bytes]) -> bytes:
    """MTH(D[n]) word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + naive(leaves[:k]) + naive(leaves[k:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_certificate_transparency(size):
    assert tree.root(HASHED[:size]).hex() == ROOTS[size]


def made(size: int) -> list[bytes]:
    return [leaf(str(number).encode()) for number in range(size)]


@given(st.integers(0, 300))
def test_the_root_is_the_definition(size):
    assert tree.root(made(size)) == naive(made(size))


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_frontier_grows_to_the_same_root(first, more):
    leaves = made(first + more)
    grown = tree.Frontier().extend(leaves[:first]).extend(leaves[first:])
    assert grown == tree.Frontier().extend(leaves)
    assert grown.root() == naive(leaves)


@given(st.integers(1, 130).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1))))
def test_every_leaf_proves_that_it_is_in_the_tree_and_nowhere_else(case):
    size, index = case
    leaves = made(size)
    proof = tree.inclusion_proof(index, size, tree.subtree_of(leaves))
    root = naive(leaves)
    assert tree.verify_inclusion(leaves[index], index, size, proof, root)
    assert not tree.verify_inclusion(leaf(b"other"), index, size, proof, root)
    assert not tree.verify_inclusion(leaves[index], index, size, proof, leaf(b"other"))
    assert not tree.verify_inclusion(leaves[index], index, size, [*proof, root], root)
    if proof:
        assert not tree.verify_inclusion(leaves[index], index, size, proof[:-1], root)
        for other in (index - 1, index + 1, size):
            assert not tree.verify_inclusion(leaves[index], other, size, proof, root)


@given(st.integers(1, 130).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
def test_a_larger_tree_proves_that_it_begins_with_the_smaller(case):
    first, second = case
    leaves = made(second)
    proof = tree.consistency_proof(first, second, tree.subtree_of(leaves))
    old, new = naive(leaves[:first]), naive(leaves)
    assert tree.verify_consistency(first, second, old, new, proof)
    changed = naive([leaf(b"other"), *leaves[1:]][:first])
    assert not tree.verify_consistency(first, second, changed, new, proof)
    assert not tree.verify_consistency(first, second, old, leaf(b"other"), proof)
    if first < second:
        assert not tree.verify_consistency(first, second, old, new, [*proof, old])
        assert not tree.verify_consistency(first, second, old, new, proof[:-1])
        assert not tree.verify_consistency(second, first, new, old, proof)


def test_the_published_proofs_of_the_eight_leaves_are_these():
    # RFC 9162 section 2.1.5 names the nodes of a tree of seven leaves.
    a, b, c, d, e, f, j = HASHED[:7]
    g, h, i = tree.node(a, b), tree.node(c, d), tree.node(e, f)
    k, over_four = tree.node(i, j), tree.node(g, h)
    of = tree.subtree_of(HASHED[:7])
    assert tree.inclusion_proof(0, 7, of) == [b, h, k]
    assert tree.inclusion_proof(3, 7, of) == [c, g, k]
    assert tree.inclusion_proof(4, 7, of) == [f, j, over_four]
    assert tree.inclusion_proof(6, 7, of) == [i, over_four]
    assert tree.consistency_proof(3, 7, of) == [c, d, g, k]
    assert tree.consistency_proof(4, 7, of) == [k]
    assert tree.consistency_proof(6, 7, of) == [i, j, over_four]


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 3), (3, 3)])
def test_a_leaf_outside_the_tree_has_no_proof(index, size):
    with pytest.raises(ValueError, match="not in the tree"):
        tree.inclusion_proof(index, size, tree.subtree_of(HASHED))
    assert not tree.verify_inclusion(HASHED[0], index, size, [], HASHED[0])


def test_a_tree_of_nothing_is_the_beginning_of_every_tree():
    assert tree.verify_consistency(0, 3, tree.EMPTY, tree.root(HASHED[:3]), [])
    assert not tree.verify_consistency(0, 3, HASHED[0], tree.root(HASHED[:3]), [])
    assert not tree.verify_consistency(-1, 3, tree.EMPTY, HASHED[0], [])
