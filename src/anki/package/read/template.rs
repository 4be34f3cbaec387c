//! Which fields of a note a side of a card shows.

/// The fields that a template names, each once, in order; those of conditions apart. With the filters in front of each.
pub(super) fn named(template: &str) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for part in template.split("{{").skip(1) {
        let Some((tag, _)) = part.split_once("}}") else { continue };
        let tag = tag.trim_matches(['{', '}']).trim();
        if tag.starts_with(['#', '^', '/', '!']) || tag.is_empty() {
            continue;
        }
        let mut filters: Vec<String> = tag.split(':').map(|word| word.trim().to_owned()).collect();
        let Some(name) = filters.pop() else { continue };
        match found.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => known.extend(filters),
            None => found.push((name, filters)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_with_their_filters_and_without_conditions() {
        let template =
            "{{#A}}{{ Front }}{{/A}} {{type:cloze:Text}} {{{Raw}}} {{Front}} {{^B}}x{{/B}} {{ ! note }} {{";
        let names: Vec<(String, Vec<String>)> = named(template);
        let brief: Vec<(&str, Vec<&str>)> = names
            .iter()
            .map(|(name, filters)| (name.as_str(), filters.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(brief, [("Front", vec![]), ("Text", vec!["type", "cloze"]), ("Raw", vec![])]);
    }
}
