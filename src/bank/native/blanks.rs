//! Blanks in the native bank: gaps `__1__` in prompt or code, their answers in order in `answer`, other accepted
//! answers as `1=text` in `accept`, the word bank in `options`.

use super::cells::Cells;
use crate::bank::list;
use crate::model::{Blanks, Field, Gap, Invalid};

pub(super) fn read(cells: &Cells) -> Result<Blanks, Invalid> {
    let answers = list::read(cells.get(Field::Answer));
    if answers.is_empty() {
        return Err(Invalid::new(
            Field::Answer,
            "the gaps have no answers",
            "write one for each gap in order, separated by |",
        ));
    }
    let mut gaps: Vec<Gap> = answers.into_iter().map(|answer| Gap { answer, accept: Vec::new() }).collect();
    for item in list::read(cells.get(Field::Accept)) {
        let (gap, accepted) = accepted(&item, gaps.len())?;
        if let Some(gap) = gaps.get_mut(gap) {
            gap.accept.push(accepted);
        }
    }
    Blanks::new(
        cells.get(Field::Prompt),
        cells.filled(Field::Code),
        gaps,
        list::read(cells.get(Field::Options)),
    )
}

/// `2=text`: the place of the gap and what it accepts. With one gap the number may be left out.
fn accepted(item: &str, gaps: usize) -> Result<(usize, String), Invalid> {
    let numbered = item
        .split_once('=')
        .and_then(|(number, text)| Some((number.trim().parse::<usize>().ok()?, text.trim())));
    match numbered {
        Some((number, text)) if (1..=gaps).contains(&number) && !text.is_empty() => {
            Ok((number - 1, text.to_owned()))
        }
        None if gaps == 1 && !item.is_empty() => Ok((0, item.to_owned())),
        _ => Err(Invalid::new(
            Field::Accept,
            format!("{item:?} names no gap"),
            format!("write the number of the gap first, as in 1=text; there are {gaps}"),
        )),
    }
}

pub(super) fn write(blanks: &Blanks, cells: &mut Cells) {
    cells.set(Field::Answer, list::write(blanks.gaps.iter().map(|gap| gap.answer.as_str())));
    let accept: Vec<String> = blanks
        .gaps
        .iter()
        .enumerate()
        .flat_map(|(place, gap)| gap.accept.iter().map(move |text| format!("{}={text}", place + 1)))
        .collect();
    cells.set(Field::Accept, list::write(accept.iter().map(String::as_str)));
    cells.set(Field::Options, list::write(blanks.bank.iter().map(String::as_str)));
}
