#!/usr/bin/env python3
"""Checks the signature of completion records without countersign.

    pip install -r requirements.txt
    python3 -I verify.py FILE...

Ed25519 is that of OpenSSL (package cryptography), the canonical form that of RFC 8785 (package rfc8785); what is
written here is only the strict profile of docs/record-format.md around them. Exit code: 0 if every file is signed
as it must be, 1 if not, 2 if a file could not be read.
"""

import hashlib
import json
import re
import sys
import unicodedata

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"]
TYPES = (["VerifiableCredential", "TrainingCompletionRecord"], ["VerifiableCredential", "TrainingAssignment"])
MEMBERS = {"@context", "credentialSubject", "id", "issuer", "proof", "type"}
PROOF_MEMBERS = {"@context", "created", "cryptosuite", "proofPurpose", "proofValue", "type", "verificationMethod"}
MAX_BYTES, MAX_DEPTH, MAX_INTEGER = 1 << 20, 64, (1 << 53) - 1

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
# y of the points of small order: 1, -1, 0, and the two of order 8. With such a key anybody's signature fits.
SMALL_ORDER_Y = {
    1,
    P - 1,
    0,
    int.from_bytes(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"),
    int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"),
}


class Refused(Exception):
    """Why a file is not a signed record."""


def main(paths):
    if not paths:
        print(__doc__, file=sys.stderr)
        return 2
    sys.stdout.reconfigure(errors="backslashreplace")
    worst = 0
    for path in paths:
        try:
            with open(path, "rb") as file:
                document, digest = verify(file.read(MAX_BYTES + 1))
        except OSError as error:
            print(f"error: cannot read {shown(path)}: {error.strerror}", file=sys.stderr)
            worst = 2
        except Refused as reason:
            print(f"FAIL {shown(path)}: {shown(str(reason))}")
            worst = max(worst, 1)
        else:
            print(f"PASS {shown(path)}")
            print(f"     signed by {document['issuer']}")
            print(f"     at        {document['proof']['created']} by the signer's own clock")
            print(f"     person    {shown(json.dumps(document['credentialSubject'].get('person'), ensure_ascii=False))}")
            print(f"     digest    {digest}")
    return worst


def verify(data):
    """The document and its digest, if the signature is the issuer's."""
    document = parse(data)
    if not isinstance(document, dict) or set(document) != MEMBERS:
        raise Refused("the members are not exactly " + ", ".join(sorted(MEMBERS)))
    proof = document["proof"]
    if not isinstance(proof, dict) or set(proof) != PROOF_MEMBERS:
        raise Refused("proof is not one object with exactly " + ", ".join(sorted(PROOF_MEMBERS)))
    exact("@context", document["@context"], CONTEXT)
    exact("proof.@context", proof["@context"], CONTEXT)
    exact("proof.type", proof["type"], "DataIntegrityProof")
    exact("proof.cryptosuite", proof["cryptosuite"], "eddsa-jcs-2022")
    exact("proof.proofPurpose", proof["proofPurpose"], "assertionMethod")
    if document["type"] not in TYPES:
        raise Refused("type is neither a completion record nor an assignment")
    if not isinstance(document["credentialSubject"], dict):
        raise Refused("credentialSubject is not an object")
    matches("id", document["id"], r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    matches("proof.created", proof["created"], r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    matches("issuer", document["issuer"], r"did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}")
    matches("proof.proofValue", proof["proofValue"], r"z[1-9A-HJ-NP-Za-km-z]{64,88}")
    name = document["issuer"].removeprefix("did:key:")
    exact("proof.verificationMethod", proof["verificationMethod"], f"{document['issuer']}#{name}")

    key = base58(name[1:], 34)[2:]
    signature = base58(proof["proofValue"][1:], 64)
    for what, point in (("issuer", key), ("proof.proofValue", signature[:32])):
        y = int.from_bytes(point, "little") & (2**255 - 1)
        if y >= P or y in SMALL_ORDER_Y:
            raise Refused(f"{what} is a point of small order or not in canonical form")
    if int.from_bytes(signature[32:], "little") >= ORDER:
        raise Refused("proof.proofValue: S is not below the group order")

    unsigned = {member: value for member, value in document.items() if member != "proof"}
    options = {member: value for member, value in proof.items() if member != "proofValue"}
    message = sha256(rfc8785.dumps(options)) + sha256(rfc8785.dumps(unsigned))
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise Refused("the signature is not the issuer's: something was changed, or somebody else signed") from None
    if "id" in document["credentialSubject"] or document["type"] == TYPES[0]:
        exact("credentialSubject.id", document["credentialSubject"].get("id"), document["issuer"])
    return document, "sha256:" + sha256(rfc8785.dumps(document)).hex()


def parse(data):
    """JSON in the strict profile."""
    if len(data) > MAX_BYTES:
        raise Refused("larger than 1 MiB")
    if data.startswith(b"\xef\xbb\xbf"):
        raise Refused("begins with a byte order mark")

    def members(pairs):
        found = dict(pairs)
        if len(found) != len(pairs):
            raise Refused("a member stands there twice")
        if not all(name.isascii() for name in found):
            raise Refused("a name has other than ASCII characters")
        return found

    def integer(digits):
        if digits == "-0" or len(digits) > 17 or abs(int(digits)) > MAX_INTEGER:
            raise Refused(f"{digits[:20]} is outside the integers allowed")
        return int(digits)

    def refuse(digits):
        raise Refused(f"{digits[:20]} is not an integer")

    try:
        document = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=members,
            parse_int=integer,
            parse_float=refuse,
            parse_constant=refuse,
        )
        check_depth(document, 1)
        json.dumps(document, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise Refused(f"not JSON in UTF-8: {error}") from None
    return document


def check_depth(value, level):
    if isinstance(value, (dict, list)):
        if level > MAX_DEPTH:
            raise Refused(f"nested more than {MAX_DEPTH} levels deep")
        for inner in value.values() if isinstance(value, dict) else value:
            check_depth(inner, level + 1)


def exact(where, found, wanted):
    if found != wanted:
        raise Refused(f"{where} must be exactly {json.dumps(wanted)}")


def matches(where, text, pattern):
    if not isinstance(text, str) or not re.fullmatch(pattern, text, re.ASCII):
        raise Refused(f"{where} does not have the form {pattern}")


def base58(text, length):
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number = 0
    for character in text:
        number = number * 58 + alphabet.index(character)
    zeros = len(text) - len(text.lstrip("1"))
    data = bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    if len(data) != length:
        raise Refused(f"expected {length} bytes in base58, found {len(data)}")
    return data


def sha256(data):
    return hashlib.sha256(data).digest()


def shown(text):
    """Text from a file, or its name, must not steer the terminal."""
    return "".join(
        f"<U+{ord(character):04X}>" if unicodedata.category(character)[0] == "C" else character for character in text
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
