//! The five levels of a record on a page, each with its reasons.

use crate::registry::collect::advice;
use crate::registry::office::LevelFile;
use crate::tui::hr::words;
use crate::tui::widgets::sheet::Sheet;

/// Puts the five levels onto a sheet, as `countersign verify` tells them.
pub(super) fn put<M: Clone>(sheet: &mut Sheet<M>, levels: &[LevelFile; 5]) {
    let theme = sheet.theme();
    for LevelFile { level, now, at_receipt } in levels {
        let style = words::outcome_style(now.outcome, theme);
        let sign = words::outcome_sign(now.outcome);
        sheet.words(&format!("{sign} {}: {}", level.word(), now.outcome.word()), style);
        for reason in &now.reasons {
            sheet.hanging("    ", reason, theme.text());
        }
        if let Some(before) = at_receipt.filter(|before| *before != now.outcome) {
            sheet.hanging("    ", &format!("at receipt: {}", before.word()), theme.muted());
        }
        if let Some(advice) = advice(*level, now.outcome) {
            sheet.hanging("    ", &format!("next: {advice}"), theme.muted());
        }
    }
}
