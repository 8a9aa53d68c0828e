//! Where records and their files are found by their digests.
//!
//! A digest can be anything, so an index over all of them has another page for nearly every one that is added: it is read,
//! written into the log of the file and moved from there, twice for each record, and the more there are the less of it is
//! at hand. So new digests stand among few others, and when there are many of them they sink into the level below in order,
//! which touches each of its pages once for many (O'Neil et al., "The log-structured merge-tree", 1996). That a level is
//! emptied depends on the number of entries alone, so all running copies do it at the same places.

use rusqlite::{Connection, params};

use crate::digest::Digest;

/// How many entries of the log have their digests in a level before it is emptied into the next one; the last one keeps all.
const WIDTHS: [u64; 2] = [1 << 13, 1 << 17];

/// After `FROM`: the record with the digest that a parameter or a column names.
macro_rules! record_with {
    ($digest:literal) => {
        concat!(
            "whereabouts CROSS JOIN record ON record.entry = whereabouts.entry
             WHERE level IN (0, 1, 2) AND start = substr(",
            $digest,
            ", 1, 8) AND record.digest = ",
            $digest
        )
    };
}
pub(super) use record_with;

/// After `FROM`: the records whose files have the digest that a parameter or a column names.
macro_rules! file_with {
    ($digest:literal) => {
        concat!(
            "whereabouts CROSS JOIN record_file ON record_file.entry = whereabouts.entry
             WHERE level IN (0, 1, 2) AND start = substr(",
            $digest,
            ", 1, 8) AND record_file.file = ",
            $digest
        )
    };
}
pub(super) use file_with;

/// Asked for every record, level after level: SQLite makes a table of the numbers in `IN (0, 1, 2)` each time.
macro_rules! in_any_level {
    ($what:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM whereabouts WHERE level = 0 AND start = ?2 AND ",
            $what,
            ")
             OR EXISTS (SELECT 1 FROM whereabouts WHERE level = 1 AND start = ?2 AND ",
            $what,
            ")
             OR EXISTS (SELECT 1 FROM whereabouts WHERE level = 2 AND start = ?2 AND ",
            $what,
            ")"
        )
    };
}

/// Whether a record has the digest `?1`, which begins with `?2`.
pub(super) const IS_RECORD: &str = in_any_level!(
    "EXISTS (SELECT 1 FROM record WHERE record.entry = whereabouts.entry AND record.digest = ?1)"
);

/// Whether a record has the digest `?1`, which begins with `?2`, or its file has.
pub(super) const IS_RECORD_OR_FILE: &str = in_any_level!(
    "(EXISTS (SELECT 1 FROM record WHERE record.entry = whereabouts.entry AND record.digest = ?1)
      OR EXISTS (SELECT 1 FROM record_file WHERE record_file.entry = whereabouts.entry AND record_file.file = ?1))"
);

/// The first bytes of a digest, by which it is looked for.
pub(super) fn start(digest: &Digest) -> &[u8] {
    &digest.as_bytes()[..8]
}

/// Keeps where a record is found by its digest and by that of its file.
pub(super) fn keep(connection: &Connection, entry: u64, digests: [&Digest; 2]) -> rusqlite::Result<()> {
    let sql = "INSERT INTO whereabouts (level, start, entry) VALUES (0, ?1, ?2)
               ON CONFLICT DO NOTHING";
    let mut insert = connection.prepare_cached(sql)?;
    for digest in digests {
        insert.execute(params![start(digest), entry])?;
    }
    Ok(())
}

/// Forgets where the records of a person are found, while they are still there.
pub(super) fn forget(connection: &Connection, person: &str) -> rusqlite::Result<()> {
    let sql = "DELETE FROM whereabouts
               WHERE (level, start, entry) IN (
                   WITH level (level) AS (VALUES (0), (1), (2))
                   SELECT level, substr(digest, 1, 8), entry FROM record, level WHERE person = ?1
                   UNION
                   SELECT level, substr(file, 1, 8), entry FROM record JOIN record_file USING (entry), level
                   WHERE person = ?1)";
    connection.execute(sql, [person]).map(drop)
}

/// Empties the levels that are full after the log has grown from `before` entries to `after`.
pub(super) fn sink(connection: &Connection, before: u64, after: u64) -> rusqlite::Result<()> {
    // From below: what sinks stays one level deeper until that one is full.
    for (level, width) in WIDTHS.into_iter().enumerate().rev() {
        if before / width < after / width {
            let sql = "INSERT INTO whereabouts (level, start, entry)
                       SELECT level + 1, start, entry FROM whereabouts WHERE level = ?1 ORDER BY start, entry";
            connection.prepare_cached(sql)?.execute([level])?;
            connection.prepare_cached("DELETE FROM whereabouts WHERE level = ?1")?.execute([level])?;
        }
    }
    Ok(())
}

/// The entries of records that are not found by their digest or by that of their file.
pub(super) fn lost(connection: &Connection) -> rusqlite::Result<Vec<u64>> {
    let sql = "SELECT entry FROM record JOIN record_file USING (entry)
               WHERE NOT EXISTS (SELECT 1 FROM whereabouts
                                 WHERE level IN (0, 1, 2) AND start = substr(record.digest, 1, 8)
                                   AND whereabouts.entry = record.entry)
                  OR NOT EXISTS (SELECT 1 FROM whereabouts
                                 WHERE level IN (0, 1, 2) AND start = substr(record_file.file, 1, 8)
                                   AND whereabouts.entry = record.entry)
               ORDER BY entry";
    connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}
