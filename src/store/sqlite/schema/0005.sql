-- In which order a learner was in the lessons and checks of a run, each at its last visit: the start goes on in the one begun that they
-- were in last. Of visits before this step nobody knows.
CREATE TABLE visit (
    course TEXT NOT NULL,
    run INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('lesson', 'check')),
    name TEXT NOT NULL CHECK (name <> ''),
    turn INTEGER NOT NULL CHECK (turn >= 1),
    PRIMARY KEY (course, run, kind, name),
    FOREIGN KEY (course, run) REFERENCES run (course, number)
) STRICT, WITHOUT ROWID;
