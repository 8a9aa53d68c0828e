//! Courses of which a completion counts for a century: records with fixed times stay young, whenever a test runs.

use countersign::course::CourseFiles;

/// The course when a completion of it counts for a century.
pub(crate) fn lasting(mut files: CourseFiles) -> CourseFiles {
    let manifest = files.get_mut("course.ron").expect("a manifest");
    let text = String::from_utf8(manifest.clone()).expect("text");
    *manifest = text.replacen("validity_days: 365,", "validity_days: 36500,", 1).into_bytes();
    assert_ne!(*manifest, text.into_bytes(), "it counts as long as before");
    files
}
