//! What can be typed, said by place.

use std::mem::discriminant;

use super::draft::Purpose;
use super::preview;
use super::session::Session;
use super::talk::{Answered, Expected, Help, Way};
use super::{Place, Stop, words};
use crate::quiz::AskCertainty;
use crate::training::SEVERAL_EARN;

impl Way {
    /// How to answer.
    fn words(self) -> &'static str {
        match self {
            Self::OneNumber => "One right option: its number, such as 2.",
            Self::Numbers => "Several right options: all their numbers, such as 1 3.",
            Self::TrueOrFalse => "True or false: its number, or t or f.",
            Self::Pairs => {
                "Matching: left number, equals sign, right number, such as 1=3 2=1. All at once or one by one. A number alone is the \
                 right side of the first left side that has none; one for each left side, such as 2 1 where there are two, go to them \
                 in turn; where that cannot be meant, numbers by twos are left and right, such as 1 3."
            }
            Self::InOrder => "Ordering: all numbers in the right order, such as 3 1 2.",
            Self::Number => "A number: in digits, such as 12 or 12.5.",
            Self::Text => {
                "A word or a short text: as it is. An equals sign in front takes the rest of the line as it is: =next"
            }
            Self::Gap => {
                "Gaps: one after the other, each by the number of its option, a number or words; gap 2 goes to the second gap."
            }
            Self::Decision => {
                "A story: one decision after the other, each by its number. In the assessment, step back takes the last one back; in a \
                 check every decision stands."
            }
        }
    }

    const ALL: [Self; 9] = [
        Self::OneNumber,
        Self::TrueOrFalse,
        Self::Numbers,
        Self::Pairs,
        Self::InOrder,
        Self::Number,
        Self::Text,
        Self::Gap,
        Self::Decision,
    ];
}

const ANYWHERE: &[&str] = &[
    "Anywhere:",
    "Enter alone does what the last line offers.",
    "contents: the course at a glance.",
    "read 3: read lesson 3. check 2: the knowledge check of lesson 2.",
    "search work profile: find words in the lessons and the policy. found 2: go to the second place; return comes back.",
    "assessment, policy, certificate: go there.",
    "contents, then again: take the course again, once it is completed; you are asked first.",
    "status: how much is done and what comes next. where: at which page or question you are, what of it \
     is open, and how much of an attempt is answered.",
    "glossary: the terms that the course defines. define and a term: what it means. define alone: the terms on the page that you read.",
    "notes: your bookmarks and notes, for you alone. notes 2: go to the second one. notes change 2 and other words, notes \
     remove 2, notes export: change it, take it away, write all of them to a file. put back: have again what was taken away.",
    "open F002: hear the note of that name, such as a source, out of the text that has it.",
    "return: back to where you came from, where the last line says so. Else, after something that you heard beside it, such as a note, a \
     list or this help, you are still where you were; otherwise it leads to the lesson from which you came to a check, to the \
     assessment or to the signature, else to the contents. repeat: say this again; so does again, where it \
     does not take the course again.",
    "width 40: lines of at most 40 columns. lines 10: pages of at most 10 lines.",
    "correct: change your name, employee number or e-mail before you sign.",
    "settings: how this is set. set width 40, set lines 10: the same, and kept for the next time. set notes off: leave out the signs \
     of notes, such as sources, in texts.",
    "ids on, ids off: say identifiers beside questions and options, or not.",
];

/// What leaving does, for somebody who learns.
const QUIT: &str = "quit: leave. Everything said to be saved stays saved, and the next start goes on with what is not done yet.";

/// What holds for every kind of question.
const ANSWERS: &[&str] = &[
    "For scripts, an equals sign in front answers by identifiers, which stay the same when the order changes: =open \
     or id:open, =a c, =law=none book=x for matching, =number=seven for the gap named number. ids on says them, \
     except in matching, where they would give the answer away.",
    "Where certainty is asked, add sure, fairly or guessing after the answer, or wait to be asked. Until the answer is handed in, one \
     of the three alone changes it, and none takes it back; where words are the answer, with a slash: /sure. After such an answer \
     you are asked whether it belongs to it. It never changes your score.",
];

/// What holds for a question that asks for it.
const HOW_SURE: &str = "How sure you are: type sure, fairly or guessing after the answer, or when you are asked. It never changes your score.";

/// What holds for every question of a knowledge check.
const CHECK_QUESTION: &str = "Type your answer. review: hear what you have answered so far. read: read the lesson; return comes back to the check.";
/// The same where words are asked for.
const CHECK_QUESTION_IN_WORDS: &str = "Type your answer. /review: hear what you have answered so far. /read: read the lesson; return comes back to the check.";

/// What holds for every question at which words are asked for.
const IN_WORDS: &str = "What may be your answer and a command is asked about: a slash in front makes it a command, such as /where, /notes or /return.";

const FLAGS: &[&str] = &[
    "next, back: the next or previous question. go 7: question 7.",
    "flag: mark the question to come back to it, or take the mark away.",
    "clear: take the answer away. list: all questions and how they stand.",
    "submit: hand in the whole attempt, after asking once more.",
];

/// Every place with words of its own, in the order in which somebody comes to it.
const PLACES: &[(&str, Help)] = &[
    ("At the contents:", Help::Contents),
    ("While you read:", Help::Reading),
    (
        "At a question of a knowledge check:",
        Help::CheckQuestion(Way::OneNumber, AskCertainty::No, Expected::Choice, Answered::Yes),
    ),
    ("Where you are asked how sure you are:", Help::Certainty),
    ("After an answer:", Help::AfterAnswer),
    ("At the end of a knowledge check:", Help::CheckEnd),
    ("While you look back at answers:", Help::Review),
    ("Before an attempt at the assessment:", Help::Assessment),
    ("At a question of the assessment:", Help::Question(Way::OneNumber, AskCertainty::No, Expected::Choice)),
    ("At the list of its questions:", Help::List),
    ("At the result:", Help::Result),
    ("At the statement of the policy:", Help::Statement),
    ("At the signature:", Help::Sign),
    ("At the certificate:", Help::Certificate),
];

/// Said wherever something was asked.
pub(super) const HEAR_AGAIN: &str = "repeat, or again: hear this again.";

/// The same where a word may be the answer.
const HEAR_AGAIN_IN_WORDS: &str = "repeat, or /again: hear this again.";

/// Says what can be typed here, and how the question is answered that is asked here.
pub(super) fn say(session: &mut Session<'_, '_>, help: Help) -> Result<(), Stop> {
    say_here(session, help)?;
    let asked = help.asked();
    let is_in_words = asked.is_some_and(|(_, _, expected)| expected == Expected::FreeText);
    if let Some((way, certainty, _)) = asked {
        session.say(way.words())?;
        if way == Way::Numbers {
            session.say(&words::sentence(&words::capital(SEVERAL_EARN)))?;
        }
        match certainty {
            AskCertainty::Yes => session.say(HOW_SURE)?,
            AskCertainty::No => {}
        }
    }
    if is_in_words {
        session.say(IN_WORDS)?;
    }
    say_leaving(session)?;
    if session.here != Place::Contents && !session.can_be_taken_again() {
        session.say(if is_in_words { HEAR_AGAIN_IN_WORDS } else { HEAR_AGAIN })?;
    }
    session.say("contents: the course at a glance. help all: everything that can be typed.")
}

fn say_here(session: &mut Session<'_, '_>, help: Help) -> Result<(), Stop> {
    session.pause()?;
    session.say("Here:")?;
    lines(help).into_iter().try_for_each(|line| session.say(line))
}

/// Says everything that can be typed: here, anywhere, and at every other place.
pub(super) fn say_all(session: &mut Session<'_, '_>, help: Help) -> Result<(), Stop> {
    say_here(session, help)?;
    session.pause()?;
    session.say("How questions are answered:")?;
    for way in Way::ALL {
        session.say(way.words())?;
    }
    for line in ANSWERS {
        session.say(line)?;
    }
    session.pause()?;
    for line in ANYWHERE {
        session.say(line)?;
    }
    session.say("A slash in front makes sure that a line is a command: /next")?;
    say_leaving(session)?;
    // What can be typed here was told; at a question that depends on its kind.
    for (place, other) in PLACES.iter().filter(|(_, other)| discriminant(other) != discriminant(&help)) {
        session.pause()?;
        session.say(place)?;
        lines(*other).into_iter().try_for_each(|line| session.say(line))?;
    }
    Ok(())
}

/// Says what leaving does, and in a preview what can be typed there alone.
fn say_leaving(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let (quit, more) = match session.purpose {
        Purpose::Learn => (QUIT, &[][..]),
        Purpose::Preview(_) => (preview::QUIT, preview::HELP),
    };
    more.iter().try_for_each(|line| session.say(line))?;
    session.say(quit)
}

/// What can be typed at such a place, line by line.
fn lines(help: Help) -> Vec<&'static str> {
    match help {
        Help::Contents => vec![
            "Enter goes to the next step of the course. read: read what comes next. read 3: lesson 3. check 2: the check of lesson 2.",
            "again: take the course again, once it is completed; you are asked first.",
        ],
        Help::Reading => vec![
            "Enter or next: the next page. back: the page before, or the beginning of one that was said from its middle. page 2: page 2.",
            "A text counts as read when all of it was said in its order; of a lesson, sources at its end are not needed. From its end, Enter goes to the first page that was not said so, and on from there.",
            "all: everything from here to the end at once.",
            "where: the page, the section, and about how many minutes are left in this text.",
            "headings: list the headings. heading 3: go to the third one.",
            "links: where the links of this page lead, which are said as link 1, link 2 and so on. links all: those of the whole text.",
            "open 3: follow link 3. Within the course it goes there, and return comes back; out of the course it asks \
             first.",
            "sources: hear the notes that this page refers to, such as sources. set notes off: leave out the signs that stand for them in a \
             text, such as: note F002; set notes on: say them.",
            "note F002, or open F002: hear the note of that name, such as a source. Its link is opened by its number.",
            "address 3: the address of link 3 alone, to be copied.",
            "return: back to where you came from, where the last line says so. Else, after something that you heard beside the page, such as \
             a note, the headings or this help, to the page; otherwise to the contents.",
            "bookmark: mark this page, or take the mark away.",
            "note and your words: keep them with this page, such as: note ask who reads this. Words that are the name of a note in \
             the text: note =F002",
        ],
        Help::Link => vec!["yes opens the address with the program of your system. Enter stays here."],
        Help::Question(..) => FLAGS.to_vec(),
        Help::List => vec![
            "Enter goes to the first question that is open. go 7: question 7. back: the question that you left. list: this list again.",
            "submit: hand in the whole attempt, after asking once more.",
        ],
        Help::Certainty => vec![
            "sure, fairly or guessing. Enter says nothing of it. It never changes your score. clear: take back what you answered.",
        ],
        Help::CheckQuestion(way, _, expected, answered) => {
            let first = match expected {
                Expected::FreeText => CHECK_QUESTION_IN_WORDS,
                Expected::Choice | Expected::Decision => CHECK_QUESTION,
            };
            [first].into_iter().chain(taking_back(way, answered)).collect()
        }
        Help::AfterAnswer => vec![
            "Enter goes on. why: hear the explanation again. read: read the section it comes from; return comes back. open F002: hear \
             the source of that name. review: hear what you have answered so far.",
        ],
        Help::CheckEnd => vec![
            "Enter goes on; while the check is not passed, it tries what was not right again, as retry always does. review: hear all questions and answers.",
        ],
        Help::Review => vec![
            "Enter and back: the next answer and the one before. go 7: question 7. all: the rest at once. return: leave the review.",
            "read: read the section that the question is about; return comes back to the question. open F002: hear the source of that \
             name.",
        ],
        Help::Assessment => vec![
            "start begins an attempt. Enter alone begins nothing.",
            "After an attempt that was not passed, read again 1: read the first section of those that are worth reading again, and from \
             there read again 2; return comes back. review: hear when its answers can be heard.",
        ],
        Help::Submit => vec![
            "submit again, or submit, hands in the attempt. go 7: question 7. list: all questions. Enter goes back.",
        ],
        Help::Result => vec![
            "Enter goes on, as soon as something comes next. review: hear all questions with explanations, once that is allowed; go 7: from \
             question 7 on.",
            "read again 1: where sections are worth reading again, read the first of them; return comes back.",
        ],
        Help::Statement => {
            vec!["agree agrees to the statement. read: read the policy again. Enter alone agrees to nothing."]
        }
        Help::PolicyLocked => vec![
            "The policy can be agreed to when the assessment is passed. Enter goes back. read: read the policy.",
        ],
        Help::PolicyAgreed => vec!["You agreed to the policy. Enter goes on. read: read the policy again."],
        Help::Sign => vec![
            "sign signs your completion record. correct: change your name, number or e-mail. Enter alone signs nothing.",
            "If your signing key has a passphrase, it is asked for then, and help says there what to do if you have forgotten it.",
        ],
        Help::Outgrown => vec!["again: take the course again. Enter repeats."],
        Help::Again => vec!["again begins a new run. Anything else stays with what there is."],
        Help::Certificate => vec![
            "export writes a certificate to print. verify: how anybody checks the record. again: take the course again. Enter repeats.",
        ],
        Help::Further => vec![
            "Enter goes on with what is under way, and loses nothing. anew: begin the course anew for the new assignment.",
        ],
    }
}

/// How an answer that is not handed in yet is taken back in a check, where there is something to be taken back.
fn taking_back(way: Way, answered: Answered) -> Option<&'static str> {
    match way {
        // That its decisions stand is said with how they are made.
        Way::Decision => None,
        Way::Gap => Some("clear: take back the gaps that you have filled, until the answer is handed in."),
        Way::Pairs => Some("clear: take back the pairs that you gave, until the answer is handed in."),
        Way::OneNumber | Way::Numbers | Way::TrueOrFalse | Way::InOrder | Way::Number | Way::Text => {
            match answered {
                Answered::Yes => Some("clear: take back an answer that is not handed in yet."),
                // Such an answer is handed in when it is given.
                Answered::NotYet => None,
            }
        }
    }
}
