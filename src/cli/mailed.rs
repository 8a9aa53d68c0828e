//! What is said of files of the log that a mail program or an editor saved otherwise than they were signed.

use std::path::Path;

use super::error::Failure;

/// How a text in UTF-16 begins, in either order of its bytes.
const UTF_16: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];

/// What to do with a file of the log that cannot be read.
pub(super) fn with_hint(failure: Failure, bytes: &[u8]) -> Failure {
    if UTF_16.iter().any(|mark| bytes.starts_with(mark)) {
        return failure.hint(
            "it was saved as UTF-16, which Notepad calls Unicode: save it as UTF-8, or name the file as you got it",
        );
    }
    failure.hint("name the file as you got it: a checkpoint (countersign hr log checkpoint), or a receipt that ends with .tlog-proof")
}

/// What is said of a file that was read otherwise than it stands.
pub(super) fn note(path: &Path) -> String {
    format!(
        "note: {} was saved with the line ends or the first bytes of Windows; it is read without them, as it was signed",
        path.display()
    )
}
