//! Words of a link that name another host than the one that it leads to.

use url::{Host as Parsed, Url};

use super::Host;
use super::doubt::Doubt;

/// Words that end like this are taken for a host even without `www.`. File names and sentences do not.
const ENDINGS: [&str; 8] = [".com", ".org", ".net", ".edu", ".gov", ".eu", ".co.uk", ".gov.uk"];

/// What is misleading about `text`, the words of a link to `recipients`.
pub(super) fn mail_doubt(text: &str, recipients: &[String]) -> Option<Doubt> {
    let text = text.trim();
    let names_another = text.contains('@')
        && !text.contains(char::is_whitespace)
        && !recipients.is_empty()
        && !says_mailbox(text, recipients);
    names_another.then(|| Doubt::OtherText { named: text.to_owned(), host: recipients.join(", ") })
}

/// What is misleading about `text`, the words of a link to a page on `host`.
pub(super) fn doubt(text: &str, host: &Host) -> Option<Doubt> {
    let same = |named: &String| is_within(named, host.ascii()) || is_within(host.ascii(), named);
    let named = named_hosts(text).into_iter().find(|named| !same(named))?;
    Some(Doubt::OtherText { named: Host::domain(&named).shown().to_owned(), host: host.shown().to_owned() })
}

/// The hosts that words name, in ASCII. Among other words only what nobody would take for anything but an address is one.
fn named_hosts(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if let [word] = words[..] {
        return named_host(word).into_iter().collect();
    }
    let bare = words.into_iter().map(|word| word.trim_matches(|sign: char| !sign.is_alphanumeric()));
    bare.filter(|word| begins_like_an_address(&word.to_lowercase())).filter_map(named_host).collect()
}

fn begins_like_an_address(lower: &str) -> bool {
    ["https://", "http://", "www."].iter().any(|beginning| lower.starts_with(beginning))
}

fn says_mailbox(text: &str, recipients: &[String]) -> bool {
    let text =
        text.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:")).map_or(text, |_| &text[7..]);
    recipients.iter().any(|recipient| recipient.eq_ignore_ascii_case(text))
}

/// The host that a word names, in ASCII, if it is an address and nothing else.
fn named_host(text: &str) -> Option<String> {
    if text.contains('@') {
        return None;
    }
    let lower = text.to_lowercase();
    let has_scheme = lower.starts_with("https://") || lower.starts_with("http://");
    let name = lower.split('/').next().unwrap_or_default();
    if !begins_like_an_address(&lower) && !ENDINGS.iter().any(|ending| name.ends_with(ending)) {
        return None;
    }
    let parsed = Url::parse(&if has_scheme { lower } else { format!("https://{lower}") }).ok()?;
    match parsed.host()? {
        Parsed::Domain(domain) => Some(domain.trim_start_matches("www.").trim_end_matches('.').to_owned()),
        Parsed::Ipv4(_) | Parsed::Ipv6(_) => None,
    }
}

/// Whether `host` is `domain` or belongs to it.
fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}
