//! What can be said on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::ArgPredicate;
use clap::{Args, Command, CommandFactory as _, Parser, Subcommand, ValueEnum};

use super::author::AuthorArguments;
use super::hr::HrArguments;
use crate::record::verdict::Level;

/// Security-awareness training in the terminal, with completion evidence that anyone can check
#[derive(Debug, Parser)]
#[command(
    name = "countersign",
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Without a command, `learn` opens the bundled course.\n\n\
                  Examples:\n  \
                  countersign                                take the bundled course\n  \
                  countersign learn --assignment mine.json   take it because you were asked to\n  \
                  countersign verify records/                check every record in a folder"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) verb: Option<Verb>,
    #[command(flatten)]
    pub(super) learn: LearnArguments,
}

impl Arguments {
    /// What the words of the command line say.
    ///
    /// # Errors
    /// When that is help, the version, or no use of the program.
    pub(super) fn read(words: Vec<OsString>) -> Result<Self, clap::Error> {
        match Self::without_options(&words) {
            Some(arguments) => Ok(arguments),
            None => Self::try_parse_from(learn_first(words)),
        }
    }

    /// A course opened without any option, as nearly everybody does each time: whoever learns waits for the definition of everything else
    /// that can be said.
    fn without_options(words: &[OsString]) -> Option<Self> {
        let is_learn = |word: &OsString| word == "learn";
        let is_course = |word: &OsString| !word.is_empty() && !word.as_encoded_bytes().starts_with(b"-");
        match words {
            [] | [_] => Some(Self { verb: None, learn: LearnArguments::default() }),
            [_, learn] if is_learn(learn) => Some(Self {
                verb: Some(Verb::Learn(LearnArguments::default())),
                learn: LearnArguments::default(),
            }),
            [_, learn, course] if is_learn(learn) && is_course(course) => {
                let arguments = LearnArguments { course: Some(course.into()), ..LearnArguments::default() };
                Some(Self { verb: Some(Verb::Learn(arguments)), learn: LearnArguments::default() })
            }
            _ => None,
        }
    }

    /// The definition with everything in it at once: what is deferred is missing where clap makes `help` of the verbs.
    pub(super) fn whole() -> Command {
        Self::command().mut_subcommands(|verb| {
            let define = match verb.get_name() {
                "learn" => LearnArguments::augment_args,
                "author" => AuthorArguments::augment_args,
                "hr" => HrArguments::augment_args,
                "verify" => VerifyArguments::augment_args,
                "generate" => GenerateArguments::augment_args,
                _ => return verb,
            };
            // Nothing is left to be done later.
            define(verb).defer(|verb| verb)
        })
    }
}

/// The words of the command line, with `learn` before its own options where it stands behind them: the first form teaches
/// `countersign --plain`, and a course is named behind `learn`.
fn learn_first(mut words: Vec<OsString>) -> Vec<OsString> {
    if !words.get(1).is_some_and(|word| word.as_encoded_bytes().starts_with(b"--")) {
        return words;
    }
    let definition = LearnArguments::augment_args(Command::new("learn"));
    // How many words an option of `learn` is.
    let length = |word: &OsString| {
        let option = word.to_str()?.strip_prefix("--")?;
        let (name, value) =
            option.split_once('=').map_or((option, None), |(name, value)| (name, Some(value)));
        let found = definition.get_arguments().find(|found| found.get_long() == Some(name))?;
        Some(if found.get_action().takes_values() && value.is_none() { 2 } else { 1 })
    };
    let mut at = 1;
    while let Some(length) = words.get(at).and_then(length) {
        at += length;
    }
    if words.get(at).is_some_and(|word| word == "learn") {
        words[1..=at].rotate_right(1);
    }
    words
}

#[derive(Debug, Subcommand)]
// Each verb's own arguments are only defined when it is called: there are hundreds, and whoever learns waits for them.
#[command(defer = true)]
pub(super) enum Verb {
    /// Take a course and leave with a signed completion record
    Learn(LearnArguments),
    /// Write, check, preview, import, pack and improve courses
    Author(AuthorArguments),
    /// Assign courses, collect records, see who is complete, and give an auditor the evidence
    Hr(HrArguments),
    /// Check completion records: signature, content, grading, identity, time
    Verify(VerifyArguments),
    /// Print the manual page or shell completions
    Generate(GenerateArguments),
}

#[derive(Debug, Default, Args)]
#[command(
    after_help = "Progress is saved at every answer. Stop whenever you like; the next start goes on where you left off.\n\n\
                  Examples:\n  \
                  countersign learn                          the bundled course\n  \
                  countersign learn courses/phishing         a course folder\n  \
                  countersign learn --assignment mine.json   answer an assignment from HR\n\n\
                  Environment:\n  \
                  COUNTERSIGN_HOME   keep everything below this folder, config.ron with the settings too\n  \
                  NO_COLOR           no colours\n  \
                  ACCESSIBLE         like --plain; so do TERM=dumb and a pipe"
)]
pub(super) struct LearnArguments {
    /// Course folder or pack; the bundled course when left out
    pub(super) course: Option<PathBuf>,
    /// Signed assignment that this training answers; it is kept as soon as you have begun, so later starts need not name it
    #[arg(long, value_name = "FILE")]
    pub(super) assignment: Option<PathBuf>,
    /// Line by line on the normal screen: for screen readers, braille displays, simple terminals and pipes
    // Whoever asks for lines of some width means the face that has lines.
    #[arg(long, default_value_if("width", ArgPredicate::IsPresent, "true"))]
    pub(super) plain: bool,
    /// On the full screen, whatever the settings and ACCESSIBLE say
    #[arg(long, conflicts_with = "plain")]
    pub(super) full_screen: bool,
    /// Line by line, as with --plain, and with so many columns in a line at most, such as 40 on a braille display; paths
    /// and what is to be copied stay whole
    #[arg(long, value_name = "COLUMNS", conflicts_with = "full_screen", value_parser = clap::value_parser!(u16).range(10..=1000))]
    pub(super) width: Option<u16>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Five levels are reported one by one, each pass, fail or unknown, each with its reason. The exit code is 0 \
                  when nothing failed, 1 when something did, 2 when a file could not be read. Of an evidence pack it is 1, too, \
                  when its tables could not be made again from the log.\n\n\
                  Examples:\n  \
                  countersign verify 0042_app-data_2026-11-23_1f0c9ab2.completion.json\n  \
                  countersign verify records/ --require content --require grading\n  \
                  countersign verify records/ --json\n  \
                  countersign verify record.json --course courses/phishing --assignment assignment.json\n  \
                  countersign verify record.json --receipt record.tlog-proof --log-key hr-log.key\n  \
                  countersign verify evidence/ --log-key hr-log.key          an evidence pack from HR, with all that is in it"
)]
pub(super) struct VerifyArguments {
    /// Completion records, or folders that are searched for *.completion.json; or one evidence pack, as a folder or a zip archive
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Course folder or pack to compare with and to re-grade by, beside the bundled course; may be repeated
    #[arg(long, value_name = "DIR|PACK")]
    pub(super) course: Vec<PathBuf>,
    /// Assignment that the record should answer, from a source you trust: one that answers another fails. Or a folder that is
    /// searched for *.assignment.json; may be repeated
    #[arg(long, value_name = "FILE|DIR")]
    pub(super) assignment: Vec<PathBuf>,
    /// Receipt from HR that shows that a record is in HR's log, or a folder that is searched for *.tlog-proof; may be
    /// repeated
    #[arg(long, value_name = "FILE|DIR", requires = "log_key")]
    pub(super) receipt: Vec<PathBuf>,
    /// Name and key of HR's log, as HR gave it to you, or a file that holds it
    #[arg(long, value_name = "KEY")]
    pub(super) log_key: Option<String>,
    /// Fail a record whose finding on this level is not pass; may be repeated
    #[arg(long, value_name = "LEVEL", value_enum)]
    pub(super) require: Vec<Level>,
    /// One JSON document on stdout
    #[arg(long)]
    pub(super) json: bool,
    /// Only say what failed
    #[arg(long, short, conflicts_with = "json")]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct GenerateArguments {
    /// What to print
    #[command(subcommand)]
    pub(super) what: Generate,
}

#[derive(Debug, Subcommand)]
pub(super) enum Generate {
    /// The manual page, in roff
    Man,
    /// Shell completions
    Completions {
        /// For which shell
        shell: Shell,
    },
}

/// The shells that completions are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The course was taken for a command that cannot be used with `--plain`.
    #[test]
    fn learn_may_stand_behind_its_options_and_nothing_else_is_moved() {
        let check = |typed: &str, expected: &str| {
            let words = typed.split_whitespace().map(OsString::from).collect();
            let moved: Vec<String> =
                learn_first(words).into_iter().map(|word| word.into_string().expect("letters")).collect();
            assert_eq!(moved.join(" "), expected);
        };
        check("c --plain learn kinds", "c learn --plain kinds");
        check("c --full-screen learn", "c learn --full-screen");
        check("c --width 40 --assignment=a.json learn kinds", "c learn --width 40 --assignment=a.json kinds");
        for stays in [
            "c",
            "c learn --plain kinds",
            "c --plain kinds",
            "c --plain kinds learn",
            "c --width learn",
            "c --width 40",
            "c --plain hr status",
            "c --version learn",
            "c -h learn",
        ] {
            check(stays, stays);
        }
        let arguments = Arguments::try_parse_from(learn_first(
            ["c", "--width", "40", "--plain", "learn", "kinds"].map(OsString::from).to_vec(),
        ));
        let Ok(Arguments { verb: Some(Verb::Learn(learn)), .. }) = arguments else { panic!("{arguments:?}") };
        assert_eq!((learn.plain, learn.width, learn.course), (true, Some(40), Some(PathBuf::from("kinds"))));
    }

    /// The full screen opened, and the width was heard of nowhere.
    #[test]
    fn who_asks_for_a_width_asks_for_lines() {
        let check = |typed: &str, expected: (bool, bool)| {
            let Ok(Arguments { verb: Some(Verb::Learn(learn)), .. }) =
                Arguments::try_parse_from(typed.split_whitespace())
            else {
                panic!("{typed}")
            };
            assert_eq!((learn.plain, learn.full_screen), expected, "{typed}");
        };
        check("c learn", (false, false));
        check("c learn --width 40", (true, false));
        check("c learn --width 40 --plain", (true, false));
        for both in ["c learn --plain --full-screen", "c learn --width 40 --full-screen"] {
            assert!(Arguments::try_parse_from(both.split_whitespace()).is_err(), "{both}");
        }
        let bare = Arguments::try_parse_from(["c", "--width", "40"]).expect("a use");
        assert!(bare.learn.plain);
    }

    #[test]
    fn a_course_without_options_is_what_the_definition_says_of_it() {
        let words = |typed: &[&str]| typed.iter().map(OsString::from).collect::<Vec<_>>();
        let check = |typed: &[&str], is_short: bool| {
            let short = Arguments::without_options(&words(typed));
            assert_eq!(short.is_some(), is_short, "{typed:?}");
            let defined = Arguments::try_parse_from(words(typed));
            if let Some(short) = short {
                assert_eq!(format!("{short:?}"), format!("{:?}", defined.expect("a use")), "{typed:?}");
            }
        };
        check(&["c"], true);
        for course in ["kinds", "../a b", "help", "learn", "é/", "a=b", "@x"] {
            check(&["c", "learn", course], true);
        }
        check(&["c", "learn"], true);
        for others in
            [&["c", "kinds"][..], &["c", "learn", ""], &["c", "learn", "-"], &["c", "learn", "--plain"]]
        {
            check(others, false);
        }
        for others in [&["c", "hr"][..], &["c", "--version"], &["c", "learn", "a", "b"], &["c", "help"]] {
            check(others, false);
        }
    }

    #[test]
    fn the_whole_definition_has_every_verb_and_its_help() {
        let names = |of: &Command| {
            let names = of.get_subcommands().map(|verb| verb.get_name().to_owned());
            names.filter(|name| name != "help").collect::<Vec<_>>()
        };
        let (mut whole, mut parsed) = (Arguments::whole(), Arguments::command());
        whole.build();
        parsed.build();
        let help = whole.find_subcommand("help").expect("clap adds it");
        for verb in parsed.get_subcommands().filter(|verb| verb.get_name() != "help") {
            let name = verb.get_name();
            let defined = whole.find_subcommand(name).expect("the same verbs");
            let helped = help.find_subcommand(name).expect("each verb has help");
            assert_eq!(names(defined), names(verb), "{name}");
            assert_eq!(names(helped), names(verb), "{name}");
            assert_eq!(
                defined.clone().render_long_help().to_string(),
                verb.clone().render_long_help().to_string()
            );
        }
    }
}
