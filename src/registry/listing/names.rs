//! Names that many rows share, each kept once.

use std::collections::BTreeMap;

use crate::fold::folded;

/// Names with a number each, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Names {
    names: Vec<Name>,
    numbers: BTreeMap<String, u32>,
}

#[derive(Debug)]
struct Name {
    text: String,
    folded: String,
}

impl Names {
    /// The number of a name, which is a new one or not.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        // There are never more names than people or rows, which have numbers of this size.
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(Name { text: name.to_owned(), folded: folded(name) });
        self.numbers.insert(name.to_owned(), number);
        number
    }

    /// A name by its number; nothing for that of those who have none.
    pub(super) fn of(&self, number: u32) -> Option<&str> {
        let name = self.names.get(number as usize)?;
        (!name.text.is_empty()).then_some(name.text.as_str())
    }

    /// The number of a name that is here; that of those who have none for an empty one.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// All of them with their numbers.
    pub(super) fn each(&self) -> impl Iterator<Item = (u32, &str)> {
        (0..).zip(self.names.iter().map(|name| name.text.as_str()))
    }

    /// Which of them hold a folded text.
    pub(super) fn holding(&self, folded: &str) -> Vec<bool> {
        self.names.iter().map(|name| name.folded.contains(folded)).collect()
    }

    /// The place of each among all of them when they are sorted, by number; who has none stands last.
    pub(super) fn ranks(&self) -> Vec<u32> {
        let mut sorted: Vec<u32> = (0..).take(self.names.len()).collect();
        sorted.sort_unstable_by_key(|number| {
            let name = &self.names[*number as usize];
            (name.text.is_empty(), &name.folded, &name.text)
        });
        let mut ranks = vec![0; sorted.len()];
        for (rank, number) in (0..).zip(sorted) {
            ranks[number as usize] = rank;
        }
        ranks
    }
}
