//! Receipts and the key of the log, as they were named.

use std::path::{Path, PathBuf};

use crate::auditor::receipts::Receipts;
use crate::files;
use crate::log::VerifierKey;
use crate::record::verdict::Gathered;

use super::super::error::Failure;
use super::super::mailed::as_signed;
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
        Failure::new(format!("{named} is not the key of a log"))
            .because(&error)
            .hint("HR prints it with: countersign hr log key")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_key_is_refused() {
        assert!(read(&[], Some("nothing")).is_err());
    }
}
