//! A query as a shell hands it over: with its quotes gone.

use super::term::takes_text;

/// The query that these arguments of a command are. An argument with blanks in it was quoted for the shell; where
/// nothing in it is a query's own sign, it is one text: `"exact words"`, `deck:"Week 1"`.
pub fn from_arguments<'a>(arguments: impl IntoIterator<Item = &'a str>) -> String {
    arguments.into_iter().map(argument).collect::<Vec<_>>().join(" ")
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
    fn what_the_shell_unquoted_is_one_text_where_no_sign_is_in_it() {
        for (arguments, query) in [
            (&["exact words"][..], "\"exact words\""),
            (&["deck:Week 1", "is:due"], "deck:\"Week 1\" is:due"),
            (&["-tag:a b"], "-tag:\"a b\""),
            (&["deck:MLOps tag:drift is:due"], "deck:MLOps tag:drift is:due"),
            (&["drift or skew"], "drift or skew"),
            (&["(a", "or", "b)"], "(a or b)"),
            (&["a -b"], "a -b"),
            (&["deck:\"Week 1\""], "deck:\"Week 1\""),
            (&["one", "two"], "one two"),
        ] {
            assert_eq!(from_arguments(arguments.iter().copied()), query, "{arguments:?}");
        }
    }
}
