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

/// Each Enter went one page up, while the last line said that it goes to the choice.
#[test]
fn what_stands_above_is_gone_back_to_at_once_and_what_stands_below_screen_by_screen() {
    const HEIGHT: u16 = 6;
    let back = sheet(Spot { entry: 0, scroll: 16 }).nearer_to_focus(HEIGHT).expect("it is out of sight");
    assert_eq!(back, Spot { entry: 0, scroll: 0 });
    assert_eq!(sheet(back).nearer_to_focus(HEIGHT), None, "it is in sight");
    let (mut spot, mut screens) = (Spot { entry: 1, scroll: 0 }, 0);
    while let Some(nearer) = sheet(spot).nearer_to_focus(HEIGHT) {
        assert!(nearer.scroll.abs_diff(spot.scroll) < usize::from(HEIGHT), "no line is skipped");
        spot = nearer;
        screens += 1;
    }
    assert_eq!(screens, 4);
    assert_eq!(sheet(spot).chosen(), Some("last"));
}

/// "Not yet" stood in the last row, as if there were nothing else to choose.
#[test]
fn of_two_things_to_choose_below_each_other_one_does_not_stand_there_alone() {
    let sheet = |spot| {
        let mut sheet = Sheet::new(40, spot, Theme::PLAIN);
        for line in 0..8 {
            sheet.words(&format!("line {line}"), sheet.theme().text());
        }
        sheet.button("not yet", "not yet");
        sheet.button("begin", "begin");
        sheet.words("and what else there is to say", sheet.theme().text());
        sheet
    };
    let top = |height, step| sheet(Spot::at(0)).after(step, height).scroll;
    assert_eq!(top(6, Step::PageDown), 5, "it is in sight, and more below");
    assert_eq!((top(5, Step::PageDown), top(5, Step::Right)), (5, 5));
    assert_eq!((sheet(Spot::at(0)).at(0, 9).scroll, sheet(Spot::at(0)).at(0, 8).scroll), (1, 2));
    assert_eq!(sheet(Spot::at(0)).at(0, 1).scroll, 8, "there is no room for two");
}

/// The last line said that Enter chooses, and it turned a page back.
#[test]
fn what_enter_does_is_said_while_what_has_the_focus_is_out_of_sight() {
    let said = |entry: usize, scroll: usize| sheet(Spot { entry, scroll }).enter(6);
    assert_eq!([said(0, 0), said(1, 16)], [None, None]);
    assert_eq!([said(0, 1), said(0, 99)], [Some("to the choice"); 2]);
    assert_eq!([said(1, 0), said(1, 15)], [Some("see rest"); 2]);
}

/// The buttons of the overview jumped whenever another question was looked at.
#[test]
fn words_in_so_many_rows_are_cut_off_or_filled_up() {
    let check = |words: &str, expected: [&str; 2]| {
        // Two columns are kept for signs.
        let mut sheet = Sheet::<()>::new(14, Spot::default(), Theme::PLAIN);
        sheet.words_in(2, words, sheet.theme().text());
        assert_eq!(sheet.rows.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{words}");
    };
    check("", ["", ""]);
    check("one row", ["one row", ""]);
    check("two rows that fit", ["two rows", "that fit"]);
    check("three rows are one too many", ["three rows", "are one too…"]);
    check("more than there is room for", ["more than", "there is …"]);
}

/// Its path was broken between two folders, and marked with the mouse it was two commands that are none.
#[test]
fn the_path_of_a_command_stays_in_one_piece_where_it_fits() {
    let path = "'/home/ada/My documents/countersign/0042_small-course_26.json'";
    let lines = |width: u16| {
        let mut sheet = Sheet::<()>::new(width, Spot::default(), Theme::PLAIN);
        sheet.command("countersign verify", path);
        sheet.rows.iter().map(|row| row.to_string().trim().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(lines(90), [format!("countersign verify {path}")]);
    for width in [66, 80] {
        assert_eq!(lines(width), ["countersign verify", path], "{width}");
    }
    assert!(lines(63)[0].starts_with("countersign verify '/home/"), "{:?}", lines(63));
}

/// A path was torn within its words, and whoever copied it line by line missed what belongs together.
#[test]
fn a_command_is_broken_between_its_parts() {
    let mut sheet = sheet(Spot::default());
    let first = sheet.rows.len();
    sheet.command("countersign verify", "/home/ada/Documents/countersign/0042_small-course_2026.json");
    let rows: Vec<String> = sheet.rows[first..].iter().map(ToString::to_string).collect();
    assert_eq!(
        rows,
        ["  countersign verify /home/ada/", "  Documents/countersign/", "  0042_small-course_2026.json"]
    );
}
