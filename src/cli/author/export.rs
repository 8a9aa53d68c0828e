//! `countersign author export`: questions for other systems.

use std::collections::HashSet;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::author::exchange::{Export, gift, moodle, page};
use crate::course;
use crate::files;
use crate::id::QuestionId;
use crate::printable::Printable;
use crate::quiz::Quiz;

use super::super::Outcome;
use super::super::courses;
use super::super::error::Failure;
use super::super::output::Replacing;
use super::super::printer::Printer;
use crate::phrase::counted;

#[derive(Debug, Args)]
#[command(
    after_help = "What the format cannot express is listed on stderr. The exit code is 0 when everything could be expressed, \
                  1 when something could not, 2 when the quiz could not be read.\n\n\
                  Examples:\n  \
                  countersign author export quizzes/bank.ron --format gift -o bank.gift\n  \
                  countersign author export courses/phishing --format moodle-xml -o phishing.xml\n  \
                  countersign author export quizzes/bank.ron --format html -o bank.html"
)]
pub(in crate::cli) struct ExportArguments {
    /// A quiz file, or a course folder or pack, of which all quizzes are taken together
    #[arg(value_name = "QUIZ|DIR|PACK")]
    source: PathBuf,
    /// For which system
    #[arg(long, value_enum)]
    format: ExportFormat,
    /// Where to write it; standard output when left out
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    replacing: Replacing,
}

/// The formats that can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// Moodle's text format
    Gift,
    /// Moodle's own
    MoodleXml,
    /// A page with questions and answers, for reviewers
    Html,
    /// A page with questions alone, then the answers, for printing to PDF
    PdfReadyHtml,
}

pub(super) fn run(arguments: &ExportArguments, printer: Printer) -> Result<Outcome, Failure> {
    let Source { quiz, language, mut losses } = read(&arguments.source)?;
    let Export { text, losses: of_format, left_out } = match arguments.format {
        ExportFormat::Gift => gift::export(&quiz),
        ExportFormat::MoodleXml => moodle::export(&quiz),
        ExportFormat::Html => page::html(&quiz, &language),
        ExportFormat::PdfReadyHtml => page::pdf_ready_html(&quiz, &language),
    };
    losses.extend(of_format);
    match &arguments.output {
        Some(output) => arguments.replacing.write(output, text.as_bytes())?,
        None => show(printer, &text)?,
    }
    for (question, loss) in &losses {
        printer.talk(&format!("{question}: {loss}"));
    }
    printer.talk(&summary(quiz.questions.len(), left_out, losses.len()));
    if let Some(output) = &arguments.output {
        printer.talk(&format!("wrote {}", output.display()));
    }
    Ok(if losses.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

/// How much there is in the file, and how much of it the format cannot say.
fn summary(questions: usize, left_out: usize, losses: usize) -> String {
    let all = counted(questions, "question", "questions");
    let questions = if left_out == 0 { all } else { format!("{} of {all}", questions - left_out) };
    match losses {
        0 => format!("{questions}, nothing lost"),
        losses => format!("{questions}, {}", counted(losses, "remark", "remarks")),
    }
}

/// What is exported.
struct Source {
    quiz: Quiz,
    /// Of its texts (BCP 47).
    language: String,
    /// What had to be changed to make one quiz of several.
    losses: Vec<(String, String)>,
}

fn read(source: &Path) -> Result<Source, Failure> {
    let shown = source.display().to_string();
    if source.extension().is_some_and(|extension| extension == "ron") && source.is_file() {
        let bytes = files::read_limited(source, course::MAX_QUIZ as u64)
            .map_err(|error| Failure::file(format!("cannot read the quiz {shown}"), &error))?;
        let quiz = course::parse_quiz(&shown, &bytes).map_err(|faults| {
            Failure::new(format!("{shown} has faults and cannot be exported"))
                .with_faults(&faults)
                .hint("mend the faults first")
        })?;
        // A quiz file does not say its language; the course around it does, if it is whole.
        let language = courses::load(&courses::folder_of(source)).map(|course| course.language.clone());
        return Ok(Source {
            quiz,
            language: language.unwrap_or_else(|_| "en".to_owned()),
            losses: Vec::new(),
        });
    }
    let course = courses::load(source)?;
    let mut all =
        Quiz { title: course.title.clone(), questions: Vec::new(), ..course.assessment.quiz.clone() };
    let checks = course.modules.iter().filter_map(|module| module.check.as_ref());
    let (mut taken, mut losses) = (HashSet::new(), Vec::new());
    for quiz in checks.chain([&course.assessment.quiz]) {
        for question in &quiz.questions {
            let mut question = question.clone();
            // Identifiers are unique within a quiz, and several quizzes become one here.
            if !taken.insert(question.id.clone()) {
                let other = other_id(&quiz.id.to_string(), &question.id, &taken);
                losses.push((
                    question.id.to_string(),
                    format!("of quiz `{}` is called `{other}`: the name is taken", quiz.id),
                ));
                taken.insert(other.clone());
                question.id = other;
            }
            all.questions.push(question);
        }
    }
    Ok(Source { quiz: all, language: course.language.clone(), losses })
}

fn other_id(quiz: &str, id: &QuestionId, taken: &HashSet<QuestionId>) -> QuestionId {
    let long = format!("{quiz}-{id}");
    let named = |number: usize| {
        let suffix = if number == 1 { String::new() } else { format!("-{number}") };
        format!("{}{suffix}", &long[..long.len().min(64 - suffix.len())]).parse().ok()
    };
    let free = (1..=taken.len() + 1).filter_map(named).find(|other| !taken.contains(other));
    free.unwrap_or_else(|| id.clone())
}

/// Onto standard output; never what a terminal would obey.
fn show(printer: Printer, text: &str) -> Result<(), Failure> {
    let is_harmless = |line: &str| Printable::new(line).as_str() == line;
    if io::stdout().is_terminal() && !text.split(['\n', '\t']).all(is_harmless) {
        return Err(Failure::new("a text of this quiz holds characters that a terminal would obey or hide")
            .hint("write the export into a file with -o"));
    }
    printer.bytes(text.as_bytes())
}
