//! Receipts and the key of the log, as they were named.

use std::path::{Path, PathBuf};

use crate::auditor::receipts::Receipts;
use crate::files;
use crate::log::{VerifierKey, as_signed};
use crate::record::verdict::Gathered;

use super::super::error::Failure;
use super::super::records;

/// The largest receipt that is read, in bytes: with the largest entry and the largest note.
const LARGEST: u64 = 1 << 20;

/// Reads and checks receipts by the key of the log, which is the key itself or a file that holds it.
pub(super) fn read(paths: &[PathBuf], key: Option<&str>) -> Result<Receipts, Failure> {
    let Some(key) = key else { return Ok(Receipts::default()) };
    let key = log_key(key)?;
    let gathered = |path: &Path| if path.is_dir() { Gathered::Together } else { Gathered::ByName };
    let all = if paths.iter().any(|path| path.is_dir()) { Gathered::Together } else { Gathered::ByName };
    let mut receipts = Receipts::named(all);
    for path in paths {
        let gathered = gathered(path);
        for path in records::each(std::slice::from_ref(path), ".tlog-proof")? {
            let bytes = files::read_limited(&path, LARGEST).map_err(|error| {
                Failure::file(format!("cannot read the receipt {}", path.display()), &error)
            })?;
            receipts.add(&path, &as_signed(bytes), &key, gathered);
        }
    }
    Ok(receipts)
}

pub(super) fn log_key(named: &str) -> Result<VerifierKey, Failure> {
    let path = Path::new(named);
    let text = if path.is_file() {
        let bytes = files::read_limited(path, 4096)
            .map_err(|error| Failure::file(format!("cannot read the key of the log {named}"), &error))?;
        String::from_utf8_lossy(&bytes).trim().to_owned()
    } else {
        named.to_owned()
    };
    text.parse().map_err(|error| {
        // A key has no name of a file; what has one, or leads through folders, was meant to be one.
        let is_named_like_a_file = !path.is_file() && !named.contains('+');
        if is_named_like_a_file {
            return Failure::new(format!("{named} is no file, and not the key of a log itself")).hint(
                "name the file that holds the key, or the line that HR prints with: countersign hr log key",
            );
        }
        Failure::new(format!("{named} is not the key of a log"))
            .because(&error)
            .hint("HR prints it with: countersign hr log key")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(named: &str) -> String {
        log_key(named).expect_err("no key").message
    }

    /// Of a file that is not there it was said that it is no key.
    #[test]
    fn what_is_no_key_is_refused() {
        for named in ["nothing", "keys/log.key", ".", ""] {
            assert_eq!(refused(named), format!("{named} is no file, and not the key of a log itself"));
        }
        for named in ["a+b", concat!(env!("CARGO_MANIFEST_DIR"), "/clippy.toml")] {
            assert_eq!(refused(named), format!("{named} is not the key of a log"));
        }
    }
}
