#!/usr/bin/env python3
"""Checks files of the log with nothing of countersign.

    python3 -I log.py checkpoint KEY FILE             is this head signed by the log?
    python3 -I log.py receipt    KEY FILE [RECORD]    is the entry in the log, and is it about this record?
    python3 -I log.py extension  KEY OLDER FILE       does the newer head continue the older checkpoint?
    python3 -I log.py entries    KEY CHECKPOINT FILE  are these all the entries under this head, in this order?
    python3 -I log.py entries    KEY CHECKPOINT FILE OLDER    and do they continue the older checkpoint, and since when?

KEY is the vkey that HR gave you (name+id+base64), or a file that holds it. FILE of `entries` has one entry a line. Needs
Python 3.9 and `cryptography`. Exit code: 0 if it is as it must be, 1 if not, 2 if a file could not be read.
"""

import base64
import binascii
import hashlib
import json
import os
import re
import sys
import unicodedata
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TIME = "%Y-%m-%dT%H:%M:%SZ"
LIMIT = 1 << 20
LARGEST_SIZE = (1 << 63) - 1
LARGEST_INTEGER = (1 << 53) - 1
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
# y of the points of small order. With such a key anybody's signature fits any text.
SMALL_ORDER_Y = {
    0,
    1,
    P - 1,
    int.from_bytes(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"),
    int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"),
}


# What stands in an entry besides `at` and `entry`, by its kind: each member with its form; `?` may be absent.
FORMS = {
    "opened": "format:number key:key origin:name",
    "roster": "file:digest joined:number left:number list:digest people:number total:number",
    "course": "change:added|approved|retired content:digest course:id details:digest",
    "rules": "details:digest kind:acceptance|retention|recurrence|end",
    "assigned": "assignment:digest content:digest course:id details:digest due:moment person:digest",
    "collected": "assignment?:digest completed:moment content:digest course:id details:digest disposition:accepted|held earned:number "
    "levels:levels person:digest pins:truth possible:number record:digest result:passed|failed",
    "putAside": "details:digest file:digest levels:levels record?:digest",
    "reviewed": "decision:accepted|refused details:digest record:digest",
    "keyAccepted": "details:digest key:key person:digest",
    "waived": "approver:digest course:id details:digest person:digest until:moment",
    "waiverRevoked": "details:digest waiver:digest",
    "erased": "details:digest entries:number left:number list:digest person:digest retention:over|overridden total:number",
}
TEXTS = {
    "digest": re.compile(r"sha256:[0-9a-f]{64}"),
    "id": re.compile(r"[a-z0-9][a-z0-9-]{0,63}"),
    "key": re.compile(r"did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}"),
    "name": re.compile(r"[^\s+\x00-\x1f\x7f-\x9f]{1,255}"),
}


class Refused(Exception):
    """Why a file is not what it should be, and which one it is where that is not the one that was asked about."""


def main(arguments):
    commands = {"checkpoint": (2, 2), "receipt": (2, 3), "extension": (3, 3), "entries": (3, 4)}
    if not arguments or arguments[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    command, *rest = arguments
    least, most = commands[command]
    if not least <= len(rest) <= most:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        lines = globals()[f"command_{command}"](*rest)
    except OSError as error:
        print(f"error: cannot read {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    except Refused as reason:
        named = rest[1] if command == "receipt" else rest[2] if command == "entries" else rest[-1]
        words, file = reason.args if len(reason.args) == 2 else (str(reason), named)
        print(f"FAIL {shown(file)}: {shown(words)}")
        return 1
    for line in lines:
        print(shown(line))
    return 0


def command_checkpoint(key, file):
    key = vkey(key)
    size, root = checkpoint(signed_file(file), key)
    return [f"PASS {file}", *head(key, size, root)]


def command_receipt(key, file, record=None):
    key = vkey(key)
    entry, index, size, root = receipt(signed_file(file), key)
    said = json.loads(entry)
    lines = [f"PASS {file}", f"     entry     {index}: {entry.decode()}", *head(key, size, root)]
    if record is not None:
        digest = record_digest(read(record))
        if said.get("record") != digest:
            raise Refused(f"the entry is about another record than {record}, whose digest is {digest}")
        lines.append(f"     record    {record} is the one meant: {digest}")
    return lines


def command_extension(key, older, file):
    key = vkey(key)
    old_size, old_root = checkpoint(signed_file(older), key)
    header, path, note = proof_file(signed_file(file), 1)
    if number(header[0], "old ", 1) != old_size:
        raise Refused(f"begins at another size than {older} has")
    size, root = checkpoint(note, key)
    if not consistent(old_size, size, path, old_root, root):
        raise Refused(f"does not continue {older}: entries were changed or removed")
    since = f"so many entries came after it: {size - old_size}"
    return [f"PASS {file}", f"     continues {old_size} entries of {older}", f"     since     {since}", *head(key, size, root)]


def command_entries(key, head_file, file, older=None):
    key = vkey(key)
    size, root = checkpoint(signed_file(head_file), key)
    old_size, old_root = checkpoint(signed_file(older), key) if older else (None, None)
    count, stack, before, kinds, people = 0, [], "", {}, 0
    old, first = None, None
    with open(file, "rb") as lines:
        for line in lines:
            entry = line.rstrip(b"\n")
            said = entry_object(entry, f"entry {count}")
            if count == old_size:
                # Dates never go back, so the first of those that came after is the earliest.
                old, first = root_of(stack), said["at"]
            if said["at"] < before:
                raise Refused(f"entry {count} is dated before the one in front of it")
            before = said["at"]
            if (said["entry"] == "opened") != (count == 0):
                raise Refused(f"entry {count}: a log begins with opened, and only begins with it")
            if count == 0:
                opening(said, key)
            people = on_the_roster(said, people, count)
            kinds[said["entry"]] = kinds.get(said["entry"], 0) + 1
            # Full subtrees, the largest first: two of the same size become one.
            node, height = leaf(entry), 0
            while stack and stack[-1][0] == height:
                node, height = inner(stack.pop()[1], node), height + 1
            stack.append((height, node))
            count += 1
    computed = root_of(stack)
    if (count, computed) != (size, root):
        raise Refused(f"{count} entries, which are not those of {head_file}")
    if older and (old_size > size or (computed if old_size == size else old) != old_root):
        raise Refused(f"does not continue {older}: entries were changed or removed")
    counted = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
    return [
        f"PASS {file}",
        *head(key, size, root),
        f"     entries   {counted or 'none'}",
        f"     people    {people} on the roster, counted from entry to entry",
        *(came_after(older, old_size, size, first) if older else []),
    ]


def came_after(older, old_size, size, first):
    """What an auditor holds against the day on which they received the older head."""
    lines = [f"     continues {old_size} entries of {older}"]
    if old_size == size:
        return [*lines, "     since     no entry came after it"]
    count = size - old_size
    came = "1 entry came after it, dated" if count == 1 else f"{count} entries came after it, the earliest dated"
    return [
        *lines,
        f"     since     {came} {first}: whoever received it later than that asks HR",
        "               for the reason; either it was made before that day, or entries were dated back",
    ]


def opening(said, key):
    """The first entry: the log's name and its one key."""
    name, public, _ = key
    if said.get("format") != 1:
        raise Refused("entry 0 is of a later format than this program checks")
    if (said.get("origin"), said.get("key")) != (name, did_key(public)):
        raise Refused("entry 0 says another name or key than the log has")


def on_the_roster(said, before, count):
    """How many stand on the roster after an entry that says so, if that follows from how many did before."""
    joined = said.get("joined", 0) if said["entry"] == "roster" else 0
    left, total = (said.get(member, 0) for member in ("left", "total"))
    if said["entry"] not in ("roster", "erased"):
        return before
    if any(not isinstance(number, int) or number < 0 for number in (joined, left, total)):
        raise Refused(f"entry {count} does not say how many stand on the roster")
    if before + joined - left != total or (said["entry"] == "erased" and left > 1):
        raise Refused(f"entry {count}: {before} on the roster, {joined} joined and {left} left are not {total}")
    return total


def head(key, size, root):
    name, public, _ = key
    return [
        f"     log       {name}, {size} entries",
        f"     root      {base64.b64encode(root).decode()}",
        f"     signed by {did_key(public)}",
    ]


# --- the tree (RFC 6962 and RFC 9162, section 2.1) ---


def leaf(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def inner(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(stack):
    """The root over full subtrees, each with its height, the largest first."""
    if not stack:
        return hashlib.sha256(b"").digest()
    *larger, (_, root) = stack
    for _, node in reversed(larger):
        root = inner(node, root)
    return root


def included(index, size, path, hash_, root):
    """RFC 9162, section 2.1.3.2."""
    if index >= size:
        return False
    node, last = index, size - 1
    for neighbour in path:
        if last == 0:
            return False
        if node % 2 == 1 or node == last:
            hash_ = inner(neighbour, hash_)
            while node % 2 == 0 and node != 0:
                node, last = node >> 1, last >> 1
        else:
            hash_ = inner(hash_, neighbour)
        node, last = node >> 1, last >> 1
    return last == 0 and hash_ == root


def consistent(older, newer, path, old_root, root):
    """RFC 9162, section 2.1.4.2; every log continues the empty one and itself."""
    if older == newer:
        return not path and old_root == root
    if older == 0:
        return not path and old_root == hashlib.sha256(b"").digest()
    if older > newer:
        return False
    if older & (older - 1) == 0:
        path = [old_root, *path]
    if not path:
        return False
    node, last = older - 1, newer - 1
    while node % 2 == 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for subtree in path[1:]:
        if last == 0:
            return False
        if node % 2 == 1 or node == last:
            old, new = inner(subtree, old), inner(subtree, new)
            while node % 2 == 0 and node != 0:
                node, last = node >> 1, last >> 1
        else:
            new = inner(new, subtree)
        node, last = node >> 1, last >> 1
    return last == 0 and old == old_root and new == root


# --- the files ---


def receipt(data, key):
    """C2SP tlog-proof with the entry as `extra`: the entry, its index, and the head that has it."""
    header, path, note = proof_file(data, 3)
    if header[0] != "c2sp.org/tlog-proof@v1":
        raise Refused("line 1: is not c2sp.org/tlog-proof@v1")
    if not header[1].startswith("extra "):
        raise Refused("line 2: is not extra and the entry")
    entry = unbase64(header[1][len("extra ") :], "line 2")
    index = number(header[2], "index ", 3)
    size, root = checkpoint(note, key)
    if not included(index, size, path, leaf(entry), root):
        raise Refused("the entry is not in the log of this checkpoint at this index")
    entry_object(entry)
    return entry, index, size, root


def proof_file(data, lines):
    """So many lines, hashes up to an empty line, and a note."""
    top, separator, note = data.partition(b"\n\n")
    if not separator:
        raise Refused("has no empty line")
    try:
        top = top.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise Refused("has other than ASCII characters before the checkpoint") from None
    if len(top) < lines:
        raise Refused(f"has fewer than {lines} lines before the checkpoint")
    if len(top) > lines + 63:
        raise Refused("has more hashes than a proof needs")
    path = [hash_of(line, f"line {at}") for at, line in enumerate(top[lines:], lines + 1)]
    return top[:lines], path, note


def checkpoint(data, key):
    """C2SP tlog-checkpoint: size and root, if the log of this key signed them."""
    name, public, key_id = key
    text = signed_text(data, name, public, key_id)
    lines = text.split("\n")
    if len(lines) < 4 or "" in lines[:-1]:
        raise Refused("is not a name, a size and a root")
    if lines[0] != name:
        raise Refused("is a checkpoint of another log")
    size = number(lines[1], "", 2)
    root = hash_of(lines[2], "line 3")
    if size == 0 and root != hashlib.sha256(b"").digest():
        raise Refused("line 3: is not the root of a log without entries")
    return size, root


def signed_text(data, name, public, key_id):
    """C2SP signed-note: the text, if it has a signature of this key and no wrong one."""
    try:
        note = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("is not UTF-8") from None
    if any(character < " " and character != "\n" for character in note):
        raise Refused("has a control character")
    text, separator, signatures = note.rpartition("\n\n")
    if not separator or not signatures.endswith("\n"):
        raise Refused("has no signatures behind an empty line, or does not end in a line feed")
    text += "\n"
    found = False
    for line in signatures[:-1].split("\n"):
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014" or not parts[1] or "+" in parts[1]:
            raise Refused("a signature is not a long dash, a name and base64")
        signature = unbase64(parts[2], "a signature")
        if len(signature) < 5:
            raise Refused("a signature is too short")
        if parts[1] != name or signature[:4] != key_id:
            continue
        check_signature(public, signature[4:], text.encode())
        found = True
    if not found:
        raise Refused("is not signed with the key of the log")
    return text


def check_signature(public, signature, message):
    wrong = Refused("the signature is not the log's on this text: something was changed, or somebody else signed")
    if len(signature) != 64 or int.from_bytes(signature[32:], "little") >= ORDER:
        raise wrong
    check_point(signature[:32], wrong)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise wrong from None


def check_point(point, wrong):
    y = int.from_bytes(point, "little") & (2**255 - 1)
    if y >= P or y in SMALL_ORDER_Y:
        raise wrong


def vkey(text):
    """Name, public key and key id of `name+id+base64(0x01 and the key)`."""
    if "+" not in text or os.path.exists(text):
        text = read(text).decode("utf-8", "replace").strip()
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise Refused(f"the key {text} is not name+id+base64")
    name, key_id, key = parts
    key = unbase64(key, "the key")
    if len(key) != 33 or key[0] != 1:
        raise Refused("the key is not an Ed25519 key")
    check_point(key[1:], Refused("the key is weak"))
    expected = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    if expected.hex() != key_id:
        raise Refused("the key id does not belong to name and key")
    return name, key[1:], expected


def entry_object(entry, what="the entry"):
    """An entry, in the one spelling in which it may stand: canonical JSON (RFC 8785), which for ASCII names, texts and
    integers is what Python writes like this."""

    def members(pairs):
        found = dict(pairs)
        if len(found) != len(pairs):
            raise Refused(f"{what}: a member stands there twice")
        return found

    try:
        said = json.loads(entry, object_pairs_hook=members, parse_float=str, parse_constant=str)
        spelt = canonical(said)
    except (ValueError, RecursionError):
        raise Refused(f"{what} is not JSON") from None
    if not isinstance(said, dict) or spelt != entry:
        raise Refused(f"{what} is not in canonical form")
    if not all(isinstance(said.get(member), str) for member in ("at", "entry")):
        raise Refused(f"{what} does not say what happened when")
    if not is_moment(said["at"]):
        raise Refused(f"{what} is dated {said['at']}, which is no time in whole seconds UTC")
    if words := misshaped(said):
        raise Refused(f"{what}: {words}")
    return said


def misshaped(said):
    """What is wrong with the form of an entry, by docs/log-format.md of countersign; nothing if it is right."""
    kind = said.get("entry")
    if not isinstance(kind, str) or kind not in FORMS:
        return f"{kind!r} is no kind of entry"
    forms = dict(member.split(":") for member in ("at:moment entry:kind " + FORMS[kind]).split())
    allowed = {member.rstrip("?"): form for member, form in forms.items()}
    for member in said:
        if member not in allowed:
            return f"{member!r} is no member of such an entry"
        if not has_form(said[member], allowed[member]):
            return f"{member} is {said[member]!r}, which cannot be"
    missing = [member for member in forms if member not in said and not member.endswith("?")]
    return f"{missing[0]} is missing" if missing else None


def has_form(value, form):
    if form == "number":
        return type(value) is int and 0 <= value <= LARGEST_INTEGER
    if form == "truth":
        return isinstance(value, bool)
    if form == "levels":
        members = ("content", "grading", "identity", "signature", "time")
        return isinstance(value, dict) and sorted(value) == sorted(members) and all(has_form(value[one], "pass|fail|unknown") for one in value)
    if not isinstance(value, str):
        return False
    if form == "moment":
        return is_moment(value)
    return bool(TEXTS[form].fullmatch(value)) if form in TEXTS else form == "kind" or value in form.split("|")


def is_moment(text):
    """Whether it is a time in whole seconds UTC, as entries write it."""
    try:
        return datetime.strptime(text, TIME).strftime(TIME) == text
    except ValueError:
        return False


def record_digest(data):
    try:
        return "sha256:" + hashlib.sha256(canonical(json.loads(data))).hexdigest()
    except (ValueError, RecursionError):
        raise Refused("the record is not JSON") from None


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def number(line, prefix, at):
    digits = line[len(prefix) :]
    good = line.startswith(prefix) and digits.isascii() and digits.isdigit() and (digits == "0" or digits[0] != "0")
    if not good or len(digits) > 19 or int(digits) > LARGEST_SIZE:
        what = f"{prefix}and a number" if prefix else "a number"
        raise Refused(f"line {at}: is not {what} without leading zeros, of at most {LARGEST_SIZE}")
    return int(digits)


def hash_of(line, where):
    data = unbase64(line, where)
    if len(data) != 32:
        raise Refused(f"{where}: is not a hash of 32 bytes")
    return data


def unbase64(text, where):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused(f"{where}: is not base64") from None
    if base64.b64encode(data).decode() != text:
        raise Refused(f"{where}: is not base64 in its one spelling")
    return data


def did_key(public):
    """The same key as it stands in assignments."""
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    value, text = int.from_bytes(b"\xed\x01" + public, "big"), ""
    while value:
        value, digit = divmod(value, 58)
        text = alphabet[digit] + text
    return f"did:key:z{text}"


def read(path):
    with open(path, "rb") as file:
        data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise Refused("is larger than 1 MiB")
    return data


def signed_file(path):
    """A checkpoint, a receipt or an extension. What an editor or a mail program made of one is told as that."""
    data = read(path)
    if b"\r\n" in data or data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        words = "was saved with the line ends or the first bytes of Windows: take it as you got it, or save it as UTF-8 with line feeds"
        raise Refused(words, path)
    return data


def shown(text):
    """Text from a file must not steer the terminal."""
    return "".join(
        f"<U+{ord(character):04X}>" if unicodedata.category(character)[0] == "C" else character for character in text
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
