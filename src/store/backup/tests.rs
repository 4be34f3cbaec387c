//! Names of backups, and what is in the folder beside them.

use super::*;
use crate::model::DeckName;
use crate::store::{Store, deck};

#[test]
fn the_name_of_a_backup_says_when_and_why_it_was_made() {
    for (at, number, expected) in [
        (0, 1, "1970-01-01T000000Z-daily.db"),
        (1_795_856_702_999, 1, "2026-11-28T090502Z-daily.db"),
        (1_795_856_702_000, 3, "2026-11-28T090502Z-daily-3.db"),
        (-1000, 1, "1969-12-31T235959Z-daily.db"),
    ] {
        let name = name(Reason::Daily, at, number);
        assert_eq!(name, expected);
        assert_eq!(parse(&name), Some((at.div_euclid(1000) * 1000, Reason::Daily)));
    }
    for other in
        ["", ".db", "notes.db", "2026-11-28T090502Z-.db", "2026-11-28T090502Z-x.db", "xT000000Z-daily.db"]
    {
        assert_eq!(parse(other), None, "{other}");
    }
}

#[test]
fn a_backup_is_the_collection_in_one_file_and_others_are_thinned_but_no_stranger() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.db");
    let now = 1_795_856_702_000;
    let mut store = Store::open(&path, 0).unwrap();
    let add = |store: &mut Store, name: &str| {
        store.write(|tx| deck::ensure(tx, &DeckName::parse(name).unwrap())).unwrap();
    };
    add(&mut store, "A");
    let backups = Backups::of(&path);
    let hour = 3_600_000;
    let old = (1..60).rev().map(|n| backups.keep(Reason::Import, now - n * 12 * hour).unwrap());
    let old: Vec<Backup> = old.collect();
    backups.keep(Reason::Wanted, now - 300 * 24 * hour).unwrap();
    let strangers = ["notes.txt", "2020-01-01T000000Z-import.txt", "2020-13-01T000000Z-import.db"];
    for stranger in strangers {
        files::write(&backups.folder.join(stranger), b"mine").unwrap();
    }
    // a link under the name of a backup is neither listed nor followed
    #[cfg(unix)]
    std::os::unix::fs::symlink(
        backups.folder.join("notes.txt"),
        backups.folder.join("2020-01-01T000000Z-import.db"),
    )
    .unwrap();
    let backup = backups.keep(Reason::Daily, now).unwrap();
    add(&mut store, "B");
    let list = backups.list().unwrap();
    assert_eq!(list.first(), Some(&backup));
    assert!(list.len() < 30 && list.len() > 20, "{}", list.len());
    assert!(list.contains(old.last().unwrap()) && list.iter().any(|backup| backup.reason == Reason::Wanted));
    for stranger in strangers {
        assert_eq!(files::read(&backups.folder.join(stranger)).unwrap(), b"mine");
    }
    let mut copy = Copy::of(&backups.path(&backup), folder.path()).unwrap();
    assert_eq!(copy.store.read(deck::all).unwrap().len(), 1, "the state of its time");
    let beside: Vec<String> =
        files::list(&backups.folder).unwrap().into_iter().map(|entry| entry.name).collect();
    assert!(beside.iter().all(|name| !name.contains("-wal") && !name.contains("-shm")), "{beside:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&backups.folder), mode(&backups.path(&backup))), (0o700, 0o600));
    }
}

#[test]
fn a_clock_that_is_wrong_once_thins_no_more_than_two() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.db");
    drop(Store::open(&path, 0).unwrap());
    let backups = Backups::of(&path);
    let (now, day) = (1_795_856_702_000, 24 * 3_600_000);
    for n in (0..12).rev() {
        backups.keep(Reason::Daily, now - n * day).unwrap();
    }
    backups.keep(Reason::Import, now + 20 * 365 * day).unwrap();
    let list = backups.list().unwrap();
    assert_eq!(list.len(), 11);
    // the oldest went
    let oldest = list.iter().map(|backup| backup.at).min();
    assert_eq!(oldest, Some(now - 9 * day));
}

#[test]
fn a_copy_that_sqlite_finds_damaged_is_no_backup_unless_it_is_to_be_mended() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.db");
    drop(Store::open(&path, 0).unwrap());
    let mut bytes = files::read(&path).unwrap();
    let page = 4096 * 3;
    bytes[page..page + 200].fill(0xff);
    files::write(&path, &bytes).unwrap();
    let backups = Backups::of(&path);
    let error = backups.keep(Reason::Daily, 0).unwrap_err();
    assert_eq!(error.kind, Kind::Damaged);
    assert_eq!(backups.list().unwrap(), []);
    backups.keep(Reason::Repair, 0).unwrap();
    assert_eq!(backups.list().unwrap().len(), 1);
}
