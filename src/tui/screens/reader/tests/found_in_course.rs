//! Looking for words in the whole course from a text.

use super::*;

#[test]
fn words_are_found_in_the_whole_course() {
    let mut stage = opened(80, 24, &long_text());
    stage.keys("Space / 'what apps'");
    let there = first_line(&stage);
    assert_snapshot!(stage.keys("Tab Down Down").styled(), @"
     [bold:Long lesson]                      [cyan:section 2 of 5  at 33 %  about 2 minutes left]
    [dim:────────────────────────────────────────────────────────────────────────────────]
      1 lesson 1, [bold:Long lesson › What they take]
        Line 1 says [yellow+bold+underlined:what apps] take on a phone.
      2 lesson 1, [bold:Long lesson › What they take]
        Line 2 says [yellow+bold+underlined:what apps] take on a phone.
    [cyan+bold:›][reversed: 3 lesson 1, ][bold+reversed:Long lesson › What they take][reversed:                                     ]
        Line 3 says [yellow+bold+underlined:what apps] take on a phone.
      4 lesson 1, [bold:Long lesson › What they take]
        Line 4 says [yellow+bold+underlined:what apps] take on a phone.
      5 lesson 1, [bold:Long lesson › What they take]
        Line 5 says [yellow+bold+underlined:what apps] take on a phone.
      6 lesson 1, [bold:Long lesson › What they take]
        Line 6 says [yellow+bold+underlined:what apps] take on a phone.
      7 lesson 1, [bold:Long lesson › What they take]
        Line 7 says [yellow+bold+underlined:what apps] take on a phone.
      8 lesson 1, [bold:Long lesson › What they take]
        Line 8 says [yellow+bold+underlined:what apps] take on a phone.
      9 lesson 1, [bold:Long lesson › What they take]
        Line 9 says [yellow+bold+underlined:what apps] take on a phone.
                                                                                   [bold:↓]
     [cyan+bold:course / ][underlined:what apps                                   ]  [cyan:3 of 48  Tab: this text]

     [cyan+bold:Enter] [dim:open]  [cyan+bold:↓] [dim:next]  [cyan+bold:Tab] [dim:this text]  [cyan+bold:Esc] [dim:back]  [cyan+bold:F1] [dim:help]
    ");
    stage.keys("Ctrl-U 'second'");
    assert_snapshot!(stage.screen(), @"
     Long lesson                      section 2 of 5  at 33 %  about 2 minutes left
    ────────────────────────────────────────────────────────────────────────────────
    ›1 lesson 2, Second lesson
        Second lesson

















     course / second                                         1 of 1  Tab: this text

     Enter open  Tab this text  Esc back  F1 help
    ");
    // Enter opens it there, and Esc comes back to the list, and then to where they were.
    let list = stage.screen();
    assert_snapshot!(stage.keys("Enter").styled(), @r#"
     [bold:Second lesson]                                                 [cyan:1 of 1  at 100 %]
    [dim:────────────────────────────────────────────────────────────────────────────────]
      [cyan+bold+reversed:Second][cyan+bold: lesson]
      [cyan+bold:═════════════]

      Short.

      [dim:────────────────────]
      [cyan+bold:Enter goes back to where you were]














     [cyan+bold:Space] [dim:page]  [cyan+bold:Enter] [dim:back]  [cyan+bold:t] [dim:contents]  [cyan+bold:/] [dim:find]  [cyan+bold:Esc] [dim:list]  [cyan+bold:m] [dim:mark]  [cyan+bold:a] [dim:note]  [cyan+bold:?] [dim:help]
    "#);
    stage.keys("Esc");
    assert_eq!(stage.screen(), list);
    stage.keys("Enter Backspace");
    assert_eq!(stage.screen(), list);
    stage.keys("Esc");
    assert!(first_line(&stage) != "Second lesson" && stage.screen().contains("Long lesson"));
    stage.keys("/ 'what apps'");
    assert_eq!(first_line(&stage), there);
}

/// Neither its lesson nor its heading could be read before it was opened.
#[test]
fn the_marked_place_says_wholly_where_it_is() {
    let course = Arc::new(course::parse(course::embedded()).expect("the bundled course"));
    for (width, height) in [(40, 12), (60, 20)] {
        let mut stage = Stage::new(width, height, Arc::clone(&course));
        stage.keys("Home Enter / Tab 'password'");
        let mut longest = 0;
        for _ in 0..20 {
            let screen = stage.screen();
            let body = screen.lines().collect::<Vec<_>>();
            let body = &body[..body.len() - 2];
            let first = body.iter().position(|line| line.starts_with('›')).expect("a marked place");
            let rest = body[first..].iter();
            let last = rest.clone().position(|line| line.to_lowercase().contains("password"));
            let last = last.unwrap_or_else(|| panic!("what stands there is out of sight:\n{screen}"));
            assert!(!body[first..first + last].iter().any(|line| line.contains('…')), "{screen}");
            longest = longest.max(last);
            stage.keys("Down");
        }
        assert!(longest > 1 || width > 40, "one of them takes several lines");
    }
}

#[test]
fn the_list_of_places_is_walked_and_clicked() {
    let mut stage = opened(40, 12, &long_text());
    assert_snapshot!(stage.keys("/ Tab 'apps' PgDn").screen(), @"
     Long lesson                     at 5 %
    › 4 lesson 1, Long lesson › What they  ↑
                  take
        …4 says what apps take on a phone.
      5 lesson 1, Long le… › What they take
        …5 says what apps take on a phone.
      6 lesson 1, Long le… › What they take
        …6 says what apps take on a phone.
      7 lesson 1, Long le… › What they take
        …7 says what apps take on a phone. ↓
     course / apps                  4 of 49
     Enter open  ↓ next  Esc back  F1 help
    ");
    stage.keys("Down Down Up");
    assert!(stage.screen().contains("5 of 49"));
    // The wheel turns the list, and takes the mark along.
    stage.wheel(MouseEventKind::ScrollDown);
    assert!(stage.screen().contains("› 7 lesson 1"), "{}", stage.screen());
    stage.wheel(MouseEventKind::ScrollUp);
    assert!(stage.screen().contains(" 4 lesson 1"), "{}", stage.screen());
    stage.click("lesson 1");
    assert!(stage.screen().contains("list"), "{}", stage.screen());
    stage.keys("q");
    assert!(stage.screen().contains("course / "));
    // The other way round it is this text again.
    stage.keys("Tab");
    assert!(stage.screen().contains(" / apps") || stage.screen().contains("/ apps"));
    assert!(stage.screen().contains("1 of"));
    // What nobody wrote is nowhere.
    stage.keys("Tab 'zebra' Enter");
    assert!(stage.screen().contains("not found"));
    for (width, height) in [(120, 40), (40, 12), (80, 24)] {
        stage.keys("Ctrl-U 'a'");
        stage.resize(width, height);
        assert!(stage.screen().contains("course / a"), "{width}×{height}");
    }
}

#[test]
fn no_question_is_found() {
    let course = small_course();
    let prompt = crate::markup::plain(&course.assessment.quiz.questions[0].prompt).to_string();
    let mut stage = opened(80, 24, &long_text());
    stage.keys("/ Tab");
    stage.paste(&prompt);
    assert!(stage.screen().contains("not found"), "{}", stage.screen());
}

/// The list stood at the first place again, and nothing said that there are more below.
#[test]
fn the_list_stands_at_the_place_that_was_clicked_and_its_sign_turns_pages() {
    let mut stage = opened(80, 24, &long_text());
    stage.keys("/ Tab 'what apps'").work();
    stage.click("6 lesson 1").keys("Esc");
    assert!(
        stage.screen().contains("› 6 lesson 1") && stage.screen().contains("6 of 48"),
        "{}",
        stage.screen()
    );
    let sign = stage.screen().lines().nth(20).unwrap_or_default().to_owned();
    assert!(sign.ends_with('↓'), "{}", stage.screen());
    let before = stage.screen();
    stage.click_at(79, 20);
    assert!(stage.screen().lines().nth(2).unwrap_or_default().starts_with("› 9 "), "{}", stage.screen());
    stage.click_at(79, 2);
    let last = stage.screen().lines().nth(18).unwrap_or_default().to_owned();
    assert!(last.starts_with("  9 "), "{before}\n{}", stage.screen());
}
