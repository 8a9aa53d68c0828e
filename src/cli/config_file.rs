//! `config.ron` on disk: read at the start, and changed where the person who wrote it would have changed it.

use std::error::Error as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::{self, Config, Keeper, NotKept, Setting};
use crate::files::{self, FileError, Privacy};
use crate::tui::keymap::{self, Keymap};
use crate::tui::tables;

/// So many faults are told; whoever has more mends these first.
const FAULTS_TOLD: usize = 10;

/// The file with a person's settings.
#[derive(Debug)]
pub(super) struct ConfigFile {
    /// `None` when the system names no folder for it.
    path: Option<PathBuf>,
}

/// What was read of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Read {
    /// What it says.
    pub(super) config: Config,
    /// Which keys are others: what can be had of those in `config`.
    pub(super) keymap: Keymap,
    /// What is to be said about it. The texts may hold anything.
    pub(super) notices: Vec<String>,
}

impl ConfigFile {
    /// The file in the folder of settings.
    pub(super) fn in_folder(folder: Option<&Path>) -> Self {
        Self { path: folder.map(|folder| folder.join(config::FILE)) }
    }

    /// Reads it. A file that cannot be used is no reason to keep anybody from their training: what it says does not hold then.
    pub(super) fn read(&self) -> Read {
        let Some(path) = &self.path else { return Read::default() };
        let bytes = match bytes(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let notice =
                    format!("The settings cannot be read: {}. Everything is as without them.", told(&error));
                return Read { notices: vec![notice], ..Read::default() };
            }
        };
        // Most people have no file, and all keys together are a lot to look at.
        if bytes.is_empty() {
            return Read::default();
        }
        let shown = path.display().to_string();
        let config::Read { config, mut faults } = config::read(&shown, &bytes, &tables::actions());
        let checked = keymap::check(&shown, &config.keys, tables::contexts);
        faults.extend(checked.faults);
        faults.sort_by_key(|fault| fault.at);
        let mut notices: Vec<String> = faults.iter().take(FAULTS_TOLD).map(config::sentence).collect();
        if faults.len() > FAULTS_TOLD {
            notices.push(format!("{} more faults are in that file.", faults.len() - FAULTS_TOLD));
        }
        if !notices.is_empty() {
            notices.insert(
                0,
                "Your settings have faults; whatever else stands in them holds. docs/settings.md lists all that can stand there.".to_owned(),
            );
        }
        Read { config, keymap: checked.keymap, notices }
    }
}

impl Keeper for ConfigFile {
    fn place(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    fn keep(&mut self, config: &Config, settings: &[Setting]) -> Result<(), NotKept> {
        let Some(path) = &self.path else {
            return Err(NotKept {
                message: "the system names no folder for settings".to_owned(),
                hint: Some("set COUNTERSIGN_HOME to a folder of your own".to_owned()),
            });
        };
        let failed = |error: FileError| NotKept { message: told(&error), hint: None };
        // Whoever keeps their settings elsewhere and links to them wants them changed there.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        // As it is now: somebody may have it open in an editor.
        let before = bytes(&path).map_err(failed)?;
        let after =
            config::edited(&path.display().to_string(), &before, config, settings).map_err(|fault| {
                NotKept {
                    message: format!("a fault is in the way: {}", config::sentence(&fault)),
                    hint: Some("mend it, then change the setting again".to_owned()),
                }
            })?;
        if before == after {
            return Ok(());
        }
        let exposed = files::is_private(&path).is_ok_and(|private| !private);
        if let Some(folder) = path.parent() {
            files::make_folder(folder, Privacy::Private).map_err(failed)?;
        }
        let privacy = if exposed { Privacy::Shared } else { Privacy::Private };
        files::replace(&path, &after, privacy).map_err(failed)
    }
}

/// The content of the file; nothing when there is none.
fn bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    match files::read_limited(path, config::MAX_BYTES as u64) {
        Err(FileError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read,
    }
}

/// An error with what lies behind it.
fn told(error: &FileError) -> String {
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ThemeName;
    use crate::tui::keymap::Key;

    fn dark() -> Config {
        Config { theme: ThemeName::Dark, ..Config::default() }
    }

    #[test]
    fn what_is_kept_is_read_at_the_next_start() {
        let folder = files::tempdir().expect("a folder");
        let inside = folder.path().join("not/there/yet");
        let mut file = ConfigFile::in_folder(Some(&inside));
        assert_eq!(file.read(), Read::default());
        file.keep(&dark(), &[Setting::Theme]).expect("a folder that can be written to");
        assert_eq!(file.read(), Read { config: dark(), ..Read::default() });
        let path = inside.join(config::FILE);
        assert!(files::is_private(&path).expect("a file"));
        let text = "// mine\n(theme: \"light\" /* for now */)\n";
        files::replace(&path, text.as_bytes(), Privacy::Shared).expect("written");
        file.keep(&dark(), &[Setting::Theme]).expect("written");
        let text = fs::read_to_string(&path).expect("a file");
        assert_eq!(text, "// mine\n(theme: \"dark\" /* for now */)\n");
    }

    #[test]
    fn a_file_that_cannot_be_used_is_told_and_left_alone() {
        let folder = files::tempdir().expect("a folder");
        let path = folder.path().join(config::FILE);
        let mut file = ConfigFile::in_folder(Some(folder.path()));
        let faulty = "(\n    theme: \"dark\"\n    thme: 1,\n)\n";
        files::replace(&path, faulty.as_bytes(), Privacy::Private).expect("written");
        let Read { config, notices, .. } = file.read();
        assert_eq!(config, dark());
        let shown = path.display();
        assert_eq!(
            notices,
            [
                "Your settings have faults; whatever else stands in them holds. docs/settings.md lists all that can stand there.".to_owned(),
                format!("{shown}:2:18: a comma is missing here"),
                format!("{shown}:3:5: unknown field `thme`; did you mean `theme`?"),
            ]
        );
        let path = fs::canonicalize(&path).expect("a file");
        let error = file.keep(&Config::default(), &[Setting::Theme]).expect_err("a fault is in the way");
        assert_eq!(
            error.message,
            format!("a fault is in the way: {}:2:18: a comma is missing here", path.display())
        );
        assert_eq!(fs::read_to_string(&path).expect("a file"), faulty);

        let mut nowhere = ConfigFile::in_folder(None);
        assert!(nowhere.keep(&dark(), &[Setting::Theme]).is_err());
        let in_the_way = ConfigFile::in_folder(Some(&path));
        assert_eq!(in_the_way.read().notices.len(), 1, "{:?}", in_the_way.read());
    }

    #[test]
    fn keys_that_can_be_had_hold_and_the_others_are_told() {
        let folder = files::tempdir().expect("a folder");
        let text = "(keys: (leave: [\"X\", \"?\"], help: [\"no key\"]))";
        files::replace(&folder.path().join(config::FILE), text.as_bytes(), Privacy::Private)
            .expect("written");
        let Read { config, keymap, notices } = ConfigFile::in_folder(Some(folder.path())).read();
        assert_eq!(config.keys.len(), 2);
        assert_eq!(keymap.first_key("leave", &[Key::Char('q')]), Some(Key::Char('X')));
        assert_eq!(keymap.first_key("help", &[Key::Char('?')]), Some(Key::Char('?')));
        let [_, taken, unknown] = notices.as_slice() else { panic!("{notices:?}") };
        assert!(taken.contains("`?` already means"), "{taken}");
        assert!(unknown.contains("no key is called `no key`"), "{unknown}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_stays() {
        let folder = files::tempdir().expect("a folder");
        let real = folder.path().join("mine.ron");
        files::replace(&real, b"()", Privacy::Private).expect("written");
        std::os::unix::fs::symlink(&real, folder.path().join(config::FILE)).expect("a link");
        let mut file = ConfigFile::in_folder(Some(folder.path()));
        file.keep(&dark(), &[Setting::Theme]).expect("written");
        assert_eq!(fs::read_to_string(&real).expect("a file"), "(theme: \"dark\")");
        assert!(folder.path().join(config::FILE).is_symlink());
    }
}
