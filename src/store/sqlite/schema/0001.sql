-- Times are RFC 3339 in UTC, digests `sha256:…`, responses JSON, marks thousandths of a point.

-- `did` is the did:key that everything here was drawn for; it never changes.
CREATE TABLE learner (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    number TEXT NOT NULL CHECK (number <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    email TEXT,
    did TEXT NOT NULL CHECK (did <> '')
) STRICT;

CREATE TABLE run (
    course TEXT NOT NULL CHECK (course <> ''),
    number INTEGER NOT NULL CHECK (number >= 1),
    nonce TEXT,
    started_at TEXT NOT NULL,
    PRIMARY KEY (course, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE lesson (
    course TEXT NOT NULL,
    run INTEGER NOT NULL,
    path TEXT NOT NULL CHECK (path <> ''),
    digest TEXT NOT NULL CHECK (length(digest) = 71),
    place INTEGER NOT NULL CHECK (place >= 0),
    farthest INTEGER NOT NULL CHECK (farthest >= 0),
    first_opened_at TEXT NOT NULL,
    finished_at TEXT,
    active_seconds INTEGER NOT NULL CHECK (active_seconds >= 0),
    PRIMARY KEY (course, run, path),
    FOREIGN KEY (course, run) REFERENCES run (course, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE knowledge_check (
    course TEXT NOT NULL,
    run INTEGER NOT NULL,
    quiz TEXT NOT NULL CHECK (quiz <> ''),
    round INTEGER NOT NULL CHECK (round >= 1),
    PRIMARY KEY (course, run, quiz),
    FOREIGN KEY (course, run) REFERENCES run (course, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE check_open (
    course TEXT NOT NULL,
    run INTEGER NOT NULL,
    quiz TEXT NOT NULL,
    question TEXT NOT NULL CHECK (question <> ''),
    position INTEGER NOT NULL CHECK (position >= 0),
    PRIMARY KEY (course, run, quiz, question),
    UNIQUE (course, run, quiz, position),
    FOREIGN KEY (course, run, quiz) REFERENCES knowledge_check (course, run, quiz)
) STRICT, WITHOUT ROWID;

-- A draft belongs to an open question and goes with it.
CREATE TABLE check_draft (
    course TEXT NOT NULL,
    run INTEGER NOT NULL,
    quiz TEXT NOT NULL,
    question TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 0),
    response TEXT CHECK (response IS NULL OR json_valid(response)),
    certainty TEXT CHECK (certainty IN ('sure', 'fairly', 'guessing')),
    PRIMARY KEY (course, run, quiz, question),
    FOREIGN KEY (course, run, quiz, question) REFERENCES check_open (course, run, quiz, question) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Every answer of every round is kept; the last round's counts.
CREATE TABLE check_answer (
    course TEXT NOT NULL,
    run INTEGER NOT NULL,
    quiz TEXT NOT NULL,
    question TEXT NOT NULL CHECK (question <> ''),
    round INTEGER NOT NULL CHECK (round >= 1),
    revision INTEGER NOT NULL CHECK (revision >= 0),
    response TEXT NOT NULL CHECK (json_valid(response)),
    certainty TEXT CHECK (certainty IN ('sure', 'fairly', 'guessing')),
    earned INTEGER NOT NULL CHECK (earned >= 0),
    possible INTEGER NOT NULL CHECK (possible >= earned),
    at TEXT NOT NULL,
    PRIMARY KEY (course, run, quiz, question, round),
    FOREIGN KEY (course, run, quiz) REFERENCES knowledge_check (course, run, quiz)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt (
    course TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    run INTEGER NOT NULL,
    quiz TEXT NOT NULL CHECK (quiz <> ''),
    course_digest TEXT NOT NULL CHECK (length(course_digest) = 71),
    started_at TEXT NOT NULL,
    current INTEGER NOT NULL CHECK (current >= 0),
    active_seconds INTEGER NOT NULL CHECK (active_seconds >= 0),
    -- How often it was changed: a copy that has not seen the last change cannot make the next one.
    edits INTEGER NOT NULL DEFAULT 0 CHECK (edits >= 0),
    submitted_at TEXT,
    earned INTEGER CHECK (earned >= 0),
    possible INTEGER CHECK (possible >= earned),
    passed INTEGER CHECK (passed IN (0, 1)),
    PRIMARY KEY (course, number),
    FOREIGN KEY (course, run) REFERENCES run (course, number),
    CHECK ((submitted_at IS NULL) = (earned IS NULL)
        AND (submitted_at IS NULL) = (possible IS NULL)
        AND (submitted_at IS NULL) = (passed IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX one_attempt_under_way ON attempt (course, run) WHERE submitted_at IS NULL;

CREATE TABLE attempt_answer (
    course TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    question TEXT NOT NULL CHECK (question <> ''),
    response TEXT CHECK (response IS NULL OR json_valid(response)),
    certainty TEXT CHECK (certainty IN ('sure', 'fairly', 'guessing')),
    seconds INTEGER NOT NULL CHECK (seconds >= 0),
    flagged INTEGER NOT NULL CHECK (flagged IN (0, 1)),
    PRIMARY KEY (course, attempt, question),
    FOREIGN KEY (course, attempt) REFERENCES attempt (course, number)
) STRICT, WITHOUT ROWID;

-- The last one of a run counts; the earlier ones stay.
CREATE TABLE acknowledgement (
    sequence INTEGER PRIMARY KEY,
    course TEXT NOT NULL,
    run INTEGER NOT NULL,
    policy TEXT NOT NULL,
    digest TEXT NOT NULL CHECK (length(digest) = 71),
    statement TEXT NOT NULL CHECK (statement <> ''),
    language TEXT NOT NULL,
    at TEXT NOT NULL,
    FOREIGN KEY (course, run) REFERENCES run (course, number)
) STRICT;

CREATE INDEX acknowledgement_of_run ON acknowledgement (course, run);

CREATE TABLE completion (
    sequence INTEGER PRIMARY KEY,
    course TEXT NOT NULL,
    run INTEGER NOT NULL,
    record BLOB NOT NULL CHECK (length(record) > 0),
    digest TEXT NOT NULL CHECK (length(digest) = 71),
    at TEXT NOT NULL,
    file_name TEXT NOT NULL CHECK (file_name <> ''),
    UNIQUE (course, run),
    FOREIGN KEY (course, run) REFERENCES run (course, number)
) STRICT;

-- The versions of courses that attempts began with. Versions share the files that did not change.
CREATE TABLE course_version (
    digest TEXT PRIMARY KEY CHECK (length(digest) = 71)
) STRICT, WITHOUT ROWID;

-- With a rowid: large rows have no place in an index tree.
CREATE TABLE content (
    digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 71),
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE course_file (
    version TEXT NOT NULL REFERENCES course_version (digest),
    path TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES content (digest),
    PRIMARY KEY (version, path)
) STRICT, WITHOUT ROWID;

-- What happened has happened, whatever a later version of the program tries.
CREATE TRIGGER run_stays BEFORE DELETE ON run
    BEGIN SELECT RAISE(ABORT, 'runs are never deleted'); END;
CREATE TRIGGER run_stays_as_it_is BEFORE UPDATE ON run
    BEGIN SELECT RAISE(ABORT, 'runs never change'); END;
CREATE TRIGGER attempt_stays BEFORE DELETE ON attempt
    BEGIN SELECT RAISE(ABORT, 'attempts are never deleted'); END;
CREATE TRIGGER attempt_stays_submitted BEFORE UPDATE ON attempt WHEN OLD.submitted_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a submitted attempt never changes'); END;
CREATE TRIGGER attempt_answer_stays BEFORE DELETE ON attempt_answer
    BEGIN SELECT RAISE(ABORT, 'answers of attempts are never deleted'); END;
CREATE TRIGGER attempt_answer_stays_submitted BEFORE UPDATE ON attempt_answer
    WHEN (SELECT submitted_at FROM attempt WHERE course = OLD.course AND number = OLD.attempt) IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a submitted attempt never changes'); END;
CREATE TRIGGER attempt_answer_before_submission BEFORE INSERT ON attempt_answer
    WHEN (SELECT submitted_at FROM attempt WHERE course = NEW.course AND number = NEW.attempt) IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a submitted attempt never changes'); END;
CREATE TRIGGER check_answer_stays BEFORE DELETE ON check_answer
    BEGIN SELECT RAISE(ABORT, 'answers are never deleted'); END;
CREATE TRIGGER check_answer_stays_as_it_is BEFORE UPDATE ON check_answer
    BEGIN SELECT RAISE(ABORT, 'answers never change'); END;
CREATE TRIGGER acknowledgement_stays BEFORE DELETE ON acknowledgement
    BEGIN SELECT RAISE(ABORT, 'acknowledgements are never deleted'); END;
CREATE TRIGGER acknowledgement_stays_as_it_is BEFORE UPDATE ON acknowledgement
    BEGIN SELECT RAISE(ABORT, 'acknowledgements never change'); END;
CREATE TRIGGER completion_stays BEFORE DELETE ON completion
    BEGIN SELECT RAISE(ABORT, 'records are never deleted'); END;
CREATE TRIGGER completion_stays_as_it_is BEFORE UPDATE ON completion
    BEGIN SELECT RAISE(ABORT, 'records never change'); END;
