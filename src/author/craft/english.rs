//! Words of English, for the rules that know no other language.

/// Whether rules about the words of a language may speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    /// The course is in English.
    English,
    /// It is in another language, or in none that could be read.
    Unknown,
}

impl Words {
    /// Of a BCP 47 tag: `en`, `en-GB`, `EN`.
    pub(super) fn of(language: Option<&str>) -> Self {
        let primary = language.and_then(|tag| tag.split('-').next());
        if primary.is_some_and(|primary| primary.eq_ignore_ascii_case("en")) {
            Self::English
        } else {
            Self::Unknown
        }
    }
}

/// The words of a text in lower case, typographic apostrophes made plain: `don't`, `2024`, `e-mail`.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split_whitespace().filter_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        (!word.is_empty()).then(|| word.replace('’', "'").to_lowercase())
    })
}

/// Words alone, one space between them, for comparisons with phrases.
pub(super) fn flattened(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(" ")
}

/// Whether a word is said with a vowel first, so that `an` stands before it. Letters said one by one (`SMS`, `URL`)
/// count as their names.
pub(super) fn begins_with_vowel(word: &str) -> Option<bool> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let first = word.chars().next().filter(char::is_ascii_alphabetic)?;
    let letters = word.chars().take_while(char::is_ascii_alphabetic);
    let capitals = letters.clone().count() > 1 && letters.clone().all(|c| c.is_ascii_uppercase());
    let lower = word.to_lowercase();
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    if capitals && letters.clone().count() <= 5 {
        // `NASA` and `SIM` are said as words, `FBI` and `SMS` letter by letter; only where both agree there is no doubt.
        let named = matches!(first, 'A' | 'E' | 'F' | 'H' | 'I' | 'L' | 'M' | 'N' | 'O' | 'R' | 'S' | 'X');
        let said = is_vowel(first.to_ascii_lowercase());
        return (named == said).then_some(named);
    }
    let silent_h = ["hour", "honest", "honour", "honor", "heir"];
    let you_sound = ["uni", "use", "usa", "usu", "ute", "uti", "eu", "ewe", "one", "once", "ura", "ubi"];
    let un = ["unin", "unim", "unid", "unint"];
    if silent_h.iter().any(|prefix| lower.starts_with(prefix)) {
        return Some(true);
    }
    if you_sound.iter().any(|prefix| lower.starts_with(prefix))
        && !un.iter().any(|prefix| lower.starts_with(prefix))
    {
        return Some(false);
    }
    Some(is_vowel(first.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        let check = |tag: Option<&str>, expected| assert_eq!(Words::of(tag), expected, "{tag:?}");
        check(Some("en"), Words::English);
        check(Some("en-GB"), Words::English);
        check(Some("EN"), Words::English);
        check(Some("enm"), Words::Unknown);
        check(Some("de-CH"), Words::Unknown);
        check(None, Words::Unknown);
    }

    #[test]
    fn words_are_lower_case_without_punctuation() {
        assert_eq!(flattened("“Don’t” — use E-mail, 24/7 (ever)!"), "don't use e-mail 24/7 ever");
        assert_eq!(flattened("… ?!"), "");
    }

    #[test]
    fn vowels() {
        let check = |word: &str, expected| assert_eq!(begins_with_vowel(word), expected, "{word}");
        check("apple", Some(true));
        check("“Email", Some(true));
        check("hour", Some(true));
        check("house", Some(false));
        check("user", Some(false));
        check("unique", Some(false));
        check("unimportant", Some(true));
        check("unlocked", Some(true));
        check("once", Some(false));
        check("onion", Some(true));
        check("European", Some(false));
        check("IP", Some(true));
        check("PIN", Some(false));
        check("SMS", None);
        check("USB", None);
        check("A", Some(true));
        check("12", None);
        check("", None);
        check("Öl", None);
    }
}
