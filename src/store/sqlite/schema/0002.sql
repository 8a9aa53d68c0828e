-- What learners marked and wrote for themselves, in every run of a course; no record says anything of it. A row never
-- changes: another one takes its place, so two running copies cannot overwrite each other's.
CREATE TABLE bookmark (
    course TEXT NOT NULL CHECK (course <> ''),
    lesson TEXT NOT NULL CHECK (lesson <> ''),
    place INTEGER NOT NULL CHECK (place >= 0),
    at TEXT NOT NULL,
    note TEXT NOT NULL,
    digest TEXT NOT NULL CHECK (length(digest) = 71),
    heading TEXT NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (course, lesson, place, at, note, digest, heading, line)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER bookmark_stays_as_it_is BEFORE UPDATE ON bookmark
    BEGIN SELECT RAISE(ABORT, 'bookmarks never change'); END;
