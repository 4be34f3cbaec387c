//! Conditions on figures: `ease<2`, `lapses>=3`, `interval:10..20`.

use super::term::Key;
use super::{Figure, Term};
use crate::error::{Error, Kind, Result};

/// `<2`, `>=3`, `=1`, `2`, `2..5`, `..5`, `2..`, for ease with decimals.
pub(super) fn number(key: &Key, text: &str, figure: Figure) -> Result<Term> {
    let read = |number: &str| value(number, figure).ok_or_else(|| not_a_number(key, text));
    if let Some((low, high)) = text.split_once("..") {
        if low.is_empty() && high.is_empty() {
            return Err(not_a_number(key, text));
        }
        let low = if low.is_empty() { i64::MIN } else { read(low)? };
        let high = if high.is_empty() { i64::MAX } else { read(high)? };
        return Ok(Term::Between(figure, low, high));
    }
    let (sign, number) = text
        .split_at_checked(text.len() - text.trim_start_matches(['<', '>', '=']).len())
        .unwrap_or(("", text));
    let bound = read(number)?;
    let (low, high) = match sign {
        "" | "=" | "==" => (bound, bound),
        "<" => (i64::MIN, bound.saturating_sub(1)),
        "<=" => (i64::MIN, bound),
        ">" => (bound.saturating_add(1), i64::MAX),
        ">=" => (bound, i64::MAX),
        _ => return Err(not_a_number(key, text)),
    };
    Ok(Term::Between(figure, low, high))
}

/// A number as its figure counts it.
fn value(text: &str, figure: Figure) -> Option<i64> {
    match figure {
        Figure::Ease => {
            let (whole, part) = text.split_once('.').unwrap_or((text, ""));
            let is_number =
                !whole.is_empty() && part.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            let thousandths = format!("{whole}{part:0<3}");
            is_number.then(|| thousandths.parse().ok()).flatten()
        }
        Figure::Interval | Figure::Lapses | Figure::Repetitions | Figure::Due => text.parse().ok(),
    }
}

fn not_a_number(key: &Key, text: &str) -> Error {
    let name = key.name();
    Error::new(Kind::Usage, format!("{name}{text} is no condition on a number")).hint(format!(
        "write {name}<2, {name}>=3, {name}=1, or a range as {name}:2..5, {name}:..5, {name}:2.."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Query, parse};

    fn one(query: &str) -> Term {
        match parse(query).unwrap() {
            Query::Term(term) => term,
            other => panic!("{query}: {other:?}"),
        }
    }

    #[test]
    fn figures_are_compared_in_every_way_of_writing() {
        use Figure::{Due, Ease, Interval, Lapses, Repetitions};
        for (query, figure, low, high) in [
            ("ease<2", Ease, i64::MIN, 1999),
            ("ease<=2.35", Ease, i64::MIN, 2350),
            ("prop:ease>=1.3", Ease, 1300, i64::MAX),
            ("ease:..2", Ease, i64::MIN, 2000),
            ("lapses>3", Lapses, 4, i64::MAX),
            ("lapses:4..", Lapses, 4, i64::MAX),
            ("lapses:4", Lapses, 4, 4),
            ("prop:ivl=10", Interval, 10, 10),
            ("interval:10..20", Interval, 10, 20),
            ("reps==0", Repetitions, 0, 0),
            ("due<0", Due, i64::MIN, -1),
            ("prop:due=-1", Due, -1, -1),
        ] {
            assert_eq!(one(query), Term::Between(figure, low, high), "{query}");
        }
        for wrong in ["ease<x", "lapses>", "lapses:..", "ease<1.2345", "interval<>2", "due=1.5", "lapses!=2"]
        {
            let error = parse(wrong).unwrap_err();
            assert!(error.hint.unwrap().contains(".."), "{wrong}");
        }
    }
}
