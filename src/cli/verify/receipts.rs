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
        alone(&String::from_utf8_lossy(&bytes)).to_owned()
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

/// A key without what surrounds it in a file: the byte order mark of an editor, and the empty lines of whoever copied it.
fn alone(text: &str) -> &str {
    text.trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(named: &str) -> String {
        log_key(named).expect_err("no key").message
    }

    /// With the byte order mark of an editor it was no key.
    #[test]
    fn what_surrounds_a_key_in_a_file_is_no_part_of_it() {
        for (before, behind) in [("", ""), ("", "\n"), ("\u{feff}", "\r\n"), ("\u{feff}\r\n\n", "\n\n \n")] {
            assert_eq!(alone(&format!("{before}a.example+0a+b=={behind}")), "a.example+0a+b==");
        }
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
