//! What is wrong with the course that is shown.

use super::*;

#[test]
fn faults_lie_over_the_last_good_course_until_they_are_mended() {
    let mut play = draft();
    play.keys("Enter");
    let faulty = || draft_with("course.ron", "draw: 4", "drow: 4");
    play.edition(faulty()).keys("F2");
    insta::assert_snapshot!(play.screen(), @r#"
     First                             section 1 of 3  at 23 %  about 1 minute left
    ────────────────────────────────────────────────────────────────────────────────
      First
      ═════

      With a link[1] and another[2].

      Words to read, one after the other.
        ┌ faults ──────────────────────────────────────────────────────────────┐
      Wo│ 1 fault. It goes away when it is mended.                             │
        │                                                                      │
      Wo│ course.ron:10:62                                                     │
        │ unknown field `drow`                                                 │
      Wo│ hint: did you mean `draw`?                                           │
        └──────────────────────────────────────────────────────────────────────┘
      Words to read, one after the other.

      Words to read, one after the other.

      Words to read, one after the other.


     Esc close
     PREVIEW · nothing is saved                                       ✗ 1 fault: F2
    "#);
    play.keys("Esc");
    assert!(!play.screen().contains("drow") && sign(&play).contains("✗ 1 fault: F2"), "{}", play.screen());
    // The last good course is usable meanwhile.
    play.keys("Space F2");
    assert!(play.screen().contains("did you mean `draw`?"), "{}", play.screen());
    play.edition(edition_of(draft_files()));
    assert!(!play.screen().contains("faults") && sign(&play).contains("✓ mended"), "{}", play.screen());
}

/// They were seen after leaving, below the screen that was left.
#[test]
fn what_is_wrong_with_the_settings_is_said_first() {
    let notices = vec!["config.ron:1:9: unknown theme `drak`".to_owned()];
    let mut play = Play::preview_with(80, 24, edition_of(draft_files()), notices);
    assert!(play.screen().contains("unknown theme `drak`"), "{}", play.screen());
    play.keys("Esc Enter");
    assert!(play.screen().contains("With a link"), "{}", play.screen());
}

/// The course opened instead, and nothing said so.
#[test]
fn who_asked_for_a_file_that_cannot_be_shown_is_told_before_the_faults() {
    let Edition::Faulty { faults, rest: Some(rest) } =
        draft_with("quizzes/1.ron", "questions: [", "questions [")
    else {
        panic!("something to show")
    };
    let rest = Some(Rest { unshown: Some("quizzes/1.ron".to_owned()), ..rest });
    let mut play = Play::preview(80, 24, Edition::Faulty { faults, rest });
    assert!(
        play.screen().contains("quizzes/1.ron, which you asked for, cannot be shown"),
        "{}",
        play.screen()
    );
    play.keys("Enter");
    assert!(play.screen().contains("quizzes/1.ron:"), "{}", play.screen());
    play.keys("Esc Enter");
    assert!(play.screen().contains("With a link"), "{}", play.screen());
}

/// Notices took the place of the faults, which nobody saw.
#[test]
fn faults_wait_behind_what_is_wrong_with_the_settings() {
    let faulty = |wrong: &str| draft_with("lessons/2.md", "Short.", &format!("See [it](#{wrong})."));
    let begin = || Play::preview_with(80, 24, faulty("nowhere"), vec!["unknown theme `drak`".to_owned()]);
    let check = |play: &Play, seen: &str, unseen: &str| {
        assert!(play.screen().contains(seen) && !play.screen().contains(unseen), "{}", play.screen());
    };
    let mut play = begin();
    check(&play, "unknown theme `drak`", "#nowhere");
    play.edition(faulty("nobody"));
    check(&play, "unknown theme `drak`", "#nobody");
    play.keys("Enter");
    check(&play, "#nobody", "drak");
    play.keys("Enter");
    check(&play, "Second", "#nobody");
    // Who asks for them need not read what lies before them, and what is mended meanwhile is not shown.
    let mut play = begin();
    play.keys("F2");
    check(&play, "#nowhere", "drak");
    play.keys("Esc");
    check(&play, "Second", "#nowhere");
    let mut play = begin();
    play.edition(edition_of(draft_files())).keys("Enter");
    check(&play, "Second", "1 fault");
}

/// Such faults were not told at all; told like others they would have stopped the preview at the last version without them.
#[test]
fn faults_that_leave_nothing_out_are_told_of_a_course_that_is_kept_up_with() {
    let faulty = |words: &str| {
        let Edition::Good { course, asked } = draft_with("lessons/1.md", "With [a", words) else {
            panic!("a good course")
        };
        let faults =
            vec![Fault::of_file(Rule::DeadReference, "lessons/1.md", "there is no picture".to_owned())];
        Edition::Faulty { faults, rest: Some(Rest { course, shown: Shown::Whole, asked, unshown: None }) }
    };
    let mut play = draft();
    play.keys("Enter");
    play.edition(faulty("With [one")).keys("F2");
    assert!(play.screen().contains("there is no picture"), "{}", play.screen());
    play.keys("Esc");
    assert!(play.screen().contains("With one link"), "{}", play.screen());
    play.edition(faulty("With [any"));
    assert!(play.screen().contains("With any link"), "{}", play.screen());
    assert!(sign(&play).contains("✗ 1 fault: F2"), "{}", play.screen());
    // What leaves something out does not take its place.
    play.edition(draft_with("lessons/2.md", "# Second", "Second"));
    assert!(play.screen().contains("With any link"), "{}", play.screen());
}

/// A dead link in a course that was whole kept the last version without it on the screen.
#[test]
fn a_whole_course_with_a_dead_link_is_kept_up_with() {
    let mut play = draft();
    play.edition(draft_with("lessons/2.md", "Short.", "See [it](#nowhere)."));
    play.keys("Down Down Enter");
    assert!(play.screen().contains("See it"), "{}", play.screen());
    play.edition(draft_with("lessons/2.md", "Short.", "See [that](#nowhere)."));
    assert!(play.screen().contains("See that"), "{}", play.screen());
    assert!(sign(&play).contains("✗ 1 fault: F2"), "{}", play.screen());
}

/// A lesson that could not be shown for a while was said to be removed, and to be added when it was mended.
#[test]
fn a_file_that_cannot_be_shown_is_still_there() {
    let mut files = draft_files();
    files.insert("lessons/2.md".to_owned(), b"No heading.\n".to_vec());
    let mut play = Play::preview(80, 24, edition_of(files));
    play.keys("Esc");
    assert!(!play.screen().contains("Second"), "{}", play.screen());
    play.edition(edition_of(draft_files()));
    assert!(sign(&play).contains("✓ mended; lessons/2.md changed"), "{}", play.screen());
}

/// One dead link kept the whole course from being seen.
#[test]
fn what_can_be_shown_of_a_faulty_course_is_shown_and_kept_up_with() {
    let files_with = |first: &str, second: &str| {
        let mut files = draft_files();
        let text = String::from_utf8(files["lessons/1.md"].clone()).expect("a text");
        files.insert("lessons/1.md".to_owned(), text.replace("With [a", first).into_bytes());
        files.insert("lessons/2.md".to_owned(), format!("# Second\n\nSee [it](#{second}).\n").into_bytes());
        edition_of(files)
    };
    let mut play = Play::preview(80, 24, files_with("With [a", "nowhere"));
    assert!(play.screen().contains("lessons/2.md:3:5"), "{}", play.screen());
    play.keys("Esc Enter");
    assert!(play.screen().contains("With a link"), "{}", play.screen());
    // What is saved meanwhile is seen, and what is known to be wrong is not said again.
    play.edition(files_with("With [one", "nowhere"));
    assert!(play.screen().contains("With one link"), "{}", play.screen());
    assert!(!play.screen().contains("lessons/2.md:3:5"), "{}", play.screen());
    assert!(sign(&play).contains("✗ 1 fault: F2"), "{}", play.screen());
    play.edition(files_with("With [one", "nobody"));
    assert!(play.screen().contains("With one link"), "{}", play.screen());
    play.keys("F2");
    assert!(play.screen().contains("`#nobody`"), "another fault is listed: {}", play.screen());
    play.edition(files_with("With [one", "second"));
    assert!(sign(&play).contains("✓ mended") && play.screen().contains("With one link"), "{}", play.screen());
    // A link that leads nowhere does, and nothing else.
    let mut play = Play::preview(80, 24, files_with("With [a", "nowhere"));
    play.keys("Esc Down Down Enter Tab Enter");
    assert!(play.screen().contains("See it"), "{}", play.screen());
}

/// A save that mended one of several faults laid the list over the lesson, and words that were typed went nowhere.
#[test]
fn a_save_that_changes_the_faults_lays_nothing_over_what_is_read_or_typed() {
    let faulty = |links: &str| draft_with("lessons/2.md", "Short.", links);
    let mut play = Play::preview(80, 24, faulty("[a](#x) [b](#y)"));
    play.keys("Esc Enter / 'li");
    play.edition(faulty("[a](#x)"));
    assert!(
        play.screen().contains("With a link") && !play.screen().contains("┌ faults"),
        "{}",
        play.screen()
    );
    assert!(sign(&play).contains("✗ 1 fault: F2"), "{}", play.screen());
    play.edition(faulty("[a](#x) [b](#y) [c](#z)")).keys("'nk'");
    assert!(play.screen().contains("/ link"), "{}", play.screen());
    assert!(sign(&play).contains("✗ 3 faults: F2"), "{}", play.screen());
    play.keys("Esc ?").edition(faulty("[a](#x)"));
    assert!(!play.screen().contains("┌ faults"), "{}", play.screen());
}

/// Any save of another file took the list away from under its reader, and another fault sent them back to its top.
#[test]
fn who_reads_in_the_faults_of_what_is_shown_stays_there() {
    let links = |number: usize, last: &str| -> String {
        (1..=number).map(|link| format!("See [it](#nowhere-{link}).\n\n")).chain([last.to_owned()]).collect()
    };
    let faulty = |second: String| draft_with("lessons/2.md", "Short.", &second);
    let mut play = Play::preview(80, 24, faulty(links(12, "")));
    play.keys("Down Down Down");
    let before = face(&play);
    assert!(before.contains("nowhere-3") && !before.contains("12 faults"), "{before}");
    play.edition(faulty(links(12, "Other words.")));
    assert_eq!(face(&play), before);
    play.edition(faulty(links(13, "Other words.")));
    assert_eq!(face(&play), before);
    // A list that has become shorter than where they were is read at its end.
    play.keys("End");
    play.edition(faulty(links(1, "")));
    assert!(play.screen().contains("nowhere-1"), "{}", play.screen());
}

#[test]
fn a_course_that_is_faulty_from_the_beginning_appears_when_it_is_mended() {
    let faulty = || draft_with("course.ron", "draw: 4", "draw: 400");
    let mut play = Play::preview(80, 24, faulty());
    assert!(play.screen().contains("cannot draw 400"), "{}", play.screen());
    play.keys("Esc F4 F6 F5 ? Esc Enter");
    assert!(play.screen().contains("cannot be shown yet"), "{}", play.screen());
    play.edition(faulty());
    assert!(play.screen().contains("cannot draw 400"), "{}", play.screen());
    let Edition::Good { course, .. } = edition_of(draft_files()) else { panic!("a good course") };
    play.edition(Edition::Good { course, asked: Some(Step::Check(1)) });
    assert!(play.screen().contains("Is it so?"), "{}", play.screen());
    play.keys("Esc q");
    assert!(play.ended);
}

#[test]
fn q_leaves_while_there_is_nothing_to_be_seen() {
    let mut play = Play::preview(40, 12, edition_of(CourseFiles::new()));
    play.keys("Esc q");
    assert!(play.ended);
}
