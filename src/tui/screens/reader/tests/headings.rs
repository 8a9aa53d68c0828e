//! Headings, beside the text and over it.

use super::*;
use crate::training::PartRead;
use crate::tui::screens::reader::contents::{READ_SIGNS, read_sign};
use crate::tui::theme::Theme;

#[test]
fn headings_lie_over_the_text_where_there_is_no_room_beside_it() {
    let mut stage = opened(80, 24, &long_text());
    assert_snapshot!(stage.keys("] t").styled(), @r#"
     [bold:Long lesson]                           [cyan:1 of 5 parts read  heading 2 of 5, begun]
    [dim:────────────────────────────────────────────────────────────────────────────────]
    [dim: 1 ][green:✓ ]Long lesson[green:                                                           read]
    [reversed:›2 ◐ ][bold+reversed:  What they take][reversed:                                                     begun ]
    [dim: 3 ]○     Contacts, calendars and whatever else stands in the address book of a…
    [dim: 4 ]○   Who reads it                                                    not read
    [dim: 5 ]○           Нижний уровень и 中 文 标 题                                not read
















     [cyan+bold:Enter] [dim:go there]  [cyan+bold:↓] [dim:choose]  [cyan+bold:Esc] [dim:back]  [cyan+bold:?] [dim:help]
    "#);
    assert_snapshot!(stage.keys("j j Enter").screen(), @"
     Long lesson                      section 4 of 5  at 69 %  about 2 minutes left
    ────────────────────────────────────────────────────────────────────────────────
      Who reads it
      ────────────

      Line 1 says what apps take on a phone.

      Line 2 says what apps take on a phone.

      Line 3 says what apps take on a phone.

      Line 4 says what apps take on a phone.

      Line 5 says what apps take on a phone.

      Line 6 says what apps take on a phone.

      Line 7 says what apps take on a phone.

      Line 8 says what apps take on a phone.

      Line 9 says what apps take on a phone.

     Space page  Enter on  t contents  / find  Esc back  m mark  a note  ? help
    ");
    let mut stage = opened(40, 12, &long_text());
    assert_snapshot!(stage.keys("t G").screen(), @r#"
     Long lesson   heading 5 of 5, not read
    •1 ✓ Long lesson     you are here, read
     2 ◐   What they take             begun
     3 ○     Contacts, calendars and whate…
     4 ○   Who reads it            not read
    ›5 ○           Нижний уровень и
                   中文标题




     Enter go there  Esc back  ? help
    "#);
}

/// A dot beside a number stood there and meant nothing to anybody.
#[test]
fn the_signs_beside_headings_are_told() {
    let mut stage = opened(80, 24, &long_text());
    let told = |stage: &Stage, sign: &str| stage.model.help().into_iter().find(|(keys, _)| keys == sign);
    assert_eq!(told(&stage, "•"), None);
    stage.keys("t j");
    assert!(stage.screen().contains("you are here, read"), "{}", stage.screen());
    let (_, means) = told(&stage, "•").expect("the present one");
    assert_eq!(means, "no key: the heading that you are under");
    let (signs, means) = READ_SIGNS;
    let each = [PartRead::Whole, PartRead::Begun, PartRead::Nothing, PartRead::LookedUp];
    assert_eq!(signs, each.map(|read| read_sign(read, Theme::PLAIN).0.trim_end()).join(" "));
    assert_eq!(means, format!("no keys: {}", each.map(PartRead::words).join(", ")));
    assert!(told(&stage, signs).is_some(), "{:?}", stage.model.help());
    // Where all of it was read, there is nothing to tell apart.
    stage.keys("Esc").read_through();
    stage.keys("g t G");
    assert!(stage.screen().contains("you are here"), "{}", stage.screen());
    assert!(told(&stage, "•").is_some() && told(&stage, signs).is_none(), "{:?}", stage.model.help());
}

/// Backspace said that no link had been followed to here.
#[test]
fn backspace_comes_back_from_a_heading_that_was_gone_to() {
    let mut stage = opened(80, 24, &long_text());
    stage.keys("Space");
    let before = first_line(&stage);
    stage.keys("t G Enter");
    assert_ne!(first_line(&stage), before);
    stage.keys("Backspace");
    assert_eq!(first_line(&stage), before);
    assert!(stage.keys("Backspace").screen().contains("no jump led to here"), "{}", stage.screen());
}

#[test]
fn headings_stand_beside_the_text_where_there_is_room() {
    let mut stage = opened(120, 40, &long_text());
    assert_snapshot!(stage.keys("] t j").styled(), @r#"
     [bold:Long lesson]                                                                   [cyan:2 of 5 parts read  heading 3 of 5, begun]
    [dim:────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────]
    [dim: 1 ][green:✓ ]Long lesson[green:                  read] [dim:│]  [cyan+bold:What they take]
    [dim:•2 ][green:✓ ][bold:  What they take][green:       here, read] [dim:│]  [cyan+bold:──────────────]
    [reversed:›3 ◐     Contacts, calendars and       ][dim:│]
    [reversed:         whatever else stands in the   ][dim:│]  Line 1 says what apps take on a phone.
    [reversed:         address book of a phone       ][dim:│]
    [dim: 4 ]○   Who reads it           not read [dim:│]  Line 2 says what apps take on a phone.
    [dim: 5 ]○          Нижний уровень и 中 文 标 … [dim:│]
                                           [dim:│]  Line 3 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 4 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 5 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 6 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 7 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 8 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 9 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 10 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 11 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 12 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  [cyan+bold:Contacts, calendars and whatever else stands in the address book of a phone]
                                           [dim:│]
                                           [dim:│]  Line 1 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 2 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 3 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 4 says what apps take on a phone.

     [cyan+bold:Enter] [dim:go there]  [cyan+bold:↓] [dim:choose]  [cyan+bold:Esc] [dim:back]  [cyan+bold:?] [dim:help]
    "#);
    // They stay, and the keys are for the text again.
    assert_snapshot!(stage.keys("Enter Space").screen(), @r#"
     Long lesson                                                               section 4 of 5  at 92 %  about 1 minute left
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     1 ✓ Long lesson                  read │  Line 4 says what apps take on a phone.
     2 ✓   What they take             read │
     3 ✓     Contacts, calendars and what… │  Line 5 says what apps take on a phone.
    •4 ✓   Who reads it         here, read │
     5 ◐          Нижний уровень и 中文标… │  Line 6 says what apps take on a phone.
                                           │
                                           │  Line 7 says what apps take on a phone.
                                           │
                                           │  Line 8 says what apps take on a phone.
                                           │
                                           │  Line 9 says what apps take on a phone.
                                           │
                                           │  Line 10 says what apps take on a phone.
                                           │
                                           │  Line 11 says what apps take on a phone.
                                           │
                                           │  Line 12 says what apps take on a phone.
                                           │
                                           │  Нижний уровень и 中文标题
                                           │
                                           │  Line 1 says what apps take on a phone.
                                           │
                                           │  Line 2 says what apps take on a phone.
                                           │
                                           │  Line 3 says what apps take on a phone.
                                           │
                                           │  Line 4 says what apps take on a phone.
                                           │
                                           │  Line 5 says what apps take on a phone.
                                           │
                                           │  Line 6 says what apps take on a phone.
                                           │
                                           │  Line 7 says what apps take on a phone.
                                           │
                                           │  Line 8 says what apps take on a phone.
                                           │

     Space page  Enter on  t contents  / find  Esc back  m mark  a note  M notes  ? help
    "#);
    let beside = stage.screen();
    assert!(beside.contains('│'));
    stage.keys("t Esc");
    assert!(!stage.screen().contains('│'), "put away");
}

/// The section of the last heading has no page that begins with it: another one was marked then.
#[test]
fn at_the_end_the_last_heading_is_the_present_one() {
    let mut stage = opened(120, 40, &long_text());
    stage.keys("t End Enter");
    assert!(stage.screen().contains("section 5 of 5  at 100 %"), "{}", stage.screen());
    assert!(stage.screen().contains("\n•5 "), "{}", stage.screen());
    stage.keys("t");
    assert!(status(&stage).starts_with("heading 5 of 5"), "{}", stage.screen());
}

#[test]
fn every_way_among_the_headings() {
    let mut text = "# Many\n".to_owned();
    for number in 2..=120 {
        let _ = writeln!(text, "\n## Part {number}\n\nText {number}.");
    }
    let mut stage = opened(80, 24, &text);
    // What is marked, by the keys that lead there; the list is open all the time.
    stage.keys("t");
    for (script, marked) in [
        ("", 1),
        ("j", 2),
        ("Down Down", 4),
        ("k Up", 2),
        ("Space", 20),
        ("PgUp", 1),
        ("End", 122),
        ("g", 1),
        ("4", 4),
        ("2", 42),
        // There is no 421 nor 429.
        ("1", 1),
        ("1", 11),
        ("9", 119),
        ("9", 9),
        ("0", 90),
        ("j 5", 5),
        ("0 0", 50),
    ] {
        stage.keys(script);
        let read = match marked {
            // The fifth comes with its text on the next page.
            1..5 => "read",
            _ => "not read",
        };
        assert_eq!(status(&stage), format!("heading {marked} of 122, {read}"), "after {script:?}");
        assert!(stage.screen().lines().any(|line| line.starts_with(&format!("›{marked:>3} "))), "{script:?}");
    }
    // The wheel turns the list, and takes the mark along when it would leave it.
    let first = |stage: &Stage| stage.screen().lines().nth(2).unwrap_or_default().trim().to_owned();
    assert!(first(&stage).starts_with("31 "), "{}", stage.screen());
    stage.wheel(MouseEventKind::ScrollDown);
    assert_eq!(status(&stage), "heading 50 of 122, not read");
    assert!(first(&stage).starts_with("34 "), "{}", stage.screen());
    for _ in 0..6 {
        stage.wheel(MouseEventKind::ScrollDown);
    }
    assert_eq!(status(&stage), "heading 52 of 122, not read");
    stage.keys("Enter");
    assert_eq!(first_line(&stage), "Part 52");
    stage.keys("t 7 7 Esc");
    assert_eq!(first_line(&stage), "Part 52", "nobody went anywhere");
    stage.keys("t").click("Part 49");
    assert_eq!(first_line(&stage), "Part 49");
    stage.keys("t q");
    assert_eq!(first_line(&stage), "Part 49");
}

/// The wheel over the text moved the mark among the headings, and a click into the text did nothing.
#[test]
fn the_mouse_moves_what_it_is_over_where_headings_stand_beside_the_text() {
    let mut stage = opened(120, 40, &long_text());
    stage.keys("t");
    let marked = status(&stage);
    let row =
        |stage: &Stage| stage.screen().lines().nth(4).map(|line| line.chars().skip(40).collect::<String>());
    let before = row(&stage);
    stage.wheel_at(MouseEventKind::ScrollDown, 80, 20);
    assert_ne!(row(&stage), before, "{}", stage.screen());
    assert_eq!(status(&stage), marked);
    let text = row(&stage);
    stage.wheel_at(MouseEventKind::ScrollDown, 5, 5);
    assert_eq!(row(&stage), text, "{}", stage.screen());
    assert_ne!(status(&stage), marked);
    assert!(stage.screen().contains("Enter go there"), "{}", stage.screen());
    stage.click_at(80, 20);
    assert!(stage.screen().contains("Space page"), "{}", stage.screen());
    assert!(stage.screen().contains("│"), "the headings stay: {}", stage.screen());
    assert_eq!(row(&stage), text, "{}", stage.screen());
    stage.keys("t");
    assert!(stage.screen().contains("Enter go there"), "and are come back to: {}", stage.screen());
}

/// Enter went to the marked heading, with a link marked and its address below.
#[test]
fn a_link_that_is_clicked_beside_headings_has_the_keys() {
    let text = long_text().replace("Introduction", "[A link](https://example.org/) and an introduction");
    let mut stage = opened(120, 40, &text);
    stage.keys("t").click("A link");
    assert!(stage.screen().contains("── link 1"), "{}", stage.screen());
    assert!(stage.screen().contains("Enter go  "), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("y opens"), "{}", stage.screen());
}
