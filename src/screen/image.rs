//! Opening an image in the program that the platform has for it.

use crate::error::{Error, Kind, Result};
use crate::text;

/// Images that are opened at once.
pub(super) const MOST: usize = 3;

/// The address of an image, if it is one that may be opened: on the web. Nothing else that a bank names is run.
pub(super) fn address(source: &str) -> Result<&str> {
    let shown = || text::one_line(source, 60);
    let is_web = ["https://", "http://"]
        .iter()
        .any(|scheme| source.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    if !is_web {
        let message = if source.starts_with("data:") {
            "the image is in the note itself and cannot be opened from here".to_owned()
        } else {
            format!("the image {:?} is not in the collection", shown())
        };
        return Err(
            Error::new(Kind::NotFound, message).hint("an image on the web (https://...) can be opened")
        );
    }
    if source
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '<' | '>' | '`'))
    {
        return Err(Error::new(Kind::Input, format!("{:?} is no address of an image", shown())));
    }
    Ok(source)
}

/// Opens an address.
pub(super) fn open(address: &str) -> Result<()> {
    open::that_detached(address).map_err(|cause| {
        Error::new(Kind::Io, format!("there is no program that opens it ({cause})"))
            .hint(format!("its address is {}", text::one_line(address, 200)))
    })
}

/// What was opened.
pub(super) fn opened(address: &str) -> String {
    format!("opened: {}", text::one_line(address, 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_images_on_the_web_are_opened() {
        for good in ["https://x.org/a.png?b=c&d#e", "HTTP://x.org"] {
            assert_eq!(address(good).unwrap(), good);
        }
        for bad in [
            "a.png",
            "/bin/sh",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:image/png;base64,AA",
            "-x",
            "https://x.org/a b",
            "https://x.org/\u{1b}[0m",
            "https://x.org/\"",
            "é",
            "",
        ] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }
}
