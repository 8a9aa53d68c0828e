//! Addresses of links: what a browser makes of them, and what in them and in names misleads people.
//!
//! An address is read as browsers read it (WHATWG URL), never by our own rules, so that the host that is said is the host
//! that would be opened. Whatever comes out of here may hold anything: show it as [`Printable`].

mod doubt;
mod host;
mod letters;
mod mail;
mod skeleton;
mod text;

use std::fmt;

use url::{Host as Parsed, Url};

use crate::printable::Printable;

pub use doubt::Doubt;
pub use host::Host;
pub use letters::{imitation, look};

/// The longest address that is opened, in bytes. Windows starts a program with 8,191 characters at most.
const LONGEST: usize = 8000;

/// A mail may have so many recipients before nobody reads their names any more.
const RECIPIENTS: usize = 16;

/// The address of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    written: String,
    target: Result<String, Refusal>,
    host: Option<Host>,
    doubts: Vec<Doubt>,
}

/// Why an address is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Any other scheme could start a program or read a file.
    Scheme,
    /// There are characters in it that could be more than an address on its way, or that nobody sees.
    Characters,
    /// No browser makes anything of it.
    Meaningless,
    /// It is longer than systems hand on.
    Length,
    /// It is a mail to somebody whose host cannot be said.
    Recipient,
    /// It is a mail to more people than anybody reads the hosts of.
    Recipients,
    /// It is a mail that says more than to whom, about what and which words.
    Field,
}

impl Address {
    /// Reads the address of a link as it is written in a text.
    #[must_use]
    pub fn read(written: &str) -> Self {
        Self::of_link("", written)
    }

    /// Reads the address of a link whose words are `text`: words can name another host than the one that is opened.
    #[must_use]
    pub fn of_link(text: &str, written: &str) -> Self {
        let mut address = Self {
            written: written.to_owned(),
            target: Err(Refusal::Length),
            host: None,
            doubts: Vec::new(),
        };
        if written.len() > LONGEST {
            return address;
        }
        let parsed = Url::parse(written);
        address.target = target(written, parsed.as_ref().ok());
        if let Ok(parsed) = &parsed {
            match parsed.scheme() {
                "http" | "https" => address.take_web(parsed),
                "mailto" => address.take_mail(parsed),
                _ => {}
            }
            let doubt = match parsed.scheme() {
                "mailto" => text::mail_doubt(text, &mail::recipients(parsed)),
                _ => address.host.as_ref().and_then(|host| text::doubt(text, host)),
            };
            address.doubts.extend(doubt);
        }
        address
    }

    /// The address as it is written.
    #[must_use]
    pub fn written(&self) -> &str {
        &self.written
    }

    /// What is handed to the system's program: plain ASCII.
    ///
    /// # Errors
    /// When the address is not opened.
    pub fn target(&self) -> Result<&str, Refusal> {
        self.target.as_deref().map_err(|refusal| *refusal)
    }

    /// Where it leads, if to the web or to a mailbox.
    #[must_use]
    pub fn host(&self) -> Option<&Host> {
        self.host.as_ref()
    }

    /// What should be known before it is opened.
    #[must_use]
    pub fn doubts(&self) -> &[Doubt] {
        &self.doubts
    }

    fn take_web(&mut self, parsed: &Url) {
        let (host, is_ours) = match parsed.host() {
            Some(Parsed::Domain(domain)) => {
                let domain = domain.trim_end_matches('.');
                (Host::domain(domain), domain == "localhost" || domain.ends_with(".localhost"))
            }
            Some(Parsed::Ipv4(number)) => (Host::number(&number.to_string()), number.is_loopback()),
            Some(Parsed::Ipv6(number)) => (Host::number(&format!("[{number}]")), number.is_loopback()),
            None => return,
        };
        let before = authority(&self.written).rsplit_once('@').map(|(before, _)| before);
        if let Some(before) = before.filter(|before| !before.is_empty()) {
            let (before, host) = (before.to_owned(), host.shown().to_owned());
            self.doubts.push(Doubt::BeforeAt { before, host });
        }
        self.doubts.extend(host.doubts(written_host(&self.written)));
        // What runs on the reader's own machine leads nowhere out.
        if !is_ours {
            if host.is_number() {
                let written = written_host(&self.written).to_owned();
                self.doubts.push(Doubt::Number { written, number: host.shown().to_owned() });
            }
            self.doubts.extend(parsed.port().map(Doubt::Port));
            if parsed.scheme() == "http" {
                self.doubts.push(Doubt::Insecure);
            }
        }
        self.host = Some(host);
    }

    fn take_mail(&mut self, parsed: &Url) {
        let recipients = mail::recipients(parsed);
        let mut others: Vec<Host> = Vec::new();
        for recipient in recipients.iter().take(RECIPIENTS) {
            let Some((host, written)) = mail::host(recipient) else {
                self.refuse(Refusal::Recipient);
                continue;
            };
            if self.host.iter().chain(&others).any(|said| *said == host) {
                continue;
            }
            self.doubts.extend(host.doubts(written));
            if self.host.is_none() {
                self.host = Some(host);
            } else {
                others.push(host);
            }
        }
        if !others.is_empty() {
            self.doubts.push(Doubt::AlsoTo { hosts: others.iter().map(Host::to_string).collect() });
        }
        if recipients.len() > RECIPIENTS {
            self.refuse(Refusal::Recipients);
        }
        if mail::has_another_field(parsed) {
            self.refuse(Refusal::Field);
        }
        if mail::hides_a_field(parsed) {
            self.refuse(Refusal::Characters);
        }
    }

    /// The first reason counts.
    fn refuse(&mut self, refusal: Refusal) {
        if self.target.is_ok() {
            self.target = Err(refusal);
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scheme => "only http, https and mailto are opened",
            Self::Characters => "addresses with such characters are not opened",
            Self::Meaningless => "no browser could open this",
            Self::Length => "an address as long as this is not opened",
            Self::Recipient => "a mail to somebody whose host cannot be told is not opened",
            Self::Field => "a mail with more fields than to, cc, bcc, subject and body is not opened",
            Self::Recipients => {
                return write!(f, "a mail to more than {RECIPIENTS} recipients is not opened");
            }
        })
    }
}

/// What is opened for `written`: the very same, or what a browser makes of it where it has letters beyond ASCII.
fn target(written: &str, parsed: Option<&Url>) -> Result<String, Refusal> {
    let scheme = written.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    if !matches!(scheme.as_deref(), Some("http" | "https" | "mailto")) {
        return Err(Refusal::Scheme);
    }
    let ascii = written.chars().filter(char::is_ascii);
    if !ascii.map(|c| c as u8).all(is_plain) || Printable::new(written).as_str() != written {
        return Err(Refusal::Characters);
    }
    let target = match parsed {
        None => return Err(Refusal::Meaningless),
        Some(_) if written.is_ascii() => written,
        Some(parsed) => parsed.as_str(),
    };
    if target.len() > LONGEST {
        return Err(Refusal::Length);
    }
    if target.bytes().all(is_plain) { Ok(target.to_owned()) } else { Err(Refusal::Characters) }
}

/// Whether a byte can be nothing but a part of an address (RFC 3986), whatever shell or terminal it goes through.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte)
}

/// What stands between the slashes: the host, with what is before and behind it.
fn authority(written: &str) -> &str {
    let rest = written.split_once(':').map_or("", |(_, rest)| rest).trim_start_matches(['/', '\\']);
    rest.split(['/', '\\', '?', '#']).next().unwrap_or_default()
}

/// The host as it is written.
fn written_host(written: &str) -> &str {
    let authority = authority(written);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let numbers = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    match host.rsplit_once(':') {
        Some((host, port)) if numbers(port) => host,
        Some(_) | None => host,
    }
}

#[cfg(test)]
mod tests;
