//! What is to be done about a level that did not pass.

use super::super::terms::{Level, Levels};
use crate::record::verdict::{Cause, Finding, Outcome, Verdict};

/// What whoever collects should do about a level that did not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// The file was changed.
    SendAgain,
    /// The version of the course is not here.
    AddVersion,
    /// The version of the course does not count.
    ApproveVersion,
    /// Nobody can grade it.
    LookAndDecide,
    /// The attempts before its first one are not in it.
    AskAboutAttempts,
    /// The result does not follow from the answers.
    TalkToThem,
    /// Whose it is was said by nobody but itself.
    AskThem,
    /// Another key signed it.
    AskAboutKey,
    /// Its employee number is none.
    CorrectNumber,
    /// It cannot be said when.
    Nothing,
    /// It is older than what it answers.
    TakeAgain,
    /// One of two clocks is ahead of the other.
    SetClock,
    /// It may be an old one, used again.
    AskWhyNow,
    /// They were asked anew, and it answers what they were asked before.
    TakeAnew,
    /// Its times contradict each other.
    TakeAgainByOneClock,
}

impl Advice {
    /// For a command line, where the commands that decide about a record stand beside them.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::SendAgain => {
                "ask the person to send the file again as it is, as an attachment: something on its way, or somebody, \
                 changed it"
            }
            Self::AddVersion => {
                "add the version of the course that was taken (countersign hr course add PACK), then accept or refuse \
                 the record"
            }
            Self::ApproveVersion => {
                "if it is a version that should count, approve it (countersign hr course approve DIGEST --by NAME) and collect again with \
                 --again; if it is one that is here with other content, somebody has edited the course: ask the person where it is from; \
                 else assign the course anew"
            }
            Self::LookAndDecide => "look at it, then accept or refuse it with a reason",
            Self::AskAboutAttempts => {
                "no record of theirs that counts here ends with the attempt before its first one; where one that waits does, \
                 decide about that one first; else ask the person, then accept or refuse it"
            }
            Self::TalkToThem => {
                "talk to the person: the result does not follow from the answers, which no honest program writes; then \
                 assign the course anew"
            }
            Self::AskThem => "ask the person whether the record is theirs, then accept or refuse it",
            Self::AskAboutKey => {
                "ask the person whether the record is theirs, then accept or refuse it; if they have a new computer, accept \
                 its key as well"
            }
            Self::CorrectNumber => {
                "ask the person to correct their employee number in the program as your roster has it, and to take the course again"
            }
            Self::Nothing => "nothing needs to be done unless your terms ask for an assignment",
            Self::TakeAgain => {
                "a record from before its assignment answers nothing: the course has to be taken again; if a clock was \
                 wrong, set it first"
            }
            Self::SetClock => {
                "a record from the future answers nothing: one of two clocks is wrong; if it is that of this computer, set \
                 it and collect again with --again; if it is theirs, they set it and take the course again"
            }
            Self::AskWhyNow => {
                "ask the person whether the record is theirs and why it comes only now; to have the course taken again, \
                 assign it anew and refuse this record; once accepted, it counts from the day it was received, as a new one does"
            }
            Self::TakeAnew => {
                "ask the person to take the course with the newest assignment that they have, and refuse this record; once \
                 accepted, it answers that assignment, too, and counts from the day it was received"
            }
            Self::TakeAgainByOneClock => {
                "a record whose times contradict each other shows nothing: the course has to be taken again; if a clock \
                 was set meanwhile, it has to be right first"
            }
        }
    }
}

impl Advice {
    /// For a file that was put aside: nobody can accept it, whatever they know about its key.
    #[must_use]
    pub fn words_aside(self) -> &'static str {
        match self {
            Self::AskThem | Self::AskAboutKey => {
                "ask the person whether they sent it; the file cannot count as it is, whoever made it"
            }
            Self::AddVersion => {
                "to have it checked, add the version of the course that was taken (countersign hr course add PACK), then \
                 collect again with --again"
            }
            Self::LookAndDecide | Self::AskAboutAttempts => {
                "nothing by itself: the file cannot count as it is; if it should, ask the person to take the course again"
            }
            Self::AskWhyNow | Self::TakeAnew => {
                "nothing by itself: the file cannot count as it is; ask the person to take the course again"
            }
            Self::SendAgain
            | Self::ApproveVersion
            | Self::CorrectNumber
            | Self::TalkToThem
            | Self::Nothing
            | Self::TakeAgain
            | Self::SetClock
            | Self::TakeAgainByOneClock => self.words(),
        }
    }
}

impl Advice {
    /// What is to be done first about a record: about what failed, else about what could not be checked. That it may be an
    /// old one says more of it than that nobody assigned it.
    pub(super) fn first(verdict: &Verdict) -> Option<Self> {
        let level = Levels::of(verdict).wrong()?;
        let is_old = verdict.time.has(Cause::Outlived) || verdict.time.has(Cause::AskedAnew);
        let says_more = is_old && verdict.at(level).outcome == Outcome::Unknown;
        let level = if says_more { Level::Time } else { level };
        advice(level, verdict.at(level))
    }
}

/// What is to be done about what came of a level, if anything is.
#[must_use]
pub fn advice(level: Level, finding: &Finding) -> Option<Advice> {
    match (level, finding.outcome) {
        (_, Outcome::Pass) | (Level::Signature, Outcome::Unknown) => None,
        (Level::Signature, Outcome::Fail) => Some(Advice::SendAgain),
        (Level::Content, Outcome::Unknown) => Some(Advice::AddVersion),
        (Level::Content, Outcome::Fail) => Some(Advice::ApproveVersion),
        (Level::Grading, Outcome::Unknown) => Some(about_marks(finding)),
        (Level::Grading, Outcome::Fail) => Some(Advice::TalkToThem),
        (Level::Identity, Outcome::Unknown) => Some(Advice::AskThem),
        (Level::Identity, Outcome::Fail) => Some(Advice::AskAboutKey),
        (Level::Time, Outcome::Unknown | Outcome::Fail) => Some(about_time(finding)),
    }
}

fn about_marks(finding: &Finding) -> Advice {
    if finding.has(Cause::BeginsLater) { Advice::AskAboutAttempts } else { Advice::LookAndDecide }
}

fn about_time(finding: &Finding) -> Advice {
    match (finding.outcome, finding.cause()) {
        (_, Some(Cause::BeforeAssignment)) => Advice::TakeAgain,
        (_, Some(Cause::AfterReceipt)) => Advice::SetClock,
        (Outcome::Fail, _) => Advice::TakeAgainByOneClock,
        (Outcome::Pass | Outcome::Unknown, Some(Cause::Outlived)) => Advice::AskWhyNow,
        (Outcome::Pass | Outcome::Unknown, Some(Cause::AskedAnew)) => Advice::TakeAnew,
        (Outcome::Pass | Outcome::Unknown, Some(Cause::PerhapsOutlived | Cause::BeginsLater) | None) => {
            Advice::Nothing
        }
    }
}
