//! The log within the file: entries by place, hashes in tiles.

use rusqlite::{CachedStatement, Connection, OptionalExtension as _, params};

use crate::log::{Hash, Size, TileId, Tiles, Tree, TreeError};
use crate::store::database::WriteError;

/// Tiles in their table.
#[derive(Clone, Copy)]
pub(super) struct SqlTiles<'a>(pub(super) &'a Connection);

impl Tiles for SqlTiles<'_> {
    type Error = rusqlite::Error;

    fn tile(&self, id: TileId) -> rusqlite::Result<Option<Vec<u8>>> {
        self.statement("SELECT hashes FROM log_tile WHERE place = ?1")?
            .query_row([place(id)], |row| row.get(0))
            .optional()
    }

    fn put_tile(&mut self, id: TileId, hashes: &[u8]) -> rusqlite::Result<()> {
        let sql = "INSERT INTO log_tile (place, hashes) VALUES (?1, ?2)
                   ON CONFLICT (place) DO UPDATE SET hashes = excluded.hashes";
        self.statement(sql)?.execute(params![place(id), hashes]).map(drop)
    }
}

impl SqlTiles<'_> {
    fn statement(&self, sql: &str) -> rusqlite::Result<CachedStatement<'_>> {
        self.0.prepare_cached(sql)
    }
}

/// The level in the highest byte, so that a level stands in a row.
fn place(id: TileId) -> u64 {
    u64::from(id.level()) << 56 | id.index()
}

/// The tree of so many entries.
pub(super) fn tree(connection: &Connection, size: u64) -> Tree<SqlTiles<'_>> {
    let size = Size::new(size).expect("SQLite numbers no more rows than a log can have entries");
    Tree::new(SqlTiles(connection), size)
}

/// Hashes entries into the tree; how many there are then.
pub(super) fn append(connection: &Connection, size: u64, leaves: Vec<Hash>) -> Result<u64, WriteError> {
    Ok(tree(connection, size).append(leaves).map_err(told)?.get())
}

/// What is wrong with the tree, as the database would say it.
pub(super) fn told(error: TreeError<rusqlite::Error>) -> rusqlite::Error {
    match error {
        TreeError::Store(error) => error,
        TreeError::Damaged(_) | TreeError::Beyond { .. } | TreeError::Full => {
            rusqlite::Error::FromSqlConversionFailure(
                0,
                rusqlite::types::Type::Blob,
                error.to_string().into(),
            )
        }
    }
}

/// The bytes of an entry.
pub(super) fn entry(connection: &Connection, index: u64) -> rusqlite::Result<Option<Vec<u8>>> {
    connection
        .prepare_cached("SELECT bytes FROM log_entry WHERE entry = ?1")?
        .query_row([index], |row| row.get(0))
        .optional()
}
