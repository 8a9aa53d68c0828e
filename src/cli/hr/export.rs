//! `countersign hr export`: completions for other systems.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::super::Outcome;
use super::super::error::Failure;
use super::super::name;
use super::super::output::{Delimiter, Replacing};
use super::super::printer::Printer;
use super::course::{archive, known};
use super::open::{Registry, of_store};
use super::registry::Home;
use super::said::counted;
use super::soundness::before_handing_out;
use crate::clock::{Clock as _, Timestamp};
use crate::digest::Digest;
use crate::files::{self, Privacy};
use crate::id::CourseId;
use crate::record::{Completion, file_name, rdfc, read_completion};
use crate::report::export::badge::{Issuer, credential};
use crate::report::export::xapi::{Place, statements};
use crate::report::export::{Line, object, table};
use crate::store::StoreError;
use crate::store::registry::ArchivedCourse;

/// How many badges are signed before they are written.
const BATCH: usize = 1000;

#[derive(Debug, Args)]
#[command(
    after_help = "csv and json have every record, whether or not it counts, with the five levels on receipt; json counts marks in \
                  thousandths of a point, as records do. openbadges and \
                  xapi have those that count; badges only those that passed. Badges are in the format of Open Badges 3.0 and \
                  signed with HR's key (eddsa-rdfc-2022): they say that HR received the record, and nobody certifies \
                  anything. The same record always gets the same identifiers, so that nothing is counted twice.\n\n\
                  Examples:\n  \
                  countersign hr export --format csv >records.csv\n  \
                  countersign hr export --format xapi --home-page https://hr.example.org --out statements.json\n  \
                  countersign hr export --format openbadges --organisation 'Example AG' --out badges/"
)]
pub(in crate::cli) struct ExportArguments {
    /// Which format
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Format,
    /// Records of this course only
    #[arg(long, value_name = "ID")]
    course: Option<CourseId>,
    /// File to write to, for openbadges a folder; standard output when left out
    #[arg(long, short, value_name = "FILE|DIR")]
    out: Option<PathBuf>,
    /// Name of the organisation that badges are from
    #[arg(long, value_name = "NAME", value_parser = name::parse)]
    organisation: Option<String>,
    /// Address under which employee numbers mean something, for xapi; else one made from the name of the log
    #[arg(long, value_name = "URL", value_parser = address)]
    home_page: Option<String>,
    /// For csv, the sign between the cells; a comma when left out
    #[arg(long, value_name = "SIGN", value_enum)]
    delimiter: Option<Delimiter>,
    #[command(flatten)]
    replacing: Replacing,
}

/// The formats of other systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Open Badges 3.0, a file a person and course
    Openbadges,
    /// Statements of the Experience API 1.0.3, one JSON array
    Xapi,
    /// A table for spreadsheets
    Csv,
    /// One JSON array
    Json,
}

/// An address of the web, as far as it matters: it becomes part of identifiers, which stores of statements take apart.
fn address(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let of = |more: &'static str| move |c: char| c.is_ascii_alphanumeric() || more.contains(c);
    let is_address = |rest: &str| {
        let (place, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (host, port) = place.split_once(':').unwrap_or((place, "443"));
        let label =
            |label: &str| label.starts_with(of("")) && label.ends_with(of("")) && label.chars().all(of("-"));
        host.split('.').all(label)
            && port.bytes().all(|byte| byte.is_ascii_digit())
            && port.parse::<u16>().is_ok_and(|port| port > 0)
            && path.chars().all(of("-._~:/"))
    };
    if rest.is_some_and(is_address) {
        return Ok(text.to_owned());
    }
    Err("expected an address such as https://hr.example.org".to_owned())
}

pub(super) fn run(arguments: &ExportArguments, home: &Home, printer: Printer) -> Result<Outcome, Failure> {
    if arguments.delimiter.is_some() && arguments.format != Format::Csv {
        return Err(Failure::new("--delimiter goes with --format csv")
            .hint("say --format csv, or leave out --delimiter"));
    }
    let mut registry = Registry::examine(home)?;
    // Under a clock that is behind, what was entered last would be missing, and nobody who reads the table could see it.
    let now = registry.clock()?.now();
    if let Some(course) = &arguments.course {
        known(course, &archive(&registry)?)?;
    }
    if let Some(failure) = registry.doubt()? {
        return Err(failure);
    }
    let found = before_handing_out(&registry, printer)?;
    if !found.is_empty() {
        printer.advise("nothing was exported: the registry is not what its log says; countersign hr log verify tells all of it");
        return Ok(Outcome::Findings);
    }
    let lines = lines(&registry, arguments.course.as_ref(), now)?;
    match arguments.format {
        Format::Csv => {
            put(arguments, &table(&lines, arguments.delimiter.unwrap_or_default().into()), printer)?;
            written(arguments, lines.len(), "record", "records", printer);
        }
        Format::Json => {
            put_array(arguments, lines.iter().map(object), printer)?;
            written(arguments, lines.len(), "record", "records", printer);
        }
        Format::Xapi => {
            let home_page = arguments.home_page.clone();
            let place = Place {
                home_page: home_page.unwrap_or_else(|| format!("https://{}", registry.log().origin())),
            };
            let mut said = Vec::new();
            for line in lines.iter().filter(|line| line.state.counts()) {
                said.extend(statements(line, &record(&registry, line)?, &place));
            }
            let number = said.len();
            put_array(arguments, said.into_iter(), printer)?;
            written(arguments, number, "statement", "statements", printer);
        }
        Format::Openbadges => {
            registry.unlock(printer)?;
            badges(arguments, &registry, &lines, now, printer)?;
        }
    }
    Ok(Outcome::Fine)
}

/// Every record, by person and receipt.
fn lines(registry: &Registry, course: Option<&CourseId>, at: Timestamp) -> Result<Vec<Line>, Failure> {
    let told = |error: StoreError| of_store(&error);
    let versions = registry.store().courses(at).map_err(told)?;
    let versions: BTreeMap<Digest, ArchivedCourse> =
        versions.into_iter().map(|version| (version.digest, version)).collect();
    let mut lines = Vec::new();
    registry
        .store()
        .dossiers(at, &mut |dossier| {
            let profile = dossier.roster.as_ref().map(|roster| &roster.profile);
            for state in
                dossier.records.iter().filter(|one| course.is_none_or(|course| one.course == *course))
            {
                let version = versions.get(&state.version);
                let counts = state.counts() && state.passed;
                lines.push(Line {
                    number: dossier.number.clone(),
                    name: profile.map(|profile| profile.name.clone()),
                    department: profile.and_then(|profile| profile.department.clone()),
                    state: state.clone(),
                    title: version.map(|version| version.title.clone()),
                    version: version.map(|version| version.version.clone()),
                    expires: version
                        .filter(|_| counts)
                        .map(|version| state.received_at.plus_days(version.validity_days)),
                });
            }
            Ok(())
        })
        .map_err(told)?;
    Ok(lines)
}

/// The record itself.
fn record(registry: &Registry, line: &Line) -> Result<Completion, Failure> {
    let missing = || {
        Failure::new(format!("the record {} of {} cannot be read", line.state.digest.short(), line.number))
            .hint("countersign hr log verify says what was done to it")
    };
    let bytes = registry.store().record(&line.state.digest).map_err(|error| of_store(&error))?;
    read_completion(&bytes.ok_or_else(missing)?).map_err(|fault| missing().because(&fault))
}

fn badges(
    arguments: &ExportArguments,
    registry: &Registry,
    lines: &[Line],
    now: Timestamp,
    printer: Printer,
) -> Result<(), Failure> {
    let key = registry.key()?;
    let issuer = Issuer { did: key.did(), name: arguments.organisation.clone() };
    let badge = |line: &Line| {
        let record = record(registry, line)?;
        rdfc::sign(credential(line, &record, &issuer), now, key).map_err(|fault| {
            Failure::new(format!("cannot make a badge of the record {}", line.state.digest.short()))
                .because(&fault)
        })
    };
    let mut earned: Vec<&Line> =
        lines.iter().filter(|line| line.state.counts() && line.state.passed).collect();
    let Some(folder) = &arguments.out else {
        let badges = earned.into_iter().map(badge).collect::<Result<Vec<_>, _>>()?;
        return printer.json(&Value::Array(badges));
    };
    files::make_folder(folder, Privacy::Shared)
        .map_err(|error| Failure::file(format!("cannot make the folder {}", folder.display()), &error))?;
    earned.sort_by_key(|line| line.state.index);
    for part in earned.chunks(BATCH) {
        let mut files = Vec::with_capacity(part.len());
        for line in part {
            let state = &line.state;
            let name =
                file_name::completion(line.number.as_str(), &state.course, state.signed_at, &state.digest);
            let name = format!("{}.badge.json", name.trim_end_matches(".completion.json"));
            let bytes = format!("{:#}\n", badge(line)?).into_bytes();
            if arguments.replacing.force {
                arguments.replacing.write(&folder.join(&name), &bytes)?;
            } else {
                files.push((name, bytes));
            }
        }
        files::write_all(folder, &files, Privacy::Shared)
            .map_err(|error| Failure::file(format!("cannot write badges to {}", folder.display()), &error))?;
    }
    printer.talk(&format!("{} in {}", counted(earned.len(), "badge", "badges"), folder.display()));
    Ok(())
}

/// Says what is in a file that was written; whoever reads standard output sees it.
fn written(arguments: &ExportArguments, number: usize, one: &str, many: &str, printer: Printer) {
    if let Some(path) = &arguments.out {
        printer.talk_of(&format!("{} in", counted(number, one, many)), path);
    }
}

fn put(arguments: &ExportArguments, bytes: &[u8], printer: Printer) -> Result<(), Failure> {
    match &arguments.out {
        Some(path) => arguments.replacing.write(path, bytes),
        None => printer.bytes(bytes),
    }
}

fn put_array(
    arguments: &ExportArguments,
    values: impl Iterator<Item = Value>,
    printer: Printer,
) -> Result<(), Failure> {
    let array = Value::Array(values.collect());
    match &arguments.out {
        Some(path) => arguments.replacing.write(path, format!("{array:#}\n").as_bytes()),
        None => printer.json(&array),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_becomes_part_of_identifiers_is_an_address() {
        for sound in [
            "https://hr.example.org",
            "http://hr.example.org/",
            "https://intranet:8443/hr_2026/~hr/c:8080",
            "https://192.0.2.7/hr",
            "https://xn--bcher-kva.example",
        ] {
            assert_eq!(address(sound), Ok(sound.to_owned()));
        }
        for odd in [
            "",
            "hr.example.org",
            "ftp://hr.example.org",
            "https://",
            "https:///hr",
            "https://hr..example.org",
            "https://-hr.example.org",
            "https://hr.example.org:",
            "https://hr.example.org:0",
            "https://hr.example.org:+80",
            "https://hr.example.org:65536",
            "https://hr.example.org:80:80",
            "https://hr@example.org",
            "https://hr.example.org/a b",
            "https://hr.example.org/\"",
            "https://hr.example.org/?q=1",
            "https://hr.example.org/#a",
            "https://b\u{fc}cher.example",
        ] {
            assert!(address(odd).is_err(), "{odd}");
        }
    }
}
