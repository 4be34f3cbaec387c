//! Asking cloze notes.

use super::ask::{Ask, Reveal};
use crate::error::{Error, Kind, Result};
use crate::model::{Cloze, Code, Content};

pub(super) fn ask(content: &Content, number: u16) -> Result<(String, Option<Code>, Ask)> {
    let read = |text: &str| {
        Cloze::parse(text).map_err(|message| Error::new(Kind::Damaged, message).hint("edit the note"))
    };
    let prompt = read(&content.prompt)?;
    let code = content
        .code
        .as_ref()
        .map(|code| read(&code.text).map(|cloze| (cloze, code.language.clone())))
        .transpose()?;
    let mut hidden = prompt.hidden(number);
    hidden.extend(code.iter().flat_map(|(cloze, _)| cloze.hidden(number)));
    let with = |render: &dyn Fn(&Cloze) -> String| {
        code.as_ref().map(|(cloze, language)| Code { text: render(cloze), language: language.clone() })
    };
    let reveal = Reveal {
        answer: hidden.join(", "),
        text: Some(prompt.answer(number)),
        code: with(&|cloze| cloze.answer(number)),
    };
    Ok((prompt.question(number), with(&|cloze| cloze.question(number)), Ask::Reveal(reveal)))
}
