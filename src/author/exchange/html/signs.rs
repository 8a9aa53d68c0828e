//! The signs of a text that Markdown could take for its own.

/// Every sign that can mean something in Markdown somewhere. Its place here gives its noncharacter.
const SIGNS: &str = "\\*_`[]<>#+-.)!|~^{}&=:";

/// The first of the 32 noncharacters of the Arabic Presentation Forms (Unicode, section 23.7). They stand in no text
/// that is meant for others; where one does all the same, it is replaced before ours are put in.
const FIRST: u32 = 0xFDD0;

/// A tilde and a caret that are markup: `~~struck~~`, `H~2~O`, `x^2^`.
pub(super) const TILDE: char = '\u{fdea}';
pub(super) const CARET: char = '\u{fdeb}';
/// A cell and a row of a table begin.
pub(super) const CELL: char = '\u{fdee}';
pub(super) const ROW: char = '\u{fdef}';

/// Plain text as Markdown that shows exactly this text, in one paragraph for each of its blank-line-separated parts and
/// with its line breaks.
#[must_use]
pub fn literal(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        out.extend(line.chars().map(sealed));
        match lines.get(index + 1) {
            Some(next) if !line.is_empty() && !next.is_empty() => out.push_str("\\\n"),
            Some(_) => out.push('\n'),
            None => {}
        }
    }
    restore(&out)
}

/// A character of a text, as it passes through the converter.
pub(super) fn sealed(c: char) -> char {
    match SIGNS.chars().position(|sign| sign == c) {
        Some(place) => u32::try_from(place).ok().and_then(|place| char::from_u32(FIRST + place)).unwrap_or(c),
        None => unsealed(c),
    }
}

/// A character of a text that is taken as it is, such as code: never one of ours.
pub(super) fn unsealed(c: char) -> char {
    if matches!(c, '\u{fdd0}'..='\u{fdef}' | '\0') { char::REPLACEMENT_CHARACTER } else { c }
}

fn opened(c: char) -> Option<char> {
    let place = usize::try_from(u32::from(c).checked_sub(FIRST)?).ok()?;
    SIGNS.chars().nth(place)
}

/// Gives the sealed signs back, behind a backslash where Markdown would take them for its own, and takes out the
/// backslashes that break no line because none follows.
pub(super) fn restore(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() + markdown.len() / 8);
    let mut fence: Option<String> = None;
    let mut lines = markdown.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).peekable();
    while let Some(line) = lines.next() {
        let begin =
            line.trim_start_matches([' ', '>', '-', '.']).trim_start_matches(|c: char| c.is_ascii_digit());
        let begin = begin.trim_start_matches(['.', ' ']);
        let run: String = begin.chars().take_while(|c| *c == '`').collect();
        if let Some(open) = &fence {
            out.extend(line.chars().map(|c| opened(c).unwrap_or(c)));
            if begin == *open {
                fence = None;
            }
        } else {
            let ends = lines.peek().is_none_or(|next| next.trim_matches([' ', '>']).is_empty());
            let line = if ends { line.trim_end_matches(['\\', ' ']) } else { line };
            restore_line(line, &mut out);
            if run.len() >= 3 && !begin[run.len()..].contains('`') {
                fence = Some(run);
            }
        }
        if lines.peek().is_some() {
            out.push('\n');
        }
    }
    out
}

fn restore_line(line: &str, out: &mut String) {
    let start = out.len();
    let mut chars = line.chars().peekable();
    let mut before = '\n';
    while let Some(c) = chars.next() {
        let shown = match c {
            TILDE => '~',
            CARET => '^',
            c => opened(c).unwrap_or(c),
        };
        if opened(c).is_some() {
            let next = chars.peek().map(|next| opened(*next).unwrap_or(*next));
            if is_taken(shown, before, next, &out[start..], &chars) {
                out.push('\\');
            }
        }
        out.push(shown);
        before = shown;
    }
}

/// Whether Markdown would take this sign of the text for its own. `line` is what stands before it on its line.
fn is_taken(
    sign: char,
    before: char,
    next: Option<char>,
    line: &str,
    after: &std::iter::Peekable<std::str::Chars<'_>>,
) -> bool {
    match sign {
        '_' => !(before.is_alphanumeric() && next.is_some_and(char::is_alphanumeric)),
        '>' | '+' | '-' | '=' | ':' => is_start(line),
        // Behind the text of a heading, it would end it.
        '#' => is_start(line) || line.trim_start().starts_with('#'),
        '.' | ')' => is_number(line),
        // A bracket of the text is behind a backslash itself.
        '!' => after.clone().next() == Some('['),
        '&' => is_entity(after.clone()),
        // A closing brace alone means nothing.
        '}' => false,
        // `\ * ` [ ] < | ~ ^ {`
        _ => true,
    }
}

/// Whether nothing but the signs of lists and quotes stands on the line.
fn is_start(line: &str) -> bool {
    let mut rest = line;
    loop {
        let shorter = rest.trim_start_matches([' ', '>', '-', '*', '~', '|', '#']);
        let number = shorter.trim_start_matches(|c: char| c.is_ascii_digit());
        let shorter = match number.strip_prefix(". ") {
            Some(item) if number.len() < shorter.len() => item,
            _ => shorter,
        };
        if shorter.is_empty() {
            return true;
        }
        if shorter.len() == rest.len() {
            return false;
        }
        rest = shorter;
    }
}

/// Whether nothing but a number stands on the line, which a dot or bracket would make the first of a list.
fn is_number(line: &str) -> bool {
    let digits = line.bytes().rev().take_while(u8::is_ascii_digit).count();
    (1..=9).contains(&digits) && is_start(&line[..line.len() - digits])
}

/// Whether what follows the ampersand makes it an entity.
fn is_entity(after: std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    let name: String = after.map(|c| opened(c).unwrap_or(c)).take(40).collect();
    name.split_once(';').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
    })
}
