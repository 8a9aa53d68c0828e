use super::*;

/// The button with the focus was passed over before anybody had seen that it has it.
#[test]
fn an_arrow_shows_what_has_the_focus_before_it_leaves_it() {
    let check = |entry: usize, scroll: usize, step: Step, expected: usize| {
        const HEIGHT: u16 = 6;
        let spot = sheet(Spot { entry, scroll }).after(step, HEIGHT);
        assert_eq!(spot.entry(), expected, "{entry} {scroll} {step:?}");
        spot.scroll
    };
    assert_eq!(check(1, 13, Step::Down, 1), 16, "its row is the last one");
    assert_eq!(check(1, 0, Step::Down, 1), 3, "what stands between is read first");
    assert_eq!(check(1, 0, Step::Right, 1), 16);
    assert_eq!(check(1, 0, Step::Left, 1), 16);
    assert_eq!(check(0, 3, Step::Up, 0), 0);
    assert_eq!(check(0, 16, Step::Left, 0), 0);
    // Away from it, the first thing in sight has the focus.
    assert_eq!(check(0, 16, Step::Down, 1), 16);
    assert_eq!(check(1, 0, Step::Up, 0), 0);
}

/// A button above twenty lines of text and one below.
fn sheet(spot: Spot) -> Sheet<&'static str> {
    let mut sheet = Sheet::new(40, spot, Theme::PLAIN);
    sheet.button("first", "first");
    for line in 0..20 {
        sheet.words(&format!("line {line}"), sheet.theme().text());
    }
    sheet.button("last", "last");
    sheet
}

#[test]
fn whoever_scrolled_away_comes_back_to_the_focus_screen_by_screen() {
    const HEIGHT: u16 = 6;
    for (entry, away) in [(0, Step::PageDown), (1, Step::PageUp)] {
        let mut spot = Spot { entry, scroll: if entry == 0 { 0 } else { 16 } };
        assert_eq!(sheet(spot).nearer_to_focus(HEIGHT), None, "it is in sight");
        for _ in 0..9 {
            spot = sheet(spot).after(away, HEIGHT);
        }
        let mut screens = 0;
        while let Some(nearer) = sheet(spot).nearer_to_focus(HEIGHT) {
            assert!(nearer.scroll.abs_diff(spot.scroll) < usize::from(HEIGHT), "no line is skipped");
            spot = nearer;
            screens += 1;
        }
        assert_eq!(screens, 4);
        assert_eq!(sheet(spot).chosen(), Some(["first", "last"][entry]));
    }
}

/// The last line said that Enter chooses, and it turned a page back.
#[test]
fn what_enter_does_is_said_while_what_has_the_focus_is_out_of_sight() {
    let said = |entry: usize, scroll: usize| sheet(Spot { entry, scroll }).enter(6);
    assert_eq!([said(0, 0), said(1, 16)], [None, None]);
    assert_eq!([said(0, 1), said(0, 99)], [Some("to the choice"); 2]);
    assert_eq!([said(1, 0), said(1, 15)], [Some("see rest"); 2]);
}
