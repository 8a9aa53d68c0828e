//! Letters that pass for others, in names of whatever: what a name mixes, and for which other one it can be taken (UTS 39).

use unicode_script::{Script, UnicodeScript as _};
use unicode_security::{GeneralSecurityProfile as _, RestrictionLevel, RestrictionLevelDetection as _};

use super::skeleton::skeleton;

/// What in `name` imitates another one, in words: letters of several scripts in one word, or that it looks like `known` and
/// is written with other letters. Nothing where there is nothing to be told.
///
/// Names in one script each, such as a Chinese one with its Latin form behind it, imitate nothing.
#[must_use]
pub fn imitation(name: &str, known: Option<&str>) -> Option<String> {
    let words = name.split(|c: char| c.is_whitespace() || c == '-');
    let mixes = words.map(scripts).find(|scripts| scripts.len() > 1).map(|scripts| {
        let (last, before) = scripts.split_last().unwrap_or((&"unknown", &[]));
        format!("mixes {} and {last} letters in one word", before.join(", "))
    });
    let looks = known
        .filter(|known| look_alike(name, known))
        .map(|_| "looks like the name on the roster and is written with other letters".to_owned());
    let told: Vec<String> = looks.into_iter().chain(mixes).collect();
    (!told.is_empty()).then(|| format!("{}, as names do that imitate others", told.join(" and ")))
}

/// What somebody sees of a text who only looks at it: the same for two whose letters, digits and signs pass for each other, large
/// or small. The letters O and I are the digits that they look like.
#[must_use]
pub fn look(text: &str) -> String {
    let text = text.to_uppercase();
    let digit = |sign| match sign {
        'O' => '0',
        // What a one and a large I become (UTS 39).
        'l' => '1',
        other => other,
    };
    skeleton(&text).map(digit).collect()
}

/// Whether two names differ although nobody sees it. Case is no difference.
fn look_alike(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    let (low, other_low) = (one.to_lowercase(), other.to_lowercase());
    // `0` looks like a large O and not like a small one.
    low != other_low && (skeleton(&low).eq(skeleton(&other_low)) || skeleton(one).eq(skeleton(other)))
}

/// The scripts of a name that mixes more than languages do; nothing for one that does not.
pub(super) fn scripts(label: &str) -> Vec<&'static str> {
    // Signs such as emoji belong to no script, and a level that they forbid says nothing about mixing.
    let letters: String = label.chars().filter(|c| c.identifier_allowed()).collect();
    if letters.as_str().check_restriction_level(RestrictionLevel::HighlyRestrictive) {
        return Vec::new();
    }
    let mut scripts = Vec::new();
    for script in letters.chars().map(|letter| letter.script()) {
        let name = script.full_name();
        if !matches!(script, Script::Common | Script::Inherited | Script::Unknown) && !scripts.contains(&name)
        {
            scripts.push(name);
        }
    }
    scripts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_imitates_is_told_and_languages_are_not() {
        let check = |name: &str, known: Option<&str>, expected: Option<&str>| {
            let found = imitation(name, known);
            let found =
                found.as_deref().map(|words| words.trim_end_matches(", as names do that imitate others"));
            assert_eq!(found, expected, "{name} {known:?}");
        };
        let looks = "looks like the name on the roster and is written with other letters";
        let mixes = "mixes Latin and Cyrillic letters in one word";
        // The first two letters are Cyrillic; then all of them that there are.
        check("\u{410}d\u{430} Byron", None, Some("mixes Cyrillic and Latin letters in one word"));
        check("Ad\u{430} Byron", Some("Ada Byron"), Some(&format!("{looks} and {mixes}")));
        check("\u{421}\u{430}\u{440}\u{430}", Some("Capa"), Some(looks));
        check("0007", Some("OOO7"), Some(looks));
        for (name, known) in [
            ("Ada Byron", Some("ada byron ")),
            ("Kim Novak", Some("Kim Novák")),
            ("王小明 Wang", Some("Ada")),
            ("Анна Smith", None),
            ("Zoë 🦀 O\u{2019}Hara-Иванова", None),
            ("東京タワーさん", None),
            ("", Some("")),
        ] {
            check(name, known, None);
        }
    }
}
