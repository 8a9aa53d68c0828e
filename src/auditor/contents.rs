//! The courses, assignments and records in an evidence pack, each read once; what cannot be read is told and not looked at.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fault::Fault;
use crate::course::{self, Course, CourseFiles};
use crate::digest::Digest;
use crate::log::VerifierKey;
use crate::record::claims::CompletionClaims;
use crate::record::verdict::{Approval, CourseVersion, Verifier};
use crate::record::{Assignment, file_name, read_assignment, read_completion};
use crate::registry::PersonNumber;
use crate::report::evidence::Files;

/// The most bytes that all courses of a pack together may have when they are unpacked.
const MOST_UNPACKED: u64 = 1 << 30;

/// What is told of an archive whose files are not those of the version that it is called after.
pub(super) const OTHER: &str = "is another course than the one of its name";

/// What records are compared with.
#[derive(Default)]
pub(super) struct Contents {
    /// The versions of the course by their digests, with the path of each.
    pub(super) courses: BTreeMap<Digest, (String, Arc<Course>)>,
    /// The assignments by their digests.
    pub(super) assignments: BTreeMap<Digest, Assignment>,
    /// The names of the files in `assignments` that are none.
    unsound_assignments: Vec<String>,
    /// Which record each file is, or why it is none.
    records: BTreeMap<String, Result<Digest, String>>,
    /// What the records say, wherever they are.
    claims: BTreeMap<Digest, CompletionClaims>,
    /// The files that are not what their names say.
    pub(super) wrong: Vec<Fault>,
}

impl Contents {
    pub(super) fn of(files: &Files) -> Self {
        let mut contents = Self::default();
        let mut left = MOST_UNPACKED;
        for (path, bytes) in files {
            if path.starts_with("courses/") && path.ends_with(".course") {
                match course(bytes, &mut left) {
                    Ok((course, differing)) => {
                        let is_named =
                            *path == format!("courses/{}_{}.course", course.id, course.digest.short());
                        let other = (!is_named).then(|| OTHER.to_owned()).or(differing);
                        contents.wrong.extend(other.map(|words| Fault::within(path, words)));
                        // Of two archives of one version the one that goes by its name is it.
                        if is_named || !contents.courses.contains_key(&course.digest) {
                            contents.courses.insert(course.digest, (path.clone(), Arc::new(course)));
                        }
                    }
                    Err(words) => contents.wrong.push(Fault::within(path, words)),
                }
            } else if let Some(name) = path.strip_prefix("assignments/") {
                match read_assignment(bytes) {
                    Ok(read) => {
                        contents.wrong.extend(misplaced(path, &read, files));
                        contents.assignments.insert(read.digest, read);
                    }
                    Err(fault) => {
                        contents.wrong.push(Fault::of(path, format!("is not a sound assignment: {fault}")));
                        contents.unsound_assignments.push(name.to_owned());
                    }
                }
            } else if path.starts_with("records/") {
                let read = read_completion(bytes).map_err(|fault| fault.to_string());
                let read = read.map(|read| {
                    contents.claims.insert(read.digest, read.claims);
                    read.digest
                });
                contents.records.insert(path.clone(), read);
            }
        }
        contents
    }

    /// What a record says, wherever it is.
    pub(super) fn claims(&self, record: &Digest) -> Option<&CompletionClaims> {
        self.claims.get(record)
    }

    /// Whether some record stands at this path as it was signed.
    pub(super) fn is_record(&self, path: &str) -> bool {
        self.records.get(path).is_some_and(Result::is_ok)
    }

    /// The file that goes by the name of this assignment and is none, which is told.
    pub(super) fn unsound_assignment(&self, digest: &Digest) -> Option<&str> {
        let end = file_name::end_of_assignment(digest);
        self.unsound_assignments.iter().find(|name| name.ends_with(&end)).map(String::as_str)
    }

    /// Why the record of this person is not at this path; nothing if it is.
    pub(super) fn misplaced_record(
        &self,
        number: &PersonNumber,
        digest: &Digest,
        path: &str,
    ) -> Option<Fault> {
        let told =
            |words: &str| Some(Fault::within("records.csv", format!("{number}, {digest}: {path} {words}")));
        match self.records.get(path) {
            None => told("is missing"),
            Some(Err(fault)) => Some(Fault::within(path, fault)),
            Some(Ok(here)) => {
                let is_theirs = |claims: &CompletionClaims| claims.person.number == number.as_str();
                let is_it = here == digest && self.claims(digest).is_some_and(is_theirs);
                if is_it { None } else { told("is another record, or somebody else's") }
            }
        }
    }

    /// What a verifier of the records knows. HR's key alone asks people, and what counts is what the log has approved, and what
    /// it does not have is no version; without the log, which is told, every version that HR has signed with the pack counts.
    pub(super) fn verifier(
        self,
        key: Option<&VerifierKey>,
        versions: Option<&BTreeMap<Digest, Approval>>,
    ) -> Verifier {
        let courses = self.courses.into_iter().filter_map(|(digest, (_, course))| {
            let approval = versions.map_or(Some(Approval::Approved), |known| known.get(&digest).copied())?;
            Some(CourseVersion { course, approval })
        });
        Verifier {
            courses: courses.collect(),
            assignments: self.assignments.into_values().collect(),
            altered: self.unsound_assignments,
            trusted_assigners: key.map(|key| key.key().did()).into_iter().collect(),
            ..Verifier::default()
        }
    }
}

/// What is wrong with an assignment that stands where another one belongs. Of one that is only called otherwise it is told that
/// its file is missing.
fn misplaced(path: &str, read: &Assignment, files: &Files) -> Option<Fault> {
    let (person, course) = (&read.claims.person.number, &read.claims.course.course_id);
    let name = file_name::assignment(person, course, read.created, &read.digest);
    let belongs = format!("assignments/{name}");
    (belongs != path && files.contains_key(&belongs)).then(|| {
        Fault::of(path, format!("is not the assignment of its name: what is in it belongs in {belongs}"))
    })
}

/// A version of the course, and in what its archive is not the one that its files give. What it unpacks to is taken from what is
/// left.
fn course(bytes: &[u8], left: &mut u64) -> Result<(Course, Option<String>), String> {
    if *left == 0 {
        return Err(format!("the courses unpack to more than {} MiB", MOST_UNPACKED >> 20));
    }
    let files = course::pack::read(bytes).map_err(|error| error.to_string())?;
    let unpacked: u64 = files.values().map(|bytes| bytes.len() as u64).sum();
    *left = left.saturating_sub(unpacked);
    let differing = differing(bytes, &files);
    let course = course::parse(files).map_err(|faults| {
        let first = faults.first().map(ToString::to_string).unwrap_or_default();
        format!("is not a sound course: {first}")
    })?;
    Ok((course, differing))
}

/// Whoever opens the archive sees all that lies in it, and the digest is over what belongs to a course alone.
fn differing(bytes: &[u8], files: &CourseFiles) -> Option<String> {
    if course::pack::write(files).is_ok_and(|written| written == bytes) {
        return None;
    }
    let strange: Vec<&str> =
        files.keys().filter(|path| !course::is_course_path(path)).map(String::as_str).collect();
    Some(if strange.is_empty() {
        "is not the archive that the files of the course give".to_owned()
    } else {
        format!("has what is no part of a course: {}", strange.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::super::fault::told;
    use super::*;

    fn packed() -> Vec<u8> {
        course::pack::write(&course::embedded()).expect("a pack")
    }

    /// The last of two archives of one version was taken for it, whatever it was called, and the right one was blamed.
    #[test]
    fn a_version_is_the_archive_that_goes_by_its_name() {
        let course = course::parse(course::embedded()).expect("the bundled course");
        let path = format!("courses/{}_{}.course", course.id, course.digest.short());
        for other in ["courses/aaa_00000000.course", "courses/zzz_00000000.course"] {
            let files = Files::from([(path.clone(), packed()), (other.to_owned(), packed())]);
            let contents = Contents::of(&files);
            assert_eq!(contents.courses[&course.digest].0, path);
            assert_eq!(contents.wrong, [Fault::within(other, OTHER)]);
        }
    }

    fn key() -> VerifierKey {
        let text = include_str!("../../tests/vectors/log/expected.json");
        let expected: serde_json::Value = serde_json::from_str(text).expect("JSON");
        expected["log"].as_str().expect("a text").parse().expect("a key")
    }

    #[test]
    fn what_is_not_what_its_name_says_is_told_and_the_rest_is_read() {
        let files = Files::from([
            ("courses/bundled.course".to_owned(), packed()),
            ("courses/broken.course".to_owned(), packed()[..100].to_vec()),
            ("assignments/1.assignment.json".to_owned(), b"{}".to_vec()),
        ]);
        let contents = Contents::of(&files);
        assert_eq!(contents.courses.len(), 1);
        let wrong = told(contents.wrong).join("\n");
        for words in ["courses/broken.course: ", "assignments/1.assignment.json is not a sound assignment: "]
        {
            assert!(wrong.contains(words), "{wrong}");
        }
    }

    /// A version that was never approved is known and does not count; and HR alone asks people.
    #[test]
    fn what_counts_is_what_the_log_approved() {
        fn check(versions: Option<&BTreeMap<Digest, Approval>>, expected: &[Approval]) {
            let files = Files::from([("courses/bundled.course".to_owned(), packed())]);
            let verifier = Contents::of(&files).verifier(Some(&key()), versions);
            let found: Vec<Approval> = verifier.courses.iter().map(|version| version.approval).collect();
            assert_eq!(found, expected);
            assert_eq!(verifier.trusted_assigners, [key().key().did()]);
        }
        let files = Files::from([("courses/bundled.course".to_owned(), packed())]);
        let digest = *Contents::of(&files).courses.keys().next().expect("a course");
        for approval in [Approval::Approved, Approval::Withdrawn] {
            check(Some(&BTreeMap::from([(digest, approval)])), &[approval]);
        }
        check(Some(&BTreeMap::new()), &[]);
        check(None, &[Approval::Approved]);
    }

    /// Whatever is left when it begins, a course is read whole or not at all.
    #[test]
    fn courses_unpack_to_so_much_and_no_more() {
        let packed = packed();
        let mut left = 1;
        course(&packed, &mut left).expect("there was something left");
        assert_eq!(left, 0);
        assert!(
            course(&packed, &mut left).is_err_and(|words| words.contains("unpack to more than 1024 MiB"))
        );
    }
}
