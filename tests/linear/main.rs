//! The linear face as a learner hears it: transcripts, whole runs, arbitrary lines.

mod asked;
mod both;
mod correct;
mod course;
mod faulty;
mod first;
mod found;
mod further;
mod glossary;
mod jumps;
mod left_off;
mod links;
mod notes;
mod outgrown;
mod parts;
mod preview;
mod renewal;
mod review;
mod screens;
mod settings;
mod stories;
mod talk;
mod transcript;
mod turns;
mod whole;
mod world;
