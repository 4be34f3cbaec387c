//! What columns hold that their names leave open, by their cells.

use super::layout::Layout;
use super::names::{self, Role};
use super::options::{in_cell, truth};
use super::rows::{Rows, cell, most};
use super::tokens::letter_of;
use crate::model::Field;
use crate::text;

/// Lets the cells decide where several columns could be the answer; says what they decided.
pub(super) fn settle(layout: &mut Layout, rows: Rows<'_>) -> Option<&'static str> {
    if rows.len() < 2 {
        return None;
    }
    without_counts(layout, rows);
    without_codes(layout, rows);
    one_for_all(layout, rows);
    let answers: Vec<usize> = (0..layout.names.len()).filter(|place| could_answer(layout, *place)).collect();
    if answers.is_empty() || !layout.option_columns().is_empty() {
        return None;
    }
    if let Some((flag, text)) = flagged(layout, rows, &answers) {
        set(layout, flag, Role::IsRight);
        set(layout, text, Role::OneOption);
        return Some("rows with the same question hold an option each");
    }
    if answers.len() > 1
        && layout.column(Field::Options).is_none()
        && let Some((list, key)) = listed(rows, &answers)
    {
        set(layout, list, Role::Field(Field::Options));
        set(layout, key, Role::Field(Field::Answer));
        return Some("the cells of one column name what is in those of the other");
    }
    let key = repeated(layout, &answers)?;
    for (number, place) in answers.iter().filter(|place| **place != key).enumerate() {
        set(layout, *place, Role::Option(u16::try_from(number).unwrap_or(u16::MAX)));
    }
    set(layout, key, Role::Field(Field::Answer));
    Some("columns of the same name are options")
}

fn set(layout: &mut Layout, place: usize, role: Role) {
    layout.replace(role, None);
    if let Some(held) = layout.roles.get_mut(place) {
        *held = Some(role);
    }
}

/// Whether a column is named like one of answers.
fn could_answer(layout: &Layout, place: usize) -> bool {
    let role = layout.names.get(place).and_then(|name| names::role(name)).map(|(role, _)| role);
    matches!(role, Some(Role::Field(Field::Answer) | Role::IsRight | Role::OneOption))
}

/// Counts of right and wrong answers beside texts are no wrong options.
fn without_counts(layout: &mut Layout, rows: Rows<'_>) {
    let is_number = |place: usize| rows.iter().all(|row| cell(row, place).parse::<f64>().is_ok());
    let Some(answer) = layout.column(Field::Answer).filter(|answer| !is_number(*answer)) else { return };
    for place in (0..layout.roles.len()).filter(|place| *place != answer && is_number(*place)) {
        if let Some(role) = layout.roles.get_mut(place).filter(|role| **role == Some(Role::Distractor)) {
            *role = None;
        }
    }
}

/// "Option" beside question and answer holds all of them, if its cells have several.
fn one_for_all(layout: &mut Layout, rows: Rows<'_>) {
    let has_several = |place: usize| most(rows, |row| !in_cell(cell(row, place)).is_empty());
    let is_open = layout.column(Field::Answer).is_some()
        && layout.column(Field::Options).is_none()
        && layout.option_columns().is_empty();
    let one = (0..layout.names.len()).find(|place| {
        layout.roles.get(*place) == Some(&None)
            && layout
                .names
                .get(*place)
                .and_then(|name| names::role(name))
                .is_some_and(|(role, _)| role == Role::OneOption)
    });
    if let Some(place) = one.filter(|place| is_open && has_several(*place)) {
        set(layout, place, Role::Field(Field::Options));
    }
}

/// What items are called is no code that belongs to the question.
fn without_codes(layout: &mut Layout, rows: Rows<'_>) {
    let Some(code) = layout.column(Field::Code).filter(|_| layout.column(Field::Language).is_none()) else {
        return;
    };
    let is_name = |text: &str| {
        text.chars().count() <= 16
            && text.chars().any(|c| c.is_ascii_digit())
            && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))
    };
    let different: std::collections::HashSet<&str> = rows.iter().map(|row| cell(row, code)).collect();
    if rows.iter().all(|row| is_name(cell(row, code))) {
        let is_id = different.len() == rows.len() && layout.column(Field::Id).is_none();
        if let Some(role) = layout.roles.get_mut(code) {
            *role = is_id.then_some(Role::Field(Field::Id));
        }
    }
}

/// A column of true and false and one of texts, where the same question stands in several rows.
fn flagged(layout: &Layout, rows: Rows<'_>, answers: &[usize]) -> Option<(usize, usize)> {
    let prompt = layout.column(Field::Prompt)?;
    let questions: std::collections::HashSet<&str> = rows.iter().map(|row| cell(row, prompt)).collect();
    if questions.len() * 2 > rows.len() {
        return None;
    }
    let is_flag = |place: &usize| {
        rows.iter().all(|row| truth(cell(row, *place)).is_some())
            && rows.iter().any(|row| truth(cell(row, *place)) == Some(true))
    };
    let flag = (0..layout.roles.len()).find(|place| *place != prompt && is_flag(place))?;
    let text = answers.iter().copied().find(|place| *place != flag && !is_flag(place))?;
    Some((flag, text))
}

/// A column with several options in a cell, and one that names one of them.
fn listed(rows: Rows<'_>, answers: &[usize]) -> Option<(usize, usize)> {
    let names_one = |row: &[String], list: usize, key: usize| {
        let key = cell(row, key);
        let letter = letter_of(key);
        in_cell(cell(row, list)).iter().any(|items| {
            letter.or_else(|| key.parse().ok()).is_some_and(|place| place <= items.len())
                || items.iter().any(|item| text::is_same(item, key))
        })
    };
    let pairs = answers.iter().flat_map(|list| answers.iter().map(move |key| (*list, *key)));
    pairs.filter(|(list, key)| list != key).find(|(list, key)| most(rows, |row| names_one(row, *list, *key)))
}

/// The one column of answers beside several that have one name.
fn repeated(layout: &Layout, answers: &[usize]) -> Option<usize> {
    let name = |place: usize| layout.names.get(place).map(|name| text::fold(name)).unwrap_or_default();
    let is_repeated =
        |place: &usize| answers.iter().filter(|other| name(**other) == name(*place)).count() > 1;
    let mut alone = answers.iter().copied().filter(|place| !is_repeated(place));
    let key = alone.next().filter(|_| alone.next().is_none())?;
    (answers.len() > 2).then_some(key)
}

#[cfg(test)]
mod tests {
    use crate::bank::{Table, read};
    use crate::model::Body;

    #[test]
    fn cells_decide_between_columns_that_could_all_be_the_answer() {
        let row = |cells: &str| (0..4).map(|n| cells.replace('#', &n.to_string()) + "\n").collect::<String>();
        for (header, rows, options, right) in [
            ("Pregunta,Respuestas,Correcta", row("q#?,a#; b#; c#,B"), vec!["a0", "b0", "c0"], "b0"),
            (
                "Question,Answer,Answer,Answer,Correct answer",
                row("q#?,a#,b#,c#,C"),
                vec!["a0", "b0", "c0"],
                "c0",
            ),
            ("Question,Answer,Correct", row("q#?,a#,0\nq#?,b#,1"), vec!["a0", "b0"], "b0"),
        ] {
            let reading = read(&Table, &format!("{header}\n{rows}")).unwrap();
            assert_eq!((reading.drafts.len(), reading.rejected.len()), (4, 0), "{header}");
            let Body::Choice(choice) = &reading.drafts[0].content.body else { panic!("{header}") };
            assert_eq!(choice.options, options, "{header}");
            assert_eq!(choice.right_options().collect::<Vec<_>>(), [right], "{header}");
        }
        let counts =
            read(&Table, &format!("Question,Answer,Correct,Incorrect\n{}", row("q#?,a#,7,3"))).unwrap();
        assert!(counts.drafts.iter().all(|draft| matches!(draft.content.body, Body::Fact(_))));
    }

    #[test]
    fn a_column_that_counts_rows_is_neither_an_answer_nor_an_option() {
        for (header, row) in
            [("N°,Question,Answer", "#,q#?,energy"), ("E;Question;A;B;C;D;Key", "#;q#?;w;x;y;z;B")]
        {
            let rows: String = (1..5).map(|n| row.replace('#', &n.to_string()) + "\n").collect();
            let reading = read(&Table, &format!("{header}\n{rows}")).unwrap();
            assert_eq!(reading.drafts.len(), 4, "{header}");
            let said = format!("{:?}", reading.drafts[0].content.body);
            assert!(!said.contains("\"1\"") && !said.contains("\"E\""), "{header}: {said}");
        }
    }

    #[test]
    fn answers_that_are_letters_need_options_unless_all_columns_are_known() {
        let rows = "q1?,w1 - x1,A\nq2?,w2 - x2,B\nq3?,w3 - x3,A\n";
        let error = read(&Table, &format!("question,zutaten,answer\n{rows}")).unwrap_err();
        assert!(error.message.contains("no column seems to hold them"), "{error}");
        assert_eq!(read(&Table, "question,answer\nvitamin?,A\nblood?,B\nnote?,C\n").unwrap().drafts.len(), 3);
    }
}
