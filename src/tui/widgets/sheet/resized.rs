//! Where somebody is on a sheet that is laid out for another size.

use super::{Sheet, Spot};

impl<M: Clone> Sheet<M> {
    /// Where somebody is who is on this sheet, on a screen of `height` rows, when the same one stands there as `anew`, on a screen of
    /// `height_anew` rows: at the beginning, who has not moved from there; else with what has the focus in sight where it was, and with
    /// what stood at the top where it was not.
    #[must_use]
    pub fn spot_on(&self, height: u16, anew: &Self, height_anew: u16) -> Spot {
        let (height, height_anew) = (usize::from(height).max(1), usize::from(height_anew).max(1));
        let top = self.spot.scroll.min(self.rows.len().saturating_sub(height));
        let spot = Spot { scroll: anew.row_like(top, self), ..self.spot };
        let has_moved = top > 0 || spot.entry > 0;
        if has_moved && self.focus_beyond(top, height).is_none() {
            anew.in_sight(spot, height_anew)
        } else {
            Spot { scroll: spot.scroll.min(anew.rows.len().saturating_sub(height_anew)), ..spot }
        }
    }

    /// The row of this sheet that lies as far between two things to choose as that row of `other`.
    fn row_like(&self, row: usize, other: &Self) -> usize {
        let behind = other.entries.iter().position(|entry| entry.row > row);
        let above = behind.unwrap_or(other.entries.len()).checked_sub(1);
        let begin =
            |sheet: &Self| above.and_then(|index| sheet.entries.get(index)).map_or(0, |entry| entry.row);
        let end = |sheet: &Self| {
            behind.and_then(|index| sheet.entries.get(index)).map_or(sheet.rows.len(), |entry| entry.row)
        };
        let (from, to) = (end(other) - begin(other), end(self).saturating_sub(begin(self)));
        begin(self) + ((row - begin(other)) * to).checked_div(from).unwrap_or(0)
    }
}
