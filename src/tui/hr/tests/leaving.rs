//! Leaving while something is being decided: nothing is lost, and nobody leaves without having heard what came of it.

use crate::registry::change::Decision;
use crate::registry::office::{News, Office as _, Ruling};
use crate::shell::Commands;
use crate::tui::hr::testing::{Stage, digest, trouble};
use crate::tui::testing::events;

fn ruling() -> Ruling {
    Ruling {
        record: digest("0010 app-data 2026-05-02"),
        decision: Decision::Accepted,
        by: "J. Doe".to_owned(),
        reason: "took it here".to_owned(),
    }
}

/// A decision is on its way, and whoever entered it presses q.
fn leaving() -> Stage {
    let mut stage = Stage::new(80, 24);
    stage.keys("3");
    stage.model.decides(&ruling());
    stage.keys("q");
    stage
}

#[test]
fn what_is_being_entered_is_entered_before_the_dashboard_leaves() {
    let mut stage = leaving();
    let screen = stage.screen();
    assert!(!stage.ended && screen.contains("entering…"), "{screen}");
    assert!(
        screen.contains("0d1029da is being entered; the dashboard leaves when it is in the log"),
        "{screen}"
    );
    stage.office.news.push_back(News::Decided(ruling()));
    stage.hear();
    assert!(stage.ended);
}

#[test]
fn whoever_leaves_hears_of_it_when_it_was_not_entered() {
    let mut stage = leaving();
    stage.office.news.push_back(News::NotDecided(ruling(), trouble("cannot lock the registry")));
    stage.hear();
    assert!(!stage.ended && stage.screen().contains("error: cannot lock the registry"), "{}", stage.screen());
    stage.keys("Enter q");
    assert!(stage.ended);
}

#[test]
fn a_reason_that_was_typed_is_not_thrown_away_by_q() {
    let mut stage = Stage::new(80, 24);
    stage.keys("3 Enter a 'rang her on 4711' Esc");
    let said = "nothing was decided; the reason is kept until you leave";
    assert!(stage.screen().contains(said), "{}", stage.screen());
    stage.keys("q q");
    let screen = stage.screen();
    assert!(!stage.ended && screen.contains("accept 0d1029da: rang her on 4711"), "{screen}");
    // Neither q twice nor Enter says yes.
    stage.keys("q Enter");
    assert!(!stage.ended && !stage.screen().contains("leave?"), "{}", stage.screen());
    stage.keys("Enter a");
    assert!(stage.screen().contains("> rang her on 4711"), "{}", stage.screen());
    stage.keys("Esc q q y");
    assert!(stage.ended);
}

#[test]
fn the_reasons_for_two_records_do_not_push_one_another_out() {
    let mut stage = Stage::new(80, 24);
    stage.keys("3 Enter a 'for it' Esc x 'against it' Esc a");
    assert!(stage.screen().contains("> for it"), "{}", stage.screen());
    stage.keys("Esc x");
    assert!(stage.screen().contains("> against it"), "{}", stage.screen());
}

#[test]
fn what_is_being_typed_is_kept_when_a_key_leaves_over_it() {
    let mut stage = Stage::new(80, 24);
    stage.keys("3 Enter a 'half a rea' Ctrl-C");
    assert!(!stage.ended && stage.screen().contains("accept 0d1029da: half a rea"), "{}", stage.screen());
    stage.keys("Ctrl-C");
    assert!(stage.ended);
}

#[test]
fn what_is_said_and_the_keys_are_both_seen() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = Stage::new(width, height);
        stage.keys("3 Enter a 'took it here' Enter 'J. Doe' Enter");
        // On a small screen it is read to its end first.
        stage.keys("PgDn PgDn y");
        let screen = stage.screen();
        let lines: Vec<&str> = screen.lines().collect();
        let (said, keys) = (lines[lines.len() - 2], lines[lines.len() - 1]);
        assert!(said.contains("accepted 0d1029da; it is in the log"), "{screen}");
        assert!(keys.contains("q quit") && keys.contains("? help"), "{screen}");
        stage.event(&events("j")[0]);
        assert!(!stage.screen().contains("it is in the log"), "{}", stage.screen());
    }
}

/// It was gone, and nobody had asked for the reading that failed.
#[test]
fn what_comes_by_itself_takes_no_reason_away() {
    let mut stage = Stage::new(80, 24);
    stage.keys("3 Enter a 'half a rea'");
    stage.office.news.push_back(News::NotRead(trouble("cannot use the registry")));
    stage.hear();
    assert!(stage.screen().contains("error: cannot use the registry"), "{}", stage.screen());
    stage.keys("Enter a");
    assert!(stage.screen().contains("> half a rea"), "{}", stage.screen());
}

/// On Unix Ctrl-C is a signal, and a window is closed by one: nobody is asked.
#[test]
fn what_was_typed_is_said_when_a_signal_ends_it() {
    let mut stage = Stage::new(80, 24);
    assert_eq!(stage.killed(), Vec::<String>::new());
    stage.keys("3 Enter x 'not hers' Tab 'J. Doe' Enter Esc a 'half a rea'");
    let said = [
        "not entered: refuse 0d1029da: not hers (by J. Doe)",
        "not entered: accept 0d1029da: half a rea (by J. Doe)",
    ];
    assert_eq!(stage.killed(), said);
    let mut stage = leaving();
    let said =
        "0d1029da was being entered; countersign hr review show 0d1029da says whether it is in the log";
    assert_eq!(stage.killed(), [said]);
}

/// `Esc` answered a question that nobody saw, and a second one left.
#[test]
fn on_a_screen_that_is_too_small_no_key_answers_anything() {
    let mut stage = Stage::new(80, 24);
    stage.keys("3 Enter a 'half a rea' Ctrl-C");
    let before = stage.screen();
    assert!(before.contains("leave?"), "{before}");
    stage.resize(30, 8);
    assert!(stage.screen().contains("needs at least"), "{}", stage.screen());
    stage.keys("Esc Esc q q y n Enter a j");
    stage.resize(80, 24);
    assert!(!stage.ended);
    assert_eq!(stage.screen(), before);
    // Whoever cannot be asked hears on the way out what was not entered.
    stage.keys("Esc a");
    stage.resize(30, 8).keys("Ctrl-C");
    assert!(stage.ended);
    assert_eq!(stage.model.last_words(Commands::default()), ["not entered: accept 0d1029da: half a rea"]);
}

/// It is said by itself, in the middle of a word, and what was shown may not be there any more.
#[test]
fn another_registry_takes_the_pages_away_and_no_reason() {
    let mut stage = Stage::new(80, 24);
    stage.keys("3 Enter a 'half a rea'");
    let words = "registry.db is another file than before\u{1b}[2J".to_owned();
    stage.office.news.push_back(News::Replaced(vec![words]));
    stage.office.waiting.clear();
    stage.office.read(None);
    stage.hear();
    let screen = stage.screen();
    assert!(screen.contains("registry.db is another file than before<U+001B>[2J"), "{screen}");
    stage.keys("Enter");
    let screen = stage.screen();
    assert!(screen.contains("nothing waits for a decision") && !screen.contains("another file"), "{screen}");
    stage.keys("q");
    assert!(stage.screen().contains("accept 0d1029da: half a rea"), "{}", stage.screen());
}

#[test]
fn a_reason_is_said_to_be_kept_only_where_there_is_one() {
    let mut stage = Stage::new(80, 24);
    stage.keys("3 Enter a 'for it' Esc x Esc");
    let screen = stage.screen();
    assert!(screen.contains("nothing was decided") && !screen.contains("is kept"), "{screen}");
}
