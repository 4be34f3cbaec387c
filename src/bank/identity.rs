//! Which note of a bank is which: guids, and what stands in it twice.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::quality::RandomState;

use super::{Draft, Problem, Rejected};
use crate::model::{Body, Content, DeckName, Difficulty, Field, Guid, GuidKey};
use crate::text;

/// Gives the notes of banks their guids, one after another.
///
/// A guid that the bank states stands. Else it comes from the scope (the top level of the note's deck) and the
/// bank's id, or without one from kind, prompt, code and sorted options; so it stays when the answer is
/// corrected. Of two notes of a bank with one key and other content the later has its answer in the key as well,
/// and everything it says if that is not enough.
///
/// What was seen is kept as hashes, 24 bytes a note: two notes are taken for one another by chance once in 10^19.
#[derive(Debug, Default)]
pub struct Identifier {
    seen: HashMap<u64, Seen, foldhash::fast::RandomState>,
    files: Vec<String>,
    hasher: RandomState,
}

/// A note that was seen, under the hash of its guid.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// Which of the banks stated it last.
    file: u32,
    line: u32,
    /// The hash of what it says.
    content: u64,
}

/// What a note of a bank is among the notes before it.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "nearly all are notes")]
pub enum Identified {
    /// Another note than those before it; with a warning if it shares its key with one of them.
    Note(Guid, Draft, Option<Problem>),
    /// One that stands in the bank already, word for word.
    Duplicate(Problem),
    /// One that states the guid of an earlier note, or the key of one in another bank, and says something else.
    Rejected(Rejected),
}

/// What an earlier row of the same bank has to do with this one.
enum Earlier {
    None,
    Same(u32),
    SharesKey(u32),
    StatesGuid(u32),
}

impl Identifier {
    /// Goes to the next bank.
    pub fn begin(&mut self, file: &str) {
        self.files.push(file.to_owned());
    }

    /// Finds out which note a draft is.
    pub fn identify(&mut self, draft: Draft) -> Identified {
        let content = self.hasher.hash_one(&draft.content);
        let (guid, key, earlier) = self.find_guid(&draft, content);
        let warning = match earlier {
            Earlier::None => None,
            Earlier::Same(line) => return Identified::Duplicate(duplicate(&draft, line)),
            Earlier::SharesKey(line) => Some(shared_key(&draft, line)),
            Earlier::StatesGuid(line) => {
                return Identified::Rejected(Rejected::one(stated_twice(&draft, line), draft.span));
            }
        };
        // A note that two banks of one import state differently would be the first's only for a moment.
        if let Some(other) = self.seen.get(&key).filter(|other| other.content != content) {
            let file = self.files.get(usize::try_from(other.file).unwrap_or(usize::MAX));
            let problem = contradicts(&draft, other.line, file.map_or("another bank", String::as_str));
            return Identified::Rejected(Rejected::one(problem, draft.span));
        }
        let line = u32::try_from(draft.line).unwrap_or(u32::MAX);
        self.seen.insert(key, Seen { file: self.file(), line, content });
        Identified::Note(guid, draft, warning)
    }

    fn file(&self) -> u32 {
        u32::try_from(self.files.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    fn key(&self, guid: &Guid) -> u64 {
        self.hasher.hash_one(guid.as_str())
    }

    /// The note of this bank that was seen under a hash already.
    fn earlier(&self, key: u64) -> Option<Seen> {
        self.seen.get(&key).copied().filter(|seen| seen.file == self.file())
    }

    /// The guid of a draft with its hash, and the note that has it already.
    fn find_guid(&self, draft: &Draft, content: u64) -> (Guid, u64, Earlier) {
        if let Some(guid) = &draft.guid {
            let key = self.key(guid);
            let found = match self.earlier(key) {
                None => Earlier::None,
                Some(first) if first.content == content => Earlier::Same(first.line),
                Some(first) => Earlier::StatesGuid(first.line),
            };
            return (guid.clone(), key, found);
        }
        let mut parts = key_of(draft);
        let mut guid = parts.guid();
        let mut key = self.key(&guid);
        let mut shared = Earlier::None;
        for more in [answer_text as fn(&Content) -> String, everything_else] {
            match self.earlier(key) {
                None => return (guid, key, shared),
                Some(first) if first.content == content => return (guid, key, Earlier::Same(first.line)),
                Some(first) => shared = Earlier::SharesKey(first.line),
            }
            parts.push(&more(&draft.content));
            guid = parts.guid();
            key = self.key(&guid);
        }
        let found = self.earlier(key).map_or(shared, |first| Earlier::Same(first.line));
        (guid, key, found)
    }
}

fn key_of(draft: &Draft) -> GuidKey {
    key_in(draft, draft.deck.as_ref().map(DeckName::top).unwrap_or_default())
}

fn key_in(draft: &Draft, scope: &str) -> GuidKey {
    if let Some(id) = &draft.id {
        return GuidKey::new(scope, [id.as_str()]);
    }
    let content = &draft.content;
    let mut key = GuidKey::new(
        scope,
        [content.kind().name(), &content.prompt, content.code_text().unwrap_or_default()],
    );
    let options: &[String] = match &content.body {
        Body::Choice(choice) => &choice.options,
        Body::Blanks(blanks) => &blanks.bank,
        Body::Fact(_) | Body::Cloze => &[],
    };
    // in the order that they have with their case folded, so that a change of case moves none
    let mut options: Vec<String> = options.iter().map(|option| text::fold(option)).collect();
    options.sort_unstable();
    for option in &options {
        key.push_folded(option);
    }
    key
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

/// The guids that a note can have: that of its key first, then with its answer and with everything in it, for a note
/// that says something else under the same key.
pub fn guids(draft: &Draft) -> Vec<Guid> {
    if let Some(guid) = &draft.guid {
        return vec![guid.clone()];
    }
    let mut key = key_of(draft);
    let mut guids = vec![key.guid()];
    for more in [answer_text as fn(&Content) -> String, everything_else] {
        key.push(&more(&draft.content));
        guids.push(key.guid());
    }
    guids
}

/// The guid that a note would have if its deck stood below `scope`; none if the bank states one.
pub fn guid_in_scope(draft: &Draft, scope: &str) -> Option<Guid> {
    draft.guid.is_none().then(|| key_in(draft, scope).guid())
}

fn duplicate(draft: &Draft, line: u32) -> Problem {
    Problem::new(
        draft.line,
        format!("stands on line {line} already, word for word; it is taken once"),
        "remove one of the two if you like",
    )
}

fn contradicts(draft: &Draft, line: u32, file: &str) -> Problem {
    let what = if draft.id.is_some() { "id" } else { "question" };
    Problem::new(
        draft.line,
        format!("line {line} of {file} has the same {what} and says something else"),
        "give them other ids, or import the files one by one into decks with other top levels (--deck)",
    )
}

fn shared_key(draft: &Draft, line: u32) -> Problem {
    let (column, what) = if draft.id.is_some() { (Field::Id, "id") } else { (Field::Prompt, "question") };
    Problem::new(
        draft.line,
        format!("line {line} has the same {what} and says something else; both are kept"),
        "give each an id of its own if both are meant, else remove one",
    )
    .in_column(column.name())
}

fn stated_twice(draft: &Draft, line: u32) -> Problem {
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

    #[derive(Default)]
    struct Found {
        notes: Vec<(Guid, Draft)>,
        warnings: Vec<Problem>,
        duplicates: Vec<Problem>,
        rejected: Vec<Rejected>,
    }

    fn take(identifier: &mut Identifier, csv: &str, found: &mut Found) {
        let reading = bank::read(&bank::Native, csv).unwrap();
        assert_eq!(reading.rejected, []);
        for draft in reading.drafts {
            match identifier.identify(draft) {
                Identified::Note(guid, draft, warning) => {
                    found.notes.push((guid, draft));
                    found.warnings.extend(warning);
                }
                Identified::Duplicate(problem) => found.duplicates.push(problem),
                Identified::Rejected(rejected) => found.rejected.push(rejected),
            }
        }
    }

    fn identified(csv: &str) -> Found {
        let (mut identifier, mut found) = (Identifier::default(), Found::default());
        identifier.begin("bank.csv");
        take(&mut identifier, csv, &mut found);
        found
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
        assert_eq!((result.notes.len(), result.duplicates.len(), result.warnings.len()), (2, 2, 1));
        assert_eq!(result.warnings[0].line, 4);
        assert!(result.warnings[0].message.contains("line 2"));
        let three = identified("prompt,answer,hint\nq,a,\nq,b,\nq,b,h\nq,b,h\n");
        assert_eq!((three.notes.len(), three.duplicates.len()), (3, 1));
        assert!(three.duplicates[0].to_string().starts_with("5: stands on line 4 already"));
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
        assert_eq!((result.notes.len(), result.duplicates.len(), result.rejected.len()), (1, 1, 1));
        assert_eq!(result.rejected[0].problems[0].line, 4);
    }

    #[test]
    fn banks_that_contradict_each_other_are_told_and_those_that_agree_are_not() {
        let (mut identifier, mut found) = (Identifier::default(), Found::default());
        identifier.begin("one.csv");
        take(&mut identifier, "id,prompt,answer\n1,q,a\n2,r,a\n", &mut found);
        identifier.begin("two.csv");
        take(&mut identifier, "id,prompt,answer\n2,r,a\n2,r,a\n1,q,b\n", &mut found);
        assert_eq!((found.notes.len(), found.duplicates.len(), found.rejected.len()), (3, 1, 1));
        let told = found.rejected[0].problems[0].to_string();
        assert!(told.starts_with("4: line 2 of one.csv has the same id"), "{told}");
    }
}
