//! Writes down which files the bundled course has, so that the program can carry them, and what characters look like, as a table that
//! a start need not go through.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script is told by the environment and writes for cargo"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

use unicode_normalization::is_nfd;
use unicode_security::skeleton;

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&out).join("embedded_course.rs"), course()?)?;
    let (code, looks) = looks();
    fs::write(Path::new(&out).join("looks.rs"), code)?;
    fs::write(Path::new(&out).join("looks.txt"), looks)
}

/// What characters look like that look like others or like nothing (UTS 39, section 4), sorted: each one with where its look ends in the
/// text of all looks; it begins where that of the one before ends. Characters that decompose are left out.
///
/// The library has a slice for each of them. A system that loads the program at an address of its choice goes through all of these, at
/// every start of every command.
fn looks() -> (String, String) {
    let mut looks = String::new();
    let mut code = String::from("static LOOKS_END: &[(char, u16)] = &[\n");
    for letter in char::MIN..=char::MAX {
        let text = letter.to_string();
        let before = looks.len();
        looks.extend(skeleton(&text));
        if !is_nfd(&text) || looks[before..] == text {
            looks.truncate(before);
        } else {
            let _ = writeln!(code, "    ({letter:?}, {}),", looks.len());
        }
    }
    code.push_str("];\n");
    (code, looks)
}

/// The files of the bundled course.
fn course() -> io::Result<String> {
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
