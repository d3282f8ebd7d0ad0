//! Bars made of block characters.

/// A bar of `cells` cells for a share of the whole. A share above 0 shows at least one eighth of a cell; one above 1
/// fills the bar; no number is an empty bar.
pub(crate) fn of_share(share: f64, cells: usize) -> String {
    const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    let share = if share.is_finite() {
        share.clamp(0.0, 1.0)
    } else {
        0.0
    };
    let mut eighths = (share * cells as f64 * 8.0).round() as usize;
    if share > 0.0 {
        eighths = eighths.max(1);
    }
    let mut out = "█".repeat(eighths / 8);
    if !eighths.is_multiple_of(8) {
        out.push(EIGHTHS[eighths % 8]);
    }
    let used = out.chars().count();
    out.push_str(&"░".repeat(cells.saturating_sub(used)));
    out
}

/// A bar of a value against its limit: the limit stands at three quarters of the bar, marked by `|`, so that a broken
/// budget is seen to stick out.
pub(crate) fn against_limit(value: f64, limit: f64, cells: usize) -> String {
    let limit_cell = cells * 3 / 4;
    let share = if limit > 0.0 {
        value / limit * 0.75
    } else if value > 0.0 {
        1.0
    } else {
        0.0
    };
    let mut bar: Vec<char> = of_share(share, cells).chars().collect();
    bar.insert(limit_cell.min(bar.len()), '|');
    bar.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_fill_their_part_of_the_bar() {
        assert_eq!(of_share(0.5, 4), "██░░");
        assert_eq!(of_share(0.001, 4), "▏░░░");
        assert_eq!(of_share(7.0, 2), "██");
        assert_eq!(of_share(f64::NAN, 2), "░░");
    }

    #[test]
    fn the_limit_stands_at_three_quarters() {
        assert_eq!(against_limit(1.0, 1.0, 8), "██████|░░");
        assert_eq!(against_limit(2.0, 1.0, 8), "██████|██");
        assert_eq!(against_limit(0.0, 0.0, 4), "░░░|░");
    }
}
