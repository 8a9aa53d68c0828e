//! A search in a text as it is seen: what was found, how many there are, and the line in which words are typed.

use super::Scope;
use crate::markup;
use crate::printable::Printable;
use crate::tui::keymap::Key;
use crate::tui::pane::Pane;
use crate::tui::screens::reader::{Reader, Tool};
use crate::tui::screens::words_line;
use crate::tui::settings::Settings;
use crate::tui::theme::Theme;

/// From this many columns of the screen on the last line has room for the key that looks elsewhere.
const ROOM_FOR_SCOPE: u16 = 57;

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
        Some(find.count().replace(", around", ""))
    }

    /// Draws the line with the words, while they are typed; before that it says where else they can be looked for.
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
            Scope::Text => ("/ ", "whole course", Some("course")),
            // The words need the room, and what stands before them is clicked as well.
            Scope::Course => (words_line::IN_COURSE, "this text", None),
        };
        let (count, scope) = if find.field.text().is_empty() {
            (String::new(), format!("{key}: {other}"))
        } else if let Some(short) = short.filter(|_| self.size.width < ROOM_FOR_SCOPE) {
            let count = find.count();
            // Why nothing was found is said where Enter is pressed, too.
            (format!("{}  ", count.split(';').next().unwrap_or_default()), format!("{key}: {short}"))
        } else {
            (find.count(), String::new())
        };
        let (before, after) =
            words_line::draw(pane, row, sign, &find.field, &format!("{count}{scope}"), theme, |edit| {
                message(Tool::Type(edit))
            });
        let columns = u16::try_from(Printable::new(&scope).width()).unwrap_or(u16::MAX);
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
