//! Tables, row by row.

use super::{PassageKind, Speaker};

/// A table under way.
#[derive(Debug, Default)]
pub(super) struct Table {
    head: Vec<String>,
    /// Where each begins in the source (in bytes), and its cells.
    rows: Vec<(usize, Vec<String>)>,
}

impl Table {
    /// Begins a row below the heads.
    pub(super) fn begin_row(&mut self, offset: usize) {
        self.rows.push((offset, Vec::new()));
    }

    /// The next cell of the row under way, or of the heads.
    pub(super) fn push(&mut self, cell: String) {
        match self.rows.last_mut() {
            Some((_, row)) => row.push(cell),
            None => self.head.push(cell),
        }
    }
}

impl Speaker {
    /// Says every row by itself, each cell with the name of its column.
    pub(super) fn say_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        let offset = self.offset.take();
        let count = table.rows.len();
        let lead = std::mem::take(&mut self.lead);
        let rows = if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
        let title = |head: &'_ String| if head.is_empty() { "(no title)".to_owned() } else { head.clone() };
        let columns = table.head.iter().map(title).collect::<Vec<_>>().join("; ");
        self.say(&format!("{lead}Table, {rows}. Columns: {columns}."), offset, PassageKind::Block);
        for (index, (offset, row)) in table.rows.into_iter().enumerate() {
            let mut text = format!("Row {} of {count}. ", index + 1);
            text.push_str(&in_a_row(&said_cells(&table.head, &row)));
            self.say(&text, Some(offset), PassageKind::Continued);
        }
        self.say("End of table.", None, PassageKind::End);
        self.kind = None;
    }
}

/// Cells one after the other. Where a semicolon parts the words of one, it does not part the cells as well.
fn in_a_row(cells: &[String]) -> String {
    if !cells.iter().any(|cell| cell.contains(';')) {
        return cells.join("; ");
    }
    let ended =
        |cell: &String| if cell.ends_with(['.', '!', '?']) { cell.clone() } else { format!("{cell}.") };
    cells.iter().map(ended).collect::<Vec<_>>().join(" ")
}

/// The cells of a row below these heads, each as it is said; of several empty ones at the end how many they are.
fn said_cells(heads: &[String], row: &[String]) -> Vec<String> {
    let filled = row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let empty = heads.len().saturating_sub(filled);
    let one_by_one = if empty == 1 { filled + 1 } else { filled };
    let mut said: Vec<String> = (0..one_by_one)
        .map(|column| {
            let cell = row.get(column).filter(|cell| !cell.is_empty()).map_or("empty", String::as_str);
            match heads.get(column).filter(|head| !head.is_empty()) {
                Some(head) => format!("{head}: {cell}"),
                None => cell.to_owned(),
            }
        })
        .collect();
    if empty > 1 {
        said.push(format!("the last {empty} columns: empty"));
    }
    said
}
