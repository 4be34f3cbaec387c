//! The page in a real browser.

use serde_json::json;

use super::lived;
use crate::builder::Matura;
use crate::looked::looks_right;

/// The page as the program writes it.
fn page(matura: &Matura) -> String {
    let file = matura.path("learning.html");
    let report = matura.json(&["stats", "--days", "60", "--html", file.to_str().unwrap()]);
    assert_eq!(report, json!({ "file": file.to_str().unwrap() }));
    std::fs::read_to_string(&file).unwrap()
}

/// A life among whose hardest cards is one whose texts would be a page of their own.
fn hostile() -> Matura {
    let mut matura = lived(7, "2026-03-12", 30);
    let bank = "id,deck,kind,prompt,answer,typed,tags,level\nh,</title><script>owned=true</script>,fact,\"<img src=x onerror=\"\"owned=true\"\">\",right,yes,<b>\u{202e},\"\"\"><svg/onload=owned=true>\"\n";
    matura.import(bank);
    let cards = matura.cards();
    let card = cards.last().unwrap()["card"].to_string();
    for day in 1..=9 {
        matura.now(&format!("2026-04-{:02}T09:00:00Z", day + 10));
        let grade = if day == 1 { "right" } else { "</td><script>owned=true</script>" };
        matura.json(&["answer", &card, "--response", grade, "--final"]);
    }
    matura
}

#[test]
fn the_page_renders_in_light_dark_and_on_a_phone_without_an_error_and_passes_the_rules_for_accessible_pages()
{
    let matura = hostile();
    looks_right(&matura, &page(&matura), 13);
}

#[test]
fn the_page_is_whole_by_itself_and_its_tables_say_what_the_figures_say() {
    let matura = hostile();
    let page = page(&matura);
    for elsewhere in ["http:", "https:", "src=x", "url(", "@import", "<script", "javascript:"] {
        let allowed = page.replace("&lt;script", "").replace("&lt;img src=x", "");
        assert!(!allowed.contains(elsewhere), "{elsewhere}");
    }
    assert!(
        !page.contains(['\u{1b}', '\u{202e}']) && !page.contains("<U+"),
        "a mark that is made visible is no tag"
    );
    assert!(page.contains("&lt;U+202E&gt;"));
    let stats = matura.json(&["stats", "--days", "60"]);
    for day in stats["answers"].as_array().unwrap() {
        let counts = ["new", "young", "mature", "repeats", "practice", "tests"];
        let cells: String =
            counts.iter().map(|sort| format!("<td class=\"number\">{}</td>", day[sort])).collect();
        let row = format!("<tr><th scope=\"row\">{}</th>{cells}", day["day"].as_str().unwrap());
        let studied = counts.iter().any(|sort| day[sort] != 0);
        assert_eq!(page.contains(&row), studied, "{row}");
    }
    for week in stats["retention"].as_array().unwrap() {
        let rate = &week["young"];
        let row = format!(
            "<th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"number\">{}</td>",
            week["week"].as_str().unwrap(),
            rate["asked"],
            rate["remembered"]
        );
        assert!(page.contains(&row), "{row}");
    }
    assert_eq!(matura.run(&["stats", "--html", "-", "--days", "60"]).out, page);
    assert_eq!(matura.run(&["stats", "--html", "-", "--json"]).status, 2);
    let collection = matura.collection();
    let backup = matura.json(&["backup"])["file"].as_str().unwrap().to_owned();
    let before = std::fs::read(&backup).unwrap();
    for file in [collection.to_str().unwrap(), &backup] {
        assert_eq!(matura.run(&["stats", "--html", file]).status, 2);
        assert_eq!(matura.run(&["export", "--to", "log", "-o", file]).status, 2);
    }
    assert_eq!(std::fs::read(&backup).unwrap(), before);
    matura.check();
}
