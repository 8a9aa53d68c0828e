//! Names in scripts that are read from right to left, beside others: each goes its own way, and nothing else moves.

use insta::assert_snapshot;

use crate::registry::change::Decision;
use crate::registry::office::{Office as _, Ruling};
use crate::registry::terms::Treatment;
use crate::tui::hr::testing::{Stage, TestOffice, With as _, digest, person};
use crate::tui::theme::Theme;

fn office() -> TestOffice {
    let sent = |number, name, department| {
        let course = "app-data";
        person(number, name, department).asked(course, "2026-08-30").sent(
            course,
            "2026-05-02",
            95,
            Treatment::Review,
        )
    };
    TestOffice::of(vec![
        sent("0001", "אבגד הוז", "מכירות 2"),
        sent("0002", "مريم العلوي", "Care"),
        sent("0003", "Ada אבגד", "Care"),
        sent("0004", "אבגד Ada", "الشؤون القانونية"),
    ])
}

#[test]
fn in_the_list() {
    assert_snapshot!(Stage::with(80, 14, office(), Theme::COLOURED).screen(), @r#"
     [people] charts  review 4                                                  now
     / filter by name, department, state…                          4 rows, 4 people
     ◐ 4 in progress unknown  = 0 % complete
      number▲ name        department      course   state           due or until
    › 0001    זוה דגבא    2 תוריכמ        app-data ◐ in progress?  due 2026-08-30
      0002    يولعلا ميرم Care            app-data ◐ in progress?  due 2026-08-30
      0003    Ada דגבא    Care            app-data ◐ in progress?  due 2026-08-30
      0004    Ada דגבא    …نوناقلا نوؤشلا app-data ◐ in progress?  due 2026-08-30





     Enter open  / filter  s sort  d day  r reload  Tab next screen  q quit  ? help
    "#);
}

#[test]
fn on_the_page_of_a_person() {
    let mut stage = Stage::with(80, 20, office(), Theme::COLOURED);
    let ruling = Ruling {
        record: digest("0001 app-data 2026-05-02"),
        decision: Decision::Accepted,
        by: "הוז".to_owned(),
        reason: "אבגד (4711)".to_owned(),
    };
    stage.office.decide(ruling, None);
    stage.hear();
    stage.keys("Enter");
    assert_snapshot!(stage.screen(), @r#"
     ‹ 0001 זוה דגבא                                                            now
    ────────────────────────────────────────────────────────────────────────────────
     number      0001
     counted as  at work
     name        זוה דגבא
     department  2 תוריכמ

     courses
     ✓ complete: app-data (App data at work)
         record a3b2b7a6 was received on 2026-05-02; valid until 2027-05-02

     assignments
     assigned 2026-01-10: app-data, due 2026-08-30

     records
     › received 2026-05-02: app-data, passed with 95 %, accepted in review,
       a3b2b7a6
         accepted on 2026-06-01 by זוה: (4711) דגבא

     Enter choose  q back  ? help
    "#);
}

#[test]
fn where_it_is_decided() {
    let mut office = office();
    office.claimed = Some("דהו");
    let mut stage = Stage::with(80, 24, office, Theme::COLOURED);
    stage.keys("3");
    assert_snapshot!(stage.screen(), @r#"
      people  charts [review 4]                                                 now
    ────────────────────────────────────────────────────────────────────────────────
     4 records wait for a decision, 1 put aside
    › ? waits  a3b2b7a6  0001 זוה דגבא, app-data, received 2026-05-02
      ? waits  9fbb50a1  0002 يولعلا ميرم, app-data, received 2026-05-02
      ? waits  6f40baa4  0003 Ada דגבא, app-data, received 2026-05-02
      ? waits  df1f7483  0004 Ada דגבא, app-data, received 2026-05-02
      ✗ aside: grading  71ca7d93  says: 0007 Ada Byron, holiday<U+001B>[2J.jpg, re…

     identity: self-declared: the record answers no assignment













     Enter look  d day  r reload  Tab next screen  q quit  ? help
    "#);
    stage.keys("Enter a 'אבגד 4711' Enter 'הוז' Enter");
    assert_snapshot!(stage.screen(), @r#"
     ‹ record a3b2b7a6                                                          now
    ────────────────────────────────────────────────────────────────────────────────
     it waits, because
     ? identity: what was looked at for identity

     person      והד (0001)
     roster      זוה דגבא, 2 תוריכמ
     ! t┌ enter this decision? ────────────────────────────────────────────────┐
     cou│ accept a3b2b7a6: והד (0001), App data at work                        │
     res│ ! the record names והד, the roster has זוה דגבא under this number    │
     sig│ because: 4711 דגבא                                                   │
     by │ decided by: זוה                                                      │
     rec│                                                                      │
     sta│ It counts from now on. What is in the log stays there. y enters it,  │
     fin│ Esc does nothing.                                                    │22
        └──────────────────────────────────────────────────────────────────────┘

     ✓ signature: pass
         what was looked at for signature
     ✓ content: pass
         what was looked at for content
     ✓ grading: pass                                                               ↓

     y enter it  Esc no
    "#);
}

#[test]
fn where_the_terminal_orders_text_it_gets_what_is_read() {
    let theme = Theme::COLOURED.with_bidi(crate::markup::Bidi::Terminal);
    let mut stage = Stage::with(80, 14, office(), theme);
    assert!(stage.screen().contains("אבגד הוז"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("0001 אבגד הוז"), "{}", stage.screen());
}
