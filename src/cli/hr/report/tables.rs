//! A report as tables in a folder.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::super::error::Failure;
use super::super::super::output::{Replacing, there_already};
use super::super::super::printer::Printer;
use super::super::people::{self, Basis, Listener};
use super::super::status::rows::{self, Line};
use super::everybody;
use crate::files::{self, Draft, Existing, FileError, Privacy};
use crate::registry::status::Kind;
use crate::registry::summary::ageing::Age;
use crate::registry::summary::counts::Counts;
use crate::registry::summary::{Question, Summary, Tally};
use crate::report::table::{Mark, Separator, Table, separated};
use crate::store::registry::RegistryStore;

/// Where tables go, and how.
pub(super) struct Shelf<'a> {
    pub(super) folder: &'a Path,
    pub(super) replacing: Replacing,
    pub(super) separator: Separator,
    pub(super) mark: Mark,
    pub(super) printer: Printer,
}

impl Shelf<'_> {
    /// Writes every table; that of people row by row, because there may be a million of them.
    pub(super) fn write(
        &self,
        store: &dyn RegistryStore,
        basis: &Basis,
        question: Question<'_>,
        listener: &mut Listener<'_>,
    ) -> Result<(), Failure> {
        files::make_folder(self.folder, Privacy::Shared)
            .map_err(|error| Failure::file(format!("cannot make {}", self.folder.display()), &error))?;
        let existing = if self.replacing.force { Existing::Replaced } else { Existing::Refused };
        let path = self.folder.join("people.csv");
        let fault = |error: FileError| match error {
            FileError::Exists { .. } => there_already(&path),
            error => Failure::file(format!("cannot write {}", path.display()), &error),
        };
        let io =
            |error: std::io::Error| Failure::new(format!("cannot write {}", path.display())).because(&error);
        let draft = Draft::begin(&path, existing, Privacy::Shared).map_err(fault)?;
        let mut table = Table::begin(draft, self.separator, rows::CSV, self.mark).map_err(io)?;
        let at = question.reckoning.at;
        let (reckoning, filter) = (question.reckoning.clone(), everybody(question.filter));
        let mut tally = Tally::new(question);
        people::each(store, at, |dossier| {
            listener.meet(dossier);
            tally.add(dossier);
            filter
                .rows(dossier, &reckoning)
                .try_for_each(|row| table.row(rows::csv(&Line::Row(&row), basis, at)).map_err(io))
        })?;
        table.end().map_err(io)?.keep(existing).map_err(fault)?;
        self.printer.talk_of("wrote", &path);
        let summary = tally.finish();
        self.others(&summary, basis)
    }

    fn others(&self, summary: &Summary, basis: &Basis) -> Result<(), Failure> {
        self.file("courses.csv", &courses_header(), courses(summary, basis))?;
        self.file("departments.csv", &groups_header("department"), groups(&summary.people.departments))?;
        self.file("roles.csv", &groups_header("role"), groups(&summary.people.roles))?;
        let header = ["beginning", "period", "course", "completions"];
        self.file("completions.csv", &header, completions(summary))
    }

    fn file(&self, name: &str, header: &[&str], rows: Vec<Vec<String>>) -> Result<(), Failure> {
        let path = self.folder.join(name);
        self.replacing.write(&path, &separated(self.separator, header, rows, self.mark))?;
        self.printer.talk_of("wrote", &path);
        Ok(())
    }
}

fn courses_header() -> Vec<&'static str> {
    let mut header = vec!["course", "title", "people"];
    header.extend(Kind::ALL.map(Kind::words));
    header.extend([
        "overdue 1 to 7 days",
        "overdue 8 to 30 days",
        "overdue 31 to 90 days",
        "overdue more than 90 days",
    ]);
    header.extend(["on leave", "hires in time", "hires late", "hires open", "hires overdue", "hires waived"]);
    header
}

fn courses(summary: &Summary, basis: &Basis) -> Vec<Vec<String>> {
    let row = |(id, course): (&crate::id::CourseId, &crate::registry::summary::CourseSummary)| {
        let mut row = vec![id.to_string(), basis.title(id).to_owned()];
        row.extend(counts(&course.people.all));
        row.extend(Age::ALL.map(|age| course.overdue.of(age).to_string()));
        row.push(course.away.total().to_string());
        let hires = &course.hires;
        row.extend(
            [hires.in_time, hires.late, hires.open, hires.overdue, hires.waived].map(|n| n.to_string()),
        );
        row
    };
    summary.courses.iter().map(row).collect()
}

fn groups_header(what: &'static str) -> Vec<&'static str> {
    let mut header = vec![what, "people"];
    header.extend(Kind::ALL.map(Kind::words));
    header
}

fn groups(groups: &BTreeMap<Option<String>, Counts>) -> Vec<Vec<String>> {
    let row = |(name, of): (&Option<String>, &Counts)| {
        let mut row = vec![name.clone().unwrap_or_default()];
        row.extend(counts(of));
        row
    };
    groups.iter().map(row).collect()
}

fn counts(counts: &Counts) -> Vec<String> {
    let mut cells = vec![counts.total().to_string()];
    cells.extend(counts.each().map(|(_, number)| number.to_string()));
    cells
}

fn completions(summary: &Summary) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (id, course) in &summary.courses {
        for (start, number) in course.completions.steps(summary.span, summary.period) {
            rows.push(vec![
                start.to_string(),
                summary.period.word().to_owned(),
                id.to_string(),
                number.to_string(),
            ]);
        }
    }
    rows
}
