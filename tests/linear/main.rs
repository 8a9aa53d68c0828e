//! The linear face as a learner hears it: transcripts, whole runs, arbitrary lines.

mod course;
mod links;
mod preview;
mod screens;
mod settings;
mod talk;
mod whole;
mod world;
