//! How like two notes are: whether one is the other in new words.

use std::collections::{HashMap, HashSet};

use crate::model::{Body, Choice, Content};
use crate::text;

/// Characters of two prompts that are compared.
const COMPARED: usize = 200;
/// From here on two prompts are one question in other words.
const ALIKE: f64 = 0.85;
/// From here on they are if everything else is the same.
const SIMILAR: f64 = 0.6;
/// So many of the notes that share most words with another are compared with it letter by letter.
const CANDIDATES: usize = 8;
/// A word that more notes have than these tells none from another.
const COMMON: usize = 200;

/// Whether a note asks something else than before, and not the same in other words.
pub fn is_another(old: &Content, new: &Content) -> bool {
    if old.prompt == new.prompt {
        return false;
    }
    let likeness = likeness(&start(old), &start(new));
    likeness < SIMILAR || (likeness < ALIKE && old.body != new.body)
}

/// Two notes that are one question in other words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The place of the older wording.
    pub old: usize,
    /// The place of the newer.
    pub new: usize,
    /// From 0 to 1.
    pub likeness: f64,
}

/// The new notes that are one of the old ones in other words; each in one pair at most, those that are most alike
/// first.
pub fn rewordings(old: &[Content], new: &[Content]) -> Vec<Pair> {
    let starts: Vec<String> = new.iter().map(start).collect();
    let places = places_of_words(&starts);
    let mut pairs: Vec<Pair> = Vec::new();
    for (old_place, old) in old.iter().enumerate() {
        let old_start = start(old);
        for place in candidates(&old_start, &places) {
            let (Some(content), Some(start)) = (new.get(place), starts.get(place)) else { continue };
            let likeness = likeness(&old_start, start);
            if old.kind() == content.kind() && is_rewording(likeness, old, content) {
                pairs.push(Pair { old: old_place, new: place, likeness });
            }
        }
    }
    pairs.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then((a.old, a.new).cmp(&(b.old, b.new))));
    let (mut old_taken, mut new_taken) = (vec![false; old.len()], vec![false; new.len()]);
    pairs.retain(|pair| {
        let (Some(old), Some(new)) = (old_taken.get_mut(pair.old), new_taken.get_mut(pair.new)) else {
            return false;
        };
        let is_free = !*old && !*new;
        if is_free {
            (*old, *new) = (true, true);
        }
        is_free
    });
    pairs
}

/// Words from which on two prompts that differ in one may ask the same.
const LONG: usize = 5;

/// Pairs of notes of one bank that ask nearly the same, by their places. Two that differ in a number are two of a series, and two
/// with other answers differ in the word that matters.
pub fn alike(contents: &[&Content]) -> Vec<(usize, usize)> {
    let starts: Vec<String> = contents.iter().map(|content| start(content)).collect();
    let places = places_of_words(&starts);
    let mut pairs = Vec::new();
    for (place, (content, own)) in contents.iter().zip(&starts).enumerate() {
        let mut others: Vec<usize> =
            candidates(own, &places).into_iter().filter(|other| *other > place).collect();
        others.sort_unstable();
        for other in others {
            let (Some(than), Some(start)) = (contents.get(other), starts.get(other)) else { continue };
            if content.kind() == than.kind()
                && digits(content) == digits(than)
                && ask_alike(own, start)
                && answer_alike(&content.body, &than.body)
            {
                pairs.push((place, other));
            }
        }
    }
    pairs
}

fn ask_alike(one: &str, other: &str) -> bool {
    let words = |text| str::split(text, ' ').collect::<HashSet<&str>>();
    let (own, others) = (words(one), words(other));
    let (longest, shared) = (own.len().max(others.len()), own.intersection(&others).count());
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if longest < LONG {
        return letters(one) == letters(other);
    }
    // comparing letters takes longer than comparing words
    shared * 2 >= longest && likeness(one, other) >= ALIKE
}

fn answer_alike(one: &Body, other: &Body) -> bool {
    match (one, other) {
        (Body::Fact(one), Body::Fact(other)) => {
            likeness(&text::fold(&one.answer), &text::fold(&other.answer)) >= SIMILAR
        }
        (Body::Choice(one), Body::Choice(other)) => {
            let right = |choice: &Choice| choice.right_options().map(text::fold).collect::<HashSet<String>>();
            right(one) == right(other)
        }
        (Body::Cloze, Body::Cloze) => true,
        (Body::Blanks(one), Body::Blanks(other)) => one == other,
        (Body::Fact(_) | Body::Choice(_) | Body::Cloze | Body::Blanks(_), _) => false,
    }
}

/// The places of the texts in which each word stands.
fn places_of_words(starts: &[String]) -> HashMap<&str, Vec<usize>> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, start) in starts.iter().enumerate() {
        for word in start.split(' ') {
            let with_word = places.entry(word).or_default();
            if with_word.last() != Some(&place) {
                with_word.push(place);
            }
        }
    }
    places
}

/// The places that share most words with a text, rare words first.
fn candidates(start: &str, places: &HashMap<&str, Vec<usize>>) -> Vec<usize> {
    let mut lists: Vec<&Vec<usize>> = start.split(' ').filter_map(|word| places.get(word)).collect();
    lists.sort_by_key(|list| list.len());
    let mut shared: HashMap<usize, usize> = HashMap::new();
    for (rank, list) in lists.into_iter().enumerate() {
        // the rarest word counts in any case
        if rank > 0 && list.len() > COMMON {
            break;
        }
        for place in list.iter().take(COMMON) {
            *shared.entry(*place).or_default() += 1;
        }
    }
    let mut ranked: Vec<(usize, usize)> = shared.into_iter().map(|(place, count)| (count, place)).collect();
    ranked.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.into_iter().take(CANDIDATES).map(|(_, place)| place).collect()
}

/// With other answers, two prompts that differ in a number are two of a series.
fn is_rewording(likeness: f64, old: &Content, new: &Content) -> bool {
    if old.body == new.body { likeness >= SIMILAR } else { likeness >= ALIKE && digits(old) == digits(new) }
}

fn digits(content: &Content) -> String {
    content.prompt.chars().filter(char::is_ascii_digit).collect()
}

fn likeness(old: &str, new: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(old, new)
}

fn start(content: &Content) -> String {
    text::fold(&content.readable().prompt).chars().take(COMPARED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Fact;

    fn fact(prompt: &str, answer: &str) -> Content {
        let fact = Fact { answer: answer.into(), accept: Vec::new(), reversed: false, typed: false };
        Content::new(prompt, Body::Fact(fact))
    }

    #[test]
    fn a_typo_and_a_new_wording_with_the_same_answer_are_the_same_question() {
        for (old, new, answer, is_same) in [
            ("Waht is a feature store?", "What is a feature store?", "x", true),
            ("What is a feature store?", "What do we call a feature store?", "a", true),
            ("What is a feature store?", "What do we call a feature store?", "other", false),
            ("What is drift?", "Who owns the model?", "a", false),
            ("What is drift?", "What is drift?", "other", true),
        ] {
            let (old, new) = (fact(old, "a"), fact(new, answer));
            assert_eq!(!is_another(&old, &new), is_same, "{} / {}", old.prompt, new.prompt);
        }
    }

    #[test]
    fn questions_of_a_bank_that_are_nearly_the_same_are_pairs_and_those_of_a_series_are_not() {
        let contents = [
            ("Which step of the pipeline notices that the data has moved away?", "monitoring"),
            ("What is drift?", "the data moves away"),
            ("Which step of a pipeline notices that the data have moved away?", "the monitoring"),
            ("What is the code of status 404?", "not found"),
            ("What is the code of status 403?", "not found"),
            ("What is drift", "data moves away"),
            ("What is dirt?", "the data moves away"),
            ("What are the equations of the forward pass?", "a sum"),
            ("What are the equations of the backward pass?", "a gradient"),
        ]
        .map(|(prompt, answer)| fact(prompt, answer));
        assert_eq!(alike(&contents.each_ref()), [(0, 2), (1, 5)]);
    }

    #[test]
    fn of_several_that_are_alike_the_nearest_are_paired_and_each_once() {
        let question = |n: usize| format!("Which of the steps number {n} notices that data has moved away?");
        let old: Vec<Content> = (0..300).map(|n| fact(&question(n), &n.to_string())).collect();
        let mut new: Vec<Content> =
            (0..300).map(|n| fact(&question(n).replace("notices", "notice"), &n.to_string())).collect();
        new.reverse();
        new.push(fact("Something quite different", "x"));
        let pairs = rewordings(&old, &new);
        assert_eq!(pairs.len(), 300);
        assert!(pairs.iter().all(|pair| pair.new == 299 - pair.old && pair.likeness > 0.95));
        let series = [fact("What happens on level 1 of 5?", "a")];
        assert!(rewordings(&series, &[fact("What happens on level 2 of 5?", "b")]).is_empty());
        assert!(rewordings(&[], &new).is_empty() && rewordings(&old, &[]).is_empty());
    }
}
