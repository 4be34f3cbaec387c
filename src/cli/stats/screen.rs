//! The figures drawn on one screen, to its width.

use std::time::Duration;

use unicode_width::UnicodeWidthStr as _;

use super::draw::{Columns, SHADES, bar, bounds, float, shade};
use super::words::{self, grade_name, instead, percent, span};
use crate::collection::{HardCard, Stats};
use crate::model::{Day, Grade};
use crate::report::learning::{Bucket, Grades, Group, Hour, Rate, Week};
use crate::text;

/// Columns that a part needs so that a year fits into its calendar, and between two parts.
const PART: usize = 58;
const GAP: usize = 3;
/// The widest that a part is drawn.
const WIDEST: usize = 100;
/// Tags and levels that are drawn.
const MOST_GROUPS: usize = 8;

/// A part of the screen.
struct Part {
    title: String,
    lines: Vec<String>,
}

/// Everything, in as many columns of parts as fit side by side.
pub(super) fn screen(stats: &Stats, width: usize) -> String {
    let across = ((width + GAP) / (PART + GAP)).clamp(1, 4);
    let part = ((width + GAP) / across - GAP).clamp(20, WIDEST);
    let mut stacks: Vec<Vec<String>> = vec![Vec::new(); across];
    for drawn in parts(stats, part).into_iter().filter(|drawn| !drawn.lines.is_empty()) {
        // the reader goes down the screen, so what comes next stands where most room is left
        let Some(stack) = stacks.iter_mut().min_by_key(|stack| stack.len()) else { break };
        if !stack.is_empty() {
            stack.push(String::new());
        }
        let rule = part.saturating_sub(drawn.title.width() + 1);
        stack.push(format!("{} {}", drawn.title, "─".repeat(rule)));
        stack.extend(drawn.lines);
    }
    let height = stacks.iter().map(Vec::len).max().unwrap_or(0);
    let rows = (0..height).map(|row| {
        let cells = stacks.iter().map(|stack| stack.get(row).map_or("", String::as_str));
        let padded =
            cells.map(|cell| format!("{cell}{}", " ".repeat((part + GAP).saturating_sub(cell.width()))));
        padded.collect::<String>().trim_end().to_owned()
    });
    format!("{}\n\n{}", words::heading(stats), rows.collect::<Vec<_>>().join("\n"))
}

fn parts(stats: &Stats, width: usize) -> Vec<Part> {
    let learning = &stats.learning;
    let part = |title: &str, lines: Vec<String>| Part { title: title.to_owned(), lines };
    vec![
        part("Today", wrapped(&words::today(stats), width)),
        part("Days of study", calendar(stats, width)),
        part("Remembered by week, young cards", weeks(stats, width, |week| week.young)),
        part("Remembered by week, mature cards", weeks(stats, width, |week| week.mature)),
        part("Answers a day", days(stats, width, |answers| answers.all().into(), "")),
        part("Minutes a day", days(stats, width, minutes, " min")),
        part("The next 30 days, reviews", forecast(stats, width)),
        part("Cards", wrapped(&words::states(stats), width)),
        part("Intervals, cards", buckets(&learning.intervals, width, |days| days.to_string(), " days")),
        part(
            "Ease, cards",
            buckets(&learning.eases, width, |ease| format!("{:.1}", f64::from(ease) / 1000.0), ""),
        ),
        part("Grades", grades(stats, width)),
        part(
            "Hours of the day, answers",
            hours(stats, width, |hour| (hour.answers.into(), 0.0, 1.0), None, ""),
        ),
        part(
            "Hours of the day, remembered",
            hours(stats, width, |hour| percents(hour.retention), Some(100.0), " %"),
        ),
        part("Remembered by difficulty", groups(&learning.groups.difficulty, width)),
        part("Remembered by level", groups(&learning.groups.level, width)),
        part("Remembered by kind", groups(&learning.groups.kind, width)),
        part("Remembered by tag", groups(&learning.groups.tag, width)),
        part("The hardest cards", hardest(&stats.hardest, width)),
    ]
}

fn wrapped(lines: &[String], width: usize) -> Vec<String> {
    lines
        .iter()
        .flat_map(|line| text::wrap(line, "", Some(width)).lines().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

pub(super) fn minutes(answers: &crate::report::learning::Answers) -> f64 {
    Duration::from_millis(answers.took_ms).as_secs_f64() / 60.0
}

/// The year, a week a column, Monday on top.
fn calendar(stats: &Stats, width: usize) -> Vec<String> {
    let learning = &stats.learning;
    let mut lines = wrapped(&words::streak(stats), width);
    let shown: Vec<_> = learning.done.calendar.chunks(7).collect();
    let weeks: Vec<_> = shown.iter().skip(shown.len().saturating_sub(width.saturating_sub(4))).collect();
    let bounds = bounds(weeks.iter().flat_map(|week| week.iter().map(|day| day.answers)));
    let mut months = String::new();
    for (place, week) in weeks.iter().enumerate() {
        let begins = week.iter().find(|day| day.day.to_string().ends_with("-01"));
        if let Some(first) = begins.filter(|_| months.width() <= place && place + 3 <= weeks.len()) {
            months.push_str(&" ".repeat(place - months.width()));
            months.push_str(&first.day.date().format("%b").to_string());
        }
    }
    lines.push(format!("    {months}"));
    for (place, name) in ["Mon", "", "Wed", "", "Fri", "", "Sun"].into_iter().enumerate() {
        let cells = weeks.iter().map(|week| week.get(place).map_or(' ', |day| shade(day.answers, bounds)));
        lines.push(format!("{name:<4}{}", cells.collect::<String>()).trim_end().to_owned());
    }
    let most = weeks.iter().flat_map(|week| week.iter().map(|day| day.answers)).max().unwrap_or(0);
    let shades = words::shades(bounds, most).into_iter();
    let shades = shades.map(|(place, told)| format!("{} {told}", SHADES.get(place).copied().unwrap_or(' ')));
    lines.extend(wrapped(&[shades.collect::<Vec<_>>().join("  ")], width));
    lines
}

fn dates(from: Day, upto: Day) -> Vec<String> {
    vec![from.to_string(), upto.to_string()]
}

/// A rate as percents of what was asked, which several together are of all that was asked.
fn percents(rate: Rate) -> (f64, f64, f64) {
    (f64::from(rate.remembered) * 100.0, 0.0, rate.asked.into())
}

fn weeks(stats: &Stats, width: usize, of: fn(&Week) -> Rate) -> Vec<String> {
    let weeks = &stats.learning.done.retention;
    let all = Rate::sum(weeks.iter().map(of));
    let (Some(first), Some(last), true) = (weeks.first(), weeks.last(), all.asked > 0) else {
        return vec!["no review of one yet".to_owned()];
    };
    let values: Vec<(f64, f64, f64)> = weeks.iter().map(|week| percents(of(week))).collect();
    let chart = Columns {
        values: &values,
        each: "week",
        most: Some(100.0),
        unit: " %",
        height: 4,
        below: dates(first.week, last.week),
    };
    let mut lines = vec![format!("{} of {}", percent(all), text::count(all.asked, "review"))];
    lines.extend(chart.draw(width));
    lines
}

fn days(
    stats: &Stats,
    width: usize,
    of: fn(&crate::report::learning::Answers) -> f64,
    unit: &str,
) -> Vec<String> {
    let days = &stats.learning.done.answers;
    let values: Vec<(f64, f64, f64)> = days.iter().map(|day| (of(&day.answers), 0.0, 1.0)).collect();
    let sum: f64 = values.iter().map(|(value, ..)| value).sum();
    if sum <= 0.0 {
        return vec!["nothing yet".to_owned()];
    }
    let chart = Columns {
        values: &values,
        each: "day",
        most: None,
        unit,
        height: 4,
        below: dates(stats.learning.from, stats.learning.study_day),
    };
    let mut lines = vec![format!("{:.1}{unit} a day", sum / float(values.len()))];
    lines.extend(chart.draw(width));
    lines
}

fn forecast(stats: &Stats, width: usize) -> Vec<String> {
    let days = &stats.learning.forecast;
    let values: Vec<(f64, f64, f64)> = days
        .iter()
        .map(|day| (f64::from(day.due + day.again), f64::from(day.new + day.new_again), 1.0))
        .collect();
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Vec::new() };
    let chart = Columns {
        values: &values,
        each: "day",
        most: None,
        unit: "",
        height: 5,
        below: dates(first.day, last.day),
    };
    let mut lines = wrapped(&words::forecast(stats), width);
    lines.extend(chart.draw(width));
    lines.extend(wrapped(&["█ cards you know  ░ new cards and their reviews".to_owned()], width));
    lines
}

fn buckets(buckets: &[Bucket], width: usize, told: fn(u32) -> String, unit: &str) -> Vec<String> {
    let most = buckets.iter().map(|bucket| bucket.cards).max().unwrap_or(0);
    if most == 0 {
        return vec!["no card was learnt yet".to_owned()];
    }
    let line = |bucket: &Bucket| {
        let drawn = bar(bucket.cards.into(), most.into(), width.saturating_sub(26));
        format!("{:>15}  {drawn} {}", span(bucket, told, unit), bucket.cards)
    };
    buckets.iter().map(line).collect()
}

fn grades(stats: &Stats, width: usize) -> Vec<String> {
    let buttons = &stats.learning.done.buttons;
    let sorts = [("new", &buttons.new), ("young", &buttons.young), ("mature", &buttons.mature)];
    let sum = |grades: &Grades| grades.0.iter().sum::<u32>();
    if sorts.iter().all(|(_, grades)| sum(grades) == 0) {
        return vec!["no review yet".to_owned()];
    }
    let each = (width.saturating_sub(12) / 3).clamp(9, 24);
    let mut lines = vec![format!("{:12}{}", "", sorts.map(|(name, _)| format!("{name:<each$}")).concat())];
    for grade in Grade::ALL {
        let place = usize::from(grade.number());
        let cells = sorts.map(|(_, grades)| {
            let count = grades.0.get(place).copied().unwrap_or(0);
            let rate = Rate { asked: sum(grades), remembered: count };
            let drawn = bar(count.into(), sum(grades).into(), each.saturating_sub(8));
            let cell = if count == 0 { "    -".to_owned() } else { format!("{:>5} {drawn}", percent(rate)) };
            format!("{cell}{}", " ".repeat(each.saturating_sub(cell.width())))
        });
        lines.push(format!("{:<12}{}", grade_name(grade), cells.concat()).trim_end().to_owned());
    }
    lines
}

fn hours(
    stats: &Stats,
    width: usize,
    of: fn(&Hour) -> (f64, f64, f64),
    most: Option<f64>,
    unit: &str,
) -> Vec<String> {
    let values: Vec<(f64, f64, f64)> = stats.learning.done.hours.iter().map(of).collect();
    if values.iter().all(|(value, ..)| *value <= 0.0) {
        return vec!["nothing yet".to_owned()];
    }
    let below = ["0:00", "6:00", "12:00", "18:00", "24:00"].map(str::to_owned).to_vec();
    Columns { values: &values, each: "hour", most, unit, height: 3, below }.draw(width)
}

fn groups(groups: &[Group], width: usize) -> Vec<String> {
    if groups.iter().all(|group| group.name.is_none()) {
        return Vec::new();
    }
    if groups.iter().all(|group| group.retention.asked == 0) {
        return vec!["nothing yet".to_owned()];
    }
    let shown = groups.iter().take(MOST_GROUPS);
    let name = |group: &Group| text::one_line(group.name.as_deref().unwrap_or("not said"), 18);
    let room = width.saturating_sub(40);
    let mut lines: Vec<String> = shown
        .map(|group| {
            let name = name(group);
            let pad = " ".repeat(18_usize.saturating_sub(name.width()));
            let share = group.retention.share();
            let drawn = bar(share.unwrap_or(0.0), 1.0, room);
            let told = share.map_or("    -".to_owned(), |_| format!("{:>5}", percent(group.retention)));
            format!(
                "{name}{pad} {told} {drawn}{} of {}",
                " ".repeat(room.saturating_sub(drawn.width())),
                group.retention.asked
            )
        })
        .collect();
    if let Some(more) = groups.len().checked_sub(MOST_GROUPS).filter(|more| *more > 0) {
        lines.push(format!("and {more} more, which --json tells"));
    }
    lines
}

fn hardest(hardest: &[HardCard], width: usize) -> Vec<String> {
    if hardest.is_empty() {
        return vec!["none was forgotten".to_owned()];
    }
    let line = |card: &HardCard| {
        let rate = card.retention;
        let told = format!("{} of {}", rate.forgotten(), rate.asked);
        let mut lines =
            vec![format!("{told:>9}  {}", text::one_line(&card.prompt, width.saturating_sub(11)))];
        if !card.instead.is_empty() {
            let answered = instead(card);
            lines.push(format!("{:11}instead: {}", "", text::one_line(&answered, width.saturating_sub(20))));
        }
        lines
    };
    let mut lines = vec!["forgotten".to_owned()];
    lines.extend(hardest.iter().flat_map(line));
    lines
}
