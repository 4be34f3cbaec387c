//! Words that make a question hard to read or give its answer away, in several languages.

/// What holds at all times or at none seldom holds.
pub(super) const ABSOLUTE_WORDS: [&str; 29] = [
    "absolutely",
    "always",
    "completely",
    "exclusively",
    "never",
    "nobody",
    "none",
    "nothing",
    "only",
    "totally",
    "ausschließlich",
    "immer",
    "nie",
    "niemals",
    "niemand",
    "nichts",
    "nur",
    "völlig",
    "jamais",
    "seulement",
    "toujours",
    "jamás",
    "nunca",
    "siempre",
    "solamente",
    "sempre",
    "somente",
    "soltanto",
    "uniquement",
];

/// What turns a question round.
pub(super) const NEGATIVE_WORDS: [&str; 22] = [
    "cannot",
    "except",
    "incorrect",
    "not",
    "untrue",
    "falsch",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "nicht",
    "unwahr",
    "excepté",
    "incorrecte",
    "sauf",
    "excepto",
    "incorrecta",
    "exceto",
    "incorreta",
    "não",
    "eccetto",
    "tranne",
];

pub(super) const ALL_PHRASES: [&str; 12] = [
    "all of the above",
    "all the above",
    "all of these",
    "all of them",
    "alle genannten",
    "alles davon",
    "todas las anteriores",
    "todas as anteriores",
    "toutes ces réponses",
    "toutes les réponses",
    "tutte le precedenti",
    "tutte le risposte",
];

pub(super) const NONE_PHRASES: [&str; 11] = [
    "none of the above",
    "none of these",
    "none of them",
    "keine der genannten",
    "keines davon",
    "nichts davon",
    "ninguna de las anteriores",
    "nenhuma das anteriores",
    "aucune de ces réponses",
    "aucune des réponses",
    "nessuna delle precedenti",
];

/// What a prompt asks: its sentences that end with a question mark, or all of it. What else stands in it sets the scene.
pub(super) fn asked(prompt: &str) -> String {
    let sentences = prompt.split_inclusive(['.', '!', '?', '\n']);
    let questions: String = sentences.filter(|sentence| sentence.ends_with('?')).collect();
    if questions.is_empty() { prompt.to_owned() } else { questions }
}

/// What means all or none of the others when an option says nothing else.
pub(super) const ALL: [&str; 7] = ["all", "both", "alle", "todas", "toutes", "tutte", "beide"];
pub(super) const NONE: [&str; 6] = ["none", "keine", "ninguna", "nenhuma", "aucune", "nessuna"];

/// The words of a text without the marks around them.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

/// The words of a text that are in a list.
pub(super) fn found<'t>(text: &'t str, list: &[&str]) -> Vec<&'t str> {
    words(text).filter(|word| list.contains(&word.to_lowercase().as_str())).collect()
}

/// The words that make a text negative.
pub(super) fn negations(text: &str) -> Vec<&str> {
    let is_short = |word: &str| {
        let word = word.to_lowercase();
        word.ends_with("n't") || word.ends_with("n’t")
    };
    words(text)
        .filter(|word| NEGATIVE_WORDS.contains(&word.to_lowercase().as_str()) || is_short(word))
        .collect()
}
