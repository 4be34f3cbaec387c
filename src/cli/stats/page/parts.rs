//! The parts of the page.

use super::svg::{Columns, bars, calendar};
use crate::cli::page::{Part, behind, paragraphs, table};
use crate::cli::stats::draw::{bounds, place};
use crate::cli::stats::screen::minutes;
use crate::cli::stats::words::{self, grade_name, instead, percent, span};
use crate::collection::Stats;
use crate::model::Grade;
use crate::report::learning::{Bucket, Grades, Group, Hour, Rate, Week};
use crate::text;

/// Tags and levels that are drawn.
const MOST_GROUPS: usize = 15;

pub(super) fn parts(stats: &Stats) -> Vec<Part> {
    let learning = &stats.learning;
    let whole = |across, id: &str, title: &str, body| Part {
        id: id.to_owned(),
        title: title.to_owned(),
        across,
        body,
    };
    let part = |id: &str, title: &str, body| whole(false, id, title, body);
    let groups = |id: &str, title: &str, groups: &[Group]| part(id, title, groups_of(id, title, groups));
    let mut parts = vec![
        part("today", "Today", paragraphs(&words::today(stats))),
        part("cards", "Cards", paragraphs(&words::states(stats))),
        whole(true, "days", "Days of study", year(stats)),
        part("young", "Remembered by week, young cards", weeks(stats, "young", |week| week.young)),
        part("mature", "Remembered by week, mature cards", weeks(stats, "mature", |week| week.mature)),
        part("answers", "Answers a day", answers(stats)),
        part("minutes", "Minutes a day", time(stats)),
        part("ahead", "The next 30 days, reviews", ahead(stats)),
        part(
            "intervals",
            "Intervals, cards",
            buckets("intervals", "Cards by interval", &learning.intervals, |days| days.to_string(), " days"),
        ),
        part(
            "ease",
            "Ease, cards",
            buckets(
                "ease",
                "Cards by ease",
                &learning.eases,
                |ease| format!("{:.1}", f64::from(ease) / 1000.0),
                "",
            ),
        ),
        part("grades", "Grades", grades(stats)),
        part(
            "hours",
            "Hours of the day, answers",
            hours(stats, "hours", "Answers by the hour of the day", |hour| hour.answers.into(), None, ""),
        ),
        part(
            "recall",
            "Hours of the day, remembered",
            hours(
                stats,
                "recall",
                "Remembered by the hour of the day",
                |hour| hour.retention.share().unwrap_or(0.0) * 100.0,
                Some(100.0),
                " %",
            ),
        ),
        groups("difficulty", "Remembered by difficulty", &learning.groups.difficulty),
        groups("level", "Remembered by level", &learning.groups.level),
        groups("kind", "Remembered by kind", &learning.groups.kind),
        groups("tag", "Remembered by tag", &learning.groups.tag),
    ];
    parts.retain(|part| !part.body.is_empty());
    parts.push(whole(true, "hardest", "The hardest cards", hardest(stats)));
    parts
}

fn year(stats: &Stats) -> String {
    let days = &stats.learning.done.calendar;
    let bounds = bounds(days.iter().map(|day| day.answers));
    let streak = words::streak(stats);
    let drawn = calendar("Answers on each day of the last 53 weeks", &streak.join(". "), days, |count| {
        place(count, bounds)
    });
    let rows: Vec<Vec<String>> =
        words::months(stats).map(|(month, answers, studied)| vec![month, answers, studied]).collect();
    let key = |(place, told)| format!("<span class=\"key s{place}\"></span> {told} ");
    let most = days.iter().map(|day| day.answers).max().unwrap_or(0);
    let keys: String = words::shades(bounds, most).into_iter().map(key).collect();
    format!(
        "{}<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Calendar\">{drawn}</div><p>{keys}</p>{}",
        paragraphs(&streak),
        behind("Months", &["month", "answers", "days of study"], &rows)
    )
}

fn nothing(what: &str) -> String {
    paragraphs(&[what.to_owned()])
}

fn weeks(stats: &Stats, id: &str, of: fn(&Week) -> Rate) -> String {
    let weeks = &stats.learning.done.retention;
    let all = Rate::sum(weeks.iter().map(of));
    let (Some(first), Some(last), true) = (weeks.first(), weeks.last(), all.asked > 0) else {
        return nothing("no review of one yet");
    };
    let values: Vec<(String, f64, f64)> = weeks
        .iter()
        .map(|week| (format!("week of {}", week.week), of(week).share().unwrap_or(0.0) * 100.0, 0.0))
        .collect();
    let told = format!("{} of {}", percent(all), text::count(all.asked, "review"));
    let below = [first.week.to_string(), last.week.to_string()];
    let id = format!("{id}-chart");
    let chart = Columns {
        id: &id,
        title: "Remembered in each week, in percent of reviews",
        description: &told,
        values: &values,
        most: Some(100.0),
        unit: " %",
        below: &below,
    };
    let row = |week: &Week| {
        let rate = of(week);
        vec![week.week.to_string(), rate.asked.to_string(), rate.remembered.to_string(), percent(rate)]
    };
    let rows: Vec<Vec<String>> = weeks.iter().map(row).collect();
    format!(
        "{}{}{}",
        nothing(&told),
        chart.draw(),
        behind("Weeks", &["week of", "reviews", "remembered", "share"], &rows)
    )
}

fn days_below(stats: &Stats) -> [String; 2] {
    [stats.learning.from.to_string(), stats.learning.study_day.to_string()]
}

fn answers(stats: &Stats) -> String {
    let days = &stats.learning.done.answers;
    let values: Vec<(String, f64, f64)> = days
        .iter()
        .map(|day| {
            let reviews = day.answers.reviews();
            (day.day.to_string(), reviews.into(), (day.answers.all() - reviews).into())
        })
        .collect();
    let sum: u64 = days.iter().map(|day| u64::from(day.answers.all())).sum();
    if sum == 0 {
        return nothing("nothing yet");
    }
    let told = format!("{} in {}", text::count(sum, "answer"), text::count(days.len(), "day"));
    let below = days_below(stats);
    let chart = Columns {
        id: "answers-chart",
        title: "Answers on each day",
        description: &told,
        values: &values,
        most: None,
        unit: "",
        below: &below,
    };
    let rows: Vec<Vec<String>> = days
        .iter()
        .filter(|day| day.answers.all() > 0)
        .map(|day| {
            let of = &day.answers;
            let counts = [of.new, of.young, of.mature, of.repeats, of.practice, of.tests];
            let counts = counts.iter().map(u32::to_string);
            [day.day.to_string()].into_iter().chain(counts).chain([format!("{:.1}", minutes(of))]).collect()
        })
        .collect();
    let titles = ["day", "new", "young", "mature", "repeats", "practice", "tests", "minutes"];
    format!(
        "{}{}<p><span class=\"key full\"></span> reviews <span class=\"key light\"></span> repeats, practice and tests</p>{}",
        nothing(&told),
        chart.draw(),
        behind("Days", &titles, &rows)
    )
}

fn time(stats: &Stats) -> String {
    let days = &stats.learning.done.answers;
    let values: Vec<(String, f64, f64)> =
        days.iter().map(|day| (day.day.to_string(), minutes(&day.answers), 0.0)).collect();
    let sum: f64 = values.iter().map(|(_, minutes, _)| minutes).sum();
    if sum <= 0.0 {
        return nothing("nothing yet");
    }
    let told = format!("{sum:.0} minutes in {}", text::count(days.len(), "day"));
    let below = days_below(stats);
    let chart = Columns {
        id: "minutes-chart",
        title: "Minutes of study on each day",
        description: &told,
        values: &values,
        most: None,
        unit: " min",
        below: &below,
    };
    format!("{}{}", nothing(&told), chart.draw())
}

fn ahead(stats: &Stats) -> String {
    let days = &stats.learning.forecast;
    let values: Vec<(String, f64, f64)> = days
        .iter()
        .map(|day| (day.day.to_string(), (day.due + day.again).into(), (day.new + day.new_again).into()))
        .collect();
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return String::new() };
    let told = words::forecast(stats);
    let below = [first.day.to_string(), last.day.to_string()];
    let chart = Columns {
        id: "ahead-chart",
        title: "Cards on each of the next 30 days",
        description: &told.join(" "),
        values: &values,
        most: None,
        unit: "",
        below: &below,
    };
    let rows: Vec<Vec<String>> = days
        .iter()
        .map(|day| {
            let counts = [day.due, day.again, day.new, day.new_again];
            [day.day.to_string()].into_iter().chain(counts.iter().map(u32::to_string)).collect()
        })
        .collect();
    format!(
        "{}{}<p><span class=\"key full\"></span> cards you know <span class=\"key light\"></span> new cards and their reviews</p>{}",
        paragraphs(&told),
        chart.draw(),
        behind("The next days", &["day", "due", "again", "new", "new ones again"], &rows)
    )
}

fn buckets(id: &str, title: &str, buckets: &[Bucket], told: fn(u32) -> String, unit: &str) -> String {
    let most = buckets.iter().map(|bucket| bucket.cards).max().unwrap_or(0);
    if most == 0 {
        return nothing("no card was learnt yet");
    }
    let values: Vec<(String, f64, String)> = buckets
        .iter()
        .map(|bucket| (span(bucket, told, unit), bucket.cards.into(), bucket.cards.to_string()))
        .collect();
    let sum: u32 = buckets.iter().map(|bucket| bucket.cards).sum();
    bars(&format!("{id}-chart"), title, &text::count(sum, "card"), &values, most.into())
}

fn grades(stats: &Stats) -> String {
    let buttons = &stats.learning.done.buttons;
    let sorts = [&buttons.new, &buttons.young, &buttons.mature];
    let sum = |grades: &Grades| grades.0.iter().sum::<u32>();
    if sorts.iter().all(|grades| sum(grades) == 0) {
        return nothing("no review yet");
    }
    let row = |grade: Grade| {
        let cells = sorts.iter().map(|grades| {
            let count = grades.0.get(usize::from(grade.number())).copied().unwrap_or(0);
            format!("{count} ({})", percent(Rate { asked: sum(grades), remembered: count }))
        });
        [grade_name(grade)].into_iter().chain(cells).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<String>> = Grade::ALL.into_iter().map(row).collect();
    table("Grades of reviews", &["grade", "new", "young", "mature"], &[], &rows)
}

fn hours(
    stats: &Stats,
    id: &str,
    title: &str,
    of: fn(&Hour) -> f64,
    most: Option<f64>,
    unit: &str,
) -> String {
    let hours = &stats.learning.done.hours;
    let values: Vec<(String, f64, f64)> = hours
        .iter()
        .map(|hour| (format!("{}:00 to {}:00", hour.hour, hour.hour + 1), of(hour), 0.0))
        .collect();
    if values.iter().all(|(_, value, _)| *value <= 0.0) {
        return nothing("nothing yet");
    }
    let busiest = hours.iter().max_by_key(|hour| hour.answers).map_or(0, |hour| hour.hour);
    let told = if most.is_some() {
        let all = Rate::sum(hours.iter().map(|hour| hour.retention));
        format!("{} of {}", percent(all), text::count(all.asked, "review"))
    } else {
        format!("most answers between {busiest}:00 and {}:00", busiest + 1)
    };
    let below = ["0:00", "6:00", "12:00", "18:00", "24:00"].map(str::to_owned);
    let id = format!("{id}-chart");
    let row = |hour: &Hour| {
        let rate = hour.retention;
        vec![
            format!("{}:00", hour.hour),
            hour.answers.to_string(),
            rate.asked.to_string(),
            rate.remembered.to_string(),
            percent(rate),
        ]
    };
    let rows: Vec<Vec<String>> = hours.iter().filter(|hour| hour.answers > 0).map(row).collect();
    let chart = Columns { id: &id, title, description: &told, values: &values, most, unit, below: &below };
    let titles = ["hour from", "answers", "reviews", "remembered", "share"];
    format!("{}{}", chart.draw(), behind("Hours", &titles, &rows))
}

fn groups_of(id: &str, title: &str, groups: &[Group]) -> String {
    if groups.iter().all(|group| group.name.is_none()) {
        return String::new();
    }
    let name = |group: &Group| group.name.clone().unwrap_or_else(|| "not said".to_owned());
    let values: Vec<(String, f64, String)> = groups
        .iter()
        .take(MOST_GROUPS)
        .map(|group| {
            let rate = group.retention;
            let told = if rate.asked == 0 { "-".to_owned() } else { percent(rate) };
            (text::one_line(&name(group), 16), rate.share().unwrap_or(0.0), told)
        })
        .collect();
    let rows: Vec<Vec<String>> = groups
        .iter()
        .map(|group| {
            let rate = group.retention;
            vec![name(group), group.cards.to_string(), rate.asked.to_string(), percent(rate)]
        })
        .collect();
    let told = format!("{} in the table below", text::count(groups.len(), "group"));
    format!(
        "{}{}",
        bars(&format!("{id}-chart"), title, &told, &values, 1.0),
        behind("Groups", &["name", "cards", "reviews", "remembered"], &rows)
    )
}

fn hardest(stats: &Stats) -> String {
    if stats.hardest.is_empty() {
        return nothing("none was forgotten");
    }
    let rows: Vec<Vec<String>> = stats
        .hardest
        .iter()
        .map(|card| {
            let rate = card.retention;
            let forgotten = format!("{} of {}", rate.forgotten(), rate.asked);
            vec![card.prompt.clone(), card.deck.to_string(), forgotten, instead(card)]
        })
        .collect();
    table("The hardest cards", &["card", "deck", "forgotten", "answered instead"], &[1, 3], &rows)
}
