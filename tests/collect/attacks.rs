//! What people may try, and the level and the words that catch it.
