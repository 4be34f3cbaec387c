//! A real browser without network, for the tests of pages.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// Chromium, if it is there; `MATURA_CHROMIUM` names another.
pub(crate) fn chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("MATURA_CHROMIUM") {
        return Some(named.into());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let mut all = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    all.find(|file| file.exists())
}

/// Opens a page in a browser that writes nothing outside this folder; its document goes to stdout.
pub(crate) fn open(folder: &Path, page: &str, options: &[&str]) -> Output {
    let file = folder.join("page.html");
    std::fs::write(&file, page).unwrap();
    let mut command = Command::new(chromium().expect("Chromium, or MATURA_CHROMIUM that names it"));
    command.env_clear().current_dir(folder);
    for place in ["HOME", "TMPDIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
        command.env(place, folder);
    }
    command
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args([
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--disable-dev-shm-usage",
            "--virtual-time-budget=5000",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .args(options)
        .arg(&file)
        .output()
        .unwrap()
}

/// What a script in a page leaves behind as JSON in its title.
pub(crate) fn told(folder: &Path, page: &str, options: &[&str]) -> Value {
    let output = open(folder, page, options);
    let page = String::from_utf8_lossy(&output.stdout);
    let told = page.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    let (told, _) = told.unwrap_or_else(|| panic!("{page}{}", String::from_utf8_lossy(&output.stderr)));
    let plain = told.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    serde_json::from_str(&plain).unwrap_or_else(|cause| panic!("{cause}: {plain}"))
}
