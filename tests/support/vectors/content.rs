//! Well signed, but not about the content that is here.

use super::Table;

pub(super) fn fill(table: &mut Table<'_>) {
    table.lie("other-title", &[9], "pfppp", "course title: the record claims Victors, it is Vectors", |c| {
        c.course.title = "Victors".into();
    });
    table.lie("other-version", &[9], "pfppp", "course version", |c| c.course.version = "1.0.1".into());
    table.lie(
        "other-lesson",
        &[9],
        "pfppp",
        "lesson lessons/01-signing.md is not the text that was read",
        |c| {
            c.lessons[0].digest = c.lessons[1].digest;
        },
    );
    table.lie("unread-lesson", &[9], "pfppp", "lesson lessons/02-marking.md was not read", |c| {
        drop(c.lessons.pop());
    });
    table.lie("lesson-twice", &[9], "pfppp", "stands there twice", |c| c.lessons.push(c.lessons[0].clone()));
    table.lie("foreign-lesson", &[9], "pfppp", "is not part of the course", |c| {
        let mut lesson = c.lessons[0].clone();
        lesson.lesson = "lessons/03-other.md".into();
        c.lessons.push(lesson);
    });
    table.lie(
        "no-acknowledgement",
        &[9],
        "pfppp",
        "the policy lessons/policy.md was not acknowledged",
        |c| c.acknowledgement = None,
    );
    table.lie("other-policy", &[9], "pfppp", "policy lessons/policy.md is not the text", |c| {
        c.acknowledgement.as_mut().expect("there").digest = c.lessons[0].digest;
    });
    table.lie("other-statement", &[9], "pfppp", "statement acknowledged", |c| {
        c.acknowledgement.as_mut().expect("there").statement = "I have seen this policy.".into();
    });
    table.lie("other-meaning", &[9], "pfppp", "meaning of the acknowledgement", |c| {
        c.acknowledgement.as_mut().expect("there").meaning = "seen".into();
    });
}
