//! The figures in words: for screen readers, pipes and terminals that cannot draw.

use crate::collection::{HardCard, Stats};
use crate::model::Grade;
use crate::report::learning::{Answers, Bucket, Grades, Group, Rate};
use crate::text;

/// A share in percent, to the nearest; `-` of nothing.
pub(super) fn percent(rate: Rate) -> String {
    rate.share().map_or_else(|| "-".to_owned(), |share| format!("{:.0} %", share * 100.0))
}

/// What is shown, and of when.
pub(super) fn heading(stats: &Stats) -> String {
    format!("{}, {}", deck(stats), when(stats))
}

/// Of which deck it is.
pub(super) fn deck(stats: &Stats) -> &str {
    stats.deck.as_ref().map_or("All decks", |deck| deck.as_str())
}

/// The days that are shown.
pub(super) fn when(stats: &Stats) -> String {
    format!("{} to {}", stats.learning.from, stats.learning.study_day)
}

/// What the shades of the calendar mean that are in it, by their places from none to most.
pub(super) fn shades([one, two, three]: [u32; 3], most: u32) -> Vec<(usize, String)> {
    let all = [
        (true, "none".to_owned()),
        (most > 0, format!("1 to {}", one.min(most))),
        (most > 0 && two > one, format!("to {two}")),
        (most > 0 && three > two, format!("to {three}")),
        (most > three, "more answers".to_owned()),
    ];
    all.into_iter()
        .enumerate()
        .filter(|(_, (is_there, _))| *is_there)
        .map(|(place, (_, told))| (place, told))
        .collect()
}

/// The months of the calendar, each with its answers and its days of study.
pub(super) fn months(stats: &Stats) -> impl Iterator<Item = (String, String, String)> {
    let days = &stats.learning.done.calendar;
    days.chunk_by(|one, next| month(one.day) == month(next.day)).map(|days| {
        let studied = days.iter().filter(|day| day.answers > 0).count();
        let answers: u64 = days.iter().map(|day| u64::from(day.answers)).sum();
        let name = days.first().map(|first| month(first.day)).unwrap_or_default();
        (name, answers.to_string(), format!("{studied} of {}", days.len()))
    })
}

pub(super) fn grade_name(grade: Grade) -> String {
    format!("{} {}", grade.number(), grade.name())
}

/// The bounds of a bucket.
pub(super) fn span(bucket: &Bucket, told: fn(u32) -> String, unit: &str) -> String {
    let unit_of = |one: bool| if one && unit == " days" { " day" } else { unit };
    match bucket.upto {
        None => format!("{}{unit} or more", told(bucket.from)),
        Some(upto) if upto == bucket.from => format!("{}{}", told(upto), unit_of(upto == 1)),
        // bounds that are told alike would be none
        Some(upto) => format!("{} to {}{unit}", told(bucket.from), told(upto)),
    }
}

/// What was answered instead.
pub(super) fn instead(card: &HardCard) -> String {
    let told = card.instead.iter().map(|wrong| match wrong.times {
        1 => wrong.answer.clone(),
        times => format!("{times} × {}", wrong.answer),
    });
    told.collect::<Vec<_>>().join("; ")
}

fn time(ms: u64) -> String {
    match ms / 1000 {
        seconds @ 0..90 => text::count(seconds, "second"),
        seconds => text::count((seconds + 30) / 60, "minute"),
    }
}

fn sorts(answers: &Answers) -> String {
    let told = [
        (answers.new, "new"),
        (answers.young, "young"),
        (answers.mature, "mature"),
        (answers.repeats, "repeated"),
        (answers.practice, "practised"),
        (answers.tests, "in tests"),
    ];
    let told: Vec<String> = told
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, sort)| format!("{count} {sort}"))
        .collect();
    told.join(", ")
}

pub(super) fn today(stats: &Stats) -> Vec<String> {
    let learning = &stats.learning;
    let today = &learning.done.today;
    let mut lines = vec![if today.all() == 0 {
        "nothing answered yet".to_owned()
    } else {
        format!("{} in {}: {}", text::count(today.all(), "answer"), time(today.took_ms), sorts(today))
    }];
    if learning.done.today_retention.asked > 0 {
        let rate = learning.done.today_retention;
        lines.push(format!("remembered {} of {}", percent(rate), text::count(rate.asked, "review")));
    }
    let left = stats.left;
    lines.push(format!("left for today: {} due, {} new, {} to repeat", left.due, left.new, left.drill));
    let backlog = learning.backlog;
    if backlog.cards > 0 {
        let pace =
            backlog.minutes.map_or_else(String::new, |minutes| format!(", {minutes:.0} minutes of work"));
        let days = match backlog.days {
            Some(days) => format!(
                "nothing will be left after {} at {} reviews a day",
                text::count(days, "day"),
                backlog.reviews_per_day
            ),
            None => {
                format!("at {} reviews a day that will not be done within a year", backlog.reviews_per_day)
            }
        };
        let cards = text::count_verb(backlog.cards, "card was", "cards were");
        lines.push(format!("backlog: {cards} due before today{pace}; {days}"));
    } else {
        lines.push("no backlog".to_owned());
    }
    lines
}

pub(super) fn streak(stats: &Stats) -> Vec<String> {
    let streak = stats.learning.done.streak;
    vec![format!(
        "{} in a row, {} at the most; studied on {} of the last {}",
        text::count(streak.now, "day"),
        streak.longest,
        streak.studied,
        text::count(streak.of, "day")
    )]
}

pub(super) fn states(stats: &Stats) -> Vec<String> {
    let cards = stats.learning.states;
    vec![format!(
        "{} new, {} young, {} mature, {} suspended",
        cards.new, cards.young, cards.mature, cards.suspended
    )]
}

pub(super) fn forecast(stats: &Stats) -> Vec<String> {
    let days = &stats.learning.forecast;
    let sum = |of: fn(&crate::report::learning::DayAhead) -> u32| {
        days.iter().map(|day| u64::from(of(day))).sum::<u64>()
    };
    let reviews = text::count(sum(|day| day.due + day.again), "review");
    let new = text::count(sum(|day| day.new), "new card");
    let more = text::count(sum(|day| day.new_again), "review");
    let added = match sum(|day| day.new) {
        0 => "there are no new cards to add".to_owned(),
        _ => format!("{new} will add {more}"),
    };
    vec![format!("{reviews} of cards you know, {added}; if all is known when it is asked")]
}

/// All figures, a sentence a line.
pub(super) fn words(stats: &Stats) -> String {
    let learning = &stats.learning;
    let mut parts: Vec<(&str, Vec<String>)> = vec![("Today", today(stats)), ("Days of study", streak(stats))];
    let months = months(stats)
        .map(|(month, answers, studied)| format!("{month}: {answers} answers on {studied} days"));
    if let Some((_, lines)) = parts.last_mut() {
        lines.extend(months);
    }
    parts.push(("Remembered by week", weeks(stats)));
    parts.push(("Answers by day", days(stats)));
    let mut ahead = forecast(stats);
    ahead.extend(learning.forecast.iter().map(|day| {
        format!(
            "{}: {} due, {} again, {} new, {} of new ones again",
            day.day, day.due, day.again, day.new, day.new_again
        )
    }));
    parts.push(("The next 30 days, reviews", ahead));
    parts.push(("Cards", states(stats)));
    parts.push(("Intervals, cards", buckets(&learning.intervals, |days| days.to_string(), " days")));
    parts.push((
        "Ease, cards",
        buckets(&learning.eases, |ease| format!("{:.1}", f64::from(ease) / 1000.0), ""),
    ));
    parts.push(("Grades", grades(stats)));
    let hours = learning.done.hours.iter().filter(|hour| hour.answers > 0).map(|hour| {
        let answers = text::count(hour.answers, "answer");
        format!("{}:00 to {}:00: {answers}, {}", hour.hour, hour.hour + 1, remembered(hour.retention))
    });
    parts.push(("Hours of the day", hours.collect()));
    for (title, groups) in [
        ("Remembered by difficulty", &learning.groups.difficulty),
        ("Remembered by level", &learning.groups.level),
        ("Remembered by kind", &learning.groups.kind),
        ("Remembered by tag", &learning.groups.tag),
    ] {
        parts.push((title, groups.iter().map(group).collect()));
    }
    parts.push(("The hardest cards", stats.hardest.iter().map(hard).collect()));
    let told = parts.into_iter().map(|(title, lines)| match lines.as_slice() {
        [] => format!("{title}\n  nothing yet"),
        _ => format!(
            "{title}\n{}",
            lines.iter().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
        ),
    });
    format!("{}\n\n{}", heading(stats), told.collect::<Vec<_>>().join("\n\n"))
}

fn month(day: crate::model::Day) -> String {
    day.date().format("%Y-%m").to_string()
}

fn of(rate: Rate) -> String {
    if rate.asked == 0 { "not asked".to_owned() } else { format!("{} of {}", percent(rate), rate.asked) }
}

/// What was remembered, behind a comma.
fn remembered(rate: Rate) -> String {
    if rate.asked == 0 { "no reviews".to_owned() } else { format!("remembered {}", of(rate)) }
}

fn weeks(stats: &Stats) -> Vec<String> {
    let weeks = stats.learning.done.retention.iter();
    weeks
        .map(|week| format!("week of {}: young {}, mature {}", week.week, of(week.young), of(week.mature)))
        .collect()
}

fn days(stats: &Stats) -> Vec<String> {
    let studied = stats.learning.done.answers.iter().filter(|day| day.answers.all() > 0);
    studied
        .map(|day| {
            let answers = &day.answers;
            let count = text::count(answers.all(), "answer");
            format!("{}: {count} in {} ({})", day.day, time(answers.took_ms), sorts(answers))
        })
        .collect()
}

fn buckets(buckets: &[Bucket], told: fn(u32) -> String, unit: &str) -> Vec<String> {
    let full = buckets.iter().filter(|bucket| bucket.cards > 0);
    full.map(|bucket| format!("{}: {}", span(bucket, told, unit), text::count(bucket.cards, "card")))
        .collect()
}

fn grades(stats: &Stats) -> Vec<String> {
    let buttons = &stats.learning.done.buttons;
    let sorts = [("new", &buttons.new), ("young", &buttons.young), ("mature", &buttons.mature)];
    let told = |(sort, grades): &(&str, &Grades)| {
        let sum: u32 = grades.0.iter().sum();
        let counts = Grade::ALL.into_iter().zip(grades.0).filter(|(_, count)| *count > 0);
        let counts: Vec<String> =
            counts.map(|(grade, count)| format!("{} {count}", grade_name(grade))).collect();
        (sum > 0).then(|| format!("{sort} cards: {}", counts.join(", ")))
    };
    sorts.iter().filter_map(told).collect()
}

fn group(group: &Group) -> String {
    let name = group.name.as_deref().unwrap_or("not said");
    format!("{name}: {}, {}", text::count(group.cards, "card"), remembered(group.retention))
}

fn hard(card: &HardCard) -> String {
    let rate = card.retention;
    let told = format!(
        "card {}, forgotten {} of {} times: {}",
        card.card,
        rate.forgotten(),
        rate.asked,
        card.prompt
    );
    if card.instead.is_empty() { told } else { format!("{told} (instead: {})", instead(card)) }
}
