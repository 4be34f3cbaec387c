//! The page in a real browser.

use serde_json::{Value, json};

use super::lived;
use crate::browser;
use crate::builder::{Matura, root};

/// The rules for accessible pages, if they are there: `tests/run` fetches them.
fn axe() -> Option<String> {
    let file =
        std::env::var_os("MATURA_AXE").map_or_else(|| root().join("target/axe/axe.min.js"), Into::into);
    let script = std::fs::read_to_string(file).ok().filter(|_| browser::chromium().is_some());
    let all = std::env::var_os("CI").is_some_and(|value| value == "true");
    assert!(script.is_some() || !all, "there is no Chromium, or no axe-core in target/axe");
    if script.is_none() {
        println!("not run: there is no Chromium, or no axe-core in target/axe");
    }
    script
}

const LOOK: &str = r#"
const errors = [];
addEventListener('error', event => errors.push(String(event.message)));
const box = element => element.getBoundingClientRect();
const meets = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
async function look() {
  const overlaps = [], outside = [];
  for (const svg of document.querySelectorAll('svg')) {
    const texts = [...svg.querySelectorAll('text')], frame = box(svg);
    texts.forEach((one, place) => {
      const own = box(one);
      if (own.left < frame.left - 1 || own.right > frame.right + 1 || own.bottom > frame.bottom + 1) outside.push(one.textContent);
      for (const other of texts.slice(place + 1)) if (meets(own, box(other))) overlaps.push(one.textContent + ' | ' + other.textContent);
    });
  }
  const sections = [...document.querySelectorAll('section')];
  sections.forEach((one, place) => {
    for (const other of sections.slice(place + 1)) if (meets(box(one), box(other))) overlaps.push(one.innerText + ' | ' + other.innerText);
  });
  const named = [...document.querySelectorAll('svg')].every(svg =>
    svg.getAttribute('aria-labelledby').split(' ').every(id => document.getElementById(id).textContent.trim() !== ''));
  const small = Math.min(...[...document.querySelectorAll('svg text')].map(text => box(text).height));
  const found = await axe.run(document, { resultTypes: ['violations'] });
  const told = {
    errors, overlaps, outside, named, small,
    charts: document.querySelectorAll('svg').length,
    ids: new Set([...document.querySelectorAll('[id]')].map(one => one.id)).size === document.querySelectorAll('[id]').length,
    loaded: performance.getEntriesByType('resource').length,
    scripts: document.querySelectorAll('script').length,
    images: document.querySelectorAll('img, iframe, object, link, a').length,
    width: innerWidth, wide: document.documentElement.scrollWidth,
    dark: matchMedia('(prefers-color-scheme: dark)').matches,
    violations: found.violations.map(rule => rule.id + ': ' + rule.nodes.map(node => node.html).join(' ')),
    owned: window.owned === true,
    text: document.body.innerText.includes('<img src=x onerror="owned=true">') && document.body.innerText.includes('</tit' + 'le><scr' + 'ipt>owned=true</scr' + 'ipt>'),
  };
  document.title = JSON.stringify(told);
}
addEventListener('load', look);
"#;

/// The page as the program writes it.
fn page(matura: &Matura) -> String {
    let file = matura.path("learning.html");
    let report = matura.json(&["stats", "--days", "60", "--html", file.to_str().unwrap()]);
    assert_eq!(report, json!({ "file": file.to_str().unwrap() }));
    std::fs::read_to_string(&file).unwrap()
}

fn looked_at(matura: &Matura, page: &str, axe: &str, options: &[&str]) -> Value {
    // the page itself lets no script run
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">";
    assert!(page.contains(policy));
    let scripts = format!("<script>{axe}</script><script>{LOOK}</script></body>");
    let page = page.replace(policy, "").replace("</body>", &scripts);
    browser::told(&matura.path(""), &page, options)
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
    let Some(axe) = axe() else { return };
    let matura = hostile();
    let page = page(&matura);
    for (options, dark, widest) in [
        (["--window-size=1400,900", "--blink-settings=preferredColorScheme=1"], false, 1400),
        (["--window-size=1000,900", "--blink-settings=preferredColorScheme=0"], true, 1000),
        (["--window-size=380,700", "--blink-settings=preferredColorScheme=1"], false, 520),
    ] {
        let told = looked_at(&matura, &page, &axe, &options);
        assert_eq!(told["errors"], json!([]), "{options:?}");
        assert_eq!(told["violations"], json!([]), "{options:?}");
        assert_eq!((&told["overlaps"], &told["outside"]), (&json!([]), &json!([])), "{options:?}");
        assert_eq!(told["dark"], dark);
        let (width, wide) = (told["width"].as_u64().unwrap(), told["wide"].as_u64().unwrap());
        assert!(width <= widest && wide <= width, "{options:?}: {width} {wide}");
        assert!(told["charts"].as_u64() > Some(12), "{told}");
        assert_eq!((&told["named"], &told["ids"]), (&json!(true), &json!(true)));
        assert!(told["small"].as_f64() >= Some(9.0), "{options:?}: {}", told["small"]);
        // nothing came from elsewhere, and no text of a card became anything but text
        assert_eq!((&told["loaded"], &told["images"], &told["scripts"]), (&json!(0), &json!(0), &json!(2)));
        assert_eq!((&told["owned"], &told["text"]), (&json!(false), &json!(true)), "{options:?}");
    }
    let output = browser::open(&matura.path(""), &page, &["--enable-logging=stderr"]);
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(!log.contains("CONSOLE"), "{log}");
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
