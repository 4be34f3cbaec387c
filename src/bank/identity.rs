//! Which note of a bank is which: guids, and what stands in it twice.

use std::collections::HashMap;

use super::{Draft, Problem, Rejected};
use crate::model::{Body, Content, DeckName, Difficulty, Field, Guid, GuidKey};
use crate::text;

/// The notes of a bank with their guids.
#[derive(Debug, Default)]
pub struct Identified {
    /// Each note once.
    pub notes: Vec<(Guid, Draft)>,
    /// How many stood there again, word for word.
    pub duplicates: u64,
    /// Notes that share their key with an earlier one and differ from it.
    pub warnings: Vec<Problem>,
    /// Rows that state the guid of an earlier row and differ from it.
    pub rejected: Vec<Rejected>,
}

/// Gives every note its guid.
///
/// A guid that the bank states stands. Else it comes from the scope (the top level of the note's deck) and the
/// bank's id, or without one from kind, prompt, code and sorted options; so it stays when the answer is
/// corrected. Of two notes with one key and other content the later has its answer in the key as well, and
/// everything it says if that is not enough.
pub fn identify(drafts: Vec<Draft>) -> Identified {
    let mut result = Identified::default();
    let mut places: HashMap<Guid, usize> = HashMap::with_capacity(drafts.len());
    for draft in drafts {
        let (guid, earlier) = find_guid(&draft, &places, &result.notes);
        match earlier {
            Earlier::None => {}
            Earlier::Same => {
                result.duplicates += 1;
                continue;
            }
            Earlier::SharesKey(line) => result.warnings.push(shared_key(&draft, line)),
            Earlier::StatesGuid(line) => {
                result.rejected.push(Rejected::one(stated_twice(&draft, line), draft.span));
                continue;
            }
        }
        places.insert(guid.clone(), result.notes.len());
        result.notes.push((guid, draft));
    }
    result
}

/// What an earlier row of the bank has to do with this one.
enum Earlier {
    None,
    Same,
    SharesKey(u64),
    StatesGuid(u64),
}

fn find_guid(draft: &Draft, places: &HashMap<Guid, usize>, notes: &[(Guid, Draft)]) -> (Guid, Earlier) {
    let earlier =
        |guid: &Guid| places.get(guid).and_then(|place| notes.get(*place)).map(|(_, earlier)| earlier);
    if let Some(guid) = &draft.guid {
        let found = match earlier(guid) {
            None => Earlier::None,
            Some(first) if first.content == draft.content => Earlier::Same,
            Some(first) => Earlier::StatesGuid(first.line),
        };
        return (guid.clone(), found);
    }
    let mut key = key_of(draft);
    let mut guid = key.guid();
    let mut shared = Earlier::None;
    for more in [answer_text as fn(&Content) -> String, everything_else] {
        match earlier(&guid) {
            None => return (guid, shared),
            Some(first) if first.content == draft.content => return (guid, Earlier::Same),
            Some(first) => shared = Earlier::SharesKey(first.line),
        }
        key.push(&more(&draft.content));
        guid = key.guid();
    }
    let found = if earlier(&guid).is_some() { Earlier::Same } else { shared };
    (guid, found)
}

fn key_of(draft: &Draft) -> GuidKey {
    key_in(draft, draft.deck.as_ref().map(DeckName::top).unwrap_or_default())
}

fn key_in(draft: &Draft, scope: &str) -> GuidKey {
    if let Some(id) = &draft.id {
        return GuidKey::new(scope, [id.as_str()]);
    }
    let content = &draft.content;
    let mut options: Vec<&str> = match &content.body {
        Body::Choice(choice) => choice.options.iter().map(String::as_str).collect(),
        Body::Blanks(blanks) => blanks.bank.iter().map(String::as_str).collect(),
        Body::Fact(_) | Body::Cloze => Vec::new(),
    };
    // in the order that they have with their case folded, so that a change of case moves none
    options.sort_by_cached_key(|option| text::fold(option));
    let parts = [content.kind().name(), &content.prompt, content.code_text().unwrap_or_default()];
    GuidKey::new(scope, parts.into_iter().chain(options))
}

fn answer_text(content: &Content) -> String {
    match &content.body {
        Body::Fact(fact) => fact.answer.clone(),
        Body::Cloze => String::new(),
        Body::Choice(choice) => choice.right_options().collect::<Vec<_>>().join("\n"),
        Body::Blanks(blanks) => {
            blanks.gaps.iter().map(|gap| gap.answer.as_str()).collect::<Vec<_>>().join("\n")
        }
    }
}

/// All that a note says beside its key and its answer. The order is part of guids and must not change.
fn everything_else(content: &Content) -> String {
    let accept = match &content.body {
        Body::Fact(fact) => fact.accept.join("\n"),
        Body::Cloze | Body::Choice(_) => String::new(),
        Body::Blanks(blanks) => {
            blanks.gaps.iter().map(|gap| gap.accept.join("\n")).collect::<Vec<_>>().join("\n\n")
        }
    };
    let flags = match &content.body {
        Body::Fact(fact) => format!("{} {}", fact.reversed, fact.typed),
        Body::Cloze | Body::Choice(_) | Body::Blanks(_) => String::new(),
    };
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    let language = content.code.as_ref().map(|code| text(&code.language)).unwrap_or_default();
    let difficulty = content.difficulty.map(Difficulty::name).unwrap_or_default().to_owned();
    let (prompt, code) = (content.prompt.clone(), content.code_text().unwrap_or_default().to_owned());
    let parts = [
        prompt,
        code,
        accept,
        flags,
        language,
        text(&content.hint),
        text(&content.explanation),
        text(&content.mistakes),
        text(&content.check),
        difficulty,
        text(&content.level),
        content.tags.to_string(),
        text(&content.source),
    ];
    parts.join("\u{1e}")
}

/// The guid that a note would have if its deck stood below `scope`; none if the bank states one.
pub fn guid_in_scope(draft: &Draft, scope: &str) -> Option<Guid> {
    draft.guid.is_none().then(|| key_in(draft, scope).guid())
}

fn shared_key(draft: &Draft, line: u64) -> Problem {
    let (column, what) = if draft.id.is_some() { (Field::Id, "id") } else { (Field::Prompt, "question") };
    Problem::new(
        draft.line,
        format!("line {line} has the same {what} and says something else; both are kept"),
        "give each an id of its own if both are meant, else remove one",
    )
    .in_column(column.name())
}

fn stated_twice(draft: &Draft, line: u64) -> Problem {
    Problem::new(
        draft.line,
        format!("line {line} has the same guid and says something else"),
        "empty the guid of the note that is new",
    )
    .in_column(Field::Guid.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank;

    fn identified(csv: &str) -> Identified {
        let reading = bank::read(&bank::Native, csv).unwrap();
        assert_eq!(reading.rejected, []);
        identify(reading.drafts)
    }

    fn guid(csv: &str) -> Guid {
        identified(csv).notes.remove(0).0
    }

    #[test]
    fn a_guid_stays_when_the_answer_the_tags_or_the_order_of_options_change() {
        let first = guid("prompt,answer,options,tags\nWhat?,A,x|y|z,a\n");
        assert_eq!(guid("tags,options,prompt,answer\nb,Z|y|X,what?,B\n"), first);
        assert_ne!(guid("prompt,answer,options\nWhat?,A,x|y|w\n"), first);
    }

    #[test]
    fn an_id_outlives_a_new_wording_within_its_deck() {
        let first = guid("id,deck,prompt,answer\n7,MLOps::A,What?,x\n");
        assert_eq!(guid("id,deck,prompt,answer\n7,MLOps::B,What then?,y\n"), first);
        assert_ne!(guid("id,deck,prompt,answer\n7,Chess,What?,x\n"), first);
    }

    #[test]
    fn the_same_row_twice_is_one_note_and_a_contradiction_is_two() {
        let result = identified("prompt,answer\nq,a\nq,a\nq,b\nq,b\n");
        assert_eq!((result.notes.len(), result.duplicates, result.warnings.len()), (2, 2, 1));
        assert_eq!(result.warnings[0].line, 4);
        assert!(result.warnings[0].message.contains("line 2"));
        let three = identified("prompt,answer,hint\nq,a,\nq,b,\nq,b,h\nq,b,h\n");
        assert_eq!((three.notes.len(), three.duplicates), (3, 1));
    }

    #[test]
    fn guids_of_notes_that_share_a_key_are_the_same_for_ever() {
        let bank = "prompt,answer,hint,tags,typed\nq,a,,,\nq,b,,,\nq,b,look,t,yes\n";
        let guids: Vec<String> = identified(bank).notes.iter().map(|(guid, _)| guid.to_string()).collect();
        assert_eq!(guids, ["o8gVfl:^1>", "B&NKF~,pou", "Q}>vA5kGI#"]);
    }

    #[test]
    fn a_stated_guid_beats_the_id_and_cannot_stand_for_two_notes() {
        let result = identified("guid,id,prompt,answer\nabc,1,q,a\nabc,2,q,a\nabc,1,r,a\n");
        assert_eq!(result.notes[0].0, Guid::new("abc"));
        assert_eq!((result.notes.len(), result.duplicates, result.rejected.len()), (1, 1, 1));
        assert_eq!(result.rejected[0].problems[0].line, 4);
    }
}
