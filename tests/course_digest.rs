//! The digest of the bundled course, computed again with what an auditor has: `find`, `sort` and `sha256sum`.

#![cfg(unix)]

use std::process::Command;

use countersign::course;

#[test]
fn sha256sum_gives_the_same_digest() {
    // The same words stand in the documentation of `course::digest`; macOS calls the tool by another name.
    let script = r#"
        export LC_ALL=C
        if command -v sha256sum >/dev/null; then sum=sha256sum; else sum="shasum -a 256"; fi
        find course.ron lessons quizzes assets -name '[._]*' -prune -o -type f -print0 |
            sort -z | xargs -0 $sum | $sum
    "#;
    let output = Command::new("sh")
        .args(["-euc", script])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("sh runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8_lossy(&output.stdout);
    let hex = printed.split_whitespace().next().expect("a digest");
    assert_eq!(course::digest(&course::embedded()).hex(), hex);

    // And the digest sees every file: another byte, another name, one file more.
    let shipped = course::embedded();
    let changed = |change: fn(&mut course::CourseFiles)| {
        let mut files = shipped.clone();
        change(&mut files);
        course::digest(&files) != course::digest(&shipped)
    };
    assert!(changed(|files| files.values_mut().next().expect("a file").push(b'\n')));
    assert!(changed(|files| drop(files.insert("assets/new".to_owned(), Vec::new()))));
    assert!(changed(|files| {
        let (path, bytes) = files.pop_last().expect("a file");
        files.insert(format!("{path}x"), bytes);
    }));
    assert!(!changed(|files| drop(files.insert("assets/_draft".to_owned(), Vec::new()))));
}
