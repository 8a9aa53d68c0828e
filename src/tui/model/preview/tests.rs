mod faults;

use super::*;
use crate::course::{CourseFiles, Fault, Rule, Shown};
use crate::training::{Rest, Step};
use crate::tui::testing::{Stage as Play, draft_files, draft_with, edition_of, good, small_course};

fn draft() -> Play {
    Play::preview(80, 24, edition_of(draft_files()))
}

/// The last line of the screen.
fn sign(play: &Play) -> String {
    play.screen().lines().last().unwrap_or_default().to_owned()
}

/// Everything but the last line, which says what changed.
fn face(play: &Play) -> String {
    let screen = play.screen();
    let rows: Vec<&str> = screen.lines().collect();
    rows[..rows.len() - 1].join("\n")
}

/// The same course with one more file that nobody looks at.
fn with_a_new_picture() -> Edition {
    let mut files = draft_files();
    files.insert("assets/new.png".to_owned(), b"new".to_vec());
    edition_of(files)
}

/// A key script to every screen and every page of it.
const SCREENS: &[(&str, &str)] = &[
    ("course", ""),
    ("last line of the course", "End"),
    ("lesson", "Enter Space Space"),
    ("end of a lesson", "Enter G"),
    ("links", "Enter l Down"),
    ("bookmarks", "Enter m M Down"),
    ("no bookmarks", "M"),
    ("a note", "Enter a 'words'"),
    ("search", "/ 'words' Down"),
    ("check", "Down Enter"),
    ("ticked", "Down Enter Down"),
    ("told", "Down Enter 1 Enter"),
    ("ticked twice", "Down Enter 1 Enter Enter 1 2"),
    ("matching", "Down Enter 1 Enter Enter 1 Enter Enter 1 Enter Enter 2"),
    ("ordering", "Down Enter 1 Enter Enter 1 Enter Enter 1 Enter Enter 1 Down 2 Enter Enter J"),
    ("number", "Down Down Down Enter 1 Enter Enter 'priva'"),
    ("second summary", "Down Down Down Enter 1 Enter Enter 'privacy' Enter Enter"),
    ("second review", "Down Down Down Enter 1 Enter Enter 'privacy' Enter Enter v"),
    ("looked up", "Down Enter 1 Enter l Space"),
    ("rules", "Down Down Down Down Enter"),
    ("question", "Down Down Down Down Enter Down Enter 1"),
    ("second question", "Down Down Down Down Enter Down Enter 1 Ctrl-N"),
    ("overview", "Down Down Down Down Enter Down Enter Ctrl-O"),
    ("submit", "Down Down Down Down Enter Down Enter Ctrl-O s"),
    ("result", "Down Down Down Down Enter Down Enter Ctrl-O s y"),
    ("answers", "Down Down Down Down Enter Down Enter Ctrl-O s y v"),
    ("policy", "Down Down Down Down Down Enter Space"),
    ("statement", "Down Down Down Down Down Enter Space Space Space Enter 'agr'"),
    ("signature", "F6"),
    ("certificate", "F6 End Up Enter"),
    ("how to verify", "F6 End Up Enter v"),
    ("help", "Down Enter ?"),
    ("key", "Down Enter F4"),
    ("as 40 columns", "Enter Space F3 F3"),
];

/// Changes after which the course is still without faults.
fn changes() -> Vec<(&'static str, Edition)> {
    let without = |paths: &[&str], manifest: &dyn Fn(String) -> String| {
        let mut files: CourseFiles = draft_files();
        for path in paths {
            files.remove(*path);
        }
        let text = String::from_utf8(files["course.ron"].clone()).expect("a text");
        files.insert("course.ron".to_owned(), manifest(text).into_bytes());
        // Links into what is gone would be faults.
        for quiz in ["quizzes/1.ron", "quizzes/2.ron", "quizzes/bank.ron"] {
            if let Some(text) = files.get(quiz).cloned() {
                let text = String::from_utf8(text).expect("a text");
                files.insert(
                    quiz.to_owned(),
                    text.replace(r#", lesson: "lessons/1.md#part-two""#, "").into_bytes(),
                );
            }
        }
        edition_of(files)
    };
    let first = r#"(lesson: "lessons/1.md", check: "quizzes/1.ron"),"#;
    let second = r#"(lesson: "lessons/2.md", check: "quizzes/2.ron"),"#;
    vec![
        ("nothing to be seen", with_a_new_picture()),
        (
            "first lesson removed",
            without(&["lessons/1.md", "quizzes/1.ron"], &|text| text.replace(first, "")),
        ),
        (
            "second lesson removed",
            without(&["lessons/2.md", "quizzes/2.ron"], &|text| text.replace(second, "")),
        ),
        (
            "checks removed",
            without(&["quizzes/1.ron", "quizzes/2.ron"], &|text| {
                text.replace(r#", check: "quizzes/1.ron""#, "").replace(r#", check: "quizzes/2.ron""#, "")
            }),
        ),
        (
            "lessons exchanged",
            without(&[], &|text| text.replace(first, "+").replace(second, first).replace('+', second)),
        ),
        (
            "policy removed",
            without(&["lessons/policy.md"], &|text| {
                text.replace(
                    r#"policy: (file: "lessons/policy.md", statement: "I have read the rules."),"#,
                    "",
                )
            }),
        ),
        (
            "question removed",
            draft_with(
                "quizzes/1.ron",
                r#"TrueFalse(id: "truth", topic: "b", prompt: "True?", answer: false),"#,
                "",
            ),
        ),
        ("questions renamed", draft_with("quizzes/1.ron", r#"id: "single""#, r#"id: "solo""#)),
        (
            "kind changed",
            draft_with(
                "quizzes/2.ron",
                r#"Text(id: "word", topic: "b", prompt: "Which word?", accepted: ["privacy"],"#,
                r#"Number(id: "word", topic: "b", prompt: "Which word?", answer: 7,"#,
            ),
        ),
        ("quiz renamed", draft_with("quizzes/2.ron", r#"id: "two""#, r#"id: "deux""#)),
        ("certainty not asked", draft_with("quizzes/2.ron", "ask_certainty: true, ", "")),
        ("options renamed", draft_with("quizzes/bank.ron", r#"(id: "a","#, r#"(id: "aa","#)),
        (
            "bank shorter",
            draft_with(
                "quizzes/bank.ron",
                r#"Number(id: "number", topic: "b", prompt: "How much?", answer: 530, unit: "euros"),"#,
                "",
            ),
        ),
        ("draw shorter", draft_with("course.ron", "draw: 4, attempts: 1", "draw: 2")),
        ("lesson shorter", draft_with("lessons/1.md", "Words to read, one after the other.\n\n", "")),
        (
            "lesson longer",
            draft_with(
                "lessons/1.md",
                "Words to read",
                "Many more words, so many that they go on in another line, which stand before those words to read",
            ),
        ),
        ("another course", good(small_course())),
    ]
}

#[test]
fn every_screen_survives_every_change_and_the_way_back() {
    let (changes, draft) = (changes(), edition_of(draft_files()));
    for (screen, script) in SCREENS {
        for (change, edition) in &changes {
            assert!(matches!(edition, Edition::Good { .. }), "{change}: {edition:?}");
            let mut play = Play::preview(80, 24, draft.clone());
            play.keys(script);
            let context = format!("{screen}, {change}");
            for edition in [edition, &draft] {
                play.edition(edition.clone());
                assert!(sign(&play).contains("PREVIEW"), "{context}\n{}", play.screen());
                assert!(!play.screen().contains("not here any more"), "{context}\n{}", play.screen());
                play.resize(40, 12).resize(80, 24);
            }
            // It can be gone on with.
            play.keys("F4 Esc 1 Enter F2 Esc F6 F5");
            assert!(!play.ended || play.screen().contains("A draft"), "{context}\n{}", play.screen());
        }
    }
}

#[test]
fn a_change_that_is_not_seen_changes_nothing_that_is_seen() {
    for (screen, script) in SCREENS {
        let mut play = draft();
        play.keys(script);
        let before = face(&play);
        play.edition(with_a_new_picture());
        assert_eq!(face(&play), before, "{screen}");
        assert!(sign(&play).contains("assets/new.png added"), "{screen}\n{}", play.screen());
    }
}

#[test]
fn every_screen_is_reached_by_its_script() {
    let expected = [
        ("lesson", "Words to read"),
        ("end of a lesson", "100 %"),
        ("links", "https://example.com/b"),
        ("search", "2 of "),
        ("check", "Which one?"),
        ("told", "Why"),
        ("matching", "What belongs together?"),
        ("ordering", "In which order?"),
        ("number", "priva"),
        ("second summary", "2 of 2 right"),
        ("second review", "review 1 of 2"),
        ("looked up", "First"),
        ("rules", "This is the part that counts"),
        ("question", "question 1 of 4"),
        ("second question", "question 2 of 4"),
        ("overview", "overview"),
        ("submit", "submit?"),
        ("result", "not passed"),
        ("answers", "review 1 of 4"),
        ("policy", "Rules"),
        ("statement", "agr"),
        ("signature", "sign?"),
        ("certificate", "Preview has completed"),
        ("key", "right answer"),
        ("as 40 columns", "as 40 columns"),
    ];
    for (screen, words) in expected {
        let script = SCREENS.iter().find(|(name, _)| *name == screen).expect("a script").1;
        let mut play = draft();
        play.keys(script);
        assert!(play.screen().contains(words), "{screen}\n{}", play.screen());
    }
}

#[test]
fn the_reader_keeps_the_place_when_the_text_above_changes() {
    let mut play = draft();
    play.keys("Enter ]");
    let top = |play: &Play| play.screen().lines().nth(2).unwrap_or_default().trim().to_owned();
    assert_eq!(top(&play), "Part two");
    play.edition(draft_with(
        "lessons/1.md",
        "# First\n",
        "# First\n\nNew words above.\n\nAnd more of them.\n",
    ));
    assert_eq!(top(&play), "Part two");
    assert!(sign(&play).contains("✓ lessons/1.md changed · ? all keys"), "{}", play.screen());
    play.keys("Down Down Down");
    assert_eq!(top(&play), "The place.");
    play.edition(draft_with("lessons/1.md", "## Part two\n", "## Part two\n\nA new paragraph.\n"));
    assert_eq!(top(&play), "The place.");
    play.edition(draft_with("lessons/1.md", "The place.", "The place, in other words."));
    assert!(play.screen().contains("The place, in other words."), "{}", play.screen());
}

#[test]
fn what_was_typed_stays_while_its_question_is_rewritten() {
    let mut play = draft();
    play.keys("Down Down Down Enter 1 Enter Enter 'priv'");
    play.edition(draft_with("quizzes/2.ron", "Which word?", "Which word is it?"));
    assert!(
        play.screen().contains("Which word is it?") && play.screen().contains("priv"),
        "{}",
        play.screen()
    );
    // A question before it that is taken away does not take this one away.
    play.edition(draft_with(
        "quizzes/2.ron",
        r#"TrueFalse(id: "true", topic: "a", prompt: "Is it so?", answer: true, why: "It is."),"#,
        "",
    ));
    play.keys("'acy' Enter");
    assert!(play.screen().contains("✓ right: 1 of 1 point"), "{}", play.screen());
}

#[test]
fn an_answer_that_fits_no_more_is_taken_back_and_a_key_that_changed_marks_anew() {
    let mut play = draft();
    play.keys("Down Down Down Enter 1 Enter");
    assert!(play.screen().contains("✓ right"), "{}", play.screen());
    play.edition(draft_with("quizzes/2.ron", "answer: true", "answer: false"));
    assert!(play.screen().contains("✗ not right"), "{}", play.screen());
    let other_kind = r#"Single(id: "true", topic: "a", prompt: "Is it so?", options: [(id: "x", text: "X", right: true), (id: "y", text: "Y")],"#;
    play.edition(draft_with(
        "quizzes/2.ron",
        r#"TrueFalse(id: "true", topic: "a", prompt: "Is it so?", answer: true,"#,
        other_kind,
    ));
    assert!(
        play.screen().contains("question 1 of 2") && play.screen().contains("( ) X"),
        "{}",
        play.screen()
    );
}

#[test]
fn the_assessment_stays_on_its_question_whatever_is_changed_beside_it() {
    let mut play = draft();
    play.keys("Down Down Down Down Enter Down Enter Ctrl-N");
    let prompt = play.screen().lines().nth(4).unwrap_or_default().to_owned();
    // The digest is another one now, and the draw is not.
    play.edition(draft_with("lessons/2.md", "Short.", "Longer."));
    assert_eq!(play.screen().lines().nth(4).unwrap_or_default(), prompt);
    assert!(play.screen().contains("question 2 of 4"), "{}", play.screen());
}

#[test]
fn one_key_shows_the_key_and_one_leads_to_the_end() {
    let mut play = draft();
    play.keys("Down Enter F4");
    assert!(
        play.screen().contains("→ right answer") && play.screen().contains("Alpha is first."),
        "{}",
        play.screen()
    );
    play.keys("Esc");
    assert!(!play.screen().contains("→ right answer"), "{}", play.screen());
    play.keys("F6");
    assert!(play.screen().contains("sign?"), "{}", play.screen());
    play.keys("F5");
    assert!(
        play.screen().contains("○ The first check") || play.screen().contains("not started"),
        "{}",
        play.screen()
    );
    // The allowed attempt was not used up.
    play.keys("End Up Up Enter");
    assert!(play.screen().contains("Begin"), "{}", play.screen());
}

/// A box offered to try it again.
#[test]
fn no_certificate_and_no_notes_are_written() {
    let mut play = draft();
    let told = "a preview writes no files; for learners countersign learn does";
    for keys in ["F6 End Up Enter o", "Right w", "Esc Home Enter m M e"] {
        play.keys(keys);
        assert!(
            play.screen().contains(told) && !play.screen().contains("tries again"),
            "{keys}: {}",
            play.screen()
        );
        play.keys("?  Esc");
        assert!(!play.screen().contains(told), "{keys}: {}", play.screen());
    }
}

#[test]
fn rulers_mark_widths_and_show_the_face_at_them() {
    let mut play = Play::preview(100, 16, edition_of(draft_files()));
    play.keys("Enter F3");
    let row = |play: &Play, row: usize| play.screen().lines().nth(row).unwrap_or_default().to_owned();
    assert!(row(&play, 1).contains("40┊") && row(&play, 1).contains("80┊"), "{}", play.screen());
    assert!(sign(&play).contains("widths marked"), "{}", play.screen());
    // They went through what lay over the screen.
    play.keys("?");
    let through = |line: &str| {
        line.split_once('│')
            .is_some_and(|(_, inside)| inside.split('│').next().is_some_and(|inside| inside.contains('┊')))
    };
    assert!(!play.screen().lines().any(through), "{}", play.screen());
    assert!(play.screen().contains('┊'), "{}", play.screen());
    play.keys("Esc");
    play.keys("F3");
    assert!(row(&play, 1).contains("40│") && sign(&play).contains("as 40 columns"), "{}", play.screen());
    let widest = |play: &Play| {
        let screen = play.screen();
        let body: Vec<&str> = screen.lines().skip(2).take(11).collect();
        body.iter()
            .map(|line| line.split(['│', '┊']).next().unwrap_or_default().trim_end().chars().count())
            .max()
    };
    assert!(widest(&play).is_some_and(|widest| widest <= 40), "{}", play.screen());
    play.keys("F3 F3");
    assert!(sign(&play).contains("as 100 columns"), "{}", play.screen());
    play.keys("F3");
    assert!(!sign(&play).contains("columns") && !play.screen().contains('┊'), "{}", play.screen());
}

#[test]
fn the_help_of_every_screen_names_the_keys_of_the_preview_and_the_learners_does_not() {
    for (screen, script) in SCREENS {
        let mut play = draft();
        play.keys(script);
        let help = play.model.help();
        assert!(help.iter().any(|(keys, _)| keys == "F4"), "{screen}");
        // What learners are promised does not hold here.
        assert!(help.iter().all(|(_, what)| !what.contains("everything is saved")), "{screen}");
    }
    let learner = Play::new(80, 24, small_course());
    assert!(learner.model.help().iter().all(|(keys, _)| !keys.contains("F4")));
    assert!(!learner.screen().contains("PREVIEW"));
}
