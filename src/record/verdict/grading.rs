//! Grading.
use super::super::claims::CompletionClaims;
use super::{Finding, Verifier};
pub(super) fn finding(_claims: &CompletionClaims, _verifier: &Verifier) -> Finding {
    Finding::unknown("re-grading is not built yet")
}
