//! The images and sounds that come with a package.

use std::collections::HashMap;
use std::sync::Arc;

use super::banks::Bank;
use crate::anki::package::Media;
use crate::error::Result;
use crate::store::Tx;
use crate::store::media::{self, Digest, Folder, Medium};
use crate::text;

/// What a package has, and as what it comes in.
#[derive(Debug, Default)]
pub(super) struct Arriving {
    packed: Arc<Media>,
    /// Other names for those of which the name is another's here.
    pub(super) names: HashMap<String, String>,
    media: HashMap<String, Medium>,
}

/// Bytes that a name keeps at most before what tells it from another's.
const STEM: usize = 80;

impl Arriving {
    pub(super) fn of(packed: Arc<Media>) -> Self {
        Self { packed, ..Self::default() }
    }
}

/// Gives the images and sounds of a bank their names.
pub(super) fn name(tx: &Tx<'_>, bank: &mut Bank) -> Result<()> {
    let Arriving { packed, names, media } = &mut bank.media;
    let mut added = 0;
    packed.each(|name, bytes| {
        let medium = Medium::of(bytes);
        let (free, is_new) = free_name(tx, name, &medium)?;
        if is_new {
            media::add(tx, &free, &medium)?;
            added += 1;
        }
        if free != name {
            names.insert(name.to_owned(), free);
        }
        media.insert(name.to_owned(), medium);
        Ok(())
    })?;
    bank.report.media = added;
    Ok(())
}

/// Puts their bytes into the folder beside the collection.
pub(super) fn put(folder: &Folder, bank: &Bank) -> Result<()> {
    let Arriving { packed, media, .. } = &bank.media;
    if media.values().all(|medium| folder.has(medium)) {
        return Ok(());
    }
    packed.each(|name, bytes| media.get(name).map_or(Ok(()), |medium| folder.put(medium, bytes)))
}

/// A name that is free, or means these very bytes, and whether it is free.
fn free_name(tx: &Tx<'_>, name: &str, medium: &Medium) -> Result<(String, bool)> {
    for name in [name.to_owned(), told_apart(name, &medium.sha256, 4), told_apart(name, &medium.sha256, 32)] {
        match media::get(tx, &name)? {
            None => return Ok((name, true)),
            Some(known) if known.sha256 == medium.sha256 => return Ok((name, false)),
            Some(_) => {}
        }
    }
    Err(crate::error::Error::internal("two files have one digest"))
}

fn told_apart(name: &str, digest: &Digest, bytes: usize) -> String {
    let digest = text::hex(digest.iter().take(bytes));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let stem: String = stem.char_indices().take_while(|(at, _)| *at < STEM).map(|(_, c)| c).collect();
    if ending.is_empty() || ending.len() > 5 {
        format!("{stem}-{digest}")
    } else {
        format!("{stem}-{digest}.{ending}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_apart_by_the_bytes_and_keeps_its_ending() {
        let digest = [0xab; 32];
        for (name, apart) in
            [("a.png", "a-abab.png"), ("a", "a-abab"), ("a.b.jpg", "a.b-abab.jpg"), ("a. long end", "a-abab")]
        {
            assert_eq!(told_apart(name, &digest, 2), apart);
        }
        assert!(told_apart(&"日".repeat(60), &digest, 32).len() <= STEM + 3 + 65);
    }
}
