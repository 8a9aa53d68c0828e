//! What a Markdown text is made of, for whoever judges how it was written.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::chart::{self, ChartFault};
use super::document::Document;
use super::events::{Located, is_block, is_line_break, level_number};
use super::plain_text::{list, one_line, push_plain};
use super::slips::{Slip, Slips};
use crate::printable::Printable;

/// What a text is made of, each in the order of the text. Places are bytes of the source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// Paragraphs and items: running text, without headings, tables, code and footnotes.
    pub prose: Vec<Prose>,
    /// The level (1 to 6) and place of every heading.
    pub headings: Vec<(u8, Range<usize>)>,
    /// Links, addresses without markup among them.
    pub links: Vec<Linked>,
    /// Pictures.
    pub pictures: Vec<Pictured>,
    /// Where raw HTML stands that is no line break: a block, a tag or a comment.
    pub html: Vec<Range<usize>>,
    /// What is wrong with charts.
    pub chart_faults: Vec<ChartFault>,
    /// Markdown that is taken for something else than what was meant.
    pub slips: Vec<Slip>,
}

/// A paragraph or an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// Its words, without markup.
    pub text: Printable,
    /// Where it begins.
    pub offset: usize,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// The words that are linked; nothing where a picture is.
    pub text: Printable,
    /// Where it leads, as written: show it as [`Printable`].
    pub address: String,
    /// Where it stands.
    pub place: Range<usize>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pictured {
    /// What is said to those who do not see it.
    pub description: Printable,
    /// Its file, as written: show it as [`Printable`].
    pub address: String,
    /// Where it stands.
    pub place: Range<usize>,
}

impl Document {
    /// What the text is made of. Reads all of it.
    #[must_use]
    pub fn survey(&self) -> Survey {
        let mut surveyor = Surveyor::default();
        let mut slips = Slips::new(self.source());
        for index in (0..self.chunks()).filter(|&index| self.is_markdown(index)) {
            let excerpt = self.excerpt(index);
            let define = |label: &str| self.definition(label);
            let mut undefined = |link, place| slips.take_undefined(link, place);
            for event in excerpt.events_and_undefined(&define, &mut undefined) {
                slips.take(&event);
                surveyor.take(event);
            }
            surveyor.flush();
        }
        self.add_loose_notes(&mut slips);
        surveyor.found.slips = slips.found();
        surveyor.found
    }
}

#[derive(Debug, Default)]
struct Surveyor {
    found: Survey,
    /// The running text under way, and where it began.
    text: String,
    offset: Option<usize>,
    /// How many headings, tables, code blocks, footnotes and blocks of HTML are open around.
    aside: usize,
    /// The link and the picture under way, and their words.
    link: Option<(Linked, String)>,
    picture: Option<(Pictured, String)>,
    /// The chart under way.
    chart: Option<chart::Lines>,
}

impl Surveyor {
    fn take(&mut self, (event, place): Located<'_>) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.flush();
                self.aside += 1;
                list(&mut self.found.headings, (level_number(level), place));
            }
            Event::Start(Tag::HtmlBlock) => {
                self.flush();
                self.aside += 1;
                list(&mut self.found.html, place);
            }
            Event::InlineHtml(tag) if !is_line_break(&tag) => list(&mut self.found.html, place),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if chart::is_chart(&info) => {
                self.flush();
                self.aside += 1;
                self.chart = Some(chart::Lines::default());
            }
            Event::Text(text) if self.chart.is_some() => {
                self.chart.get_or_insert_default().push(&text, place.start);
            }
            Event::Start(
                Tag::Table(_) | Tag::CodeBlock(_) | Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_),
            ) => {
                self.flush();
                self.aside += 1;
            }
            Event::End(
                TagEnd::Heading(_)
                | TagEnd::Table
                | TagEnd::CodeBlock
                | TagEnd::HtmlBlock
                | TagEnd::FootnoteDefinition
                | TagEnd::MetadataBlock(_),
            ) => {
                self.aside = self.aside.saturating_sub(1);
                if let Some(Err(faults)) = self.chart.take().map(|lines| chart::read(&lines)) {
                    for fault in faults {
                        list(&mut self.found.chart_faults, fault);
                    }
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let link = Linked { text: Printable::default(), address: dest_url.to_string(), place };
                self.link = Some((link, String::new()));
            }
            Event::End(TagEnd::Link) => {
                if let Some((mut link, text)) = self.link.take() {
                    link.text = one_line(&text);
                    list(&mut self.found.links, link);
                }
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let (description, address) = (Printable::default(), dest_url.to_string());
                self.picture = Some((Pictured { description, address, place }, String::new()));
            }
            Event::End(TagEnd::Image) => {
                if let Some((mut picture, text)) = self.picture.take() {
                    picture.description = one_line(&text);
                    list(&mut self.found.pictures, picture);
                }
            }
            Event::Start(tag) => {
                if is_block(tag.to_end()) {
                    self.flush();
                }
            }
            Event::End(tag) => {
                if is_block(tag) {
                    self.flush();
                }
            }
            event => self.words(&event, place.start),
        }
    }

    fn words(&mut self, event: &Event<'_>, offset: usize) {
        if let Some((_, text)) = &mut self.picture {
            return push_plain(event, text);
        }
        if let Some((_, text)) = &mut self.link {
            push_plain(event, text);
        }
        if self.aside == 0 {
            self.offset.get_or_insert(offset);
            push_plain(event, &mut self.text);
        }
    }

    fn flush(&mut self) {
        let (text, offset) = (std::mem::take(&mut self.text), self.offset.take());
        if let Some(offset) = offset
            && !text.trim().is_empty()
        {
            list(&mut self.found.prose, Prose { text: one_line(&text), offset });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::plain_text::LISTED;

    /// Everything was listed and then cut: 15 MB of pictures took 270 MB.
    #[test]
    fn there_is_an_end_to_what_is_listed() {
        let survey = Document::parse("![a](b) [c](d) <b>\n\n# e\n\n".repeat(150_000).into()).survey();
        let lists = [
            (survey.pictures.len(), survey.pictures.capacity()),
            (survey.links.len(), survey.links.capacity()),
            (survey.html.len(), survey.html.capacity()),
            (survey.headings.len(), survey.headings.capacity()),
            (survey.prose.len(), survey.prose.capacity()),
        ];
        for (length, capacity) in lists {
            assert_eq!(length, LISTED);
            assert!(capacity < 2 * LISTED, "{capacity}");
        }
    }

    /// A blank that does not break was a blank in one place and another in the other.
    #[test]
    fn a_description_reads_the_same_wherever_it_stands() {
        let source = "![p.\u{a0}7,  a\u{2003}map](a.png)";
        let described = Document::parse(source.into()).survey().pictures[0].description.clone();
        assert_eq!(described.as_str(), "p.\u{a0}7, a\u{2003}map");
        let lines = crate::markup::lines(source, 80);
        let shown: String =
            lines.iter().flat_map(|line| &line.spans).map(|span| span.text.as_str()).collect();
        assert!(shown.contains(described.as_str()), "{shown:?}");
    }

    #[test]
    fn running_text_headings_links_and_pictures() {
        let source = "# One *two*\n\nSome `code` and\nmore.\n\n- an item\n- another\n  of two lines\n\n\
                      | a | b |\n|---|---|\n| c | d |\n\n```\nlet x;\n```\n\n### Three\n\n\
                      See [the page](http://example.org) ![a map](assets/map.png) and https://example.org.\n";
        let survey = Document::parse(source.into()).survey();
        let prose: Vec<&str> = survey.prose.iter().map(|prose| prose.text.as_str()).collect();
        assert_eq!(
            prose,
            [
                "Some code and more.",
                "an item",
                "another of two lines",
                "See the page and https://example.org."
            ]
        );
        assert!(source[survey.prose[1].offset..].starts_with("an item"));
        let headings: Vec<(u8, &str)> =
            survey.headings.iter().map(|(level, place)| (*level, source[place.clone()].trim())).collect();
        assert_eq!(headings, [(1, "# One *two*"), (3, "### Three")]);
        let links: Vec<(&str, &str, &str)> = survey
            .links
            .iter()
            .map(|link| (link.text.as_str(), link.address.as_str(), &source[link.place.clone()]))
            .collect();
        assert_eq!(
            links,
            [
                ("the page", "http://example.org", "[the page](http://example.org)"),
                ("https://example.org", "https://example.org", "https://example.org")
            ]
        );
        let picture = &survey.pictures[0];
        assert_eq!((picture.description.as_str(), picture.address.as_str()), ("a map", "assets/map.png"));
        assert_eq!(&source[picture.place.clone()], "![a map](assets/map.png)");
    }

    #[test]
    fn raw_html_is_found_and_line_breaks_are_none() {
        let source = "A <b>word</b><br>here<BR />there <!-- note --> and <https://example.org> `<i>`.\n\n<!-- TODO\nmore -->\n\n<div>\n";
        let survey = Document::parse(source.into()).survey();
        let found: Vec<&str> = survey.html.iter().map(|place| source[place.clone()].trim_end()).collect();
        assert_eq!(found, ["<b>", "</b>", "<!-- note -->", "<!-- TODO\nmore -->", "<div>"]);
    }

    #[test]
    fn footnotes_are_no_running_text_but_what_they_link_counts() {
        let survey =
            Document::parse("Words.[^F1]\n\n[^F1]: [The page](https://example.org), 2026\n\nMore.".into())
                .survey();
        let prose: Vec<&str> = survey.prose.iter().map(|prose| prose.text.as_str()).collect();
        assert_eq!(prose, ["Words.", "More."]);
        assert_eq!(survey.links.len(), 1);
    }

    #[test]
    fn a_picture_without_description_inside_a_link() {
        let survey = Document::parse("[![](a.png)](b.md)".into()).survey();
        assert_eq!(survey.pictures[0].description.as_str(), "");
        assert_eq!(survey.links[0].address, "b.md");
    }
}
