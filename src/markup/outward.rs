//! Whether links lead out of a text: to the web or to a mailbox.

use memchr::{memchr_iter, memmem};

/// How addresses begin that lead out. There are more; whoever meets one of those looks closer.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// Whether a link to this address leads to the web or to a mailbox.
pub(super) fn leads_out(address: &str) -> bool {
    SCHEMES.iter().any(|scheme| {
        address
            .as_bytes()
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
    })
}

/// Whether a look tells that all links with their address behind them, `[text](address)`, and all between `<` and `>`, lead
/// out in this Markdown. Bare addresses always do; links with their address elsewhere are not looked at.
pub(super) fn all_lead_out(markdown: &str) -> bool {
    let bytes = markdown.as_bytes();
    let behind = memmem::find_iter(bytes, "](")
        .all(|at| leads_out(markdown[at + "](".len()..].trim_start_matches([' ', '\t', '\r', '\n', '<'])));
    let between = |at| {
        let address = &markdown[at + "<".len()..];
        leads_out(address) || !begins_with_scheme(address)
    };
    behind && memchr_iter(b'<', bytes).all(between)
}

/// Without a scheme, what stands between `<` and `>` is a mailbox or no link at all (`CommonMark`, section 6.5).
fn begins_with_scheme(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "+-.".contains(c)).starts_with(':')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Document;
    use super::*;

    /// What the list of all links says, sieved.
    fn sieved(document: &Document) -> Vec<super::super::Link> {
        document.links().iter().filter(|link| !leads_out(&link.address)).cloned().collect()
    }

    #[test]
    fn links_within_a_course() {
        fn check(markdown: &str, expected: &[&str]) {
            let document = Document::parse(markdown.into());
            let within = document.links_within();
            let addresses: Vec<_> = within.iter().map(|link| link.address.as_str()).collect();
            assert_eq!(addresses, expected, "{markdown}");
            assert_eq!(within, sieved(&document), "{markdown}");
        }
        check("[a](https://example.org) <https://example.org> <a@example.org> https://example.org", &[]);
        assert_eq!(Document::parse("<a@b.c>".into()).links()[0].address, "mailto:a@b.c");
        check("[a](b.md) [c](HTTP://example.org) [d]( <MAILTO:a@example.org> )", &["b.md"]);
        check("[a](&#104;ttps://example.org) [b](h\\ttps://example.org)", &["h\\ttps://example.org"]);
        check("[a] [b][a] [c][]\n\n[a]: b.md\n[c]: <https://example.org>", &["b.md", "b.md"]);
        check("<tel:112> <http:/> <b> <b@c.de>", &["tel:112", "http:/"]);
        check("[a](http:b.md) [b](tel:112)", &["http:b.md", "tel:112"]);
        check("| [a](b.md) |\n|---|\n| [c](https://example.org)[d](e.md) |", &["b.md", "e.md"]);
        check("`](b.md)` and ![a](b.png) and ![[a](b.md)](https://example.org)", &["b.md"]);
    }

    proptest! {
        #[test]
        fn a_look_misses_nothing(parts in proptest::collection::vec(part(), 0..24)) {
            let document = Document::parse(parts.concat().into());
            prop_assert_eq!(document.links_within(), sieved(&document));
        }
    }

    fn part() -> impl Strategy<Value = String> {
        const WORDS: &[&str] = &[
            "[",
            "]",
            "](",
            "](<",
            ")",
            "]:",
            "][",
            " ",
            "\n",
            "\n\n",
            "a",
            "b.md",
            "#c",
            "https://d.e",
            "http:/",
            "<",
            ">",
            "!",
            "\\",
            "&#104;ttp",
            "`",
            "```\n",
            "| ",
            "|---|\n",
            "- ",
            "[a]: b.md\n",
            "mailto:a@b.c",
            "\t",
        ];
        proptest::sample::select(WORDS).prop_map(str::to_owned)
    }
}
