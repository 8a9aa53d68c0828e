//! What is said of an archive that is not looked into.

use std::path::Path;

use super::super::error::Failure;
use crate::course::pack::{self, Harm, PackError, WITH_CARE};
use crate::files;
use crate::packed::is_packed;

/// What to do with one that can harm whoever unpacks it.
const DO_NOT_UNPACK: &str =
    "do not unpack it; ask whoever sent it for the records, or the evidence pack, as countersign writes them";
/// What to do with one that was damaged on its way.
const ASK_AGAIN: &str = "ask for it again: something changed it on its way, or only a part of it has arrived";

/// What to do with one that only is not looked into as it is.
pub(super) fn unpack() -> String {
    format!("{WITH_CARE}; then verify that folder: countersign verify FOLDER")
}

/// What is said of a file that is an archive, and no pack, by its name and beginning; nothing of others.
pub(super) fn told(path: &Path, beginning: &[u8]) -> Option<Failure> {
    let name = path.to_string_lossy();
    // Something stands before what others unpack.
    let is_named_zip = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip"));
    if is_named_zip && beginning.is_empty() {
        return Some(Failure::new(format!("{name} is empty")).hint(ASK_AGAIN));
    }
    if pack::is_pack(beginning) || is_named_zip {
        return Some(zip(path));
    }
    is_packed(&name, beginning).then(|| {
        Failure::new(format!("{name} is an archive of a kind that is not looked into, and no record"))
            .hint(unpack())
    })
}

fn zip(path: &Path) -> Failure {
    let read = files::read_limited(path, pack::MAX_PACK as u64).map(|bytes| pack::read(&bytes));
    match read {
        Ok(Err(error @ PackError::Damaged { .. })) => not_looked_into(path, &error),
        Ok(Ok(_) | Err(_)) | Err(_) => kept_apart(path).unwrap_or_else(|| {
            let what = "a zip archive, and neither a record nor an evidence pack as this program makes it";
            Failure::new(format!("{} is {what}", path.display())).hint(unpack())
        }),
    }
}

/// Why the archive of a pack cannot be looked into, and what to do with it.
pub(super) fn not_looked_into(path: &Path, error: &PackError) -> Failure {
    if let Some(failure) = kept_apart(path) {
        return failure;
    }
    let (words, next) = match error {
        PackError::NotAnArchive(why) => (why.clone(), unpack()),
        PackError::Damaged { .. } => (error.to_string(), ASK_AGAIN.to_owned()),
        // Two programs would see two archives.
        PackError::Contradiction(_) | PackError::SameName(_) | PackError::Overlapping => {
            (error.to_string(), DO_NOT_UNPACK.to_owned())
        }
        // As large packs are, and as some systems make them: what is in them can be told when it is unpacked.
        PackError::TooLarge
        | PackError::TooManyEntries
        | PackError::UnpacksTooLarge
        | PackError::Bomb(_)
        | PackError::BadName { .. }
        | PackError::NotAFile(_)
        | PackError::Encrypted(_)
        | PackError::Unsupported { .. } => (error.to_string(), unpack()),
    };
    Failure::new(format!("cannot look into {}: {words}", path.display())).hint(next)
}

/// What is said of one that nobody is to unpack, or can: whatever it is of, and however it is laid out.
pub(super) fn kept_apart(path: &Path) -> Option<Failure> {
    let looked = files::open_regular(path).and_then(|(mut file, _)| {
        pack::harm(&mut file).map_err(|source| files::FileError::Read { path: path.to_owned(), source })
    });
    let shown = path.display();
    match looked {
        Ok(Harm::Nothing | Harm::TooLong) => None,
        Ok(Harm::Hostile(error)) => {
            Some(Failure::new(format!("cannot look into {shown}: {error}")).hint(DO_NOT_UNPACK))
        }
        Ok(Harm::NoDirectory) => {
            let words = "it is no whole zip archive, since its list of files is missing or damaged";
            Some(Failure::new(format!("cannot look into {shown}: {words}")).hint(ASK_AGAIN))
        }
        Err(error) => Some(Failure::file(format!("cannot read {shown}"), &error)),
    }
}
