#!/usr/bin/env python3
"""Makes the tables of an evidence pack again from its log, and names every row that says something else, and every file that is
missing or is no part of a pack; and allowed_signers, if it does not name the key of the log alone.

    python3 -I tables.py [FOLDER]    FOLDER is the pack; else the present folder

Needs Python 3.9 and no packages. log.py shows who signed log/checkpoint; this shows that log/entries.jsonl has exactly the
entries under it, that statuses, dates, levels and decisions in the tables are what those entries come to, and that nobody of
whom they tell is missing. What only follows from something altered is not told beside it, where it can be decided what that is (docs/evidence-packs.md
of countersign). By which rules stands in docs/log-format.md, "Counting from the log alone".
ASK is about what is not wrong by itself. What is HR's word alone is told at the end. Exit code: 0 if everything is as it must be,
1 if not, 2 if there is no pack.
"""

import base64
import calendar
import collections
import csv
import functools
import hashlib
import html
import html.parser
import io
import itertools
import json
import os
import re
import stat
import struct
import sys
import unicodedata
import zipfile
import zlib
from datetime import datetime, timedelta

LEVELS = ("signature", "content", "grading", "identity", "time")
KINDS = ("complete", "expiring", "in progress unknown", "not started", "overdue", "failed", "expired", "waived")
ON_THE_ROSTER = ("at work", "on leave", "to come", "left (still on the roster)")
SPARED = "(not in the sample)"
CONTROLS = "a0fb7ce383b13746264e6373bba5722d6af5f5c9e5220434a7f9bff1273a49f2"  # SHA-256 of controls.csv
TIME = "%Y-%m-%dT%H:%M:%SZ"
EXPIRING = 30  # days before its end a completion is called expiring
FILES = """README.txt SHA256SUMS SHA256SUMS.sig acknowledgements.csv allowed_signers controls.csv courses/digests.txt index.html
    log/checkpoint log/entries.jsonl log/key log/left-out.txt log/opened.jsonl log/people.txt numbers.txt pack.json population.csv
    records.csv reviews.csv roster.txt verify/log.py verify/tables.py verify/verify.sh waivers.csv"""
COLUMNS = {
    "population.csv": "number,name,department,role,on the roster,hired,status,due,completed,valid until,record,waiver,counts,"
    "first seen,in the log",
    "records.csv": "number,record,file,received,signed by the device at,log entry,earned,possible,passed,"
    + ",".join(LEVELS)
    + ",counts,course version digest",
    "waivers.csv": "number,waiver,given,until,taken back,taken back by,taken back because,approver,reason,log entry,file",
    "reviews.csv": "number,record,decision,decided,by,reason,log entry",
    "acknowledgements.csv": "number,policy,policy digest,statement,language,agreed,meaning,record",
}
# What the Finder of macOS and the Explorer of Windows put beside files by themselves.
ADDED = re.compile(r"(?:^|/)(?:__MACOSX(?:/.*)?|\.DS_Store|\._[^/]*|(?i:thumbs\.db|desktop\.ini))$")
# What is read line by line.
LINED = """README.txt courses/digests.txt index.html log/checkpoint log/entries.jsonl log/key log/left-out.txt log/opened.jsonl
    log/people.txt numbers.txt pack.json roster.txt sample.txt"""
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
LARGEST_INTEGER = (1 << 53) - 1
# The members of pack.json, and of its `sample`.
FACTS = "asOf controls course expiringDays findings format from leftOut program sample title to"
SAMPLE = "seed size"
NOTHING = {"assigned": [], "records": [], "waivers": []}  # of whom the log has no entries
MOST_NAMED = 20  # people, in one sentence
MOST_BYTES = 1 << 30  # of a file, and of what a course unpacks to, as far as it is looked at
# What says how a file must be, where it is not the log.
SOURCES = {
    "README.txt": "by the tables and pack.json it would be",
    "index.html": "by the tables and pack.json it would be",
    "seed.txt": "pack.json says",
    "acknowledgements.csv": "the record says",
    ("population.csv", "in the log"): "by the rest of the pack it would be",
    ("population.csv", "waiver"): "by waivers.csv and the files in waivers it would be",
    **{("waivers.csv", column): "its file in waivers says" for column in ("waiver", "approver", "reason")},
    **{("waivers.csv", f"taken back {column}"): "log/opened.jsonl says" for column in ("by", "because")},
    **{("reviews.csv", column): "log/opened.jsonl says" for column in ("by", "reason")},
}
# What RON is made of, as far as a member must be found: comments, strings, signs and words.
RON = re.compile(
    r"""//[^\n]*|(?P<open>/\*)|r(?P<fence>\#*)"(?P<raw>.*?)"(?P=fence)|"(?P<string>(?:[^"\\]|\\.)*)"|'(?:[^'\\]|\\.)+'"""
    r"""|(?P<sign>[][(){}:,])|(?P<word>\w+)""",
    re.S,
)
ESCAPE = re.compile(r"\\(?:u\{(?P<point>[0-9A-Fa-f]{1,6})\}|x(?P<byte>[0-9A-Fa-f]{2})|(?P<sign>.))", re.S)


def main(arguments):
    if len(arguments) > 1:
        print(__doc__, file=sys.stderr)
        return 2
    sys.stdout.reconfigure(errors="backslashreplace")
    pack = Pack(arguments[0] if arguments else ".")
    if not os.path.exists(os.path.join(pack.folder, "pack.json")):
        print(shown(f"error: there is no pack.json in {pack.folder}"), file=sys.stderr)
        return 2
    try:
        pack.check()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Stop:
        pass
    except OSError as error:
        pack.fail(os.path.relpath(str(error.filename), pack.folder), f"cannot be read: {error.strerror}")
    except Exception as error:  # Whoever writes a pack may write anything; whatever stops this is no pass.
        pack.fail("pack", f"is not in the form of an evidence pack: {why(error)[:200]}")
    if pack.failed:
        print("1 difference" if pack.failed == 1 else f"{pack.failed} differences")
        return 1
    print("the tables are what the log says")
    return 0


class Stop(Exception):
    """What was told leaves nothing to compare."""


class Pack:
    """One pack: what its log says, and what its tables say."""

    def __init__(self, folder):
        self.folder = folder
        self.failed = 0
        self.tables = {}  # rows by the file; once compared, they say what the log says
        self.people = {}  # by pseudonym: what the log says of a person and this course
        self.records = {}  # by digest: entries `collected`, with what was decided since
        self.waivers = {}  # by `details`: entries `waived`, with when they end
        self.reviews = []  # entries `reviewed` about those records
        self.rules = {}  # recurring rules that hold, by their id
        self.days = {}  # for how many days each version of the course counts
        self.approved = {}  # when each version was first approved, in that order
        self.erased = {}  # by pseudonym: when
        self.total = None  # how many stood on the roster
        self.rosters = []  # entries `roster`
        self.titles = {}  # what each version of the course is called, in the order in which they came
        self.chosen = {}  # those whose secrets are here, once that is known
        self.exchanged = set()  # digests of the records whose files are others
        self.unreadable = set()  # paths of records and assignments that cannot be read, which is told
        self.asks = []  # what is not wrong by itself
        self.away = collections.defaultdict(list)  # numbers of those who are not overdue only because HR says so

    def check(self):
        self.facts = self.told_facts()
        if self.facts["format"] != 1:
            raise ValueError("it is of a later format than this program reads")
        self.course, self.at = self.facts["course"], self.facts["asOf"]
        self.begin = self.facts["from"] + "T00:00:00Z"
        self.line_ends()
        self.signer()
        self.raw = self.lines("log/entries.jsonl") if self.has("log/entries.jsonl") else []
        self.replay(self.entries())
        self.period()
        self.courses()
        self.whom_the_log_means()
        if not self.same_people():
            self.layout()
            print("not compared: statuses, the other tables, README.txt and index.html, which follow from who is in population.csv")
            raise Stop
        self.population()
        self.sample()
        self.rows_of_records()
        self.layout()
        self.table_of_records()
        self.table_of_reviews()
        self.table_of_waivers()
        self.table_of_acknowledgements()
        self.table_of_controls()
        self.assignments()
        self.pages()

    def fail(self, where, words):
        self.failed += 1
        print(shown(f"FAIL {where}: {words}"))

    def same(self, where, what, says, should):
        """A cell of a table against what it must be."""
        if says != should:
            file = where.split(":")[0]
            source = SOURCES.get((file, what)) or SOURCES.get(file, "the log says")
            self.fail(where, f"{what} is {says or 'nothing'!r}, and {source} {should or 'nothing'!r}")

    def cell(self, where, row, column, should):
        """A cell of a table against what it must be, and as that it is compared with everything that follows from it."""
        self.same(where, column, row[column], should)
        row[column] = should

    # --- files ---

    def told_facts(self):
        """What pack.json says, in the one way in which that is written: other programs may take the first of two members."""
        text, wrong = self.text("pack.json"), []

        def members(pairs):
            said = dict(pairs)
            defined = FACTS.split() if "asOf" in said or "seed" not in said else SAMPLE.split()
            counted = collections.Counter(name for name, _ in pairs)
            wrong.extend(f"{name} stands there twice" for name, times in counted.items() if times > 1)
            wrong.extend(f"{name} is no member of it" for name in counted if name not in defined)
            wrong.extend(f"{name} is missing" for name in defined if name not in said)
            return said

        facts = self.json("pack.json", text, members)
        for words in wrong:
            self.fail("pack.json", words)
        if wrong:
            raise Stop
        # How its lines end is told by itself.
        if text.replace("\r", "").rstrip("\n") != json.dumps(facts, indent=2, sort_keys=True, ensure_ascii=False):
            self.fail("pack.json", "blanks or the order of its members are not what they must be")
        return facts

    def line_ends(self):
        """Each line ends with a line feed, and the last one too: the commands of README.txt and other programs read another file
        otherwise."""
        for path in LINED.split():
            text = self.text(path) if self.has(path) else ""
            if text and (not text.endswith("\n") or text.endswith("\n\n") or "\r" in text):
                self.fail(path, "the ends of its lines are not what they must be")

    def signer(self):
        """Whoever may have signed SHA256SUMS is the key of the log, and nobody else."""
        if not self.has("log/key") or not self.has("allowed_signers"):
            return  # That it is missing is told with the other files.
        try:
            line = self.text("log/key").rstrip("\r\n")
            written = line.split("+", 2)[2]
            key = base64.b64decode(written)
        except (IndexError, ValueError):
            return self.fail("log/key", "is no key of a log")
        if line != line.strip() or base64.b64encode(key).decode() != written:
            return self.fail("log/key", "is no key of a log")
        blob = b"".join(len(part).to_bytes(4, "big") + part for part in (b"ssh-ed25519", key[1:]))
        line = f'hr namespaces="evidence-pack@countersign" ssh-ed25519 {base64.b64encode(blob).decode()}\n'
        if self.text("allowed_signers") != line:
            self.fail("allowed_signers", "does not name the key in log/key, and it alone")

    def has(self, path):
        return os.path.exists(os.path.join(self.folder, path))

    def layout(self):
        """Every file that a pack has is here, and none that it has not."""
        must, here = set(FILES.split()), set()
        for folder, folders, names in os.walk(self.folder):
            links = {name for name in folders + names if os.path.islink(os.path.join(folder, name))}
            inside = [os.path.join(folder, name) for name in names if name not in links]
            paths = inside if folders or names else [folder]
            here.update(os.path.relpath(path, self.folder).replace(os.sep, "/") for path in paths)
            for name in sorted(links):
                where = os.path.relpath(os.path.join(folder, name), self.folder).replace(os.sep, "/")
                self.fail(where, "is a link, and no file of the pack")
        must.update(["sample.txt", "seed.txt"] if self.facts["sample"] else [])
        versions = self.versions()
        must.update(map(self.archive, versions))
        if "courses/digests.txt" in here:
            self.digests([f"{content.split(':')[1]}  {self.archive(content)}" for content in versions])
        must.update(f"log/earlier/{size}.{end}" for size in self.earlier(here) for end in ("checkpoint", "extension"))
        proofs = {"log/roster.tlog-proof": self.counted} if self.total is not None else {}
        for row in self.table("records.csv"):
            must.add(row["file"])
            proofs["receipts/" + row["file"].split("/")[-1].removesuffix("json") + "tlog-proof"] = row["log entry"]
        for row in self.table("waivers.csv"):
            if SPARED not in (row["file"], row["log entry"]):
                must.add(row["file"])
                proofs[row["file"].removesuffix("json") + "tlog-proof"] = row["log entry"]
        must.update(proofs)
        for path in sorted(path for path in must & here if path.endswith(".csv")):
            self.same_bytes(path)
        for path in sorted(must - here):
            self.fail(path, "is missing")
        for path in sorted(here - must):
            if not path.startswith("assignments/") or ADDED.search(path):
                added = ": the file manager of a computer has added it; delete it and check again"
                self.fail(path, "is no part of the pack" + (added if ADDED.search(path) else ""))
        # That a receipt leads to the root is for log.py to say.
        head = self.text("log/checkpoint").rstrip("\n") + "\n"
        for path, index in proofs.items():
            if not is_index(index) or int(index) >= len(self.raw):
                continue  # That the log says another entry is told with its row.
            line = base64.b64encode(self.raw[int(index)].encode()).decode()
            begins = f"c2sp.org/tlog-proof@v1\nextra {line}\nindex {index}\n"
            if path in here and not (self.text(path).startswith(begins) and self.text(path).endswith("\n\n" + head)):
                self.fail(path, f"is not the receipt of entry {index} under log/checkpoint")

    def digests(self, should):
        """Each archive has its line in courses/digests.txt, once."""
        lines = itertools.zip_longest(self.lines("courses/digests.txt"), should)
        for number, (says, must) in enumerate(lines, 1):
            if says != must:
                says, must = ("nothing" if line is None else repr(line) for line in (says, must))
                return self.fail(f"courses/digests.txt:{number}", f"says {says}; by the rest of the pack it would be {must}")

    def archive(self, content):
        return f"courses/{self.course}_{content.split(':')[1][:8]}.course"

    def versions(self):
        """The versions that must be here, in the order in which they were added: those that were approved, and those that
        records here name. Of a record that cannot be read nobody knows which, so whatever the log has may be one."""
        named, is_unknown = set(self.approved), not self.chosen
        for row in self.table("records.csv"):
            if row["record"] not in self.records:
                continue  # That it is not in the log is told.
            named.add(self.records[row["record"]]["content"])
            try:
                record = json.loads(self.text(row["file"]))
                is_unknown |= record_digest(record) != row["record"]
                named.update(attempt.get("courseDigest") for attempt in record["credentialSubject"]["attempts"])
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                is_unknown = True
        return [content for content in self.titles if content in named or is_unknown and self.has(self.archive(content))]

    def same_bytes(self, path):
        """A table is written in one way: whoever compares files would take another for another table."""
        text = self.text(path)
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
        quoted = lambda cell: '"' + cell.replace('"', '""') + '"' if set(cell) & set('",\r\n') else cell
        if not all(rows) or text != "\ufeff" + "".join(",".join(map(quoted, row)) + "\r\n" for row in rows):
            self.fail(path, "line ends, quotation marks or the first bytes are not what they must be")

    def named(self, path, number, at, digest, kind):
        """A file goes by what is in it: whoever opens one reads what its name says."""
        # Two numbers may become one name; the digest keeps the files apart.
        safe = re.sub(r"[^0-9A-Za-z]+", "-", number).lstrip("-")[:36].rstrip("-") or "person"
        day, short = at.split("T")[0], digest.split(":")[1][:8]
        folder, name = path.split("/")[0], f"{safe}_{self.course}_{day}_{short}.{kind}.json"
        if path != f"{folder}/{name}":
            self.fail(path, f"is not what its name says: what is in it belongs in {folder}/{name}")

    @staticmethod
    def earlier(here):
        return {found[1] for found in (re.fullmatch(r"log/earlier/(\d+)\.(?:checkpoint|extension)", path) for path in here) if found}

    def text(self, path):
        return self.bytes(path).decode()

    def bytes(self, path):
        with open(self.within(path), "rb") as file:
            return file.read()

    def json(self, path, text, members=None):
        """What stands in a file as JSON; without that what follows from it cannot be compared."""
        try:
            return json.loads(text, object_pairs_hook=members)
        except (ValueError, RecursionError) as error:
            self.fail(path, f"is not JSON: {error}")
            raise Stop from None

    def document(self, path):
        """What a record or an assignment says. What cannot be read is told once; what is missing, with the other files."""
        if path in self.unreadable or not self.has(path):
            return None
        try:
            said = json.loads(self.text(path))
            if not isinstance(said, dict):
                raise ValueError("it is no object")
            return said
        except (ValueError, RecursionError) as error:
            self.unreadable.add(path)
            return self.fail(path, f"cannot be read: {error}")

    def within(self, path):
        """Where a file of the pack is. Its tables name files, and none outside, no device, and none without end."""
        parts = path.split("/")
        if any(part in ("", ".", "..") for part in parts) or "\\" in path or ":" in path:
            raise ValueError(f"{path!r} is no file of a pack")
        whole = os.path.join(self.folder, *parts)
        said = os.lstat(whole)
        if not stat.S_ISREG(said.st_mode) or said.st_size > MOST_BYTES:
            raise ValueError(f"{path!r} is no file, or larger than {MOST_BYTES} bytes")
        return whole

    def below(self, folder):
        """The files in a folder of the pack, but for those that file managers have added."""
        path = os.path.join(self.folder, folder)
        names = sorted(os.listdir(path)) if os.path.isdir(path) else []
        return [f"{folder}/{name}" for name in names if not ADDED.search(name)]

    def lines(self, path):
        text = self.text(path).replace("\r\n", "\n")
        return text.rstrip("\n").split("\n") if text else []

    def table(self, path):
        """The rows of a table, each with its cells by the names of their columns."""
        if path not in self.tables:
            self.tables[path] = self.read_table(path)
        return self.tables[path]

    def read_table(self, path):
        """The same, as the file has them."""
        rows = csv.DictReader(io.StringIO(self.text(path).lstrip("\ufeff"), newline=""), strict=True)
        columns = itertools.zip_longest(rows.fieldnames or (), COLUMNS[path].split(","))
        for place, (says, should) in enumerate(columns, 1):
            if says != should:
                says, should = ("nothing" if name is None else repr(name) for name in (says, should))
                words = f"column {place} is {says}, and it must be {should}"
                self.fail(path, f"the columns are not what they must be: {words}")
                raise Stop
        return [{name: bare(cell) for name, cell in row.items()} for row in rows]

    # --- what the log says ---

    def entries(self):
        """All entries under the root that the checkpoint says (RFC 6962, section 2.1)."""
        if not self.has("log/entries.jsonl"):
            raise ValueError("log/entries.jsonl is missing, or the log too long for a pack: the tables cannot be made again")
        size, root = self.text("log/checkpoint").split("\n")[1:3]
        entries, stack = [], []
        for line in self.raw:
            node, height = hashlib.sha256(b"\x00" + line.encode()).digest(), 0
            while stack and stack[-1][0] == height:
                node, height = hashlib.sha256(b"\x01" + stack.pop()[1] + node).digest(), height + 1
            stack.append((height, node))
        computed = stack.pop()[1] if stack else hashlib.sha256(b"").digest()
        while stack:
            computed = hashlib.sha256(b"\x01" + stack.pop()[1] + computed).digest()
        if (str(len(self.raw)), base64.b64encode(computed).decode()) != (size, root):
            self.fail("log/entries.jsonl", "these are not the entries under log/checkpoint, so nothing can be compared with them")
            raise Stop
        for index, line in enumerate(self.raw):
            entries.append(self.entry(index, line))
            if (entries[index]["entry"] == "opened") != (index == 0):
                self.fail("log/entries.jsonl", f"entry {index}: a log begins with opened, and only begins with it")
            if entries[0].get("format", 1) != 1:
                self.fail("log/entries.jsonl", "entry 0 is of a later format than this program checks")
                raise Stop
        for index, (before, entry) in enumerate(zip(entries, entries[1:]), 1):
            if entry["at"] < before["at"]:
                words = f"entry {index} is dated {entry['at']}, before the entry in front of it, {before['at']}"
                self.fail("log/entries.jsonl", f"{words}: one of the two has a false date")
        return entries

    def entry(self, index, line):
        """An entry, in the one spelling in which it may stand."""
        what = f"entry {index}"
        try:
            said = json.loads(line, parse_float=str, parse_constant=str)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            words = f"{what} is no entry"
        elif json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False) != line:
            words = f"{what} is not in canonical form"
        elif "at" in said and not has_form(said["at"], "moment"):
            words = f"{what} is dated {said['at']}, which is no time in whole seconds UTC"
        else:
            words = misshaped(said) and f"{what}: {misshaped(said)}"
        if words:
            self.fail("log/entries.jsonl", f"{words}: nothing can be compared with it")
            raise Stop
        return said

    def opened(self, entries):
        """Texts that entries bind with a secret, hashed again; by the place of the entry."""
        texts, last = {}, -1
        for line in self.lines("log/opened.jsonl"):
            said = self.json("log/opened.jsonl", line)
            if last >= said["entry"]:
                words = f"the text of entry {said['entry']} is there twice, or not in the order of the log"
                self.fail("log/opened.jsonl", words)
            last = said["entry"]
            digest = committed("countersign details 1", said["salt"], said["text"])
            if entries[said["entry"]].get("details") != digest:
                self.fail("log/opened.jsonl", f"the text of entry {said['entry']} is not the one that was logged")
            texts[said["entry"]] = self.json("log/opened.jsonl", said["text"])
        return texts

    def replay(self, entries):
        """What happened, one entry after the other, up to the moment of the pack."""
        self.texts = self.opened(entries)
        for index, entry in enumerate(entries):
            kind, course = entry["entry"], entry.get("course")
            if kind == "erased":
                self.erased[entry["person"]] = entry["at"]
            if entry["at"] > self.at:
                continue
            if kind in ("roster", "erased"):
                self.total, self.counted = entry["total"], str(index)
                self.rosters.extend([entry] if kind == "roster" else [])
            elif kind == "assigned" and course == self.course:
                self.person(entry)["assigned"].append(entry)
            elif kind == "collected" and course == self.course:
                self.records[entry["record"]] = dict(entry, index=index, decision=None)
                self.person(entry)["records"].append(self.records[entry["record"]])
            elif kind == "reviewed" and entry["record"] in self.records:
                self.records[entry["record"]]["decision"] = entry["decision"]
                self.reviews.append(dict(entry, index=index))
            elif kind == "waived" and course == self.course:
                self.waivers[entry["details"]] = dict(entry, index=index, revoked=None)
                self.person(entry)["waivers"].append(self.waivers[entry["details"]])
            elif kind == "waiverRevoked" and entry["waiver"] in self.waivers:
                waiver = self.waivers[entry["waiver"]]
                waiver.update(revoked=index, until=min(waiver["until"], entry["at"]))
            elif kind == "course" and course == self.course:
                self.version(index, entry)
            elif kind == "course" and entry["change"] == "added" and index not in self.texts:
                self.fail("log/opened.jsonl", f"the text of entry {index} is not here")  # it is about nobody
            elif kind == "rules" and entry["kind"] in ("recurrence", "end"):
                self.rule(index, entry)

    def person(self, entry):
        return self.people.setdefault(entry["person"], {"assigned": [], "records": [], "waivers": []})

    def known_of(self, row):
        """What the log says of the person in a row."""
        return self.people.get(row["in the log"], NOTHING)

    def version(self, index, entry):
        if entry["change"] == "added" and entry["content"] not in self.days:
            if index not in self.texts:
                return self.fail("log/opened.jsonl", f"for how long the course of entry {index} counts is not here")
            self.days[entry["content"]] = self.texts[index]["validityDays"]
            self.titles[entry["content"]] = self.texts[index]["title"]
        elif entry["change"] == "approved":
            self.approved.setdefault(entry["content"], entry["at"])

    def rule(self, index, entry):
        if index not in self.texts:
            return self.fail("log/opened.jsonl", f"the rule of entry {index} is not here")
        rule = self.texts[index]
        if entry["kind"] == "end":
            self.rules.pop(rule["rule"], None)
        elif rule["course"] == self.course:
            self.rules[rule["rule"]] = dict(rule, at=entry["at"])

    def period(self):
        """What pack.json says of the period, and of the course."""
        begin, end, last = self.begin, self.facts["to"] + "T23:59:59Z", json.loads(self.raw[-1])["at"]
        if not begin <= self.at <= end:
            self.fail("pack.json", f"{self.at}, for which status is told, is not in the period {begin} to {end}")
        elif last > self.at != end:
            self.fail("pack.json", f"status is told for {self.at}, before the period was over, and the log has an entry of {last}")
        self.same("pack.json", "expiringDays", self.facts["expiringDays"], EXPIRING)
        newest = max(self.approved, key=self.approved.get) if self.approved else list(self.titles)[-1]
        latest = [content for content in self.titles if self.approved.get(content) == self.approved.get(newest)]
        self.newest = latest[-1] if latest else newest
        self.same("pack.json", "title", self.facts["title"], self.titles[self.newest])

    def gone(self, begin):
        """How many at least were on the roster, left it since then, and are not back; whoever joins may be one who had left."""
        gone = 0
        for roster in self.rosters:
            if roster["at"] >= begin:
                gone = max(0, gone - roster["joined"]) + roster["left"]
        return max(0, gone - len(self.erased))

    # --- how somebody stands ---

    def standing(self, person, row):
        """Status, due date, completion, its end, and the record that it rests on."""
        counting = [record for record in person["records"] if counts(record).startswith("yes")]
        passed = [record for record in counting if record["result"] == "passed"]
        earned, last = (records[-1] if records else None for records in (passed, counting))
        asked = person["assigned"][-1] if person["assigned"] else None
        if asked and earned and earned["at"] >= asked["at"]:
            asked = None
        due = asked["due"] if asked else self.due_by_rule(row, earned)
        # Dates do not run for those on leave, not there yet, or gone.
        late = due is not None and due < self.at and row["on the roster"] in ("at work", "not on the roster")
        ends = plus_days(earned["at"], self.days.get(earned["content"], 0)) if earned else None
        completed = {"completed": earned["at"], "valid until": ends, "rests": earned} if earned else {}
        if earned and self.at < ends and not late:
            expiring = plus_days(self.at, self.facts["expiringDays"]) >= ends
            return dict(completed, status="expiring" if expiring else "complete")
        holding = [one for one in person["waivers"] if self.at < one["until"] or self.at == one["until"] and one["revoked"] is None]
        if holding:
            return {"status": "waived", "valid until": max(one["until"] for one in holding)}
        if last and last["result"] != "passed" and (not asked or asked["at"] <= last["at"]):
            return {"status": "failed", "due": due, "rests": last}
        if late:
            return {"status": "overdue", "due": due}
        if asked:
            return {"status": "in progress unknown", "due": due}
        if earned:
            return dict(completed, status="expired")
        return {"status": "not started", "due": due} if due else {"status": "not asked to"}

    def due_by_rule(self, row, earned):
        dues = [self.due_by(rule, row, earned) for rule in self.rules.values() if concerns(rule, row)]
        return min((due for due in dues if due), default=None)

    def due_by(self, rule, row, earned):
        (trigger, terms), first = *rule["trigger"].items(), row["first seen"]
        if trigger == "every":
            if earned:
                return plus_months(earned["at"], terms["months"])
            return plus_days(max(rule["at"], first), terms["notice_days"])
        if trigger == "on_hire":
            due = plus_days(row["hired"] + "T00:00:00Z" if row["hired"] else first, terms["within_days"])
            return due if due >= rule["at"] and not earned else None
        changed = self.policy_changed()
        if changed and (not earned or earned["at"] < changed):
            return plus_days(changed, terms["within_days"])
        return None

    def courses(self):
        """The digest of the policy of each version that was approved; without a version nobody can tell who is due."""
        self.policies, left = {}, MOST_BYTES
        for content in self.versions():
            path = self.archive(content)
            if not self.has(path):
                continue  # That it is missing is told with the other files.
            try:
                with zipfile.ZipFile(self.within(path)) as course:
                    left -= sum(member.file_size for member in course.infolist())
                    if left < 0:
                        raise ValueError(f"the courses unpack to more than {MOST_BYTES} bytes")
                    self.taught(content, path, course)
            except (KeyError, IndexError, ValueError, OSError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
                which = "approved version" if content in self.approved else "version"
                self.fail("courses", f"the {which} {content} is not here, or cannot be read: {why(error)}")
        if any("on_new_policy" in rule["trigger"] for rule in self.rules.values()):
            for content in self.approved.keys() - self.policies.keys():
                words = f"the approved version {content} cannot be read: when the policy changed, and so who is due, cannot be told"
                self.fail("courses", words)

    def taught(self, content, path, course):
        """What one version says, and that its archive is the one that its files give."""
        names = [member.filename for member in course.infolist()]
        if twice := [name for name, times in collections.Counter(map(str.casefold, names)).items() if times > 1]:
            name = next(name for name in reversed(names) if name.casefold() == twice[0])
            return self.fail(path, f"{name}: two entries of this name, or names that some computers take for one")
        files = {member.filename: course.read(member) for member in course.infolist()}
        strange = [name for name in files if not is_of_course(name)]
        if course_digest(files) != content:
            return self.fail(path, "is another course than the one of its name")
        if strange:
            self.fail(path, f"has what is no part of a course: {', '.join(strange)}")
        elif packed(files) != self.bytes(path):
            self.fail(path, "is not the archive that the files of the course give")
        says = collections.defaultdict(list)
        for member, text in texts(files["course.ron"].decode()):
            says[member].append(text)
        policy = says["policy.file"]
        self.policies[content] = sha256(files[policy[0]]) if policy else None
        if content == self.newest and content in self.approved and says["controls"] != self.facts["controls"]:
            words = f"controls are {self.facts['controls']}, and the version that was approved last says {says['controls']}"
            self.fail("pack.json", words)

    @functools.lru_cache(maxsize=1)
    def policy_changed(self):
        """When the last version with another policy than the one before it was approved."""
        policies = [(self.policies[content], at) for content, at in self.approved.items() if content in self.policies]
        changes = [at for (before, _), (policy, at) in zip(policies, policies[1:]) if policy not in (None, before)]
        return changes[-1] if changes else None

    # --- the tables ---

    def same_people(self):
        """Whether population.csv and numbers.txt are of the same people, and it says who they are in the log."""
        rows, before = self.table("population.csv"), self.failed
        here, listed = [row["number"] for row in rows], [bare(number) for number in self.lines("numbers.txt")]
        gone, more = (sorted(set(one) - set(other)) for one, other in ((listed, here), (here, listed)))
        if gone:
            self.fail("population.csv", f"has no row of {named_first(gone)}, whom numbers.txt names")
        if more:
            self.fail("numbers.txt", f"has no line of {named_first(more)}, of whom population.csv has a row")
        if here != listed and not gone and not more:
            self.disordered({"numbers.txt": listed, "population.csv": here})
        if unknown := [row["number"] for row in rows if not re.fullmatch(r"sha256:[0-9a-f]{64}", row["in the log"])]:
            self.fail("population.csv", f"{named_first(unknown)}: it is not told who that is in the log")
        return self.failed == before

    def disordered(self, people):
        """Who stands twice in which of the two, or else where they do not belong. The numbers of a pack are sorted as written."""
        twice = {file: sorted(number for number, times in collections.Counter(numbers).items() if times > 1) for file, numbers in people.items()}
        for file, numbers in twice.items():
            if numbers:
                self.fail(file, f"has {named_first(numbers)} more than once")
        should = [bare(number) for number in sorted(self.lines("numbers.txt"))]
        for file, numbers in people.items() if not any(twice.values()) else ():
            for must, says in zip(should, numbers):
                if must != says:
                    self.fail(file, f"has {says} where {must} must stand")
                    break

    def whom_the_log_means(self):
        """Nobody can make a secret that leads from a number to somebody whom the log knows, so it stands against what a row says;
        and so does any secret where the row says somebody whose secret is here, too."""
        rows, bound = {row["number"]: row for row in self.table("population.csv")}, {}
        for pseudonym, salt, number in self.secrets():
            if committed("countersign person 1", salt, number) == pseudonym:
                bound[pseudonym] = number
        self.bound = {bare(number) for number in bound.values()}
        for pseudonym, number in bound.items():
            row = rows.get(bare(number))
            if not row or row["in the log"] == pseudonym:
                continue
            if pseudonym in self.people or row["in the log"] in bound:
                self.cell(f"population.csv: {row['number']}", row, "in the log", pseudonym)
            elif row["in the log"] in self.people:
                self.fail("log/people.txt", f"{number} is not who population.csv says in the log")
            else:
                words = f"{number} is not the same in the log, and it has no entry about either: one of the two was altered"
                self.fail("population.csv and log/people.txt", words)

    def secrets(self):
        """By which secret the number of somebody in the sample is bound to what the log calls them."""
        for line in self.lines("log/people.txt"):
            pseudonym, salt, number = line.split(" ", 2)
            yield f"sha256:{pseudonym}", salt, number

    def population(self):
        rows = self.table("population.csv")
        self.rows = {row["number"]: row for row in rows}
        self.whose_rows(rows)
        self.numbers = {row["in the log"]: row["number"] for row in rows}
        if len(self.rows) != len(rows):
            self.fail("population.csv", "a number stands there twice")
        on_it = [row["number"] for row in rows if row["on the roster"] in ON_THE_ROSTER]
        if [bare(number) for number in self.lines("roster.txt")] != on_it:
            self.fail("roster.txt", "has not the numbers of those in population.csv who are on the roster")
        # Of whoever was erased after that moment nobody can tell whether they stood on it.
        since = sum(at > self.at for at in self.erased.values())
        if self.total is not None and not self.total - since <= len(on_it) <= self.total:
            self.fail("population.csv", f"{len(on_it)} are on the roster, and the log says {self.total}")
        known, new = set(), collections.Counter()
        for roster in self.rosters:
            new[roster["at"]] += roster["people"]
        for row in rows:
            where, pseudonym = f"population.csv: {row['number']}", row["in the log"]
            if pseudonym in known:
                self.fail(where, f"is {pseudonym} in the log, like somebody else")
            known.add(pseudonym)
            if row["on the roster"] and not is_moment(row["first seen"]):
                self.fail(where, f"first seen is {row['first seen']!r}, which is no time in whole seconds UTC")
            if row["hired"] and not is_moment(row["hired"] + "T00:00:00Z"):
                self.fail(where, f"hired is {row['hired']!r}, which is no day")
            new[row["first seen"]] -= 1
            if row["first seen"] and new[row["first seen"]] < 0:
                self.fail(where, f"first seen is {row['first seen']!r}, and the log has no roster of then, or one of fewer people")
            self.spared_by_word(row)
            for column, should in self.by_log(row, pseudonym).items():
                self.cell(where, row, column, should)
        lines = self.lines("log/left-out.txt")
        left_out = set(lines)
        if len(lines) > self.facts["leftOut"] or len(left_out) != len(lines):
            self.fail("log/left-out.txt", f"has more people than the {self.facts['leftOut']} who are left out")
        for pseudonym in self.missing(known):
            asked, came = self.people[pseudonym]["assigned"], self.people[pseudonym]["records"]
            when = f", asked at {asked[-1]['at']}" if asked else f", a record came at {came[-1]['at']}" if came else ""
            self.fail("population.csv", f"somebody whom the log names {pseudonym} is missing{when}")
        for pseudonym in sorted(left_out):
            if pseudonym in known or pseudonym not in self.people:
                self.fail("log/left-out.txt", f"{pseudonym} is in population.csv, or nobody in the log")
        listed = collections.Counter(row["on the roster"] for row in rows)
        left, before = listed["left in the period"], listed["left before the period"]
        if left + before + self.facts["leftOut"] < self.gone(""):
            words = f"{left + before} have left, and {self.facts['leftOut']} more are left out"
            self.fail("population.csv", f"{words}, and by the log {self.gone('')} or more have left")
        if self.facts["leftOut"] > sum(one for one in new.values() if one > 0):
            self.fail("pack.json", f"leftOut: by the log rosters named fewer than {self.facts['leftOut']} other people")
        if left < self.gone(self.begin):
            words = f"by the log {self.gone(self.begin)} people or more left in the period, and population.csv has {left} of them"
            self.asks.append(f"{words}: who are the others, and what shows that their last day of work was before it?")
        for listing, numbers in sorted(self.away.items()):
            words = f"a due date has passed, and only that HR calls them {listing!r} keeps these from being overdue"
            self.asks.append(f"population.csv: {words}: {named_first(numbers)}: what shows that they were not at work?")
        self.tell("population.csv", rows)

    def by_log(self, row, pseudonym):
        """What the log says that a row says of somebody whom it calls so, by the columns of the table."""
        says = self.standing(self.people.get(pseudonym, NOTHING), dict(row, **{"in the log": pseudonym}))
        rests = says.get("rests")
        columns = {column: says.get(column) or "" for column in ("status", "due", "completed", "valid until")}
        return {**columns, "record": rests["record"] if rests else "", "counts": counts(rests) if rests else ""}

    def whose_rows(self, rows):
        """Where a row is not what the log says of whom it names, and is what it says of somebody else, that name is what was
        altered: one row is of the one person who is missing, or two were exchanged."""
        fits = lambda row, pseudonym: all(row[column] == should for column, should in self.by_log(row, pseudonym).items())
        strange = list(itertools.islice((row for row in rows if not fits(row, row["in the log"])), 3))
        names = [row["in the log"] for row in reversed(strange)]
        if len(strange) == 1:
            names = self.missing({row["in the log"] for row in rows if row is not strange[0]})
        is_open = all(row["number"] not in self.bound for row in strange)
        if is_open and len(names) == len(strange) and all(map(fits, strange, names)):
            for row, pseudonym in zip(strange, names):
                self.cell(f"population.csv: {row['number']}", row, "in the log", pseudonym)

    def missing(self, known):
        """Whom the log has entries about, and no row is of: neither erased, nor left before the period."""
        left_out = set(self.lines("log/left-out.txt"))
        is_away = lambda pseudonym: pseudonym in self.erased or pseudonym in left_out and not self.came(pseudonym)
        return [pseudonym for pseudonym in self.people if pseudonym not in known and not is_away(pseudonym)]

    def came(self, pseudonym):
        """Whether somebody was asked or excepted in the period, or sent something: then they had not left before it."""
        entries = [entry for kind in self.people[pseudonym].values() for entry in kind]
        return any(entry["at"] >= self.begin for entry in entries)

    def spared_by_word(self, row):
        """Dates do not run for whoever is not at work, and that is HR's word."""
        if row["on the roster"] in ("at work", "not on the roster"):
            return
        at_work = dict(row, **{"on the roster": "at work"})
        if self.standing(self.known_of(row), at_work)["status"] == "overdue":
            self.away[row["on the roster"]].append(row["number"])

    def sample(self):
        """Those whose secrets are here are whom the log means."""
        sampled = self.facts["sample"]
        numbers = self.lines("sample.txt") if sampled else self.lines("numbers.txt")
        listed, salts, is_sound = [bare(number) for _, _, number in self.secrets()], {}, True
        for pseudonym, salt, number in self.secrets():
            if committed("countersign person 1", salt, number) != pseudonym:
                self.fail("log/people.txt", f"{number} is not {pseudonym}")
                is_sound = False
            else:
                salts[bare(number)] = salt
        # Nothing opens what is told of somebody without a salt, which is told.
        self.chosen = {bare(number): salts.get(bare(number), "") for number in numbers}
        # Whose secret it was, if it is not that person's, nobody can tell.
        if is_sound:
            self.has_secrets(listed)
        if sampled:
            self.same("seed.txt", "the seed", self.text("seed.txt"), sampled["seed"] + "\n")
            lot = lambda number: hashlib.sha256((sampled["seed"] + number).encode()).hexdigest()
            drawn = sorted(self.lines("numbers.txt"), key=lot)[: sampled["size"]]
            if drawn != numbers:
                self.fail("sample.txt", "is not the sample that the seed draws")

    def has_secrets(self, listed):
        """There is a secret of everybody in the sample, in their order, and of nobody else."""
        missing = [number for number, salt in self.chosen.items() if not salt]
        more = [number for number in listed if number not in self.chosen]
        if missing:
            self.fail("log/people.txt", f"of {named_first(missing)} it is not told who they are in the log")
        if more:
            self.fail("log/people.txt", f"tells who {named_first(more)} is in the log, who is not in the sample")
        elif not missing and listed != [number for number in self.rows if number in self.chosen]:
            self.fail("log/people.txt", "the order of its lines is not what it must be, or one stands there twice")

    def rows_of_records(self):
        """Each record that must be here has a row. One that has none gets it again, so that nothing else is blamed for that."""
        rows, missing = self.table("records.csv"), {}
        self.in_order("records.csv", self.with_entries(rows))
        told = {row["record"] for row in rows}
        for number in self.chosen:
            for entry in self.needed(self.rows.get(number, {}).get("in the log")):
                if entry["record"] not in told:
                    self.fail("records.csv", f"the record {entry['record']} of {number} is missing")
                    missing[entry["record"]] = {"number": number, "record": entry["record"], **logged(entry)}
        for path in self.below("records") if missing else []:
            row = missing.get(record_digest(self.document(path)))
            rows.extend([dict(row, file=path)] if row else [])

    def needed(self, pseudonym):
        """The records of somebody that must be here: those of the period, and the last that counts."""
        records = self.people.get(pseudonym, {"records": []})["records"]
        last = [entry for entry in records if entry["result"] == "passed" and counts(entry).startswith("yes")][-1:]
        return [entry for entry in records if entry["at"] >= self.begin or entry in last]

    def table_of_records(self):
        rows = self.table("records.csv")
        for row in rows:
            where = f"records.csv: {row['number']}, {row['record']}"
            entry = self.of(where, row)
            if not entry:
                continue
            for column, should in logged(entry).items():
                self.cell(where, row, column, should)
            record = self.document(row["file"])
            if record is None:
                self.exchanged.add(row["record"])
                continue
            number = record["credentialSubject"]["person"]["number"]
            if record_digest(record) != entry["record"] or bare(number) != row["number"]:
                self.fail(where, f"{row['file']} is another record, or somebody else's")
                self.exchanged.add(row["record"])
            else:
                self.named(row["file"], number, entry["completed"], entry["record"], "completion")
        self.tell("records.csv", rows)

    def table_of_reviews(self):
        rows, told = self.table("reviews.csv"), []
        for row, entry in self.paired("reviews.csv", rows, self.reviews):
            where = f"reviews.csv: {row['number']}, {row['record']}"
            told.append((row, entry["index"]))
            self.of(where, row)
            self.cell(where, row, "record", entry["record"])
            self.cell(where, row, "decision", entry["decision"])
            self.cell(where, row, "decided", entry["at"])
            if row["number"] in self.chosen:
                text = self.texts.get(entry["index"], {"by": None, "reason": None})
                self.cell(where, row, "by", bare(text["by"] or ""))
                self.cell(where, row, "reason", bare(text["reason"] or ""))
            else:
                self.spared(where, row, "by", "reason")
        self.in_order("reviews.csv", told)
        self.tell("reviews.csv", rows)

    def table_of_waivers(self):
        rows = self.table("waivers.csv")
        told = self.logged_waivers(rows)
        for row in rows:
            if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", row["waiver"]):
                self.fail("waivers.csv", f"{row['number']}: {row['waiver']!r} is no identifier of a waiver")
            if row["number"] in self.chosen:
                self.opened_waiver(row)
            else:
                self.spared_waiver(f"waivers.csv: {row['number']}, {row['waiver']}", row)
        named = {}
        for row in rows:
            named.setdefault((row["number"], row["until"]), row["waiver"])
        for number, row in self.rows.items():
            waiver = named.get((number, row["valid until"]), "") if row["status"] == "waived" else ""
            self.same(f"population.csv: {number}", "waiver", row["waiver"], waiver)
        self.in_order("waivers.csv", told)
        self.tell("waivers.csv", rows)

    def logged_waivers(self, rows):
        """The rows of exceptions beside their places in the log. One that is not as it was logged is held against the first
        exception of that person that has no row."""
        logged, told, others = collections.defaultdict(list), [], []
        for one in self.waivers.values():
            if one["person"] in self.numbers and one["until"] >= self.begin:
                revoked = "no" if one["revoked"] is None else "yes"
                cells = {"given": one["at"], "until": one["until"], "taken back": revoked}
                logged[self.numbers[one["person"]]].append((cells, one["index"]))
        for row in rows:
            same = [one for one in logged[row["number"]] if all(row[column] == cell for column, cell in one[0].items())]
            if same:
                logged[row["number"]].remove(same[0])
                told.append((row, same[0][1]))
            else:
                others.append(row)
        for row in others:
            where = f"waivers.csv: {row['number']}, {row['waiver']}"
            if not logged[row["number"]]:
                self.fail(where, "nothing in the log is behind this row")
                continue
            cells, index = logged[row["number"]].pop(0)
            told.append((row, index))
            for column, should in cells.items():
                self.cell(where, row, column, should)
        for number, missing in logged.items():
            for cells, _ in missing:
                self.fail("waivers.csv", f"{number}: the exception of {cells['given']} until {cells['until']} is missing")
        places = {id(row): place for place, row in enumerate(rows)}
        return sorted(told, key=lambda one: places[id(one[0])])

    def opened_waiver(self, row):
        """Who approved or took back, and why, of somebody whose secret is here."""
        where = f"waivers.csv: {row['number']}, {row['waiver']}"
        if row["file"] == SPARED:
            return self.fail(where, "its file is not here, and the secret of that person is")
        text = self.text(row["file"])
        entry = self.waivers.get(committed("countersign details 1", self.chosen[row["number"]], text))
        if not entry or str(entry["index"]) != row["log entry"]:
            return self.fail(where, f"{row['file']} is not what was logged")
        self.named(row["file"], row["number"], entry["at"], entry["details"], "waiver")
        said = json.loads(text)
        for column, member in (("waiver", "id"), ("approver", "approver"), ("reason", "reason")):
            self.cell(where, row, column, bare(said[member]))
        taken_back = self.texts.get(entry["revoked"], {"by": "", "reason": ""})
        self.cell(where, row, "taken back by", bare(taken_back["by"]))
        self.cell(where, row, "taken back because", bare(taken_back["reason"]))

    def spared_waiver(self, where, row):
        self.spared(where, row, "approver", "reason", "log entry", "file")
        taken_back = ("taken back by", "taken back because")
        if row["taken back"] == "yes":
            self.spared(where, row, *taken_back)
        else:
            for column in taken_back:
                self.cell(where, row, column, "")

    def spared(self, where, row, *columns):
        """What the log binds is told of those alone whose secrets are here."""
        for column in columns:
            if row[column] != SPARED:
                self.fail(where, f"{column} is {row[column] or 'nothing'!r}, and there is no secret here to check it by")

    def table_of_acknowledgements(self):
        """What was agreed to in the records that are here, each once."""
        rows, agreed, told = self.table("acknowledgements.csv"), {}, []
        for row in self.table("records.csv"):
            subject = (self.document(row["file"]) or {"credentialSubject": {}})["credentialSubject"]
            if subject.get("acknowledgement"):
                agreed[row["record"]] = subject
        members = ("policy", "digest", "statement", "language", "at", "meaning")
        columns = ("policy", "policy digest", "statement", "language", "agreed", "meaning")
        for row in rows:
            where = f"acknowledgements.csv: {row['number']}, {row['record']}"
            subject = agreed.pop(row["record"], None)
            if row["record"] in self.exchanged:
                told.append(row)  # Nothing here says what was agreed to in it.
                continue
            if not subject:
                self.fail(where, "the record is not here, agrees to nothing, or has a row already")
                continue
            told.append(row)
            self.cell(where, row, "number", bare(subject["person"]["number"]))
            for column, member in zip(columns, members):
                self.cell(where, row, column, bare(subject["acknowledgement"].get(member, "")))
        for record, subject in agreed.items():
            if record in self.exchanged:
                continue
            self.fail(f"acknowledgements.csv: {bare(subject['person']['number'])}", f"what the record {record} agrees to is missing")
        self.in_order("acknowledgements.csv", self.with_entries(told))
        self.tell("acknowledgements.csv", rows)

    def table_of_controls(self):
        if self.has("controls.csv") and sha256(self.bytes("controls.csv")) != CONTROLS:
            self.fail("controls.csv", "is not the table of this version of countersign")

    def with_entries(self, rows):
        """Each row of a record with where the log has that, if it has."""
        return [(row, self.records[row["record"]]["index"]) for row in rows if row["record"] in self.records]

    def in_order(self, name, rows):
        """Rows stand as the people do in population.csv, and those of one person as their entries in the log."""
        people = {number: place for place, number in enumerate(self.rows)}
        places = [(people.get(row["number"], -1), entry) for row, entry in rows]
        if places != sorted(set(places)):
            self.fail(name, "the order of its rows is not what it must be, or one stands there twice")

    def of(self, where, row):
        """The entry of the record in a row, if it is about the person in it."""
        entry, person = self.records.get(row["record"]), self.rows.get(row["number"], {}).get("in the log")
        if not entry:
            self.fail(where, "the record is not in the log")
        elif entry["person"] != person:
            self.fail(where, "the record is somebody else's in the log")
        return entry

    def paired(self, name, rows, entries):
        """The rows beside the entries that they tell, by their places."""
        known, whose = self.numbers, lambda entry: self.records[entry["record"]]["person"]
        entries = {str(entry["index"]): entry for entry in entries if whose(entry) in known}
        for row in rows:
            if row["log entry"] in entries:
                yield row, entries.pop(row["log entry"])
            else:
                self.fail(f"{name}: {row['number']}", f"entry {row['log entry']} of the log is no such decision")
        for index in entries:
            self.fail(name, f"the decision of entry {index} is missing")

    def tell(self, name, rows):
        if not self.failed:
            print(f"PASS {name}: {'1 row is' if len(rows) == 1 else f'{len(rows)} rows are'} what the log says")

    # --- what is told beside the tables ---

    def assignments(self):
        """What was signed for somebody is in the log, and here; and they are called as it says. Names change, so another one is no
        fault, but a question."""
        signed, asked, here = collections.defaultdict(list), {}, set()
        for number in self.chosen:
            entries = self.people.get(self.rows.get(number, {}).get("in the log"), {"assigned": []})["assigned"]
            asked.update({entry["assignment"]: (number, entry["at"]) for entry in entries})
        for path in self.below("assignments") + [row["file"] for row in self.table("records.csv")]:
            document = self.document(path)
            if document is None:
                continue
            person, digest = document["credentialSubject"]["person"], record_digest(document)
            number = bare(person["number"])
            signed[number].append((path, person["name"]))
            if path.startswith("assignments/"):
                self.named(path, person["number"], document["proof"]["created"], digest, "assignment")
            if path.startswith("assignments/") and (digest in here or asked.get(digest, ("",))[0] != number):
                self.fail(path, "is no part of the pack: it is here twice, or not in the log as an assignment of that person")
            here.add(digest)
        for digest, (number, at) in asked.items():
            if at >= self.begin and digest not in here:
                # The day on which it was signed stands in its name, and nowhere else.
                where = f"assignments/…_{digest.split(':')[1][:8]}.assignment.json"
                self.fail(where, f"is missing: {number} was asked at {at}, and what was signed for them then is not here")
        for number, row in self.rows.items():
            for path, name in otherwise(row["name"], signed[number]) if row["name"] else []:
                words = f"population.csv: {number}: name is {row['name']!r}, and {path} says {name!r}"
                self.asks.append(f"{words}: is that one person?")

    def pages(self):
        """The beginning of README.txt; title, period, figures and rows of index.html."""
        rows, chosen, facts = list(self.rows.values()), self.chosen, self.facts
        page, before, failed = Page(self.text("index.html")), facts["from"], self.failed
        told = {kind: sum(row["status"] == kind for row in rows) for kind in (*KINDS, "not asked to")}
        sent = len({row["number"] for row in self.table("records.csv")})
        drawn = facts["sample"] and f"{len(chosen)} of them, drawn with the seed {facts['sample']['seed']}; of {sent} of these there is one"
        should = [
            f"Course {facts['title']}",
            f"Period {before} to {facts['to']} (UTC)",
            f"Status as of {self.at}",
            f"Population {len(rows)}",
            *(f"{kind} {number}" for kind, number in told.items()),
            f"Left out {facts['leftOut']} who had left before {before} and sent no record since" if facts["leftOut"] else "Left out nobody",
            f"Records of {drawn or f'all of them; of {sent} there is one'}",
        ]
        said = (self.text("README.txt").replace("\r\n", "\n").split("\n\n") + [""])[1].split("\n")
        for line, must in itertools.zip_longest(said, should, fillvalue=""):
            self.same("README.txt", "a line", bare(" ".join(line.split())), bare(" ".join(must.split())))
        for kind, number in told.items():
            self.same("index.html", kind, page.tiles.get(kind, "0"), str(number))
        self.same("index.html", "People", page.tiles.get("People", ""), str(len(rows)))
        for what, pattern, must in (
            ("title", r"<h1>Evidence of training: (.*)</h1>", facts["title"]),
            ("period", r"</code>, (\S+ to \S+) \(UTC\)\. Everybody", f"{before} to {facts['to']}"),
            ("left out", r"no record of theirs came in it: (\d+)\.</p>", str(facts["leftOut"])),
            ("exceptions", r"<h2>Exceptions</h2>\s*<p>(\d+) in the period", str(len(self.table("waivers.csv")))),
            ("entries", r"<p>HR's log had (\d+) entries;", str(len(self.raw))),
        ):
            found = re.search(pattern, self.text("index.html"))
            self.same("index.html", what, bare(html.unescape(found[1])) if found else "", bare(must))
        columns = ("number", "name", "on the roster", "status", "due", "completed", "valid until")
        should = [[row[column] for column in columns] for row in rows if row["number"] in chosen]
        self.same_rows("index.html: those whose records are here", page.tables.get("people", []), should)
        should = [
            [row["number"], row["record"].split(":")[1][:8], f"entry {row['log entry']}", row["received"]]
            + [f"{row['passed']}, {row['earned']} of {row['possible']} points"]
            + ["".join(f"{level}: {row[level]}" for level in LEVELS), row["counts"]]
            for row in self.table("records.csv")
        ]
        said = [[*row[:4], row[4].removesuffix("s") + "s", *row[5:]] for row in page.tables.get("records", [])]
        self.same_rows("index.html: their records", said, should)
        if self.failed > failed:
            print(
                "README.txt and index.html are made of the tables and pack.json: where a page and a table differ, one of the two was\n"
                "altered."
            )
        for words in self.asks:
            print(shown(f"ASK {words}"))
        if not self.failed:
            print("PASS README.txt, index.html: title, period, figures and rows are those of the tables (not their other words)")
            print(
                "Names, departments, roles, days of work, and who stands on the roster and since when, are HR's word. So is that whoever\n"
                "is left out had left before the period, and which number is whom in the log and by which identifier an exception goes,\n"
                f"but for those whose secrets are here: {len(chosen)}. Who is at work, on leave or has left is HR's word, and with it whether\n"
                "somebody whose due date has passed is overdue. The times of entries are those of HR's clock."
            )

    def same_rows(self, where, said, should):
        """Rows of a page that differ, each beside the one of the tables about the same person."""
        said, should = (collections.Counter(map(tuple, rows)) for rows in (said, should))
        missing = list((should - said).elements())
        for row in (said - should).elements():
            other = next((one for one in missing if one[0] == row[0]), None)
            if other:
                missing.remove(other)
            self.fail(where, f"{', '.join(row)}: the tables say something else" + (f": {', '.join(other)}" if other else ""))
        for row in missing:
            self.fail(where, f"{', '.join(row)} is missing")


class Page(html.parser.HTMLParser):
    """Figures and tables of index.html. A moment is what its `datetime` says, and must be what people read."""

    def __init__(self, text):
        super().__init__()
        self.tiles, self.tables, self.term, self.table, self.cell, self.time = {}, {}, "", None, None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in ("dt", "dd", "td", "th"):
            self.cell = ""
        elif tag == "caption":
            self.table = self.tables.setdefault(attributes.get("id"), [])
        elif tag == "tr" and self.table is not None:
            self.table.append([])
        elif tag == "time":
            self.time = attributes.get("datetime", "")

    def handle_data(self, text):
        if self.cell is not None:
            if self.time and text == self.time.replace("T", " ").replace("Z", "\u00a0UTC"):
                text = self.time
            self.cell += text

    def handle_endtag(self, tag):
        if tag == "time":
            self.time = None
        elif tag == "dt":
            self.term = self.cell
        elif tag == "dd":
            self.tiles[self.term] = self.cell
        elif tag in ("td", "th") and self.table:
            self.table[-1].append(bare(self.cell))
        elif tag == "thead" and self.table:
            self.table.pop()
        if tag in ("dt", "dd", "td", "th"):
            self.cell = None


def logged(record):
    """What an entry says of a record, by the columns of its table."""
    return {
        "received": record["at"],
        "signed by the device at": record["completed"],
        "log entry": str(record["index"]),
        "earned": points(record["earned"]),
        "possible": points(record["possible"]),
        "passed": "passed" if record["result"] == "passed" else "not passed",
        **{level: record["levels"][level] for level in LEVELS},
        "counts": counts(record),
        "course version digest": record["content"],
    }


def counts(record):
    """Whether a record counts, and who said so."""
    words = {"accepted": "yes, accepted in review", "refused": "no, refused in review"}
    undecided = "yes, at once" if record["disposition"] == "accepted" else "not yet, waits for review"
    return words.get(record["decision"], undecided)


def concerns(rule, row):
    """Whether a rule is for somebody: at work, and among all those that it names."""
    audience = rule["audience"]
    among = lambda named, has: not named or has in map(bare, named)
    named = audience["people"] is None or row["in the log"] in audience["people"]
    return row["on the roster"] == "at work" and among(audience["departments"], row["department"]) and among(
        audience["roles"], row["role"]
    ) and named


def texts(manifest):
    """The texts in course.ron, each behind the names of the members that it stands in, whatever their order is; what is in
    comments is none."""
    path, key, last, at = [], "", "", 0
    while found := RON.search(manifest, at):
        at = found.end()
        sign, text = found["sign"], found["string"] if found["raw"] is None else found["raw"]
        if found["open"]:
            at = past_comment(manifest, at)
        elif found["word"]:
            last = found[0]
        elif sign == ":":
            key = last
        elif sign == ",":
            key = ""
        elif sign and sign in "([{":
            path.append(key)
            key = ""
        elif sign:
            path.pop()
        elif text is not None:
            # `policy: Some((file: ..))` has a parenthesis more.
            steps = ".".join(step for step in (*path, key) if step)
            yield steps, text if found["raw"] is not None else ESCAPE.sub(unescaped, text)


def unescaped(found):
    """A character that stands in a text by its sign or its number."""
    if number := found["point"] or found["byte"]:
        return chr(int(number, 16))
    return {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}.get(found["sign"], found["sign"])


def past_comment(text, at):
    """Where a comment that has begun ends; there may be others in it."""
    depth = 1
    while depth:
        sign = re.compile(r"/\*|\*/").search(text, at)
        if not sign:
            raise ValueError("course.ron has a comment without an end")
        depth, at = depth + (1 if sign[0] == "/*" else -1), sign.end()
    return at


def is_of_course(name):
    """Whether a file is part of a course; what begins with a dot or an underscore is none."""
    parts = name.split("/")
    within = parts == ["course.ron"] or len(parts) > 1 and parts[0] in ("lessons", "quizzes", "assets")
    return within and not any(part == "" or part.startswith((".", "_")) for part in parts)


def course_digest(files):
    """The digest over all files of a course, as docs/record-format.md has it."""
    lines = sorted((name.encode(), sha256(content)) for name, content in files.items() if is_of_course(name))
    return "sha256:" + sha256(b"".join(digest.encode() + b"  " + name + b"\n" for name, digest in lines))


def packed(files):
    """The archive that these files give, as docs/course-format.md has it."""
    pack, directory = bytearray(), bytearray()
    for name, content in sorted((name.encode(), content) for name, content in files.items()):
        size = len(content)
        shared = struct.pack("<5H3L2H", 20, 1 << 11, 0, 0, 0x0021, zlib.crc32(content), size, size, len(name), 0)
        directory += b"PK\1\2" + struct.pack("<H", 0x0314) + shared + bytes(6) + struct.pack("<2L", 0o100644 << 16, len(pack)) + name
        pack += b"PK\3\4" + shared + name + content
    end = struct.pack("<2H2LH", len(files), len(files), len(directory), len(pack), 0)
    return pack + directory + b"PK\5\6" + bytes(4) + end


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def committed(purpose, salt, text):
    """SHA-256 of netstrings, by which the log names people and binds texts."""
    fields = b"".join(b"%d:%s," % (len(field), field) for field in (purpose.encode(), salt.encode(), text.encode()))
    return "sha256:" + hashlib.sha256(fields).hexdigest()


def record_digest(record):
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def is_index(text):
    """Whether it is the place of an entry, as tables write it."""
    return bool(re.fullmatch(r"0|[1-9][0-9]{0,15}", text))


def is_moment(text):
    """Whether it is a time in whole seconds UTC, as packs and entries write it."""
    try:
        return datetime.strptime(text, TIME).strftime(TIME) == text
    except ValueError:
        return False


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


def plus_days(moment, days):
    try:
        return written(datetime.strptime(moment, TIME) + timedelta(days=days))
    except OverflowError:
        return "9999-12-31T23:59:59Z"


def plus_months(moment, months):
    """The same day of the month, or the last one of a shorter month."""
    at = datetime.strptime(moment, TIME)
    years, month = divmod(at.month - 1 + months, 12)
    year = at.year + years
    if year > 9999:
        return moment
    return written(at.replace(year=year, month=month + 1, day=min(at.day, calendar.monthrange(year, month + 1)[1])))


def written(at):
    return at.isoformat(timespec="seconds") + "Z"


def alike(name):
    """A name without case, accents, signs, and the order of its parts."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(sorted(re.findall(r"[^\W_]+", plain)))


def otherwise(listed, signed):
    """What to ask about: each record whose name is neither the one on the roster nor one by which HR asked that person; and when
    all the others call them otherwise than the roster, the last of those."""
    vouched = {alike(name) for path, name in signed if path.startswith("assignments/")} | {alike(listed)}
    unlike = [(path, name) for path, name in signed if alike(name) not in vouched]
    known = [(path, name) for path, name in signed if alike(name) in vouched]
    return unlike + ([] if any(alike(name) == alike(listed) for _, name in known) else known[-1:])


def why(error):
    """What is wrong, for somebody who does not know Python."""
    if isinstance(error, KeyError):
        return f"{error.args[0]} is not in it"
    return "something is missing in it" if isinstance(error, (IndexError, TypeError, AttributeError)) else str(error)


def named_first(numbers):
    """The first of these people, and how many more there are: nobody reads thousands."""
    return ", ".join(numbers[:MOST_NAMED]) + (f" and {len(numbers) - MOST_NAMED} more" if len(numbers) > MOST_NAMED else "")


def points(thousandths):
    return f"{thousandths // 1000}.{thousandths % 1000:03}".rstrip("0").rstrip(".")


def bare(text):
    """A text without what makes it safe in a table or a page: signs for hidden characters, and apostrophes before what a
    spreadsheet would take for a formula, whether it expects a comma or a semicolon between the cells."""
    text = re.sub(r"<U\+([0-9A-F]{4,6})>", lambda sign: chr(min(int(sign[1], 16), sys.maxunicode)), text)
    return re.sub(r"(^|[,;])'(?=\s*[-=+@＝＋－＠])", r"\1", text)


def shown(text):
    """Text from a file must not steer the terminal."""
    return "".join(
        f"<U+{ord(character):04X}>" if unicodedata.category(character)[0] == "C" else character for character in text
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
