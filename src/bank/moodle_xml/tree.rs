//! The questions of an XML file, one after the other.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::bank::lines::count_breaks;
use crate::error::{Error, Kind, Result};
use crate::text;

/// Deeper than any question; more would be an attack.
const DEEPEST: usize = 32;

/// An element with all that is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    /// The text that stands directly in it.
    text: String,
    /// Whether that is markup: HTML that somebody wrote without marking it as text.
    has_tags: bool,
    /// Where its inside begins.
    begin: usize,
    children: Vec<Element>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The elements in it with this name.
    pub(super) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element in it with this name.
    pub(super) fn first(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Its text: that of its `<text>`, or its own.
    pub(super) fn text(&self) -> &str {
        self.first("text").map_or(self.text.as_str(), |inner| inner.text.as_str())
    }

    /// Whether its text has tags in it.
    pub(super) fn has_tags(&self) -> bool {
        self.first("text").map_or(self.has_tags, |inner| inner.has_tags)
    }

    /// The text of the element with this name in it.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.first(name).map(|child| child.text().trim()).filter(|text| !text.is_empty())
    }
}

/// Reads the questions of a file.
pub(super) struct Questions<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// Where lines were counted to, and which line that is.
    counted: usize,
    line: u64,
    /// The elements around the next question.
    around: Vec<(String, u64)>,
}

impl<'t> Questions<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, reader: reader(text), counted: 0, line: 1, around: Vec::new() }
    }

    /// The next question with its line and its bytes.
    pub(super) fn next(&mut self) -> Result<Option<(Element, u64, Range<usize>)>> {
        loop {
            let begin = self.position();
            let event = self.event()?;
            let is_empty = matches!(event, Event::Empty(_));
            match event {
                Event::Start(start) | Event::Empty(start) => {
                    let line = self.line_at(begin);
                    let element = element(&start);
                    if element.name == "question" {
                        let element = if is_empty { element } else { self.inside(element, line)? };
                        return Ok(Some((element, line, begin..self.position())));
                    }
                    if !is_empty {
                        self.around.push((element.name, line));
                        self.bounded(self.around.len())?;
                    }
                }
                Event::End(_) => {
                    self.around.pop();
                }
                Event::Eof => {
                    return match self.around.pop() {
                        Some((name, line)) => Err(unclosed(&name, line)),
                        None => Ok(None),
                    };
                }
                _ => {}
            }
        }
    }

    /// The element whose beginning was read on `line`, with all that is in it.
    fn inside(&mut self, root: Element, line: u64) -> Result<Element> {
        let mut open = vec![root];
        // how many elements are open within a text
        let mut tags = 0;
        loop {
            let begin = self.position();
            let event = self.event()?;
            let depth = open.len() + tags;
            let Some(here) = open.last_mut() else { return Err(unclosed("question", line)) };
            let in_text = here.name == "text";
            match event {
                Event::Start(_) if in_text => {
                    here.has_tags = true;
                    tags += 1;
                    self.bounded(depth)?;
                }
                Event::Empty(_) if in_text => here.has_tags = true,
                Event::End(_) if tags > 0 => tags -= 1,
                Event::Start(start) => {
                    open.push(Element { begin: self.position(), ..element(&start) });
                    self.bounded(depth)?;
                }
                Event::Empty(start) => here.children.push(element(&start)),
                Event::End(_) if here.has_tags => {
                    self.text.get(here.begin..begin).unwrap_or_default().clone_into(&mut here.text);
                    close(&mut open);
                }
                Event::End(_) => {
                    if let Some(whole) = close(&mut open) {
                        return Ok(whole);
                    }
                }
                // a file is a picture or a sound as letters
                _ if here.name == "file" => {}
                Event::Text(text) => here.text.push_str(&text.into_inner()),
                Event::CData(data) => here.text.push_str(&data.into_inner()),
                Event::GeneralRef(reference) => here.text.push_str(&referred(&reference.into_inner())),
                Event::Eof => return Err(unclosed("question", line)),
                _ => {}
            }
        }
    }

    fn event(&mut self) -> Result<Event<'t>> {
        self.reader.read_event().map_err(|error| {
            let at = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
            let line = 1 + count_breaks(self.text.get(..at.min(self.text.len())).unwrap_or_default());
            broken(line, &text::one_line(&error.to_string(), 120))
        })
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The line of a byte after those asked for before.
    fn line_at(&mut self, at: usize) -> u64 {
        self.line += count_breaks(self.text.get(self.counted..at).unwrap_or_default());
        self.counted = at;
        self.line
    }

    fn bounded(&mut self, depth: usize) -> Result<()> {
        if depth <= DEEPEST {
            return Ok(());
        }
        let at = self.position();
        let line = self.line_at(at);
        Err(broken(line, &format!("elements are nested more than {DEEPEST} deep")))
    }
}

/// Puts the innermost open element into the one around it; gives it if there is none.
fn close(open: &mut Vec<Element>) -> Option<Element> {
    let done = open.pop()?;
    match open.last_mut() {
        Some(parent) => {
            parent.children.push(done);
            None
        }
        None => Some(done),
    }
}

/// Whether the first element of a text has this name.
pub(super) fn has_root(text: &str, name: &str) -> bool {
    if !text.trim_start().starts_with('<') {
        return false;
    }
    let mut reader = reader(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => return start.name().as_ref() == name,
            Ok(Event::Eof | Event::End(_)) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

/// A reader that takes a bare `&` as a letter, as people write it. It follows no reference out of the file.
fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    reader
}

fn element(start: &BytesStart<'_>) -> Element {
    let attribute = |attribute: quick_xml::events::attributes::Attribute<'_>| {
        let value = attribute.normalized_value(quick_xml::XmlVersion::default());
        (attribute.key.as_ref().to_owned(), value.map(std::borrow::Cow::into_owned).unwrap_or_default())
    };
    Element {
        name: start.name().as_ref().to_owned(),
        attributes: start.attributes().flatten().map(attribute).collect(),
        ..Element::default()
    }
}

/// What `&name;` stands for. One that is none of XML's own is a mark of the HTML in the text.
fn referred(name: &str) -> String {
    let code = name.strip_prefix('#').and_then(|code| {
        code.strip_prefix(['x', 'X'])
            .map_or_else(|| code.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())
    });
    if let Some(c) = code.and_then(char::from_u32) {
        return c.to_string();
    }
    let own = match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => return format!("&{name};"),
    };
    own.to_owned()
}

fn unclosed(name: &str, line: u64) -> Error {
    broken(line, &format!("<{name}> is never closed"))
}

fn broken(line: u64, what: &str) -> Error {
    Error::new(Kind::Input, format!("line {line}: {what}"))
        .hint("mend the XML there, or export the bank from Moodle again")
}
