-- Times are seconds since 1970 in UTC, digests 32 bytes, identifiers 16 bytes, marks thousandths of a point.
-- `entry` is the place of a change in the log, counted from 0: everything known at a moment stands before one place.
-- What is read for every person is kept in the order of their numbers, so that one pass merges it; files stand apart.

CREATE TABLE registry (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    id BLOB NOT NULL CHECK (length(id) = 16)
) STRICT;
INSERT INTO registry (only_one, id) VALUES (1, randomblob(16));

CREATE TABLE log_entry (
    entry INTEGER PRIMARY KEY CHECK (entry >= 0),
    at INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

-- `place` is the level of a tile times 2^56 and its number in the level.
CREATE TABLE log_tile (
    place INTEGER PRIMARY KEY CHECK (place >= 0),
    hashes BLOB NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0)
) STRICT;

-- What the first entry says: the log has one key and one name for life.
CREATE TABLE opening (
    entry INTEGER PRIMARY KEY CHECK (entry = 0),
    did TEXT NOT NULL,
    origin TEXT NOT NULL
) STRICT;

CREATE TABLE checkpoint (
    size INTEGER PRIMARY KEY CHECK (size >= 0),
    note BLOB NOT NULL
) STRICT;

-- `first` is the change by which the registry came to know the person.
CREATE TABLE person (
    number TEXT PRIMARY KEY CHECK (number <> ''),
    first INTEGER NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 32)
) STRICT, WITHOUT ROWID;

-- `list` binds what the roster changed for each person, `people` is how many. How many stand on the roster since then,
-- how many did not before, and how many do not any more.
CREATE TABLE roster (
    entry INTEGER PRIMARY KEY,
    file BLOB NOT NULL CHECK (length(file) = 32),
    people INTEGER NOT NULL CHECK (people >= 0),
    list BLOB NOT NULL CHECK (length(list) = 32),
    joins INTEGER NOT NULL CHECK (joins >= 0),
    leaves INTEGER NOT NULL CHECK (leaves >= 0),
    total INTEGER NOT NULL CHECK (total >= 0)
) STRICT;

CREATE TABLE profile (
    person TEXT NOT NULL REFERENCES person (number),
    entry INTEGER NOT NULL REFERENCES roster (entry),
    at INTEGER NOT NULL,
    presence TEXT NOT NULL CHECK (presence IN ('active', 'away', 'gone')),
    name TEXT NOT NULL,
    email TEXT,
    department TEXT,
    manager TEXT,
    role TEXT,
    employment TEXT,
    hired TEXT,
    leaves TEXT,
    status TEXT,
    PRIMARY KEY (person, entry)
) STRICT, WITHOUT ROWID;

-- Where a change is about no person, its texts have a salt of their own.
CREATE TABLE course_version (
    entry INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
    course TEXT NOT NULL CHECK (course <> ''),
    title TEXT NOT NULL,
    version TEXT NOT NULL,
    validity_days INTEGER NOT NULL CHECK (validity_days >= 0),
    pack BLOB NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 32)
) STRICT;

CREATE TABLE judgement (
    entry INTEGER PRIMARY KEY,
    digest BLOB NOT NULL REFERENCES course_version (digest),
    state TEXT NOT NULL CHECK (state IN ('added', 'approved', 'retired')),
    by TEXT NOT NULL,
    reason TEXT,
    salt BLOB NOT NULL CHECK (length(salt) = 32)
) STRICT;

CREATE TABLE terms (
    entry INTEGER PRIMARY KEY,
    terms TEXT NOT NULL,
    by TEXT NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 32)
) STRICT;

CREATE TABLE retention (
    entry INTEGER PRIMARY KEY,
    course TEXT NOT NULL CHECK (course <> ''),
    class TEXT NOT NULL,
    years INTEGER NOT NULL CHECK (years >= 0),
    by TEXT NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 32)
) STRICT;

CREATE TABLE rule (
    entry INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    course TEXT NOT NULL CHECK (course <> ''),
    trigger TEXT NOT NULL,
    departments TEXT NOT NULL,
    roles TEXT NOT NULL,
    by_name INTEGER NOT NULL CHECK (by_name IN (0, 1)),
    by TEXT NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 32)
) STRICT;

-- The people whom a rule names. The log binds their pseudonyms, which are left when somebody is erased.
CREATE TABLE rule_person (
    rule INTEGER NOT NULL REFERENCES rule (entry),
    pseudonym BLOB NOT NULL CHECK (length(pseudonym) = 32),
    person TEXT REFERENCES person (number),
    PRIMARY KEY (rule, pseudonym)
) STRICT, WITHOUT ROWID;
CREATE INDEX rule_person_person ON rule_person (person) WHERE person IS NOT NULL;

CREATE TABLE rule_end (
    entry INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE REFERENCES rule (id),
    by TEXT NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 32)
) STRICT;

CREATE TABLE assignment (
    person TEXT NOT NULL REFERENCES person (number),
    entry INTEGER NOT NULL,
    at INTEGER NOT NULL,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    course TEXT NOT NULL CHECK (course <> ''),
    version BLOB NOT NULL CHECK (length(version) = 32),
    due INTEGER NOT NULL,
    rule BLOB CHECK (length(rule) = 16),
    PRIMARY KEY (person, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE assignment_file (
    entry INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

-- `levels` has a letter for each of the five: p for pass, f for fail, u for unknown.
CREATE TABLE record (
    person TEXT NOT NULL REFERENCES person (number),
    entry INTEGER NOT NULL,
    at INTEGER NOT NULL,
    signed_at INTEGER NOT NULL,
    digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
    course TEXT NOT NULL CHECK (course <> ''),
    version BLOB NOT NULL CHECK (length(version) = 32),
    assignment BLOB CHECK (length(assignment) = 16),
    earned INTEGER NOT NULL CHECK (earned >= 0),
    possible INTEGER NOT NULL CHECK (possible >= 0),
    passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
    levels TEXT NOT NULL CHECK (length(levels) = 5),
    treatment TEXT NOT NULL CHECK (treatment IN ('accept', 'review')),
    pins INTEGER NOT NULL CHECK (pins IN (0, 1)),
    PRIMARY KEY (person, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_for_review ON record (entry) WHERE treatment = 'review';

-- `answers` is the digest of the assignment: that may be another person's, and be erased with them.
CREATE TABLE record_file (
    entry INTEGER PRIMARY KEY,
    file BLOB NOT NULL CHECK (length(file) = 32),
    name TEXT NOT NULL,
    did TEXT NOT NULL,
    reasons TEXT NOT NULL,
    answers BLOB CHECK (length(answers) = 32),
    bytes BLOB NOT NULL
) STRICT;
CREATE INDEX record_file_digest ON record_file (file);

-- `record` is the entry of the record.
CREATE TABLE decision (
    person TEXT NOT NULL REFERENCES person (number),
    record INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('accepted', 'refused')),
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (person, record, entry),
    FOREIGN KEY (person, record) REFERENCES record (person, entry)
) STRICT, WITHOUT ROWID;

-- Keys that records did not bring, but people accepted.
CREATE TABLE accepted_key (
    person TEXT NOT NULL REFERENCES person (number),
    entry INTEGER NOT NULL,
    did TEXT NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (person, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE waiver (
    person TEXT NOT NULL REFERENCES person (number),
    entry INTEGER NOT NULL,
    at INTEGER NOT NULL,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    course TEXT NOT NULL CHECK (course <> ''),
    until INTEGER NOT NULL,
    approver TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (person, entry)
) STRICT, WITHOUT ROWID;

-- `waiver` is the entry of the waiver.
CREATE TABLE waiver_end (
    person TEXT NOT NULL REFERENCES person (number),
    waiver INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (person, waiver),
    FOREIGN KEY (person, waiver) REFERENCES waiver (person, entry)
) STRICT, WITHOUT ROWID;

-- `list` binds which entries have no rows any more, `entries` is how many. `leaves` says whether the person stood on
-- the roster, `total` how many do since then.
CREATE TABLE erasure (
    entry INTEGER PRIMARY KEY,
    pseudonym BLOB NOT NULL CHECK (length(pseudonym) = 32),
    override TEXT,
    by TEXT NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 32),
    entries INTEGER NOT NULL CHECK (entries >= 0),
    list BLOB NOT NULL CHECK (length(list) = 32),
    leaves INTEGER NOT NULL CHECK (leaves IN (0, 1)),
    total INTEGER NOT NULL CHECK (total >= 0)
) STRICT;

CREATE TABLE erased_entry (
    erasure INTEGER NOT NULL REFERENCES erasure (entry),
    entry INTEGER NOT NULL UNIQUE,
    PRIMARY KEY (erasure, entry)
) STRICT, WITHOUT ROWID;

-- What a roster said of people who were erased, as digests, so that the list of the roster can be hashed again; and
-- whether they joined it or left it then, so that it can be counted again.
CREATE TABLE erased_profile (
    entry INTEGER NOT NULL REFERENCES roster (entry),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    passage TEXT NOT NULL CHECK (passage IN ('joined', 'left', 'none')),
    PRIMARY KEY (entry, digest)
) STRICT, WITHOUT ROWID;

-- Records and files that were erased, by digest, so that collecting them again does not bring them back.
CREATE TABLE erased_record (
    digest BLOB PRIMARY KEY CHECK (length(digest) = 32)
) STRICT, WITHOUT ROWID;

-- `record` is the digest of the canonical form, where there is one.
CREATE TABLE put_aside (
    entry INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    file BLOB NOT NULL UNIQUE CHECK (length(file) = 32),
    record BLOB CHECK (length(record) = 32),
    name TEXT NOT NULL,
    levels TEXT NOT NULL CHECK (length(levels) = 5),
    reasons TEXT NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 32),
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE roster_header (
    field TEXT PRIMARY KEY,
    header TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The one door: while a person's data is being erased, and only then, they stand here. Empty outside of transactions.
CREATE TABLE erasing (
    person TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- What happened neither changes nor goes.
CREATE TRIGGER registry_stays_as_it_is BEFORE UPDATE ON registry
    BEGIN SELECT RAISE(ABORT, 'a registry keeps its name'); END;
CREATE TRIGGER opening_stays_as_it_is BEFORE UPDATE ON opening
    BEGIN SELECT RAISE(ABORT, 'a registry keeps its key and its name'); END;
CREATE TRIGGER log_entry_stays_as_it_is BEFORE UPDATE ON log_entry
    BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER checkpoint_stays_as_it_is BEFORE UPDATE ON checkpoint
    BEGIN SELECT RAISE(ABORT, 'checkpoints stay as they are'); END;
CREATE TRIGGER roster_stays_as_it_is BEFORE UPDATE ON roster
    BEGIN SELECT RAISE(ABORT, 'rosters stay as they are'); END;
CREATE TRIGGER course_version_stays_as_it_is BEFORE UPDATE ON course_version
    BEGIN SELECT RAISE(ABORT, 'courses stay as they are'); END;
CREATE TRIGGER judgement_stays_as_it_is BEFORE UPDATE ON judgement
    BEGIN SELECT RAISE(ABORT, 'judgements stay as they are'); END;
CREATE TRIGGER terms_stays_as_it_is BEFORE UPDATE ON terms
    BEGIN SELECT RAISE(ABORT, 'terms stay as they are'); END;
CREATE TRIGGER retention_stays_as_it_is BEFORE UPDATE ON retention
    BEGIN SELECT RAISE(ABORT, 'retention times stay as they are'); END;
CREATE TRIGGER rule_stays_as_it_is BEFORE UPDATE ON rule
    BEGIN SELECT RAISE(ABORT, 'rules stay as they are'); END;
CREATE TRIGGER rule_person_stays_as_it_is BEFORE UPDATE ON rule_person
    WHEN NEW.rule <> OLD.rule OR NEW.pseudonym <> OLD.pseudonym OR NEW.person IS NOT NULL
        OR NOT EXISTS (SELECT 1 FROM erasing WHERE person = OLD.person)
    BEGIN SELECT RAISE(ABORT, 'rules stay as they are'); END;
CREATE TRIGGER rule_end_stays_as_it_is BEFORE UPDATE ON rule_end
    BEGIN SELECT RAISE(ABORT, 'rules stay as they are'); END;
CREATE TRIGGER erasure_stays_as_it_is BEFORE UPDATE ON erasure
    BEGIN SELECT RAISE(ABORT, 'erasures stay as they are'); END;
CREATE TRIGGER erased_entry_stays_as_it_is BEFORE UPDATE ON erased_entry
    BEGIN SELECT RAISE(ABORT, 'erasures stay as they are'); END;
CREATE TRIGGER erased_profile_stays_as_it_is BEFORE UPDATE ON erased_profile
    BEGIN SELECT RAISE(ABORT, 'erasures stay as they are'); END;
CREATE TRIGGER erased_record_stays_as_it_is BEFORE UPDATE ON erased_record
    BEGIN SELECT RAISE(ABORT, 'erasures stay as they are'); END;
CREATE TRIGGER put_aside_stays_as_it_is BEFORE UPDATE ON put_aside
    BEGIN SELECT RAISE(ABORT, 'files put aside stay as they are'); END;
CREATE TRIGGER person_stays_as_it_is BEFORE UPDATE ON person
    BEGIN SELECT RAISE(ABORT, 'people stay as they are'); END;
CREATE TRIGGER profile_stays_as_it_is BEFORE UPDATE ON profile
    BEGIN SELECT RAISE(ABORT, 'what a roster said stays as they are'); END;
CREATE TRIGGER assignment_stays_as_it_is BEFORE UPDATE ON assignment
    BEGIN SELECT RAISE(ABORT, 'assignments stay as they are'); END;
CREATE TRIGGER record_stays_as_it_is BEFORE UPDATE ON record
    BEGIN SELECT RAISE(ABORT, 'records stay as they are'); END;
CREATE TRIGGER decision_stays_as_it_is BEFORE UPDATE ON decision
    BEGIN SELECT RAISE(ABORT, 'decisions stay as they are'); END;
CREATE TRIGGER accepted_key_stays_as_it_is BEFORE UPDATE ON accepted_key
    BEGIN SELECT RAISE(ABORT, 'keys stay as they are'); END;
CREATE TRIGGER waiver_stays_as_it_is BEFORE UPDATE ON waiver
    BEGIN SELECT RAISE(ABORT, 'waivers stay as they are'); END;
CREATE TRIGGER waiver_end_stays_as_it_is BEFORE UPDATE ON waiver_end
    BEGIN SELECT RAISE(ABORT, 'waivers stay as they are'); END;
CREATE TRIGGER assignment_file_stays_as_it_is BEFORE UPDATE ON assignment_file
    BEGIN SELECT RAISE(ABORT, 'assignments stay as they are'); END;
CREATE TRIGGER record_file_stays_as_it_is BEFORE UPDATE ON record_file
    BEGIN SELECT RAISE(ABORT, 'records stay as they are'); END;
CREATE TRIGGER registry_stays BEFORE DELETE ON registry
    BEGIN SELECT RAISE(ABORT, 'a registry keeps its name'); END;
CREATE TRIGGER opening_stays BEFORE DELETE ON opening
    BEGIN SELECT RAISE(ABORT, 'a registry keeps its key and its name'); END;
CREATE TRIGGER log_entry_stays BEFORE DELETE ON log_entry
    BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER checkpoint_stays BEFORE DELETE ON checkpoint
    BEGIN SELECT RAISE(ABORT, 'checkpoints stay'); END;
CREATE TRIGGER roster_stays BEFORE DELETE ON roster
    BEGIN SELECT RAISE(ABORT, 'rosters stay'); END;
CREATE TRIGGER course_version_stays BEFORE DELETE ON course_version
    BEGIN SELECT RAISE(ABORT, 'courses stay'); END;
CREATE TRIGGER judgement_stays BEFORE DELETE ON judgement
    BEGIN SELECT RAISE(ABORT, 'judgements stay'); END;
CREATE TRIGGER terms_stays BEFORE DELETE ON terms
    BEGIN SELECT RAISE(ABORT, 'terms stay'); END;
CREATE TRIGGER retention_stays BEFORE DELETE ON retention
    BEGIN SELECT RAISE(ABORT, 'retention times stay'); END;
CREATE TRIGGER rule_stays BEFORE DELETE ON rule
    BEGIN SELECT RAISE(ABORT, 'rules stay'); END;
CREATE TRIGGER rule_person_stays BEFORE DELETE ON rule_person
    BEGIN SELECT RAISE(ABORT, 'rules stay'); END;
CREATE TRIGGER rule_end_stays BEFORE DELETE ON rule_end
    BEGIN SELECT RAISE(ABORT, 'rules stay'); END;
CREATE TRIGGER erasure_stays BEFORE DELETE ON erasure
    BEGIN SELECT RAISE(ABORT, 'erasures stay'); END;
CREATE TRIGGER erased_entry_stays BEFORE DELETE ON erased_entry
    BEGIN SELECT RAISE(ABORT, 'erasures stay'); END;
CREATE TRIGGER erased_profile_stays BEFORE DELETE ON erased_profile
    BEGIN SELECT RAISE(ABORT, 'erasures stay'); END;
CREATE TRIGGER erased_record_stays BEFORE DELETE ON erased_record
    BEGIN SELECT RAISE(ABORT, 'erasures stay'); END;
CREATE TRIGGER put_aside_stays BEFORE DELETE ON put_aside
    WHEN NOT EXISTS (SELECT 1 FROM erasing)
    BEGIN SELECT RAISE(ABORT, 'files put aside stay until the person is erased'); END;
CREATE TRIGGER person_stays BEFORE DELETE ON person
    WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE person = OLD.number)
    BEGIN SELECT RAISE(ABORT, 'people stay until the person is erased'); END;
CREATE TRIGGER profile_stays BEFORE DELETE ON profile
    WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE person = OLD.person)
    BEGIN SELECT RAISE(ABORT, 'what a roster said stays until the person is erased'); END;
CREATE TRIGGER assignment_stays BEFORE DELETE ON assignment
    WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE person = OLD.person)
    BEGIN SELECT RAISE(ABORT, 'assignments stay until the person is erased'); END;
CREATE TRIGGER record_stays BEFORE DELETE ON record
    WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE person = OLD.person)
    BEGIN SELECT RAISE(ABORT, 'records stay until the person is erased'); END;
CREATE TRIGGER decision_stays BEFORE DELETE ON decision
    WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE person = OLD.person)
    BEGIN SELECT RAISE(ABORT, 'decisions stay until the person is erased'); END;
CREATE TRIGGER accepted_key_stays BEFORE DELETE ON accepted_key
    WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE person = OLD.person)
    BEGIN SELECT RAISE(ABORT, 'keys stay until the person is erased'); END;
CREATE TRIGGER waiver_stays BEFORE DELETE ON waiver
    WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE person = OLD.person)
    BEGIN SELECT RAISE(ABORT, 'waivers stay until the person is erased'); END;
CREATE TRIGGER waiver_end_stays BEFORE DELETE ON waiver_end
    WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE person = OLD.person)
    BEGIN SELECT RAISE(ABORT, 'waivers stay until the person is erased'); END;
CREATE TRIGGER assignment_file_stays BEFORE DELETE ON assignment_file
    WHEN NOT EXISTS (SELECT 1 FROM erasing)
    BEGIN SELECT RAISE(ABORT, 'assignments stay until the person is erased'); END;
CREATE TRIGGER record_file_stays BEFORE DELETE ON record_file
    WHEN NOT EXISTS (SELECT 1 FROM erasing)
    BEGIN SELECT RAISE(ABORT, 'records stay until the person is erased'); END;
CREATE TRIGGER log_tile_stays BEFORE DELETE ON log_tile
    BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER log_tile_grows BEFORE UPDATE ON log_tile
    WHEN NEW.place <> OLD.place OR substr(NEW.hashes, 1, length(OLD.hashes)) <> OLD.hashes
    BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
