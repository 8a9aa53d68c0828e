//! The text of a document as it is looked through, taken out of its markup once.

use super::words::Words;
use crate::fold::Case;
use crate::markup::Document;

/// The texts of chunks that were asked about, as far as there is room for them.
#[derive(Debug)]
pub(super) struct Texts {
    kept: Vec<Option<Box<Words>>>,
    /// How many bytes of memory they may take.
    all: usize,
    /// How many of them are left.
    room: usize,
    /// The one for which there was none.
    last: Option<(usize, Box<Words>)>,
}

impl Texts {
    /// None of so many chunks yet, with so many bytes of memory for them.
    pub(super) fn new(chunks: usize, room: usize) -> Self {
        Self { kept: (0..chunks).map(|_| None).collect(), all: room, room, last: None }
    }

    /// Keeps none of them any more.
    pub(super) fn clear(&mut self) {
        *self = Self::new(self.kept.len(), self.all);
    }

    /// Whether that of a chunk is here.
    pub(super) fn has(&self, chunk: usize) -> bool {
        self.kept[chunk].is_some()
    }

    /// The text of a chunk, ready to be compared with or without its capitals.
    pub(super) fn of(&mut self, document: &Document, chunk: usize, case: Case) -> &Words {
        let kept = &mut self.kept[chunk];
        if kept.is_none() {
            let words = match self.last.take() {
                Some((last, words)) if last == chunk => words,
                Some(_) | None => Box::new(Words::of(document, chunk, case)),
            };
            match self.room.checked_sub(words.size()) {
                Some(left) => {
                    self.room = left;
                    *kept = Some(words);
                }
                None => self.last = Some((chunk, words)),
            }
        }
        let words = match kept {
            Some(words) => words,
            None => {
                &mut self.last.get_or_insert_with(|| (chunk, Box::new(Words::of(document, chunk, case)))).1
            }
        };
        words.fold(case);
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_room_is_taken_out_once_and_the_rest_is_looked_up_again() {
        let document = Document::parse("# A\n\nWords, words, words.\n\n".repeat(2_000).into());
        let chunks = document.chunks();
        assert!(chunks > 4, "{chunks}");
        let address = |words: &Words| std::ptr::from_ref(words).addr();
        let check = |room: usize, expected: usize| {
            let mut texts = Texts::new(chunks, room);
            let all = |texts: &mut Texts| -> Vec<usize> {
                (0..chunks).map(|chunk| address(texts.of(&document, chunk, Case::Ignored))).collect()
            };
            let (first, again) = (all(&mut texts), all(&mut texts));
            let same = first.iter().zip(&again).take(expected);
            assert!(same.clone().all(|(first, again)| first == again), "{room}");
            let kept = |texts: &Texts| (0..chunks).filter(|chunk| texts.has(*chunk)).count();
            assert_eq!(kept(&texts), expected, "{room}");
            texts.clear();
            assert_eq!((kept(&texts), texts.room), (0, room), "all of it is given back");
            all(&mut texts);
            assert_eq!(kept(&texts), expected, "and taken again");
            let shown = texts.of(&document, chunks - 1, Case::Kept).blocks().concat();
            assert_eq!(shown, Words::of(&document, chunks - 1, Case::Kept).blocks().concat());
        };
        check(usize::MAX, chunks);
        check(0, 0);
        let one = Words::of(&document, 0, Case::Ignored).size();
        check(one, 1);
    }
}
