//! Writes down what the program carries and cannot say itself.

mod course;
mod looks;

use std::path::Path;
use std::{env, fs, io};

#[expect(
    clippy::disallowed_methods,
    reason = "a build script is told by the environment and writes for cargo"
)]
fn main() -> io::Result<()> {
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&out).join("embedded_course.rs"), course::code()?)?;
    fs::write(Path::new(&out).join("looks.rs"), looks::code())
}
