//! When the policy of a course became another one: what the rule for new policies goes by.

use std::collections::BTreeMap;

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::id::CourseId;

/// A version of a course that was approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// Which course.
    pub course: CourseId,
    /// The digest of the policy in it, if there is one.
    pub policy: Option<Digest>,
    /// When it was first approved.
    pub at: Timestamp,
}

/// When the last version with another policy than the one before it was approved, for courses where that happened. The
/// first policy of a course is not another one: whoever has taken the course has agreed to it.
#[must_use]
pub fn changes(mut versions: Vec<Approved>) -> BTreeMap<CourseId, Timestamp> {
    versions.sort_by_key(|version| version.at);
    let mut last: BTreeMap<CourseId, Option<Digest>> = BTreeMap::new();
    let mut changes = BTreeMap::new();
    for Approved { course, policy, at } in versions {
        let before = last.insert(course.clone(), policy);
        // A policy that was taken out asks nothing of anybody.
        if policy.is_some() && before.is_some_and(|before| before != policy) {
            changes.insert(course, at);
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_other_policy_counts() {
        fn check(versions: &[(&str, Option<&str>)], expected: &[(&str, i64)]) {
            let at = |second| Timestamp::from_unix(second).expect("in range");
            let course = |name: &str| name.parse().expect("an id");
            let versions = (0..).zip(versions).map(|(second, (name, policy))| Approved {
                course: course(name),
                policy: policy.map(|policy| Digest::of(policy.as_bytes())),
                at: at(second),
            });
            // In the order in which they were added, which may be another one.
            let mut versions: Vec<Approved> = versions.collect();
            versions.reverse();
            let found = changes(versions);
            let expected = expected.iter().map(|(name, second)| (course(name), at(*second))).collect();
            assert_eq!(found, expected);
        }
        check(&[("a", Some("1"))], &[]);
        check(&[("a", Some("1")), ("a", Some("1"))], &[]);
        check(&[("a", Some("1")), ("b", Some("2")), ("a", Some("3")), ("a", Some("3"))], &[("a", 2)]);
        check(&[("a", None), ("a", Some("1"))], &[("a", 1)]);
        check(&[("a", Some("1")), ("a", None), ("a", Some("1"))], &[("a", 2)]);
        check(&[("a", Some("1")), ("a", None)], &[]);
    }
}
