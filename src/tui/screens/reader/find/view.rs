//! A search in a text as it is seen: what was found, how many there are, and the line in which words are typed.

use super::{Count, Scope};
use crate::markup;
use crate::tui::keymap::Key;
use crate::tui::pane::Pane;
use crate::tui::screens::reader::{Reader, Tool};
use crate::tui::screens::words_line;
use crate::tui::settings::Settings;
use crate::tui::theme::Theme;

/// The words keep so many columns before what stands beside them is said in full.
const ROOM_FOR_WORDS: u16 = 12;

impl Reader {
    /// The lines of the text in sight, with what was found marked.
    pub(in crate::tui::screens::reader) fn lines_in_sight(&self) -> Vec<markup::Line> {
        let rows = self.height.saturating_sub(self.rows_kept_back());
        let mut layout = self.layout.borrow_mut();
        match self.find.as_ref().and_then(|find| Some((find.search.as_ref()?, find.current))) {
            Some((search, current)) => layout.marked_lines(self.top, rows, &mut search.borrow_mut(), current),
            None => layout.lines(self.top, rows),
        }
    }

    /// Which hit the reader is at, for the first line of the screen.
    pub(in crate::tui::screens::reader) fn find_status(&self) -> Option<String> {
        // That nothing was found is said above the keys.
        let find = self.find.as_ref().filter(|find| !find.is_typing() && !find.is_nowhere())?;
        // Around is said once, above the keys.
        Some(find.count().places)
    }

    /// Draws the line with the words, while they are typed: how many places there are, and where else they can be looked for.
    pub(in crate::tui::screens::reader) fn view_find<M>(
        &self,
        settings: &Settings,
        pane: &mut Pane<'_, M>,
        message: fn(Tool) -> M,
    ) {
        let theme = settings.theme;
        let Some(find) = self.find.as_ref().filter(|find| find.is_typing()) else { return };
        let row = self.size.height.saturating_sub(1);
        let key = settings.keymap.name_while_typing("scope", &[Key::Tab]);
        let (sign, other, short) = match find.scope {
            Scope::Text => ("/ ", "whole course", "course"),
            Scope::Course => (words_line::IN_COURSE, "this text", "text"),
        };
        let [other, short] = [other, short].map(|other| format!("{key}: {other}"));
        let Count { places, around, why } = find.count();
        // Why nothing was found is said where Enter is pressed, too, and what stands before the words is clicked as well.
        let choices = [
            (format!("{places}{around}{why}"), other),
            (format!("{places}{around}{why}"), short.clone()),
            (format!("{places}{around}"), short),
            (format!("{places}{around}"), String::new()),
        ];
        let choices = choices.map(|(count, scope)| {
            let apart = if count.is_empty() || scope.is_empty() { "" } else { "  " };
            (format!("{count}{apart}{scope}"), scope)
        });
        let width = pane.area().width;
        let has_room = |(beside, _): &&(String, String)| {
            words_line::room_for_words(width, sign, beside) >= ROOM_FOR_WORDS
        };
        let [.., least] = &choices;
        let (beside, scope) = choices.iter().find(has_room).unwrap_or(least);
        let (before, after) =
            words_line::draw(pane, row, sign, &find.field, beside, theme, |edit| message(Tool::Type(edit)));
        let columns = words_line::columns(scope);
        for place in [before, after.end.saturating_sub(columns)..after.end] {
            pane.hit(place, row, message(Tool::Scope));
        }
    }

    /// Draws what was found in the whole course, if that is looked for; whether it is.
    pub(in crate::tui::screens::reader) fn view_results<M>(
        &self,
        theme: Theme,
        pane: &mut Pane<'_, M>,
        message: fn(Tool) -> M,
    ) -> bool {
        let Some(results) = self.results() else { return false };
        let open = |number| message(Tool::OpenFound(number));
        results.draw(self.room_for_results().height, theme, pane, open);
        true
    }
}
