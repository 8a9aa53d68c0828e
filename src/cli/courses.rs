//! Courses from where they are: embedded in the program, in a folder, or in a pack.

use std::collections::BTreeSet;
use std::error::Error as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::course::{self, Course, CourseFiles, Fault, MANIFEST, Rule, pack};
use crate::files::{self, FileError, Tree, TreeLimits};
use crate::shell::quoted;

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

/// The title of the course in a folder, or of the bundled one; that of a pack is known when all of it is read. A link is followed when it
/// is known that it does not lead out of the folder, and so not here.
pub(super) fn title(folder: Option<&Path>) -> Option<String> {
    let Some(folder) = folder else { return course::title(course::embedded_file(MANIFEST)?) };
    let path = folder.join(MANIFEST);
    let is_file = fs::symlink_metadata(&path).is_ok_and(|manifest| manifest.is_file());
    let manifest = is_file.then(|| files::read_limited(&path, LIMITS.bytes_each).ok()).flatten()?;
    course::title(&manifest)
}

/// The files of the course in a folder or a pack, whatever is in them.
pub(super) fn files(path: &Path) -> Result<CourseFiles, Failure> {
    let shown = path.display().to_string();
    if path.is_dir() {
        return files_in(path)
            .map_err(|error| Failure::file(format!("cannot read the course in {shown}"), &error));
    }
    let bytes = files::read_limited(path, pack::MAX_PACK as u64)
        .map_err(|error| Failure::file(format!("cannot read the course {shown}"), &error))?;
    if !pack::is_pack(&bytes) {
        return Err(Failure::new(format!("{shown} is neither a course folder nor a course pack"))
            .hint("name the folder that holds course.ron"));
    }
    pack::read(&bytes).map_err(|error| {
        Failure::new(format!("cannot read the pack {shown}"))
            .because(&error)
            .hint("ask for a pack made with: countersign author pack")
    })
}

/// The files and folders on the disk that the course in a folder or a pack was read from.
pub(super) fn places(path: &Path, course: &Course) -> BTreeSet<PathBuf> {
    let mut places = BTreeSet::from([path.to_owned()]);
    if path.is_dir() {
        for file in course.files.keys().map(|file| path.join(file)) {
            places.extend(file.ancestors().take_while(|place| *place != path).map(Path::to_owned));
        }
    }
    places
}

/// The files of the course in a folder or a pack as far as they can be read, and what is wrong with the others.
pub(super) fn readable_files(path: &Path) -> Result<(CourseFiles, Vec<Fault>), Failure> {
    if !path.is_dir() {
        return Ok((files(path)?, Vec::new()));
    }
    readable_files_in(path)
        .map_err(|error| Failure::file(format!("cannot read the course in {}", path.display()), &error))
}

/// The files of a course folder, as far as they can be read, and what is wrong with the others.
pub(super) fn readable_files_in(folder: &Path) -> Result<(CourseFiles, Vec<Fault>), FileError> {
    let Tree { files, faults } = files::look_through(folder, &is_wanted, LIMITS)?;
    Ok((files, faults.iter().map(|error| unreadable(folder, error)).collect()))
}

/// What is wrong with a file of the course in `folder`; what is wrong with the folder stands at its `course.ron`.
pub(super) fn unreadable(folder: &Path, error: &FileError) -> Fault {
    let within = error.path().strip_prefix(folder).unwrap_or(error.path());
    let rule = match error {
        FileError::Outside { .. } => Rule::PathEscape,
        FileError::Name { .. } => Rule::BadPath,
        FileError::TooLarge { .. } => Rule::TooLarge,
        _ => Rule::UnreadableFile,
    };
    let message = match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    };
    let file = match within.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/") {
        folder if folder.is_empty() => MANIFEST.to_owned(),
        file => file,
    };
    Fault { hint: error.hint(), ..Fault::of_file(rule, &file, message) }
}

/// The files of a course folder, whether or not they make a course.
pub(super) fn files_in(path: &Path) -> Result<CourseFiles, FileError> {
    files::read_tree(path, &is_wanted, LIMITS)
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

/// The course folder that a file lies in: the next one above with a `course.ron`, else the folder above `quizzes`, else
/// the file's own.
pub(super) fn folder_of(file: &Path) -> PathBuf {
    // A bare file name has an empty parent, which is no path to open.
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Some(course) = folder.ancestors().find(|folder| folder.join(MANIFEST).is_file()) {
        return if course.as_os_str().is_empty() { PathBuf::from(".") } else { course.to_owned() };
    }
    match (folder.file_name(), folder.parent()) {
        (Some(name), Some(above)) if name == "quizzes" && above.as_os_str().is_empty() => PathBuf::from("."),
        (Some(name), Some(above)) if name == "quizzes" => above.to_owned(),
        (_, _) => folder.to_owned(),
    }
}

fn faulty(faults: &[Fault], shown: &str) -> Failure {
    let number = match faults.len() {
        1 => "a fault".to_owned(),
        number => format!("{number} faults"),
    };
    Failure::new(format!("{shown} has {number} and cannot be used")).with_faults(faults).hint(format!(
        "countersign author check {} shows what to mend; or ask who gave you the course",
        quoted(shown)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A link to a terminal was waited for until somebody typed.
    #[cfg(unix)]
    #[test]
    fn a_title_is_read_out_of_a_file_alone() {
        assert_eq!(title(None), bundled().ok().map(|course| course.title.clone()));
        let folder = files::tempdir().expect("a folder");
        let path = folder.path().join(MANIFEST);
        for other in ["/dev/tty", "/dev/zero", "/etc/passwd"] {
            std::os::unix::fs::symlink(other, &path).expect("a link");
            assert_eq!(title(Some(folder.path())), None, "{other}");
            fs::remove_file(&path).expect("removed");
        }
        assert_eq!(title(Some(folder.path())), None, "none is there");
        let manifest = course::embedded_file(MANIFEST).expect("bundled");
        files::replace(&path, manifest, files::Privacy::Shared).expect("written");
        assert_eq!(title(Some(folder.path())), title(None));
    }

    /// A link out of the folder hid every fault there was.
    #[cfg(unix)]
    #[test]
    fn what_cannot_be_read_is_a_fault_among_others() {
        let folder = files::tempdir().expect("a folder");
        files::make_folder(&folder.path().join("assets"), files::Privacy::Shared).expect("a folder");
        std::os::unix::fs::symlink("/etc/passwd", folder.path().join("assets/x.txt")).expect("a link");
        let (files, faults) = readable_files(folder.path()).expect("a folder");
        assert_eq!(files, CourseFiles::new());
        let [fault] = faults.as_slice() else { panic!("{faults:?}") };
        assert_eq!((fault.rule, fault.file.as_str()), (Rule::PathEscape, "assets/x.txt"));
        assert!(
            fault.message.ends_with("assets/x.txt is a link that leads out of its folder"),
            "{}",
            fault.message
        );
    }

    #[test]
    fn the_places_of_a_course_are_its_files_and_every_folder_around_them() {
        let home = files::tempdir().expect("a folder");
        let course = course::parse(course::embedded()).expect("no faults");
        let mut nested = CourseFiles::clone(&course.files);
        nested.insert("assets/deeper/still/picture.png".to_owned(), b"no matter what".to_vec());
        let nested = Course { files: Arc::new(nested), ..course };
        let places = |path: &Path| places(path, &nested);

        let folder = home.path().join("course");
        files::make_folder(&folder, files::Privacy::Shared).expect("a folder");
        let found = places(&folder);
        for place in ["", "course.ron", "lessons", "assets", "assets/deeper", "assets/deeper/still"] {
            assert!(found.contains(&folder.join(place)), "{place}: {found:?}");
        }
        assert!(nested.files.keys().all(|file| found.contains(&folder.join(file))), "{found:?}");
        assert!(found.iter().all(|place| place.starts_with(&folder)), "{found:?}");

        let pack = home.path().join("course.zip");
        files::write_new(&pack, b"a pack", files::Privacy::Shared).expect("written");
        assert_eq!(places(&pack), BTreeSet::from([pack.clone()]), "all of it is in one file");
    }

    #[test]
    fn the_course_around_a_file() {
        fn check(file: &Path, expected: &Path) {
            assert_eq!(folder_of(file), expected, "{}", file.display());
        }
        let folder = files::tempdir().expect("a folder");
        let within = |path: &str| folder.path().join(path);
        check(&within("quizzes/a.ron"), folder.path());
        check(&within("a.ron"), folder.path());
        check(&within("deeper/quizzes/a.ron"), &within("deeper"));
        files::write_new(&within("course.ron"), b"()", files::Privacy::Shared).expect("written");
        check(&within("deeper/quizzes/a.ron"), folder.path());
        check(&within("quizzes/b/a.ron"), folder.path());
        // The tests run in a course folder: this repository.
        check(Path::new("quizzes/a.ron"), Path::new("."));
        check(Path::new("a.ron"), Path::new("."));
    }
}
