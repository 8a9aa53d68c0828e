//! Well signed, but the claims are not what the course's key gives.

use countersign::course::Course;
use countersign::quiz::response::Response;
use countersign::record::claims::CompletionClaims;

use super::super::learner::{self, after};
use super::{Table, World, nowhere};

pub(super) fn fill(table: &mut Table<'_>) {
    fn count(claims: &mut CompletionClaims) {
        let attempt = claims.attempts.last_mut().expect("one");
        attempt.earned = attempt.responses.iter().map(|response| u64::from(response.earned)).sum();
        claims.result.earned = attempt.earned;
        claims.result.passed = 100 * attempt.earned >= 60 * attempt.possible;
    }
    table.lie("signed-edited-mark", &[8], "ppfpp", "re-graded", |c| {
        let last = c.attempts[0].responses.last_mut().expect("nine");
        last.earned += 500;
        count(c);
    });
    table.lie(
        "signed-full-marks",
        &[2],
        "ppfpp",
        "result: the record claims passed, it is not passed",
        |c| {
            for response in &mut c.attempts[0].responses {
                response.earned = response.earned.max(1000);
            }
            count(c);
            c.result.passed = true;
        },
    );
    table.lie("signed-edited-answer", &[9], "ppfpp", "re-graded", |c| {
        let responses = &mut c.attempts[0].responses;
        let answer =
            responses.iter_mut().find(|response| response.item.as_str() == "number").expect("mandatory");
        answer.response = Some(Response::Text("999".to_owned()));
    });
    table.lie(
        "signed-ill-formed-answer",
        &[9],
        "ppfpp",
        "the answer is not one that this question takes",
        |c| {
            let responses = &mut c.attempts[0].responses;
            let answer =
                responses.iter_mut().find(|response| response.item.as_str() == "single").expect("mandatory");
            answer.response = Some(Response::Text("everything".to_owned()));
        },
    );
    table.lie("signed-reordered-responses", &[9], "ppfpp", "the draw gives", |c| {
        c.attempts[0].responses.swap(0, 1);
    });
    table.lie("other-order-of-options", &[9], "ppfpp", "not shown in the order of the draw", |c| {
        let shown = c.attempts[0].responses.iter_mut().find(|response| response.order.len() > 2);
        shown.expect("one at least").order.swap(0, 1);
    });
    table.lie("other-revision", &[9], "ppfpp", "the record has revision 9", |c| {
        c.attempts[0].responses[0].revision = 9.try_into().expect("not zero");
    });
    table.lie("dropped-question", &[9], "ppfpp", "the record has 8 questions, the draw gives 9", |c| {
        c.attempts[0].responses.pop();
        count(c);
    });
    table.lie("another-draw", &[9], "ppfpp", "the draw gives", |c| {
        let nonce = c.assignment.as_ref().map(|assignment| assignment.nonce.clone());
        let course = World::new().course;
        c.attempts[0].responses = learner::attempt(&course, &c.id, nonce.as_deref(), 2, 9).responses;
    });
    table.lie("wrong-sum", &[9], "ppfpp", "attempt 1, points earned", |c| c.attempts[0].earned -= 1000);
    table.lie("wrong-result", &[2, 8], "ppfpp", "result, points earned", |c| {
        c.result.earned = c.result.possible;
    });
    table.lie("lower-pass-mark", &[2], "ppfpp", "result, pass mark in percent", |c| {
        c.result.pass_percent = 1;
        c.result.passed = true;
    });
    table.lie(
        "too-many-attempts",
        &[1, 1, 1, 9],
        "ppfpp",
        "attempt 4 is number 4 of the record, 3 are allowed",
        |_| {},
    );
    versions_that_cannot_be(table);
    sums_without_a_course(table);
    table.lie("attempt-0", &[9], "ppfpp", "the record has an attempt 0", |c| c.attempts[0].number = 0);
    table.lie("missing-attempt", &[1, 1, 9], "ppfpp", "attempt 3 follows attempt 1", |c| {
        drop(c.attempts.remove(1));
    });
    table.lie("did-not-wait", &[1, 9], "ppfpp", "less than 30 minutes after attempt 1", |c| {
        let second = &mut c.attempts[1];
        second.started_at = after(1800 + 600 + 1799);
        second.finished_at = after(1800 + 600 + 1799 + 600);
    });
    table.lie("no-attempt", &[9], "ppfpp", "the record holds no attempt", |c| c.attempts.clear());
    table.lie("another-quiz", &[9], "ppfpp", "attempt 1 is at check-signing", |c| {
        c.attempts[0].quiz = "check-signing".parse().expect("an identifier");
    });
    table.lie("unknown-check", &[9], "ppfpp", "the course has no knowledge check", |c| {
        c.checks[0].quiz = "another".parse().expect("an identifier");
    });
    table.lie("overfull-check", &[9], "ppfpp", "more points earned than possible", |c| {
        c.checks[0].earned += 1;
    });
}

/// Well signed, but with another version of the course where it would be of use to whoever made it up.
fn versions_that_cannot_be(table: &mut Table<'_>) {
    const LAST: &str = "the last, was taken on another version than the record names";
    let world = table.world;
    let passed_on = |course: &Course, claims: &mut CompletionClaims| {
        World::take_on(claims, 0, course, 9);
        let attempt = &claims.attempts[0];
        claims.result.earned = attempt.earned;
        claims.result.possible = attempt.possible;
        claims.result.pass_percent = course.assessment.pass_percent.get();
        claims.result.passed = true;
    };
    table.lie("passed-on-another-version", &[9], "ppfpp", LAST, |c| passed_on(&world.earlier, c));
    table.lie("passed-on-a-withdrawn-version", &[9], "ppfpp", LAST, |c| passed_on(&world.withdrawn, c));
    table.lie("passed-on-an-unknown-version", &[9], "ppfpp", LAST, |c| {
        c.attempts[0].course_digest = Some(world.assignment.digest);
    });
    table.lie("own-version-twice", &[1, 9], "ppfpp", "names the version of the record once more", |c| {
        c.attempts[0].course_digest = Some(c.course.digest);
    });
    table.lie(
        "too-many-attempts-on-a-milder-version",
        &[1, 1, 1, 9],
        "ppfpp",
        "attempt 4 is number 4 of the record, 3 are allowed",
        |c| (0..3).for_each(|place| World::take_on(c, place, &world.earlier, 1)),
    );
    table.lie(
        "too-many-attempts-on-an-unknown-version",
        &[1, 1, 1, 9],
        "ppfpp",
        "attempt 4 is number 4 of the record, 3 are allowed",
        |c| c.attempts[0].course_digest = Some(world.assignment.digest),
    );
    table.lie(
        "did-not-wait-after-a-milder-version",
        &[1, 9],
        "ppfpp",
        "less than 30 minutes after attempt 1",
        |c| {
            c.attempts[1].started_at = after(1800 + 600 + 1799);
            World::take_on(c, 0, &world.earlier, 1);
        },
    );
    table.lie(
        "too-many-attempts-on-an-earlier-version",
        &[1, 1, 1, 1, 9],
        "ppfpp",
        "attempt 4 is number 4 of the record, 3 are allowed",
        |c| (0..4).for_each(|place| World::take_on(c, place, &world.withdrawn, 1)),
    );
}

/// Well signed, and the course or the rule is unknown, so that no mark can be derived. Still it must add up.
fn sums_without_a_course(table: &mut Table<'_>) {
    const NO_ANSWERS: &str = "points earned: the record claims 14, it is 0";
    table.lie("scoring-zero", &[9], "ppfpp", "was marked by rule 0, but rules are counted from 1", |c| {
        c.attempts[0].scoring = 0;
    });
    table.lie("unknown-rule-with-false-sum", &[2], "ppfpp", "attempt 1, points earned", |c| {
        let attempt = &mut c.attempts[0];
        attempt.scoring = 2;
        attempt.earned = attempt.possible;
        (c.result.earned, c.result.passed) = (attempt.possible, true);
    });
    table.lie(
        "unknown-rule-without-answers",
        &[9],
        "ppfpp",
        "the record has 0 questions, the draw gives 9",
        |c| {
            c.attempts[0].scoring = 2;
            c.attempts[0].responses.clear();
        },
    );
    table.lie("unknown-rule-lower-pass-mark", &[2], "ppfpp", "result, pass mark in percent", |c| {
        c.attempts[0].scoring = 2;
        (c.result.pass_percent, c.result.passed) = (1, true);
    });
    table.lie(
        "unknown-rule-too-many-attempts",
        &[1, 1, 1, 9],
        "ppfpp",
        "attempt 4 is number 4 of the record",
        |c| {
            c.attempts.iter_mut().for_each(|attempt| attempt.scoring = 2);
        },
    );
    table.lie("zeros-digest-last-attempt", &[9], "ppfpp", NO_ANSWERS, |c| {
        c.attempts[0].course_digest = Some(nowhere());
        c.attempts[0].responses.clear();
    });
    table.lie("unknown-version-without-answers", &[1, 9], "ppfpp", "attempt 1 holds no question", |c| {
        let attempt = &mut c.attempts[0];
        attempt.course_digest = Some(nowhere());
        attempt.responses.clear();
        attempt.earned = 0;
    });
    let mut unknown = |name: &str, right: &[usize], because, change: fn(&mut CompletionClaims)| {
        table.lie(name, right, "pufup", because, |c| {
            "2.0.0".clone_into(&mut c.course.version);
            c.course.digest = nowhere();
            change(c);
        });
    };
    unknown("unknown-course-without-answers", &[9], NO_ANSWERS, |c| c.attempts[0].responses.clear());
    unknown(
        "unknown-course-more-earned-than-possible",
        &[9],
        "attempt 1: more points earned than possible",
        |c| {
            c.attempts[0].possible -= 1000;
            c.result.possible -= 1000;
        },
    );
    unknown("unknown-course-nothing-possible", &[9], "attempt 1: no points were possible", |c| {
        let attempt = &mut c.attempts[0];
        attempt.responses.iter_mut().for_each(|response| response.earned = 0);
        (attempt.earned, attempt.possible) = (0, 0);
        (c.result.earned, c.result.possible) = (0, 0);
    });
    unknown("unknown-course-result-of-nothing", &[2], "result, points possible: the record claims 0", |c| {
        (c.result.earned, c.result.possible, c.result.passed) = (1000, 0, true);
    });
    unknown("unknown-course-result-of-another-attempt", &[9, 2], "result, points earned", |c| {
        (c.result.earned, c.result.passed) = (c.attempts[0].earned, true);
    });
    unknown("unknown-course-not-passed", &[2], "result: the record claims passed, it is not passed", |c| {
        c.result.passed = true;
    });
    unknown("unknown-course-impossible-pass-mark", &[9], "a pass mark of 101 percent cannot be", |c| {
        (c.result.pass_percent, c.result.passed) = (101, false);
    });
    unknown("unknown-course-mark-beyond-the-whole", &[9], "more points than the whole attempt has", |c| {
        c.attempts[0].responses[0].earned = 14_001;
    });
    unknown("unknown-course-question-twice", &[9], "stands there twice", |c| {
        c.attempts[0].responses[1].item = c.attempts[0].responses[0].item.clone();
    });
    unknown("unknown-course-overfull-check", &[9], "check-signing: more points earned than possible", |c| {
        c.checks[0].earned += 1;
    });
}
