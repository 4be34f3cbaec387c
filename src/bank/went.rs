//! What is known of a note that went out and came back.

use sha2::{Digest as _, Sha256};

use crate::model::{Content, DeckName, Field};
use crate::text::hex;

/// Against what a draft is held where the learner changed the note too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Base {
    /// What the bank said of it before, which the collection keeps.
    #[default]
    Kept,
    /// What it was when it went out to where it comes back from.
    Went(Went),
    /// Nothing: the draft is of an export of matura's own, and all of it is meant.
    Nothing,
}

/// A note as it went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Went {
    /// What it said; none if it still says that.
    pub content: Option<Box<Content>>,
    /// Texts in it that are known only as they are now.
    pub altered: Vec<Altered>,
    /// Where it stood.
    pub deck: Option<DeckName>,
    /// Whether it was marked.
    pub marked: bool,
}

/// A text that was changed since it went out, of which only a digest is left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Altered {
    /// The cell that holds it.
    pub field: Field,
    digest: String,
}

impl Altered {
    /// A text as it is now, and the digest of what it was; none if it is the same.
    pub fn since(field: Field, digest: &str, now: &str) -> Option<Self> {
        (digest_of(now) != digest).then(|| Self { field, digest: digest.to_owned() })
    }

    /// Whether it said this when it went out.
    pub fn was(&self, text: &str) -> bool {
        digest_of(text) == self.digest
    }
}

/// The first four bytes of the SHA-256 of a text, in hexadecimal digits.
pub fn digest_of(text: &str) -> String {
    hex(Sha256::digest(text).iter().take(4))
}
