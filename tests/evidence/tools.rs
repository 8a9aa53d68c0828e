//! The tools that auditors have anyway: whether they are here, and how they are started.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{LazyLock, Mutex, PoisonError};

/// Where programs are looked for: beside the interpreter itself first. Where `python3` is a script that looks for the version to
/// start, as pyenv has it, the tests waited longer for that than for all that they start.
static PROGRAMS: LazyLock<OsString> = LazyLock::new(|| {
    let search = env::var_os("PATH").unwrap_or_default();
    let asked = Command::new("python3").args(["-I", "-c", "import sys; print(sys.executable)"]).output();
    let interpreter = asked.ok().and_then(|output| String::from_utf8(output.stdout).ok());
    let beside = interpreter.as_deref().and_then(|path| Path::new(path.trim_end()).parent());
    let folders: Vec<PathBuf> =
        beside.map(Path::to_owned).into_iter().chain(env::split_paths(&search)).collect();
    env::join_paths(folders).unwrap_or(search)
});

/// Starts one of them.
pub(super) fn tool(name: &str) -> Command {
    let mut command = Command::new(name);
    command.env("PATH", &*PROGRAMS);
    command
}

/// What a script of a pack says in the folder of the pack, and its exit code. Python takes four times as long to start and to compile the
/// script as to run it, so one that has done both becomes two (`fork`) for each run.
pub(super) fn script(folder: &Path, arguments: &[&str]) -> (String, Option<i32>) {
    static IDLE: Mutex<Vec<Interpreter>> = Mutex::new(Vec::new());
    let idle = || IDLE.lock().unwrap_or_else(PoisonError::into_inner);
    let taken = idle().pop();
    let mut interpreter = taken.unwrap_or_else(Interpreter::start);
    let said = interpreter.run(folder, arguments);
    idle().push(interpreter);
    said
}

/// It ends when nobody can ask it any more, with the tests.
struct Interpreter {
    python: Child,
    answers: BufReader<ChildStdout>,
}

/// Takes lines of a folder, files for both outputs and what the command line would have; answers with exit codes. A script that breaks off
/// breaks off the copy, which says so and ends as Python does.
const FORKING: &str = r#"
import os, sys
import base64, calendar, csv, functools, hashlib, html.parser, io, itertools, json, re, stat, struct, unicodedata, zipfile, zlib
from cryptography.hazmat.primitives.asymmetric import ed25519
known = {}
for line in sys.stdin:
    folder, out, talk, *arguments = line.rstrip("\n").split("\t")
    with open(os.path.join(folder, arguments[0]), "rb") as file:
        source = file.read()
    code = known[source] = known.get(source) or compile(source, arguments[0], "exec")
    copy = os.fork()
    if copy == 0:
        for path, number in (os.devnull, 0), (out, 1), (talk, 2):
            os.dup2(os.open(path, os.O_RDWR), number)
        os.chdir(folder)
        sys.argv = arguments
        exec(code, {"__name__": "__main__", "__file__": arguments[0]})
        sys.exit()
    print(os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]), flush=True)
"#;

impl Interpreter {
    fn start() -> Self {
        let mut python = tool("python3");
        python.args(["-I", "-c", FORKING]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut python = python.spawn().expect("it starts");
        let answers = BufReader::new(python.stdout.take().expect("a pipe"));
        Self { python, answers }
    }

    fn run(&mut self, folder: &Path, arguments: &[&str]) -> (String, Option<i32>) {
        let outputs = [(); 2].map(|()| tempfile::NamedTempFile::new().expect("a file"));
        let paths = [folder, outputs[0].path(), outputs[1].path()].map(|path| path.to_str().expect("text"));
        let asked = self.python.stdin.as_mut().expect("a pipe");
        writeln!(asked, "{}", [&paths[..], arguments].concat().join("\t")).expect("it listens");
        let mut code = String::new();
        self.answers.read_line(&mut code).expect("it answers");
        let said = outputs.map(|file| fs::read_to_string(file.path()).expect("text")).concat();
        (said, Some(code.trim_end().parse().expect("an exit code")))
    }
}

/// Whether the tools of the README are here. A machine may lack some; the one that decides about a change has all.
pub(super) fn has_tools() -> bool {
    static MISSING: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let works = |name: &str, arguments: &[&str]| {
            tool(name).args(arguments).output().is_ok_and(|output| output.status.success())
        };
        let tools = [
            ("sh", works("sh", &["-c", "sha256sum --version && find . -maxdepth 0"])),
            ("ssh-keygen", tool("ssh-keygen").arg("-?").output().is_ok()),
            ("openssl", works("openssl", &["version"])),
            ("jq", works("jq", &["--version"])),
            ("python3 with cryptography", works("python3", &["-I", "-c", "import cryptography"])),
        ];
        tools.into_iter().filter_map(|(name, works)| (!works).then_some(name)).collect()
    });
    assert!(MISSING.is_empty() || env::var_os("CI").is_none(), "not installed: {:?}", *MISSING);
    MISSING.is_empty()
}
