//! Well signed and well graded, but not by whom the assignment is for.

use super::Table;

pub(super) fn fill(table: &mut Table<'_>) {
    table.lie(
        "another-person",
        &[9],
        "pppfp",
        "employee number: the record claims 12345, it is 012345",
        |c| {
            c.person.number = "12345".into();
        },
    );
    table.lie("another-nonce", &[9], "ppffp", "the nonce is not that of the assignment", |c| {
        c.assignment.as_mut().expect("assigned").nonce = "0".repeat(32);
    });
    table.lie("another-assignment-digest", &[9], "pppfp", "another file of the same assignment id", |c| {
        c.assignment.as_mut().expect("assigned").digest = c.course.digest;
    });
}
