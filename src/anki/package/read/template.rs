//! What a side of a card shows of a note: Anki's templates, as its manual describes them.

use crate::html;

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part<'t> {
    Text(&'t str),
    /// A field, with the filters in front of it.
    Field(&'t str, Vec<&'t str>),
    /// Where a condition begins that holds if a field is filled, or empty.
    If(&'t str, bool),
    EndIf,
}

/// A field that a template names, with the filters in front of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) field: String,
    filters: Vec<String>,
}

impl Named {
    /// Whether it stands behind a filter, such as `cloze`, `type` or `hint`.
    pub(super) fn is(&self, filter: &str) -> bool {
        self.filters.iter().any(|own| own == filter)
    }
}

/// What Anki itself fills in.
const OWN: [&str; 7] = ["FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag"];

/// The fields of the note that a template names, each once, in order; those of conditions apart.
fn named(template: &str) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for part in parts(template) {
        let Part::Field(field, filters) = part else { continue };
        if OWN.contains(&field) {
            continue;
        }
        let filters = filters.into_iter().map(str::to_owned);
        match found.iter_mut().find(|known| known.field == field) {
            Some(known) => known.filters.extend(filters),
            None => found.push(Named { field: field.to_owned(), filters: filters.collect() }),
        }
    }
    found
}

/// Whether a template says something of its own around the fields.
fn has_words(template: &str) -> bool {
    let words: String = parts(template)
        .into_iter()
        .map(|part| match part {
            Part::Text(text) => text,
            Part::Field(..) | Part::If(..) | Part::EndIf => " ",
        })
        .collect();
    html::to_text(&without_scripts(&words)).contains(char::is_alphanumeric)
}

/// The HTML of a template with fields in it, but for those to type into, hints, and what Anki itself fills in.
pub(super) fn filled<'v>(template: &str, value: &impl Fn(&str) -> Option<&'v str>) -> String {
    let is_filled = |field: &str| value(field).is_some_and(|text| !html::is_empty(text));
    let mut shown = String::new();
    // the conditions around, and how many of them do not hold
    let (mut conditions, mut failed) = (Vec::new(), 0_usize);
    for part in parts(template) {
        let is_shown = failed == 0;
        match part {
            Part::If(field, wants) => {
                let holds = is_filled(field) == wants;
                failed += usize::from(!holds);
                conditions.push(holds);
            }
            Part::EndIf => failed -= usize::from(conditions.pop() == Some(false)),
            Part::Text(text) if is_shown => shown.push_str(text),
            Part::Field(field, filters)
                if is_shown && !filters.iter().any(|it| matches!(*it, "type" | "hint")) =>
            {
                shown.push_str(value(field).unwrap_or_default());
            }
            Part::Text(_) | Part::Field(..) => {}
        }
    }
    without_scripts(&shown).trim().to_owned()
}

fn parts(template: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((tag, behind)) = after.split_once("}}") else { break };
        // three braces are as good as two
        let behind = if tag.starts_with('{') { behind.strip_prefix('}').unwrap_or(behind) } else { behind };
        parts.push(Part::Text(before));
        let tag = tag.trim_matches(['{', '}']).trim();
        let name = tag.get(1..).unwrap_or_default().trim();
        match tag.chars().next() {
            Some('#') => parts.push(Part::If(name, true)),
            Some('^') => parts.push(Part::If(name, false)),
            Some('/') => parts.push(Part::EndIf),
            Some('!') | None => {}
            Some(_) => {
                let mut filters: Vec<&str> = tag.split(':').map(str::trim).collect();
                parts.extend(filters.pop().map(|field| Part::Field(field, filters)));
            }
        }
        rest = behind;
    }
    parts.push(Part::Text(rest));
    parts
}

/// HTML without what is run and what says how it looks.
fn without_scripts(html: &str) -> String {
    ["script", "style"].into_iter().fold(html.to_owned(), |html, element| {
        let (open, close) = (format!("<{element}"), format!("</{element}>"));
        // of the same length
        let lower = html.to_ascii_lowercase();
        let (mut kept, mut at) = (String::new(), 0);
        while let Some(start) = lower.get(at..).and_then(|rest| rest.find(&open)).map(|found| at + found) {
            kept.push_str(html.get(at..start).unwrap_or_default());
            let end = lower.get(start..).and_then(|rest| rest.find(&close));
            at = end.map_or(html.len(), |end| start + end + close.len());
        }
        kept + html.get(at..).unwrap_or_default()
    })
}

/// The sides of a card.
#[derive(Debug, Clone, Default)]
pub(super) struct Template {
    pub(super) front: String,
    /// The fields that the front names, and the back.
    pub(super) asked: Vec<Named>,
    pub(super) shown: Vec<Named>,
    /// The fields on which it depends what is there.
    pub(super) conditions: Vec<String>,
    /// Whether the front says something of its own around the fields.
    pub(super) asks_in_words: bool,
}

impl Template {
    pub(super) fn new(front: String, back: &str) -> Self {
        let conditions = parts(&front).into_iter().chain(parts(back)).filter_map(|part| match part {
            Part::If(field, _) => Some(field.to_owned()),
            Part::Text(_) | Part::Field(..) | Part::EndIf => None,
        });
        Self {
            asked: named(&front),
            shown: named(back),
            conditions: conditions.collect(),
            asks_in_words: has_words(&front),
            front,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(field: &str) -> Option<&'static str> {
        match field {
            "Country" => Some("France"),
            "Map" => Some("<br>"),
            "Tip" => Some("starts with P"),
            _ => None,
        }
    }

    #[test]
    fn fields_are_found_with_their_filters_and_without_conditions() {
        let template = "{{#A}}{{ Front }}{{/A}} {{type:cloze:Text}} {{{Raw}}} {{Front}} {{^B}}x{{/B}} {{ ! note }} {{FrontSide}} {{";
        let template = Template::new(template.to_owned(), "{{#C}}{{D}}{{/C}}");
        let names: Vec<(&str, Vec<&str>)> = template
            .asked
            .iter()
            .map(|named| (named.field.as_str(), named.filters.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(names, [("Front", vec![]), ("Text", vec!["type", "cloze"]), ("Raw", vec![])]);
        assert_eq!(template.conditions, ["A", "B", "C"]);
    }

    #[test]
    fn a_template_shows_its_words_and_what_is_filled() {
        for (template, shown) in [
            ("What is the capital of <b>{{Country}}</b>?", "What is the capital of <b>France</b>?"),
            ("{{#Map}}with {{Map}}{{/Map}}{{^Map}}no map of {{Country}}{{/Map}}", "no map of France"),
            ("{{Country}} {{hint:Tip}}{{type:Country}}{{Deck}}", "France"),
            ("<style>b {}</style>{{Country}}<SCRIPT>if (1 < 2) {}</SCRIPT>", "France"),
            ("{{#Country}}{{#Map}}a{{/Map}}b{{/Country}} {{", "b {{"),
            ("</script><script>", "</script>"),
        ] {
            assert_eq!(filled(template, &value), shown, "{template}");
        }
    }

    #[test]
    fn words_are_told_from_what_stands_around_them() {
        assert!(has_words("What is <b>{{Country}}</b>?") && has_words("&Uuml;{{A}}"));
        assert!(!has_words("<div class=\"front\">{{Country}}</div><hr> - {{Map}}<script>var x;</script>"));
    }
}
