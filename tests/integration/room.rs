//! A disk that has no room left, at whatever write: what was asked for is done whole or not at all, and told.
//!
//! No file may grow beyond some size: the system then refuses a write in its middle, as a full disk does.

use std::path::Path;

use crate::builder::{Matura, Ran};
use crate::crash::bank;
use crate::whole::{Whole, backups_are_sound, unfinished};

/// Runs the program where no file grows beyond so many blocks of 512 bytes.
fn with_room(matura: &Matura, blocks: u64, args: &[&str], input: &str) -> Ran {
    // a signal that nobody catches would kill it before it hears that there is no room
    let before = format!("trap '' XFSZ; ulimit -S -f {blocks};");
    Ran::of_command(matura.command_after(&before, args), input)
}

/// Runs a command with more and more room. It fails with words, having done nothing, until it is done; afterwards it works as
/// ever, and nothing unfinished lies about, also not in a further folder.
fn whole_or_not_at_all(matura: &Matura, whole: &Whole<'_>, further: &Path) {
    let (args, size) = (whole.args(), whole.size() / 512);
    let (mut done, mut failed) = (0, 0);
    for blocks in [1, 70, size / 2, size - 1, size + 9, size * 5 / 4, size * 2, size * 16] {
        whole.begin_again();
        let ran = with_room(matura, blocks, &args, whole.input());
        let about = format!("{args:?} with {blocks} blocks: {}{}", ran.out, ran.err);
        let is_undone = whole.is_undone();
        match ran.status {
            0 => {
                assert!(!is_undone || !whole.changes(), "it says that it is done: {about}");
                done += 1;
            }
            1 => {
                let says = |part| ran.err.contains(part);
                assert!(says("error: ") && says("hint: ") && says("make room"), "{about}");
                assert_eq!(ran.lines("saved:").len(), usize::from(!is_undone), "{about}");
                failed += 1;
            }
            _ => panic!("{about}"),
        }
        // what is done need not be possible twice
        if is_undone {
            let again = whole.run();
            assert_eq!(again.status, 0, "{about}{}", again.err);
        }
        matura.check();
        for folder in [&matura.path(""), &matura.path("collection.db.backups"), further] {
            assert_eq!(unfinished(folder), [""; 0], "{about}");
        }
    }
    assert!(done > 0 && failed > 0, "{args:?}: {done} done, {failed} failed");
}

/// A collection of some size in which something was done.
fn learner() -> Matura {
    let matura = Matura::with_bank(&bank(0, 200, "one"));
    matura.json(&["answer", "1", "--grade", "4"]);
    matura.json(&["answer", "2", "--grade", "4"]);
    matura
}

#[test]
fn an_answer_a_new_note_and_an_undo_without_room_are_whole_or_not_at_all() {
    let matura = learner();
    let nowhere = matura.path("none");
    for (args, input) in
        [(&["review"][..], "\n4\n"), (&["answer", "7", "--grade", "3"], ""), (&["add", "What?", "That."], "")]
    {
        whole_or_not_at_all(&matura, &Whole::of(&matura, args, input), &nowhere);
    }
    whole_or_not_at_all(&matura, &Whole::of(&matura, &["undo"], ""), &nowhere);
    backups_are_sound(&matura);
}

#[test]
fn an_import_and_a_backup_without_room_are_whole_or_not_at_all() {
    let matura = learner();
    let nowhere = matura.path("none");
    let other = matura.file("bank.csv", bank(200, 800, "two"));
    let args = ["import", other.to_str().unwrap(), "--prune"];
    whole_or_not_at_all(&matura, &Whole::of(&matura, &args, ""), &nowhere);
    whole_or_not_at_all(&matura, &Whole::of(&matura, &["backup"], ""), &nowhere);
    let file = matura.path("kept.db");
    let args = ["backup", file.to_str().unwrap(), "--replace"];
    whole_or_not_at_all(&matura, &Whole::of(&matura, &args, ""), &nowhere);
    assert_eq!(matura.json(&["check", "--collection", file.to_str().unwrap()])["ok"], true);
    backups_are_sound(&matura);
}

#[test]
fn a_merge_and_a_sync_without_room_are_whole_or_not_at_all() {
    let matura = learner();
    let mut other = Matura::with_bank(&bank(100, 700, "one"));
    other.now("2026-11-24T09:00:00Z").json(&["answer", "5", "--grade", "4"]);
    other.json(&["tag", "--add", "new", "--query", "*"]);
    let theirs = other.collection();
    let args = ["merge", theirs.to_str().unwrap()];
    whole_or_not_at_all(&matura, &Whole::of(&matura, &args, ""), &matura.path("none"));
    let shared = tempfile::tempdir().unwrap();
    let folder = shared.path().to_str().unwrap();
    other.json(&["sync", folder]);
    let theirs = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    let before = std::fs::read(&theirs).unwrap();
    whole_or_not_at_all(&matura, &Whole::of(&matura, &["sync", folder], ""), shared.path());
    assert!(std::fs::read(&theirs).unwrap() == before, "the file of the other device is its own");
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        assert_eq!(other.json(&["check", "--collection", file.to_str().unwrap()])["ok"], true);
    }
    backups_are_sound(&matura);
}

#[test]
fn a_restore_and_a_repair_without_room_are_whole_or_not_at_all() {
    let matura = learner();
    let nowhere = matura.path("none");
    let old = matura.path("old.db");
    matura.json(&["backup", old.to_str().unwrap()]);
    let more = matura.file("bank.csv", bank(0, 500, "two"));
    matura.json(&["import", more.to_str().unwrap()]);
    let args = ["restore", old.to_str().unwrap()];
    whole_or_not_at_all(&matura, &Whole::of(&matura, &args, ""), &nowhere);
    let sql = "UPDATE card SET due = due + 1 WHERE id = 1; UPDATE card SET ease = 1300; DELETE FROM deck_day";
    let repair = Whole::of_spoilt(&matura, &["check", "--repair"], "", sql);
    whole_or_not_at_all(&matura, &repair, &nowhere);
}

#[test]
fn a_new_collection_that_finds_no_room_is_made_when_there_is_some() {
    for blocks in [0, 1, 40, 70, 100, 200] {
        let matura = Matura::new();
        let file = matura.file("bank.csv", bank(0, 300, "one"));
        let args = ["import", file.to_str().unwrap()];
        let ran = with_room(&matura, blocks, &args, "");
        assert!(ran.status == 1 && ran.err.contains("make room"), "{blocks}: {}{}", ran.out, ran.err);
        assert_eq!(matura.run(&args).status, 0, "{blocks}");
        assert_eq!(matura.check()["notes"], 300);
        assert_eq!(unfinished(&matura.path("")), [""; 0], "{blocks}");
    }
}

#[test]
fn what_is_written_for_others_is_whole_or_what_was_there_before_stays() {
    let matura = learner();
    for (to, name) in [("csv", "deck.csv"), ("apkg", "deck.apkg"), ("anki", "deck.txt")] {
        let file = matura.file(name, "mine");
        let args = ["export", "--to", to, "-o", file.to_str().unwrap()];
        let ran = with_room(&matura, 8, &args, "");
        assert!(ran.status == 1 && ran.err.contains("hint: "), "{to}: {}{}", ran.out, ran.err);
        assert_eq!(std::fs::read(&file).unwrap(), b"mine", "{to}");
        assert_eq!(matura.run(&args).status, 0);
        assert!(std::fs::metadata(&file).unwrap().len() > 8 * 512);
    }
    assert_eq!(unfinished(&matura.path("")), [""; 0]);
}

/// Runs a command on a disk of its own that has room for so many KiB beside the collection; gives how it ended and what lies
/// there, and puts the collection back where it was. None where no such disk can be had.
fn on_a_small_disk(matura: &Matura, whole: &Whole<'_>, room: u64) -> Option<(Ran, Vec<String>)> {
    whole.begin_again();
    let size = whole.size() / 1024 + room;
    // the disk is gone with the shell
    let script = format!(
        "mkdir -p small; mount -t tmpfs -o size={size}k none small || exit 99; cp collection.db small/; \
         MATURA_COLLECTION=\"$PWD/small/collection.db\" \"$0\" \"$@\"; status=$?; \
         find small -name \".*\" >left; cp small/collection.db* . 2>/dev/null; exit $status"
    );
    let program = matura.command(&[]);
    let mut command = std::process::Command::new("unshare");
    command.args(["--mount", "--map-root-user", "sh", "-c", &script]);
    command.arg(program.get_program()).args(whole.args()).current_dir(matura.path("")).env_clear();
    command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("MATURA_NOW", matura.time());
    if !std::process::Command::new("unshare")
        .args(["--mount", "--map-root-user", "true"])
        .output()
        .is_ok_and(|output| output.status.success())
    {
        println!("not run: no disk can be mounted here");
        return None;
    }
    let ran = Ran::of_command(command, whole.input());
    if ran.status == 99 {
        println!("not run: no disk can be mounted here: {}", ran.err);
        return None;
    }
    let left = std::fs::read_to_string(matura.path("left")).unwrap();
    Some((ran, left.lines().map(str::to_owned).collect()))
}

#[test]
fn a_disk_that_is_really_full_loses_nothing_and_nothing_unfinished_stays_on_it() {
    let matura = learner();
    let other = Matura::with_bank(&bank(100, 500, "one"));
    let more = matura.file("bank.csv", bank(200, 500, "two"));
    let (theirs, more) = (other.collection(), more);
    let (theirs, more) = (theirs.to_str().unwrap(), more.to_str().unwrap());
    for (args, input) in [
        (&["review"][..], "\n4\n"),
        (&["import", more], ""),
        (&["merge", theirs], ""),
        (&["restore", theirs], ""),
    ] {
        let whole = Whole::of(&matura, args, input);
        let size = whole.size() / 1024;
        let mut failed = 0;
        for room in [0, 50, 90, size + 40, size + 56, size + 90, size * 2, size * 9] {
            let Some((ran, left)) = on_a_small_disk(&matura, &whole, room) else { return };
            let about = format!("{args:?} with {room} KiB: {}{}", ran.out, ran.err);
            assert_eq!(left, [""; 0], "{about}");
            let is_undone = whole.is_undone();
            assert_eq!(ran.status, i32::from(is_undone), "{about}");
            assert!(!is_undone || ran.err.contains("make room"), "{about}");
            failed += ran.status;
        }
        assert!(failed > 0 && failed < 8, "{args:?}: {failed} failed");
    }
}
