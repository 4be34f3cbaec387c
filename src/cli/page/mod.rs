//! Pages for a browser that need nothing else: no script, no network.

use crate::html;
use crate::text;

/// A text as it stands in a page: what would turn what follows is made visible first.
pub(super) fn escape(shown: &str) -> String {
    html::escape(&text::scrub(shown))
}

/// A page of these parts.
pub(super) fn page(title: &str, below: &str, parts: Vec<Part>) -> String {
    let (title, below) = (escape(title), escape(below));
    let sections: String = parts.into_iter().map(section).collect();
    let style = include_str!("style.css");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title} · matura</title>\n<style>\n{style}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n\
         <p class=\"when\">{below}</p>\n</header>\n<main>\n{sections}</main>\n</body>\n</html>\n"
    )
}

/// A part of the page.
pub(super) struct Part {
    /// By what it is known among the others.
    pub(super) id: String,
    pub(super) title: String,
    /// Whether it takes the whole width.
    pub(super) across: bool,
    /// HTML.
    pub(super) body: String,
}

fn section(part: Part) -> String {
    let Part { id, across, body, .. } = part;
    let title = escape(&part.title);
    let across = if across { " class=\"across\"" } else { "" };
    format!("<section{across} aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n{body}\n</section>\n")
}

pub(super) fn paragraphs(lines: &[String]) -> String {
    lines.iter().map(|line| format!("<p>{}</p>", escape(line))).collect()
}

/// Columns of texts with which a table is too wide for a phone.
const WIDE: usize = 2;

/// A table with the first column as the name of each row; the others hold numbers, unless they are named as texts.
pub(super) fn table(caption: &str, titles: &[&str], texts: &[usize], rows: &[Vec<String>]) -> String {
    let class = |place: usize| if place == 0 || texts.contains(&place) { "" } else { " class=\"number\"" };
    let head: String = titles
        .iter()
        .enumerate()
        .map(|(place, title)| format!("<th scope=\"col\"{}>{}</th>", class(place), escape(title)))
        .collect();
    let row = |cells: &Vec<String>| {
        let cells = cells.iter().enumerate().map(|(place, cell)| match place {
            0 => format!("<th scope=\"row\">{}</th>", escape(cell)),
            _ => format!("<td{}>{}</td>", class(place), escape(cell)),
        });
        format!("<tr>{}</tr>", cells.collect::<String>())
    };
    let caption = escape(caption);
    let rows: String = rows.iter().map(row).collect();
    let table = format!(
        "<table aria-label=\"{caption}\"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    );
    if texts.len() < WIDE {
        return table;
    }
    // on a phone it is moved sideways, with the keyboard too
    format!("<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"{caption}\">{table}</div>")
}

/// The same, to be opened.
pub(super) fn behind(caption: &str, titles: &[&str], rows: &[Vec<String>]) -> String {
    format!(
        "<details><summary>{} as a table</summary>{}</details>",
        escape(caption),
        table(caption, titles, &[], rows)
    )
}
