//! The markup room.
