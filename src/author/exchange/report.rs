//! What an import says: every part of the bank, what became of it, and what to do next.

use serde_json::{Value, json};

use crate::author::exchange::{Entry, Import, Note, Outcome};
use crate::course::Topic;

/// How many parts of a bank came to which end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Imported as they were.
    pub whole: usize,
    /// Imported, and something was lost.
    pub with_losses: usize,
    /// Not imported.
    pub refused: usize,
}

impl Count {
    /// Counts the parts of an import.
    #[must_use]
    pub fn of(import: &Import) -> Self {
        let mut count = Self::default();
        for entry in &import.entries {
            match &entry.outcome {
                Outcome::Imported { losses, .. } if losses.is_empty() => count.whole += 1,
                Outcome::Imported { .. } => count.with_losses += 1,
                Outcome::Refused { .. } => count.refused += 1,
            }
        }
        count
    }

    /// Whether everything came over as it was.
    #[must_use]
    pub fn is_clean(self) -> bool {
        self.with_losses + self.refused == 0
    }

    fn words(self) -> String {
        format!(
            "{} imported, {} imported with a loss, {} refused",
            self.whole, self.with_losses, self.refused
        )
    }
}

/// The report in lines, which may hold anything that the bank held.
#[must_use]
pub fn lines(import: &Import) -> Vec<String> {
    let mut lines = Vec::new();
    for Entry { line, name, outcome } in &import.entries {
        let (verdict, notes) = match outcome {
            Outcome::Imported { question, losses } if losses.is_empty() => {
                (format!("imported as `{}`", question.id), losses)
            }
            Outcome::Imported { question, losses } => {
                (format!("imported with a loss as `{}`", question.id), losses)
            }
            Outcome::Refused { reasons } => ("refused".to_owned(), reasons),
        };
        lines.push(format!("line {line}: {verdict}: {name}"));
        for (place, note) in notes.iter().enumerate() {
            lines.push(format!("  {note}"));
            // Four wrong weights need one explanation.
            let is_last = notes.get(place + 1).is_none_or(|next| next.hint != note.hint);
            lines.extend(note.hint.as_ref().filter(|_| is_last).map(|hint| format!("    hint: {hint}")));
        }
    }
    lines.push(Count::of(import).words());
    lines
}

/// The lines of `course.ron` that list these topics.
#[must_use]
pub fn topic_lines(topics: &[Topic]) -> Vec<String> {
    let line = |topic: &Topic| {
        format!("        (id: \"{}\", title: {}),", topic.id, super::write::text(&topic.title))
    };
    topics.iter().map(line).collect()
}

/// The report as one JSON value.
#[must_use]
pub fn json(import: &Import) -> Value {
    let count = Count::of(import);
    let notes = |notes: &[Note]| {
        let note = |note: &Note| json!({ "line": note.line, "message": note.message, "hint": note.hint });
        notes.iter().map(note).collect::<Vec<_>>()
    };
    let entry = |entry: &Entry| {
        let (outcome, question, told) = match &entry.outcome {
            Outcome::Imported { question, losses } if losses.is_empty() => {
                ("imported", Some(question.id.as_str()), losses)
            }
            Outcome::Imported { question, losses } => {
                ("imported-with-loss", Some(question.id.as_str()), losses)
            }
            Outcome::Refused { reasons } => ("refused", None, reasons),
        };
        json!({
            "line": entry.line, "name": entry.name, "outcome": outcome, "question": question, "notes": notes(told),
        })
    };
    json!({
        "entries": import.entries.iter().map(entry).collect::<Vec<_>>(),
        "topics": import.topics.iter().map(|topic| json!({ "id": topic.id, "title": topic.title })).collect::<Vec<_>>(),
        "assets": import.assets.keys().collect::<Vec<_>>(),
        "imported": count.whole,
        "importedWithLoss": count.with_losses,
        "refused": count.refused,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::author::exchange::gift;

    #[test]
    fn every_part_is_listed() {
        let import = gift::import("Whole?{=a ~b}\n\nPart?{=a ~%50%b}\n\nText");
        assert_eq!(
            lines(&import),
            [
                "line 1: imported as `whole`: Whole?",
                "line 3: imported with a loss as `part`: Part?",
                "  line 3: the bank gave 50 % for `b`; here it earns nothing",
                "    hint: one option is right, the others are wrong",
                "line 5: refused: Text",
                "  line 5: this has no answers in braces: it is a description, not a question",
                "    hint: put the text into a lesson",
                "1 imported, 1 imported with a loss, 1 refused",
            ]
        );
        assert!(!Count::of(&import).is_clean());
        let json = json(&import);
        assert_eq!(json["entries"][1]["outcome"], "imported-with-loss");
        assert_eq!(json["entries"][2]["notes"][0]["line"], 5);
        assert_eq!(json["refused"], 1);
        let topics = [Topic { id: "a".parse().expect("an identifier"), title: "A \"b\"".to_owned() }];
        assert_eq!(topic_lines(&topics), ["        (id: \"a\", title: \"A \\\"b\\\"\"),"]);
    }
}
