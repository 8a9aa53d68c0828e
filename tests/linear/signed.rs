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
}
