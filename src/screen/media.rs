//! Opening images and sounds in the programs that the platform has for them.

use std::ffi::{OsStr, OsString};

use crate::error::{Error, Kind, Result};
use crate::study::Session;
use crate::text;

/// Images and sounds that are opened at once.
pub(super) const MOST: usize = 3;

/// What to open for an image or a sound that a note names: an address on the web, or a file of the collection that is
/// known to be one. Nothing else that a note names is run.
pub(super) fn place(session: &mut dyn Session, source: &str) -> Result<OsString> {
    let shown = text::one_line(source, 60);
    if text::is_address(source) {
        let is_strange =
            |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '<' | '>' | '`');
        if source.contains(is_strange) {
            return Err(Error::new(Kind::Input, format!("{shown:?} is no address of an image")));
        }
        return Ok(source.into());
    }
    if source.starts_with("data:") {
        return Err(Error::new(
            Kind::NotFound,
            "the image is in the note itself and cannot be opened from here",
        ));
    }
    let Some(file) = session.medium(source)? else {
        return Err(Error::new(Kind::NotFound, format!("{shown:?} is not in the collection")).hint(
            "an image on the web (https://...) can be opened, and what came with a package of Anki's",
        ));
    };
    if file.extension().is_none() {
        return Err(Error::new(Kind::Input, format!("{shown:?} is no image and no sound that is known"))
            .hint(format!("its bytes are in {}", file.display())));
    }
    Ok(file.into())
}

/// Opens an address or a file.
pub(super) fn open(place: &OsStr) -> Result<()> {
    open::that_detached(place).map_err(|cause| {
        Error::new(Kind::Io, format!("there is no program that opens it ({cause})"))
            .hint(format!("it is {}", text::one_line(&place.to_string_lossy(), 200)))
    })
}

/// What was opened.
pub(super) fn opened(source: &str) -> String {
    format!("opened: {}", text::one_line(source, 60))
}
