//! Two contents under one version are two courses for whoever checks a record, and one for everybody else.

use std::collections::BTreeSet;

use super::shipped::course;

/// Every content that was given a version, in order.
const VERSIONS: &str = include_str!("versions.txt");

#[test]
fn another_content_is_another_version() {
    let lines: Vec<(&str, &str)> =
        VERSIONS.lines().map(|line| line.split_once(' ').expect("a version and a digest")).collect();
    let versions: BTreeSet<&str> = lines.iter().map(|(version, _)| *version).collect();
    assert_eq!(versions.len(), lines.len(), "a version stands there twice");
    let (version, digest) = lines.last().expect("at least one");
    let course = course();
    assert_eq!(
        (course.version.as_str(), course.digest.to_string().as_str()),
        (*version, *digest),
        "the course is not what was called {version}: raise `version` in course.ron, and write it with the new digest into the last \
         line of tests/bundled_course/versions.txt"
    );
}
