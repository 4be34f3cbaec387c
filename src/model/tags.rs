//! Tags of a note.

use std::cmp::Ordering;
use std::fmt;

use crate::text::fold;

/// A note's tags: no white space inside, each once whatever its case, in alphabetical order; `::` makes levels.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Tags(Vec<String>);

impl Tags {
    /// Tags from words. A blank, comma or semicolon inside a word becomes `_`, an empty level goes.
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut tags: Vec<String> = words.into_iter().map(clean).filter(|tag| !tag.is_empty()).collect();
        if !tags.is_sorted_by(|one, next| in_small(one, next).is_lt()) {
            tags.sort_by(|one, other| in_small(one, other).then_with(|| one.cmp(other)));
            tags.dedup_by(|one, other| in_small(one, other).is_eq());
        }
        Self(tags)
    }

    /// Reads tags as people write them: separated by commas or semicolons if there are any, else by blanks.
    pub fn parse(text: &str) -> Self {
        if text.contains([',', ';']) {
            Self::new(text.split([',', ';']))
        } else {
            Self::new(text.split_whitespace())
        }
    }

    /// Tags that were read before, separated by blanks.
    pub(crate) fn kept(tags: &str) -> Self {
        Self(tags.split(' ').filter(|tag| !tag.is_empty()).map(str::to_owned).collect())
    }

    /// The tags and one more.
    #[must_use]
    pub fn with(&self, tag: &str) -> Self {
        Self::new(self.iter().chain([tag]))
    }

    /// The tags and others.
    #[must_use]
    pub fn and(&self, others: &Self) -> Self {
        Self::new(self.iter().chain(others.iter()))
    }

    /// The tags without these, whatever their case.
    #[must_use]
    pub fn without(&self, others: &Self) -> Self {
        let is_other = |tag: &str| others.iter().any(|other| fold(other) == fold(tag));
        Self::new(self.iter().filter(|tag| !is_other(tag)))
    }

    /// The tags with another name for one of them and for those below it.
    #[must_use]
    pub fn renamed(&self, old: &str, new: &str) -> Self {
        let depth = old.split("::").count();
        let renamed = self.iter().map(|tag| {
            if !Self::new([tag]).has(old) {
                return tag.to_owned();
            }
            let levels = new.split("::").chain(tag.split("::").skip(depth));
            levels.collect::<Vec<_>>().join("::")
        });
        let renamed: Vec<String> = renamed.collect();
        Self::new(renamed.iter().map(String::as_str))
    }

    /// Whether one of them is this tag or below it, whatever the case.
    pub fn has(&self, tag: &str) -> bool {
        let tag = fold(tag);
        self.iter()
            .map(fold)
            .any(|own| own.strip_prefix(&tag).is_some_and(|rest| rest.is_empty() || rest.starts_with("::")))
    }

    /// The tags in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The order of two tags in small letters.
fn in_small(one: &str, other: &str) -> Ordering {
    if one.is_ascii() && other.is_ascii() {
        let lower = |byte: u8| byte.to_ascii_lowercase();
        return one.bytes().map(lower).cmp(other.bytes().map(lower));
    }
    one.to_lowercase().cmp(&other.to_lowercase())
}

fn clean(word: &str) -> String {
    // the most common case by far
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')) {
        return word.to_owned();
    }
    let word =
        word.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|part| !part.is_empty());
    let word = word.collect::<Vec<_>>().join("_");
    word.split("::")
        .map(|level| level.trim_matches(':'))
        .filter(|level| !level.is_empty())
        .collect::<Vec<_>>()
        .join("::")
}

impl fmt::Display for Tags {
    /// The tags separated by blanks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_read_as_people_write_them_and_come_back_the_same() {
        for (written, kept) in [
            ("drift monitoring", "drift monitoring"),
            ("Data drift, monitoring;  x", "Data_drift monitoring x"),
            ("b a B", "a B"),
            ("::mlops::::level: ", "mlops::level"),
            ("  ", ""),
        ] {
            assert_eq!(Tags::parse(written).to_string(), kept, "{written}");
            assert_eq!(Tags::parse(kept).to_string(), kept);
        }
    }

    #[test]
    fn a_tag_is_found_with_those_below_it_and_whatever_its_case() {
        let tags = Tags::parse("Drift::Data monitoring");
        for (tag, has) in [
            ("drift", true),
            ("DRIFT::data", true),
            ("data", false),
            ("dri", false),
            ("monitoring::x", false),
        ] {
            assert_eq!(tags.has(tag), has, "{tag}");
        }
        assert_eq!(tags.renamed("drift", "shift::x").to_string(), "monitoring shift::x::Data");
        assert_eq!(tags.without(&Tags::parse("drift MONITORING")).to_string(), "Drift::Data");
        assert_eq!(tags.with("leech").to_string(), "Drift::Data leech monitoring");
    }
}
