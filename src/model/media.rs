//! The images and sounds that a note names.

use std::collections::HashMap;

use super::{Body, Content, Slot};
use crate::html;
use crate::text::is_address;

/// How the text of a bank names an image.
const IMAGE: &str = "[image: ";
/// How Anki names a sound.
pub const SOUND: &str = "[sound:";

impl Content {
    /// The images and sounds of a card: those of its question, and those that come with its answer.
    pub fn media_of(&self, slot: Slot) -> (Vec<String>, Vec<String>) {
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
        let all = |texts: Vec<&str>| texts.into_iter().flat_map(|text| self.media_in(text)).collect();
        (all(asked), all(after))
    }

    /// All images and sounds that the note names as Anki does, which is in HTML.
    pub fn media(&self) -> Vec<String> {
        self.texts().filter(|_| self.html).flat_map(|text| self.media_in(text)).collect()
    }

    /// Those of them that are files and come with the note, not from the web or from the text itself.
    pub fn media_files(&self) -> impl Iterator<Item = String> {
        self.media().into_iter().filter(|name| !is_address(name) && !name.starts_with("data:"))
    }

    /// The note with other names for some of its images and sounds.
    #[must_use]
    pub fn with_media(&self, names: &HashMap<String, String>) -> Self {
        let mut renamed = self.clone();
        renamed.texts_mut().filter(|_| self.html).for_each(|text| {
            *text = html::with_images(text, |source| names.get(source).map(String::as_str));
            for old in bracketed(text, SOUND) {
                if let Some(new) = names.get(&old) {
                    *text = text.replace(&format!("{SOUND}{old}]"), &format!("{SOUND}{new}]"));
                }
            }
        });
        renamed
    }

    fn media_in(&self, text: &str) -> Vec<String> {
        // nearly all texts
        if !text.contains(['[', '<']) {
            return Vec::new();
        }
        if self.html {
            return media_of_html(text);
        }
        let mut media = bracketed(text, IMAGE);
        media.extend(bracketed(text, SOUND));
        media
    }

    fn texts(&self) -> impl Iterator<Item = &String> {
        let of_body: Vec<&String> = match &self.body {
            Body::Fact(fact) => fact.accept.iter().chain([&fact.answer]).collect(),
            Body::Cloze => Vec::new(),
            Body::Choice(choice) => choice.options.iter().collect(),
            Body::Blanks(blanks) => blanks.bank.iter().collect(),
        };
        let more = [&self.hint, &self.explanation, &self.mistakes, &self.check].into_iter().flatten();
        [&self.prompt].into_iter().chain(of_body).chain(more)
    }

    fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let of_body: Vec<&mut String> = match &mut self.body {
            Body::Fact(fact) => fact.accept.iter_mut().chain([&mut fact.answer]).collect(),
            Body::Cloze => Vec::new(),
            Body::Choice(choice) => choice.options.iter_mut().collect(),
            Body::Blanks(blanks) => blanks.bank.iter_mut().collect(),
        };
        let more = [&mut self.hint, &mut self.explanation, &mut self.mistakes, &mut self.check];
        [&mut self.prompt].into_iter().chain(of_body).chain(more.into_iter().flatten())
    }
}

/// The images and sounds that a piece of HTML names.
pub fn media_of_html(html: &str) -> Vec<String> {
    let mut media = html::images(html);
    media.extend(bracketed(html, SOUND));
    media
}

/// Whether HTML says no more than its text does: no markup, no image, no sound.
pub fn is_plain_html(html: &str) -> bool {
    !html.contains(SOUND) && html::is_plain(html)
}

/// What stands between a beginning and the bracket that closes it.
fn bracketed(text: &str, open: &str) -> Vec<String> {
    let named = text.split(open).skip(1).filter_map(|rest| rest.split_once(']'));
    named.map(|(name, _)| name.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Fact;

    fn fact(answer: &str) -> Body {
        Body::Fact(Fact { answer: answer.into(), accept: vec![], reversed: true, typed: false })
    }

    #[test]
    fn an_image_of_the_answer_is_not_shown_with_the_question() {
        let plain = Content::new("see [image: a.png] and [image: b", fact("[image: https://x.org/c d]"));
        assert_eq!(plain.media_of(Slot::Front), (vec!["a.png".into()], vec!["https://x.org/c d".into()]));
        let html = Content {
            html: true,
            explanation: Some("<img src=e.png>".into()),
            ..Content::new("<img src=a.png>[image: no]", fact("<img src=b.png>[sound:c.mp3]"))
        };
        let back = vec!["b.png".into(), "c.mp3".into()];
        assert_eq!(html.media_of(Slot::Back), (back, vec!["a.png".into(), "e.png".into()]));
        assert_eq!(html.media(), ["a.png", "b.png", "c.mp3", "e.png"]);
    }

    #[test]
    fn other_names_stand_in_all_places_and_nothing_else_changes() {
        let names = [("a b&c.png", "new&<>.png"), ("s.mp3", "t.mp3")];
        let names = names.map(|(old, new)| (old.to_owned(), new.to_owned())).into();
        let content = Content {
            html: true,
            hint: Some("[sound:s.mp3] s.mp3".into()),
            ..Content::new(
                "x <IMG alt='q' src=\"a%20b&amp;c.png\"/> <img src='a b&amp;c.png'> a b&c.png <img src=other.png>",
                fact("<p>[sound:s.mp3]<img\nsrc=a%20b%26c.png>"),
            )
        };
        let renamed = content.with_media(&names);
        assert_eq!(renamed.hint.as_deref(), Some("[sound:t.mp3] s.mp3"));
        let new = "src=\"new&amp;&lt;&gt;.png\"";
        assert_eq!(
            renamed.prompt,
            format!("x <img alt=\"q\" {new} /> <img {new}> a b&c.png <img src=other.png>")
        );
        assert_eq!(renamed.body, fact(&format!("<p>[sound:t.mp3]<img {new}>")));
        assert_eq!(
            renamed.media(),
            ["new&<>.png", "new&<>.png", "other.png", "new&<>.png", "t.mp3", "t.mp3"]
        );
    }
}
