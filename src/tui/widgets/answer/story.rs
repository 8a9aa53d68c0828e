//! Answering by deciding, step by step, in a story.

use std::mem;

use crossterm::event::{KeyCode, KeyEvent};

use crate::quiz::draw::in_order;
use crate::quiz::question::{Branch, Step};
use crate::quiz::response::Response;
use crate::quiz::walk;
use crate::tui::widgets::answer::choice::{Many, ShownOption, write_option};
use crate::tui::widgets::answer::rows::{Page, Piece, Tone, space, width_of};
use crate::tui::widgets::answer::sight::Part;
use crate::tui::widgets::answer::{PadMessage, Setting};

/// How far the story has come.
#[derive(Debug, Clone)]
pub(super) struct Story {
    steps: Vec<Step>,
    /// By step, in the order of the screen.
    options: Vec<Vec<ShownOption>>,
    made: Vec<String>,
    /// The option of the present step that Enter decides for. What is decided in a check stands, so no key that is pressed
    /// for something else may decide.
    marked: Option<usize>,
    pause: Pause,
    setting: Setting,
    /// Whether the key that begins again was pressed last, and several decisions are to go: no other key brings them back.
    asks_to_begin_again: bool,
}

/// Whether the learner is still reading what a decision led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pause {
    Reading,
    No,
}

impl Story {
    pub(super) fn new(
        steps: &[Step],
        order: &[String],
        response: Option<&Response>,
        setting: Setting,
    ) -> Self {
        let given: &[String] = match response {
            Some(Response::List(ids)) => ids,
            Some(Response::Text(_) | Response::Map(_)) | None => &[],
        };
        let made =
            walk::walk(steps, given).made.iter().map(|(_, branch)| branch.choice.id.to_string()).collect();
        let shown = |step: &Step| {
            let options: Vec<ShownOption> = step.options.iter().map(ShownOption::of_branch).collect();
            in_order(options, order, |option| format!("{}/{}", step.id, option.id))
        };
        let options = steps.iter().map(shown).collect();
        Self {
            steps: steps.to_vec(),
            options,
            made,
            marked: None,
            pause: Pause::No,
            setting,
            asks_to_begin_again: false,
        }
    }

    /// The step at which a decision is due, by its place.
    fn current(&self) -> Option<usize> {
        let current = walk::walk(&self.steps, &self.made).current?;
        self.steps.iter().position(|step| step.id == current.id)
    }

    pub(super) fn items(&self) -> usize {
        match (self.pause, self.current()) {
            (Pause::Reading, Some(_)) => 1,
            (Pause::No, Some(step)) => self.options[step].len(),
            (Pause::Reading | Pause::No, None) => 0,
        }
    }

    pub(super) fn message_for(&self, key: KeyEvent) -> Option<PadMessage> {
        match key.code {
            KeyCode::Char(' ') => (self.items() > 0).then_some(PadMessage::Act),
            KeyCode::Enter if self.marked.is_some() => Some(PadMessage::Decide),
            // Enter reads on, but decides nothing that was not marked: it is pressed out of habit.
            KeyCode::Enter => (self.pause == Pause::Reading && self.items() > 0).then_some(PadMessage::Act),
            KeyCode::Backspace | KeyCode::Delete => self.can_go_back().then_some(PadMessage::Clear),
            KeyCode::Char('r') => self.can_go_back().then_some(PadMessage::Restart),
            _ => None,
        }
    }

    /// Marks the option at `item`, or goes on reading; which option has the focus afterwards.
    pub(super) fn act(&mut self, item: usize) -> usize {
        match self.pause {
            Pause::Reading => {
                self.pause = Pause::No;
                0
            }
            Pause::No => self.mark(item).unwrap_or(item),
        }
    }

    /// Marks an option to be decided for, if it is there.
    pub(super) fn mark(&mut self, option: usize) -> Option<usize> {
        let is_there = self.pause == Pause::No && option < self.items();
        is_there.then(|| *self.marked.insert(option))
    }

    /// Decides for the marked option.
    pub(super) fn decide(&mut self) {
        let Some(marked) = self.marked.take() else { return };
        let Some(option) = self.current().and_then(|step| self.options[step].get(marked)) else { return };
        let feedback = option.feedback.is_some();
        self.made.push(option.id.clone());
        self.pause = match self.setting {
            Setting::Check if feedback => Pause::Reading,
            Setting::Check | Setting::Assessment => Pause::No,
        };
    }

    /// Whether a decision can be taken back. In a check its verdict is on the screen: it stands.
    pub(super) fn can_go_back(&self) -> bool {
        match self.setting {
            Setting::Check => false,
            Setting::Assessment => !self.made.is_empty(),
        }
    }

    /// Whether what a decision led to is read before the next one.
    pub(super) fn is_pausing(&self) -> bool {
        self.pause == Pause::Reading
    }

    /// What Enter does, in a word, if it does something.
    pub(super) fn enter(&self) -> Option<&'static str> {
        match (self.pause, self.marked) {
            (Pause::Reading, _) => (self.items() > 0).then_some("read on"),
            (Pause::No, Some(_)) => Some("decide"),
            // With nothing marked it decides nothing, and says why.
            (Pause::No, None) => (self.current().is_some() && self.must_decide()).then_some("needs a choice"),
        }
    }

    /// Whether Enter goes past no open decision: what was begun is ended first, and in a check nothing is left open.
    fn must_decide(&self) -> bool {
        match self.setting {
            Setting::Check => true,
            Setting::Assessment => !self.made.is_empty(),
        }
    }

    /// Whether something was decided and something is still to be decided.
    pub(super) fn is_under_way(&self) -> bool {
        !self.made.is_empty() && self.current().is_some()
    }

    /// Something else was done than to begin again.
    pub(super) fn stay(&mut self) {
        self.asks_to_begin_again = false;
    }

    /// Takes the last decision back, which stays marked; which option has the focus then, if one was taken back.
    pub(super) fn step_back(&mut self) -> Option<usize> {
        if !self.can_go_back() {
            return None;
        }
        let taken_back = self.made.pop();
        let options = self.current().map_or(&[][..], |step| &self.options[step]);
        self.marked = options.iter().position(|option| taken_back.as_ref() == Some(&option.id));
        self.pause = Pause::No;
        Some(self.marked.unwrap_or(0))
    }

    /// Whether to ask before [`Self::restart`]: no key brings several decisions back. The second time in a row it is meant.
    pub(super) fn asks_before_restart(&mut self) -> bool {
        let is_news = !mem::replace(&mut self.asks_to_begin_again, true);
        is_news && self.can_go_back() && self.made.len() > 1
    }

    pub(super) fn restart(&mut self) {
        self.stay();
        if !self.can_go_back() {
            return;
        }
        self.made.clear();
        (self.marked, self.pause) = (None, Pause::No);
    }

    pub(super) fn response(&self) -> Option<Response> {
        (!self.made.is_empty()).then(|| Response::List(self.made.clone()))
    }

    pub(super) fn write(&self, page: &mut Page) {
        let walk = walk::walk(&self.steps, &self.made);
        let count = walk.made.len();
        for (place, (step, branch)) in walk.made.iter().enumerate() {
            page.layout.here = Some(self.write_decision(page, place, step, branch));
        }
        match (self.pause, self.current()) {
            (Pause::Reading, Some(_)) => page.item(0, PadMessage::Act, |page| {
                // It belongs to what is read before it: Enter goes on only from where it is seen.
                let read = walk.made.last().map_or(0, |(step, _)| self.place_of(step));
                let lead = vec![page.focus_sign(0)];
                page.part(Part::Outcome(read), |page| {
                    page.words(lead, "[ Go on with the story ]", Tone::Strong);
                });
            }),
            (Pause::No, Some(step)) => {
                // What was decided stands on top, unless it was read before with what it led to.
                if walk.made.last().is_some_and(|(_, branch)| self.is_paused_over(branch)) {
                    page.layout.here = Some(page.len());
                }
                page.part(Part::Told(step), |page| {
                    page.markdown(vec![step_number(count)], &self.steps[step].text);
                });
                page.blank();
                for (index, option) in self.options[step].iter().enumerate() {
                    page.item(index, PadMessage::Choose(index), |page| {
                        let is_marked = self.marked == Some(index);
                        page.part(Part::Option { of: step, place: index }, |page| {
                            write_option(page, index, option, is_marked, Many::One, page.focus_sign(index));
                        });
                    });
                }
                self.write_what_enter_does(page);
            }
            (Pause::Reading | Pause::No, None) => {
                let says = |words| move |page: &mut Page| page.words(Vec::new(), words, Tone::Muted);
                match self.setting {
                    Setting::Check => page.option(
                        PadMessage::HandIn,
                        says("The story ends here. Enter hands your decisions in."),
                    ),
                    Setting::Assessment => says("The story ends here.")(page),
                }
            }
        }
        self.write_ways_back(page);
    }

    /// The keys that take decisions back, for the mouse as well.
    fn write_ways_back(&self, page: &mut Page) {
        if !self.can_go_back() {
            return;
        }
        let way =
            |words: &str, click: PadMessage| vec![space(2), Piece::new(words, Tone::Muted).with_click(click)];
        let step = way("Backspace: one step back", PadMessage::Clear);
        let again = if self.asks_to_begin_again { "r once more: begin again" } else { "r: begin again" };
        let again = way(again, PadMessage::Restart);
        if width_of(&step) + width_of(&again) <= page.width() {
            page.row([step, again].concat());
        } else {
            page.row(step);
            page.row(again);
        }
    }

    fn write_what_enter_does(&self, page: &mut Page) {
        if self.marked.is_none() {
            return;
        }
        let words = match self.setting {
            Setting::Check => "[ Decide ] with Enter; a decision stands",
            Setting::Assessment => "[ Decide ] with Enter",
        };
        page.blank();
        page.option(PadMessage::Decide, |page| page.words(vec![space(2)], words, Tone::Strong));
    }

    fn place_of(&self, step: &Step) -> usize {
        self.steps.iter().position(|other| other.id == step.id).unwrap_or(self.steps.len())
    }

    /// Whether the story waits until what `branch` led to is read.
    fn is_paused_over(&self, branch: &Branch) -> bool {
        match self.setting {
            Setting::Check => branch.choice.feedback.is_some(),
            Setting::Assessment => false,
        }
    }

    /// Writes what was decided; on which row it stands.
    fn write_decision(&self, page: &mut Page, place: usize, step: &Step, branch: &Branch) -> usize {
        let index = self.place_of(step);
        page.part(Part::Told(index), |page| page.markdown(vec![step_number(place)], &step.text));
        let decided = page.len();
        let lead = vec![space(3), Piece::new("You: ", Tone::Strong)];
        match self.setting {
            Setting::Check => page.part(Part::Outcome(index), |page| {
                page.markdown(lead, &branch.choice.text);
                write_consequence(page, branch);
            }),
            // It was read as an option, and nothing else is said of it.
            Setting::Assessment => page.markdown(lead, &branch.choice.text),
        }
        page.blank();
        decided
    }

    pub(super) fn write_revealed(&self, page: &mut Page) {
        let walk = walk::walk(&self.steps, &self.made);
        for (place, (step, branch)) in walk.made.iter().enumerate() {
            page.markdown(vec![step_number(place)], &step.text);
            page.markdown(vec![space(3), Piece::new("You: ", Tone::Strong)], &branch.choice.text);
            write_consequence(page, branch);
            if !branch.choice.right {
                write_best(page, step);
            }
            page.blank();
        }
        if let Some(step) = walk.current {
            page.markdown(vec![step_number(walk.made.len())], &step.text);
            page.words(vec![space(3)], "✗ not decided", Tone::Wrong);
            write_best(page, step);
        }
    }
}

/// Whether it was the right thing to do, and what its author says about it.
fn write_consequence(page: &mut Page, branch: &Branch) {
    let (words, tone) =
        if branch.choice.right { ("✓ right", Tone::Right) } else { ("✗ not right", Tone::Wrong) };
    page.words(vec![space(3)], words, tone);
    if let Some(feedback) = &branch.choice.feedback {
        page.markdown(vec![space(3)], feedback);
    }
}

fn write_best(page: &mut Page, step: &Step) {
    if let Some(best) = step.options.iter().find(|branch| branch.choice.right) {
        page.markdown(vec![space(3), Piece::new("→ right answer: ", Tone::Right)], &best.choice.text);
    }
}

fn step_number(place: usize) -> Piece {
    Piece::new(&format!("{}. ", place + 1), Tone::Muted)
}
