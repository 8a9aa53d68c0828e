//! Content: is what was learned what the verifier has, word for word?

use std::collections::BTreeSet;

use super::super::claims::{AcknowledgementClaim, CompletionClaims, LessonClaim, MEANING};
use super::{Approval, Finding, Reasons, Verifier};
use crate::course::Course;

pub(super) fn finding(claims: &CompletionClaims, verifier: &Verifier) -> Finding {
    let mut reasons = Reasons::default();
    let Some(version) = verifier.course(&claims.course.digest) else {
        not_here(claims, verifier, &mut reasons);
        return reasons.finding();
    };
    let course = &version.course;
    match version.approval {
        Approval::Approved => {
            reasons.pass(format!("{} {} is here, byte for byte, and approved", course.id, course.version));
        }
        Approval::Withdrawn => {
            reasons.fail(format!("{} {} is known here but not approved", course.id, course.version));
        }
        Approval::Unshown => {
            let words = "is here, byte for byte, and whether it was approved nothing shows";
            reasons.doubt(format!("{} {} {words}", course.id, course.version));
        }
    }
    reasons.equal("course id", &claims.course.course_id, &course.id);
    reasons.equal("course title", &claims.course.title, &course.title);
    reasons.equal("course version", &claims.course.version, &course.version);
    reasons.equal("course language", &claims.course.language, &course.language);
    check_lessons(&claims.lessons, course, &mut reasons);
    check_acknowledgement(claims.acknowledgement.as_ref(), course, &mut reasons);
    reasons.finding()
}

/// The content is not here under its digest: what is here under its name?
fn not_here(claims: &CompletionClaims, verifier: &Verifier, reasons: &mut Reasons) {
    let claimed = &claims.course;
    let namesakes = verifier.courses.iter().map(|version| &version.course);
    let namesakes = namesakes.filter(|course| course.id == claimed.course_id);
    for course in namesakes {
        if course.version == claimed.version {
            // One name for two contents: whoever relies on the record means the content that is here.
            reasons.fail(format!(
                "{} {} is here with other content: the record names {}, here it is {}",
                course.id, course.version, claimed.digest, course.digest
            ));
        } else {
            reasons.doubt(format!("{} is here in version {} ({})", course.id, course.version, course.digest));
        }
    }
    reasons.doubt(format!(
        "no course with the digest {} is here ({} {})",
        claimed.digest, claimed.course_id, claimed.version
    ));
}

fn check_lessons(lessons: &[LessonClaim], course: &Course, reasons: &mut Reasons) {
    let mut seen = BTreeSet::new();
    for claim in lessons {
        if !seen.insert(claim.lesson.as_str()) {
            reasons.fail(format!("lesson {} stands there twice", claim.lesson));
        }
        let mut known = course.modules.iter().map(|module| &module.lesson);
        match known.find(|lesson| lesson.path == claim.lesson) {
            Some(lesson) if lesson.digest == claim.digest => {}
            Some(_) => reasons.fail(format!("lesson {} is not the text that was read", claim.lesson)),
            None => reasons.fail(format!("lesson {} is not part of the course", claim.lesson)),
        }
    }
    for module in &course.modules {
        if !seen.contains(module.lesson.path.as_str()) {
            reasons.fail(format!("lesson {} was not read", module.lesson.path));
        }
    }
}

fn check_acknowledgement(claim: Option<&AcknowledgementClaim>, course: &Course, reasons: &mut Reasons) {
    match (claim, &course.policy) {
        (None, None) => {}
        (None, Some(policy)) => {
            reasons.fail(format!("the policy {} was not acknowledged", policy.lesson.path));
        }
        (Some(claim), None) => {
            reasons.fail(format!("the course has no policy {} to acknowledge", claim.policy));
        }
        (Some(claim), Some(policy)) => {
            reasons.equal("policy", &claim.policy, &policy.lesson.path);
            if claim.digest != policy.lesson.digest {
                reasons.fail(format!("policy {} is not the text that was acknowledged", claim.policy));
            }
            reasons.equal("statement acknowledged", &claim.statement, &policy.statement);
            reasons.equal("language of the acknowledgement", &claim.language, &course.language);
            reasons.equal("meaning of the acknowledgement", &claim.meaning.as_str(), &MEANING);
            reasons.pass(format!("the policy acknowledged is {} of this course", claim.policy));
        }
    }
}
