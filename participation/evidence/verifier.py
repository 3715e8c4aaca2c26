#!/usr/bin/env python3
"""Checks receipts and signed heads of a participation platform. One file, Python 3.9 or newer, nothing
to install, no network: it trusts neither the site nor this machine's certificates, only the public key.

核对凭条和签名的独立程序：一个文件，不用安装，不联网。

    python3 verifier.py receipt receipt-12.json [--key KEY]
    python3 verifier.py head head.txt --key KEY
    python3 verifier.py consistency proof.json [--from OLD.txt] [--to NEW.txt] [--key KEY]

KEY is the line under "The key that signs" on /transparency; take it from a paper or a person, not only
from the file that you check. Exit status: 0 everything fits, 1 something does not, 2 cannot be read.

A record is JSON text; its leaf is SHA-256(0x00 || text). The leaves form a Merkle tree (RFC 9162
section 2.1). The tree's root is signed (Ed25519, RFC 8032) in a C2SP checkpoint. Public domain.
"""

import argparse
import base64
import hashlib
import json
import sys

# Ed25519, RFC 8032 section 5.1, verification only: nothing here is secret, so nothing has to be constant in time.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
ONE = (0, 1, 1, 0)


def add(a, b):
    w, x = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    y, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = x - w, z - y, z + y, x + w
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(number, point):
    answer = ONE
    while number:
        if number & 1:
            answer = add(answer, point)
        point, number = add(point, point), number >> 1
    return answer


def same(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point_of(raw):
    """The point that 32 bytes stand for; None if they stand for none."""
    y = int.from_bytes(raw, "little")
    odd, y = y >> 255, y & (2**255 - 1)
    if len(raw) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed_by(public, message, signature):
    """RFC 8032 section 5.1.7."""
    a, r = point_of(public), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or len(signature) != 64 or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return same(multiply(s, BASE), add(r, multiply(k, a)))


# The Merkle tree of RFC 9162 section 2.1.


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def included(leaf, index, size, path, root):
    """Section 2.1.3.2: the leaf is number `index` of `size` under the root."""
    if not 0 <= index < size:
        return False
    at, last, answer = index, size - 1, leaf
    for neighbour in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            answer = node(neighbour, answer)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            answer = node(answer, neighbour)
        at, last = at >> 1, last >> 1
    return last == 0 and answer == root


def consistent(first, second, first_root, second_root, path):
    """Section 2.1.4.2: the tree of `second` leaves begins with the tree of `first` leaves."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    path = list(path) if first & (first - 1) else [first_root, *path]
    if not path:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for neighbour in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node(neighbour, old), node(neighbour, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node(new, neighbour)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


class Head:
    """A C2SP checkpoint: origin, size, root, further lines, empty line, signatures."""

    def __init__(self, note):
        body, _, signatures = note.partition("\n\n")
        lines = body.split("\n")
        if len(lines) < 3 or not lines[1].isdigit() or len(lines[1]) > 18 or str(int(lines[1])) != lines[1]:
            raise ValueError("not a checkpoint")
        self.body, self.origin, self.size = body + "\n", lines[0], int(lines[1])
        self.root = base64.b64decode(lines[2], validate=True)
        self.time = next((line[5:] for line in lines[3:] if line.startswith("time ")), "")
        self.signatures = [line[2:].rsplit(" ", 1) for line in signatures.split("\n") if line.startswith("— ")]
        if len(self.root) != 32 or not self.signatures:
            raise ValueError("not a checkpoint")

    def fits(self, key):
        """Whether one of the signatures is the key's."""
        name, identity, encoded = key.strip().split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
        expected = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        if len(raw) != 33 or raw[:1] != b"\x01" or expected.hex() != identity:
            raise ValueError("not a key")
        for signer, signature in self.signatures:
            given = base64.b64decode(signature, validate=True)
            if signer == name == self.origin and given[:4] == expected:
                return signed_by(raw[1:], self.body.encode(), given[4:])
        return False


def check_receipt(found, key):
    """(what was asked, whether it fits) in the order in which it is told."""
    head, digest = Head(found["checkpoint"]), bytes.fromhex(found["digest"])
    path = [bytes.fromhex(each) for each in found["path"]]
    place = found["leaf_index"]
    if "payload" in found:
        leaf = hashlib.sha256(b"\x00" + found["payload"].encode()).digest()
        yield "the record gives its fingerprint 记录与指纹一致", leaf == digest
    yield (
        "the record is in the whole log 记录在整本账里",
        included(digest, place, head.size, path, head.root),
    )
    yield "the log is signed with the key 整本账的签名有效", head.fits(key)
    for beside in found.get("beside", []):
        yield from check_receipt(beside, key)


def check_consistency(found, key, old=None, new=None):
    first, second = Head(old or found["from_checkpoint"]), Head(new or found["to_checkpoint"])
    path, roots = [bytes.fromhex(each) for each in found["path"]], (first.root, second.root)
    yield "the earlier head is signed with the key 早先的签名有效", first.fits(key)
    yield "the later head is signed with the key 后来的签名有效", second.fits(key)
    yield (
        "nothing before was changed 前面的记录没有改动",
        consistent(first.size, second.size, *roots, path),
    )


def tell(found):
    """What a receipt says, for people."""
    said = json.loads(found["payload"]) if "payload" in found else {}
    lines = [f"record 记录: {found['entry']}"]
    names = {"verb": "act 事项", "recorded_at": "recorded 记录时间 (UTC)", "clock": "clock 时钟"}
    lines += [f"{name}: {said[key]}" for key, name in names.items() if key in said]
    lines += [f"{key}: {value}" for key, value in said.get("facts", {}).items()]
    for beside in found.get("beside", []):
        lines += tell(beside)
    return lines


def read(name):
    with open(name, encoding="utf-8", newline="") as file:
        return file.read()


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Checks receipts and signed heads offline. 离线核对凭条和签名。")
    commands = parser.add_subparsers(dest="what", required=True)
    for what in ("receipt", "head", "consistency"):
        command = commands.add_parser(what)
        command.add_argument("file")
        command.add_argument("--key", default="")
        if what == "consistency":
            command.add_argument("--from", dest="old")
            command.add_argument("--to", dest="new")
    given = parser.parse_args(arguments)
    try:
        text = read(given.file)
        found = {} if given.what == "head" else json.loads(text)
        key = given.key or found.get("key", "")
        if not key:
            print("give the public key with --key 请用 --key 给出公钥", file=sys.stderr)
            return 2
        if given.what == "receipt":
            answers = list(check_receipt(found, key))
        elif given.what == "head":
            answers = [("the head is signed with the key 签名有效", Head(text).fits(key))]
        else:
            old, new = (read(name) if name else None for name in (given.old, given.new))
            answers = list(check_consistency(found, key, old, new))
        told = tell(found) if given.what == "receipt" else []
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"cannot be read 读不出来: {type(error).__name__} {error}", file=sys.stderr)
        return 2
    for line in told:
        print(line)
    for question, fits in answers:
        print(f"{'OK  对得上 ' if fits else 'BAD 对不上 '} {question}")
    if not given.key:
        print("the key came with the file: compare it with one from elsewhere 公钥来自文件本身，请另行核对")
        print(f"  {key}")
    return 0 if all(fits for _question, fits in answers) else 1


if __name__ == "__main__":
    sys.exit(main())
