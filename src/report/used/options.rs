//! Which options were chosen, and by whom.

use serde::Serialize;

use super::correlation::{Correlation, point_biserial};
use super::rest::Answered;
use super::{Item, Proportion, as_count, mean, rounded_if_any};

/// So many must have chosen each of two options before those who did are compared: the mean of fewer hangs on one of them.
pub(super) const LEAST_CHOOSERS: usize = 5;

/// An option of a choice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OptionUse {
    /// Its text.
    pub text: String,
    /// Whether it is right; a distractor if not.
    pub right: bool,
    /// The learners who chose it at first sight, of those who chose any option.
    pub chosen: Proportion,
    /// The mean rest score of those who chose it, 0 to 1, where one of them has a rest score.
    #[serde(serialize_with = "rounded_if_any")]
    pub rest_score: Option<f64>,
    /// Of a distractor beside one right option: among those who chose either, the correlation of having chosen the right one with
    /// the rest score. Below 0, the distractor draws those who know more. None where fewer than five chose either of them.
    pub against_key: Option<Correlation>,
}

/// What became of the options of a question.
#[derive(Default)]
pub(super) struct Chosen {
    pub options: Vec<OptionUse>,
    pub omitted: u32,
    pub unlisted: u32,
}

/// What became of the options of a question; of a question without options nothing.
pub(super) fn chosen(item: &Item, answers: &[Answered<'_>]) -> Chosen {
    if item.options.is_empty() {
        return Chosen::default();
    }
    let (mut answered, mut omitted, mut unlisted) = (0, 0, 0);
    let mut choosers: Vec<(u32, Vec<f64>)> = vec![(0, Vec::new()); item.options.len()];
    for answer in answers {
        match answer.met.first.response.as_deref().filter(|response| !response.is_empty()) {
            None => omitted += 1,
            Some(response) => {
                let Some(places) = places(&item.options, response) else {
                    unlisted += 1;
                    continue;
                };
                answered += 1;
                for place in places {
                    if let Some((count, rests)) = choosers.get_mut(place) {
                        *count += 1;
                        rests.extend(answer.rest);
                    }
                }
            }
        }
    }
    let key = match item.right.as_slice() {
        [key] => choosers.get(*key).map(|(_, rests)| rests.as_slice()),
        _ => None,
    };
    let uses = item.options.iter().zip(&choosers).enumerate();
    let options = uses.map(|(place, (text, (count, rests)))| {
        let right = item.right.contains(&place);
        OptionUse {
            text: text.clone(),
            right,
            chosen: Proportion::new(*count, answered),
            rest_score: mean(rests.iter().copied()),
            against_key: key.filter(|_| !right).and_then(|key| against(key, rests)),
        }
    });
    Chosen { options: options.collect(), omitted, unlisted }
}

/// The correlation of having chosen the key, rather than a distractor, with the rest score.
fn against(key: &[f64], distractor: &[f64]) -> Option<Correlation> {
    if key.len() < LEAST_CHOOSERS || distractor.len() < LEAST_CHOOSERS {
        return None;
    }
    let pairs: Vec<(bool, f64)> =
        key.iter().map(|rest| (true, *rest)).chain(distractor.iter().map(|rest| (false, *rest))).collect();
    Correlation::of_pairs(point_biserial(&pairs)?, as_count(pairs.len()))
}

/// The places of the options in a response, each once; none if a part of it is no option.
fn places(options: &[String], response: &str) -> Option<Vec<usize>> {
    let place = |text: &str| options.iter().position(|option| option == text);
    // an option may have a line break of its own
    if let Some(place) = place(response) {
        return Some(vec![place]);
    }
    let by_line: Option<Vec<usize>> = response.split('\n').map(place).collect();
    by_line.or_else(|| in_order(options, response)).map(|mut places| {
        places.sort_unstable();
        places.dedup();
        places
    })
}

/// The places of options that stand in a response in their order, whatever line breaks they have of their own.
fn in_order(options: &[String], response: &str) -> Option<Vec<usize>> {
    let mut left = Some(response);
    let mut places = Vec::new();
    for (place, option) in options.iter().enumerate().filter(|(_, option)| !option.is_empty()) {
        let Some(rest) = left.and_then(|left| left.strip_prefix(option.as_str())) else { continue };
        let next = rest.strip_prefix('\n');
        if next.is_some() || rest.is_empty() {
            places.push(place);
            left = next;
        }
    }
    left.is_none().then_some(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_is_read_as_the_options_that_it_names_or_as_none() {
        let options = ["code", "data", "one\nline", "data\nand code"].map(str::to_owned);
        for (response, expected) in [
            ("data", Some(vec![1])),
            ("code\ndata", Some(vec![0, 1])),
            ("data\ncode\ndata", Some(vec![0, 1])),
            ("one\nline", Some(vec![2])),
            ("code\none\nline", Some(vec![0, 2])),
            ("data\nand code", Some(vec![3])),
            ("Data", None),
            ("code\n", None),
            ("code\nsomething", None),
            ("\n", None),
            ("", None),
        ] {
            assert_eq!(places(&options, response), expected, "{response:?}");
        }
    }
}
