//! Images and sounds travel both ways.

use std::collections::BTreeMap;

use serde_json::json;

use crate::desk::Desk;

const PNG: &str = "89504e470d0a1a0a0001";
const OTHER: &str = "89504e470d0a1a0a0002";
const MP3: &str = "49443303000000000000";

#[test]
fn images_and_sounds_go_from_anki_to_matura_and_back_byte_for_byte() {
    let files = [("bild 1.png", PNG), ("日本 & co.png", OTHER), ("s'x.mp3", MP3), ("unused.png", PNG)];
    let theirs = Desk::new();
    let media = files.map(|(name, bytes)| json!({ "media": name, "bytes": bytes }));
    let add = |fields: &[&str]| json!({ "add": "Basic", "fields": fields, "tags": [], "deck": "D" });
    let notes = [
        add(&["<img src=\"bild 1.png\">?", "<img src=\"日本 &amp; co.png\"> [sound:s'x.mp3]"]),
        add(&["plain [sound:s'x.mp3]", "x"]),
        add(&["<img src=\"lost.png\"> lost", "<img src=\"https://example.org/a.png\">"]),
    ];
    theirs.anki("en", &[&media[..], &notes].concat(), &json!({}));
    let wanted: BTreeMap<String, String> =
        files[..3].iter().map(|(name, bytes)| ((*name).to_owned(), (*bytes).to_owned())).collect();
    for (export, legacy) in [
        ("export_package", false),
        ("export_package", true),
        ("export_collection", false),
        ("export_collection", true),
    ] {
        let file = theirs.path(&format!("{export} {legacy}.apkg"));
        theirs.anki("en", &[json!({ (export): file, "legacy": legacy })], &json!({}));
        let ours = Desk::new();
        let report = ours.matura(&["import", file.to_str().unwrap()])["files"][0].clone();
        assert_eq!((&report["added"], &report["media"]), (&json!(3), &json!(3)), "{report}");
        let warnings = report["warnings"].as_array().unwrap();
        assert!(
            warnings.len() == 1 && warnings[0]["message"].to_string().contains("1 note with an image"),
            "{report}"
        );
        let package = ours.package(&[]);
        let back = Desk::new();
        let verdict = back.anki("en", &[json!({ "package": package, "scheduling": true })], &json!({}));
        verdict.assert_all_new(3);
        assert_eq!(verdict.media, wanted, "{export} {legacy}");
        assert!(verdict.notes[1].fields[0].contains("[sound:s'x.mp3]"), "{:?}", verdict.notes[1].fields);
        let first = &verdict.notes[0].fields;
        assert!(
            first[0].contains("bild 1.png") && first.iter().any(|field| field.contains("[sound:s'x.mp3]")),
            "{first:?}"
        );
    }
}
