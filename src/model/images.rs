//! The images of a note: where they are.

use super::{Body, Content, Slot};
use crate::html;

/// How the text of a bank names an image.
const OPEN: &str = "[image: ";

impl Content {
    /// Where the images are that a card shows: those of its question, and those that come with its answer.
    pub fn images(&self, slot: Slot) -> (Vec<String>, Vec<String>) {
        let (mut asked, mut after) = (vec![self.prompt.as_str()], Vec::new());
        match &self.body {
            Body::Fact(fact) => after.push(fact.answer.as_str()),
            Body::Choice(choice) => asked.extend(choice.options.iter().map(String::as_str)),
            Body::Cloze | Body::Blanks(_) => {}
        }
        if slot == Slot::Back {
            std::mem::swap(&mut asked, &mut after);
        }
        after.extend(
            [&self.explanation, &self.mistakes, &self.check].into_iter().filter_map(|text| text.as_deref()),
        );
        let all = |texts: Vec<&str>| texts.into_iter().flat_map(|text| self.images_in(text)).collect();
        (all(asked), all(after))
    }

    fn images_in(&self, text: &str) -> Vec<String> {
        if self.html {
            return html::images(text);
        }
        let named = text.split(OPEN).skip(1).filter_map(|rest| rest.split_once(']'));
        named.map(|(name, _)| name.trim().to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Fact;

    #[test]
    fn an_image_of_the_answer_is_not_shown_with_the_question() {
        let fact =
            |answer: &str| Fact { answer: answer.into(), accept: vec![], reversed: true, typed: false };
        let plain =
            Content::new("see [image: a.png] and [image: b", Body::Fact(fact("[image: https://x.org/c d]")));
        assert_eq!(plain.images(Slot::Front), (vec!["a.png".into()], vec!["https://x.org/c d".into()]));
        let html = Content {
            html: true,
            explanation: Some("<img src=e.png>".into()),
            ..Content::new("<img src=a.png>[image: no]", Body::Fact(fact("<img src=b.png>")))
        };
        assert_eq!(html.images(Slot::Back), (vec!["b.png".into()], vec!["a.png".into(), "e.png".into()]));
    }
}
