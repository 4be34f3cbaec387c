//! Charts out of characters. No meaning is in a colour: there is none.

use unicode_width::UnicodeWidthStr as _;

const EIGHTHS_ACROSS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const EIGHTHS_UP: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A bar from the left, as long a part of `width` as `value` is of `most`. What is not nothing is seen.
pub(super) fn bar(value: f64, most: f64, width: usize) -> String {
    if value <= 0.0 || most <= 0.0 {
        return String::new();
    }
    let eighths = rounded((value / most).min(1.0) * 8.0 * float(width)).max(1);
    let rest = EIGHTHS_ACROSS.get(eighths % 8).copied().unwrap_or_default();
    format!("{}{rest}", "█".repeat(eighths / 8))
}

/// A chart of columns over an axis.
pub(super) struct Columns<'c> {
    /// What stands at each place: what is drawn full, what is drawn light on top of it, and of how many both are the sum.
    pub(super) values: &'c [(f64, f64, f64)],
    /// What a place is called.
    pub(super) each: &'c str,
    /// What the top of the chart stands for; none for the highest column.
    pub(super) most: Option<f64>,
    /// What is written at the top of the axis behind the number.
    pub(super) unit: &'c str,
    /// Rows, without the axis.
    pub(super) height: usize,
    /// What is written below, from the first column to the last in equal steps.
    pub(super) below: Vec<String>,
}

impl Columns<'_> {
    /// The chart in so many columns of the terminal; where there are more values than fit, each column is the mean of several.
    pub(super) fn draw(&self, width: usize) -> Vec<String> {
        let axis = 7;
        let room = width.saturating_sub(axis + 1).max(1);
        let together = self.values.len().div_ceil(room).max(1);
        let means: Vec<(f64, f64)> = self.values.rchunks(together).rev().map(mean).collect();
        let wide = (room / means.len().max(1)).clamp(1, 4);
        let highest = means.iter().map(|(full, light)| full + light).fold(0.0, f64::max);
        let most = self.most.unwrap_or(highest);
        let mut lines: Vec<String> = (0..self.height)
            .rev()
            .map(|row| {
                let label = if row + 1 == self.height { labelled(most, self.unit) } else { String::new() };
                let drawn = |value: &(f64, f64)| {
                    let mut column = cell(*value, most, row, self.height).to_string().repeat(wide);
                    if wide > 1 {
                        column.pop();
                        column.push(' ');
                    }
                    column
                };
                let cells: String = means.iter().map(drawn).collect();
                format!("{label:>axis$}│{cells}").trim_end().to_owned()
            })
            .collect();
        let length = means.len() * wide;
        lines.push(format!("{:>axis$}└{}", "0", "─".repeat(length)));
        lines.push(format!("{}{}", " ".repeat(axis + 1), spread(&self.below, length)));
        if together > 1 {
            lines.push(format!("{}a column is the mean of {together} {}s", " ".repeat(axis + 1), self.each));
        }
        lines
    }
}

fn mean(values: &[(f64, f64, f64)]) -> (f64, f64) {
    let sum = |of: fn(&(f64, f64, f64)) -> f64| values.iter().map(of).sum::<f64>();
    let of = sum(|value| value.2);
    if of > 0.0 { (sum(|value| value.0) / of, sum(|value| value.1) / of) } else { (0.0, 0.0) }
}

/// Labels in so many columns, the first at their beginning, the last at their end, those between in equal steps. One for which there is
/// no room is left out.
fn spread(labels: &[String], length: usize) -> String {
    let mut line = String::new();
    let steps = labels.len().saturating_sub(1).max(1);
    for (place, label) in labels.iter().enumerate() {
        let (middle, width) = (length * place / steps, label.width());
        let start = match place {
            0 => 0,
            _ if place == steps => length.saturating_sub(width),
            _ => middle.saturating_sub(width / 2),
        };
        let gap = start.saturating_sub(line.width());
        if place > 0 && gap == 0 {
            continue;
        }
        line.push_str(&" ".repeat(gap));
        line.push_str(label);
    }
    line
}

/// The label of the top of an axis: as few digits as tell it.
fn labelled(most: f64, unit: &str) -> String {
    let digits = usize::from(most < 10.0 && most.fract() > 0.05);
    format!("{most:.digits$}{unit}")
}

/// What stands in one row of a column, rows counted from the axis.
fn cell((full, light): (f64, f64), most: f64, row: usize, height: usize) -> char {
    if most <= 0.0 || full + light <= 0.0 {
        return ' ';
    }
    let eighths = |value: f64| rounded(value / most * 8.0 * float(height));
    let all = eighths(full + light).max(1);
    let in_row = |of: usize| of.saturating_sub(row * 8).min(8);
    let (full, all) = (in_row(eighths(full)), in_row(all));
    match (full, all) {
        (8, _) => '█',
        // light characters come in whole cells only
        (_, all) if all > full && full < 4 && all >= 4 => '░',
        (_, all) => EIGHTHS_UP.get(all).copied().unwrap_or(' '),
    }
}

/// A number of things as a number to reckon with; there are never so many that it is not exact.
pub(super) fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// To the nearest whole number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is within the bounds of a screen"
)]
const fn rounded(value: f64) -> usize {
    value.round().clamp(0.0, 1_000_000.0) as usize
}

/// The shades of a map, from none to most.
pub(super) const SHADES: [char; 5] = ['·', '░', '▒', '▓', '█'];

/// The place of a number among shades: 0 for none, else 1 to 4 among bounds, each the highest of its shade.
pub(super) fn place(count: u32, bounds: [u32; 3]) -> usize {
    if count == 0 { 0 } else { 1 + bounds.iter().filter(|bound| count > **bound).count() }
}

/// The shade of a number.
pub(super) fn shade(count: u32, bounds: [u32; 3]) -> char {
    SHADES.get(place(count, bounds)).copied().unwrap_or('█')
}

/// Bounds that part what is not nothing into four, as evenly as its values allow.
pub(super) fn bounds(counts: impl Iterator<Item = u32>) -> [u32; 3] {
    let mut counts: Vec<u32> = counts.filter(|count| *count > 0).collect();
    counts.sort_unstable();
    [1, 2, 3].map(|quarter| {
        let place = (counts.len() * quarter / 4).saturating_sub(1);
        counts.get(place).copied().unwrap_or(quarter.try_into().unwrap_or(0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(values: &[(f64, f64, f64)], width: usize) -> String {
        let below = vec!["a".to_owned(), "b".to_owned()];
        let chart = Columns { values, each: "week", most: Some(100.0), unit: " %", height: 2, below };
        chart.draw(width).join("\n")
    }

    #[test]
    fn weeks_in_which_nothing_was_asked_pull_no_mean_down() {
        // every second week nothing was asked, and all was remembered in the others
        let weeks: Vec<(f64, f64, f64)> =
            (0..40).map(|week| if week % 2 == 0 { (300.0, 0.0, 3.0) } else { (0.0, 0.0, 0.0) }).collect();
        let chart = drawn(&weeks, 30);
        assert_eq!(chart.lines().next(), Some("  100 %│████████████████████"), "{chart}");
        assert!(chart.contains("a column is the mean of 2 weeks"), "{chart}");
    }

    #[test]
    fn a_column_is_as_high_as_its_value_and_what_is_not_nothing_is_seen() {
        let chart = drawn(&[(100.0, 0.0, 1.0), (50.0, 0.0, 1.0), (0.4, 0.0, 1.0), (0.0, 0.0, 1.0)], 12);
        let lines: Vec<&str> = chart.lines().collect();
        assert_eq!(lines[..3], ["  100 %│█", "       │██▁", "      0└────"], "{chart}");
        assert_eq!(bar(1.0, 4.0, 2), "▌");
        assert_eq!(bar(0.001, 4.0, 2), "▏");
        assert_eq!((bar(0.0, 4.0, 2), bar(9.0, 4.0, 2)), (String::new(), "██".to_owned()));
    }

    #[test]
    fn shades_part_what_is_not_nothing_into_four() {
        let bounds = bounds([0, 5, 1, 9, 3, 0, 7, 2, 8, 4].into_iter());
        assert_eq!(bounds, [2, 4, 7]);
        let places: Vec<usize> = [0, 1, 2, 3, 4, 5, 7, 8, 9].map(|count| place(count, bounds)).to_vec();
        assert_eq!(places, [0, 1, 1, 2, 2, 3, 3, 4, 4]);
        assert_eq!(super::bounds(std::iter::empty()), [1, 2, 3]);
    }
}
