//! How questions look.

use super::*;

/// What is not plain text on the first row that holds `words`: each run with its look.
fn looks(pad: &AnswerPad, words: &str) -> String {
    let row = pad.window.rows().iter().find(|row| row.text().contains(words)).expect("it is on the pad");
    let look = |piece: &Piece| format!("{:?} {:?}", piece.text.as_str(), piece.tone.style(Theme::COLOURED));
    row.pieces.iter().map(look).collect::<Vec<_>>().join("\n")
}

fn life_like() -> Question {
    let mut question = samples::single();
    question.prompt =
        "A page opens inside a social app and asks for your work password. What do you do?".to_owned();
    question.why = Some("An app can see what happens on pages that it opens itself.".to_owned());
    if let Kind::Single { options } = &mut question.kind {
        options[0].text = "Type it: the padlock shows that the page is safe".to_owned();
        options[0].feedback = Some("The padlock says nothing about the app around the page.".to_owned());
        options[1].text = "Open the page in the managed browser first".to_owned();
        options[2].text = "Type it once and change it next week".to_owned();
    }
    question
}

#[test]
fn looks_on_a_wide_and_on_a_narrow_screen() {
    let mut pad = AnswerPad::new(&life_like(), &[], None, ASKED, Setting::Check);
    press(&mut pad, "1 down");
    insta::assert_snapshot!(screen(&mut pad, 80, 14), @r#"
    "Choose one.  (1-9 Space choose, ↑ ↓ move)                                       "
    "                                                                                "
    "A page opens inside a social app and asks for your work password. What do you   "
    "do?                                                                             "
    "                                                                                "
    "  1 (•) Type it: the padlock shows that the page is safe                        "
    "› 2 ( ) Open the page in the managed browser first                              "
    "  3 ( ) Type it once and change it next week                                    "
    "                                                                                "
    "  How sure are you? (optional) ( ) sure ( ) fairly ( ) guessing                 "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    cursor 0,6
    "#);
    insta::assert_snapshot!(screen(&mut pad, 40, 12), @r#"
    "Choose one.                             "
    "                                        "
    "A page opens inside a social app and    "
    "asks for your work password. What do    "
    "you do?                                 "
    "                                        "
    "  1 (•) Type it: the padlock shows      "
    "        that the page is safe           "
    "› 2 ( ) Open the page in the managed    "
    "        browser first                   "
    "  3 ( ) Type it once and change it      "
    "        next week                      ↓"
    cursor 0,8
    "#);
    pad.reveal();
    insta::assert_snapshot!(screen(&mut pad, 80, 17), @r#"
    "✗ not right: 0 of 1 point                                                       "
    "                                                                                "
    "A page opens inside a social app and asks for your work password. What do you   "
    "do?                                                                             "
    "                                                                                "
    "  1 (•) Type it: the padlock shows that the page is safe                        "
    "        ✗ your answer                                                           "
    "        The padlock says nothing about the app around the page.                 "
    "  2 ( ) Open the page in the managed browser first                              "
    "        → right answer                                                          "
    "  3 ( ) Type it once and change it next week                                    "
    "                                                                                "
    "Why:                                                                            "
    "An app can see what happens on pages that it opens itself.                      "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    cursor 0,0
    "#);
    insta::assert_snapshot!(screen(&mut pad, 40, 12), @r#"
    "✗ not right: 0 of 1 point               "
    "                                        "
    "A page opens inside a social app and    "
    "asks for your work password. What do    "
    "you do?                                 "
    "                                        "
    "  1 (•) Type it: the padlock shows      "
    "        that the page is safe           "
    "        ✗ your answer                   "
    "        The padlock says nothing about  "
    "        the app around the page.        "
    "  2 ( ) Open the page in the managed   ↓"
    cursor 0,0
    "#);
    insta::assert_snapshot!(looks(&pad, "✗ your answer"), @r#"
    "        " Style::new()
    "✗ your answer" Style::new().red()
    "#);
    insta::assert_snapshot!(looks(&pad, "right answer"), @r#"
    "        " Style::new()
    "→ right answer" Style::new().green()
    "#);
    insta::assert_snapshot!(looks(&pad, "Why:"), @r#""Why:" Style::new().bold()"#);
}

#[test]
fn pairs_on_the_screen() {
    let mut pad = pad(&samples::matching());
    press(&mut pad, "2 down");
    insta::assert_snapshot!(screen(&mut pad, 80, 12), @r#"
    "Find the right side of every left side.  (↑ ↓ left side, 1-9 ← → right side)    "
    "                                                                                "
    "What about match?                                                               "
    "                                                                                "
    "  The left a                   = 2 The right b                                  "
    "› The left b                   = ? ← →, a number or a click                     "
    "  The left c                   = ?                                              "
    "                                                                                "
    "  1   The right a                                                               "
    "  2 • The right b                                                               "
    "  3   The right c                                                               "
    "  4   The item x                                                                "
    cursor 0,5
    "#);
    insta::assert_snapshot!(screen(&mut pad, 40, 12), @r#"
    "Find the right side of every left       "
    "side. (↑ ↓ left, 1-9 right)             "
    "                                        "
    "What about match?                       "
    "                                        "
    "› ↑2/3↓ The left b                      "
    "  1 ( ) The right a                     "
    "  2 ( ) • The right b                   "
    "  3 ( ) The right c                     "
    "  4 ( ) The item x                      "
    "                                        "
    "                                        "
    cursor 0,5
    "#);
    pad.reveal();
    insta::assert_snapshot!(screen(&mut pad, 80, 14), @r#"
    "✗ not right: 0 of 1 point                                                       "
    "                                                                                "
    "What about match?                                                               "
    "                                                                                "
    "  The left a                                                                    "
    "    ✗ your answer: The right b                                                  "
    "    → right answer: The right a                                                 "
    "  The left b                                                                    "
    "    → right answer: The right b                                                 "
    "  The left c                                                                    "
    "    → right answer: The right c                                                 "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    cursor 0,0
    "#);
}

/// The header said Shift and arrows where the line below it said `K` and `J`.
#[test]
fn what_moves_a_line_is_named_alike() {
    let mut pad = pad(&samples::order());
    for width in [40, 80] {
        let screen = screen(&mut pad, width, 14);
        assert!(screen.contains("K J move") && screen.contains("K↑J↓"), "{screen}");
        assert!(!screen.contains("Shift"), "{screen}");
    }
    assert!(pad.keys().contains(&("K J", "move it")), "{:?}", pad.keys());
    for (keys, place) in [("J", 1), ("J", 2), ("K", 1)] {
        press(&mut pad, keys);
        assert_eq!(pad.focus, place, "{keys}");
    }
}

#[test]
fn an_order_on_the_screen() {
    let mut pad = pad(&samples::order());
    insta::assert_snapshot!(screen(&mut pad, 40, 12), @r#"
    "Put these in order, the first on top.   "
    "(K J move it, Space as it is)           "
    "                                        "
    "What about order?                       "
    "                                        "
    "› 1 K↑J↓ The item a                     "
    "  2  ↑ ↓ The item b                     "
    "  3  ↑ ↓ The item c                     "
    "  4  ↑ ↓ The item d                     "
    "  5  ↑ ↓ The item e                     "
    "  not answered yet: move or drag one,   "
    "  or press Space if this is the order   "
    cursor 0,5
    "#);
    press(&mut pad, "2");
    insta::assert_snapshot!(screen(&mut pad, 80, 10), @r#"
    "Put these in order, the first on top.  (↑ ↓ go to, K J move it)                 "
    "                                                                                "
    "What about order?                                                               "
    "                                                                                "
    "  1  ↑ ↓ The item b                                                             "
    "› 2 K↑J↓ The item a                                                             "
    "  3  ↑ ↓ The item c                                                             "
    "  4  ↑ ↓ The item d                                                             "
    "  5  ↑ ↓ The item e                                                             "
    "                                                                                "
    cursor 0,5
    "#);
    pad.reveal();
    insta::assert_snapshot!(screen(&mut pad, 80, 24), @r#"
    "~ partly right: 0.75 of 1 point                                                 "
    "What counts is what comes before what: those in places 2, 3, 4 and 5 stand in   "
    "the right order among themselves, which is 3 of 4 steps.                        "
    "                                                                                "
    "What about order?                                                               "
    "                                                                                "
    "  1 The item b                                                                  "
    "    ✗ belongs in place 2                                                        "
    "  2 The item a                                                                  "
    "    ✗ belongs in place 1                                                        "
    "  3 The item c                                                                  "
    "    ✓ right                                                                     "
    "  4 The item d                                                                  "
    "    ✓ right                                                                     "
    "  5 The item e                                                                  "
    "    ✓ right                                                                     "
    "                                                                                "
    "  → right answer:                                                               "
    "  1 The item a                                                                  "
    "  2 The item b                                                                  "
    "  3 The item c                                                                  "
    "  4 The item d                                                                  "
    "  5 The item e                                                                  "
    "                                                                                "
    cursor 0,0
    "#);
}

#[test]
fn a_number_on_the_screen() {
    let mut key = samples::number("530", "5");
    key.unit = Some("million euros".to_owned());
    let mut pad = pad(&samples::question("number", Kind::Number(key)));
    press(&mut pad, "'1,5'");
    insta::assert_snapshot!(screen(&mut pad, 80, 8), @r#"
    "Type a number.  (← → Home End move, Ctrl-U clear)                               "
    "                                                                                "
    "What about number?                                                              "
    "                                                                                "
    "› [1,5                                         ] million euros                  "
    "    ✗ not a number yet: write digits, with a point for decimals and nothing     "
    "    between thousands, as in 1250.5                                             "
    "                                                                                "
    cursor 6,4
    "#);
    insta::assert_snapshot!(screen(&mut pad, 40, 12), @r#"
    "Type a number.                          "
    "                                        "
    "What about number?                      "
    "                                        "
    "› [1,5                 ] million euros  "
    "    ✗ not a number yet: write digits,   "
    "    with a point for decimals and       "
    "    nothing between thousands, as in    "
    "    1250.5                              "
    "                                        "
    "                                        "
    "                                        "
    cursor 6,4
    "#);
    pad.reveal();
    insta::assert_snapshot!(screen(&mut pad, 80, 8), @r#"
    "✗ not right: 0 of 1 point                                                       "
    "                                                                                "
    "What about number?                                                              "
    "                                                                                "
    "  ✗ your answer: 1,5 million euros                                              "
    "  → right answer: 530 million euros (up to 5 more or less)                      "
    "                                                                                "
    "                                                                                "
    cursor 0,0
    "#);
}

#[test]
fn gaps_on_the_screen() {
    let mut pad = pad(&samples::cloze());
    press(&mut pad, "2 tab 'secrets'");
    insta::assert_snapshot!(screen(&mut pad, 80, 12), @r#"
    "Fill the gaps.  (Tab next gap, Ctrl-U clear)                                    "
    "                                                                                "
    "What about cloze?                                                               "
    "                                                                                "
    "Article ‹1: The option nine› asks for ‹2: secrets› since ‹3: …›.                "
    "                                                                                "
    "                                                                                "
    "  ‹1› 1 ( ) The option seven  2 (•) The option nine                             "
    "› ‹2› [secrets                                     ]                            "
    "  ‹3› [                                            ]                            "
    "                                                                                "
    "                                                                                "
    cursor 14,8
    "#);
    insta::assert_snapshot!(screen(&mut pad, 40, 12), @r#"
    "Fill the gaps. (Tab next, 1-9 ← →)      "
    "                                        "
    "What about cloze?                       "
    "                                        "
    "Article ‹1: The option nine› asks for   "
    "‹2: secrets› since ‹3: …›.              "
    "                                        "
    "                                        "
    "  ‹1› 1 ( ) The option seven            "
    "      2 (•) The option nine             "
    "› ‹2› [secrets                       ]  "
    "  ‹3› [                              ]  "
    cursor 14,10
    "#);
    pad.reveal();
    insta::assert_snapshot!(screen(&mut pad, 80, 16), @r#"
    "~ partly right: 0.33 of 1 point                                                 "
    "                                                                                "
    "What about cloze?                                                               "
    "                                                                                "
    "Article ‹1: The option nine› asks for ‹2: secrets› since ‹3: …›.                "
    "                                                                                "
    "  ‹1› ✗ your answer: The option nine                                            "
    "      → right answer: The option seven                                          "
    "      nine is wrong                                                             "
    "  ‹2› ✓ right: secrets                                                          "
    "  ‹3› → right answer: 2017                                                      "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    cursor 0,0
    "#);
}

#[test]
fn a_story_on_the_screen() {
    let mut pad = AnswerPad::new(&samples::scenario(), &[], None, CertaintyLine::NotAsked, Setting::Check);
    pad.resize(Size::new(80, 14));
    press(&mut pad, "2 enter");
    insta::assert_snapshot!(screen(&mut pad, 80, 14), @r#"
    "Decide what to do next, step by step.  (Enter Space read on)                    "
    "                                                                                "
    "What about scenario?                                                            "
    "                                                                                "
    "1. The step call                                                                "
    "   You: The option wait                                                         "
    "   ✗ not right                                                                  "
    "   wait is wrong                                                                "
    "                                                                                "
    "› [ Go on with the story ]                                                      "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    cursor 0,9
    "#);
    press(&mut pad, "enter");
    insta::assert_snapshot!(screen(&mut pad, 80, 14), @r#"
    "Decide what to do next, step by step.  (1-9 Space mark, Enter decide)           "
    "                                                                                "
    "What about scenario?                                                            "
    "                                                                                "
    "1. The step call                                                                "
    "   You: The option wait                                                         "
    "   ✗ not right                                                                  "
    "   wait is wrong                                                                "
    "                                                                                "
    "2. The step late                                                                "
    "                                                                                "
    "› 1 ( ) The option tell                                                         "
    "  2 ( ) The option hide                                                         "
    "                                                                                "
    cursor 0,11
    "#);
    pad.resize(Size::new(40, 12));
    press(&mut pad, "1 enter 1 enter");
    insta::assert_snapshot!(screen(&mut pad, 40, 12), @r#"
    "   wait is wrong                       ↑"
    "                                        "
    "2. The step late                        "
    "   You: The option tell                 "
    "   ✓ right                              "
    "                                        "
    "3. The step after                       "
    "   You: The option change               "
    "   ✓ right                              "
    "                                        "
    "The story ends here. Enter hands your   "
    "decisions in.                           "
    cursor 0,0
    "#);
    pad.reveal();
    insta::assert_snapshot!(screen(&mut pad, 80, 24), @r#"
    "~ partly right: 0.67 of 1 point                                                 "
    "                                                                                "
    "What about scenario?                                                            "
    "                                                                                "
    "1. The step call                                                                "
    "   You: The option wait                                                         "
    "   ✗ not right                                                                  "
    "   wait is wrong                                                                "
    "   → right answer: The option report                                            "
    "                                                                                "
    "2. The step late                                                                "
    "   You: The option tell                                                         "
    "   ✓ right                                                                      "
    "                                                                                "
    "3. The step after                                                               "
    "   You: The option change                                                       "
    "   ✓ right                                                                      "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    cursor 0,0
    "#);
}
