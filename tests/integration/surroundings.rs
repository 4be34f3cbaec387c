//! Places and times that are not as they should be: the learner is told, and nothing is lost or laid open.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::builder::{Matura, Ran, facts};
use crate::dialogue::Dialogue;
use crate::package::{PNG, with_media};
use crate::whole::backups_are_sound;

/// Runs the program, which has to end by itself within this time.
fn ends(mut command: Command, what: &str) -> Ran {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let deadline = Instant::now() + Duration::from_secs(30);
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > deadline {
            child.kill().unwrap();
            panic!("{what}: it hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Ran::of(&child.wait_with_output().unwrap())
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

#[test]
fn what_is_no_ordinary_file_is_refused_at_once_as_a_collection() {
    let matura = Matura::new();
    let fifo = matura.path("fifo");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    symlink("loop", matura.path("loop")).unwrap();
    symlink("not mounted/collection.db", matura.path("away")).unwrap();
    symlink("no file", matura.path("dangling")).unwrap();
    symlink("/dev/null", matura.path("device")).unwrap();
    let bank = matura.file("bank.csv", facts(1));
    let bank = bank.to_str().unwrap();
    for (name, part) in [
        ("fifo", "is no file"),
        ("/dev/null", "is no file"),
        ("/dev/zero", "is no file"),
        ("device", "is no file"),
        (".", "is a directory"),
        ("loop", "is a link that leads to no file"),
        ("away", "is a link that leads to no file"),
        ("dangling", "is a link that leads to no file"),
    ] {
        for args in [
            &["list"][..],
            &["review"],
            &["import", bank],
            &["answer", "1", "--grade", "4"],
            &["backup"],
            &[],
        ] {
            let args = [args, &["--collection", name]].concat();
            let ran = ends(matura.command(&args), name);
            assert!(ran.status == 1 && ran.err.contains(part), "{args:?}: {}{}", ran.out, ran.err);
            assert!(ran.err.contains("hint: "), "{args:?}: {}", ran.err);
        }
    }
    assert!(!matura.path("no file").exists() && !matura.path("not mounted").exists());
    // nor does anybody wait for such a thing who reads one
    matura.import(&facts(1));
    for args in [["merge", "fifo"], ["restore", "fifo"], ["merge", "/dev/zero"], ["restore", "loop"]] {
        let ran = ends(matura.command(&args), args[0]);
        assert!(ran.status == 1 && ran.err.contains("hint: "), "{args:?}: {}{}", ran.out, ran.err);
    }
    matura.check();
}

#[test]
fn what_lies_in_a_folder_and_is_no_file_is_neither_waited_for_nor_followed_nor_removed() {
    let mut matura = Matura::with_bank(&facts(2));
    let other = Matura::with_bank(&facts(3));
    let shared = tempfile::tempdir().unwrap();
    other.json(&["sync", shared.path().to_str().unwrap()]);
    let precious = matura.file("precious", "mine");
    let elsewhere = matura.path("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    std::fs::write(elsewhere.join("2026-01-01T000000Z-daily.db"), "mine").unwrap();
    let backups = matura.path("collection.db.backups");
    std::fs::create_dir(&backups).unwrap();
    let mut strange = Vec::new();
    for (folder, names) in [
        (
            &backups,
            ["2020-01-01T000000Z-daily.db", "2020-01-02T000000Z-import.db", ".unfinished-abcdef", "a"],
        ),
        (&shared.path().to_owned(), ["matura-1.db", "matura-2.db", ".unfinished-abcdef", "matura-3.db"]),
    ] {
        for (name, to) in names.iter().zip([precious.as_path(), &elsewhere, &precious, Path::new("nowhere")])
        {
            symlink(to, folder.join(name)).unwrap();
            strange.push((folder.join(name), to.to_owned()));
        }
        let fifo =
            folder.join(if *folder == backups { "2020-01-03T000000Z-daily.db" } else { "matura-4.db" });
        assert!(Command::new("mkfifo").arg(fifo).status().unwrap().success());
    }
    for day in 24..28 {
        matura.now(&format!("2026-11-{day}T09:00:00Z"));
        for args in [
            &["answer", "1", "--grade", "4"][..],
            &["backup"],
            &["sync", shared.path().to_str().unwrap()],
            &["backups"],
        ] {
            let ran = ends(matura.command(args), "a folder with strange things in it");
            assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{args:?}: {}", ran.out);
        }
    }
    assert_eq!(matura.check()["notes"], 3);
    for (link, to) in strange {
        assert_eq!(std::fs::read_link(&link).unwrap(), to, "{}", link.display());
    }
    assert_eq!(std::fs::read(&precious).unwrap(), b"mine");
    let names: Vec<_> =
        std::fs::read_dir(&elsewhere).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["2026-01-01T000000Z-daily.db"]);
    assert_eq!(std::fs::read(elsewhere.join(&names[0])).unwrap(), b"mine");
    backups_are_sound(&matura);
}

/// All that is in a folder, with its mode.
fn modes(folder: &Path) -> Vec<(PathBuf, bool, u32)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let metadata = std::fs::symlink_metadata(&path).unwrap();
        found.push((path.clone(), metadata.is_dir(), metadata.permissions().mode() & 0o777));
        if metadata.is_dir() {
            found.extend(modes(&path));
        }
    }
    found
}

#[test]
fn whatever_is_made_is_for_its_owner_alone() {
    for umask in ["000", "022", "077"] {
        let matura = Matura::new();
        let before = format!("umask {umask};");
        let list = r#"{"0":"a.png"}"#;
        matura.file("p.apkg", with_media("<img src=a.png>\u{1f}x", list, &[("0", PNG)]));
        matura.file("bad.csv", facts(4) + "bad,,\n");
        let collection = matura.path("data/matura/collection.db");
        std::fs::create_dir(matura.path("shared")).unwrap();
        set_mode(&matura.path("shared"), 0o700);
        let run = |args: &[&str], input: &str| {
            let mut command = matura.command_after(&before, args);
            command.env("MATURA_COLLECTION", &collection);
            let ran = Ran::of_command(command, input);
            assert_eq!(ran.status, 0, "{args:?}: {}{}", ran.out, ran.err);
            ran
        };
        run(&["import", "p.apkg"], "");
        run(&["import", "bad.csv", "--skip-bad-rows"], "");
        run(&["answer", "1", "--grade", "4"], "");
        run(&["backup"], "");
        run(&["backup", "kept.db"], "");
        run(&["sync", "shared"], "");
        run(&["merge", "kept.db"], "");
        run(&["export", "--to", "csv", "-o", "out.csv"], "");
        run(&["export", "--to", "apkg", "-o", "out.apkg"], "");
        // while a review is open there are files beside the collection
        let mut review = matura.command_after(&before, &["review"]);
        review.env("MATURA_COLLECTION", &collection);
        let mut review = Dialogue::of(review);
        review.listen();
        review.ask("");
        assert_eq!(review.ask("4").1.saved(), 1);
        let open = modes(&matura.path("data"));
        let has = |ending: &str| open.iter().any(|(path, ..)| path.to_str().unwrap().ends_with(ending));
        assert!(
            has("-wal") && has("-shm") && has(".png") && has(".backups") && has("-wanted.db"),
            "{open:?}"
        );
        review.kill();
        // what is too damaged for a backup is put aside with what is beside it
        std::fs::write(&collection, "garbage").unwrap();
        run(&["restore", "kept.db"], "");
        let closed = modes(&matura.path("data"));
        assert!(closed.iter().any(|(path, ..)| path.to_str().unwrap().ends_with("-damaged-1.db-wal")));
        let kept = ["kept.db", "out.csv", "out.apkg", "bad.csv.rejected.csv"];
        let made = modes(&matura.path("")).into_iter();
        let made = made.filter(|(path, ..)| kept.iter().any(|name| path.ends_with(name)));
        for (path, is_folder, mode) in
            open.into_iter().chain(closed).chain(modes(&matura.path("shared"))).chain(made)
        {
            let wanted = if is_folder { 0o700 } else { 0o600 };
            assert_eq!(mode, wanted, "umask {umask}, {}: {mode:o}", path.display());
        }
    }
}

#[test]
fn without_a_home_a_named_collection_works_and_otherwise_one_is_told_to_name_it() {
    let matura = Matura::new();
    let bank = matura.file("bank.csv", facts(2));
    let homeless = |args: &[&str]| {
        let mut command = matura.command(args);
        command.env_remove("HOME");
        command
    };
    for args in [&["import", bank.to_str().unwrap()][..], &["answer", "1", "--grade", "4"], &["backup"], &[]]
    {
        let ran = ends(homeless(args), "no home");
        assert_eq!(ran.status, 0, "{args:?}: {}", ran.err);
    }
    assert_eq!(matura.check()["reviews"], 1);
    // the system may know the home of this user, but not that of one that it does not know
    let mut command = homeless(&["list"]);
    command.env_remove("MATURA_COLLECTION").uid(54_321).current_dir("/");
    match command.stdin(Stdio::null()).output() {
        Ok(output) => {
            let ran = Ran::of(&output);
            assert!(ran.status == 1 && ran.err.contains("there is no home folder"), "{}{}", ran.out, ran.err);
            assert!(ran.err.contains("--collection") && ran.err.contains("MATURA_COLLECTION"), "{}", ran.err);
        }
        Err(cause) => println!("not run for an unknown user: {cause}"),
    }
}

#[test]
fn a_home_in_which_nothing_can_be_made_is_told_with_what_to_do() {
    let matura = Matura::new();
    // a file where the home should be: also for one who may write everywhere
    let home = matura.file("no folder", "");
    for home in [home.as_path(), Path::new("/dev/null"), Path::new("/proc/nowhere")] {
        for args in [&["add", "What?", "That."][..], &["review"]] {
            let mut command = matura.command(args);
            command.env_remove("MATURA_COLLECTION").env("HOME", home);
            let ran = ends(command, "no home");
            assert!(
                ran.status == 1 && ran.err.contains("cannot be made"),
                "{home:?}: {}{}",
                ran.out,
                ran.err
            );
            assert!(ran.err.contains("--collection FILE"), "{}", ran.err);
        }
    }
}

/// The program run by somebody who may not write into this folder of a test; none where it cannot be.
fn may_not_write(matura: &Matura, args: &[&str]) -> Option<Command> {
    let mut command = matura.command(args);
    let probe = matura.path("probe");
    if std::fs::write(&probe, "").is_ok() {
        std::fs::remove_file(probe).unwrap();
        // who may write everywhere has to become another first
        let nobody = |command: &mut Command| {
            command.uid(65_534).gid(65_534);
        };
        nobody(&mut command);
        let mut version = matura.command(&["--version"]);
        nobody(&mut version);
        if !version.output().is_ok_and(|output| output.status.success()) {
            println!("not run: this user may write everywhere and can become nobody else");
            return None;
        }
    }
    Some(command)
}

#[test]
fn where_nothing_may_be_written_everything_stays_and_one_is_told() {
    for (folder, file) in [(0o555, 0o444), (0o777, 0o444), (0o555, 0o666)] {
        let matura = Matura::with_bank(&facts(2));
        let bank = matura.file("more.csv", facts(5));
        let bytes = std::fs::read(matura.collection()).unwrap();
        set_mode(&bank, 0o644);
        set_mode(&matura.collection(), file);
        set_mode(&matura.path(""), folder);
        for args in [
            &["import", bank.to_str().unwrap()][..],
            &["answer", "1", "--grade", "4"],
            &["add", "What?", "That."],
            &["undo"],
            &["backup"],
        ] {
            // `backup` only reads, but writes beside the collection
            if (folder, args[0]) == (0o777, "backup") {
                continue;
            }
            let Some(command) = may_not_write(&matura, args) else {
                return set_mode(&matura.path(""), 0o755);
            };
            let ran = ends(command, "a folder that is only to be read");
            assert_eq!(ran.status, 1, "{folder:o} {file:o} {args:?}: {}{}", ran.out, ran.err);
            assert!(ran.err.contains("hint: "), "{folder:o} {file:o} {args:?}: {}", ran.err);
            assert!(ran.err.contains("permissions") || ran.err.contains("may write"), "{}", ran.err);
        }
        set_mode(&matura.path(""), 0o700);
        set_mode(&matura.collection(), 0o600);
        assert!(std::fs::read(matura.collection()).unwrap() == bytes, "{folder:o} {file:o}");
        matura.json(&["answer", "1", "--grade", "4"]);
        assert_eq!((&matura.check()["reviews"], &matura.check()["notes"]), (&1.into(), &2.into()));
    }
}

#[test]
fn a_clock_that_goes_back_a_year_loses_no_answer_and_no_backup() {
    let mut matura = Matura::with_bank(&facts(6));
    for (day, card) in [(23, "1"), (24, "2"), (25, "1")] {
        matura.now(&format!("2026-11-{day}T09:00:00Z")).json(&["answer", card, "--grade", "4"]);
    }
    let daily = |matura: &Matura| {
        let backups = matura.json(&["backups"]);
        let backups = backups.as_array().unwrap();
        let daily = backups.iter().filter(|backup| backup["reason"] == "daily");
        let day = |at: &str| at.split('T').next().unwrap().to_owned();
        daily.map(|backup| day(backup["at"].as_str().unwrap())).collect::<Vec<_>>()
    };
    let right = ["2026-11-25", "2026-11-24", "2026-11-23"];
    assert_eq!(daily(&matura), right);
    for (minute, (card, grade)) in [("3", "4"), ("1", "1"), ("4", "5")].into_iter().enumerate() {
        matura.now(&format!("2025-11-25T09:0{minute}:00Z"));
        matura.json(&["answer", card, "--grade", grade]);
        matura.json(&["mark", card]);
    }
    assert_eq!(daily(&matura), [&right[..], &["2025-11-25"]].concat(), "one of that day, and none is gone");
    assert_eq!(matura.check()["reviews"], 6);
    let shown = matura.json(&["show", "1"]);
    let grades: Vec<i64> =
        shown["history"].as_array().unwrap().iter().map(|row| row["grade"].as_i64().unwrap()).collect();
    assert_eq!(grades, [4, 4, 1], "in the order in which they were given");
    // a review of that day asks what is new, and what was done last is taken back first
    let ran = matura.run_with(&["review"], "\n3\n");
    assert_eq!(ran.lines("saved:").len(), 1, "{}", ran.out);
    assert_eq!(matura.check()["reviews"], 7);
    let undone: Vec<_> = (0..3).map(|_| matura.json(&["undo"])["undone"].clone()).collect();
    assert_eq!(undone[0]["card"], 5, "{undone:?}");
    assert!(undone[1]["card"].is_null(), "the mark came before it: {undone:?}");
    assert_eq!(undone[2]["card"], 4, "{undone:?}");
    matura.check();
    // and when the clock is right again
    for (hour, card) in [(9, "5"), (10, "6")] {
        matura.now(&format!("2026-11-26T{hour:02}:00:00Z")).json(&["answer", card, "--grade", "4"]);
    }
    let days = daily(&matura);
    assert_eq!(days[..4], [&["2026-11-26"], &right[..]].concat());
    assert!(days.len() <= 5, "{days:?}");
    assert_eq!(matura.json(&["undo"])["undone"]["card"], 6);
    assert_eq!(matura.check()["reviews"], 6);
    backups_are_sound(&matura);
}
