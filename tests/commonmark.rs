//! Every example of the `CommonMark` specification, laid out at every width: nothing breaks, nothing is lost, and what is
//! seen is what the specification says.
//!
//! The examples are not ours: they are read from the package of our Markdown parser, which carries them as its tests.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use countersign::markup::{Document, Layout, Line, Role, Span};
use countersign::printable::Printable;

/// An example of the specification.
struct Example {
    number: usize,
    markdown: String,
    html: String,
}

/// How many examples version 0.31.2 of the specification has, numbered from 1.
const EXAMPLES: usize = 652;

/// Wide enough that nothing of an example is wrapped.
const WIDE: u16 = 10_000;

/// Examples in which something else is seen on purpose. HTML knows no links in the description of a picture; here such a
/// link can be followed, so it has its number.
const OTHERWISE: &[(&str, &str)] =
    &[("![[[foo](uri1)](uri2)](uri3)\n", "[foo[1]](uri2)"), ("![foo [bar](/url)](/url2)\n", "foo bar[1]")];

#[test]
fn what_is_seen_is_what_the_specification_says() {
    let mut wrong = String::new();
    let mut otherwise = 0;
    for example in examples() {
        let seen = words(&as_html(&lines(&example.markdown, WIDE)));
        let own = OTHERWISE.iter().find(|(markdown, _)| *markdown == example.markdown);
        otherwise += usize::from(own.is_some());
        let expected = own.map_or_else(|| words(&example.html), |(_, seen)| (*seen).to_owned());
        if seen != expected {
            let _ = writeln!(wrong, "{}. {:?}\n  {expected:?}\n  {seen:?}", example.number, example.markdown);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert_eq!(otherwise, OTHERWISE.len(), "each of these is an example");
}

/// The numbers of lists are no words, and a list without them says something else.
#[test]
fn the_numbers_of_lists_are_those_of_the_specification() {
    let mut numbered = 0;
    // Lists of raw HTML are shown as they are written.
    for example in examples().into_iter().filter(|example| !example.markdown.contains("<ol")) {
        let expected = numbers_in(&example.html);
        numbered += expected.len();
        for width in [20, 40, 80, WIDE] {
            let seen = list_numbers(&lines(&example.markdown, width));
            assert_eq!(seen, expected, "example {} at {width}: {:?}", example.number, example.markdown);
        }
    }
    assert_eq!(numbered, 34, "so many numbers have the lists of the examples");
}

#[test]
fn every_example_fits_into_every_width() {
    for example in examples() {
        let mut layout = Layout::new(Arc::new(Document::parse(example.markdown.as_str().into())), 1);
        for width in 1..=200 {
            layout.set_width(width);
            let top = layout.top();
            for line in layout.lines(top, usize::MAX) {
                let sum: usize = line.spans.iter().map(|span| span.text.width()).sum();
                assert!(sum <= usize::from(width), "example {} at {width}: {line:?}", example.number);
            }
        }
    }
}

/// As long as every character finds room, no width loses or repeats any, be it of a text, a marker of a list or what is said of a
/// picture; and where there is room for the bars of quotations, it has as many before it.
#[test]
fn no_width_loses_anything() {
    for example in examples() {
        let wide = solid(&lines(&example.markdown, WIDE));
        for width in [2, 3, 5, 8, 13, 21, 40, 80, 120] {
            let mut narrow = solid(&lines(&example.markdown, width));
            let mut wide = wide.clone();
            if width < ROOM_FOR_BARS {
                narrow.iter_mut().chain(&mut wide).for_each(|(_, bars)| *bars = 0);
            }
            assert_eq!(narrow, wide, "example {} at {width}: {:?}", example.number, example.markdown);
        }
    }
}

/// From here on no quotation of an example is so deep that its bars would leave no room for its words.
const ROOM_FOR_BARS: u16 = 21;

fn lines(markdown: &str, width: u16) -> Vec<Line> {
    let mut layout = Layout::new(Arc::new(Document::parse(markdown.into())), width);
    let top = layout.top();
    layout.lines(top, usize::MAX)
}

/// What is seen without the signs that we put there, as HTML in which only raw HTML has tags: we show those, and a
/// browser obeys them.
fn as_html(lines: &[Line]) -> String {
    let mut html = String::new();
    for line in lines.iter().filter(|line| !is_underline(line)) {
        let framed =
            line.spans.iter().any(|span| span.style.role == Role::Image && is_frame(span.text.as_str()));
        // A description and the signs around it are spans of their own.
        for spans in line.spans.chunk_by(|one, next| one.style.role == next.style.role) {
            let text: String = spans.iter().map(|span| span.text.as_str()).collect();
            match spans[0].style.role {
                Role::Picture | Role::Marker | Role::Quote | Role::Alert(_) | Role::Rule | Role::Table => {}
                Role::Image => html.push_str(&described(&text)),
                // The file that is shown below its description.
                Role::Muted if framed => {}
                Role::Muted => html.push_str(&text),
                Role::Text | Role::Heading(_) | Role::Code | Role::TableHeader | Role::Bar => {
                    for span in spans {
                        html.push_str(&span.text.to_html());
                    }
                }
            }
        }
        html.push('\n');
    }
    html
}

/// The numbers of the items of ordered lists, from top to bottom.
fn numbers_in(html: &str) -> Vec<u64> {
    let mut numbers = Vec::new();
    // What the next item of each list that is open has; nothing in a list of points.
    let mut lists: Vec<Option<u64>> = Vec::new();
    for tag in html.split('<').skip(1).filter_map(|part| part.split('>').next()) {
        match tag {
            "/ol" | "/ul" => drop(lists.pop()),
            "ol" => lists.push(Some(1)),
            "ul" => lists.push(None),
            "li" => {
                if let Some(Some(next)) = lists.last_mut() {
                    numbers.push(*next);
                    *next += 1;
                }
            }
            _ => {
                let start = tag.strip_prefix("ol start=\"").and_then(|rest| rest.strip_suffix('"'));
                lists.extend(start.map(|start| Some(start.parse().expect("a number"))));
            }
        }
    }
    numbers
}

/// The numbers before items, as they are seen.
fn list_numbers(lines: &[Line]) -> Vec<u64> {
    let markers = lines.iter().flat_map(|line| &line.spans).filter(|span| span.style.role == Role::Marker);
    let numbers = markers.filter_map(|span| span.text.as_str().trim().strip_suffix(['.', ')'])?.parse().ok());
    numbers.collect()
}

fn is_underline(line: &Line) -> bool {
    line.spans.iter().any(|span| matches!(span.style.role, Role::Heading(1 | 2)))
        && line
            .spans
            .iter()
            .all(|span| span.text.as_str().chars().all(|c| matches!(c, '═' | '─' | ' ' | '│')))
}

fn is_frame(text: &str) -> bool {
    text.trim().starts_with(['┌', '│', '└'])
}

/// The description of a picture that stands in a line of text.
fn described(text: &str) -> String {
    let inner = text.strip_prefix("[picture: ").and_then(|text| text.strip_suffix(']'));
    inner.map_or_else(String::new, |alt| Printable::new(alt).to_html())
}

/// Every character that is not white space, with how many bars of quotations stand in its line. Left out is what a width puts there: lines,
/// the frames of pictures, and the sign that a row of code goes on.
fn solid(lines: &[Line]) -> Vec<(char, usize)> {
    let mut text = Vec::new();
    for line in lines.iter().filter(|line| !is_underline(line)) {
        let of_quote = |span: &&Span| span.style.role == Role::Quote;
        let bars =
            line.spans.iter().filter(of_quote).flat_map(|span| span.text.as_str().matches('│')).count();
        for span in &line.spans {
            let words = span.text.as_str();
            let words = match span.style.role {
                Role::Quote | Role::Rule => continue,
                Role::Marker if words.trim() == "↪" => continue,
                // In a frame the word "picture" stands in the upper edge; before words it ends with a colon.
                Role::Image => words.replace(['┌', '─', '┐', '│', '└', '┘', ':'], ""),
                Role::Text
                | Role::Code
                | Role::Heading(_)
                | Role::Muted
                | Role::Marker
                | Role::Alert(_)
                | Role::Table
                | Role::TableHeader
                | Role::Bar
                | Role::Picture => words.to_owned(),
            };
            text.extend(words.chars().filter(|c| !c.is_whitespace()).map(|c| (c, bars)));
        }
    }
    text
}

/// The text content of some HTML, its white space collapsed, hidden characters as we show them. Pictures are their
/// descriptions.
fn words(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&decoded(&rest[..at]));
        rest = &rest[at..];
        let length = tag_length(rest);
        if length == 0 {
            text.push('<');
            rest = &rest[1..];
            continue;
        }
        if let Some(alt) = rest[..length].strip_prefix("<img").and_then(|tag| tag.split_once("alt=\"")) {
            text.push_str(&decoded(alt.1.split('"').next().unwrap_or_default()));
        }
        rest = &rest[length..];
    }
    text.push_str(&decoded(rest));
    let text: Vec<String> =
        text.split_ascii_whitespace().map(|word| Printable::new(word).to_string()).collect();
    text.join(" ")
}

/// How long the tag, comment or declaration is that HTML begins with; 0 if it is none.
fn tag_length(html: &str) -> usize {
    let behind = |end: &str| html.find(end).map_or(html.len(), |at| at + end.len());
    if html.starts_with("<!--") {
        return behind("-->");
    }
    if html.starts_with("<?") {
        return behind("?>");
    }
    if html.starts_with("<![CDATA[") {
        return behind("]]>");
    }
    let named = html[1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic() || c == '!');
    let mut quote = None;
    for (at, c) in html.char_indices().skip(1).filter(|_| named) {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    0
}

fn decoded(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&")
}

/// The examples from the source of the parser, wherever cargo keeps it.
fn examples() -> Vec<Example> {
    let path = parser().join("tests/suite/spec.rs");
    let source =
        std::fs::read_to_string(&path).expect("the parser's package has the specification's examples");
    let examples: Vec<Example> = source
        .split("fn spec_test_")
        .skip(1)
        .map(|test| {
            let number = test.split('(').next().and_then(|number| number.parse().ok());
            Example {
                number: number.expect("tests are numbered"),
                markdown: literal(test, "let original = "),
                html: literal(test, "let expected = "),
            }
        })
        .collect();
    let numbers: Vec<usize> = examples.iter().map(|example| example.number).collect();
    assert_eq!(numbers, (1..=EXAMPLES).collect::<Vec<_>>(), "{}", path.display());
    examples
}

/// The raw string behind `name`.
fn literal(test: &str, name: &str) -> String {
    let (_, value) = test.split_once(name).expect("every test has both");
    let (_, value) = value.split_once("r##\"").expect("a raw string");
    value.split_once("\"##;").expect("its end").0.to_owned()
}

fn parser() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        // What only other systems need was not downloaded for this test.
        .args(["--filter-platform", "host-tuple"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs, as it runs this test");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let packages = metadata["packages"].as_array().expect("there are packages");
    let package = packages.iter().find(|package| package["name"] == "pulldown-cmark");
    let manifest = package.and_then(|package| package["manifest_path"].as_str()).expect("we depend on it");
    PathBuf::from(manifest).parent().expect("a manifest stands in a folder").to_owned()
}
