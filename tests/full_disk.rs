//! Help and version on a standard output that takes nothing.
#![cfg(target_os = "linux")]

use std::fs::OpenOptions;
use std::process::Command;

#[test]
fn help_that_could_not_be_written_is_a_failure() {
    for arguments in [&["learn", "--help"][..], &["--version"], &["verify", "-h"], &["help"]] {
        let full = OpenOptions::new().write(true).open("/dev/full").expect("a full device");
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        let ended = command.args(arguments).stdout(full).output().expect("the program starts");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains("error: cannot write to standard output"), "{arguments:?}: {said}");
    }
}
