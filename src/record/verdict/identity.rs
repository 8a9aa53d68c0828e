//! Identity: did the person to whom HR gave the assignment answer it, with their own key?

use super::super::claims::CompletionClaims;
use super::{Finding, Gathered, Reasons, Verifier};

pub(super) fn finding(claims: &CompletionClaims, verifier: &Verifier) -> Finding {
    let mut reasons = Reasons::default();
    check_pin(claims, verifier, &mut reasons);
    check_assignment(claims, verifier, &mut reasons);
    reasons.finding()
}

fn check_pin(claims: &CompletionClaims, verifier: &Verifier, reasons: &mut Reasons) {
    let mut pins = verifier.pinned_keys.iter().filter(|pin| pin.person == claims.person.number).peekable();
    if pins.peek().is_none() {
        return;
    }
    if pins.any(|pin| pin.key == claims.id) {
        reasons.pass("the key is the one that this person is known by");
    } else {
        reasons.fail(format!("{} is not the key that {} is known by", claims.id, claims.person.number));
    }
}

fn check_assignment(claims: &CompletionClaims, verifier: &Verifier, reasons: &mut Reasons) {
    let Some(claimed) = &claims.assignment else {
        reasons.doubt("self-declared: the record answers no assignment");
        return;
    };
    let Some(assignment) = verifier.assignment(claims) else {
        if let (Gathered::ByName, [first, others @ ..]) = (verifier.gathered, verifier.assignments.as_slice())
        {
            let wanted =
                if others.is_empty() { first.urn() } else { "one of those that were named".to_owned() };
            reasons.fail(format!("the record answers {}, and not {wanted}", claimed.assignment_id));
            return;
        }
        let how = if verifier.is_altered(&claimed.digest) { "was altered here" } else { "is not here" };
        reasons.doubt(format!(
            "self-declared so far: the assignment {} that it answers {how}",
            claimed.assignment_id
        ));
        return;
    };
    let wanted = &assignment.claims;
    if claimed.digest != assignment.digest {
        reasons.fail("the record answers another file of the same assignment id");
    }
    if claimed.nonce != wanted.nonce {
        reasons.fail("the nonce is not that of the assignment");
    }
    reasons.equal("employee number", &claims.person.number, &wanted.person.number);
    reasons.equal("course", &claims.course.course_id, &wanted.course.course_id);
    if verifier.trusted_assigners.contains(&assignment.issuer) {
        reasons
            .pass(format!("answers the assignment {} for {}", claimed.assignment_id, wanted.person.number));
    } else {
        reasons.doubt(format!("the assignment was signed by {}, whom nobody trusts here", assignment.issuer));
    }
    if claims.person.name != wanted.person.name {
        reasons.pass(format!("the name differs: {} here, {} there", claims.person.name, wanted.person.name));
    }
    if claims.course.digest != wanted.course.digest {
        reasons.doubt(format!(
            "the assignment is for version {} ({}), the record is of version {} ({})",
            wanted.course.version, wanted.course.digest, claims.course.version, claims.course.digest
        ));
    }
}
