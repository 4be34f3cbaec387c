//! What a bank that states a note again makes of it, where the learner has edited it too.

use std::borrow::Cow;

use crate::bank::native::{Cells, Merged, compose, content_cells, merge};
use crate::bank::{Base, Draft, Problem, Went};
use crate::collection::steps;
use crate::error::Result;
use crate::html;
use crate::model::{Body, Content, Field};
use crate::store::note::Stored;

/// What becomes of a note.
pub(super) struct Update<'c> {
    /// What the bank said of it before.
    pub(super) before: Cow<'c, Content>,
    /// What it says from now on.
    pub(super) content: Cow<'c, Content>,
    /// What the bank says, if that is something else.
    pub(super) bank_says: Option<String>,
    /// Fields of which the learner's text gave way to the bank's.
    lost: Vec<Field>,
    /// What the note said.
    own: &'c Content,
}

impl<'c> Update<'c> {
    /// What a draft makes of a note. `is_banks` says whether it is a later version of what the bank said, or else the
    /// learner's own change in another program, of which the next version of the bank knows nothing.
    pub(super) fn of(stored: &'c Stored, draft: &'c Draft, is_banks: bool) -> Result<Self> {
        let own = &stored.note.content;
        let kept = stored.bank_says.as_deref().and_then(Cells::from_json);
        let update = |before, content: Cow<'c, Content>, lost| -> Result<Self> {
            let bank_says = if is_banks {
                (*content != draft.content).then(|| content_cells(&draft.content).to_json()).transpose()?
            } else {
                steps::own_words(stored, &content)?
            };
            Ok(Self { before, content, bank_says, lost, own })
        };
        let base = match (&draft.base, kept) {
            (Base::Went(Went { content: None, .. }), _) => {
                return update(Cow::Borrowed(own), Cow::Borrowed(own), Vec::new());
            }
            (Base::Went(Went { content: Some(went), altered, .. }), _) => {
                let (mut base, learner) = (content_cells(went), content_cells(own));
                for altered in altered {
                    // of what the learner changed too nothing is left
                    let own = learner.get(altered.field);
                    let text = html::to_text(own);
                    let was = [own, &text].into_iter().find(|text| altered.was(text));
                    base.put(altered.field, was.unwrap_or_default());
                }
                base
            }
            (Base::Kept, Some(kept)) => kept,
            (Base::Kept, None) => {
                return update(Cow::Borrowed(own), Cow::Borrowed(&draft.content), Vec::new());
            }
            (Base::Nothing, kept) => {
                let is_other = kept.is_some_and(|kept| kept != content_cells(&draft.content));
                let bank_says = stored.bank_says.clone().filter(|_| is_other);
                let (before, content) = (Cow::Borrowed(own), Cow::Borrowed(&draft.content));
                return Ok(Self { before, content, bank_says, lost: Vec::new(), own });
            }
        };
        // of a note that was written by hand no bank has said anything yet
        let before = compose(&base).map_or(Cow::Borrowed(own), |(draft, _)| Cow::Owned(draft.content));
        let alike = |all: [Cells; 3]| {
            let is_html = |cells: &Cells| !cells.get(Field::Html).is_empty();
            let is_mixed = all.iter().any(is_html) && !all.iter().all(is_html);
            if is_mixed { all.map(|cells| cells.in_html()) } else { all }
        };
        let [base, learner, stated] = alike([base, content_cells(own), content_cells(&draft.content)]);
        let Merged { cells, lost } = merge(&base, &learner, &stated);
        if cells == learner {
            return update(before, Cow::Borrowed(own), lost);
        }
        if cells == stated {
            return update(before, Cow::Borrowed(&draft.content), lost);
        }
        let is_html = own.html && draft.content.html;
        let cells = if is_html { None } else { cells.in_text() }.unwrap_or(cells);
        if let Ok((joined, _)) = compose(&cells) {
            return update(before, Cow::Owned(joined.content), lost);
        }
        // they do not go together, as gaps of the one and answers of the other do not
        let changed = base.changes(&learner).into_iter().map(|(field, _)| field);
        let lost = changed.filter(|field| learner.get(*field) != stated.get(*field)).collect();
        update(before, Cow::Borrowed(&draft.content), lost)
    }

    /// What the learner has to know of it, with all that is lost.
    pub(super) fn warnings(&self, line: u64) -> impl Iterator<Item = Problem> {
        let own = content_cells(self.own);
        self.lost.iter().map(move |field| {
            let text = match (&self.own.body, field) {
                (Body::Choice(choice), Field::Answer) => {
                    choice.right_options().collect::<Vec<_>>().join(" | ")
                }
                _ => own.get(*field).to_owned(),
            };
            let message =
                format!("it was changed there and here; the text of the file holds, yours was {text:?}");
            Problem::new(line, message, "matura edit puts yours back").in_column(field.name())
        })
    }
}
