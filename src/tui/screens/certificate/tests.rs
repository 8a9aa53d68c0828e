//! The certificate as a learner lives it.

use crate::tui::message::{Destination, Message as FaceMessage};
use crate::tui::screens::samples::{beginning, ready_for_the_policy, small_course_of_version};
use crate::tui::testing::Stage;

fn signed(width: u16, height: u16) -> Stage {
    let mut stage = ready_for_the_policy(width, height);
    stage.message(FaceMessage::Go(Destination::Policy));
    stage.read_through().keys("Enter 'agree' Enter");
    // On a narrow screen the first one shows the rest of what is agreed to, and there is more to read before one can sign.
    if stage.screen().contains("agree?") {
        stage.keys("Enter");
    }
    while !stage.screen().contains("› [ Sign") {
        stage.keys("Down");
    }
    while stage.world.stored.completions.is_empty() {
        stage.keys("Enter");
    }
    stage
}

#[test]
fn before_the_record_there_is_none() {
    let mut stage = beginning(80, 24);
    stage.message(FaceMessage::Go(Destination::Certificate));
    assert!(!stage.screen().contains("has completed"), "{}", stage.screen());
}

#[test]
fn who_what_how_well_and_what_to_do() {
    let mut stage = signed(80, 24);
    insta::assert_snapshot!(stage.screen(), @r#"
     Certificate                                                           complete
    ────────────────────────────────────────────────────────────────────────────────
     ✓ Ada Lovelace has completed
     A small course, version 1.0.0

     employee no.  0042
     score         100 % (4 of 4 points), 75 % needed, 1 attempt
     signed        2026-11-22 10:00 UTC+01:00
     valid until   2027-11-22
     agreed to     “I have read the rules, and I will follow them.”
     record        /home/ada/Documents/countersign/
                   0042_small_2026-11-22_44c524b1.completion.json
     fingerprint   sha256:44c524b1bfc29a02e45a491618f1598743f66909c30ea2a78d885eaa
                   0fb8237f

     What to do now:
     Send this file to hr@example.com.
     The record file is what counts. Keep a copy; any change to it is noticed.

     › [ Copy the path of the record ]
       [ Write a certificate to print ]
       [ How anybody checks this ]

     Enter choose  c copy  o certificate  v verify  Esc back  ? help
    "#);
    stage.resize(40, 12);
    insta::assert_snapshot!(stage.screen(), @r#"
    Certificate                   complete
    ✓ Ada Lovelace has completed
    A small course, version 1.0.0

    employee no.  0042
    score         100 % (4 of 4 points),
                  75 % needed, 1 attempt
    signed        2026-11-22 10:00
                  UTC+01:00
    valid until   2027-11-22
    agreed to     “I have read the rules, ↓
    Enter see rest  Esc back  ? help
    "#);
    // What is to be copied has the whole width, and is broken between its parts.
    stage.keys("PgDn");
    insta::assert_snapshot!(stage.screen(), @r#"
    Certificate                   complete
    agreed to     “I have read the rules, ↑
                  and I will follow
                  them.”
    record (c copies it):
      /home/ada/Documents/countersign/
      0042_small_2026-11-22_44c524b1.
      completion.json
    fingerprint:
      sha256:44c524b1bfc29a02e45a491618f1
      598743f66909c30ea2a78d885eaa0fb8237 ↓
    Enter see rest  Esc back  ? help
    "#);
    stage.keys("End");
    insta::assert_snapshot!(stage.screen(), @r#"
    Certificate                   complete
      f                                   ↑

    What to do now:
    Send this file to hr@example.com.
    The record file is what counts. Keep
    a copy; any change to it is noticed.

      [ Copy the path of the record ]
      [ Write a certificate to print ]
    › [ How anybody checks this ]
    Enter choose  c copy  Esc back  ? help
    "#);
}

#[test]
fn copying_exporting_and_verifying() {
    let mut stage = signed(80, 24);
    stage.keys("c");
    let [path] = stage.session.copied.as_slice() else { panic!("one path: {:?}", stage.session.copied) };
    let path = path.clone();
    assert_eq!(stage.said(), "path copied if the terminal can");
    assert!(
        path.starts_with("/home/ada/Documents/countersign/") && path.ends_with(&stage.world.delivered[0]),
        "{path}"
    );
    stage.keys("o");
    let [(name, page)] = stage.world.exported.as_slice() else { panic!("one page") };
    assert!(name.ends_with(".certificate.html") && page.contains("Ada Lovelace"), "{name}");
    // It was cut at the end of the last line.
    let said: String =
        stage.screen().lines().filter_map(|line| line.split('│').nth(1)).map(str::trim).collect();
    assert!(
        said.contains(&format!("to print was written:/home/ada/Documents/countersign/{name}")),
        "{}",
        stage.screen()
    );
    // This path could be copied nowhere.
    let written = stage.world.exported[0].0.clone();
    assert!(stage.screen().contains("c copies the path, Enter goes on."), "{}", stage.screen());
    for copies in ["c copy path", "c copies"] {
        stage.keys("Enter o").click(copies);
        assert!(stage.model.overlay().is_none(), "{copies}");
        assert_eq!(stage.session.copied.last(), Some(&format!("/home/ada/Documents/countersign/{written}")));
        assert_eq!(stage.said(), "path copied if the terminal can");
    }
    stage.keys("w c");
    assert_eq!(stage.session.copied.last(), Some(&path));
    stage.keys("v");
    assert!(stage.screen().contains("countersign verify"), "{}", stage.screen());
    let command = format!("countersign verify {path}");
    for copies in ["c copy", "Copy the command"] {
        stage.keys("End").click(copies);
        assert_eq!(stage.session.copied.last(), Some(&command), "{copies}");
        assert_eq!(stage.said(), "command copied if the terminal can");
    }
    stage.keys("Esc");
    assert!(stage.screen().contains("has completed"));
    stage.click("Write a certificate to print");
    assert_eq!(stage.world.exported.len(), 4, "each time it was asked for");
    stage.keys("Enter q");
    assert!(stage.screen().contains("100 %"), "{}", stage.screen());
}

/// It led to the top, and whoever went through the three buttons read all of it again.
#[test]
fn how_anybody_checks_it_leads_back_to_where_one_was() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = signed(width, height);
        let before = stage.keys("End").screen();
        stage.keys("Enter");
        assert!(stage.screen().contains("countersign verify"), "{}", stage.screen());
        stage.keys("Esc");
        assert_eq!(stage.screen(), before, "at {width}x{height}");
    }
}

#[test]
fn on_a_narrow_screen_it_is_read_before_anything_is_chosen() {
    let mut stage = signed(40, 12);
    while !stage.screen().contains("› [ Copy the path") {
        stage.keys("Enter");
        assert_eq!(stage.session.copied, Vec::<String>::new(), "Enter reads on: {}", stage.screen());
    }
    stage.keys("Enter");
    assert_eq!(stage.session.copied.len(), 1, "{}", stage.screen());
    // Only that something was copied was said, the same for the path and for the command.
    assert!(stage.screen().contains("path copied if the terminal can"), "{}", stage.screen());
    stage.keys("v c");
    assert!(stage.screen().contains("command copied if the terminal can"), "{}", stage.screen());
}

/// What the course says, in one line.
fn course_page(stage: &mut Stage) -> String {
    stage.message(FaceMessage::Go(Destination::Course));
    stage.screen().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn when_the_completion_is_over_the_course_says_so_and_how_to_take_it_again() {
    let mut stage = signed(80, 24);
    let over = "! Your completion was valid until 2027-11-22. To take the course again: R.";
    stage.wait(364 * 86_400);
    let before = course_page(&mut stage);
    assert!(!before.contains("valid until"), "{before}");
    stage.wait(2 * 86_400);
    let after = course_page(&mut stage);
    assert!(after.contains(over), "{after}");
    let mut stage = stage.restart();
    assert!(stage.screen().contains(over), "{}", stage.screen());
    stage.keys("R");
    assert!(stage.screen().contains("take the course again?"), "{}", stage.screen());
}

#[test]
fn when_another_version_is_opened_the_course_says_so() {
    let mut stage = signed(80, 24);
    stage.world.course = small_course_of_version("1.1.0");
    let mut stage = stage.restart();
    let told = "! You completed version 1.0.0; this is 1.1.0. To take the course again: R.";
    let page = course_page(&mut stage);
    assert!(page.contains(told), "{page}");
}

/// The mark went back to the record after each, and whoever read several lessons again scrolled up each time.
#[test]
fn who_reads_a_lesson_again_comes_back_to_its_line() {
    let mut stage = signed(80, 24);
    stage.message(FaceMessage::Go(Destination::Lesson(0)));
    stage.keys("Esc");
    let screen = stage.screen();
    assert!(screen.lines().any(|line| line.contains("› ✓ One")), "{screen}");
}
