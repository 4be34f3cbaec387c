//! `matura reschedule`: another day, interval or ease for cards.

use chrono::NaiveDate;
use clap::Args;
use serde_json::json;

use super::Context;
use super::chosen::{ChosenArgs, report_each};
use crate::collection::{Schedule, Scheduled, When};
use crate::error::Result;
use crate::model::{Day, Ease, MAX_INTERVAL};
use crate::text;

#[derive(Debug, Args)]
pub(super) struct RescheduleArgs {
    #[command(flatten)]
    cards: ChosenArgs,
    #[command(flatten)]
    schedule: ScheduleArgs,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
struct ScheduleArgs {
    /// When the card comes: a date, today, tomorrow, or a number of days; its interval stays
    #[arg(long, value_name = "DAY", value_parser = when)]
    due: Option<When>,
    /// The interval from which the next one is made, in days; the card comes after it, unless --due says otherwise
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_INTERVAL)))]
    interval: Option<u32>,
    /// The ease, 1.3 or more; a new card begins with 2.5
    #[arg(long, value_name = "EASE", value_parser = ease)]
    ease: Option<Ease>,
}

pub(super) fn run(args: &RescheduleArgs, context: &mut Context) -> Result<()> {
    let ScheduleArgs { due, interval, ease } = args.schedule;
    let done = context.look()?.reschedule(&args.cards.selection()?, Schedule { due, interval, ease })?;
    report_each(&args.cards, &done, |one| json!(one), |one| (words(one), one.changed), context)
}

fn words(one: &Scheduled) -> String {
    let Some(due) = &one.due else { return format!("card {} is new", one.card) };
    let what = if one.changed { "comes" } else { "stays as it was and comes" };
    let (days, ease) =
        (text::count(one.interval, "day"), format!("{}.{:03}", one.ease / 1000, one.ease % 1000));
    let suspended = if one.suspended { "; it is suspended, so matura resume has to come first" } else { "" };
    format!("card {} {what} on {due}, with an interval of {days} and an ease of {ease}{suspended}", one.card)
}

fn when(text: &str) -> std::result::Result<When, String> {
    match text.to_lowercase().as_str() {
        "today" => return Ok(When::In(0)),
        "tomorrow" => return Ok(When::In(1)),
        _ => {}
    }
    if let Ok(days) = text.trim_start_matches('+').parse::<u32>() {
        return if days <= MAX_INTERVAL {
            Ok(When::In(days))
        } else {
            Err(format!("it is {MAX_INTERVAL} days at most"))
        };
    }
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d");
    date.map(|date| When::On(Day::from(date)))
        .map_err(|_| "write a date as 2026-12-31, today, tomorrow, or 10 for in ten days".to_owned())
}

fn ease(text: &str) -> std::result::Result<Ease, String> {
    let wrong = || "write a number from 1.3 to 9.999, as 2.35".to_owned();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_number =
        whole.len() == 1 && part.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let thousandths = format!("{whole}{part:0<3}").parse().ok().filter(|_| is_number);
    thousandths.filter(|ease| *ease >= Ease::LOWEST.get()).map(Ease::thousandths).ok_or_else(wrong)
}
