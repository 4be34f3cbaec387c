//! What both screens say of a test.

use crate::model::DeckName;
use crate::study::mastery::{Mastery, Missed, Part, Score, TestEnd};
use crate::text;

/// An answer is on disk, and that is all that is told.
pub(super) const SAVED: &str = "saved: the test tells the result at its end";
/// What is answered to whoever wants more.
pub(super) const NO_HELP: &str =
    "A test gives no help and takes nothing back: answer, say that you don't know, or leave it unfinished.";
/// The same at its end.
pub(super) const OVER: &str = "The test is over and its answers are kept: a test is not taken back.";

/// The first line.
pub(super) fn beginning(questions: u32) -> String {
    format!(
        "Test: {}, one attempt each, no help. The result comes at the end; the schedule stays as it is.",
        text::count(questions, "question")
    )
}

/// The time that is left.
pub(super) fn time(seconds: u64) -> String {
    match seconds {
        0..60 => "less than a minute".to_owned(),
        _ => format!("{} min", seconds.div_ceil(60)),
    }
}

/// The same as a clock that is seen to go.
pub(super) fn clock(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// How a test came out, a line each.
pub(super) fn end(end: &TestEnd) -> Vec<String> {
    let whole = end.scores.whole;
    let of = end.deck.as_ref().map_or_else(|| "everything".to_owned(), ToString::to_string);
    if whole.asked == 0 {
        return vec![format!("Test of {of}: left before the first answer, so nothing is kept.")];
    }
    if !end.is_finished() {
        return vec![format!(
            "Test of {of}: unfinished, {} of {} answered. It has no result; matura test --history lists it as unfinished.",
            whole.asked,
            text::count(end.questions, "question")
        )];
    }
    let mut lines = Vec::new();
    if end.is_late {
        lines.push("The time is up: what was not answered counts as wrong.".to_owned());
    }
    lines.push(format!("Test of {of}: {}.", told(whole)));
    for (part, score) in &end.scores.parts {
        lines.push(format!("  {}: {}", name(part), told(*score)));
    }
    if !end.missed.is_empty() {
        lines.push("Not right:".to_owned());
        lines.extend(end.missed.iter().flat_map(missed));
    }
    lines.push(next(end));
    lines.push(format!("The result is kept: matura test --history{}", argument(end.deck.as_ref())));
    lines
}

/// `8 of 10, 80 % (49 to 94 %), getting there`.
fn told(score: Score) -> String {
    let few = if score.right == score.asked && score.mastery() == Mastery::GettingThere {
        " (too few questions to say more)"
    } else {
        ""
    };
    format!("{}, {}{few}", score.words(), score.mastery().name())
}

fn name(part: &Part) -> String {
    match part {
        Part::Difficulty(difficulty) => difficulty.name().to_owned(),
        Part::Level(level) => format!("level {level}"),
    }
}

fn missed(missed: &Missed) -> Vec<String> {
    let mut lines = vec![format!("- {}", set_in(&missed.prompt))];
    if let Some(code) = &missed.code {
        lines.extend(code.lines().map(|line| format!("      {line}")));
    }
    let given = missed.given.as_deref().unwrap_or("nothing");
    let after = &missed.after;
    let parts = [
        ("yours", Some(given)),
        ("answer", Some(missed.answer.as_str())),
        ("why", after.explanation.as_deref()),
        ("mistakes", after.mistakes.as_deref()),
        ("check", after.check.as_deref()),
    ];
    lines.extend(
        parts.into_iter().filter_map(|(label, text)| text.map(|text| format!("  {label}: {}", set_in(text)))),
    );
    lines
}

/// A text whose further lines are set in, so that none of them is taken for a line of ours.
fn set_in(text: &str) -> String {
    text.replace('\n', "\n    ")
}

/// What to study, with a command to type.
fn next(end: &TestEnd) -> String {
    let deck = argument(end.deck.as_ref());
    match end.scores.weakest() {
        Some(part) => {
            let option = match part {
                Part::Difficulty(difficulty) => format!("--difficulty {}", difficulty.name()),
                Part::Level(level) => format!("--level {}", quoted(level)),
            };
            format!("Study next: {} was weakest. matura practice{deck} {option}", name(part))
        }
        None if !end.missed.is_empty() => format!("Study next: matura practice{deck} --weak"),
        None if end.scores.whole.mastery() == Mastery::Strong => {
            format!("Nothing was wrong. To keep it so: matura review{deck}")
        }
        None => format!("Nothing was wrong. To be surer: matura test{deck} --questions 20"),
    }
}

fn argument(deck: Option<&DeckName>) -> String {
    deck.map_or_else(String::new, |deck| format!(" {}", quoted(deck.as_str())))
}

/// A text as a shell takes it for one word, and for nothing else.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '.');
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Difficulty;
    use crate::study::mastery::{Examined, Scores};

    fn ended(rights: &[bool], questions: u32) -> TestEnd {
        let answer =
            |right: &bool| Examined { difficulty: Some(Difficulty::Hard), level: None, right: *right };
        let scores = Scores::of(&rights.iter().map(answer).collect::<Vec<_>>());
        TestEnd { deck: DeckName::parse("It's mine").ok(), questions, scores, ..TestEnd::default() }
    }

    #[test]
    fn what_to_type_next_is_one_word_for_a_shell_whatever_the_deck_is_called() {
        let lines = end(&ended(&[true, false], 2));
        let study = r"Study next: hard was weakest. matura practice 'It'\''s mine' --difficulty hard";
        assert!(lines.iter().any(|line| line == study), "{lines:?}");
        assert_eq!(quoted("MLOps::Week_1"), "MLOps::Week_1");
        assert_eq!(quoted("$(x)"), "'$(x)'");
        assert_eq!(quoted("-x"), "'-x'");
    }

    #[test]
    fn a_perfect_score_of_few_questions_says_that_they_are_few() {
        let lines = end(&ended(&[true; 3], 3));
        assert_eq!(
            lines[0],
            "Test of It's mine: 3 of 3, 100 % (44 to 100 %), getting there (too few questions to say more)."
        );
        assert!(lines[2].contains("--questions 20"), "{lines:?}");
    }

    #[test]
    fn a_test_that_was_left_has_no_result() {
        assert!(end(&ended(&[true], 10))[0].contains("unfinished, 1 of 10 questions answered"));
        assert!(end(&ended(&[], 10))[0].contains("nothing is kept"));
    }

    #[test]
    fn the_time_is_told_in_minutes_that_have_begun() {
        assert_eq!(
            [600, 541, 540, 60, 59, 0].map(time),
            ["10 min", "10 min", "9 min", "1 min", "less than a minute", "less than a minute"]
        );
    }
}
