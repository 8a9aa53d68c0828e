//! The pages of a person, a record and a file that was put aside: they say what strangers claim as it is, and name no key that
//! does nothing there.

use crate::registry::person::Presence;
use crate::registry::terms::Treatment;
use crate::tui::hr::testing::{Stage, TestOffice, With as _, person, time};
use crate::tui::theme::Theme;

/// The dashboard at a file that was put aside, which names this person and comes under this name.
fn aside(claimed: &'static str) -> Stage {
    let mut office = TestOffice::small();
    office.claimed = Some(claimed);
    let mut stage = Stage::with(80, 60, office, Theme::COLOURED);
    stage.keys("3 j Enter");
    stage
}

/// The last line.
fn footer(stage: &Stage) -> String {
    stage.screen().lines().last().unwrap_or_default().to_owned()
}

#[test]
fn a_page_without_keys_to_decide_names_none() {
    let stage = aside("Ada Byron");
    let screen = stage.screen();
    assert!(screen.contains("✗ identity: fail"), "{screen}");
    assert!(!screen.contains("(a)") && !screen.contains("(x)"), "{screen}");
    assert!(screen.contains("collect --again PATH"), "{screen}");
    // A record that was decided is one of those pages; one that waits is none.
    let mut stage = Stage::new(80, 40);
    stage.keys("3 Enter");
    assert!(stage.screen().contains("accept it (a) or"), "{}", stage.screen());
    stage.keys("a 'took it here' Enter 'J. Doe' Enter y 1 Home j j j Enter Enter");
    let screen = stage.screen();
    assert!(screen.contains("‹ record 0d1029da") && screen.contains("? identity: unknown"), "{screen}");
    assert!(!screen.contains("(a)"), "{screen}");
}

/// The first letter is Cyrillic, and on a screen nobody sees it.
#[test]
fn letters_that_pass_for_others_are_pointed_out() {
    for keys in ["3 j Enter", "1 Home Enter Enter"] {
        let mut stage = aside("\u{410}da Byron");
        stage.keys(keys);
        let screen = stage.screen();
        let words = "! the name looks like the name on the roster and is written with other";
        assert!(screen.contains(words) && screen.contains("Cyrillic and Latin"), "{screen}");
    }
    let screen = aside("Ada Byron").screen();
    assert!(!screen.contains("letters"), "{screen}");
}

/// They were blanks, and a name of two lines was the name of somebody.
#[test]
fn what_is_no_space_is_marked_and_what_is_empty_is_said() {
    let screen = aside("Ada\u{a}Byron\u{9}\u{85}").screen();
    assert!(screen.contains("Ada<U+000A>Byron<U+0009><U+0085> (0007)"), "{screen}");
    let screen = aside("").screen();
    assert!(screen.contains("(empty) (0007)"), "{screen}");
    let mut office = TestOffice::small();
    office.aside[0].claimed = Some(String::new());
    office.aside[0].called = Some(" ".to_owned());
    let mut stage = Stage::with(80, 24, office, Theme::COLOURED);
    stage.keys("3");
    assert!(stage.screen().contains("  names nobody, "), "{}", stage.screen());
    stage.office.aside[0].called = Some("Mallory".to_owned());
    stage.keys("r");
    assert!(stage.screen().contains("  says: (empty) Mallory, "), "{}", stage.screen());
}

#[test]
fn the_footer_names_what_there_is_to_do() {
    let mut stage = Stage::new(80, 24);
    stage.keys("End k k Enter");
    assert!(stage.screen().contains("no record has come"), "{}", stage.screen());
    assert!(footer(&stage).contains("q back") && !footer(&stage).contains("choose"), "{}", footer(&stage));
    stage.keys("q Home Enter");
    assert!(footer(&stage).contains("Enter choose"), "{}", footer(&stage));
    // A record that waits for nobody has nothing to choose.
    stage.keys("Enter");
    assert!(stage.screen().contains("‹ record"), "{}", stage.screen());
    assert!(!footer(&stage).contains("choose") && footer(&stage).contains("q back"), "{}", footer(&stage));
    stage.keys("q q");
    assert!(footer(&stage).contains("q quit"), "{}", footer(&stage));
    let mut office = TestOffice::small();
    office.waiting.clear();
    office.aside.clear();
    let mut stage = Stage::with(80, 24, office, Theme::COLOURED);
    stage.keys("3");
    assert!(!footer(&stage).contains("look"), "{}", footer(&stage));
}

#[test]
fn the_entry_in_the_log_is_folded_away() {
    let mut stage = Stage::new(80, 40);
    stage.keys("3 Enter");
    let screen = stage.screen();
    assert!(screen.contains("entry       21 bytes of JSON; o shows them"), "{screen}");
    stage.keys("o");
    assert!(stage.screen().contains("entry       {\"entry\":\"collected\"}"), "{}", stage.screen());
    stage.keys("o");
    assert_eq!(stage.screen(), screen);
}

/// Below the last row of a small screen nobody saw that anything had changed.
#[test]
fn the_entry_in_the_log_comes_into_sight() {
    for (columns, rows) in [(80, 24), (40, 12)] {
        let mut stage = Stage::with(columns, rows, TestOffice::small(), Theme::COLOURED);
        stage.keys("3 Enter");
        assert!(!stage.screen().contains("of JSON; o shows"), "{}", stage.screen());
        stage.keys("o");
        assert!(stage.screen().contains("{\"entry\":\"collected\"}"), "{}", stage.screen());
    }
}

/// It stood below the claims, where nobody saw it on a small screen.
#[test]
fn why_a_record_waits_is_told_first() {
    let mut stage = Stage::with(40, 12, TestOffice::small(), Theme::COLOURED);
    stage.keys("3 Enter");
    let screen = stage.screen();
    let reason = "? identity: what was looked at for";
    assert!(screen.contains("it waits, because") && screen.contains(reason), "{screen}");
}

#[test]
fn g_goes_to_both_ends_of_a_page() {
    let mut stage = Stage::new(80, 14);
    stage.keys("3 Enter");
    let top = stage.screen();
    stage.keys("G");
    assert!(stage.screen().contains("[ Refuse this record … ]"), "{}", stage.screen());
    stage.keys("g");
    assert_eq!(stage.screen(), top);
    stage.keys("? End");
    let help: String = stage.model.help().into_iter().map(|(keys, _)| keys + " ").collect();
    assert!(help.contains("Home g") && help.contains("End G"), "{help}");
}

#[test]
fn what_is_missing_is_asked_for_until_it_is_typed() {
    let mut stage = Stage::new(80, 24);
    stage.keys("3 Enter a Enter");
    assert!(stage.screen().contains("✗ say why"), "{}", stage.screen());
    stage.keys("'x'");
    assert!(!stage.screen().contains("✗ say why"), "{}", stage.screen());
}

/// What was put aside in somebody's name is seen at their page, also where no record of theirs ever came.
#[test]
fn a_forged_file_is_told_at_the_page_of_whom_it_names() {
    let mut office = TestOffice::small();
    office.aside[0].claimed = Some("0008".to_owned());
    office.aside[0].called = Some("王小明".to_owned());
    let mut stage = Stage::with(80, 24, office, Theme::COLOURED);
    stage.keys("j Enter");
    let screen = stage.screen();
    assert!(screen.contains("received 2026-05-03, put aside: holiday<U+001B>[2J.jpg"), "{screen}");
    assert!(screen.contains("grading fail: the record claims 13, it is 14"), "{screen}");
    stage.keys("Enter");
    assert!(stage.screen().contains("‹ put aside 71ca7d93"), "{}", stage.screen());
}

#[test]
fn whoever_is_not_found_may_wait_in_the_review() {
    let mut stage = Stage::new(80, 24);
    stage.office.aside[0].called = Some("Mallory Mörk".to_owned());
    stage.keys("r / 'mork mallory'");
    let screen = stage.screen();
    assert!(screen.contains("nothing fits") && screen.contains("3 shows it"), "{screen}");
    stage.keys("Esc / 'holiday'");
    assert!(stage.screen().contains("3 shows it"), "{}", stage.screen());
    stage.keys("Enter 3");
    assert!(stage.screen().contains("› ✗ aside: grading  71ca7d93"), "{}", stage.screen());
    // Nobody was looked for there.
    stage.keys("Home 1 Esc 3");
    assert!(stage.screen().contains("› ? waits"), "{}", stage.screen());
    stage.keys("1 / 'nobody at all'");
    assert!(!stage.screen().contains("3 shows"), "{}", stage.screen());
}

/// It began with the path, which is the same for all that came in one folder.
#[test]
fn a_narrow_row_says_first_what_is_wrong_and_whose_it_is() {
    let mut office = TestOffice::small();
    office.aside[0].name = "/srv/drop/2026/may/7.completion.json".to_owned();
    let mut stage = Stage::with(40, 12, office, Theme::COLOURED);
    stage.keys("3 End");
    assert!(stage.screen().contains("› ✗ aside: grading  71ca7d93  says: 00…"), "{}", stage.screen());
}

/// Three who are not at work, each another way.
fn elsewhere() -> TestOffice {
    let mut people = vec![
        person("0001", "Ada Byron", "Sales").asked("app-data", "2026-08-10"),
        person("0002", "Nora New", "Office of the board").asked("app-data", "2026-08-10"),
        person("0003", "Maximiliane von Hohenstaufen", "Sales").sent(
            "app-data",
            "2026-02-05",
            90,
            Treatment::Accept,
        ),
        person("0004", "On Leave", "Sales").asked("app-data", "2026-08-10"),
    ];
    let presences = [Presence::Active, Presence::Gone, Presence::Gone, Presence::Away];
    for (person, presence) in people.iter_mut().zip(presences) {
        let roster = person.roster.as_mut().expect("they stand on it");
        roster.presence = presence;
        roster.said = presence;
    }
    // A joiner: what the roster says is that they are at work, and their first day is tomorrow.
    let joiner = people[1].roster.as_mut().expect("she stands on it");
    joiner.said = Presence::Active;
    joiner.day = time("2026-06-01").date();
    joiner.profile.hired = joiner.day.succ_opt();
    TestOffice::of(people)
}

#[test]
fn a_joiner_is_to_come_and_has_not_left() {
    let mut stage = Stage::with(90, 24, elsewhere(), Theme::COLOURED);
    let screen = stage.screen();
    assert!(screen.contains("without a row: 1 on leave, 1 to come, 1 left"), "{screen}");
    stage.keys("e / 'to come' Enter");
    assert!(
        stage.screen().contains("Nora New") && !stage.screen().contains("Maximiliane"),
        "{}",
        stage.screen()
    );
    stage.keys("Enter");
    assert!(stage.screen().contains("counted as  to come"), "{}", stage.screen());
}

/// `(on leave) Maxim…`: what somebody is took the room of the name.
#[test]
fn no_name_is_cut_for_what_somebody_is() {
    let mut stage = Stage::with(160, 24, elsewhere(), Theme::COLOURED);
    stage.keys("e");
    assert!(stage.screen().contains("Maximiliane von Hohenstaufen (left)"), "{}", stage.screen());
    let mut stage = Stage::with(80, 24, elsewhere(), Theme::COLOURED);
    stage.keys("e End k");
    let screen = stage.screen();
    assert!(screen.contains("¦ on leave, » to come, « left"), "{screen}");
    let row = stage.cursor_row();
    assert!(row.contains("« Maximiliane"), "{row}");
    // The line below the list tells it in words.
    assert!(screen.contains("Maximiliane von Hohenstaufen (left)"), "{screen}");
}

#[test]
fn bars_take_the_room_that_there_is() {
    for (width, cells) in [(80, 40), (120, 80), (160, 120)] {
        let mut stage = Stage::new(width, 24);
        stage.keys("2 v");
        let full = stage.screen().lines().map(|line| line.matches('█').count()).max();
        assert!(full >= Some(cells), "{}", stage.screen());
    }
}
