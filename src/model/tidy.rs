//! What a note may hold, whatever format it comes from.

use super::{Blanks, Body, Choice, Code, Content, Fact, Field, Gap, Invalid};

impl Content {
    /// A note of which only the prompt and the body are known.
    pub fn new(prompt: impl Into<String>, body: Body) -> Self {
        Self {
            prompt: prompt.into(),
            code: None,
            body,
            html: false,
            hint: None,
            explanation: None,
            mistakes: None,
            check: None,
            difficulty: None,
            level: None,
            tags: super::Tags::default(),
            source: None,
        }
    }

    /// The note as a collection keeps it: line ends as LF, nothing around a text, no empty parts. The error names
    /// everything that keeps it from being a note.
    pub fn tidy(self) -> Result<Self, Vec<Invalid>> {
        let mut faults = Vec::new();
        let prompt = tidied(self.prompt);
        if prompt.is_empty() {
            faults.push(Invalid::new(Field::Prompt, "the prompt is empty", "write the question here"));
        }
        let code = self.code.and_then(|code| tidy_code(code, &mut faults));
        let mut line = |field, text: Option<String>| one_line(field, text, &mut faults);
        let (check, level, source) = (
            line(Field::Check, self.check),
            line(Field::Level, self.level),
            line(Field::Source, self.source),
        );
        let body = tidy_body(&prompt, code.as_ref(), self.body);
        let body = body.map_err(|invalid| faults.push(invalid)).ok();
        let Some(body) = body.filter(|_| faults.is_empty()) else { return Err(faults) };
        let content = Self {
            prompt,
            code,
            body,
            hint: filled(self.hint),
            explanation: filled(self.explanation),
            mistakes: filled(self.mistakes),
            check,
            level,
            source,
            ..self
        };
        content.slots().map_err(|invalid| vec![invalid])?;
        Ok(content)
    }
}

fn tidy_body(prompt: &str, code: Option<&Code>, body: Body) -> Result<Body, Invalid> {
    let texts = |texts: Vec<String>| texts.into_iter().map(tidied).collect::<Vec<_>>();
    Ok(match body {
        Body::Fact(fact) => {
            Body::Fact(Fact::new(tidied(fact.answer), texts(fact.accept), fact.reversed, fact.typed)?)
        }
        Body::Cloze => Body::Cloze,
        Body::Choice(choice) => Body::Choice(Choice::new(texts(choice.options), choice.right)?),
        Body::Blanks(blanks) => {
            let gap = |gap: Gap| Gap { answer: tidied(gap.answer), accept: texts(gap.accept) };
            let gaps = blanks.gaps.into_iter().map(gap).collect();
            let code = code.map(|code| code.text.as_str());
            Body::Blanks(Blanks::new(prompt, code, gaps, texts(blanks.bank))?)
        }
    })
}

fn tidy_code(code: Code, faults: &mut Vec<Invalid>) -> Option<Code> {
    let text = tidy_listing(&code.text);
    let language = one_line(Field::Language, code.language, faults);
    if text.is_empty() {
        if language.is_some() {
            faults.push(Invalid::new(
                Field::Language,
                "there is a language but no code",
                "write the code under code, or empty the cell",
            ));
        }
        return None;
    }
    Some(Code { text, language })
}

fn filled(text: Option<String>) -> Option<String> {
    text.map(tidied).filter(|text| !text.is_empty())
}

fn one_line(field: Field, text: Option<String>, faults: &mut Vec<Invalid>) -> Option<String> {
    let text = filled(text)?;
    if text.contains(|c: char| c.is_control()) {
        faults.push(Invalid::new(field, format!("{field} is more than one line"), "write it on one line"));
        return None;
    }
    Some(text)
}

/// The text as [`tidy_text`] gives it, not copied if it is so already.
fn tidied(text: String) -> String {
    let is_tidy = text.trim().len() == text.len() && !text.contains('\r');
    if is_tidy { text } else { tidy_text(&text) }
}

/// A text as it is kept: line ends as LF, nothing around it.
pub(crate) fn tidy_text(text: &str) -> String {
    lines_as_lf(text.trim())
}

/// Code as it is kept: line ends as LF, the indentation of its first line kept, no blank lines around it.
pub(crate) fn tidy_listing(text: &str) -> String {
    let text = lines_as_lf(text);
    let end = text.trim_end();
    let blank_lines = end.len() - end.trim_start().len();
    let start = end.get(..blank_lines).and_then(|blank| blank.rfind('\n')).map_or(0, |at| at + 1);
    end.get(start..).unwrap_or_default().to_owned()
}

fn lines_as_lf(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_keeps_its_indentation_and_other_texts_their_inside() {
        for (tidy, text, kept) in [
            (
                tidy_listing as fn(&str) -> String,
                "\r\n  \n    if x:\r\n        y\r\n\r\n",
                "    if x:\n        y",
            ),
            (tidy_listing, "  \n ", ""),
            (tidy_text, "  a\r  b  ", "a\n  b"),
        ] {
            assert_eq!(tidy(text), kept);
            assert_eq!(tidy(kept), kept);
        }
    }

    #[test]
    fn everything_that_keeps_a_text_from_being_a_note_is_named() {
        let fact = Fact { answer: " ".into(), accept: vec![], reversed: false, typed: false };
        let content = Content { check: Some("two\nlines".into()), ..Content::new("\n", Body::Fact(fact)) };
        let fields: Vec<Field> =
            content.tidy().unwrap_err().into_iter().map(|invalid| invalid.field).collect();
        assert_eq!(fields, [Field::Prompt, Field::Check, Field::Answer]);
        let choice = Choice { options: vec![" a ".into(), "b\r\n".into()], right: vec![1] };
        let Body::Choice(tidied) = Content::new("q", Body::Choice(choice)).tidy().unwrap().body else {
            panic!()
        };
        assert_eq!(tidied.options, ["a", "b"]);
    }
}
