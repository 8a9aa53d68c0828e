//! The settings while somebody looks at them and changes them.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::config::{Config, Kind, Mouse, Setting, ThemeName, Way};
use crate::tui::keymap::{Binding, Key, Keymap};
use crate::tui::modes::Modes;
use crate::tui::theme::{Depth, Device, Theme};
use crate::tui::widgets::{panel, text};

/// The settings while they are changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferences {
    offered: &'static [Setting],
    selected: usize,
    depth: Depth,
    /// As everything was when it was last kept.
    before: Box<Config>,
    /// What was changed since this was opened, the last at the end.
    changes: Vec<Change>,
    /// Whose the mouse was when this was opened.
    mouse: Mouse,
    now: Box<Config>,
}

/// A setting that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    /// Which of those that are offered.
    setting: usize,
    /// Its value before.
    value: String,
}

/// What happens on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// To the setting above.
    Up,
    /// To the setting below.
    Down,
    /// To the next or the previous value.
    Change(Way),
    /// To this setting; when it is there already, to its next value.
    Pick(usize),
    /// What was changed last is as it was before.
    Undo,
}

/// The settings of somebody who learns.
pub static LEARNER: &[Setting] = &Setting::ALL;

/// Those that mean something to HR's dashboard.
pub static OFFICER: &[Setting] = &[Setting::Theme, Setting::Mouse, Setting::Motion, Setting::Face];

/// The column of the values: the longest label, its sign and a gap.
const VALUES: usize = BACK.start as usize;

/// The columns of the sign before the value that is marked.
const BACK: Range<u16> = 17..19;

/// The key table of the settings: `$wrap` makes a message of the overlay out of a [`Message`], and `$close` is the message
/// that closes it; `$more` are the overlay's own lines. A macro, because a table is a static whose messages are of the overlay's own type.
macro_rules! preference_keys {
    ($wrap:path, $close:expr $(, $more:expr)*) => {{
        use $crate::config::Way;
        use $crate::tui::keymap::{Binding, Key};
        use $crate::tui::preferences::Message as Preference;
        &[
            $($more,)*
            Binding::new(
                &[Key::Down, Key::Char('j'), Key::WheelDown],
                $wrap(Preference::Down),
                "next setting",
            )
            .hint("choose")
            .repeating(),
            Binding::new(&[Key::Up, Key::Char('k'), Key::WheelUp], $wrap(Preference::Up), "previous setting")
                .repeating(),
            Binding::new(
                &[Key::Right, Key::Char('l'), Key::Char(' ')],
                $wrap(Preference::Change(Way::On)),
                "next value, or more",
            )
            .hint("change")
            .repeating(),
            Binding::new(
                &[Key::Left, Key::Char('h')],
                $wrap(Preference::Change(Way::Back)),
                "previous value, or less",
            )
            .repeating(),
            Binding::new(&[Key::Char('u')], $wrap(Preference::Undo), "take the last change back")
                .hint("undo")
                .repeating(),
            // The footer names the first: nobody is to think that it gives up what was changed.
            Binding::new(&[Key::Esc, Key::Enter, Key::Char('q')], $close, "keep it and go back").hint("keep"),
        ]
    }};
}

pub(in crate::tui) use preference_keys;

/// Said when settings are kept. Whoever gave the mouse away with it cannot click the way back.
#[must_use]
pub fn kept(config: &Config, keymap: &Keymap) -> String {
    let key = keymap.first_key("settings", &[Key::F(9)]).filter(|_| config.mouse == Mouse::Off);
    let way_back = key.map_or_else(String::new, |key| format!("; {} opens them again", key.name()));
    format!("settings kept{way_back}")
}

/// What the hints of `table` say and the keys that go the other way, in one line: the last line of a narrow screen is cut.
#[must_use]
pub fn keys_in_words<M: Clone + 'static>(table: &[Binding<M>]) -> String {
    let mut hints: Vec<(String, &str)> = Vec::new();
    for binding in table {
        match (binding.footer(), hints.last_mut()) {
            (Some((key, hint, _)), _) => hints.push((key, hint)),
            (None, Some((keys, _))) => keys.extend(binding.first_key()),
            (None, None) => {}
        }
    }
    let words: Vec<String> = hints.into_iter().map(|(keys, hint)| format!("{keys} {hint}")).collect();
    words.join(", ")
}

/// Said to whoever undoes nothing.
pub const NOTHING_TO_UNDO: &str = "no change is left to undo";

impl Preferences {
    /// With the first of `offered` selected.
    #[must_use]
    pub fn new(offered: &'static [Setting], config: &Config, depth: Depth) -> Self {
        let config = Box::new(config.clone());
        Self {
            offered,
            selected: 0,
            depth,
            before: config.clone(),
            changes: Vec::new(),
            mouse: config.mouse,
            now: config,
        }
    }

    /// As everything is now.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.now
    }

    /// What the terminal is told to be meanwhile: who turned the mouse off with the mouse has it until they go back, to turn it on again.
    #[must_use]
    pub fn modes(&self, device: Device) -> Modes {
        let modes = Modes::of(&self.now, device);
        if self.mouse == Mouse::On { Modes { mouse: Mouse::On, ..modes } } else { modes }
    }

    /// Does what `message` says.
    pub fn update(&mut self, message: Message) {
        let last = self.offered.len().saturating_sub(1);
        match message {
            Message::Up => self.selected = self.selected.saturating_sub(1),
            Message::Down => self.selected = (self.selected + 1).min(last),
            Message::Pick(setting) if setting != self.selected => self.selected = setting.min(last),
            Message::Pick(_) => self.change(Way::On),
            Message::Change(way) => self.change(way),
            Message::Undo => self.undo(),
        }
    }

    /// Takes the last change back and goes to its row, which may be another one than that where it was asked for.
    fn undo(&mut self) {
        let Some(Change { setting, value }) = self.changes.pop() else { return };
        self.selected = setting;
        self.offered[setting].set(&mut self.now, &value);
    }

    /// Whether nothing is changed by `message`: there is nothing to be undone.
    #[must_use]
    pub fn is_idle(&self, message: Message) -> bool {
        message == Message::Undo && self.changes.is_empty()
    }

    /// What is said of the setting that `message` changed, where that needs words.
    #[must_use]
    pub fn said_after(&self, message: Message) -> Option<String> {
        let setting = self.offered.get(self.selected).filter(|_| message == Message::Undo)?;
        Some(format!("{}: {} again", setting.label(), setting.value(&self.now)))
    }

    fn changed(&self) -> impl Iterator<Item = Setting> {
        let differs = |setting: &Setting| setting.value(&self.now) != setting.value(&self.before);
        self.offered.iter().copied().filter(differs)
    }

    fn change(&mut self, way: Way) {
        let Some(setting) = self.offered.get(self.selected) else { return };
        let value = setting.value(&self.now);
        setting.step(&mut self.now, way);
        if setting.value(&self.now) != value {
            self.changes.push(Change { setting: self.selected, value });
        }
    }

    /// What is to be kept, once.
    #[must_use]
    pub fn take_changed(&mut self) -> Vec<Setting> {
        let changed = self.changed().collect();
        self.before.clone_from(&self.now);
        changed
    }

    /// A line for each setting, and below the selected one what its value means.
    #[must_use]
    pub fn lines(&self, width: u16, theme: Theme) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        for (index, setting) in self.offered.iter().enumerate() {
            let selected = index == self.selected;
            let sign = if selected { "› " } else { "  " };
            let label = text::fitted(setting.label(), VALUES - 2);
            let value = setting.value(&self.now);
            let value = if selected { format!("‹ {value} ›") } else { format!("  {value}") };
            let mut line = Line::from(vec![
                text::own(sign, theme.key()),
                text::shown(&label, if selected { theme.strong() } else { theme.text() }),
                text::said(&value, if selected { theme.key() } else { theme.text() }),
            ]);
            if selected {
                line = line.patch_style(theme.selected());
            }
            lines.push(line);
            if selected {
                let words = self.meaning(*setting);
                let parts = text::wrapped(&words, width.saturating_sub(4));
                lines.extend(parts.iter().map(|part| {
                    Line::from(vec![text::own("    ", theme.text()), text::shown(part, theme.muted())])
                }));
            }
        }
        lines
    }

    /// The rows that have to be seen: the selected setting and what is said about it.
    #[must_use]
    pub fn rows_in_focus(&self, width: u16) -> Range<usize> {
        let said = self
            .offered
            .get(self.selected)
            .map_or(0, |setting| text::wrapped(&self.meaning(*setting), width.saturating_sub(4)).len());
        self.selected..self.selected + 1 + said
    }

    /// What a click says on each of the rows that are seen of a panel with these settings over `area`, `scroll` rows down.
    pub fn hits(&self, area: Rect, scroll: usize) -> impl Iterator<Item = (Rect, Message)> {
        let width = panel::text_width(area);
        let rows = self.offered.len() - 1 + self.rows_in_focus(width).len();
        let seen = panel::text_area(area, rows);
        let scroll = scroll.min(rows.saturating_sub(usize::from(seen.height)));
        seen.rows().zip(scroll..).flat_map(move |(place, row)| {
            let pick = Message::Pick(self.setting_in(row, width));
            // The sign before the value that is marked goes back, all else of the row on.
            let back = if row == self.selected { BACK } else { 0..0 };
            let cut = |from: u16, to: u16| {
                let (from, to) = (from.min(place.width), to.min(place.width));
                Rect { x: place.x + from, width: to - from, ..place }
            };
            [
                (cut(0, back.start), pick),
                (cut(back.start, back.end), Message::Change(Way::Back)),
                (cut(back.end, place.width), pick),
            ]
            .into_iter()
            .filter(|(place, _)| place.width > 0)
        })
    }

    /// Which setting stands in a row.
    #[must_use]
    pub fn setting_in(&self, row: usize, width: u16) -> usize {
        let focus = self.rows_in_focus(width);
        if row < focus.end { row.min(self.selected) } else { row - (focus.len() - 1) }
    }

    /// What the value of a setting means, and what else there is to know.
    fn meaning(&self, setting: Setting) -> String {
        let said = setting.said(&self.now);
        match (setting, setting.kind()) {
            (Setting::Theme, _) => match self.depth {
                Depth::None => {
                    format!("{said}. NO_COLOR is set: there are no colours, whatever stands here.")
                }
                Depth::Mono => format!("{said}. This terminal says that it has no colours."),
                Depth::Sixteen if self.now.theme != ThemeName::Terminal => {
                    format!("{said}. This terminal says that it has sixteen colours: those are used.")
                }
                Depth::Sixteen | Depth::Indexed | Depth::Full => format!("{said}."),
            },
            (Setting::Face, _) => {
                format!("{said}. From the next start on. For once: --plain or --full-screen.")
            }
            (_, Kind::OneOf(_)) => format!("{said}."),
            (_, Kind::Number { least, most, .. }) => format!("{said}, {least} to {most}."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_clicked_is_what_stands_there() {
        let mut preferences = Preferences::new(LEARNER, &Config::default(), Depth::Full);
        for selected in 0..LEARNER.len() {
            preferences.update(Message::Pick(selected));
            for width in [20, 36, 68] {
                let lines = preferences.lines(width, Theme::PLAIN);
                let mut setting = 0;
                for (row, line) in lines.iter().enumerate() {
                    let text: String = line.spans.iter().map(|span| &*span.content).collect();
                    let label: String = text.chars().skip(2).collect();
                    if !text.starts_with("    ") {
                        setting =
                            LEARNER.iter().position(|one| label.starts_with(one.label())).expect("a label");
                    }
                    assert_eq!(
                        preferences.setting_in(row, width),
                        setting,
                        "{selected} {width} {row}: {text}"
                    );
                }
                let focus = preferences.rows_in_focus(width);
                assert_eq!(focus.start, selected);
                assert_eq!(lines.len(), LEARNER.len() + focus.len() - 1);
            }
        }
    }

    /// It went on, whichever of the two signs was clicked.
    #[test]
    fn the_sign_before_a_value_goes_back() {
        let mut preferences = Preferences::new(LEARNER, &Config::default(), Depth::Full);
        let area = Rect { x: 0, y: 0, width: 80, height: 24 };
        for selected in 0..LEARNER.len() {
            preferences.update(Message::Pick(selected));
            let line = &preferences.lines(panel::text_width(area), Theme::PLAIN)[selected];
            let text: String = line.spans.iter().map(|span| &*span.content).collect();
            let sign = text.chars().position(|sign| sign == '‹').expect("a sign");
            let back: Vec<_> = preferences
                .hits(area, 0)
                .filter(|(_, message)| *message == Message::Change(Way::Back))
                .map(|(place, _)| place)
                .collect();
            let [place] = back[..] else { panic!("{back:?}") };
            let row = preferences.hits(area, 0).map(|(place, _)| place.y).min().expect("rows");
            let left = preferences.hits(area, 0).map(|(place, _)| place.x).min().expect("rows");
            assert_eq!((usize::from(place.x - left), usize::from(place.y - row)), (sign, selected));
        }
    }

    /// Colours were promised to terminals that have none.
    #[test]
    fn a_set_of_colours_that_the_terminal_cannot_show_is_told() {
        let told = |theme: ThemeName, depth: Depth| {
            let config = Config { theme, ..Config::default() };
            Preferences::new(LEARNER, &config, depth).meaning(Setting::Theme)
        };
        assert!(told(ThemeName::Dark, Depth::None).contains("NO_COLOR is set"));
        assert!(told(ThemeName::Dark, Depth::Mono).contains("has no colours"));
        assert!(told(ThemeName::Dark, Depth::Sixteen).contains("sixteen colours: those are used"));
        assert_eq!(told(ThemeName::Terminal, Depth::Sixteen), told(ThemeName::Terminal, Depth::Full));
    }

    #[test]
    fn only_what_was_changed_is_kept_and_only_once() {
        let mut preferences = Preferences::new(OFFICER, &Config::default(), Depth::None);
        assert_eq!(preferences.take_changed(), []);
        preferences.update(Message::Change(Way::On));
        preferences.update(Message::Down);
        preferences.update(Message::Pick(1));
        assert_eq!(preferences.take_changed(), [Setting::Theme, Setting::Mouse]);
        assert_eq!(preferences.take_changed(), []);
        // What was kept meanwhile can be undone as well, and is kept once more.
        preferences.update(Message::Undo);
        assert_eq!(preferences.take_changed(), [Setting::Mouse]);
    }

    /// One key took back everything that was changed since this was opened.
    #[test]
    fn changes_are_taken_back_one_by_one_each_at_its_row() {
        let mut preferences = Preferences::new(LEARNER, &Config::default(), Depth::Full);
        let changes = [(0, Way::On), (1, Way::On), (1, Way::On), (3, Way::Back), (0, Way::Back)];
        let mut seen = Vec::new();
        for (setting, way) in changes {
            preferences.selected = setting;
            seen.push(preferences.config().clone());
            preferences.update(Message::Change(way));
        }
        for ((setting, _), config) in changes.iter().zip(seen).rev() {
            preferences.selected = 6;
            assert!(!preferences.is_idle(Message::Undo));
            preferences.update(Message::Undo);
            assert_eq!((preferences.selected, preferences.config()), (*setting, &config));
        }
        assert!(preferences.is_idle(Message::Undo));
        assert_eq!(preferences.take_changed(), []);
    }

    /// A number at its end is not changed by going on.
    #[test]
    fn what_changed_nothing_is_not_undone() {
        let config = Config { margin: 1, ..Config::default() };
        let mut preferences = Preferences::new(LEARNER, &config, Depth::Full);
        preferences.update(Message::Pick(2));
        (0..3).for_each(|_| preferences.update(Message::Change(Way::Back)));
        preferences.update(Message::Undo);
        assert_eq!(preferences.config().margin, 1);
    }
}
