//! Choices in the native bank: `options` separated by `|`, the right ones by their letters in `answer`.

use super::cells::Cells;
use crate::bank::list;
use crate::model::{Choice, Field, Invalid, letter, letter_index};
use crate::text;

pub(super) fn read(cells: &Cells) -> Result<Choice, Invalid> {
    if !cells.get(Field::Accept).is_empty() {
        return Err(Invalid::new(
            Field::Accept,
            "a choice has no other accepted answers",
            "mark every right option in answer",
        ));
    }
    let answer = cells.get(Field::Answer);
    let mut options = list::read(cells.get(Field::Options));
    if options.is_empty() && ["true", "false"].contains(&answer.to_lowercase().as_str()) {
        options = vec!["True".to_owned(), "False".to_owned()];
    }
    let right = right_places(answer, &options)?;
    Choice::new(options, right)
}

/// The places that `answer` names: letters, else texts of options.
fn right_places(answer: &str, options: &[String]) -> Result<Vec<usize>, Invalid> {
    let letters = letters(answer);
    match &letters {
        Some(places) if places.iter().all(|place| *place < options.len()) => Ok(places.clone()),
        _ => {
            let texts: Result<_, Invalid> =
                list::read(answer).iter().map(|item| place_of(item, options)).collect();
            // a letter beyond the options is told so, unless it is the text of one
            texts.or_else(|invalid| letters.ok_or(invalid))
        }
    }
}

/// `B`, `A|C`, `A, C`, `a c`: single letters and what stands between them.
fn letters(answer: &str) -> Option<Vec<usize>> {
    answer
        .split(['|', ',', ';', ' '])
        .filter(|part| !part.is_empty())
        .map(|part| {
            let mut chars = part.chars();
            chars.next().filter(|_| chars.next().is_none()).and_then(letter_index)
        })
        .collect::<Option<Vec<usize>>>()
}

/// An answer that is the letter of one option and the text of another: the letter counts.
pub(super) fn two_readings(cells: &Cells) -> Option<Invalid> {
    let answer = cells.get(Field::Answer);
    let options = list::read(cells.get(Field::Options));
    let by_letter = letters(answer).filter(|places| places.iter().all(|place| *place < options.len()))?;
    let by_text = list::read(answer)
        .iter()
        .map(|item| options.iter().position(|option| option == item))
        .collect::<Option<Vec<usize>>>()?;
    (by_letter != by_text).then(|| {
        let message =
            format!("{answer:?} is the letter of one option and the text of another; the letter counts");
        Invalid::new(Field::Answer, message, "name the right option by its letter")
    })
}

fn place_of(item: &str, options: &[String]) -> Result<usize, Invalid> {
    let same = |option: &String| option.to_lowercase() == item.to_lowercase();
    let exact = options.iter().position(|option| option == item);
    exact.or_else(|| options.iter().position(same)).ok_or_else(|| {
        let fix = match text::near(item, options.iter().map(String::as_str)).first() {
            Some(near) => format!("write the letter of the option, or its text {near:?} exactly"),
            None => "write the letter of the right option, several separated by |".to_owned(),
        };
        Invalid::new(
            Field::Answer,
            format!("{:?} is neither a letter nor an option", text::one_line(item, 40)),
            fix,
        )
    })
}

pub(super) fn write(choice: &Choice, cells: &mut Cells) {
    cells.set(Field::Options, list::write(choice.options.iter().map(String::as_str)));
    let letters: Vec<String> = choice.right.iter().map(|place| letter(*place).to_string()).collect();
    cells.set(Field::Answer, letters.join("|"));
}

/// Has the answer of a choice name the same options as before, when these are others or in another order. An option that
/// is right and is no longer there is a fault if nobody can have seen that, as `strict` says.
pub fn follow_options(before: &Cells, after: &mut Cells, strict: bool) -> Result<(), Invalid> {
    let (old, new) = (list::read(before.get(Field::Options)), list::read(after.get(Field::Options)));
    if old.is_empty() {
        return Ok(());
    }
    let right = right_places(before.get(Field::Answer), &old)?;
    let texts: Vec<&String> = right.iter().filter_map(|place| old.get(*place)).collect();
    let missing = texts.iter().find(|text| !new.contains(text));
    let fault =
        |message: String| Err(Invalid::new(Field::Answer, message, "say which answer is right as well"));
    match missing {
        None => {
            let places = texts.iter().filter_map(|text| new.iter().position(|option| option == *text));
            let letters: Vec<String> = places.map(|place| letter(place).to_string()).collect();
            after.set(Field::Answer, letters.join("|"));
            Ok(())
        }
        Some(_) if new.is_empty() => {
            fault("the options are gone, and the answer named them by letters".to_owned())
        }
        Some(text) if strict => {
            fault(format!("{:?} is right and no longer among the options", text::one_line(text, 40)))
        }
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_options_are_named_by_letter_or_by_text() {
        for (answer, options, right) in [
            ("B", "x|y", vec![1]),
            ("a|c", "x|y|z", vec![0, 2]),
            ("A, C", "x|y|z", vec![0, 2]),
            ("Y", "x|Yes|Y", vec![2]),
            ("D", "x|y|z", vec![]),
            ("yes", "No|Yes", vec![1]),
            ("x one|Z", "x one|y|z", vec![0, 2]),
            ("true", "", vec![0]),
            ("False", "", vec![1]),
        ] {
            let mut cells = Cells::default();
            cells.set(Field::Answer, answer);
            cells.set(Field::Options, options);
            match read(&cells) {
                Ok(choice) => assert_eq!(choice.right, right, "{answer}"),
                // a letter beyond the options is refused rather than taken for a text
                Err(invalid) => {
                    assert!(right.is_empty() && invalid.message.contains("only 3 options"), "{invalid:?}");
                }
            }
        }
    }

    #[test]
    fn an_answer_that_is_no_option_is_told_the_nearest() {
        let mut cells = Cells::default();
        cells.set(Field::Answer, "manual and adhoc");
        cells.set(Field::Options, "manual and ad hoc|automated");
        assert!(read(&cells).unwrap_err().fix.contains("\"manual and ad hoc\""));
    }
}
