//! How a check went, and what was answered.

use super::{Message, Stage, State};
use crate::quiz::mark::Mark;
use crate::training::{CheckState, right_answers};
use crate::tui::pane::{Context, View};
use crate::tui::screens::shared::{answer_line, back_at, reached, whole};
use crate::tui::widgets::sheet::{Sheet, Spot};

impl State {
    /// Leaves the look back for where somebody was before: on the summary, at the answer that they looked at.
    pub(super) fn end_review(&mut self, context: &Context<'_>) {
        let Stage::Review { index, .. } = self.stage else { return };
        self.stage = Self::present_stage(self.module, context);
        if let Stage::Summary { wrong, .. } = self.stage {
            let area = whole(context.size);
            let summary = self.summary(self.left, &context.view(), area.width);
            let spot = back_at(&summary, &Message::Review(index), area.height);
            self.stage = Stage::Summary { spot, wrong };
        }
    }

    /// How it went, what can be done about it, and every answer.
    pub(super) fn summary(&self, spot: Spot, view: &View<'_>, width: u16) -> Sheet<Message> {
        let theme = view.settings.theme;
        let mut sheet = Sheet::new(width, spot, theme);
        let Some(check) = view.training.check(self.module) else { return sheet };
        let wrong = check.wrong().count();
        let (words, style, passed) = match check.state {
            CheckState::Finished { right, partly, total, passed, .. } => {
                let (outcome, style) =
                    if passed { ("✓ passed", theme.good()) } else { ("✗ not passed yet", theme.bad()) };
                let reached =
                    reached(check.state, view).map_or_else(String::new, |reached| format!("; {reached}"));
                (format!("{outcome}: {}{reached}", right_answers(right, partly, total)), style, passed)
            }
            CheckState::UnderWay { answered, total } => {
                (format!("{answered} of {total} answered"), theme.caution(), false)
            }
            CheckState::NotStarted => ("nothing answered yet".to_owned(), theme.caution(), false),
        };
        sheet.words(&words, style);
        if let Some(percent) = view.training.percent_in_record(self.module) {
            sheet.words(&format!("Your signed record says {percent} %."), theme.muted());
        }
        sheet.blank();
        if passed {
            sheet.button("Go on", Message::NextPart);
        }
        match wrong {
            0 => {}
            1 => sheet.button("Try the one that was not right again", Message::Again),
            wrong => sheet.button(&format!("Try the {wrong} that were not right again"), Message::Again),
        }
        if let Some(words) = view.training.what_trying_changes(self.module) {
            // Below the words of the button that it is about.
            sheet.hanging("    ", words, theme.muted());
        }
        if !passed && view.training.step_after_check(self.module).is_some() {
            sheet.button("Leave it for now and go on", Message::NextPart);
        }
        sheet.blank();
        sheet.words("Your answers:", theme.strong());
        for (index, (question, answer)) in check.answered.iter().enumerate() {
            let mark = Mark { earned: answer.earned, possible: answer.possible };
            answer_line(&mut sheet, index, question, Some(mark), Message::Review(index));
        }
        sheet
    }
}
