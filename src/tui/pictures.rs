//! Pictures of a course on the terminal: what it can show, how large they are, and what is drawn of them.
//!
//! What a terminal can show is concluded from what it says of itself (`manner`), or said by the learner; how large its
//! cells are comes from the system. Where the environment says too little, the terminal is asked for its name after the first
//! frame, and for nothing else: what it may answer about sixels (DA1) crossterm keeps to itself, and the question of the kitty
//! protocol is shown as text by terminals that do not know it. Nobody waits for the answer. It comes among the keys and is
//! picked out of them, so it may be late or missing, and no key is lost to it or made of it.

mod decode;
mod drawing;
mod drawn;
mod gallery;
mod hung;
mod manner;
mod shelf;

pub use decode::{Source, decode};
pub use drawing::{Drawing, Fonts};
pub use drawn::{Drawn, Outcome};
pub use gallery::{Gallery, Seen, Studio, WORKER};
pub use hung::Hung;
pub use manner::{CellSize, Colours, Manner, Protocol, Surroundings, Tmux, is_to_be_asked, said_manner};
pub use shelf::Shelf;
