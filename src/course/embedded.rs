//! The course that comes with the program.

use crate::course::CourseFiles;

include!(concat!(env!("OUT_DIR"), "/embedded_course.rs"));

/// The file of the bundled course at this path.
#[must_use]
pub fn embedded_file(path: &str) -> Option<&'static [u8]> {
    FILES.iter().find(|(file, _)| *file == path).map(|(_, bytes)| *bytes)
}

/// The files of the bundled course, as they stood in the repository when the program was built.
#[must_use]
pub fn embedded() -> CourseFiles {
    FILES.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect()
}
