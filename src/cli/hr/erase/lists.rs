//! Lists of assignments in the registry's own folder that name somebody.

use std::io::{self, BufRead as _, BufReader, ErrorKind};
use std::path::{Path, PathBuf};

use super::super::assign::INDEX;
use super::super::registry::Home;
use crate::files;
use crate::registry::PersonNumber;
use crate::report::table::cell;

/// Lists in which somebody may stand, sorted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// They do.
    pub(super) naming: Vec<PathBuf>,
    /// Nobody can say: they cannot be read.
    pub(super) unread: Vec<PathBuf>,
}

impl Lists {
    /// Those in which this person may stand.
    pub(super) fn about(home: &Home, person: &PersonNumber) -> Self {
        let (mut lists, folder) = (Self::default(), home.assignments());
        let runs = match folder.read_dir().and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(runs) => runs,
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(_) => {
                lists.unread.push(folder);
                Vec::new()
            }
        };
        for run in runs {
            let list = run.path().join(INDEX);
            match names(&list, person) {
                Some(true) => lists.naming.push(list),
                None if !list.symlink_metadata().is_err_and(|error| is_nothing(&error)) => {
                    lists.unread.push(list);
                }
                Some(false) | None => {}
            }
        }
        lists.naming.sort();
        lists.unread.sort();
        lists
    }
}

/// Whether no list is there, so that none need be read.
fn is_nothing(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Whether somebody stands in a list, if it can be read.
fn names(list: &Path, person: &PersonNumber) -> Option<bool> {
    let (file, _) = files::open_regular(list).ok()?;
    for line in BufReader::new(file).split(b'\n') {
        if begins_with(&String::from_utf8_lossy(&line.ok()?), person) {
            return Some(true);
        }
    }
    Some(false)
}

/// Whether the first cell of a line is this number, whatever the sign between the cells is.
fn begins_with(line: &str, person: &PersonNumber) -> bool {
    let number = cell(person.as_str());
    let quoted = format!("\"{}\"", number.replace('"', "\"\""));
    [number.as_ref(), &quoted]
        .into_iter()
        .filter_map(|number| line.strip_prefix(number))
        .any(|rest| rest.starts_with([',', ';', '\t']))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the folder itself could not be read nothing was said.
    #[cfg(unix)]
    #[test]
    fn a_folder_that_cannot_be_read_is_told() {
        let folder = files::tempdir().expect("a folder");
        let (home, person) = (Home::new(folder.path()), PersonNumber::new("007").expect("a number"));
        let about = |home: &Home| {
            let lists = Lists::about(home, &person);
            assert_eq!(lists.naming, [] as [PathBuf; 0]);
            lists.unread
        };
        assert_eq!(about(&home), [] as [PathBuf; 0], "nobody was asked yet");
        std::os::unix::fs::symlink(home.assignments(), home.assignments()).expect("a link to itself");
        assert_eq!(about(&home), [home.assignments()]);
    }

    #[test]
    fn a_list_names_whose_number_is_the_first_cell() {
        let check = |line: &str, number: &str, expected: bool| {
            let number = PersonNumber::new(number).expect("a number");
            assert_eq!(begins_with(line, &number), expected, "{line} {number}");
        };
        check("007,Ada Byron,ada@example.org", "007", true);
        check("007;Ada Byron;ada@example.org", "007", true);
        check("0071,Ada Byron,ada@example.org", "007", false);
        check("12,007,ada@example.org", "007", false);
        check("\"a,1\",Ada", "a,1", true);
        check("'=1,Ada", "=1", true);
        check("\"a\"\"1\"\tAda", "a\"1", true);
    }
}
