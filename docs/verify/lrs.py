#!/usr/bin/env python3
"""Sends statements that HR exported to a learning record store, and looks at what it has then.

    python3 -I lrs.py [--one-by-one] ADDRESS USER:PASSWORD FILE

ADDRESS is that of the store's xAPI, without /statements. Use an empty store that is for nothing else: statements that it must
refuse are sent as well. Needs Python 3.9 and nothing else. Exit code: 0 if the store took every statement, gives each back as
it was, took them a second time as the same, and refused what it had to; 1 if not.
"""

import base64
import json
import sys
import urllib.error
import urllib.parse
import urllib.request

VERSION = "1.0.3"


class Store:
    def __init__(self, address: str, user: str):
        self.address = address.rstrip("/")
        self.user = base64.b64encode(user.encode()).decode()

    def ask(self, path: str, body: object = None) -> tuple[int, object]:
        """The status of the answer, and what it says; POST if there is something to send."""
        data = None if body is None else json.dumps(body).encode()
        headers = {
            "Authorization": f"Basic {self.user}",
            "X-Experience-API-Version": VERSION,
            "Content-Type": "application/json",
        }
        request = urllib.request.Request(self.address + path, data, headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read()
        return status, json.loads(text) if text else None

    def send(self, body: object) -> tuple[int, object]:
        return self.ask("/statements", body)

    def find(self, **question: object) -> list:
        """The statements that answer a question, with those on further pages."""
        words = {name: word if isinstance(word, str) else json.dumps(word) for name, word in question.items()}
        path = "/statements?" + urllib.parse.urlencode(words)
        found = []
        while path:
            status, said = self.ask(path)
            require(status == 200, f"{path} is answered {status}: {said}")
            # By its identifier a store gives one statement, by anything else a list; Ralph gives a list each time.
            found += said["statements"] if "statements" in said else [said]
            more = said.get("more")
            path = more[more.index("/statements") :] if more else None
        return found


class Unexpected(Exception):
    """The store does otherwise."""


def require(holds: bool, words: str) -> None:
    if not holds:
        raise Unexpected(words)


def as_sent(statement: dict) -> dict:
    """Without what a store adds: when it came, and who sent it."""
    return {name: value for name, value in statement.items() if name not in ("stored", "authority")}


def check(store: Store, statements: list, one_by_one: bool) -> None:
    by_id = {statement["id"]: statement for statement in statements}
    require(len(statements) > 0, "there are no statements in the file")
    require(len(by_id) == len(statements), "two statements have one identifier")

    portions = statements if one_by_one else [statements]
    for portion in portions:
        sent = portion if isinstance(portion, list) else [portion]
        status, said = store.send(portion)
        require((status, said) == (200, [one["id"] for one in sent]), f"sending is answered {status}: {said}")
    for portion in portions:
        # 2.1.2 of the specification's part on communication leaves it to the store whether it says 204 or 409; what it has
        # stays either way. One that says 409 of the very same statements would refuse every monthly export.
        status, said = store.send(portion)
        require(status in (200, 204), f"sending it again is answered {status}: {said}")

    for name, statement in by_id.items():
        found = store.find(statementId=name)
        require([as_sent(one) for one in found] == [statement], f"{name} comes back as {found}")
    # By verb and activity Ralph finds nothing in its store of files, of whatever sender.
    for account in [statement["actor"]["account"] for statement in statements]:
        expected = sorted(name for name, one in by_id.items() if one["actor"]["account"] == account)
        found = sorted(one["id"] for one in store.find(agent={"account": account}))
        require(found == expected, f"of {account} it has {found}")
    require(store.find(agent={"account": {**account, "name": "nobody"}}) == [], "it has statements of nobody")

    # A store that takes everything has shown nothing.
    changed = json.loads(json.dumps(statements[0]))
    changed["result"]["success"] = not changed["result"]["success"]
    status, said = store.send(changed)
    require(status == 409, f"another statement of the same identifier is answered {status}: {said}")
    for part, member in [("actor", "account"), ("verb", "id"), ("object", "id")]:
        without = json.loads(json.dumps(statements[0]))
        without["id"] = "00000000-0000-4000-8000-000000000000"
        del without[part][member]
        status, said = store.send(without)
        require(status in (400, 422), f"a statement without {part}.{member} is answered {status}: {said}")
    kept = sorted((as_sent(one) for one in store.find(limit="0")), key=lambda one: one["id"])
    expected = sorted(statements, key=lambda one: one["id"])
    require(kept == expected, f"in the end it has {len(kept)} statements, and not the {len(expected)} that it was sent")


def main() -> int:
    arguments = sys.argv[1:]
    one_by_one = arguments[:1] == ["--one-by-one"]
    if len(arguments) != 3 + one_by_one:
        print(__doc__, file=sys.stderr)
        return 2
    address, user, file = arguments[one_by_one:]
    with open(file, encoding="utf-8") as text:
        statements = json.load(text)
    how = "one by one" if one_by_one else "as one list"
    try:
        check(Store(address, user), statements, one_by_one)
    except Unexpected as unexpected:
        # Text from a file must not steer the terminal.
        words = "".join(one if one.isprintable() else "?" for one in str(unexpected))
        print(f"FAIL {file}, sent {how}: {words[:2000]}")
        return 1
    print(f"PASS {file}: {len(statements)} statements, sent {how}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
