//! What can be typed, said by place.

use super::Stop;
use super::preview::{self, Purpose};
use super::session::Session;

/// Where help was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Help {
    Contents,
    Reading,
    Link,
    Question,
    CheckQuestion,
    AfterAnswer,
    CheckEnd,
    Assessment,
    Submit,
    Result,
    Statement,
    Sign,
    Certificate,
}

const ANYWHERE: &[&str] = &[
    "Anywhere:",
    "Enter alone does what the last line offers.",
    "contents: the course at a glance.",
    "read 3: read lesson 3. check 2: the knowledge check of lesson 2.",
    "search work profile: find words in the lessons and the policy. found 2: go to the second place; return comes back.",
    "assessment, policy, certificate: go there.",
    "status: how much is done and what comes next.",
    "glossary: the terms that the course defines. define and a term: what it means.",
    "notes: your bookmarks and notes, for you alone. notes 2: go to the second one. notes change 2 and other words, notes \
     remove 2, notes export: change it, take it away, write all of them to a file.",
    "repeat: say this again.",
    "width 40: lines of at most 40 columns. lines 10: pages of at most 10 lines.",
    "correct: change your name, employee number or e-mail before you sign.",
    "settings: how this is set. set width 40, set lines 10: the same, and kept for the next time.",
    "ids on, ids off: say identifiers beside questions and options, or not.",
];

/// What leaving does, for somebody who learns.
const QUIT: &str =
    "quit: leave. Everything said to be saved stays saved, and the next start goes on from here.";

const ANSWERS: &[&str] = &[
    "How to answer:",
    "One right option: its number, such as 2. True or false: t or f.",
    "Several right options: all their numbers, such as 1 3.",
    "Matching: left number, equals sign, right number, such as 1=3 2=1. All at once or one by one.",
    "Ordering: all numbers in the right order, such as 3 1 2.",
    "Number or text: as it is. Gaps: one after the other; gap 2 goes to the second gap.",
    "A story: one decision after the other.",
    "For scripts, an equals sign in front answers by identifiers, which stay the same when the order changes: =open \
     or id:open, =a c, =law=none book=x for matching, =number=seven for the gap named number. ids on says them, \
     except in matching, where they would give the answer away.",
    "Where free text is expected, an equals sign in front takes the rest of the line as it is: =next",
    "Where certainty is asked, add sure, fairly or guessing behind the answer, or wait to be asked. It never changes \
     your score.",
];

const FLAGS: &[&str] = &[
    "next, back: the next or previous question. go 7: question 7.",
    "flag: mark the question to come back to it, or take the mark away.",
    "clear: take the answer away. list: all questions and how they stand.",
    "submit: hand in the whole attempt, after asking once more.",
];

/// Says what can be typed here and anywhere.
pub(super) fn say(session: &mut Session<'_, '_>, help: Help) -> Result<(), Stop> {
    session.pause()?;
    for line in here(help) {
        session.say(line)?;
    }
    if matches!(help, Help::Question | Help::CheckQuestion) {
        session.pause()?;
        for line in ANSWERS {
            session.say(line)?;
        }
    }
    session.pause()?;
    for line in ANYWHERE {
        session.say(line)?;
    }
    let (quit, more) = match session.purpose {
        Purpose::Learn => (QUIT, None),
        Purpose::Preview(_) => (preview::QUIT, Some(preview::HELP)),
    };
    session.say(quit)?;
    session.say("A slash in front makes sure that a line is a command: /next")?;
    let Some(more) = more else { return Ok(()) };
    session.pause()?;
    more.iter().try_for_each(|line| session.say(line))
}

fn here(help: Help) -> &'static [&'static str] {
    match help {
        Help::Contents => &["Here: Enter goes to the next step of the course."],
        Help::Reading => &[
            "Here:",
            "Enter or next: the next page. back: the page before. page 2: page 2.",
            "A text counts as read when all its pages were said. From its end, Enter goes to the first one that was passed over.",
            "all: everything from here to the end at once.",
            "where: the page, the section, and about how many minutes are left in this text.",
            "headings: list the headings. heading 3: go to the third one.",
            "links: the addresses behind the words link 1, link 2 and so on.",
            "open 3: follow link 3. Within the course it goes there, and return comes back; out of the course it asks \
             first.",
            "address 3: the address of link 3 alone, to be copied.",
            "return: back to where you came from.",
            "bookmark: mark this page, or take the mark away.",
            "note and your words: keep them with this page, such as: note ask who reads this",
        ],
        Help::Link => &["Here: yes opens the address with the program of your system. Enter stays here."],
        Help::Question => FLAGS,
        Help::CheckQuestion => &[
            "Here: answer the question. clear: take back what you began.",
            "read: read the lesson again; return comes back to the check.",
        ],
        Help::AfterAnswer => {
            &["Here: Enter goes on. why: hear the explanation again. read: read the section it comes from."]
        }
        Help::CheckEnd => &[
            "Here: Enter goes on. retry: try what was not right again. review: hear all questions and answers.",
        ],
        Help::Assessment => &["Here: start begins an attempt. Enter goes back to the contents."],
        Help::Submit => {
            &["Here: submit again hands in the attempt. Anything else goes back to the questions."]
        }
        Help::Result => {
            &["Here: Enter goes on. review: hear all questions with explanations, once that is allowed."]
        }
        Help::Statement => &["Here: agree agrees to the statement. read: read the policy again."],
        Help::Sign => &["Here: sign signs your completion record. Enter goes back to the contents."],
        Help::Certificate => {
            &["Here: export writes a certificate to print. again: take the course again. Enter repeats."]
        }
    }
}
