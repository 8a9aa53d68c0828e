//! The bundled course, taken as a learner would in a real pseudo-terminal: killed on the way, resumed, completed, verified.
#![cfg(unix)]

mod terminal;

use std::fs;
use std::path::{Path, PathBuf};

use terminal::Session;
