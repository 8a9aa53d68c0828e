//! Courses from where they are: embedded in the program, in a folder, or in a pack.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::course::{self, Course, CourseFiles, Fault, pack};
use crate::files::{self, TreeLimits};

use super::error::Failure;

/// What a course folder may hold at most.
const LIMITS: TreeLimits = TreeLimits {
    entries: pack::MAX_ENTRIES,
    bytes_each: pack::MAX_UNPACKED,
    bytes_total: pack::MAX_UNPACKED,
};

/// The course that came with the program.
pub(super) fn bundled() -> Result<Arc<Course>, Failure> {
    parse(course::embedded(), "the bundled course")
}

/// The bundled course and those in these folders and packs.
pub(super) fn known(paths: &[PathBuf]) -> Result<Vec<Arc<Course>>, Failure> {
    std::iter::once(bundled()).chain(paths.iter().map(|path| load(path))).collect()
}

/// The course in a folder or a pack.
pub(super) fn load(path: &Path) -> Result<Arc<Course>, Failure> {
    parse(files(path)?, &path.display().to_string())
}

/// The files of a course in a folder or a pack.
pub(super) fn files(path: &Path) -> Result<CourseFiles, Failure> {
    let shown = path.display().to_string();
    if path.is_dir() {
        files::read_tree(path, &is_wanted, LIMITS)
            .map_err(|error| Failure::file(format!("cannot read the course in {shown}"), &error))
    } else {
        let bytes = files::read_limited(path, pack::MAX_PACK as u64)
            .map_err(|error| Failure::file(format!("cannot read the course {shown}"), &error))
            .map_err(|failure| {
                failure.hint("commands are learn, author, verify and generate; see countersign --help")
            })?;
        if !pack::is_pack(&bytes) {
            return Err(Failure::new(format!("{shown} is neither a course folder nor a course pack"))
                .hint("name the folder that holds course.ron"));
        }
        pack::read(&bytes)
            .map_err(|error| Failure::new(format!("cannot read the pack {shown}")).because(&error))
    }
}

/// Whether a file, or a folder such as `lessons/`, can hold something of the course: beside a course there may stand a
/// whole repository.
fn is_wanted(path: &str) -> bool {
    match path.strip_suffix('/') {
        Some(folder) => course::is_course_path(&format!("{folder}/file")),
        None => course::is_course_path(path),
    }
}

/// A course from its files; all its faults at once.
pub(super) fn parse(files: CourseFiles, shown: &str) -> Result<Arc<Course>, Failure> {
    course::parse(files).map(Arc::new).map_err(|faults| faulty(&faults, shown))
}

fn faulty(faults: &[Fault], shown: &str) -> Failure {
    let number = match faults.len() {
        1 => "a fault".to_owned(),
        number => format!("{number} faults"),
    };
    let mut failure = Failure::new(format!("{shown} has {number} and cannot be used"));
    for fault in faults {
        failure.details.push(fault.to_string());
        failure.details.extend(fault.hint.as_ref().map(|hint| format!("  hint: {hint}")));
    }
    failure.hint("mend the faults, or ask who gave you the course")
}
