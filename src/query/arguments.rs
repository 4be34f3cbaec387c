//! A query as a shell hands it over: with its quotes gone.

use super::term::takes_text;

/// The query that these arguments of a command are. One argument is a query as it stands; of several each is one
/// condition, so that one with blanks in it, which was quoted for the shell, is one text (`"exact words"`,
/// `deck:"Week 1"`) unless it has a query's own signs.
pub fn from_arguments(arguments: &[&str]) -> String {
    match arguments {
        [query] => (*query).to_owned(),
        several => several.iter().map(|text| argument(text)).collect::<Vec<_>>().join(" "),
    }
}

fn argument(text: &str) -> String {
    let (minus, bare) = text.strip_prefix('-').map_or(("", text), |bare| ("-", bare));
    let (key, rest) = match bare.split_once(':') {
        Some((name, rest)) if takes_text(name) => (format!("{name}:"), rest),
        Some(_) => return text.to_owned(),
        None => (String::new(), bare),
    };
    let is_sign = |word: &str| word.starts_with('-') || ["or", "and"].contains(&word.to_lowercase().as_str());
    let is_query = rest.contains(['"', '(', ')', ':', '<', '>', '=']) || rest.split_whitespace().any(is_sign);
    if is_query || !rest.contains(char::is_whitespace) {
        return text.to_owned();
    }
    format!("{minus}{key}\"{rest}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_argument_is_a_query_and_of_several_each_is_a_condition() {
        for (arguments, query) in [
            (&["exact words"][..], "exact words"),
            (&["tag:t1 gamma1"], "tag:t1 gamma1"),
            (&["deck:MLOps", "exact words"], "deck:MLOps \"exact words\""),
            (&["deck:Week 1", "is:due"], "deck:\"Week 1\" is:due"),
            (&["-tag:a b", "x"], "-tag:\"a b\" x"),
            (&["deck:MLOps tag:drift is:due"], "deck:MLOps tag:drift is:due"),
            (&["drift or skew"], "drift or skew"),
            (&["(a", "or", "b)"], "(a or b)"),
            (&["a -b"], "a -b"),
            (&["deck:\"Week 1\""], "deck:\"Week 1\""),
            (&["one", "two"], "one two"),
        ] {
            assert_eq!(from_arguments(arguments), query, "{arguments:?}");
        }
    }
}
