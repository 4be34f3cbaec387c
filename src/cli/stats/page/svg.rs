//! Charts as SVG, each with a title and a description for whoever does not see it.

use crate::cli::page::escape;
use crate::cli::stats::draw::float;
use crate::report::learning::CalendarDay;

/// The room of a chart, in units of its own that are about a pixel of a telephone.
const WIDTH: f64 = 340.0;
const HEIGHT: f64 = 160.0;
/// What is left for the labels of the axes.
const LEFT: f64 = 48.0;
const BELOW: f64 = 22.0;
const ABOVE: f64 = 16.0;

/// A picture with its title and description.
fn picture(id: &str, (title, description): (&str, &str), (width, height): (f64, f64), drawn: &str) -> String {
    format!(
        "<svg role=\"img\" viewBox=\"0 0 {width} {height}\" aria-labelledby=\"{id}-title {id}-description\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-description\">{}</desc>{drawn}</svg>",
        escape(title),
        escape(description)
    )
}

/// Columns over an axis.
pub(super) struct Columns<'c> {
    /// What tells it from all others of the page.
    pub(super) id: &'c str,
    /// What it shows.
    pub(super) title: &'c str,
    /// The same in words.
    pub(super) description: &'c str,
    /// What stands below each column, what is drawn full, and what light on top of it.
    pub(super) values: &'c [(String, f64, f64)],
    /// What the top stands for; none for the highest column.
    pub(super) most: Option<f64>,
    /// The unit of the numbers at the axis.
    pub(super) unit: &'c str,
    /// What is written below, from the first column to the last in equal steps.
    pub(super) below: &'c [String],
}

impl Columns<'_> {
    pub(super) fn draw(&self) -> String {
        let highest = self.values.iter().map(|(_, full, light)| full + light).fold(0.0, f64::max);
        let most = self.most.unwrap_or(highest).max(f64::MIN_POSITIVE);
        let (right, floor) = (WIDTH - 4.0, HEIGHT - BELOW);
        let step = (right - LEFT) / float(self.values.len().max(1));
        let room = floor - ABOVE;
        let mut drawn = String::new();
        for (share, at) in [(1.0, ABOVE), (0.5, ABOVE + room / 2.0), (0.0, floor)] {
            drawn += &format!(
                "<line class=\"axis\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>\
                 <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                LEFT - 4.0,
                at + 4.0,
                escape(&labelled(most * share, most, self.unit))
            );
        }
        for (place, (name, full, light)) in self.values.iter().enumerate() {
            let x = LEFT + step * float(place) + step * 0.1;
            let mut top = floor;
            let mut part = |value: f64, class: &str| {
                let height = (value / most).min(1.0) * room;
                top -= height;
                if height > 0.0 {
                    let told = format!("{name}: {}{}", number(value), self.unit);
                    drawn += &format!(
                        "<rect class=\"{class}\" x=\"{x:.2}\" y=\"{top:.2}\" width=\"{:.2}\" height=\"{height:.2}\"><title>{}</title></rect>",
                        step * 0.8,
                        escape(&told)
                    );
                }
            };
            part(*full, "full");
            part(*light, "light");
        }
        let steps = float(self.below.len().saturating_sub(1).max(1));
        for (place, label) in self.below.iter().enumerate() {
            let (anchor, x) = match place {
                0 => ("start", LEFT),
                _ if place + 1 == self.below.len() => ("end", right),
                _ => ("middle", LEFT + (right - LEFT) * float(place) / steps),
            };
            drawn += &format!(
                "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>",
                HEIGHT - 6.0,
                escape(label)
            );
        }
        picture(self.id, (self.title, self.description), (WIDTH, HEIGHT), &drawn)
    }
}

fn number(value: f64) -> String {
    let digits = usize::from(value.fract() > 0.05 && value < 100.0);
    format!("{value:.digits$}")
}

/// A number at an axis of which the top is `most`.
fn labelled(value: f64, most: f64, unit: &str) -> String {
    let digits = usize::from(most < 10.0 && value > 0.0 && value.fract() > 0.05);
    format!("{value:.digits$}{unit}")
}

/// Bars, one below the other: what each is, how long, and what stands behind it.
pub(super) fn bars(
    id: &str,
    title: &str,
    description: &str,
    values: &[(String, f64, String)],
    most: f64,
) -> String {
    let (line, left, behind) = (20.0, 130.0, 58.0);
    let room = WIDTH - left - behind;
    let mut drawn = String::new();
    for (place, (name, value, told)) in values.iter().enumerate() {
        let y = line * float(place);
        let length = if most > 0.0 { (value / most).clamp(0.0, 1.0) * room } else { 0.0 };
        drawn += &format!(
            "<text class=\"name\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\
             <rect class=\"full\" x=\"{left}\" y=\"{:.1}\" width=\"{length:.2}\" height=\"12\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            left - 6.0,
            y + 14.0,
            escape(name),
            y + 4.0,
            left + length + 5.0,
            y + 14.0,
            escape(told)
        );
    }
    picture(id, (title, description), (WIDTH, line * float(values.len().max(1)) + 4.0), &drawn)
}

/// The year, a week a column, Monday on top; `shade` is 0 to 4.
pub(super) fn calendar(
    title: &str,
    description: &str,
    days: &[CalendarDay],
    shade: impl Fn(u32) -> usize,
) -> String {
    let (left, top, cell) = (34.0, 16.0, 13.0);
    let weeks: Vec<&[CalendarDay]> = days.chunks(7).collect();
    let mut drawn = String::new();
    for (row, name) in [(0.0, "Mon"), (2.0, "Wed"), (4.0, "Fri"), (6.0, "Sun")] {
        drawn += &format!("<text x=\"0\" y=\"{:.1}\">{name}</text>", top + cell * row + 10.0);
    }
    let mut last_label = -4.0;
    for (place, week) in weeks.iter().enumerate() {
        let x = left + cell * float(place);
        let first = week.iter().find(|day| day.day.to_string().ends_with("-01"));
        // a name is three columns wide
        if let Some(first) = first.filter(|_| float(place) - last_label >= 3.0 && place + 3 <= weeks.len()) {
            last_label = float(place);
            drawn += &format!("<text x=\"{x:.1}\" y=\"11\">{}</text>", first.day.date().format("%b"));
        }
        for (row, day) in week.iter().enumerate() {
            drawn += &format!(
                "<rect class=\"s{}\" x=\"{x:.1}\" y=\"{:.1}\" width=\"11\" height=\"11\" rx=\"2\"><title>{}: {}</title></rect>",
                shade(day.answers),
                top + cell * float(row),
                day.day,
                day.answers
            );
        }
    }
    let size = (left + cell * float(weeks.len()), top + cell * 7.0);
    picture("calendar", (title, description), size, &drawn)
}
