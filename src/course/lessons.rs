//! Lessons: Markdown files, of which the course needs the title, the headings and the reading time.

use std::sync::Arc;
use std::thread;

use crate::course::rule::Rule;
use crate::course::source::Source;
use crate::course::{Fault, Lesson, Position};
use crate::digest::Digest;
use crate::markup::Document;
use crate::printable::Printable;

/// A lesson and where it was read.
#[derive(Debug)]
pub(super) struct Outlined {
    pub lesson: Lesson,
    pub source: Source,
}

/// How large a lesson may be.
pub(super) const MAX_BYTES: usize = 16 << 20;

/// From how many bytes on a second thread is faster than none.
const LONG: usize = 1 << 20;

/// Reads a lesson; a long one is hashed meanwhile.
pub(super) fn read(path: &str, bytes: &[u8]) -> Result<Outlined, Box<Fault>> {
    thread::scope(|scope| {
        let hash = || Digest::of(bytes);
        let hashing = (LONG..=MAX_BYTES)
            .contains(&bytes.len())
            .then(|| thread::Builder::new().spawn_scoped(scope, hash))
            .and_then(Result::ok);
        let digest = || hashing.and_then(|hashing| hashing.join().ok()).unwrap_or_else(hash);
        outline(path, bytes, digest)
    })
}

fn outline(path: &str, bytes: &[u8], digest: impl FnOnce() -> Digest) -> Result<Outlined, Box<Fault>> {
    let source = Source::read(path, bytes, MAX_BYTES)?;
    let fault = |message: &str, hint: &str| {
        Box::new(Fault {
            at: Some(Position { line: 1, column: 1 }),
            span: Some(0..source.text.find('\n').unwrap_or(source.text.len())),
            hint: Some(hint.to_owned()),
            ..Fault::of_file(Rule::BadLesson, path, message.to_owned())
        })
    };
    if source.text.trim().is_empty() {
        return Err(fault("this lesson is empty", "a lesson is Markdown with at least a heading"));
    }
    let document = Arc::new(Document::parse(Arc::clone(&source.text)));
    let Some(title) = document.title().map(Printable::as_str).filter(|title| !title.trim().is_empty()) else {
        let hint = "the first heading is the title, such as: # What apps collect";
        return Err(fault("this lesson has no heading", hint));
    };
    let lesson = Lesson {
        path: path.to_owned(),
        title: title.to_owned(),
        minutes: document.minutes(),
        document,
        digest: digest(),
    };
    Ok(Outlined { lesson, source })
}
