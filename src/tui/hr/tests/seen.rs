//! What is seen by whoever sees no colours, and of names that files give.

use super::*;

/// What every screen shows.
fn screens(width: u16, height: u16, theme: Theme) -> Vec<String> {
    let shown = |script: &&str| Stage::with(width, height, TestOffice::small(), theme).keys(script).screen();
    SCRIPTS.iter().map(shown).collect()
}

#[test]
fn nothing_is_said_by_colour_alone() {
    assert_eq!(screens(80, 24, Theme::COLOURED), screens(80, 24, Theme::PLAIN));
    // Every state has a word of its own on the screen.
    let screen = &screens(80, 24, Theme::PLAIN)[0];
    for word in ["complete", "overdue", "waived", "in progress unknown", "failed", "expiring"] {
        assert!(screen.contains(word), "{word}: {screen}");
    }
}

#[test]
fn an_officer_who_sees_no_colours_misses_nothing() {
    for name in ThemeName::ALL.iter().copied() {
        let theme = Theme::of(&Config { theme: name, ..Config::default() }, Device::with(Depth::Full));
        let mut seen = Seen::default();
        for script in SCRIPTS {
            for rest in ["", "j", "j j", "j j j", "End", "Tab", "S", "e"] {
                let mut stage = Stage::with(80, 24, TestOffice::small(), theme);
                stage.keys(script).keys(rest);
                seen.look(stage.terminal.backend());
            }
        }
        seen.check(60);
    }
}

#[test]
fn names_from_files_are_defused_and_columns_stay_aligned() {
    for (width, height) in [(40, 12), (80, 24), (120, 40)] {
        for screen in screens(width, height, Theme::PLAIN) {
            assert!(!screen.contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{202c}']), "{screen}");
        }
    }
    let mut stage = Stage::new(80, 24);
    stage.draw();
    let columns: Vec<usize> = stage
        .screen()
        .lines()
        .filter(|line| line.contains(" app-data "))
        .map(|line| crate::printable::width(&line[..line.find(" app-data ").expect("it is there")]))
        .collect();
    assert_eq!(columns.len(), 6, "{}", stage.screen());
    assert!(columns.iter().all(|column| *column == columns[0]), "{columns:?}\n{}", stage.screen());
}
