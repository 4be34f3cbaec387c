//! Pages looked at in a real browser.

use serde_json::{Value, json};

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

fn looked_at(matura: &Matura, page: &str, axe: &str, options: &[&str]) -> Value {
    // the page itself lets no script run
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">";
    assert!(page.contains(policy));
    let scripts = format!("<script>{axe}</script><script>{LOOK}</script></body>");
    let page = page.replace(policy, "").replace("</body>", &scripts);
    browser::told(&matura.path(""), &page, options)
}

/// Looks at a page with at least so many charts and two texts that would be markup of their own: in light and dark, wide and on a phone
/// it renders without an error, nothing overlaps or comes from elsewhere, and it passes the rules for accessible pages.
pub(crate) fn looks_right(matura: &Matura, page: &str, charts: u64) {
    let Some(axe) = axe() else { return };
    for (options, dark, widest) in [
        (["--window-size=1400,900", "--blink-settings=preferredColorScheme=1"], false, 1400),
        (["--window-size=1000,900", "--blink-settings=preferredColorScheme=0"], true, 1000),
        (["--window-size=380,700", "--blink-settings=preferredColorScheme=1"], false, 520),
    ] {
        let told = looked_at(matura, page, &axe, &options);
        assert_eq!(told["errors"], json!([]), "{options:?}");
        assert_eq!(told["violations"], json!([]), "{options:?}");
        assert_eq!((&told["overlaps"], &told["outside"]), (&json!([]), &json!([])), "{options:?}");
        assert_eq!(told["dark"], dark);
        let (width, wide) = (told["width"].as_u64().unwrap(), told["wide"].as_u64().unwrap());
        assert!(width <= widest && wide <= width, "{options:?}: {width} {wide}");
        assert!(told["charts"].as_u64() >= Some(charts), "{told}");
        assert_eq!((&told["named"], &told["ids"]), (&json!(true), &json!(true)));
        let small = charts == 0 || told["small"].as_f64() >= Some(9.0);
        assert!(small, "{options:?}: {}", told["small"]);
        // nothing came from elsewhere, and no text of a card became anything but text
        assert_eq!((&told["loaded"], &told["images"], &told["scripts"]), (&json!(0), &json!(0), &json!(2)));
        assert_eq!((&told["owned"], &told["text"]), (&json!(false), &json!(true)), "{options:?}");
    }
    let output = browser::open(&matura.path(""), page, &["--enable-logging=stderr"]);
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(!log.contains("CONSOLE"), "{log}");
}
