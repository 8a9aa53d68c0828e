#!/usr/bin/env python3
"""Makes the tables of an evidence pack again from its log, and names every row that says something else, and every file that is
missing or is no part of a pack; log/key, if it is not the key that the log names in its first entry; and allowed_signers, if it does
not name that in log/key alone.

    python3 -I tables.py [FOLDER]    FOLDER is the pack; else the present folder

Needs Python 3.9 and no packages. log.py shows who signed log/checkpoint; this shows that log/entries.jsonl has exactly the
entries under it, that statuses, dates, levels and decisions in the tables are what those entries come to, and that nobody of
whom they tell is missing. What is signed and hashed is judged first, then each table, row by row, and then the pages. What only
follows from something altered is not told beside it, where it can be decided what that is; what cannot be read is named, and the rest is
compared (docs/evidence-packs.md of countersign). By which rules stands in docs/log-format.md, "Counting from the log alone".
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
OFF_THE_ROSTER = ("left in the period", "left before the period", "not on the roster")
STANDING = ("status", "due", "completed", "valid until", "record", "waiver", "counts")  # what follows from how somebody stands
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
# What a row is about, beside its person.
KEYS = {"acknowledgements.csv": "record", "records.csv": "record", "reviews.csv": "record", "waivers.csv": "waiver"}
HEAD = re.compile(r"([^\n]+\n([0-9]+)\n([0-9A-Za-z+/]+=*)\n\n\u2014 [^\n]+\n)(\u2014 [^\n]+\n)*")  # of a log
MEANING = "read, understood and agreed"  # of what somebody agreed to, in each record
# What the Finder of macOS and the Explorer of Windows put beside files by themselves.
ADDED = re.compile(r"(?:^|/)(?:__MACOSX(?:/.*)?|\.DS_Store|\._[^/]*|(?i:thumbs\.db|desktop\.ini))$")
LINE_ENDS = ("the ends of its lines are not what they must be: a mail gateway, git or an editor has changed them; "
             "ask for the pack as a zip file")
# What is read line by line.
LINED = """README.txt courses/digests.txt index.html log/checkpoint log/entries.jsonl log/key log/left-out.txt log/opened.jsonl
    log/people.txt numbers.txt pack.json roster.txt sample.txt seed.txt"""
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
# What must stand in the texts that entries bind: of versions of a course, of rules, of their ends and of decisions.
COURSE, DECISION = "title:text validityDays:number", "by:text reason:text"
RULE, END = "audience:audience course:id rule:text trigger:trigger", "rule:text"
# The members of pack.json, and of its `sample`, each with its form.
FACTS = "asOf:moment controls:texts course:id expiringDays:number findings:texts format:number from:day leftOut:number program:text "
FACTS += "sample:sample title:text to:day"
SAMPLE = "seed:text size:number"
# What rules go by.
TERMS = {"every": ["months", "notice_days"], "on_hire": ["within_days"], "on_new_policy": ["within_days"]}
ALIKE = 64  # of so many rows about the same the one that is equal is looked for
PERSONLESS = {"credentialSubject": {"person": {"number": ""}}}
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
# What reading something raises that is not in its form, whatever somebody has written there.
UNREADABLE = (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)
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
        self.approved = {}  # when each version was first approved, in that order
        self.erased = {}  # by pseudonym: when
        self.total = None  # how many stood on the roster
        self.rosters = []  # entries `roster`
        self.added = {}  # versions of the course in the order in which they came, with their texts
        self.altered = set()  # entries whose texts are here otherwise than they were logged, which is told
        self.is_rule_unknown = False  # whether some rule cannot be read, which is told
        self.chosen = {}  # those whose secrets are here, once that is known
        self.here = {}  # by digest: the records that are here, wherever they are
        self.asks_to_agree = {}  # by version: what the course asks people to agree to
        # What cannot be made again, because something else was altered, which is told. Nothing is held against it:
        self.unsure = collections.defaultdict(set)  # by number: columns of population.csv
        self.strangers = set()  # numbers of those of whom nobody can tell who they are in the log
        self.is_list_otherwise = False  # whether the rows of population.csv are not those that must be there
        self.missing_files = set()  # of which that is told
        self.asks = []  # what is not wrong by itself
        self.away = collections.defaultdict(list)  # numbers of those who are not overdue only because HR says so

    def check(self):
        self.facts = self.told_facts()
        if self.facts["format"] != 1:
            raise ValueError("it is of a later format than this program reads")
        self.course, self.at = self.facts["course"], self.facts["asOf"]
        self.begin = self.facts["from"] + "T00:00:00Z"
        self.line_ends()
        key = self.signer()
        self.raw = self.lines("log/entries.jsonl")
        entries = self.entries()
        self.opening(key, entries[0])
        self.replay(entries)
        self.period()
        self.courses()
        self.table("population.csv")
        if self.tables["population.csv"] is None:
            self.layout()
            raise Stop
        self.whom_the_log_means()
        self.sample()
        self.population()
        self.records_here()
        for path, rows in (
            ("records.csv", self.should_records),
            ("reviews.csv", self.should_reviews),
            ("waivers.csv", self.should_waivers),
            ("acknowledgements.csv", self.should_acknowledgements),
        ):
            self.compare(path, [row for row in rows() if row["number"] not in self.strangers])
        self.names_of_waivers()
        self.layout()
        self.files_of_records()
        self.table_of_controls()
        self.assignments()
        if self.unsure or self.is_list_otherwise:
            if not self.failed:  # Whatever is not compared has a reason, which is told; without one this is no pass.
                self.fail("pack", "not all of its tables could be made again")
            print("not compared: README.txt and index.html, which follow from tables of which not all could be made again")
            raise Stop
        self.pages()

    def fail(self, where, words):
        if where in (*FILES.split(), "sample.txt", "seed.txt") and not self.has(where):
            words = "is missing"  # Of a file that is not here that alone is told, once.
            if where in self.missing_files:
                return
            self.missing_files.add(where)
        self.failed += 1
        print(shown(f"FAIL {where}: {words}"))

    def same(self, where, what, says, should):
        """A cell of a table against what it must be."""
        if says != should:
            file = where.split(":")[0]
            source = SOURCES.get((file, what)) or SOURCES.get(file, "the log says")
            self.fail(where, f"{what} is {quoted(says)}, and {source} {quoted(should)}")

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
            forms = FACTS if "asOf" in said or "seed" not in said else SAMPLE
            forms = dict(member.split(":") for member in forms.split())
            counted = collections.Counter(name for name, _ in pairs)
            wrong.extend(f"{name} stands there twice" for name, times in counted.items() if times > 1)
            wrong.extend(f"{name} is no member of it" for name in counted if name not in forms)
            wrong.extend(f"{name} is missing" for name in forms if name not in said)
            wrong.extend(
                f"{name} is {said[name]!r}, which cannot be" for name in forms if name in said and not has_form(said[name], forms[name])
            )
            return said

        try:
            facts = json.loads(text, object_pairs_hook=members)
        except (ValueError, RecursionError) as error:
            self.fail("pack.json", f"is not JSON: {error}")
            raise Stop from None
        if not isinstance(facts, dict):
            wrong.append("is no object")
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
            written = self.bytes(path) if self.has(path) else b""
            if written and (not written.endswith(b"\n") or written.endswith(b"\n\n") or b"\r" in written):
                self.fail(path, LINE_ENDS)

    def signer(self):
        """The name and the key in log/key. Whoever may have signed SHA256SUMS is that key, and nobody else."""
        if not self.has("log/key"):
            return None  # That it is missing is told with the other files.
        try:
            line = self.bytes("log/key").decode().rstrip("\r\n")
            name, identifier, written = line.split("+", 2)
            key = base64.b64decode(written)
        except ValueError:
            return self.fail("log/key", "is no key of a log")
        is_spelled = line == line.strip() and base64.b64encode(key).decode() == written and len(key) == 33 and key[0] == 1
        # What stands before each signature of the log: it belongs to this name and this key alone.
        if not is_spelled or hashlib.sha256(f"{name}\n".encode() + key).hexdigest()[:8] != identifier:
            return self.fail("log/key", "is no key of a log")
        blob = b"".join(len(part).to_bytes(4, "big") + part for part in (b"ssh-ed25519", key[1:]))
        line = f'hr namespaces="evidence-pack@countersign" ssh-ed25519 {base64.b64encode(blob).decode()}\n'
        if self.has("allowed_signers") and self.text("allowed_signers") != line:
            self.fail("allowed_signers", "does not name the key in log/key, and it alone")
        return {"origin": name, "key": did_key(key[1:])}

    def opening(self, key, entry):
        """The log says in its first entry what it is called and by which key it is signed."""
        if key and entry["entry"] == "opened" and any(entry[member] != said for member, said in key.items()):
            self.fail("log/key", "is not the key that the log names in its first entry")

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
        for path in ("records.csv", "waivers.csv"):
            for row in self.table(path):
                if row["file"] and row["file"] != SPARED:
                    must.add(row["file"])
                    proof = row["file"].replace("records/", "receipts/").removesuffix("json") + "tlog-proof"
                    proofs[proof] = row["log entry"]
        must.update(proofs)
        for path in sorted(path for path in must & here if path.endswith(".csv")):
            self.same_bytes(path)
        for path in sorted(must - here):
            self.fail(path, "is missing")
        for path in sorted(here - must):
            # Which files there are of people is known when it is known who all of them are in the log.
            is_open = path.startswith(("records/", "receipts/", "waivers/")) and self.strangers
            if not (path.startswith("assignments/") or is_open) or ADDED.search(path):
                added = ": the file manager of a computer has added it; delete it and check again"
                self.fail(path, "is no part of the pack" + (added if ADDED.search(path) else ""))
        # That a receipt leads to the root is for log.py to say.
        for path, index in proofs.items():
            line = base64.b64encode(self.raw[int(index)].encode()).decode()
            begins = f"c2sp.org/tlog-proof@v1\nextra {line}\nindex {index}\n"
            if path in here and not (self.text(path).startswith(begins) and self.text(path).endswith("\n\n" + self.head)):
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
        named, is_unknown = set(self.approved), not self.chosen or bool(self.strangers)
        for row in self.table("records.csv") if self.chosen else ():
            named.add(row["course version digest"])
            is_unknown |= row["record"] not in self.here
            subject = self.here.get(row["record"], {}).get("credentialSubject", {})
            named.update(attempt.get("courseDigest") for attempt in subject.get("attempts", ()))
        return [content for content in self.added if content in named or is_unknown and self.has(self.archive(content))]

    def same_bytes(self, path):
        """A table is written in one way: whoever compares files would take another for another table."""
        text = self.text(path)
        try:
            rows = cells(text)
        except csv.Error:
            return  # That it is no table is told.
        quoted = lambda cell: '"' + cell.replace('"', '""') + '"' if set(cell) & set('",\r\n') else cell
        if not all(rows) or text != "\ufeff" + "".join(",".join(map(quoted, row)) + "\r\n" for row in rows):
            self.fail(path, "line ends, quotation marks or the first bytes are not what they must be")

    def called(self, folder, number, at, digest, kind):
        """How a file goes: by what is in it, so that whoever opens it reads what its name says."""
        # Two numbers may become one name; the digest keeps the files apart.
        safe = re.sub(r"[^0-9A-Za-z]+", "-", number).lstrip("-")[:36].rstrip("-") or "person"
        day, short = at.split("T")[0], digest.split(":")[1][:8]
        return f"{folder}/{safe}_{self.course}_{day}_{short}.{kind}.json"

    @staticmethod
    def earlier(here):
        return {found[1] for found in (re.fullmatch(r"log/earlier/(\d+)\.(?:checkpoint|extension)", path) for path in here) if found}

    def text(self, path):
        written = self.bytes(path)
        try:
            return written.decode()
        except UnicodeDecodeError as error:
            line = written[: error.start].count(b"\n") + 1
            self.fail(f"{path}:{line}", "is not UTF-8 text: ask HR for the whole pack again")
            raise Stop from None

    def bytes(self, path):
        with open(self.within(path), "rb") as file:
            return file.read()

    def document(self, path):
        """What a record or an assignment says, as far as it is looked at. What cannot be read is told."""
        try:
            said = json.loads(self.text(path))
            subject = said["credentialSubject"]
            texts = [subject["person"]["number"], subject["person"]["name"], said["proof"]["created"]]
            texts += subject["acknowledgement"].values() if "acknowledgement" in subject else []
            if not all(isinstance(text, str) for text in texts) or not is_moment(said["proof"]["created"]):
                raise ValueError("what must be a text is none")
            if not all(isinstance(attempt, dict) for attempt in subject.get("attempts", ())):
                raise ValueError("an attempt is no object")
            return said
        except UNREADABLE as error:
            return self.fail(path, f"cannot be read: {why(error)}")

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
        text = self.text(path).replace("\r\n", "\n") if self.has(path) else ""
        return text.rstrip("\n").split("\n") if text else []

    def table(self, path):
        """The rows of a table, each with its cells by the names of their columns."""
        if path not in self.tables:
            self.tables[path] = self.read_table(path)
        return self.tables[path] or []

    def read_table(self, path):
        """The same, as the file has them; none of one that cannot be read, which is told, here or with the other files."""
        if not self.has(path):
            return None
        try:
            rows = cells(self.text(path))
        except (csv.Error, ValueError) as error:
            return self.fail(path, f"is not a table: {error}")
        should = COLUMNS[path].split(",")
        for place, (says, must) in enumerate(itertools.zip_longest(rows[0] if rows else (), should), 1):
            if says != must:
                words = f"column {place} is {quoted(says)}, and it must be {quoted(must)}"
                return self.fail(path, f"the columns are not what they must be: {words}")
        for row in rows:
            if row and len(row) != len(should):
                self.fail(f"{path}: {bare(row[0])}", f"has {len(row)} cells, and must have {len(should)}")
                row.extend([""] * len(should))
        return [dict(zip(should, map(bare, row))) for row in rows[1:] if row]

    # --- what the log says ---

    def entries(self):
        """All entries under the root that the checkpoint says (RFC 6962, section 2.1)."""
        if not self.has("log/entries.jsonl"):
            raise ValueError("log/entries.jsonl is missing, or the log too long for a pack: the tables cannot be made again")
        size, root = self.checkpoint()
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

    def checkpoint(self):
        """Size and root of the log. Where all receipts here have one head, and log/checkpoint is another, that is what was altered."""
        heads = set()
        for folder in ("log", "receipts", "waivers"):
            proofs = (path for path in self.below(folder) if path.endswith(".tlog-proof"))
            heads.update(self.text(path).partition("\n\n")[2] for path in proofs)
        said = HEAD.fullmatch("\n".join(self.lines("log/checkpoint")) + "\n")
        common = HEAD.fullmatch(heads.pop()) if len(heads) == 1 else None
        if said and said[4]:
            self.fail("log/checkpoint", "it has other signatures than the one of HR's log")
        elif not said:
            self.fail("log/checkpoint", "is no head of a log")
        if common and (not said or common[1] != said[1]):
            if said:
                self.fail("log/checkpoint", "is not the head that all receipts here lead to")
            said = common
        if not said:
            raise Stop
        self.head = said[1]
        return said[2], said[3]

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
        """Texts that entries bind with a secret, hashed again; by the place of the entry. With what is not the one that was logged
        nothing is compared."""
        texts, last = {}, -1
        for number, line in enumerate(self.lines("log/opened.jsonl"), 1):
            try:
                said = json.loads(line)
                index, text = said["entry"], json.loads(said["text"])
                digest = committed("countersign details 1", said["salt"], said["text"])
                if set(said) != {"entry", "salt", "text"} or not has_form(index, "number") or not isinstance(text, dict):
                    raise ValueError
            except UNREADABLE:
                self.fail(f"log/opened.jsonl:{number}", "is no entry with a secret and a text")
                continue
            if last >= index:
                self.fail("log/opened.jsonl", f"the text of entry {index} is there twice, or not in the order of the log")
            last = index
            if index < len(entries) and entries[index].get("details") == digest:
                texts[index] = text
            else:
                self.fail("log/opened.jsonl", f"the text of entry {index} is not the one that was logged")
                self.altered.add(index)
        return texts

    def lacking(self, index, what):
        """That the text of an entry is not here, unless it is told that it is another."""
        if index not in self.altered:
            self.fail("log/opened.jsonl", f"{what} is not here")

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
                self.lacking(index, f"the text of entry {index}")  # it is about nobody
            elif kind == "rules" and entry["kind"] in ("recurrence", "end"):
                self.rule(index, entry)

    def person(self, entry):
        return self.people.setdefault(entry["person"], {"assigned": [], "records": [], "waivers": []})

    def known_of(self, row):
        """What the log says of the person in a row."""
        return self.people.get(row["in the log"], NOTHING)

    def version(self, index, entry):
        if entry["change"] == "added" and not self.added.get(entry["content"]):
            self.added[entry["content"]] = self.text_of(index, f"for how long the course of entry {index} counts", COURSE)
        elif entry["change"] == "approved":
            self.approved.setdefault(entry["content"], entry["at"])

    def rule(self, index, entry):
        rule = self.text_of(index, f"the rule of entry {index}", END if entry["kind"] == "end" else RULE)
        if not rule:
            self.is_rule_unknown = True
        elif entry["kind"] == "end":
            self.rules.pop(rule["rule"], None)
        elif rule["course"] == self.course:
            self.rules[rule["rule"]] = dict(rule, at=entry["at"])

    def text_of(self, index, what, forms):
        """What an entry binds, if it is here with these members."""
        text = self.texts.get(index, {})
        if all(member in text and has_form(text[member], form) for member, form in (one.split(":") for one in forms.split())):
            return text
        return self.lacking(index, what)

    def period(self):
        """What pack.json says of the period, and of the course."""
        begin, end, last = self.begin, self.facts["to"] + "T23:59:59Z", json.loads(self.raw[-1])["at"]
        if not begin <= self.at <= end:
            self.fail("pack.json", f"{self.at}, for which status is told, is not in the period {begin} to {end}")
        elif last > self.at != end:
            self.fail("pack.json", f"status is told for {self.at}, before the period was over, and the log has an entry of {last}")
        self.same("pack.json", "expiringDays", self.facts["expiringDays"], EXPIRING)
        added = list(self.added)
        newest = max(self.approved, key=self.approved.get) if self.approved else added[-1] if added else None
        latest = [content for content in added if self.approved.get(content) == self.approved.get(newest)]
        self.newest = latest[-1] if latest else newest
        if self.added.get(self.newest):
            self.same("pack.json", "title", self.facts["title"], self.added[self.newest]["title"])

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
        earned, last, asked = rests_on(person)
        due = asked["due"] if asked else self.due_by_rule(row, earned)
        # Dates do not run for those on leave, not there yet, or gone.
        late = due is not None and due < self.at and row["on the roster"] in ("at work", "not on the roster")
        ends = plus_days(earned["at"], self.valid_days(earned)) if earned else None
        completed = {"completed": earned["at"], "valid until": ends, "rests": earned} if earned else {}
        if earned and self.at < ends and not late:
            expiring = plus_days(self.at, self.facts["expiringDays"]) >= ends
            return dict(completed, status="expiring" if expiring else "complete")
        holding = self.holding(person)
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

    def holding(self, person):
        """The exceptions of somebody that hold."""
        return [one for one in person["waivers"] if self.at < one["until"] or self.at == one["until"] and one["revoked"] is None]

    def valid_days(self, record):
        """A version that was never added says nothing of how long it counts."""
        return (self.added.get(record["content"]) or {"validityDays": 0})["validityDays"]

    def is_certain(self, row):
        """Whether how somebody stands follows from what can be read: for how long their completion counts, and, where nobody
        asked or excepted them, the rules that may ask and what these go by."""
        unread = self.unsure.get(row["number"], ())
        earned, _, asked = rests_on(self.known_of(row))
        if "on the roster" in unread or earned and self.added.get(earned["content"], earned) is None:
            return False
        is_policy_unknown = self.is_policy_asking() and not self.approved.keys() <= self.policies.keys()
        is_rule_read = not self.is_rule_unknown and not is_policy_unknown and not (unread and self.rules)
        is_excepted = not earned and self.holding(self.known_of(row))
        return bool(asked or is_excepted) or row["on the roster"] != "at work" or is_rule_read

    def is_policy_asking(self):
        return any("on_new_policy" in rule["trigger"] for rule in self.rules.values())

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
                self.fail(path, f"cannot be read: {why(error)}")
        if self.is_policy_asking():
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
        if (taught := course_digest(files)) != content:
            self.fail(path, "is another course than the one of its name")
            content = taught  # What is in it is that course all the same.
        elif strange:
            self.fail(path, f"has what is no part of a course: {', '.join(strange)}")
        elif packed(files) != self.bytes(path):
            self.fail(path, "is not the archive that the files of the course give")
        says = collections.defaultdict(list)
        for member, text in texts(files["course.ron"].decode()):
            says[member].append(text)
        policy = says["policy.file"]
        self.policies[content] = sha256(files[policy[0]]) if policy else None
        self.asks_to_agree[content] = policy and {
            "policy": policy[0],
            "policy digest": f"sha256:{self.policies[content]}",
            "statement": "".join(says["policy.statement"]),
            "language": "".join(says["language"]),
            "meaning": MEANING,
        }
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

    def whom_the_log_means(self):
        """Of whom population.csv has a row, once each and in their order, and who each of them is in the log."""
        before, rows, order = self.failed, {}, {bare(number): number for number in self.lines("numbers.txt")}
        self.same_people()
        self.is_list_otherwise = self.failed > before or not self.has("numbers.txt")
        for row in self.table("population.csv"):
            rows.setdefault(row["number"], row)
        self.strangers.update(order.keys() - rows.keys())
        # Whoever is here instead may be one of them under another number.
        self.strangers.update(rows.keys() - order.keys() if self.strangers else ())
        self.rows = {number: rows[number] for number in sorted(rows, key=lambda number: order.get(number, number))}
        for number, row in self.rows.items():
            self.unread(number, row)
        self.bind()
        self.reviewed = collections.defaultdict(list)
        for one in self.reviews:
            self.reviewed[self.records[one["record"]]["person"]].append(one)
        self.whose_rows()
        for number, row in self.rows.items():
            if not TEXTS["digest"].fullmatch(row["in the log"]):
                self.fail(f"population.csv: {number}", "it is not told who that is in the log")
                self.unsure[number].update(STANDING)
                self.strangers.add(number)
                self.is_list_otherwise = True
            elif not self.is_certain(row):
                self.unsure[number].update(STANDING)

    def same_people(self):
        """Whether population.csv and numbers.txt are of the same people."""
        here, listed = [row["number"] for row in self.table("population.csv")], [bare(number) for number in self.lines("numbers.txt")]
        gone, more = (sorted(set(one) - set(other)) for one, other in ((listed, here), (here, listed)))
        if gone:
            self.fail("population.csv", f"has no row of {named_first(gone)}, whom numbers.txt names")
        if more:
            self.fail("numbers.txt", f"has no line of {named_first(more)}, of whom population.csv has a row")
        if here != listed and not gone and not more:
            self.disordered({"numbers.txt": listed, "population.csv": here})

    def unread(self, number, row):
        """The cells by which statuses are reckoned, and which say nothing by which they can be."""
        on_it = row["on the roster"]
        wrong = {"on the roster": "no word of this column"} if on_it not in ON_THE_ROSTER + OFF_THE_ROSTER else {}
        if row["hired"] and not has_form(row["hired"], "day"):
            wrong["hired"] = "no day"
        if on_it != "not on the roster" and not is_moment(row["first seen"]):
            wrong["first seen"] = "no time in whole seconds UTC"
        for column, words in wrong.items():
            self.fail(f"population.csv: {number}", f"{column} is {quoted(row[column])}, which is {words}")
            self.unsure[number].add(column)
        self.is_list_otherwise |= "on the roster" in wrong

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

    def bind(self):
        """Nobody can make a secret that leads from a number to somebody whom the log knows, so it stands against what a row says;
        and so does any secret where the row says somebody whose secret is here, too."""
        self.salts, bound = {}, {}
        for pseudonym, salt, number in self.secrets():
            if committed("countersign person 1", salt, number) == pseudonym:
                bound[pseudonym], self.salts[bare(number)] = bare(number), salt
        for pseudonym, number in bound.items():
            row = self.rows.get(number)
            if not row or row["in the log"] == pseudonym:
                continue
            if pseudonym in self.people or row["in the log"] in bound:
                self.cell(f"population.csv: {number}", row, "in the log", pseudonym)
                continue
            self.salts.pop(number, None)  # It opens nothing of them.
            if row["in the log"] in self.people:
                self.fail("log/people.txt", f"{number} is not who population.csv says in the log")
            else:
                words = f"{number} is not the same in the log, and it has no entry about either: one of the two was altered"
                self.fail("population.csv and log/people.txt", words)
        self.bound = set(bound.values())

    def secrets(self):
        """By which secret the number of somebody in the sample is bound to what the log calls them."""
        parts = (line.split(" ", 2) for line in self.lines("log/people.txt"))
        return [(f"sha256:{part[0]}", *part[1:]) for part in parts if len(part) == 3]

    def population(self):
        rows = self.tables["population.csv"] = list(self.rows.values())
        if not self.is_list_otherwise:
            self.everybody(rows)
        self.left_out()
        for number, row in self.rows.items():
            if "status" in self.unsure.get(number, ()):
                continue
            self.spared_by_word(row)
            for column, should in self.by_log(row, row["in the log"]).items():
                self.cell(f"population.csv: {number}", row, column, should)
        for listing, numbers in sorted(self.away.items()):
            words = f"a due date has passed, and only that HR calls them {listing!r} keeps these from being overdue"
            self.asks.append(f"population.csv: {words}: {named_first(numbers)}: what shows that they were not at work?")

    def names_of_waivers(self):
        """Each exception has an identifier of its own, and a status names the one that it rests on as the table of exceptions does."""
        known = set()
        for row in self.table("waivers.csv"):
            if row["waiver"] in known:
                self.fail(f"waivers.csv: {about('waivers.csv', row)}", "another exception has this identifier, too")
            known.update([row["waiver"]] if row["waiver"] else [])
        named = {(row["number"], row["until"]): row["waiver"] for row in reversed(self.table("waivers.csv"))}
        for number, row in self.rows.items():
            waiver = named.get((number, row["valid until"]), "") if row["status"] == "waived" else ""
            is_told = row["status"] == "waived" and not is_identifier(waiver)
            if "waiver" not in self.unsure.get(number, ()) and not is_told:
                self.same(f"population.csv: {number}", "waiver", row["waiver"], waiver)
        self.tell("population.csv", self.rows)

    def everybody(self, rows):
        """What rows say together: everybody is there once, and as many as the log says stand on the roster."""
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
            if not row["first seen"] or "first seen" in self.unsure.get(row["number"], ()):
                continue
            new[row["first seen"]] -= 1
            if new[row["first seen"]] < 0:
                self.fail(where, f"first seen is {row['first seen']!r}, and the log has no roster of then, or one of fewer people")
        if self.facts["leftOut"] > sum(one for one in new.values() if one > 0):
            self.fail("pack.json", f"leftOut: by the log rosters named fewer than {self.facts['leftOut']} other people")
        for pseudonym in self.missing(known):
            asked, came = self.people[pseudonym]["assigned"], self.people[pseudonym]["records"]
            when = f", asked at {asked[-1]['at']}" if asked else f", a record came at {came[-1]['at']}" if came else ""
            self.fail("population.csv", f"somebody whom the log names {pseudonym} is missing{when}")
        self.gone_by_rosters(rows)

    def left_out(self):
        """Who is left out is known to the log, and no row is of them."""
        known, told = {row["in the log"] for row in self.rows.values()}, []
        for number, line in enumerate(self.lines("log/left-out.txt"), 1):
            if not TEXTS["digest"].fullmatch(line):
                self.fail(f"log/left-out.txt:{number}", "is no digest")
                continue
            told.append(line)
            if line in known or line not in self.people:
                self.fail("log/left-out.txt", f"{line} is in population.csv, or nobody in the log")
        if len(told) > self.facts["leftOut"] or len(set(told)) != len(told):
            self.fail("log/left-out.txt", f"has more people than the {self.facts['leftOut']} who are left out")

    def gone_by_rosters(self, rows):
        """Rosters say how many left."""
        listed = collections.Counter(row["on the roster"] for row in rows)
        left, before = listed["left in the period"], listed["left before the period"]
        if left + before + self.facts["leftOut"] < self.gone(""):
            words = f"{left + before} have left, and {self.facts['leftOut']} more are left out"
            self.fail("population.csv", f"{words}, and by the log {self.gone('')} or more have left")
        if left < self.gone(self.begin):
            words = f"by the log {self.gone(self.begin)} people or more left in the period, and population.csv has {left} of them"
            self.asks.append(f"{words}: who are the others, and what shows that their last day of work was before it?")

    def by_log(self, row, pseudonym):
        """What the log says that a row says of somebody whom it calls so, by the columns of the table."""
        says = self.standing(self.people.get(pseudonym, NOTHING), dict(row, **{"in the log": pseudonym}))
        rests = says.get("rests")
        columns = {column: says.get(column) or "" for column in ("status", "due", "completed", "valid until")}
        return {**columns, "record": rests["record"] if rests else "", "counts": counts(rests) if rests else ""}

    def whose_rows(self):
        """Where a row is not what the log says of whom it names, and is what it says of somebody else, that name is what was
        altered: one row is of the one person who is missing, or two were exchanged."""
        beside = collections.defaultdict(list)
        for path, columns in (("waivers.csv", ("given", "until", "taken back")), ("reviews.csv", ("record", "decision", "decided"))):
            for row in self.table(path):
                beside[row["number"]].append(tuple(row[column] for column in columns))

        def fits(row, pseudonym):
            should = [tuple(waived(one).values()) for one in self.excepted(pseudonym)]
            should += [(one["record"], one["decision"], one["at"]) for one in self.reviewed.get(pseudonym, ())]
            is_beside = sorted(should) == sorted(beside[row["number"]])
            return is_beside and all(row[column] == cell for column, cell in self.by_log(row, pseudonym).items())

        rows = list(self.rows.values())
        strange = (row for row in rows if self.is_certain(row) and not fits(row, row["in the log"]))
        strange = list(itertools.islice(strange, 3))
        names = [row["in the log"] for row in reversed(strange)]
        if len(strange) == 1:
            names = self.missing({row["in the log"] for row in rows if row is not strange[0]})
        is_open = all(row["number"] not in self.bound for row in strange)
        if is_open and len(names) == len(strange) and all(map(fits, strange, names)):
            for row, pseudonym in zip(strange, names):
                self.cell(f"population.csv: {row['number']}", row, "in the log", pseudonym)

    def excepted(self, pseudonym):
        """The exceptions of somebody in the period."""
        return [one for one in self.people.get(pseudonym, NOTHING)["waivers"] if one["until"] >= self.begin]

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
        numbers = self.lines("numbers.txt") if sampled else list(self.rows)
        if sampled:
            self.same("seed.txt", "the seed", "\n".join(self.lines("seed.txt")), sampled["seed"])
            lot = lambda number: hashlib.sha256((sampled["seed"] + number).encode()).hexdigest()
            named, numbers = self.lines("sample.txt"), sorted(numbers, key=lot)[: sampled["size"]]
            if numbers != named and not self.is_list_otherwise:
                self.fail("sample.txt", "is not the sample that the seed draws")
            # Where the two files that name them agree on others, the seed is what was altered.
            if self.is_list_otherwise or set(named) == {number for _, _, number in self.secrets()}:
                numbers = named
        numbers = set(map(bare, numbers))
        # Nothing opens what is told of somebody without a salt, which is told.
        self.chosen = {number: self.salts.get(number, "") for number in self.rows if number in numbers - self.strangers}
        if not self.is_list_otherwise:
            self.has_secrets()

    def has_secrets(self):
        """There is a secret of everybody in the sample, in their order, and of nobody else."""
        before = self.failed
        for place, line in enumerate(self.lines("log/people.txt"), 1):
            if len(line.split(" ", 2)) != 3:
                self.fail(f"log/people.txt:{place}", "is no digest with a secret and a number")
        for pseudonym, salt, number in self.secrets():
            if committed("countersign person 1", salt, number) != pseudonym:
                self.fail("log/people.txt", f"{number} is not {pseudonym}")
        # Whose secret it was, if it is not that person's, nobody can tell.
        if self.failed > before:
            return
        listed, chosen = [bare(number) for _, _, number in self.secrets()], list(self.chosen)
        told = set(listed)
        missing = [number for number in chosen if number not in told]
        more = [number for number in listed if number not in self.chosen]
        if missing:
            self.fail("log/people.txt", f"of {named_first(missing)} it is not told who they are in the log")
        if more:
            self.fail("log/people.txt", f"tells who {named_first(more)} is in the log, who is not in the sample")
        elif not missing and listed != chosen:
            self.fail("log/people.txt", "the order of its lines is not what it must be, or one stands there twice")

    # Each table as the log and the files that were signed have it. A cell that these do not tell, which is told, is None.

    def compare(self, path, should):
        """The rows of a table against those that must be there; it is gone on with these."""
        before, left = self.failed, collections.defaultdict(list)
        says = [row for row in self.table(path) if row["number"] not in self.strangers]
        is_read, self.tables[path] = self.tables[path] is not None, should
        for row in says:
            left[row["number"]].append(row)
        must = {about(path, row) for row in should}
        for row in should:
            other = self.other_row(path, row, left[row["number"]], must)
            if other:
                self.compare_row(path, row, other)
            elif is_read:
                self.fail(path, missing_row(path, row))
            row.update((column, other[column] if other else "") for column, cell in row.items() if cell is None)
        for row in itertools.chain(*left.values()):
            self.fail(f"{path}: {about(path, row)}", "nothing in the log is behind this row")
        if is_read and self.failed == before and [about(path, row) for row in says] != [about(path, row) for row in should]:
            self.fail(path, "the order of its rows is not what it must be")
        self.tell(path, should)

    @staticmethod
    def other_row(path, row, left, must):
        """The row beside the one that must be there: one that is equal, so that one row more is told as that; else one about the
        same, or one about nothing that must be there, which differs in nothing else."""
        is_same = lambda other: all(cell in (None, other[column]) for column, cell in row.items())
        is_about = lambda other: about(path, other) == about(path, row)
        is_else_same = lambda other: about(path, other) not in must and is_same({**other, KEYS[path]: row[KEYS[path]]})
        for is_it in (is_same, is_about, is_else_same):
            for place, other in enumerate(left[:ALIKE]):
                if is_it(other):
                    return left.pop(place)

    def compare_row(self, path, row, other):
        where = f"{path}: {about(path, other)}"
        for column, cell in row.items():
            if cell == SPARED != other[column]:
                self.fail(where, f"{column} is {quoted(other[column])}, and there is no secret here to check it by")
            elif cell is not None:
                self.same(where, column, other[column], cell)

    def should_records(self):
        """Each record that must be here: those of the period, and the last that counts."""
        for number in self.chosen:
            person = self.known_of(self.rows[number])
            earned, _, _ = rests_on(person)
            for entry in person["records"]:
                if entry["at"] >= self.begin or entry is earned:
                    file = self.called("records", number, entry["completed"], entry["record"], "completion")
                    yield {"number": number, "record": entry["record"], "file": file, **logged(entry)}

    def should_reviews(self):
        for number, row in self.rows.items():
            for entry in self.reviewed.get(row["in the log"], ()):
                said = {"by": SPARED, "reason": SPARED}
                if number in self.chosen:
                    said = self.decided(entry["index"])
                place = {"log entry": str(entry["index"])}
                yield {"number": number, "record": entry["record"], "decision": entry["decision"], "decided": entry["at"], **said, **place}

    def decided(self, index):
        """Who decided, and why, as the log binds it."""
        said = self.text_of(index, f"the text of entry {index}", DECISION) or {"by": None, "reason": None}
        return {member: said[member] and bare(said[member]) for member in ("by", "reason")}

    def should_waivers(self):
        rows = collections.defaultdict(list)
        for row in self.table("waivers.csv"):
            rows[row["number"]].append(row)
        for number, row in self.rows.items():
            logged = self.excepted(row["in the log"])
            for one, said in zip(logged, beside(logged, rows[number])):
                yield {"number": number, **(self.opened_waiver if number in self.chosen else self.spared_waiver)(number, one, said)}

    def opened_waiver(self, number, one, said):
        """Who approved or took back, and why, of somebody whose secret is here. Without that nobody can tell whether a file is what
        was logged."""
        path, salt = self.called("waivers", number, one["at"], one["details"], "waiver"), self.chosen[number]
        text = self.text(path) if self.has(path) else ""
        try:
            binds = json.loads(text)
            binds = {column: bare(binds[member]) for column, member in (("waiver", "id"), ("approver", "approver"), ("reason", "reason"))}
        except UNREADABLE:
            binds = None
        if salt and (not binds or committed("countersign details 1", salt, text) != one["details"]):
            self.fail(f"waivers.csv: {number}", f"the exception of entry {one['index']} is not in {path} as it was logged")
            binds = None
        binds = binds or {"waiver": said["waiver"], "approver": None, "reason": None}
        taken_back = self.decided(one["revoked"]) if one["revoked"] is not None else {"by": "", "reason": ""}
        taken_back = {"taken back by": taken_back["by"], "taken back because": taken_back["reason"]}
        return {"waiver": binds.pop("waiver"), **waived(one), **taken_back, **binds, "log entry": str(one["index"]), "file": path}

    def spared_waiver(self, number, one, said):
        """Of anybody else how an exception goes is HR's word."""
        if said["waiver"] is not None and not is_identifier(said["waiver"]):
            self.fail(f"waivers.csv: {number}", f"{said['waiver']!r} is no identifier of a waiver")
        taken_back = "" if one["revoked"] is None else SPARED
        binds = {"taken back by": taken_back, "taken back because": taken_back}
        return {"waiver": said["waiver"], **waived(one), **binds, **dict.fromkeys(("approver", "reason", "log entry", "file"), SPARED)}

    def should_acknowledgements(self):
        """What was agreed to in the records that must be here, each once."""
        rows = {row["record"]: row for row in self.table("acknowledgements.csv")}
        for row in self.table("records.csv"):
            agreed = self.agreed(row, rows.get(row["record"]))
            if agreed:
                yield {"number": row["number"], **agreed, "record": row["record"]}

    def agreed(self, row, said):
        """What somebody agreed to. Where a record is not here as it was signed, and the log says that its content was right, that
        is what the course asks them to agree to; when, nothing but the file and the table can say."""
        columns = COLUMNS["acknowledgements.csv"].split(",")[1:-1]
        members = ("policy", "digest", "statement", "language", "at", "meaning")
        if record := self.here.get(row["record"]):
            agreed = record["credentialSubject"].get("acknowledgement")
            return agreed and {column: bare(agreed.get(member, "")) for column, member in zip(columns, members)}
        if row["content"] != "pass" or row["course version digest"] not in self.asks_to_agree:
            return said and {column: said[column] for column in columns}
        asked = self.asks_to_agree[row["course version digest"]]
        if at := asked and said and self.altered_records.get(row["file"]):
            if at != said["agreed"]:
                words = f"agreed is {quoted(said['agreed'])}, and {row['file']} says {quoted(at)}: one of the two was altered"
                self.fail(f"acknowledgements.csv: {row['number']}, {row['record']}", words)
        return asked and {**{column: bare(text) for column, text in asked.items()}, "agreed": None}

    def records_here(self):
        """The records that are here, by what is in them, wherever they are; and when the others say that somebody agreed."""
        self.paths, self.altered_records = {}, {}
        for path in self.below("records"):
            if record := self.document(path):
                digest = record_digest(record)
                self.paths[path] = digest
                if digest in self.records:
                    self.here[digest] = record
                else:
                    self.altered_records[path] = record["credentialSubject"].get("acknowledgement", {}).get("at")

    def files_of_records(self):
        for row in self.table("records.csv"):
            is_theirs = bare(self.here.get(row["record"], PERSONLESS)["credentialSubject"]["person"]["number"]) == row["number"]
            if row["file"] in self.paths and not (self.paths[row["file"]] == row["record"] and is_theirs):
                words = f"{row['file']} is another record, or somebody else's"
                self.fail(f"records.csv: {row['number']}, {row['record']}", words)

    def table_of_controls(self):
        if self.has("controls.csv") and sha256(self.bytes("controls.csv")) != CONTROLS:
            self.fail("controls.csv", "is not the table of this version of countersign")

    def tell(self, name, rows):
        if not self.failed:
            print(f"PASS {name}: {'1 row is' if len(rows) == 1 else f'{len(rows)} rows are'} what the log says")

    # --- what is told beside the tables ---

    def assignments(self):
        """What was signed for somebody is in the log, and here; and they are called as it says. Names change, so another one is no
        fault, but a question."""
        signed, asked, here = collections.defaultdict(list), {}, set()
        for number in self.chosen:
            entries = self.known_of(self.rows[number])["assigned"]
            asked.update({entry["assignment"]: (number, entry["at"]) for entry in entries})
        unread = []
        for path in self.below("assignments"):
            document = self.document(path)
            if document is None:
                unread.append(path)
                continue
            person, digest = document["credentialSubject"]["person"], record_digest(document)
            number = bare(person["number"])
            signed[number].append((path, person["name"]))
            belongs = self.called("assignments", person["number"], document["proof"]["created"], digest, "assignment")
            if path != belongs:
                self.fail(path, f"is not what its name says: what is in it belongs in {belongs}")
            if not self.strangers and (digest in here or asked.get(digest, ("",))[0] != number):
                self.fail(path, "is no part of the pack: it is here twice, or not in the log as an assignment of that person")
            here.add(digest)
        for row in self.table("records.csv"):
            if record := self.here.get(row["record"]):
                signed[row["number"]].append((row["file"], record["credentialSubject"]["person"]["name"]))
        for digest, (number, at) in asked.items():
            end = f"_{digest.split(':')[1][:8]}.assignment.json"
            if at >= self.begin and digest not in here and not any(path.endswith(end) for path in unread):
                # The day on which it was signed stands in its name, and nowhere else.
                self.fail(f"assignments/…{end}", f"is missing: {number} was asked at {at}, and what was signed for them then is not here")
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
        came = sum(any(entry["at"] >= self.begin for entry in self.people.get(who, NOTHING)["records"]) for who in self.erased)
        erased = f"{len(self.erased)}; of {came} of them a record of this course came in the period" if self.erased else "nobody"
        should = [
            f"Course {facts['title']}",
            f"Period {before} to {facts['to']} (UTC)",
            f"Status as of {self.at}",
            f"Population {len(rows)}",
            *(f"{kind} {number}" for kind, number in told.items()),
            f"Left out {facts['leftOut']} who had left before {before} and sent no record since" if facts["leftOut"] else "Left out nobody",
            f"Erased {erased}",
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
            ("erased", r"By the log those are: (.*)\.</p>", erased),
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
        elif self.cell is None and tag in ("dt", "dd", "td", "th"):
            return
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


def cells(text):
    """The rows of a table as they stand there, each with its cells."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


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


def rests_on(person):
    """The last completion that counts, the last record that does, and what was asked for and not answered by that completion."""
    counting = [record for record in person["records"] if counts(record).startswith("yes")]
    passed = [record for record in counting if record["result"] == "passed"]
    earned, last = (records[-1] if records else None for records in (passed, counting))
    asked = person["assigned"][-1] if person["assigned"] else None
    return earned, last, None if asked and earned and earned["at"] >= asked["at"] else asked


def waived(one):
    """What an entry says of an exception, by the columns of its table."""
    return {"given": one["at"], "until": one["until"], "taken back": "no" if one["revoked"] is None else "yes"}


def beside(logged, rows):
    """The row beside each exception of somebody: the first that says the same, or else the first that is nobody's."""
    rows, told = list(rows), {}
    says_same = lambda one, row: all(row[column] == cell for column, cell in waived(one).items())
    for is_it in (says_same, lambda *_: True):
        for place, one in enumerate(logged):
            row = next((row for row in rows if place not in told and is_it(one, row)), None)
            if row:
                told[place] = row
                rows.remove(row)
    return [told.get(place, {"waiver": None}) for place, _ in enumerate(logged)]


def about(path, row):
    """Whom and what a row is about."""
    return f"{row['number']}, {row[KEYS[path]] or ''}"


def missing_row(path, row):
    """What is told of a row that is not there. How an exception goes outside the sample nothing else says."""
    if path == "waivers.csv":
        return f"{row['number']}: the exception of {row['given']} until {row['until']} is missing"
    return f"{about(path, row)}: the row is missing"


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


def did_key(public):
    """A key as it stands in entries and records."""
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    value, text = int.from_bytes(b"\xed\x01" + public, "big"), ""
    while value:
        value, digit = divmod(value, 58)
        text = alphabet[digit] + text
    return f"did:key:z{text}"


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def committed(purpose, salt, text):
    """SHA-256 of netstrings, by which the log names people and binds texts."""
    fields = b"".join(b"%d:%s," % (len(field), field) for field in (purpose.encode(), salt.encode(), text.encode()))
    return "sha256:" + hashlib.sha256(fields).hexdigest()


def record_digest(record):
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def is_identifier(text):
    return bool(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text))


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
    if form == "texts":
        return isinstance(value, list) and all(isinstance(text, str) for text in value)
    if form == "sample":
        return value is None or isinstance(value, dict)
    if form == "audience":
        is_whole = isinstance(value, dict) and sorted(value) == ["departments", "people", "roles"]
        return is_whole and all(value[named] is None or has_form(value[named], "texts") for named in value)
    if form == "trigger":
        terms = next(iter(value.values())) if isinstance(value, dict) and len(value) == 1 else None
        is_whole = isinstance(terms, dict) and sorted(terms) == TERMS.get(next(iter(value)))
        return is_whole and all(has_form(days, "number") for days in terms.values())
    if not isinstance(value, str):
        return False
    if form in ("moment", "day"):
        return is_moment(value if form == "moment" else value + "T00:00:00Z")
    if form == "text":
        return True
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


def quoted(text):
    """A cell as it is told."""
    return repr(text) if text else "nothing"


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
