//! The course that comes with the program.

use crate::course::CourseFiles;

include!(concat!(env!("OUT_DIR"), "/embedded_course.rs"));

/// The files of the bundled course, as they stood in the repository when the program was built.
#[must_use]
pub fn embedded() -> CourseFiles {
    FILES.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect()
}
