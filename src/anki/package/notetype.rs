//! matura's own notetypes in Anki: with names and ids of their own, so that no profile's notetype is touched.

use serde_json::{Value, json};

/// A notetype of matura's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notetype {
    Basic,
    Reversed,
    Typed,
    TypedReversed,
    Cloze,
    Choice,
    Blanks,
}

/// What stands in all of them behind what is their own, in this order.
const COMMON: [&str; 7] = ["Code", "Hint", "Explanation", "Mistakes", "Check", "Source", "Data"];

const STYLE: &str = include_str!("templates/style.css");
const AFTER: &str = include_str!("templates/after.html");
const CHOICE: &str = include_str!("templates/choice.html");
const SCRIPT: &str = include_str!("templates/choice.js");

const HINT: &str = "{{#Hint}}<details><summary>Hint</summary>{{Hint}}</details>{{/Hint}}";

impl Notetype {
    pub(super) const ALL: [Self; 7] = [
        Self::Basic,
        Self::Reversed,
        Self::Typed,
        Self::TypedReversed,
        Self::Cloze,
        Self::Choice,
        Self::Blanks,
    ];

    /// Its id in every package, as Anki counts them: milliseconds since 1970.
    pub(super) const fn id(self) -> i64 {
        1_763_900_000_000 + self as i64
    }

    /// Its name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Basic => "matura Basic",
            Self::Reversed => "matura Basic (and reversed card)",
            Self::Typed => "matura Basic (type in the answer)",
            Self::TypedReversed => "matura Basic (typed, and reversed card)",
            Self::Cloze => "matura Cloze",
            Self::Choice => "matura Choice",
            Self::Blanks => "matura Blanks",
        }
    }

    /// The names of its fields in order.
    pub(super) fn fields(self) -> impl Iterator<Item = &'static str> {
        let own: &[&str] = match self {
            Self::Basic | Self::Reversed | Self::Typed | Self::TypedReversed => &["Front", "Back", "Also"],
            Self::Cloze => &["Text"],
            Self::Choice => &["Front", "Options", "Answer", "Right", "Several", "Order"],
            Self::Blanks => &["Text", "Words", "Also"],
        };
        own.iter().chain(&COMMON).copied()
    }

    const fn is_cloze(self) -> bool {
        matches!(self, Self::Cloze | Self::Blanks)
    }

    /// The names, fronts and backs of its cards.
    fn templates(self) -> Vec<(&'static str, String, String)> {
        let question = format!("<div class=\"question\">{{{{Front}}}}</div>\n{{{{Code}}}}\n{HINT}");
        let back = |front: &str, answer: &str| format!("{front}\n<hr id=answer>\n{answer}\n{}", self.after());
        let turned = "<div class=\"question\">{{Back}}</div>";
        match self {
            Self::Basic => vec![("Card 1", question, back("{{FrontSide}}", "{{Back}}"))],
            Self::Reversed => vec![
                ("Card 1", question, back("{{FrontSide}}", "{{Back}}")),
                ("Card 2", turned.to_owned(), back("{{FrontSide}}", "{{Front}}\n{{Code}}")),
            ],
            Self::Typed => vec![self.typed(&question)],
            Self::TypedReversed => {
                let front = format!("{turned}\n{{{{type:Front}}}}");
                let answer = back(turned, "{{type:Front}}\n{{Code}}");
                vec![self.typed(&question), ("Card 2", front, answer)]
            }
            Self::Cloze => {
                let text = |hint: &str| format!("<div>{{{{cloze:Text}}}}</div>\n{{{{cloze:Code}}}}\n{hint}");
                vec![("Cloze", text(HINT), format!("{}\n{}", text(""), self.after()))]
            }
            Self::Blanks => {
                let words = "{{#Words}}<div class=\"part note\">Words: {{Words}}</div>{{/Words}}";
                let text = |more: &str| format!("<div>{{{{cloze:Text}}}}</div>\n{{{{cloze:Code}}}}\n{more}");
                let front = text(&format!("{words}\n{HINT}"));
                vec![("Blanks", front, format!("{}\n{}", text(""), self.after()))]
            }
            Self::Choice => {
                let script =
                    |is_back: &str| format!("<script>\n{}</script>", SCRIPT.replace("__IS_BACK__", is_back));
                let right = "<div class=\"part\"><div class=\"label\">Right</div>{{Right}}</div>";
                let answer = format!("{CHOICE}<hr id=answer>\n{right}\n{}{}", self.after(), script("true"));
                vec![("Choice", format!("{CHOICE}{}", script("false")), answer)]
            }
        }
    }

    fn typed(self, question: &str) -> (&'static str, String, String) {
        let answer = format!("{question}\n<hr id=answer>\n{{{{type:Back}}}}\n{}", self.after());
        ("Card 1", format!("{question}\n{{{{type:Back}}}}"), answer)
    }

    /// What comes with the answer. A template may name only fields that its notetype has.
    fn after(self) -> String {
        let has_also = self.fields().any(|field| field == "Also");
        AFTER
            .lines()
            .filter(|line| has_also || !line.contains("Also"))
            .map(|line| format!("{line}\n"))
            .collect()
    }

    /// It as a collection of Anki's schema 11 has it.
    pub(super) fn model(self) -> Value {
        let field = |(place, name): (usize, &str)| {
            json!({ "name": name, "ord": place, "sticky": false, "rtl": false, "font": "Arial", "size": 20,
                "description": "", "plainText": false, "collapsed": name == "Data", "excludeFromSearch": name == "Data",
                "media": [] })
        };
        let template = |(place, (name, front, back)): (usize, (&str, String, String))| {
            json!({ "name": name, "ord": place, "qfmt": front, "afmt": back, "did": null, "bqfmt": "", "bafmt": "",
                "bfont": "", "bsize": 0 })
        };
        json!({
            "id": self.id(),
            "name": self.name(),
            "type": i32::from(self.is_cloze()),
            "mod": MADE,
            "usn": -1,
            "sortf": 0,
            "did": null,
            "tags": [],
            "vers": [],
            "css": STYLE,
            "flds": self.fields().enumerate().map(field).collect::<Vec<_>>(),
            "tmpls": self.templates().into_iter().enumerate().map(template).collect::<Vec<_>>(),
            "latexPre": "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n",
            "latexPost": "\\end{document}",
            "latexsvg": false,
            "req": [],
        })
    }
}

/// When the notetypes were made as they are, in seconds since 1970: Anki takes a newer one over an older.
const MADE: i64 = 1_764_000_000;
