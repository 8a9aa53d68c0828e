-- Where records and their files are found by their digests: by the first 8 bytes, because two digests with the same ones are told
-- apart by what stands there. New rows stand in level 0 and sink, many at once; see `whereabouts.rs` for the reason.
CREATE TABLE whereabouts (
    level INTEGER NOT NULL CHECK (level IN (0, 1, 2)),
    start BLOB NOT NULL CHECK (length(start) = 8),
    entry INTEGER NOT NULL,
    PRIMARY KEY (level, start, entry)
) STRICT, WITHOUT ROWID;
INSERT INTO whereabouts (level, start, entry)
    SELECT 2, substr(digest, 1, 8), entry FROM record
    UNION
    SELECT 2, substr(file, 1, 8), entry FROM record_file
    ORDER BY 2, 3;
DROP INDEX record_file_digest;

-- The same table as before without an index over its digests.
CREATE TABLE record_of_now (
    person TEXT NOT NULL REFERENCES person (number),
    entry INTEGER NOT NULL,
    at INTEGER NOT NULL,
    signed_at INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
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
INSERT INTO record_of_now (person, entry, at, signed_at, digest, course, version, assignment, earned, possible, passed,
                           levels, treatment, pins)
    SELECT person, entry, at, signed_at, digest, course, version, assignment, earned, possible, passed, levels, treatment,
           pins
    FROM record ORDER BY person, entry;
DROP TABLE record;
ALTER TABLE record_of_now RENAME TO record;
CREATE INDEX record_for_review ON record (entry) WHERE treatment = 'review';
CREATE INDEX record_entry ON record (entry);
CREATE TRIGGER record_stays_as_it_is BEFORE UPDATE ON record
    BEGIN SELECT RAISE(ABORT, 'records stay as they are'); END;
CREATE TRIGGER record_stays BEFORE DELETE ON record
    WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE person = OLD.person)
    BEGIN SELECT RAISE(ABORT, 'records stay until the person is erased'); END;
