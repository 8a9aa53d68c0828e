//! `countersign author import`: questions from other systems.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::author::exchange::bank::{Bank, words_of};
use crate::author::exchange::detect::{Detected, Format, detect};
use crate::author::exchange::report::{self, Count};
use crate::author::exchange::{Entry, Import, Outcome as Came, write};
use crate::course::{self, Topic};
use crate::encoding::{self, Encoding};
use crate::files::{self, Privacy};
use crate::id::{QuestionId, QuizId, TopicId};
use crate::quiz::Quiz;
use crate::quiz::question::Question;
use crate::shell::quoted;

use super::super::Outcome;
use super::super::courses;
use super::super::error::Failure;
use super::super::output::{Replacing, there_already};
use super::super::printer::Printer;

/// The most that is read: pictures may be embedded in Moodle XML.
const MAX_BANK: u64 = 64 << 20;
/// The most of a bank in plain text, as of a quiz file.
const MAX_TEXT: usize = course::MAX_QUIZ;

#[derive(Debug, Args)]
#[command(
    after_help = "The report lists every question of the bank: imported, imported with a loss (and which), or refused (and \
                  why). The exit code is 0 when everything came over as it was, 1 when something was lost or refused, 2 when \
                  the file could not be read.\n\n\
                  Examples:\n  \
                  countersign author import bank.gift -o quizzes/bank.ron\n  \
                  countersign author import old.txt --encoding windows-1252 -o quizzes/old.ron\n  \
                  countersign author import questions.csv --topic privacy -o quizzes/privacy.ron\n  \
                  countersign author import bank.xml --format moodle-xml --json -o quizzes/bank.ron\n  \
                  countersign author import bank.gift             the quiz on stdout, the report on stderr"
)]
pub(in crate::cli) struct ImportArguments {
    /// The question bank
    file: PathBuf,
    /// Which format it has; auto looks at what stands in it
    #[arg(long, value_enum, default_value_t = BankFormat::Auto)]
    format: BankFormat,
    /// How its letters are stored; utf-8 is also what is said for UTF-16 with a byte order mark
    #[arg(long, value_enum, default_value_t = BankEncoding::Utf8)]
    encoding: BankEncoding,
    /// Where to write the quiz; pictures go to assets/ of the course that it lies in
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Identifier of the quiz; when left out, what an export of ours says, or else from the name of the output
    #[arg(long)]
    id: Option<QuizId>,
    /// Title of the quiz, which learners see; when left out, as the identifier
    #[arg(long)]
    title: Option<String>,
    /// Put every question into this topic, whatever category the bank has it in
    #[arg(long, value_name = "ID")]
    topic: Option<TopicId>,
    /// The report as one JSON document on stdout
    #[arg(long, requires = "output")]
    json: bool,
    #[command(flatten)]
    replacing: Replacing,
}

/// The formats that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum BankFormat {
    Auto,
    Gift,
    Aiken,
    MoodleXml,
    Csv,
}

/// The encodings that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum BankEncoding {
    #[value(name = "utf-8")]
    Utf8,
    #[value(name = "windows-1252")]
    Windows1252,
}

pub(super) fn run(arguments: &ImportArguments, printer: Printer) -> Result<Outcome, Failure> {
    let shown = arguments.file.display().to_string();
    let text = read(arguments, &shown)?;
    let (format, how) = format_of(arguments, &text, &shown)?;
    if format != Format::MoodleXml && text.len() > MAX_TEXT {
        let message = format!("{shown} has {} bytes, and {MAX_TEXT} are the limit for {format}", text.len());
        return Err(Failure::new(message).hint("cut the file in two and make two quizzes of it"));
    }
    let mut bank = Bank::read(format, &text);
    if let Some(topic) = &arguments.topic {
        put_into(&mut bank.import, topic);
    }
    let quiz = bank.quiz(arguments.id.as_ref(), arguments.title.as_deref(), &stem(arguments));
    let import = bank.import;
    let ron = quiz.as_ref().map(|quiz| ron(arguments, format, quiz, &import)).transpose()?;
    let missing = missing_topics(arguments, &import);
    match (&arguments.output, &ron) {
        (Some(output), Some(ron)) => store(arguments, output, ron, &import)?,
        (None, Some(ron)) => printer.bytes(ron.as_bytes())?,
        (_, None) => {}
    }
    let count = Count::of(&import);
    if arguments.json {
        let written = ron.is_some().then_some(arguments.output.as_ref()).flatten();
        printer.json(&told_as_json(&import, format, &how, written.map(PathBuf::as_path), &missing))?;
    } else {
        let mut lines = vec![how];
        lines.extend(report::lines(&import));
        lines.extend(next_steps(arguments, ron.is_some(), &missing, &import));
        for line in lines {
            match &arguments.output {
                Some(_) => printer.line(&line)?,
                None => printer.talk(&line),
            }
        }
    }
    Ok(if count.is_clean() && ron.is_some() { Outcome::Fine } else { Outcome::Findings })
}

fn read(arguments: &ImportArguments, shown: &str) -> Result<String, Failure> {
    let bytes = files::read_limited(&arguments.file, MAX_BANK)
        .map_err(|error| Failure::file(format!("cannot read the bank {shown}"), &error))?;
    let encoding = match arguments.encoding {
        BankEncoding::Utf8 => Encoding::Unicode,
        BankEncoding::Windows1252 => Encoding::Windows1252,
    };
    encoding::decode(&bytes, encoding).map_err(|error| {
        Failure::new(format!("cannot read the bank {shown}")).because(&error).hint(error.hint())
    })
}

/// The format, and a line that says where it comes from.
fn format_of(arguments: &ImportArguments, text: &str, shown: &str) -> Result<(Format, String), Failure> {
    let format = match arguments.format {
        BankFormat::Auto => {
            let Some(Detected { format, because }) = detect(text).or_else(|| by_name(&arguments.file)) else {
                return Err(Failure::new(format!("cannot tell which format {shown} has"))
                    .hint("say it: --format gift, aiken, moodle-xml or csv"));
            };
            return Ok((format, format!("{shown} is {format}: {because}")));
        }
        BankFormat::Gift => Format::Gift,
        BankFormat::Aiken => Format::Aiken,
        BankFormat::MoodleXml => Format::MoodleXml,
        BankFormat::Csv => Format::Csv,
    };
    Ok((format, format!("{shown}, read as {format}")))
}

/// A table by its name: what is wrong with its header is told then.
fn by_name(file: &Path) -> Option<Detected> {
    let ending = file.extension()?;
    let is_table = ["csv", "tsv"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    is_table.then(|| Detected { format: Format::Csv, because: "its name says so".to_owned() })
}

/// Every question into one topic.
fn put_into(import: &mut Import, topic: &TopicId) {
    for entry in &mut import.entries {
        match &mut entry.outcome {
            Came::Imported { question, .. } => question.topic = topic.clone(),
            Came::Refused { .. } => {}
        }
    }
    if !import.topics.is_empty() {
        import.topics = vec![Topic { id: topic.clone(), title: words_of(topic.as_str()) }];
    }
}

/// The name of the file that a quiz without a name is called after.
fn stem(arguments: &ImportArguments) -> String {
    let named = arguments.output.as_ref().unwrap_or(&arguments.file);
    named.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The quiz file, with where every question came from. It is read again before anything is written.
fn ron(arguments: &ImportArguments, format: Format, quiz: &Quiz, import: &Import) -> Result<String, Failure> {
    let file = arguments.file.file_name().unwrap_or_default().to_string_lossy();
    let origins: HashMap<&QuestionId, &Entry> =
        import.entries.iter().filter_map(|entry| Some((&entry.question()?.id, entry))).collect();
    let remark = |question: &Question| {
        let entry = origins.get(&question.id)?;
        Some(format!("{file}:{}: {}", entry.line, entry.name))
    };
    let ron = write::ron(quiz, &[format!("Imported from {file} ({format}).")], &remark);
    match course::parse_quiz("quiz", ron.as_bytes()) {
        Ok(read) if read == *quiz => Ok(ron),
        Ok(_) => {
            Err(Failure::new("the quiz would not be read as it was imported").hint("please report this bank"))
        }
        Err(faults) => {
            let failure = Failure::new("the quiz would have faults").with_faults(&faults);
            Err(failure.hint("cut the bank in two and make two quizzes of it"))
        }
    }
}

/// Writes pictures and quiz, or nothing when one of them is there already.
fn store(arguments: &ImportArguments, output: &Path, ron: &str, import: &Import) -> Result<(), Failure> {
    let course = courses::folder_of(output);
    let assets = import.assets.iter().map(|(path, bytes)| (course.join(path), bytes.as_slice()));
    // The quiz comes last: what it names is there when it is.
    let everything: Vec<(PathBuf, &[u8])> = assets.chain([(output.to_owned(), ron.as_bytes())]).collect();
    if !arguments.replacing.force {
        for (path, bytes) in &everything {
            let limit = bytes.len() as u64;
            if path.symlink_metadata().is_ok()
                && files::read_limited(path, limit).ok().as_deref() != Some(*bytes)
            {
                return Err(there_already(path));
            }
        }
    }
    for (path, bytes) in everything {
        if let Some(folder) = path.parent() {
            files::make_folder(folder, Privacy::Shared)
                .map_err(|error| Failure::file(format!("cannot write {}", path.display()), &error))?;
        }
        arguments.replacing.write(&path, bytes)?;
    }
    Ok(())
}

/// A path without the `./` of the folder in which the trainer stands.
fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

/// The topics that the course has to list; all of them if there is no course yet or it has faults.
fn missing_topics(arguments: &ImportArguments, import: &Import) -> Vec<Topic> {
    let known = arguments.output.as_ref().and_then(|output| courses::load(&courses::folder_of(output)).ok());
    let is_known = |topic: &Topic| {
        known.as_ref().is_some_and(|course| course.topics.iter().any(|known| known.id == topic.id))
    };
    import.topics.iter().filter(|topic| !is_known(topic)).cloned().collect()
}

fn next_steps(
    arguments: &ImportArguments,
    has_quiz: bool,
    missing: &[Topic],
    import: &Import,
) -> Vec<String> {
    if !has_quiz {
        return vec!["no question could be imported, so no quiz was written".to_owned()];
    }
    let mut lines = Vec::new();
    if let Some(output) = &arguments.output {
        lines.push(format!("wrote {}", output.display()));
        let course = courses::folder_of(output);
        lines.extend(import.assets.keys().map(|path| format!("wrote {}", shown(&course.join(path)))));
    }
    if !missing.is_empty() {
        lines.push("next: these lines belong to `topics` in course.ron".to_owned());
        lines.extend(report::topic_lines(missing));
    }
    if let Some(output) = &arguments.output {
        let course = courses::folder_of(output);
        let course = if course.as_os_str().is_empty() { Path::new(".") } else { &course };
        lines.push(format!(
            "next: name the quiz in course.ron, then countersign author check {}",
            quoted(course)
        ));
    }
    lines
}

fn told_as_json(
    import: &Import,
    format: Format,
    how: &str,
    written: Option<&Path>,
    missing: &[Topic],
) -> Value {
    let mut told = report::json(import);
    told["format"] = json!(format.to_string());
    told["read_as"] = json!(how);
    told["written"] = json!(written.map(|path| path.display().to_string()));
    told["topics_to_add"] =
        missing.iter().map(|topic| json!({ "id": topic.id, "title": topic.title })).collect();
    told
}
