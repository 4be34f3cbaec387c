//! Tags, and what travels as tags since no notetype has a field for it.

use super::fields::clean;
use crate::model::{Content, Difficulty, LEECH_TAG, Note, Tags};

/// Anki's own tag for a note that the learner marked.
pub(super) const MARKED_TAG: &str = "marked";

const DIFFICULTY: &str = "difficulty::";
const LEVEL: &str = "level::";

/// The note's tags with its difficulty and its level, and, if what is the learner's own is to travel, with what Anki
/// itself keeps as tags: the mark and that a note is a leech.
pub(super) fn write(note: &Note, with_own: bool) -> String {
    let placed = [(note.marked && with_own, MARKED_TAG), (note.leech && with_own, LEECH_TAG)];
    let placed = placed.into_iter().filter(|(has, _)| *has).map(|(_, tag)| tag);
    let labels = labels(&note.content);
    let is_own = |tag: &&str| tag.eq_ignore_ascii_case(MARKED_TAG) || tag.eq_ignore_ascii_case(LEECH_TAG);
    let tags = note.content.tags.iter().filter(|tag| with_own || !is_own(tag));
    let all = Tags::new(tags.chain(labels.iter()).chain(placed));
    clean(&all.to_string()).into_owned()
}

/// Difficulty and level as tags.
pub(super) fn labels(content: &Content) -> Tags {
    let difficulty = content.difficulty.map(|difficulty| format!("{DIFFICULTY}{}", difficulty.name()));
    let level = content.level.as_ref().map(|level| format!("{LEVEL}{level}"));
    Tags::new(difficulty.iter().chain(&level).map(String::as_str))
}

/// The content with the tags, the difficulty and the level that these tags state, and whether they say that it is marked.
pub(super) fn labelled<'t>(content: Content, tags: impl Iterator<Item = &'t str>) -> (Content, bool) {
    let is = |tag: &str, other: &str| tag.eq_ignore_ascii_case(other);
    let (placed, own): (Vec<&str>, Vec<&str>) =
        tags.partition(|tag| is(tag, MARKED_TAG) || is(tag, LEECH_TAG));
    let marked = placed.into_iter().any(|tag| is(tag, MARKED_TAG));
    let is_label = |tag: &&str| tag.starts_with(DIFFICULTY) || tag.starts_with(LEVEL);
    let has_labels = content.difficulty.is_some() || content.level.is_some() || own.iter().any(is_label);
    if !has_labels && own.iter().copied().eq(content.tags.iter()) {
        return (content, marked);
    }
    let mut labelled = Content { tags: Tags::new(own).without(&labels(&content)), ..content };
    let mut labels = Vec::new();
    for tag in labelled.tags.iter() {
        if let Some(difficulty) =
            tag.strip_prefix(DIFFICULTY).and_then(|name| name.parse::<Difficulty>().ok())
        {
            labelled.difficulty = Some(difficulty);
        } else if let Some(level) = tag.strip_prefix(LEVEL) {
            labelled.level = Some(level.to_owned());
        } else {
            continue;
        }
        labels.push(tag.to_owned());
    }
    labelled.tags = labelled.tags.without(&Tags::new(labels.iter().map(String::as_str)));
    (labelled, marked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Body;

    #[test]
    fn what_travels_as_a_tag_comes_back_as_what_it_is() {
        let content = |difficulty, level: Option<&str>| Content {
            difficulty,
            level: level.map(str::to_owned),
            ..Content::new("a", Body::Cloze)
        };
        let told = |content: Content, tags: &str| {
            let (content, marked) = labelled(content, tags.split_whitespace());
            (content.tags.to_string(), content.difficulty.map(Difficulty::name), content.level, marked)
        };
        let level = |level: &str| Some(level.to_owned());
        let hard = content(Some(Difficulty::Hard), Some("a level"));
        let tags = labels(&hard).to_string();
        for (before, tags, after) in [
            (
                hard.clone(),
                format!("x {tags} Marked leech"),
                ("x".to_owned(), Some("hard"), level("a level"), true),
            ),
            (hard.clone(), "x".to_owned(), ("x".to_owned(), Some("hard"), level("a level"), false)),
            (hard, "difficulty::easy level::2".to_owned(), (String::new(), Some("easy"), level("2"), false)),
            (
                content(None, None),
                "difficulty::none x::level::1".to_owned(),
                ("difficulty::none x::level::1".to_owned(), None, None, false),
            ),
        ] {
            assert_eq!(told(before, &tags), after, "{tags}");
        }
    }
}
