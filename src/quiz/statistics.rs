//! Item statistics: how questions measure, from many learners' first attempts.
//!
//! Pure arithmetic over a table of learners and questions. Not everybody gets every question, so cells may be missing.
//! Marks come in as the integers that they are, figures go out as floating-point numbers: nothing here grades. On a table
//! without missing cells the figures are those of Moodle's quiz statistics (`core_question\statistics\questions\calculator`
//! and `quiz_statistics\calculator`), as shares where Moodle says percent. `docs/statistics.md` has every formula.

pub mod choices;
mod figures;
pub mod guess;
pub mod sheet;
#[cfg(test)]
mod tests;
pub mod verdict;

use crate::quiz::response::Certainty;
use figures::{mean, sample_variance};

/// A table of first attempts: one row a learner, one column a question, cells missing where a draw left a question out.
#[derive(Debug, Clone, Default)]
pub struct Responses {
    /// The columns: what a full answer earns, in thousandths, and how many options can be chosen.
    columns: Vec<(u32, usize)>,
    /// The cells, row after row.
    cells: Vec<Cell>,
    /// Where each row ends in `cells`.
    ends: Vec<usize>,
}

/// A column of [`Responses`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Column(usize);

/// What one learner did with one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The question.
    pub column: Column,
    /// What the answer earned, in thousandths of a point; nothing when it was left open.
    pub earned: u32,
    /// Whether there was an answer.
    pub given: Given,
    /// The places of the chosen options in [`choices::choices`].
    pub chosen: Box<[u32]>,
    /// How sure the learner said to be.
    pub certainty: Option<Certainty>,
    /// Time spent on it, in seconds.
    pub seconds: u32,
}

/// Whether a question was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// It was, wholly or in part.
    Answered,
    /// It was shown and left open.
    LeftOpen,
}

/// How a quiz as a whole measures. Scores are shares of the possible points, from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct QuizFigures {
    /// How many learners.
    pub attempts: usize,
    /// Questions in an attempt, on average.
    pub questions: f64,
    /// The mean score.
    pub mean: f64,
    /// The score with as many above as below.
    pub median: f64,
    /// Standard deviation of the scores (n − 1); with two learners or more.
    pub deviation: Option<f64>,
    /// Cronbach's alpha (Moodle: coefficient of internal consistency): the share of the spread of scores that another
    /// draw of as many questions would show again. 1 at most; below 0 when questions contradict each other.
    pub alpha: Option<f64>,
    /// √(1 − alpha): the share of the standard deviation that is chance.
    pub error_ratio: Option<f64>,
    /// Standard error of one learner's score: error ratio × standard deviation.
    pub standard_error: Option<f64>,
    /// The questions, in the order of their columns.
    pub items: Vec<ItemFigures>,
}

/// How one question measures. Marks are shares of what a full answer earns.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemFigures {
    /// How many learners had it.
    pub attempts: usize,
    /// The mean mark; `None` when nobody had it.
    pub facility: Option<f64>,
    /// Standard deviation of the marks (n − 1).
    pub deviation: Option<f64>,
    /// What part of the points of an average attempt it carries.
    pub intended_weight: Option<f64>,
    /// What part of the spread of scores it carries; `None` when it works against the score.
    pub effective_weight: Option<f64>,
    /// Correlation (Pearson) of its mark with the rest score, −1 to 1; `None` when one of them does not vary.
    pub discrimination: Option<f64>,
    /// Covariance with the rest score ÷ the largest that these marks and rest scores could have.
    pub efficiency: Option<f64>,
    /// How many learners' marks are not the most frequent mark: what discrimination rests on.
    pub apart: usize,
    /// Every option, in the order of [`choices::choices`].
    pub choices: Vec<ChoiceFigures>,
    /// How many left it open.
    pub left_open: usize,
    /// Median of the time spent, in seconds.
    pub median_seconds: Option<f64>,
    /// Sure, fairly sure, guessing: in this order.
    pub calibration: [CalibrationFigures; 3],
    /// How many did not say how sure they are.
    pub certainty_unsaid: usize,
    /// How many were sure and earned less than half.
    pub sure_and_wrong: usize,
}

/// How often an option was chosen, and by whom.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceFigures {
    /// How many chose it.
    pub count: usize,
    /// The mean rest score of those who did: how far above (+) or below (−) the average learner with the same other
    /// questions, as a share of the points of those.
    pub mean_rest: Option<f64>,
    /// Correlation of choosing it with the rest score (point-biserial).
    pub correlation: Option<f64>,
}

/// What those who were so sure earned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CalibrationFigures {
    /// How many said so.
    pub count: usize,
    /// Their mean mark.
    pub facility: Option<f64>,
}

/// One learner's attempt as a whole, in thousandths of a point.
#[derive(Debug, Clone, Copy)]
struct Row {
    earned: f64,
    possible: f64,
    questions: f64,
    /// Sum of the marks' deviations from the mean mark of each question.
    deviation: f64,
    /// Sum of the squares of the same.
    squares: f64,
}

impl Responses {
    /// A further question that earns at most `possible` thousandths and offers so many options.
    pub fn add_column(&mut self, possible: u32, options: usize) -> Column {
        self.columns.push((possible, options));
        Column(self.columns.len() - 1)
    }

    /// A further learner. Cells of columns that are not in this table are not taken.
    pub fn add_row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        let columns = self.columns.len();
        self.cells.extend(cells.into_iter().filter(|cell| cell.column.0 < columns));
        self.ends.push(self.cells.len());
    }

    /// All figures. Time and memory grow with the number of cells (time by a logarithm more, for sorting).
    #[must_use]
    pub fn figures(&self) -> QuizFigures {
        let means = self.means();
        let rows: Vec<Row> = self.rows().map(|cells| self.row(cells, &means)).collect();
        let average_possible = mean(rows.iter().map(|row| row.possible));
        let mut seen: Vec<Vec<(&Cell, &Row)>> = vec![Vec::new(); self.columns.len()];
        for (cells, row) in self.rows().zip(&rows) {
            for cell in cells {
                seen[cell.column.0].push((cell, row));
            }
        }
        let mut items = Vec::with_capacity(self.columns.len());
        let mut pulls = Vec::with_capacity(self.columns.len());
        for ((possible, options), seen) in self.columns.iter().zip(seen) {
            let (mut item, pull) = figures::item(*possible, *options, &seen);
            item.intended_weight =
                average_possible.filter(|whole| *whole > 0.0).map(|whole| f64::from(*possible) / whole);
            items.push(item);
            pulls.push(pull);
        }
        weigh(&mut items, &pulls, rows.len());
        quiz(&rows, items)
    }

    fn rows(&self) -> impl Iterator<Item = &[Cell]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.cells[start..*end])
    }

    /// The mean mark of every question, in thousandths.
    fn means(&self) -> Vec<f64> {
        let mut sums = vec![(0.0, 0.0); self.columns.len()];
        for cell in &self.cells {
            let (sum, count) = &mut sums[cell.column.0];
            *sum += f64::from(cell.earned);
            *count += 1.0;
        }
        sums.into_iter().map(|(sum, count)| if count > 0.0 { sum / count } else { 0.0 }).collect()
    }

    fn row(&self, cells: &[Cell], means: &[f64]) -> Row {
        let mut row = Row { earned: 0.0, possible: 0.0, questions: 0.0, deviation: 0.0, squares: 0.0 };
        for cell in cells {
            let deviation = f64::from(cell.earned) - means[cell.column.0];
            row.earned += f64::from(cell.earned);
            row.possible += f64::from(self.columns[cell.column.0].0);
            row.questions += 1.0;
            row.deviation += deviation;
            row.squares += deviation * deviation;
        }
        row
    }
}

/// Effective weights from each question's covariance with the whole: its root, as a part of what the roots of an average
/// attempt add up to. With a draw the weights of a bank add up to more than 1, like the intended ones.
fn weigh(items: &mut [ItemFigures], pulls: &[Option<f64>], attempts: usize) {
    let roots: Vec<Option<f64>> =
        pulls.iter().map(|pull| pull.filter(|pull| *pull >= 0.0).map(f64::sqrt)).collect();
    let all: f64 = items
        .iter()
        .zip(&roots)
        .filter_map(|(item, root)| root.map(|root| root * real(item.attempts) / real(attempts)))
        .sum();
    if all > 0.0 {
        for (item, root) in items.iter_mut().zip(roots) {
            item.effective_weight = root.map(|root| root / all);
        }
    }
}

fn quiz(rows: &[Row], items: Vec<ItemFigures>) -> QuizFigures {
    let mut scores: Vec<f64> =
        rows.iter().filter(|row| row.possible > 0.0).map(|row| row.earned / row.possible).collect();
    scores.sort_by(f64::total_cmp);
    let deviation = sample_variance(&scores).map(f64::sqrt);
    let alpha = alpha(rows);
    let error_ratio = alpha.map(|alpha| (1.0 - alpha).max(0.0).sqrt());
    QuizFigures {
        attempts: rows.len(),
        questions: mean(rows.iter().map(|row| row.questions)).unwrap_or_default(),
        mean: mean(scores.iter().copied()).unwrap_or_default(),
        median: figures::median(&scores).unwrap_or_default(),
        deviation,
        alpha,
        error_ratio,
        standard_error: error_ratio.zip(deviation).map(|(ratio, deviation)| ratio * deviation),
        items,
    }
}

/// Cronbach's alpha, `K c ÷ (v + (K − 1) c)`: v the mean variance of a question, c the mean covariance of two that one
/// learner had, K the questions of an average attempt. Without missing cells that is the usual
/// `K/(K − 1) × (1 − sum of variances ÷ variance of sums)`, and with a draw it still is what alpha means: the correlation
/// to be expected between two draws of K questions from one bank (Cronbach 1951; for sparse tables Lopez 2007).
///
/// A learner weighs as much as they had questions, in v as in c, so that c is never more than v and alpha never more than 1.
fn alpha(rows: &[Row]) -> Option<f64> {
    let rows = || rows.iter().filter(|row| row.questions >= 2.0);
    let sum = |of: fn(&Row) -> f64| rows().map(of).sum::<f64>();
    let cells = sum(|row| row.questions);
    let questions = mean(rows().map(|row| row.questions))?;
    let variance = sum(|row| row.squares) / cells;
    // Every pair of one learner's deviations, summed without visiting pairs: (Σd)² − Σd².
    let products = |row: &Row| (row.deviation * row.deviation - row.squares) / (row.questions - 1.0);
    let covariance = sum(products) / cells;
    let whole = variance + (questions - 1.0) * covariance;
    // Thousandths squared; a spread below this is rounding.
    (whole > 1e-6).then(|| questions * covariance / whole)
}

/// A count as a number to calculate with.
fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
