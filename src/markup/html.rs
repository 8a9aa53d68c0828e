//! Markdown as HTML for pages that stand by themselves.

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, Parser, Tag, TagEnd};

use super::events::is_line_break;
use super::render::with_raised;
use super::{AlertKind, chart, events};
use crate::printable::Printable;

/// The HTML of some Markdown. Headings begin `below` levels deeper, pictures are their descriptions, charts are tables, raw
/// HTML is text, what would hide is shown, and links lead to `https`, `http`, `mailto` or a relative address only.
#[must_use]
pub fn html(markdown: &str, below: u8) -> String {
    // Of every link that is open: whether its tag was written.
    let mut links: Vec<bool> = Vec::new();
    let mut open_chart: Option<chart::Lines> = None;
    let events = Parser::new_ext(markdown, events::options()).into_offset_iter().collect();
    let events = events::notes_together(events).into_iter().filter_map(|(event, place)| {
        let event = match event {
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                let safe = is_safe(&dest_url);
                links.push(safe);
                if !safe {
                    return None;
                }
                let (title, id) = (shown(&title).into(), "".into());
                Event::Start(Tag::Link { link_type, dest_url: shown(&dest_url).into(), title, id })
            }
            Event::End(TagEnd::Link) => {
                if links.pop() != Some(true) {
                    return None;
                }
                Event::End(TagEnd::Link)
            }
            Event::Start(Tag::Image { .. }) => Event::InlineHtml("<span class=\"picture\">".into()),
            Event::End(TagEnd::Image) => Event::InlineHtml("</span>".into()),
            Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
                level: deeper(level, below),
                id: None,
                classes: vec![],
                attrs: vec![],
            }),
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(deeper(level, below))),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if chart::is_chart(&info) => {
                open_chart = Some(chart::Lines::default());
                return None;
            }
            Event::Text(text) if open_chart.is_some() => {
                open_chart.get_or_insert_default().push(&text, place.start);
                return None;
            }
            Event::End(TagEnd::CodeBlock) if open_chart.is_some() => {
                let code = open_chart.take().unwrap_or_default();
                Event::Html(match chart::read(&code) {
                    Ok(chart) => chart.html().into(),
                    Err(_) => format!("<pre><code>{}</code></pre>\n", escape(code.text())).into(),
                })
            }
            Event::Start(Tag::CodeBlock(_)) => Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)),
            Event::Start(Tag::BlockQuote(kind)) => Event::Html(quote(kind)),
            Event::End(TagEnd::BlockQuote(_)) => Event::Html("</blockquote>\n".into()),
            Event::Start(Tag::FootnoteDefinition(label)) => {
                Event::Html(format!("<div class=\"note\">[{}]\n", escape(&label)).into())
            }
            Event::End(TagEnd::FootnoteDefinition) => Event::Html("</div>\n".into()),
            Event::FootnoteReference(labels) => Event::Text(shown(&format!(" [{labels}]")).into()),
            Event::TaskListMarker(done) => Event::Text(if done { "☑ " } else { "☐ " }.into()),
            Event::InlineHtml(tag) if is_line_break(&tag) => Event::HardBreak,
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(shown(&text).into()),
            Event::Text(text) => Event::Text(shown(&with_raised(&text)).into()),
            Event::Code(text) => Event::Code(shown(&text).into()),
            event @ (Event::Start(_)
            | Event::End(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::InlineMath(_)
            | Event::DisplayMath(_)) => event,
        };
        Some(event)
    });
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, events);
    out
}

/// Text that is safe in HTML, as text or as the value of an attribute in quotation marks.
#[must_use]
pub fn escape(text: &str) -> String {
    by_line(text, Printable::to_html)
}

/// The text with what would hide or steer made visible.
fn shown(text: &str) -> String {
    by_line(text, |line| line.as_str().to_owned())
}

/// Line ends and tabs stay as they are: HTML folds them.
fn by_line(text: &str, write: impl Fn(&Printable) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive(['\n', '\t']) {
        let end = line.trim_end_matches(['\n', '\t']).len();
        out.push_str(&write(&Printable::new(&line[..end])));
        out.push_str(&line[end..]);
    }
    out
}

fn deeper(level: HeadingLevel, below: u8) -> HeadingLevel {
    let level = (level as usize + usize::from(below)).min(6);
    HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6)
}

fn quote(kind: Option<BlockQuoteKind>) -> CowStr<'static> {
    match kind {
        None => "<blockquote>\n".into(),
        Some(kind) => {
            format!("<blockquote>\n<p><strong>{}</strong></p>\n", AlertKind::from(kind).word()).into()
        }
    }
}

/// Whether an address can be followed without running anything: browsers read `javascript:` through white space and
/// control characters too, so whatever has another scheme, or characters that hide one, is none.
fn is_safe(address: &str) -> bool {
    if address.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return false;
    }
    let head = address.split(['/', '?', '#']).next().unwrap_or_default();
    match head.split_once(':') {
        Some((scheme, _)) => ["https", "http", "mailto"].iter().any(|safe| scheme.eq_ignore_ascii_case(safe)),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_safe_becomes_markup() {
        fn check(markdown: &str, expected: &str) {
            assert_eq!(html(markdown, 2).trim_end(), expected, "{markdown}");
        }
        check("a *b* `c`", "<p>a <em>b</em> <code>c</code></p>");
        check("# h {#x .y onclick=z}", "<h3>h</h3>");
        check("##### h", "<h6>h</h6>");
        check("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;");
        check("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>");
        check("a<br>b", "<p>a<br />\nb</p>");
        check("[a](javascript:x)", "<p>a</p>");
        check("[a](JaVaScRiPt&colon;x)", "<p>a</p>");
        check("[a](data:text/html,x)", "<p>a</p>");
        check("[a](<java script:x>)", "<p>a</p>");
        check("[a](https://example.org/?a=\"b)", "<p><a href=\"https://example.org/?a=%22b\">a</a></p>");
        check("[a](x/y:z)", "<p><a href=\"x/y:z\">a</a></p>");
        check(
            "![alt *text*](https://example.org/x.png)",
            "<p><span class=\"picture\">alt <em>text</em></span></p>",
        );
        check("\u{202e}a &#x202e; &lt;b&gt;", "<p>&lt;U+202E&gt;a &lt;U+202E&gt; &lt;b&gt;</p>");
        check(
            "A.[^F1][^F2] B\n\n[^F1]: x\n\n[^F2]: y",
            "<p>A. [F1, F2] B</p>\n<div class=\"note\">[F1]\n<p>x</p>\n</div>\n<div class=\"note\">[F2]\n<p>y</p>\n</div>",
        );
        check("H~2~O and x^2^", "<p>H₂O and x²</p>");
        check("```js\" onx=\"\na\n```", "<pre><code>a\n</code></pre>");
        check("> [!NOTE]\n> a", "<blockquote>\n<p><strong>Note</strong></p>\n<p>a</p>\n</blockquote>");
        assert_eq!(escape("<a href=\"\u{1}\">&"), "&lt;a href=&quot;&lt;U+0001&gt;&quot;&gt;&amp;");
    }
}
