//! What is signed and written for a learner.

use std::path::Path;

use super::Learner;
use crate::progress::Change;
use crate::record::claims::{self, AppClaim};
use crate::report::{certificate, notes};
use crate::training::{Trouble, TroubleKind, World};
use crate::tui::effect::{Effect, Passphrase};
use crate::tui::message::{Destination, Message};

/// What came of signing.
pub(super) enum Signing {
    Signed(Vec<Effect>),
    /// The learner is asked for the passphrase.
    Asked,
    Failed(Trouble),
    NotSaved(Trouble, Vec<Change>),
}

impl<W: World + ?Sized> Learner<'_, W> {
    pub(super) fn sign(&mut self, passphrase: Option<&Passphrase>) -> Signing {
        let Some(training) = self.model.training_mut() else { return Signing::Signed(Vec::new()) };
        let Some(claims) = training.claims(claims::Face::FullScreen, AppClaim::of_this_program()) else {
            // Signed already, or something is still to do: the course screen knows what.
            let done = training.completion().is_some();
            let there = if done { Destination::Certificate } else { Destination::Course };
            return Signing::Signed(vec![Effect::Send(Box::new(Message::Go(there)))]);
        };
        if passphrase.is_none() && self.world.key_is_protected() {
            self.model.ask_for_passphrase(None);
            return Signing::Asked;
        }
        let signed = match self.world.sign(&claims, passphrase.map(Passphrase::reveal)) {
            Ok(signed) => signed,
            Err(trouble) if trouble.kind == TroubleKind::Passphrase => {
                self.model.ask_for_passphrase(Some(trouble));
                return Signing::Asked;
            }
            Err(trouble) => return Signing::Failed(trouble),
        };
        let changes = match self.model.training_mut() {
            Some(training) => training.complete(signed.bytes, signed.digest, signed.file_name, signed.at),
            None => Vec::new(),
        };
        if let Err(trouble) = self.world.save(&changes) {
            return Signing::NotSaved(trouble, changes);
        }
        Signing::Signed(vec![Effect::Send(Box::new(Message::Go(Destination::Certificate)))])
    }

    pub(super) fn deliver(&mut self, run: u32) -> Result<(), Trouble> {
        let completions = self
            .model
            .training()
            .map(|training| training.progress().completions.as_slice())
            .unwrap_or_default();
        let Some(completion) = completions.iter().find(|completion| completion.run == run) else {
            return Ok(());
        };
        self.world.deliver(completion)?;
        self.model.delivered(run);
        Ok(())
    }

    pub(super) fn export(&mut self) -> Result<Vec<Effect>, Trouble> {
        let Some(training) = self.model.training() else { return Ok(Vec::new()) };
        let Some(shown) = training.certificate() else { return Ok(Vec::new()) };
        let name = certificate::page_name(&shown.completion.file_name);
        let page = certificate::html(&certificate::Page {
            claims: shown.claims,
            signed_at: shown.completion.at,
            valid_until: shown.valid_until,
            digest: shown.completion.digest,
            file_name: &shown.completion.file_name,
            deliver_to: &training.deliver_to(),
        });
        let path = self.world.export(&name, &page)?;
        Ok(self.model.update(placed("the certificate to print was written:", &path)))
    }

    pub(super) fn write_notes(&mut self, page: &str) -> Result<Vec<Effect>, Trouble> {
        let Some(training) = self.model.training() else { return Ok(Vec::new()) };
        let path = self.world.write_notes(&notes::file_name(&training.course().id), page)?;
        Ok(self.model.update(placed("your notes were written:", &path)))
    }
}

fn placed(words: &'static str, path: &Path) -> Message {
    Message::Place { words, path: path.display().to_string() }
}
