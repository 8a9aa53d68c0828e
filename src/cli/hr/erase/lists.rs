//! Lists of assignments in the registry's own folder that name somebody.

use std::io::{BufRead as _, BufReader};
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
        let mut lists = Self::default();
        for run in home.assignments().read_dir().into_iter().flatten().flatten() {
            let list = run.path().join(INDEX);
            match names(&list, person) {
                Some(true) => lists.naming.push(list),
                None if list.symlink_metadata().is_ok() => lists.unread.push(list),
                Some(false) | None => {}
            }
        }
        lists.naming.sort();
        lists.unread.sort();
        lists
    }
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
