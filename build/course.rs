//! Which files the bundled course has.

use std::fmt::Write as _;
use std::{fs, io};

/// The files of the bundled course as a table that carries them.
#[expect(clippy::print_stdout, reason = "cargo is told by lines what this rests on")]
pub(super) fn code() -> io::Result<String> {
    let mut paths = vec!["course.ron".to_owned()];
    for folder in ["lessons", "quizzes", "assets"] {
        println!("cargo:rerun-if-changed={folder}");
        collect(folder, &mut paths)?;
    }
    paths.sort_unstable();
    let mut code = String::from("const FILES: &[(&str, &[u8])] = &[\n");
    for path in paths {
        println!("cargo:rerun-if-changed={path}");
        let _ = writeln!(
            code,
            "    ({path:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/\", {path:?}))),"
        );
    }
    code.push_str("];\n");
    Ok(code)
}

/// Every file below `folder` except hidden ones and drafts: the rule of `course::is_course_path`.
fn collect(folder: &str, paths: &mut Vec<String>) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        // git keeps no empty folders.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let name =
            entry.file_name().into_string().map_err(|_| io::Error::other("a file name is not UTF-8"))?;
        if name.starts_with(['.', '_']) {
            continue;
        }
        let path = format!("{folder}/{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() {
            collect(&path, paths)?;
        } else if kind.is_file() {
            paths.push(path);
        }
    }
    Ok(())
}
