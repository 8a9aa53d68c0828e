//! `countersign author new`: a course folder to begin with.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::super::Outcome;
use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::name;
use super::super::printer::Printer;
use crate::author::scaffold::{self, Scaffold, Wishes};
use crate::clock::{Clock as _, SystemClock};
use crate::files;
use crate::id::CourseId;
use crate::shell::quoted;

#[derive(Debug, Args)]
#[command(
    after_help = "The folder must not be there yet, or be empty. What is made passes `check` at once and has one example of \
                  everything, with comments that explain it.\n\n\
                  Examples:\n  \
                  countersign author new phishing\n  \
                  countersign author new phishing --title \"Fake messages\" --owner \"Security desk\"\n  \
                  countersign author new our-course --from bundled --id our-course"
)]
pub(in crate::cli) struct NewArguments {
    /// The folder to make
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// What to begin with
    #[arg(long, value_enum, default_value_t = From::Examples)]
    from: From,
    /// Identifier, for all versions to come; made from the folder's name when left out
    #[arg(long, value_parser = id)]
    id: Option<CourseId>,
    /// Title that learners see
    #[arg(long, value_parser = name::parse)]
    title: Option<String>,
    /// Who answers for the content
    #[arg(long, value_parser = name::parse)]
    owner: Option<String>,
    /// Language of the content, such as en or de-CH
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
}

/// What a new course begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum From {
    /// A small course with one example of everything
    Examples,
    /// A copy of the bundled course
    Bundled,
}

fn id(text: &str) -> Result<CourseId, String> {
    text.parse().map_err(|error| format!("{error}"))
}

pub(super) fn run(
    arguments: &NewArguments,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let folder = &arguments.folder;
    let wishes = Wishes {
        id: arguments.id.clone(),
        title: arguments.title.clone(),
        owner: arguments.owner.clone(),
        language: arguments.language.clone(),
    };
    let made = match arguments.from {
        From::Examples => {
            let id = arguments.id.clone().map_or_else(|| suggested_id(folder), Ok)?;
            scaffold::new(&id, &wishes, environment.today())
        }
        From::Bundled => scaffold::from_bundled(&wishes),
    };
    let made = made.map_err(|faults| {
        let mut failure = Failure::new("a course cannot be made from these words");
        failure.details = faults.iter().map(|fault| fault.message.clone()).collect();
        failure.hint("mend --title, --owner or --language")
    })?;
    files::remove_tree_leftovers(folder, SystemClock.now().system_time());
    files::write_tree(folder, &made.files)
        .map_err(|error| Failure::file(format!("cannot make {}", folder.display()), &error))?;
    tell(folder, &made, arguments, printer)?;
    Ok(Outcome::Fine)
}

/// The name of the folder, however it was written.
fn suggested_id(folder: &Path) -> Result<CourseId, Failure> {
    let whole = folder.canonicalize();
    let name =
        whole.as_deref().unwrap_or(folder).file_name().unwrap_or_default().to_string_lossy().into_owned();
    scaffold::suggested_id(&name).ok_or_else(|| {
        Failure::new(format!("the name {} makes no identifier", folder.display()))
            .hint("choose one, such as: --id our-course (lower-case letters, digits and hyphens)")
    })
}

fn tell(folder: &Path, made: &Scaffold, arguments: &NewArguments, printer: Printer) -> Result<(), Failure> {
    let course = &made.course;
    let (shown, count) = (folder.display(), made.files.len());
    printer.line(&format!("{shown}: {} ({}), {count} files", course.title, course.id))?;
    for path in made.files.keys() {
        printer.line(&format!("  {path}"))?;
    }
    let first = match (arguments.from, &arguments.id) {
        (From::Examples, _) => {
            "begin with README.md and course.ron; every field is explained where it stands"
        }
        (From::Bundled, Some(_)) => {
            "in course.ron, see to owner, reviewed, review_by, policy and deliver_to: they are yours now"
        }
        (From::Bundled, None) => {
            "this is the bundled course itself, with its digest: before you change it, give it an id of your own in \
             course.ron, and see to owner, reviewed, review_by, policy and deliver_to"
        }
    };
    printer.talk(first);
    printer.talk("next:");
    let named = quoted(folder);
    for verb in ["check", "preview", "pack"] {
        printer.talk(&format!("  countersign author {verb} {named}"));
    }
    Ok(())
}
