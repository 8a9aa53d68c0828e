//! Whom a mail address writes to.

use url::{Host as Parsed, Url};

use super::Host;
use crate::percent;

/// The fields of a mail that name people.
const NAMING: [&str; 3] = ["to", "cc", "bcc"];
/// Those that hold nothing but words.
const WORDS: [&str; 2] = ["subject", "body"];

/// Everybody whom a `mailto:` address writes to, wherever in it they are named (RFC 6068, section 2). The names are taken
/// apart after they were decoded, and at semicolons too, because there are programs that do both.
pub(super) fn recipients(parsed: &Url) -> Vec<String> {
    let path = String::from_utf8_lossy(&percent::decoded(parsed.path())).into_owned();
    let fields = parsed.query_pairs().filter(|(name, _)| is_one_of(name, &NAMING));
    let texts = std::iter::once(path).chain(fields.map(|(_, value)| value.into_owned()));
    texts
        .flat_map(|text| text.split([',', ';']).map(|one| one.trim().to_owned()).collect::<Vec<_>>())
        .filter(|recipient| !recipient.is_empty())
        .collect()
}

/// The host of a recipient, and how it is written there; nothing where there is none that has a name, or another one could be meant.
pub(super) fn host(recipient: &str) -> Option<(Host, &str)> {
    let (user, domain) = recipient.split_once('@')?;
    let is_plain = |c: char| !c.is_whitespace() && !"@?<>()[]\"\\".contains(c);
    if !user.chars().chain(domain.chars()).all(is_plain) {
        return None;
    }
    match Parsed::parse(domain).ok()? {
        Parsed::Domain(ascii) => Some((Host::domain(&ascii), domain)),
        Parsed::Ipv4(_) | Parsed::Ipv6(_) => None,
    }
}

/// Whether it has a field that does not name people or hold words. There are programs that attach files of the sender
/// (`attach=`), or send answers elsewhere; RFC 6068, section 4, leaves out whatever is not known to be safe.
pub(super) fn has_another_field(parsed: &Url) -> bool {
    parsed.query_pairs().any(|(name, _)| !is_one_of(&name, &NAMING) && !is_one_of(&name, &WORDS))
}

/// Whether a line ends in what stands on one line of a mail: another field, and with it another recipient, could follow.
pub(super) fn hides_a_field(parsed: &Url) -> bool {
    let breaks = |text: &[u8]| text.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0));
    let mut fields = parsed.query_pairs().filter(|(name, _)| !is_one_of(name, &["body"]));
    breaks(&percent::decoded(parsed.path()))
        || fields.any(|(name, value)| breaks(name.as_bytes()) || breaks(value.as_bytes()))
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}
