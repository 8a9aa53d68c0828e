//! Records are found by their digests: in every level, whatever else begins alike, and in files of the first version.

use rusqlite::StatementStatus;

use super::super::schema::STEPS;
use super::super::{read, whereabouts};
use super::*;
use crate::registry::change::Collected;

/// Digests that begin alike, which somebody can bring about with some patience.
fn alike(last: u8) -> Digest {
    let mut bytes = [7; 32];
    bytes[31] = last;
    Digest::from_bytes(bytes)
}

fn with_digests(change: Collected, digest: Digest, file: Digest) -> Change {
    Change::Collected(Box::new(Collected { digest, file, ..change }))
}

/// How many rows stand in each level.
fn levels(connection: &Connection) -> [u64; 3] {
    let sql = "SELECT count(*) FROM whereabouts WHERE level = ?1";
    [0, 1, 2].map(|level| connection.query_row(sql, [level], |row| row.get(0)).unwrap())
}

#[test]
fn digests_that_begin_alike_are_told_apart() {
    let (_home, path) = filled();
    let mut store = SqliteRegistry::open(&path).unwrap();
    store
        .save(&[
            with_digests(collected(20, 0, 4), alike(1), alike(2)),
            with_digests(collected(21, 1, 4), alike(3), alike(4)),
        ])
        .unwrap();
    let all = [0, 1, 2, 3, 4, 5].map(alike);
    assert_eq!(store.known(&all).unwrap(), BTreeSet::from([1, 2, 3, 4].map(alike)));
    assert_eq!(store.collected(&all).unwrap(), BTreeSet::from([1, 3].map(alike)));
    let waiting = store.unsettled(&all, store.log_size().unwrap()).unwrap();
    assert_eq!(waiting.into_keys().collect::<Vec<_>>(), [1, 2, 3, 4].map(alike));
    assert_eq!(store.record(&alike(3)).unwrap(), Some(collected(0, 1, 4).bytes));
    assert_eq!(store.record(&alike(4)).unwrap(), None, "that is a file and no record");
    let again = store.save(&[with_digests(collected(22, 2, 4), alike(3), alike(9))]);
    assert!(matches!(again, Err(StoreError::Refused(Refusal::RecordIsHere(digest))) if digest == alike(3)));
}

#[test]
fn what_is_kept_sinks_and_is_found_in_every_level() {
    let (_home, path) = filled();
    let mut store = SqliteRegistry::open(&path).unwrap();
    let found = |store: &SqliteRegistry| {
        let connection = &store.database.connection;
        let digests: Vec<Digest> = (0..20).map(alike).collect();
        (levels(connection), read::known(connection, &digests).unwrap().len())
    };
    let before = found(&store);
    assert_eq!(before.0[1..], [0, 0]);
    store.save(&[with_digests(collected(20, 0, 4), alike(0), alike(1))]).unwrap();
    let connection = &store.database.connection;
    let sink = |before, after| {
        whereabouts::sink(connection, before, after).unwrap();
        found(&store)
    };
    // Those of one record that begin alike are one row.
    let all = before.0[0] + 1;
    assert_eq!(sink(0, 8191), ([all, 0, 0], 2));
    assert_eq!(sink(8191, 8192), ([0, all, 0], 2));
    whereabouts::keep(connection, 3, [&alike(2), &alike(3)]).unwrap();
    assert_eq!(sink(8192, 9000).0, [1, all, 0]);
    // Both are full at once: what was above stays above.
    assert_eq!(sink(131_000, 131_072), ([0, 1, all], 2));
    assert_eq!(sink(131_072, 131_073).0, [0, 1, all]);
    // One batch may fill a level more than once.
    assert_eq!(sink(200_000, 300_000).0, [0, 0, all + 1]);
}

/// As the first release made it, with everything that happened since.
fn of_the_first_version(path: &Path) {
    let new = path.with_extension("new");
    fs::rename(path, &new).unwrap();
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(STEPS[0]).unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
    connection.pragma_update(None, "application_id", schema::LAYOUT.application_id).unwrap();
    connection.pragma_update(None, "foreign_keys", false).unwrap();
    connection.execute("ATTACH ?1 AS new", [new.to_str().unwrap()]).unwrap();
    for table in schema::LAYOUT.tables.iter().filter(|table| !["registry", "whereabouts"].contains(table)) {
        let sql = format!("INSERT INTO main.{table} SELECT * FROM new.{table}");
        connection.execute(&sql, []).unwrap();
    }
    drop(connection);
    fs::remove_file(new).unwrap();
}

#[test]
fn a_registry_of_the_first_version_is_brought_up_to_date() {
    let (_home, path) = filled();
    let expected: Vec<Dossier> = dossiers(&SqliteRegistry::open(&path).unwrap(), at(40));
    of_the_first_version(&path);
    let mut store = SqliteRegistry::open(&path).unwrap();
    assert_eq!(dossiers(&store, at(40)), expected);
    assert_eq!(findings(&path), Vec::<String>::new());
    let records = [collected(0, 0, 3), collected(0, 1, 1)];
    let digests: Vec<Digest> = records.iter().flat_map(|record| [record.digest, record.file]).collect();
    assert_eq!(store.known(&digests).unwrap(), digests.iter().copied().collect());
    assert_eq!(levels(&store.database.connection), [0, 0, 4]);
    // Nothing of what was decided about it has lost its record, and nothing changes.
    store.save(&[decided(30, 0, 3, Decision::Accepted), record(31, 0, 0), erased(32, 0, true)]).unwrap();
    assert_eq!(findings(&path), Vec::<String>::new());
    for sql in ["UPDATE record SET earned = 1", "DELETE FROM record"] {
        let refused = store.database.connection.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("records stay"), "{sql}: {refused}");
    }
}

/// It would be taken for new when it comes again.
#[test]
fn a_record_that_is_not_found_by_its_digest_is_told() {
    let (_home, path) = filled();
    by_hand(
        &path,
        "DELETE FROM whereabouts WHERE start = (SELECT substr(file, 1, 8) FROM record_file LIMIT 1)",
    );
    let found = findings(&path);
    assert!(matches!(&found[..], [one] if one.contains("not found by its digest")), "{found:?}");
}

#[test]
fn what_is_erased_leaves_nowhere_to_be_found() {
    let (_home, path) = filled();
    let mut store = SqliteRegistry::open(&path).unwrap();
    assert_eq!(levels(&store.database.connection), [4, 0, 0]);
    whereabouts::sink(&store.database.connection, 0, 1 << 17).unwrap();
    store.save(&[erased(30, 1, true)]).unwrap();
    assert_eq!(levels(&store.database.connection), [0, 2, 0]);
}

/// A scan of a million rows for each record would go unnoticed with ten, and so would a plan made for each.
#[test]
fn nothing_is_looked_through_to_find_a_digest() {
    let (_home, path) = filled();
    let store = SqliteRegistry::open(&path).unwrap();
    let connection = &store.database.connection;
    for sql in [whereabouts::IS_RECORD, whereabouts::IS_RECORD_OR_FILE] {
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN SELECT {sql}")).unwrap();
        let plan = statement
            .query_map(params![alike(1).as_bytes(), whereabouts::start(&alike(1))], |row| row.get(3));
        let plan: Vec<String> = plan.unwrap().collect::<rusqlite::Result<_>>().unwrap();
        let searches = plan.iter().filter(|step| step.contains("whereabouts"));
        assert!(searches.clone().count() == 3, "{plan:?}");
        for step in searches {
            assert_eq!(step, "SEARCH whereabouts USING PRIMARY KEY (level=? AND start=?)");
        }
        assert!(!plan.iter().any(|step| step.contains("SCAN") && !step.contains("CONSTANT")), "{plan:?}");

        let sql = format!("SELECT {sql}");
        for digest in [alike(1), Digest::of(b"another"), collected(0, 0, 3).digest] {
            let values = params![digest.as_bytes(), whereabouts::start(&digest)];
            let mut statement = connection.prepare_cached(&sql).unwrap();
            let found: bool = statement.query_row(values, |row| row.get(0)).unwrap();
            assert_eq!(found, digest == collected(0, 0, 3).digest);
        }
        assert_eq!(connection.prepare_cached(&sql).unwrap().get_status(StatementStatus::RePrepare), 0);
    }
}
