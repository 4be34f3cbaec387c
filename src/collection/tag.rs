//! Tags of notes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Collection, NoteLine, Selection, steps};
use crate::error::{Error, Kind, Result};
use crate::model::{Act, LEECH_TAG, Tags};
use crate::store::note::By;
use crate::store::{card, note};
use crate::text::fold;

/// A tag with the number of notes that have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TagLine {
    /// The tag.
    pub tag: String,
    /// Notes that have it; those with a tag below it apart.
    pub notes: u32,
}

impl Collection {
    /// Every tag, in alphabetical order.
    pub fn tags(&mut self) -> Result<Vec<TagLine>> {
        self.read(|tx, _| {
            let mut counts: BTreeMap<(String, String), u32> = BTreeMap::new();
            for tags in note::all_tags(tx)? {
                for tag in tags.iter() {
                    *counts.entry((fold(tag), tag.to_owned())).or_default() += 1;
                }
            }
            Ok(counts.into_iter().map(|((_, tag), notes)| TagLine { tag, notes }).collect())
        })
    }

    /// Gives notes tags and takes others away; gives those that have other tags now.
    pub fn tag(&mut self, notes: &Selection, add: &Tags, remove: &Tags) -> Result<Vec<NoteLine>> {
        self.operate(Act::Tag, |tx, context| {
            let mut changed = Vec::new();
            for stored in steps::chosen_notes(tx, context, notes)? {
                let mut content = stored.note.content.clone();
                content.tags = content.tags.without(remove).and(add);
                let mut differs = steps::rewrite(tx, context, &stored, &content)?;
                if stored.note.leech && remove.has(LEECH_TAG) {
                    note::place(tx, stored.id, stored.deck_id, &stored.suspended, By::Learner, context.now)?;
                    note::set_leeches(tx, stored.id, &[])?;
                    differs = true;
                }
                if differs && let Some(now) = note::get(tx, stored.id)? {
                    changed.push(NoteLine::of(&now, &card::of_note(tx, now.id)?, context.now.day));
                }
            }
            Ok(changed)
        })
    }

    /// Gives a tag another name, on every note that has it or one below it; gives the two names and the number of notes.
    pub fn rename_tag(&mut self, old: &str, new: &str) -> Result<(String, String, u32)> {
        let name = |text: &str| {
            let tags = Tags::new([text]);
            let name = tags.iter().next().map(str::to_owned);
            name.ok_or_else(|| Error::new(Kind::Usage, format!("{text:?} is no tag")))
        };
        let (old, new) = (name(old)?, name(new)?);
        self.operate(Act::Tag, |tx, context| {
            let mut changed = 0;
            for stored in note::all(tx)? {
                let content = &stored.note.content;
                if content.tags.has(&old) {
                    let tags = content.tags.renamed(&old, &new);
                    let content = crate::model::Content { tags, ..content.clone() };
                    changed += u32::from(steps::rewrite(tx, context, &stored, &content)?);
                }
            }
            Ok((old, new, changed))
        })
    }
}
