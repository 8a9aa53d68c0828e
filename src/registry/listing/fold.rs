//! Texts as they are compared when somebody looks for one: without case, accents and the forms that only look different.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The folded text.
pub(in crate::registry) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(&mut out, text);
    out
}

/// Appends the folded text. It holds no line break.
pub(super) fn fold_into(out: &mut String, text: &str) {
    if text.is_ascii() {
        out.extend(
            text.chars().map(|c| if c.is_ascii_control() { ' ' } else { plain(c).to_ascii_lowercase() }),
        );
        return;
    }
    // Compatibility forms too (NFKD): a name that was typed fullwidth is found by what is on the keyboard.
    for c in text.chars().map(plain).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            // Letters that Unicode does not take apart and that people without them on their keyboard write like this.
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            c if c.is_control() => out.push(' '),
            // Lower case may bring a mark along, as that of İ does.
            c if is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
}

/// Word processors and phones put apostrophes and hyphens where a keyboard has one of each. Before Unicode takes a text
/// apart: an acute accent that stands alone becomes a space with a mark.
fn plain(c: char) -> char {
    match c {
        '`' | '´' | 'ʹ' | 'ʻ' | 'ʼ' | '‘' | '’' | '‛' | '′' | '＇' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' | '－' => '-',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_different_and_is_the_same() {
        fn check(text: &str, expected: &str) {
            assert_eq!(folded(text), expected, "{text:?}");
        }
        check("Ada BYRON", "ada byron");
        check("Zoë", "zoe");
        check("Zoe\u{308}", "zoe");
        check("ŁUKASZ Øystein Weiß", "lukasz oystein weiss");
        check("İstanbul ırmak", "istanbul irmak");
        check("Ὑπατία ΟΔΥΣΣΕΥΣ", "υπατια οδυσσευσ");
        check("ＡＤＡ", "ada");
        check("王小明", "王小明");
        check("O\u{2019}Hara O\u{2bc}Hara O\u{b4}Hara O`Hara", "o'hara o'hara o'hara o'hara");
        check("Lloyd\u{2010}Smith\u{2011}Bee\u{2013}C\u{ff0d}d", "lloyd-smith-bee-c-d");
        check("a\nb\u{85}c", "a b c");
    }
}
