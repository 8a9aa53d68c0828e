//! Lessons fit on every screen.

use std::sync::Arc;

use countersign::course::Lesson;
use countersign::markup::{Layout, StrainKind};

use crate::none;
use crate::shipped::course;

/// A narrow screen, the classic one without its margins, and a wide one.
const WIDTHS: [u16; 3] = [38, 76, 100];

fn texts() -> impl Iterator<Item = &'static Lesson> {
    let policy = course().policy.iter().map(|policy| &policy.lesson);
    course().modules.iter().map(|module| &module.lesson).chain(policy)
}

#[test]
fn no_line_is_wider_than_the_screen() {
    let mut wide = Vec::new();
    for (lesson, width) in texts().flat_map(|lesson| WIDTHS.map(|width| (lesson, width))) {
        let mut layout = Layout::new(Arc::clone(&lesson.document), width);
        let (top, all) = (layout.top(), 10_000);
        let lines = layout.lines(top, all);
        assert!(lines.len() > 20 && lines.len() < all, "{} is laid out whole", lesson.path);
        for line in lines {
            let columns: usize = line.spans.iter().map(|span| span.text.width()).sum();
            if columns > usize::from(width) {
                wide.push(format!("{}: {columns} columns of {width}", lesson.path));
            }
        }
    }
    none(&wide);
}

#[test]
fn nothing_is_cut_and_tables_stay_tables() {
    let mut cut = Vec::new();
    for lesson in texts() {
        let document = Arc::clone(&lesson.document);
        let prose = lesson.text().find("\n## Sources\n").unwrap_or(lesson.text().len());
        for width in WIDTHS {
            for strain in Layout::new(Arc::clone(&document), width).strains() {
                // Addresses are long, and on a narrow screen a table becomes a list that can be read.
                let matters = match strain.kind {
                    StrainKind::Word => strain.offset < prose,
                    StrainKind::Cell => true,
                    StrainKind::Code | StrainKind::Table => width >= 76,
                };
                if matters {
                    let line = lesson.text()[..strain.offset].matches('\n').count() + 1;
                    cut.push(format!(
                        "{}:{line}: {:?} `{}` needs {} columns of {width}",
                        lesson.path, strain.kind, strain.text, strain.needed
                    ));
                }
            }
        }
    }
    none(&cut);
}
