//! The five levels of a record on a page, each with its reasons.

use crate::phrase::Phrase;
use crate::registry::collect::advice;
use crate::registry::office::LevelFile;
use crate::tui::hr::Look;
use crate::tui::hr::words::{self, Deciding};
use crate::tui::widgets::sheet::Sheet;

/// Puts the five levels onto a sheet, as `countersign verify` tells them.
pub(super) fn put<M: Clone>(sheet: &mut Sheet<M>, levels: &[LevelFile; 5], deciding: Deciding, look: Look) {
    let theme = sheet.theme();
    for LevelFile { level, now, at_receipt } in levels {
        let style = words::outcome_style(now.outcome, theme);
        let sign = words::outcome_sign(now.outcome);
        sheet.words(Phrase::new().own(format!("{sign} {}: {}", level.word(), now.outcome.word())), style);
        for reason in &now.reasons {
            // They are sentences of ours, whatever they begin with.
            sheet.hanging("    ", Phrase::new().own(look.calendar.localized(reason)), theme.text());
        }
        if let Some(before) = at_receipt.filter(|before| *before != now.outcome) {
            sheet.hanging("    ", Phrase::new().own(format!("at receipt: {}", before.word())), theme.muted());
        }
        if let Some(advice) = advice(*level, now) {
            let next = format!("next: {}", look.commands.spelled(words::advice(advice, deciding)));
            sheet.hanging("    ", Phrase::new().own(next), theme.muted());
        }
    }
}
