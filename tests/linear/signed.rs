//! A knowledge check after the signature: what the record says stays as it is.

use countersign::plain::Ended;

use crate::screens::begun;
use crate::talk::{heard, listen};
use crate::whole::right_line;

const COUNTS: &str = "Of each question the better answer counts.";
const STANDS: &str = "Your record is signed: nothing that you answer here changes it.";

/// It still said that the better answer counts, and the record kept the worse one.
#[test]
fn what_is_tried_again_after_the_signature_is_not_said_to_count() {
    let mut world = begun();
    let script = ["read 1", "", "", "=open sure", "", "=nine", "support", "", "check 1"];
    let said = heard(&mut world, &script);
    assert!(said[8].contains(&format!("not right again. {COUNTS} Type review")), "{said:#?}");
    assert!(!said.concat().contains(STANDS), "{said:#?}");

    let mut first = true;
    let (said, ended) = listen(&mut world, 1000, |said| {
        Some(if std::mem::take(&mut first) { "ids on".to_owned() } else { right_line(said) })
    });
    assert!(matches!(ended, Ok(Ended::Quit)), "{ended:?}\n{said}");

    let said = heard(&mut world, &["check 1", "retry", "contents", "check 1", "=seven", "support", "", ""]);
    assert!(said[0].contains(&format!("not right again. {STANDS} Type review")), "{said:#?}");
    assert!(said[3].contains(&format!("is asked again. {STANDS}\n")), "{said:#?}");
    assert!(said[7].contains("passed, 2 of 2 right.") && !said[7].contains(STANDS), "{said:#?}");
    assert!(!said.concat().contains(COUNTS), "{said:#?}");

    // Their figures are not those of the record any more, of which nothing was said.
    let told = "Knowledge check of lesson 1: passed, 2 of 2 right. Your signed record says 75 percent.";
    let said = heard(&mut world, &["contents", "repeat", "check 1"]);
    assert!(said[1].contains(told) && said[2].contains(told), "{said:#?}");
}

/// It was signed while questions were left, and nothing said that they could not become part of the record any more.
#[test]
fn the_signature_names_a_check_that_is_being_tried_again() {
    let mut world = begun();
    heard(&mut world, &["read 1", "", "", "=open sure", "", "=nine", "support", "", "", "retry"]);
    let mut first = true;
    let (said, _) = listen(&mut world, 1000, |said| {
        if said.contains("> sign\n") {
            return None;
        }
        Some(if std::mem::take(&mut first) { "ids on".to_owned() } else { right_line(said) })
    });
    let (before, _) = said.split_once("> sign\n").unwrap_or_else(|| panic!("nothing was signed: {said}"));
    let (_, signature) = before.split_once("What is left is your signature.\n").expect("the signature");
    assert!(
        signature.contains(
            "The knowledge check of lesson 1 is being tried again: 1 question is left. Type check 1 to go on with it.\n\
             What you answer after you have signed is not in your record.\n"
        ),
        "{said}"
    );
}
