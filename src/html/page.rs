//! A page of text in the making: white space is kept back until something follows it.

/// Text that grows as a browser would lay it out.
#[derive(Debug, Default)]
pub(super) struct Page {
    text: String,
    /// Line ends that come before the next character.
    breaks: usize,
    /// Blanks that a browser would fold come before it.
    soft: bool,
    /// Blanks that it would not fold.
    hard: usize,
    /// Whether nothing stands yet behind the mark of a list item.
    marked: bool,
}

/// More line ends than these are no more to see.
const MOST_BREAKS: usize = 2;

impl Page {
    /// A character that is to be seen.
    pub(super) fn character(&mut self, c: char) {
        self.flush();
        self.text.push(c);
    }

    /// White space of HTML.
    pub(super) fn soft_blank(&mut self) {
        self.soft = true;
    }

    /// A blank that stays.
    pub(super) fn hard_blank(&mut self) {
        self.hard += 1;
    }

    /// The end of a line.
    pub(super) fn line_end(&mut self) {
        self.breaks = MOST_BREAKS.min(self.breaks + 1);
        self.forget_blanks();
    }

    /// Goes to the beginning of a line, behind so many line ends.
    pub(super) fn block(&mut self, breaks: usize) {
        if self.marked {
            return;
        }
        // A block with nothing but a blank in it is an empty line.
        let empty_line = usize::from(self.hard > 0 && self.breaks > 0);
        self.breaks = MOST_BREAKS.min((self.breaks + empty_line).max(breaks));
        self.forget_blanks();
    }

    /// The mark of a list item, at the beginning of a line.
    pub(super) fn mark(&mut self, mark: &str) {
        self.marked = false;
        self.block(1);
        self.flush();
        self.text.push_str(mark);
        self.marked = true;
    }

    /// Lines as they are.
    pub(super) fn verbatim(&mut self, lines: &str) {
        if !lines.is_empty() {
            self.flush();
            self.text.push_str(lines);
        }
    }

    /// The place where the next character goes, with what was kept back put before it.
    pub(super) fn here(&mut self) -> usize {
        self.flush();
        self.text.len()
    }

    /// What was written from a place on.
    pub(super) fn since(&self, place: usize) -> &str {
        self.text.get(place..).unwrap_or_default()
    }

    /// Puts a character into an earlier place.
    pub(super) fn insert(&mut self, place: usize, c: char) {
        if self.text.is_char_boundary(place) {
            self.text.insert(place, c);
        }
    }

    /// Takes back what was written from a place on.
    pub(super) fn take_back(&mut self, place: usize) {
        if self.text.is_char_boundary(place) {
            self.text.truncate(place);
        }
    }

    /// The text.
    pub(super) fn finish(mut self) -> String {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        self.text
    }

    fn forget_blanks(&mut self) {
        (self.soft, self.hard) = (false, 0);
    }

    fn flush(&mut self) {
        let at_line_start = self.breaks > 0 || self.text.ends_with(['\n', ' ']);
        if !self.text.is_empty() {
            self.text.extend(std::iter::repeat_n('\n', self.breaks));
            let blanks = self.hard + usize::from(self.soft && !at_line_start);
            self.text.extend(std::iter::repeat_n(' ', blanks));
        }
        self.breaks = 0;
        self.marked = false;
        self.forget_blanks();
    }
}
