//! A note in HTML as a person reads it.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Blanks, Body, Choice, Cloze, Content, Fact, Gap};
use crate::html::to_text;

impl Content {
    /// What a person sees of the note: its texts without markup. The cards stay what they are, whatever the markup.
    pub fn readable(&self) -> Cow<'_, Self> {
        if !self.html {
            return Cow::Borrowed(self);
        }
        let more = |text: &Option<String>| text.as_deref().map(shown);
        Cow::Owned(Self {
            prompt: self.readable_prompt(),
            body: match &self.body {
                Body::Fact(fact) => Body::Fact(Fact {
                    answer: shown(&fact.answer),
                    accept: all_shown(&fact.accept),
                    ..fact.clone()
                }),
                Body::Cloze => Body::Cloze,
                Body::Choice(choice) => Body::Choice(Choice {
                    options: apart(&choice.options).unwrap_or_else(|| choice.options.clone()),
                    right: choice.right.clone(),
                }),
                Body::Blanks(blanks) => Body::Blanks(readable_blanks(blanks)),
            },
            html: false,
            hint: more(&self.hint),
            explanation: more(&self.explanation),
            mistakes: more(&self.mistakes),
            check: more(&self.check),
            ..self.clone()
        })
    }

    /// The prompt as text, unless that hides something else, as a mark that is written in character references would.
    fn readable_prompt(&self) -> String {
        let text = shown(&self.prompt);
        let numbers = |prompt: &str| Cloze::parse(prompt).map(|cloze| cloze.numbers());
        if matches!(self.body, Body::Cloze) && numbers(&text) != numbers(&self.prompt) {
            return self.prompt.clone();
        }
        text
    }
}

/// The text, or the HTML where nothing of it would be seen.
fn shown(html: &str) -> String {
    let text = to_text(html);
    if text.is_empty() { html.to_owned() } else { text }
}

fn all_shown(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| shown(text)).collect()
}

/// The texts, unless two that differ by their markup would look the same.
fn apart(texts: &[String]) -> Option<Vec<String>> {
    let shown = all_shown(texts);
    let different: HashSet<&String> = shown.iter().collect();
    (different.len() == shown.len()).then_some(shown)
}

fn readable_blanks(blanks: &Blanks) -> Blanks {
    let Some(bank) = apart(&blanks.bank) else { return blanks.clone() };
    let gap = |gap: &Gap| Gap { answer: shown(&gap.answer), accept: all_shown(&gap.accept) };
    Blanks { gaps: blanks.gaps.iter().map(gap).collect(), bank }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(prompt: &str, body: Body) -> Content {
        Content { html: true, ..Content::new(prompt, body) }
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_plain_note_is_itself_and_one_in_html_loses_its_markup() {
        let plain = Content::new("a <b> c", Body::Cloze);
        assert!(matches!(plain.readable(), Cow::Borrowed(_)));
        let fact =
            Fact { answer: "<b>x</b>".into(), accept: texts(&["y&amp;z"]), reversed: true, typed: true };
        let content = Content { hint: Some("a<br>b".into()), ..html("<p>Q</p>", Body::Fact(fact)) };
        let seen = content.readable();
        let Body::Fact(fact) = &seen.body else { panic!() };
        assert_eq!((seen.prompt.as_str(), seen.hint.as_deref(), seen.html), ("Q", Some("a\nb"), false));
        assert_eq!((fact.answer.as_str(), fact.accept[0].as_str(), fact.reversed), ("x", "y&z", true));
    }

    #[test]
    fn options_stay_different_and_in_their_places() {
        for (options, seen) in [
            (["<i>a</i>", "b", "&lt;c"], ["a", "b", "<c"]),
            (["<i>a</i>", "<b>a</b>", "c"], ["<i>a</i>", "<b>a</b>", "c"]),
            (["<svg></svg>", "<hr>", "c"], ["<svg></svg>", "<hr>", "c"]),
        ] {
            let choice = Choice { options: texts(&options), right: vec![2] };
            let content = html("q", Body::Choice(choice));
            let Body::Choice(choice) = &content.readable().body else { panic!() };
            assert_eq!(choice.options, seen);
            assert_eq!(choice.right, [2]);
        }
    }

    #[test]
    fn a_cloze_hides_what_it_hid() {
        for (prompt, seen) in [
            ("<p>{{c1::<b>x</b>::h&amp;t}} y", "{{c1::x::h&t}} y"),
            ("{{c1::<wbr>}} y", "{{c1::<wbr>}} y"),
            ("{{c1::x}} {&#123;c2::y}}", "{{c1::x}} {&#123;c2::y}}"),
        ] {
            let content = html(prompt, Body::Cloze);
            assert_eq!(content.readable().prompt, seen);
            assert_eq!(content.readable().slots(), content.slots());
        }
    }
}
