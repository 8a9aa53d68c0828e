//! Reading on in a text that was changed.

use std::sync::Arc;

use super::held::Stand;
use super::turned::Turned;
use super::{Reader, hang};
use crate::markup::{self, Layout};
use crate::training::Text;
use crate::tui::pane::Context;

impl Reader {
    /// Reads on in the text as the course has it now, from the same words.
    pub fn follow(&mut self, what: Text, context: &mut Context<'_>) {
        let training = &context.training;
        let (Some(lesson), Some(frontier)) = (training.text(what), training.frontier(what)) else { return };
        let document = Arc::clone(&lesson.document);
        let layout = self.layout.get_mut();
        let (stand, width) = (Stand::of(layout, self.top), layout.width());
        let before = Arc::clone(&self.document);
        let now = |offset: usize| markup::follow(&before, offset, &document);
        let (stand, kept) = (stand.followed(now), self.kept.map(now));
        *layout = Layout::new(Arc::clone(&document), width);
        self.show_pictures(hang(what, self.size.height.into(), context));
        self.enlarged = None;
        self.top = stand.place(self.layout.get_mut());
        self.let_go_of_held();
        (self.kept_back, self.turned) = (None, Turned::default());
        self.links.follow(now);
        self.pointed.iter_mut().for_each(|place| *place = now(*place));
        self.targets.take();
        self.kept = kept;
        (self.what, self.document) = (what, document);
        (self.frontier, self.frontier_turn) = (frontier, None);
        self.contents = None;
        self.look_for_bookmarks(context.training);
        self.find_again();
        self.resize(context);
    }
}
