//! The columns of a roster: which of them holds what.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use csv::StringRecord;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::RosterError;
use crate::separated::unguarded;

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The employee number.
    Number,
    /// The whole name.
    Name,
    /// What goes before the last name.
    FirstName,
    /// What goes behind the first name.
    LastName,
    /// Where mail reaches them.
    Email,
    /// The department.
    Department,
    /// The manager, by name or number.
    Manager,
    /// What they do.
    Role,
    /// The type of employment.
    Employment,
    /// First day of work.
    Hired,
    /// Last day of work.
    Leaves,
    /// At work, on leave, left.
    Status,
}

impl Field {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 12] = [
        Self::Number,
        Self::Name,
        Self::FirstName,
        Self::LastName,
        Self::Email,
        Self::Department,
        Self::Manager,
        Self::Role,
        Self::Employment,
        Self::Hired,
        Self::Leaves,
        Self::Status,
    ];

    /// One word for it, as on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Name => "name",
            Self::FirstName => "first-name",
            Self::LastName => "last-name",
            Self::Email => "email",
            Self::Department => "department",
            Self::Manager => "manager",
            Self::Role => "role",
            Self::Employment => "employment",
            Self::Hired => "hired",
            Self::Leaves => "leaves",
            Self::Status => "status",
        }
    }

    /// The field of this word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.word() == word)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number => "employee number",
            Self::Name => "name",
            Self::FirstName => "first name",
            Self::LastName => "last name",
            Self::Email => "e-mail address",
            Self::Department => "department",
            Self::Manager => "manager",
            Self::Role => "role",
            Self::Employment => "type of employment",
            Self::Hired => "hire date",
            Self::Leaves => "leave date",
            Self::Status => "status",
        })
    }
}

/// Which column holds what, where that was said: the name of the column by field.
pub type Mapping = BTreeMap<Field, String>;

/// Which column of a file holds what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The names of the columns, as they stand in the file.
    pub header: Vec<String>,
    places: BTreeMap<Field, usize>,
}

impl Columns {
    /// The columns of a file with this header. What was said goes before what is remembered, and that before what names
    /// suggest.
    pub(super) fn find(
        header: &StringRecord,
        mapping: &Mapping,
        remembered: &Mapping,
    ) -> Result<Self, RosterError> {
        let header: Vec<String> = header.iter().map(str::to_owned).collect();
        let normal_header: Vec<String> = header.iter().map(|name| normal(name)).collect();
        let mut places = BTreeMap::new();
        for (field, name) in mapping {
            let mut there = (0..header.len()).filter(|place| normal_header[*place] == normal(name));
            let place = there.next().ok_or_else(|| RosterError::Unknown {
                field: *field,
                name: name.clone(),
                header: shown(header.iter().map(String::as_str)),
            })?;
            if there.next().is_some() {
                return Err(RosterError::Twice { field: *field, name: name.clone() });
            }
            if let Some(other) = places.iter().find(|(_, taken)| **taken == place).map(|(other, _)| *other)
                // Where an address is the number, it is both.
                && ![*field, other].contains(&Field::Email)
            {
                return Err(RosterError::Shared { field: *field, other, name: header[place].clone() });
            }
            places.insert(*field, place);
        }
        for (field, name) in remembered.iter().filter(|(field, _)| !mapping.contains_key(field)) {
            let mut there = (0..header.len()).filter(|place| normal_header[*place] == normal(name));
            if let (Some(place), None) = (there.next(), there.next())
                && !places.values().any(|taken| *taken == place)
            {
                places.insert(*field, place);
            }
        }
        for field in Field::ALL {
            if places.contains_key(&field) {
                continue;
            }
            let names: Vec<String> = field.names().map(normal).collect();
            let taken: Vec<usize> = places.values().copied().collect();
            let could: Vec<usize> = (0..header.len())
                .filter(|place| !taken.contains(place) && names.contains(&normal_header[*place]))
                .collect();
            match could.as_slice() {
                [] => {}
                [place] => {
                    places.insert(field, *place);
                }
                several => {
                    let names = several.iter().map(|place| header[*place].clone()).collect();
                    return Err(RosterError::Ambiguous { field, names });
                }
            }
        }
        let columns = Self { header, places };
        let named =
            [Field::Name, Field::FirstName, Field::LastName].into_iter().any(|field| columns.has(field));
        for (field, there) in [(Field::Number, columns.has(Field::Number)), (Field::Name, named)] {
            if !there {
                return Err(RosterError::Missing {
                    field,
                    header: shown(columns.header.iter().map(String::as_str)),
                });
            }
        }
        Ok(columns)
    }

    /// Whether the file says this of people.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.places.contains_key(&field)
    }

    /// What was taken for what: the field and the name of its column.
    pub fn taken(&self) -> impl Iterator<Item = (Field, &str)> {
        self.places.iter().map(|(field, place)| (*field, self.header[*place].as_str()))
    }

    /// The columns that are not taken over, as many as somebody reads, and how many more there are.
    #[must_use]
    pub fn left(&self) -> Vec<String> {
        let header = self.header.iter().enumerate();
        let left = header.filter(|(place, _)| !self.places.values().any(|taken| taken == place));
        shown(left.map(|(_, name)| name.as_str()))
    }

    /// The cell of a field, if there is one with something in it.
    pub(super) fn cell<'a>(&self, row: &'a StringRecord, field: Field) -> Option<Cow<'a, str>> {
        let cell = meant(row.get(*self.places.get(&field)?)?);
        Some(cell).filter(|cell| !cell.is_empty())
    }

    /// The cells of a row that hold dates.
    pub(super) fn dates<'a>(&self, row: &'a StringRecord) -> impl Iterator<Item = Cow<'a, str>> + use<'a> {
        [Field::Hired, Field::Leaves].map(|field| self.cell(row, field)).into_iter().flatten()
    }
}

/// The text that is meant by a cell which was made safe for spreadsheets: `'=1+1` or `="007"`.
fn meant(cell: &str) -> Cow<'_, str> {
    let quoted = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    match quoted.map_or_else(|| unguarded(cell), Cow::Borrowed) {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// What two names that mean the same have in common: letters and digits, without accents and capitals.
pub(super) fn normal(name: &str) -> String {
    let plain = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    plain.filter(|c| c.is_alphanumeric()).collect()
}

/// The name that was probably meant.
pub(super) fn nearest<'a>(name: &str, names: &'a [String]) -> Option<&'a str> {
    let like = |other: &&String| strsim::normalized_damerau_levenshtein(&normal(name), &normal(other));
    let nearest = names.iter().max_by(|a, b| like(a).total_cmp(&like(b)))?;
    Some(nearest.as_str()).filter(|_| like(&nearest) > 0.6)
}

/// As many names as somebody reads, and how many more there are.
fn shown<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    const MOST: usize = 30;
    const LONGEST: usize = 60;
    let mut told = names.filter(|name| !name.is_empty());
    let first = told.by_ref().take(MOST).map(|name| name.chars().take(LONGEST).collect());
    let mut shown: Vec<String> = first.collect();
    let more = told.count();
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(header: &[&str], mapping: &[(Field, &str)]) -> Result<Vec<(Field, String)>, RosterError> {
        let mapping = mapping.iter().map(|(field, name)| (*field, (*name).to_owned())).collect();
        let columns = Columns::find(&StringRecord::from(header.to_vec()), &mapping, &Mapping::new())?;
        Ok(columns.taken().map(|(field, name)| (field, name.to_owned())).collect())
    }

    #[test]
    fn no_name_means_two_things() {
        let mut all: Vec<(String, Field)> = Vec::new();
        for field in Field::ALL {
            let mut own: Vec<String> = field.names().map(normal).collect();
            own.sort();
            own.dedup();
            all.extend(own.into_iter().map(|name| (name, field)));
        }
        all.sort();
        for pair in all.windows(2) {
            assert_ne!(pair[0].0, pair[1].0, "{:?} and {:?}", pair[0].1, pair[1].1);
        }
        assert!(all.iter().all(|(name, _)| !name.is_empty()));
    }

    #[test]
    fn usual_names_are_known_in_any_order_and_language() {
        fn check(header: &[&str], expected: &[Field]) {
            let found = find(header, &[]).unwrap_or_else(|error| panic!("{header:?}: {error}"));
            let fields: Vec<Field> = found.iter().map(|(field, _)| *field).collect();
            assert_eq!(fields, expected, "{header:?}");
        }
        use Field::{
            Department, Email, Employment, FirstName, Hired, LastName, Leaves, Manager, Name, Number, Role,
            Status,
        };
        check(&["Department", "NAME", "Employee-ID", "Shoe size"], &[Number, Name, Department]);
        check(
            &["Personalnummer", "Nachname", "Vorname", "Eintrittsdatum", "E-Mail"],
            &[Number, FirstName, LastName, Email, Hired],
        );
        check(
            &[
                "MA-Nr.",
                "Nachname, Vorname",
                "Beschäftigung",
                "Jobtitel",
                "Beschäftigt seit",
                "Letzter Arbeitstag",
            ],
            &[Number, Name, Role, Employment, Hired, Leaves],
        );
        check(&["Matricule", "Nom", "Prénom", "Date de départ"], &[Number, FirstName, LastName, Leaves]);
        check(
            &["N° matricule", "Prénom NOM", "N+1", "Type d’emploi", "Date d’arrivée", "État"],
            &[Number, Name, Manager, Employment, Hired, Status],
        );
        check(
            &[
                "Nº de empleado",
                "Apellidos",
                "Nombres",
                "Contrato",
                "Fecha de incorporación",
                "Situación laboral",
            ],
            &[Number, FirstName, LastName, Employment, Hired, Status],
        );
        check(&["工号", "姓名", "部门", "职位", "状态"], &[Number, Name, Department, Role, Status]);
        check(&["사번", "성명", "부서"], &[Number, Name, Department]);
        check(&["ТАБЕЛЬНЫЙ НОМЕР", "ФИО", "Должность"], &[Number, Name, Role]);
    }

    #[test]
    fn what_is_said_goes_first_and_doubt_is_said() {
        let said = find(&["ID", "Badge", "Name"], &[(Field::Number, "badge")]).expect("said");
        assert_eq!(said[0], (Field::Number, "Badge".to_owned()));
        let doubt = find(&["ID", "Employee ID", "Name"], &[]);
        assert!(matches!(doubt, Err(RosterError::Ambiguous { field: Field::Number, .. })), "{doubt:?}");
        let twice = find(&["Badge", "Badge", "Name"], &[(Field::Number, "Badge")]);
        assert!(matches!(twice, Err(RosterError::Twice { .. })), "{twice:?}");
        // All names became numbers, and it was remembered.
        let shared = find(&["Badge", "Who"], &[(Field::Number, "Badge"), (Field::Name, "badge")]);
        assert!(matches!(shared, Err(RosterError::Shared { .. })), "{shared:?}");
        let address =
            find(&["Mail", "Who"], &[(Field::Number, "Mail"), (Field::Email, "Mail"), (Field::Name, "Who")]);
        assert_eq!(address.map(|taken| taken.len()).ok(), Some(3));
        let unknown = find(&["Badge", "Name"], &[(Field::Number, "Bagde")]).expect_err("misspelt");
        assert_eq!(unknown.hint(), "did you mean \"Badge\"?");
        let missing = find(&["Badge", "Name"], &[]).expect_err("no number");
        assert_eq!(missing.hint(), "say which column it is: --map number=\"Name of the column\"");
        assert!(matches!(find(&["ID", "Dept"], &[]), Err(RosterError::Missing { field: Field::Name, .. })));
    }

    #[test]
    fn what_is_remembered_holds_where_it_is_there() {
        fn check(header: &[&str], said: &[(Field, &str)], expected: Option<&str>) {
            let remembered = Mapping::from([(Field::Number, "Badge".to_owned())]);
            let said = said.iter().map(|(field, name)| (*field, (*name).to_owned())).collect();
            let found = Columns::find(&StringRecord::from(header.to_vec()), &said, &remembered).ok();
            let found =
                found.and_then(|columns| Some(columns.header[*columns.places.get(&Field::Number)?].clone()));
            assert_eq!(found.as_deref(), expected, "{header:?}");
        }
        check(&["Badge", "ID", "Name"], &[], Some("Badge"));
        check(&["ID", "Name"], &[], Some("ID"));
        check(&["Badge", "ID", "Name"], &[(Field::Number, "ID")], Some("ID"));
        check(&["Badge", "Badge", "ID", "Name"], &[], Some("ID"));
        check(&["Badge", "Shirt"], &[(Field::Name, "Badge")], None);
    }

    /// A file of a million columns filled the screen with all their names.
    #[test]
    fn no_more_names_are_told_than_somebody_reads() {
        fn check(columns: usize, told: usize, last: &str) {
            let header: Vec<String> = ["ID".to_owned(), "Name".to_owned(), String::new()]
                .into_iter()
                .chain((0..columns).map(|number| format!("column {number} {}", "x".repeat(100))))
                .collect();
            let columns =
                Columns::find(&StringRecord::from(header.clone()), &Mapping::new(), &Mapping::new());
            let left = columns.expect("a number and a name").left();
            assert_eq!(left.len(), told);
            assert!(left.iter().all(|name| name.chars().count() <= 60));
            assert!(left.last().is_some_and(|name| name.starts_with(last)), "{left:?}");
            let missing =
                Columns::find(&StringRecord::from(header[2..].to_vec()), &Mapping::new(), &Mapping::new());
            let said = missing.expect_err("no number").to_string();
            assert_eq!(said.contains(", and "), last.starts_with("and"), "{said}");
        }
        check(1, 1, "column 0 xx");
        check(30, 30, "column 29 xx");
        check(31, 31, "and 1 more");
        check(100_000, 31, "and 99970 more");
    }

    #[test]
    fn cells_made_safe_for_spreadsheets_mean_what_they_were() {
        fn check(cell: &str, expected: &str) {
            assert_eq!(meant(cell), expected);
        }
        check("'=1+1", "=1+1");
        check("'-7", "-7");
        check("'t Hooft", "'t Hooft");
        check("=\"007\"", "007");
        check("=1", "=1");
    }
}
