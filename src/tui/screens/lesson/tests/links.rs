//! Links in a lesson, and looking something up.

use super::*;

/// It fell when a link was marked, because what is said of the link covers a few lines.
#[test]
fn whoever_marks_a_link_is_where_they_were() {
    let text = format!("# One\n\nSee [a page](https://example.com/a).\n\n{}", "More.\n\n".repeat(40));
    let mut files = (*small_course().files).clone();
    files.insert("lessons/2.md".to_owned(), text.into_bytes());
    let course = Arc::new(course::parse(files).expect("no faults"));
    for (width, height) in [(40, 12), (80, 24)] {
        let mut stage = Stage::new(width, height, Arc::clone(&course));
        stage.message(Message::Go(Destination::Lesson(1)));
        let at = |stage: &Stage| {
            let screen = stage.screen();
            screen
                .lines()
                .next()
                .and_then(|line| line.split_once("at "))
                .map(|(_, at)| at.split('%').next().unwrap_or_default().to_owned())
        };
        let before = at(&stage);
        assert!(before.is_some(), "{}", stage.screen());
        stage.keys("Tab");
        assert!(stage.screen().contains("https://example.com/a"), "{}", stage.screen());
        assert_eq!(at(&stage), before, "{}", stage.screen());
    }
}

/// It went back to what stood at the top in the larger window, a page further up.
#[test]
fn whoever_lets_go_of_a_link_in_a_smaller_window_stays_at_it() {
    let text = format!("# One\n\n{}See [a page](https://example.com/a).\n\n{0}", "More.\n\n".repeat(7));
    let mut files = (*small_course().files).clone();
    files.insert("lessons/2.md".to_owned(), text.into_bytes());
    let course = Arc::new(course::parse(files).expect("no faults"));
    for keys in ["t Esc", "Esc t Esc", "/ Esc"] {
        let mut stage = Stage::new(80, 24, Arc::clone(&course));
        stage.message(Message::Go(Destination::Lesson(1)));
        stage.keys("Tab");
        stage.resize(40, 12);
        let first = first_line(&stage);
        assert_ne!(first.trim(), "One", "{}", stage.screen());
        assert!(stage.screen().contains("See a page"), "{}", stage.screen());
        stage.keys(keys);
        assert!(stage.screen().contains("See a page"), "{keys}\n{}", stage.screen());
        assert_eq!(first_line(&stage), first, "{keys}\n{}", stage.screen());
    }
}

#[test]
fn links_are_shown_whole_and_opened_only_after_a_yes() {
    let mut stage = opened(80, 24, small_course());
    stage.keys("l");
    assert_snapshot!(stage.screen(), @"
     First lesson                      section 1 of 3  at 70 %  about 1 minute left
    ────────────────────────────────────────────────────────────────────────────────
      ›  1 the list
           https://example.com/list?a=1
         2 a script
           javascript:alert

















     Enter open  ↓ choose  c copy  Esc back  ? help
    ");
    stage.keys("Enter");
    assert!(matches!(stage.model.overlay(), Some(Overlay::AskToOpen(_))));
    assert!(stage.screen().contains("│ https://example.com/list?a=1 "), "{}", stage.screen());
    stage.keys("n");
    assert_eq!(stage.world.opened, Vec::<String>::new());
    // Enter leads to links: one time too many leads nowhere.
    stage.keys("1 Enter");
    assert!(matches!(stage.model.overlay(), Some(Overlay::AskToOpen(_))), "{}", stage.screen());
    assert_eq!(stage.world.opened, Vec::<String>::new());
    stage.keys("y");
    assert_eq!(stage.world.opened, ["https://example.com/list?a=1"]);
    stage.keys("1 c");
    assert_eq!(stage.session.copied, ["https://example.com/list?a=1"]);
    stage.keys("Down Enter");
    assert_snapshot!(stage.screen(), @"
     First lesson                      section 1 of 3  at 70 %  about 1 minute left
    ────────────────────────────────────────────────────────────────────────────────
         1 the list
           https://example.com/list?a=1
      ›  2 a script
           javascript:alert


        ┌ open or copy a link ─────────────────────────────────────────────────┐
        │ This address is not opened: only http, https and mailto are opened.  │
        │                                                                      │
        │ javascript:alert                                                     │
        │                                                                      │
        │ c copies it all the same, Esc closes.                                │
        └──────────────────────────────────────────────────────────────────────┘








     c copy  Esc no
    ");
    stage.keys("y Enter c");
    assert_eq!(stage.world.opened, ["https://example.com/list?a=1"], "there is no yes to that");
    assert_eq!(stage.session.copied, ["https://example.com/list?a=1", "javascript:alert"]);
    stage.keys("Esc");
    assert!(stage.screen().contains("What they take"), "back in the text");
}

#[test]
fn looking_something_up_comes_back_and_moves_no_bookmark() {
    let mut stage = opened(80, 24, long_course());
    stage.keys("Space Esc");
    let place = stored(&stage).place;
    assert!(place > 0);
    stage.message(Message::Go(Destination::Check(0)));
    let link = LessonLink { lesson: "lessons/1.md".to_owned(), heading: Some("who-reads-it".to_owned()) };
    stage.message(Message::LookUp(link));
    assert_eq!(first_line(&stage), "Who reads it");
    assert!(stage.screen().contains("Enter on"), "{}", stage.screen());
    stage.keys("G");
    assert!(stage.screen().contains("Enter goes back to where you were"), "{}", stage.screen());
    // The last line said that it leads on.
    assert!(stage.screen().contains("Enter back"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(matches!(stage.model.screen(), Some(Screen::Check(_))), "{}", stage.screen());
    assert_eq!(stored(&stage).place, place);
    let gone = LessonLink { lesson: "lessons/9.md".to_owned(), heading: None };
    stage.message(Message::LookUp(gone));
    assert!(stage.screen().contains("has no such lesson"), "{}", stage.screen());
}

/// It opened where the lesson had been left, somewhere in its middle.
#[test]
fn a_link_without_a_place_leads_to_the_top_and_moves_no_bookmark() {
    let mut stage = opened(80, 24, long_course());
    stage.keys("Space Space Esc");
    let place = stored(&stage).place;
    assert!(place > 0);
    for heading in [None, Some("no-such-heading".to_owned())] {
        stage.message(Message::Go(Destination::Check(0)));
        stage.message(Message::LookUp(LessonLink { lesson: "lessons/1.md".to_owned(), heading }));
        assert_eq!(first_line(&stage), "Long lesson");
        stage.keys("Esc");
        assert_eq!(stored(&stage).place, place);
    }
}

/// The link from the last lesson to the policy was refused like a dangerous one.
#[test]
fn links_within_the_course_lead_to_its_lessons_and_to_the_policy() {
    let mut files = (*small_course().files).clone();
    let lesson = "# Second lesson\n\n[One](1.md#who-reads-it), [ours](policy.md), [end](#the-end).\n\n";
    let lesson = format!("{lesson}{}## The end\n\nSo it ends.\n", "Words.\n\n".repeat(40));
    files.insert("lessons/2.md".to_owned(), lesson.into_bytes());
    let mut stage = Stage::new(80, 24, Arc::new(course::parse(files).expect("no faults")));
    stage.message(Message::Go(Destination::Lesson(1)));
    stage.keys("l 1");
    assert!(stage.screen().contains("Eleven, the last line."), "{}", stage.screen());
    stage.keys("Esc");
    assert!(stage.screen().contains("Policy: Acceptable use"), "back to the links: {}", stage.screen());
    // The names of files are no learner's.
    assert!(stage.screen().contains("Lesson 1: First lesson › Who reads it"), "{}", stage.screen());
    assert!(stage.screen().contains("this text › The end"), "{}", stage.screen());
    assert!(!stage.screen().contains(".md"), "{}", stage.screen());
    stage.keys("Down Enter");
    assert!(stage.screen().contains("Do not share work data"), "{}", stage.screen());
    assert!(stage.screen().contains("you agree to it when the assessment is passed"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("Policy: Acceptable use"), "{}", stage.screen());
    assert!(stage.world.stored.acknowledgement.is_none(), "nothing was agreed to");
    stage.keys("3");
    assert!(stage.screen().contains("So it ends."), "{}", stage.screen());
}

/// A lesson with links of every kind, long enough to be scrolled.
fn linked_course() -> Arc<Course> {
    let mut files = (*small_course().files).clone();
    let words = "Words.\n\n".repeat(40);
    let lesson = format!(
        "# Second lesson\n\nSee [the list](https://example.com/list?a=1) and [one](1.md#who-reads-it).\n\n{words}\
         Now [the end](#the-end), [a bank](https://exаmple.com/login) and [ours](policy.md).\n\n{words}\
         ## The end\n\nSo it ends, see [here](https://bank.example:8443@evil.example/).\n"
    );
    files.insert("lessons/2.md".to_owned(), lesson.into_bytes());
    Arc::new(course::parse(files).unwrap_or_else(|faults| panic!("{faults:?}")))
}

pub(super) fn linked(width: u16, height: u16) -> Stage {
    let mut stage = Stage::new(width, height, linked_course());
    stage.message(Message::Go(Destination::Lesson(1)));
    stage
}

#[test]
fn tab_walks_over_the_links_and_says_the_whole_address() {
    let mut stage = linked(80, 24);
    stage.keys("Tab");
    assert_snapshot!(stage.styled(), @"
     [bold:Second lesson]                     [cyan:section 1 of 2  at 17 %  about 1 minute left]
    [dim:────────────────────────────────────────────────────────────────────────────────]
      [cyan+bold:Second lesson]
      [cyan+bold:═════════════]

      See [blue+underlined+reversed:the list][cyan+reversed:[1]] and [blue+underlined:one][cyan:[2]].

      Words.

      Words.

      Words.

      Words.

      Words.

      Words.

      Words.
      [dim:── link 1 ──────────────────────────────────────────────────────────────────]
      [blue+underlined:https://example.com/list?a=1]

     [cyan+bold:Space] [dim:page]  [cyan+bold:Enter] [dim:go]  [cyan+bold:c] [dim:copy]  [cyan+bold:Tab] [dim:links]  [cyan+bold:t] [dim:contents]  [cyan+bold:/] [dim:find]  [cyan+bold:Esc] [dim:text]  [cyan+bold:?] [dim:help]
    ");
    // The hardware cursor stands on the link, for magnifiers and screen readers.
    let cursor = stage.terminal.backend_mut().get_cursor_position().expect("in memory");
    assert_eq!((cursor.x, cursor.y), (6, 5));
    stage.keys("Tab");
    assert!(stage.screen().contains("── link 2 ──"), "{}", stage.screen());
    assert!(
        stage.screen().contains("\n  Lesson 1: First lesson\n  1.md#who-reads-it\n"),
        "{}",
        stage.screen()
    );
    // Out of sight: it comes into sight.
    stage.keys("Tab");
    assert!(stage.screen().contains("Now the end[3], a bank[4]"), "{}", stage.screen());
    stage.keys("Tab");
    assert!(stage.screen().contains("https://exаmple.com/login"), "{}", stage.screen());
    assert!(stage.screen().contains("! This host mixes Latin and Cyrillic letters"), "{}", stage.screen());
    stage.keys("Tab Tab");
    assert!(stage.screen().contains("── link 6 ──"), "{}", stage.screen());
    assert!(stage.screen().contains("So it ends, see here[6]"), "{}", stage.screen());
    stage.keys("Tab");
    assert!(stage.screen().contains("── link 1 ──"), "{}", stage.screen());
    assert!(stage.screen().contains("from the end to the first link"), "{}", stage.screen());
    stage.keys("Shift-Tab");
    assert!(stage.screen().contains("── link 6 ──"), "{}", stage.screen());
    assert!(stage.screen().contains("from the beginning to the last link"), "{}", stage.screen());
    stage.keys("Shift-Tab");
    assert!(stage.screen().contains("── link 5 ──"), "{}", stage.screen());
    assert!(stage.screen().contains("\n  Policy: "), "{}", stage.screen());
    // Scrolled away, the mark is gone, and the next one is looked for from there.
    stage.keys("g");
    assert!(!stage.screen().contains("── link"), "{}", stage.screen());
    stage.keys("Space Tab");
    assert!(stage.screen().contains("── link 3 ──"), "{}", stage.screen());
    stage.keys("Esc");
    assert!(!stage.screen().contains("── link"), "{}", stage.screen());
    assert!(matches!(stage.model.screen(), Some(Screen::Lesson(_))));
}

#[test]
fn a_marked_link_is_seen_above_its_address_at_any_size() {
    for (width, height) in [(40, 12), (60, 16), (80, 24), (200, 50)] {
        let mut stage = linked(width, height);
        for number in 1..=6 {
            stage.keys("Tab");
            let shown = format!("── link {number} ─");
            assert!(stage.screen().contains(&shown), "{width}x{height}\n{}", stage.screen());
            let screen = stage.screen();
            let text = screen.split(&shown).next().expect("a text");
            assert!(text.contains(&format!("[{number}]")), "{width}x{height}\n{screen}");
        }
        stage.resize(40, 12);
        assert!(stage.screen().contains("[6]") && stage.screen().contains("── link 6"), "{}", stage.screen());
    }
}

#[test]
fn a_long_address_is_cut_in_the_strip_and_whole_in_the_question() {
    let mut files = (*small_course().files).clone();
    let lesson = format!("# Second\n\n[It](https://example.com/{}the-end)\n", "long/".repeat(100));
    files.insert("lessons/2.md".to_owned(), lesson.into_bytes());
    let mut stage = Stage::new(40, 12, Arc::new(course::parse(files).expect("no faults")));
    stage.message(Message::Go(Destination::Lesson(1)));
    stage.keys("Tab");
    assert!(stage.screen().contains("… Enter shows all of it"), "{}", stage.screen());
    stage.keys("Enter y");
    assert_eq!(stage.world.opened, Vec::<String>::new());
    let mut seen = String::new();
    for _ in 0..30 {
        stage.keys("Down");
        seen += &stage.screen();
    }
    assert!(seen.contains("the-end"), "{seen}");
}

#[test]
fn enter_follows_the_marked_link_and_backspace_comes_back() {
    let mut stage = linked(80, 24);
    stage.keys("Tab Enter");
    assert!(matches!(stage.model.overlay(), Some(Overlay::AskToOpen(_))));
    assert!(stage.screen().contains("Host: example.com"), "{}", stage.screen());
    stage.keys("y");
    assert_eq!(stage.world.opened, ["https://example.com/list?a=1"]);
    stage.keys("c");
    assert!(stage.session.copied.is_empty() && stage.screen().contains("Host: example.com"));
    stage.keys("c");
    assert_eq!(stage.session.copied, ["https://example.com/list?a=1"]);
    // Within the text, and back to the same link.
    stage.keys("Tab Tab");
    let before = stage.screen();
    stage.keys("Enter");
    assert!(
        stage.screen().contains("So it ends") && !stage.screen().contains("── link"),
        "{}",
        stage.screen()
    );
    assert!(stage.screen().contains("Backspace goes back to the link"), "{}", stage.screen());
    stage.keys("Backspace");
    assert_eq!(stage.screen(), before);
    // Over several texts: to the policy, to another lesson, and all the way back.
    stage.keys("Tab Tab Enter");
    assert!(stage.screen().contains("Do not share work data"), "{}", stage.screen());
    stage.keys("Backspace");
    assert!(stage.screen().contains("── link 5 ──"), "{}", stage.screen());
    stage.keys("g Tab Tab Enter");
    assert!(stage.screen().contains("Eleven, the last line."), "{}", stage.screen());
    stage.keys("Backspace Esc Backspace");
    assert!(stage.screen().contains("no jump led to here"), "{}", stage.screen());
}

#[test]
fn a_host_that_imitates_another_is_opened_at_y_alone() {
    let mut stage = linked(80, 24);
    stage.keys("Space Tab Tab Enter");
    assert_snapshot!(stage.screen(), @r#"
     Second lesson                     section 1 of 2  at 61 %  about 1 minute left
    ────────────────────────────────────────────────────────────────────────────────
      Wo┌ open or copy a link ─────────────────────────────────────────────────┐
        │ Open or copy this address? It leads out of the course.               │
      Wo│                                                                      │
        │ https://exаmple.com/login                                            │
      Wo│                                                                      │
        │ It is opened as:                                                     │
      No│ https://xn--exmple-4nf.com/login                                     │
        │                                                                      │
      Wo│ Host: exаmple.com (looked up as xn--exmple-4nf.com)                  │
        │                                                                      │
      Wo│ ! This host mixes Latin and Cyrillic letters in one name, as hosts   │
        │   do that imitate others.                                            │
      Wo│                                                                      │
        │ ! This host looks like example.com and is another one.               │
      ──│                                                                      │──
      ht│ ! This host is looked up as xn--exmple-4nf.com.                      │
      ! │                                                                      │
        │ y opens, c copies, Esc closes.                                       │
      ! └──────────────────────────────────────────────────────────────────────┘
      ! This host is looked up as xn--exmple-4nf.com.

     y open  c copy  Esc no
    "#);
    stage.keys("Enter");
    assert_eq!(stage.world.opened, Vec::<String>::new());
    stage.keys("y");
    assert_eq!(stage.world.opened, ["https://xn--exmple-4nf.com/login"]);
}

#[test]
fn a_click_on_a_marked_link_asks_the_same() {
    let mut stage = linked(80, 24);
    stage.click("the list").click("the list");
    assert!(matches!(stage.model.overlay(), Some(Overlay::AskToOpen(_))), "{}", stage.screen());
    stage.keys("Esc");
    assert!(stage.screen().contains("── link 1 ──"), "{}", stage.screen());
    stage.click("one[").click("one[");
    assert!(stage.screen().contains("Eleven, the last line."), "{}", stage.screen());
}

#[test]
fn a_text_without_links_says_so() {
    let mut stage = opened(80, 24, long_course());
    for key in ["Tab", "Shift-Tab", "l"] {
        stage.keys(key);
        assert!(stage.screen().contains("has no links"), "{key}: {}", stage.screen());
    }
}

#[test]
fn links_can_be_followed_for_ever_and_the_way_back_stays_bounded() {
    let mut files = (*small_course().files).clone();
    files.insert("lessons/2.md".to_owned(), b"# Second\n\n[On](1.md) and [here](#second)\n".to_vec());
    let first = String::from_utf8(files["lessons/1.md"].clone()).expect("UTF-8");
    files.insert(
        "lessons/1.md".to_owned(),
        first.replace("# First lesson", "# First [lesson](2.md)").into_bytes(),
    );
    let mut stage = Stage::new(80, 24, Arc::new(course::parse(files).expect("no faults")));
    stage.message(Message::Go(Destination::Lesson(1)));
    for _ in 0..100 {
        stage.keys("Tab Enter");
    }
    for _ in 0..63 {
        stage.keys("Backspace");
        assert!(matches!(stage.model.screen(), Some(Screen::Lesson(_))));
    }
    stage.keys("Backspace");
    assert!(stage.screen().contains("Second"), "the first one is kept: {}", stage.screen());
    stage.keys("Backspace");
    assert!(stage.screen().contains("no jump led to here"), "{}", stage.screen());
    for _ in 0..100 {
        stage.keys("Shift-Tab Enter");
    }
    for _ in 0..64 {
        stage.keys("Backspace");
        assert!(!stage.screen().contains("no jump led"), "{}", stage.screen());
    }
    stage.keys("Backspace");
    assert!(stage.screen().contains("no jump led to here"), "{}", stage.screen());
}

/// Only the links in sight are laid out.
#[test]
fn a_list_of_thousands_of_links_looks_like_one_of_a_few() {
    let links = |count: usize| {
        let mut files = (*small_course().files).clone();
        let links: String = (0..count).fold(String::new(), |links, number| {
            links + &format!("[Link {number}](https://example.org/{number})\n\n")
        });
        files.insert("lessons/2.md".to_owned(), format!("# Second\n\n{links}").into_bytes());
        let mut stage = Stage::new(80, 24, Arc::new(course::parse(files).expect("no faults")));
        stage.message(Message::Go(Destination::Lesson(1)));
        stage.keys("l");
        stage
    };
    let (mut few, mut many) = (links(60), links(20_000));
    few.keys(&"j ".repeat(30));
    many.keys(&"j ".repeat(30));
    let list =
        |stage: &Stage| stage.screen().lines().skip(2).map(str::to_owned).collect::<Vec<_>>().join("\n");
    assert!(list(&many).contains("› 31 Link 30") && list(&many).contains("https://example.org/30"));
    assert_eq!(list(&few), list(&many));
    many.keys(&"k ".repeat(30));
    assert!(list(&many).trim_start().starts_with("›  1 Link 0"), "{}", list(&many));
}

/// Who looked at a source and left was among the sources from then on, with nothing that led back to the text.
#[test]
fn nobody_left_off_among_the_sources() {
    let mut files = (*small_course().files).clone();
    let text = "See it.[^F1]\n\nMore of it.\n\n".repeat(30);
    files.insert(
        "lessons/1.md".to_owned(),
        format!("# One\n\n## Who reads it\n\n## What they take\n\n{text}## Sources\n\n[^F1]: A book.\n")
            .into(),
    );
    let mut stage = opened(80, 24, Arc::new(course::parse(files).expect("a course")));
    stage.keys("PgDn");
    let before = stored(&stage).place;
    assert!(before > 0);
    stage.keys("Tab Enter");
    assert!(stage.screen().contains("A book."), "{}", stage.screen());
    stage.keys("Esc");
    assert_eq!(stored(&stage).place, before);
    // Who goes there by turning pages is there.
    stage.message(Message::Go(Destination::Lesson(0)));
    stage.keys("End Esc");
    assert!(stored(&stage).place > before);
}
