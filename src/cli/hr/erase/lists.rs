//! Lists of assignments in the registry's own folder that name somebody.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use super::super::assign::INDEX;
use super::super::registry::Home;
use crate::files;
use crate::registry::PersonNumber;
use crate::report::table::cell;

/// Those that name this person, sorted. What cannot be read is passed over: it is about files that this program only points at.
pub(super) fn naming(home: &Home, person: &PersonNumber) -> Vec<PathBuf> {
    let runs = home.assignments().read_dir().into_iter().flatten().flatten();
    let lists = runs.map(|run| run.path().join(INDEX));
    let mut naming: Vec<PathBuf> = lists.filter(|list| names(list, person)).collect();
    naming.sort();
    naming
}

fn names(list: &Path, person: &PersonNumber) -> bool {
    let Ok((file, _)) = files::open_regular(list) else { return false };
    let mut lines = BufReader::new(file).split(b'\n').map_while(Result::ok);
    lines.any(|line| begins_with(&String::from_utf8_lossy(&line), person))
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
