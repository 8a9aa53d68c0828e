//! Opening a file of ours: making it, recognising it, bringing it up to date.

use std::cell::Cell;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::thread;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::access::{self, Access, Way};
use super::error::{is_damage, store_error};
use super::identity::FileIdentity;
use super::layout::{self, Begins, Layout};
use super::{Database, LogName};
use crate::files::{self, folder_of};
use crate::store::StoreError;

/// How long to wait for another copy that is writing.
pub(in crate::store) const PATIENCE: Duration = Duration::from_secs(5);
/// No SQLite database has smaller pages, in bytes.
const SMALLEST_PAGE: u64 = 512;
/// How often to look whether another copy has finished where SQLite itself does not wait.
pub(in crate::store) const TRIES: u32 = 100;

/// What is wrong with a file that was opened.
pub(in crate::store) enum Unsound {
    /// It is not what we wrote.
    Damaged(String),
    /// Nothing is in it, and nothing was to be made.
    Empty,
    /// Anything else.
    Fault(StoreError),
}

/// A sound file of the present version; an empty one is made if there is none, in a folder that is there. Where nothing can
/// be written and nothing is to be made, it is opened to be read as it stands.
pub(in crate::store) fn connect(path: &Path, layout: &Layout) -> Result<Database, Unsound> {
    let fault = |error: io::Error| Unsound::Fault(io_error(path, error));
    let told = |error: rusqlite::Error| {
        if is_damage(&error) {
            Unsound::Damaged(error.to_string())
        } else {
            Unsound::Fault(store_error(path, layout.keeps, error))
        }
    };
    match layout.begins {
        Begins::Anew => create(path).map_err(fault)?,
        Begins::Never => {}
    }
    let metadata = fs::metadata(path).map_err(fault)?;
    if metadata.is_dir() {
        return Err(Unsound::Fault(StoreError::Other {
            path: path.to_owned(),
            source: "it is a folder".into(),
        }));
    }
    // SQLite would take these few bytes for an empty database and write over them.
    if (1..SMALLEST_PAGE).contains(&metadata.len()) {
        return Err(Unsound::Damaged("it is too short for a database".to_owned()));
    }

    match open(path, layout) {
        Err(Unopened::Sql(error)) if layout.begins == Begins::Never => match access::way(path, &error) {
            Way::AsItStands => open_as_it_stands(path, layout),
            Way::LogUnread => {
                let source = "what was written last is in the file beside it that ends with -wal, which cannot be read \
                              in a folder that cannot be written";
                Err(Unopened::Unsound(Unsound::Fault(StoreError::ReadOnly {
                    path: path.to_owned(),
                    source: source.into(),
                })))
            }
            Way::None => Err(Unopened::Sql(error)),
        },
        opened => opened,
    }
    .map_err(|unopened| match unopened {
        Unopened::Unsound(unsound) => unsound,
        Unopened::Sql(error) => told(error),
    })
}

/// Why a file was not opened.
pub(in crate::store) enum Unopened {
    /// What is in it.
    Unsound(Unsound),
    /// What the database said.
    Sql(rusqlite::Error),
}

impl From<rusqlite::Error> for Unopened {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<Unsound> for Unopened {
    fn from(unsound: Unsound) -> Self {
        Self::Unsound(unsound)
    }
}

/// The file to be read and written.
fn open(path: &Path, layout: &Layout) -> Result<Database, Unopened> {
    let fault = |error: io::Error| Unsound::Fault(io_error(path, error));
    let has_log = fs::metadata(log_beside(path)).is_ok_and(|log| log.len() > 0);
    // No SQLITE_OPEN_URI: a file may be called `file:x?mode=memory`. No SQLITE_OPEN_CREATE: it was made above, private.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    let file = FileIdentity::of(path).map_err(fault)?;
    connection.busy_timeout(layout.patience)?;
    // Until it is known to be ours and of a version we know, the file is only looked at: closing must not move the log
    // into it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, has_log)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Else a statement whose table has a partial index is planned anew for each value that it is asked about.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;

    let version = recognise(&connection, path, layout)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    make_durable(&connection, layout.patience)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.set_prepared_statement_cache_capacity(128);
    let numbered = |error| match error {
        rusqlite::Error::SqlInputError { msg, .. } | rusqlite::Error::SqliteFailure(_, Some(msg))
            if version > 0 && is_of_another_version(&msg) =>
        {
            let (path, source) = (path.to_owned(), msg.into());
            Unsound::Fault(StoreError::Misnumbered { path, found: version, source }).into()
        }
        error => Unopened::Sql(error),
    };
    layout.migrate(&mut connection, version).map_err(numbered)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    require_whole(&connection, path, layout).map_err(|unopened| match unopened {
        Unopened::Sql(error) => numbered(error),
        unsound @ Unopened::Unsound(_) => unsound,
    })?;
    connection.busy_timeout(PATIENCE)?;
    Ok(Database {
        connection,
        path: path.to_owned(),
        file,
        keeps: layout.keeps,
        access: Access::Full,
        held: Cell::new(false),
        log: if has_log { LogName::Durable } else { LogName::New },
    })
}

/// Whether a statement failed because what it makes is there (the number was set back), or what it reads is not (it was set
/// forward), in the words of SQLite, which has no numbers for them.
fn is_of_another_version(message: &str) -> bool {
    message.ends_with(" already exists")
        || message.starts_with("duplicate column name")
        || message.starts_with("no such column")
}

/// The file as it stands, to be read.
pub(in crate::store) fn open_as_it_stands(path: &Path, layout: &Layout) -> Result<Database, Unopened> {
    let fault = |error: io::Error| Unsound::Fault(io_error(path, error));
    let (connection, stamp) = access::open_as_it_stands(path)?;
    let file = FileIdentity::of(path).map_err(fault)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    let version = recognise(&connection, path, layout)?;
    if version < layout.version() {
        let source = "it is of an older format, and has to be brought up to date where it can be written";
        let path = path.to_owned();
        return Err(Unsound::Fault(StoreError::ReadOnly { path, source: source.into() }).into());
    }
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.set_prepared_statement_cache_capacity(128);
    require_whole(&connection, path, layout)?;
    let access = Access::AsItStands(stamp);
    Ok(Database {
        connection,
        path: path.to_owned(),
        file,
        keeps: layout.keeps,
        access,
        held: Cell::new(false),
        log: LogName::Durable,
    })
}

/// The version of a file that is ours, sound as far as can be seen and not newer than we know; all of one moment, for
/// another copy may be making the tables.
fn recognise(connection: &Connection, path: &Path, layout: &Layout) -> Result<i64, Unopened> {
    let moment = connection.unchecked_transaction()?;
    let (owner, version, empty) = identity(&moment)?;
    if owner != layout.application_id && !(empty && owner == 0 && version == 0) {
        return Err(Unsound::Damaged("it is a database of another program".to_owned()).into());
    }
    if empty && layout.begins == Begins::Never {
        return Err(Unsound::Empty.into());
    }
    require_known(version, path, layout)?;
    if !empty {
        if version < 1 {
            return Err(without_number(&moment, path, version, layout)?.into());
        }
        // No step is made for what is in it.
        if version < layout.version() && (layout.early)(&moment)? {
            return Err(Unsound::Fault(StoreError::Early { path: path.to_owned() }).into());
        }
        if let Some(damage) = (layout.check)(&moment)? {
            return Err(Unsound::Damaged(damage).into());
        }
    }
    moment.finish()?;
    Ok(version)
}

/// The file is not newer than we know.
fn require_known(found: i64, path: &Path, layout: &Layout) -> Result<(), Unsound> {
    let known = layout.version();
    if found > known {
        return Err(Unsound::Fault(StoreError::Newer { path: path.to_owned(), found, known }));
    }
    Ok(())
}

/// What is wrong with a file that is marked as ours and has a number that none of ours has. Nothing is known of its version, so it is
/// left as it is; unless there is nothing of ours in it, or no sound page.
fn without_number(
    connection: &Connection,
    path: &Path,
    found: i64,
    layout: &Layout,
) -> rusqlite::Result<Unsound> {
    if let Some(damage) = (layout.check)(connection)? {
        return Ok(Unsound::Damaged(damage));
    }
    let present = layout::tables(connection)?;
    if !layout.tables.iter().any(|table| present.contains(*table)) {
        return Ok(Unsound::Damaged(format!("it says to be of version {found}")));
    }
    let source = "no file has that number once something is in it".into();
    Ok(Unsound::Fault(StoreError::Misnumbered { path: path.to_owned(), found, source }))
}

/// Everything is there and can be read. One moment for all of it: to begin and end one for each statement takes longer than
/// the statements do.
fn require_whole(connection: &Connection, path: &Path, layout: &Layout) -> Result<(), Unopened> {
    let moment = connection.unchecked_transaction()?;
    // A newer copy may have brought it further since it was recognised; then no step of ours was made.
    require_known(layout::version(&moment)?, path, layout)?;
    if let Some(missing) = missing_table(&moment, layout)? {
        if (layout.early)(&moment)? {
            return Err(Unsound::Fault(StoreError::Early { path: path.to_owned() }).into());
        }
        return Err(Unsound::Damaged(format!("its table {missing} is missing")).into());
    }
    (layout.read)(&moment)?;
    Ok(moment.finish()?)
}

/// SQLite gives some names a meaning of their own (`:memory:`, the empty name); with a folder before it a name is a name.
pub(in crate::store) fn plain(path: &Path) -> PathBuf {
    match path.components().next() {
        Some(Component::Normal(_)) | None => Path::new(".").join(path),
        Some(Component::CurDir | Component::ParentDir | Component::RootDir | Component::Prefix(_)) => {
            path.to_owned()
        }
    }
}

/// The file, empty and private, if there is none. SQLite gives its side files (`-wal`, `-shm`) the same mode.
fn create(path: &Path) -> io::Result<()> {
    match private_options().write(true).create_new(true).open(path) {
        Ok(file) => {
            file.sync_all()?;
            files::sync_folder(folder_of(path))
        }
        // Not opened here: closing a second handle would release the locks of a connection in this process.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// Whose it is, of which version, and whether nothing is in it.
fn identity(connection: &Connection) -> rusqlite::Result<(i64, i64, bool)> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)";
    let empty = connection.query_row(sql, [], |row| row.get(0))?;
    Ok((layout::application_id(connection)?, layout::version(connection)?, empty))
}

fn missing_table(connection: &Connection, layout: &Layout) -> rusqlite::Result<Option<&'static str>> {
    let present = layout::tables(connection)?;
    Ok(layout.tables.iter().copied().find(|&table| !present.contains(table)))
}

/// A commit that was acknowledged outlives a power cut.
fn make_durable(connection: &Connection, patience: Duration) -> rusqlite::Result<()> {
    let mut mode = String::new();
    for attempt in 0..TRIES {
        // SQLite does not wait here when another copy is changing to WAL at this very moment.
        match connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0)) {
            Ok(now) => {
                mode = now;
                break;
            }
            Err(error)
                if attempt + 1 < TRIES && error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) =>
            {
                thread::sleep(patience / TRIES);
            }
            Err(error) => return Err(error),
        }
    }
    // Where there is no shared memory SQLite stays with its older journal, which needs one more sync.
    connection.pragma_update(None, "synchronous", if mode == "wal" { "FULL" } else { "EXTRA" })?;
    // A kept course can be large; the room it took in the log is given back.
    connection.pragma_update(None, "journal_size_limit", 4 << 20)?;
    // On macOS an ordinary fsync leaves the data in the drive's cache; elsewhere these do nothing.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)
}

/// The pages are sound; `Some` says which one is not. Reads the whole file.
pub(in crate::store) fn check_pages(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let finding: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok((finding != "ok").then_some(finding))
}

#[cfg(unix)]
pub(in crate::store) fn private_options() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

#[cfg(not(unix))]
pub(in crate::store) fn private_options() -> OpenOptions {
    OpenOptions::new()
}

/// Where SQLite writes in WAL mode before it writes into the file at `path`.
pub(in crate::store) fn log_beside(path: &Path) -> PathBuf {
    appended(path, "-wal")
}

pub(in crate::store) fn appended(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

pub(in crate::store) fn io_error(path: &Path, error: io::Error) -> StoreError {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            StoreError::Full { path, source: error.into() }
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            StoreError::ReadOnly { path, source: error.into() }
        }
        _ => StoreError::Other { path, source: error.into() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::tempdir;
    use crate::store::Keeps;

    const STEPS: &[&str] =
        &["CREATE TABLE one (value INTEGER) STRICT;", "CREATE TABLE two (value INTEGER) STRICT;"];

    fn with_steps(
        steps: &'static [&'static str],
        check: fn(&Connection) -> rusqlite::Result<Option<String>>,
    ) -> Layout {
        Layout {
            keeps: Keeps::Progress,
            application_id: 7,
            steps,
            tables: &["one"],
            early: |_| Ok(false),
            begins: Begins::Anew,
            patience: PATIENCE,
            check,
            read: |_| Ok(()),
        }
    }

    /// What a newer copy does that gets the lock when this one has just looked at the version.
    fn brought_further(connection: &Connection) -> rusqlite::Result<Option<String>> {
        let path = connection.path().expect("a file");
        Connection::open(path)?.pragma_update(None, "user_version", 1000)?;
        Ok(None)
    }

    /// Only the version that was seen before the lock was compared.
    #[test]
    fn a_file_that_a_newer_copy_brings_further_meanwhile_is_refused() {
        for before in [1, STEPS.len()] {
            let home = tempdir().unwrap();
            let path = home.path().join("file.db");
            assert!(connect(&path, &with_steps(&STEPS[..before], |_| Ok(None))).is_ok());
            let opened = connect(&path, &with_steps(STEPS, brought_further));
            let newer =
                matches!(opened, Err(Unsound::Fault(StoreError::Newer { found: 1000, known: 2, .. })));
            assert!(newer, "from version {before}");
        }
    }
}
