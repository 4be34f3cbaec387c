//! Bad input to every command: a message that says what to do, the right exit status, and nothing changed.

use crate::builder::{Matura, facts};

/// Runs and expects this status, part of a message, and a hint.
fn refused(matura: &Matura, args: &[&str], status: i32, part: &str) {
    let before = std::fs::read(matura.collection()).ok();
    let ran = matura.run(args);
    assert_eq!(ran.status, status, "{args:?}: {}{}", ran.out, ran.err);
    assert!(ran.err.contains(part), "{args:?}: {}", ran.err);
    assert!(ran.err.contains("error: "), "{args:?}: {}", ran.err);
    assert!(!ran.err.contains("panicked") && !ran.err.contains("defect"), "{args:?}: {}", ran.err);
    assert_eq!(ran.out, "", "{args:?}");
    let json = matura.run(&[args, &["--json"]].concat());
    assert_eq!(json.status, status, "{args:?}");
    assert!(json.json()["error"]["message"].is_string(), "{args:?}: {}", json.out);
    assert_eq!(std::fs::read(matura.collection()).ok(), before, "{args:?} changed the collection");
}

#[test]
fn files_that_are_no_banks_are_named_for_what_they_are() {
    let matura = Matura::with_bank(&facts(1));
    let file = |name: &str, content: &[u8]| matura.file(name, content).to_str().unwrap().to_owned();
    std::fs::create_dir(matura.path("folder.csv")).unwrap();
    for (path, part) in [
        ("none.csv".to_owned(), "there is no file none.csv"),
        ("folder.csv".to_owned(), "is a directory"),
        (file("empty.csv", b""), "the file is empty"),
        (file("binary.csv", b"\x00\x01\x02\x03"), "no text"),
        (file("archive.csv", b"PK\x03\x04rest"), "a zip file"),
        (file("package.csv", b"PK\x03\x04 imsmanifest.xml"), "a QTI package"),
        (file("torn.csv", b"PK\x03\x04 xl/workbook.xml"), "a spreadsheet that cannot be read"),
        (file("paper.csv", b"%PDF-1.7"), "a PDF"),
        (
            file("grid.csv", b"HISTORY,ART,CHESS\nwho?,what?,where?\n"),
            "the columns have no names that matura knows",
        ),
        (file("blocks.csv", b"Who?\nyes\nno\n\nWhat?\na\nb\n\nWhy?\nc\nd\n\n"), "blocks of text"),
        (
            file("lies.csv", b"id,theme,explanation,image\n1,x,Why so?,because\n"),
            "no column seems to hold the questions",
        ),
        (file("half.csv", b"id,question,difficulty\n1,Why?,easy\n"), "no column seems to hold the answers"),
        (file("typo.csv", b"prompt,answer,otpions\na,b,c\n"), "is nearly options"),
        (file("twice.csv", b"prompt,answer,Prompt\na,b,c\n"), "two columns are named prompt"),
        (file("open.csv", b"prompt,answer\n\"q,a\nr,b\n"), "a quote opens here"),
        (file("wide-row.csv", b"prompt,answer\nq,a,b\n"), ":2: the row has 3 cells"),
        (file("bad-deck.csv", b"prompt,answer,deck\nq,a,A::::B\n"), ":2:deck:"),
    ] {
        refused(&matura, &["import", &path], 1, part);
    }
}

#[test]
fn what_is_refused_makes_no_collection() {
    let matura = Matura::new();
    let bad = matura.file("bad.csv", "prompt,answer\nq,\n");
    let other = matura.file("other.csv", "one\ntwo\nthree\n");
    for args in [
        &["import", bad.to_str().unwrap()][..],
        &["import", other.to_str().unwrap()],
        &["import", "none.csv"],
        &["answer", "1", "--grade", "4"],
        &["suspend", "1"],
        &["undo"],
        &["export", "-o", "x.csv"],
    ] {
        assert_eq!(matura.run(args).status, 1, "{args:?}");
        assert!(!matura.collection().exists(), "{args:?}");
    }
}

#[test]
fn arguments_that_cannot_be_meant_are_refused_with_what_to_do() {
    let matura = Matura::with_bank("deck,prompt,answer\nMLOps::A,q,a\nMLOps::Drift,r,b\nChess::A,s,c\n");
    for (args, status, part) in [
        (&["answer", "1", "--grade", "7"][..], 2, "7"),
        (&["answer", "1"], 2, "--grade"),
        (&["answer", "1", "--grade", "3", "--response", "x"], 2, "cannot be used"),
        (&["answer", "one", "--grade", "3"], 2, "one"),
        (&["answer", "99", "--grade", "3"], 1, "there is no card 99"),
        (&["answer", "1", "--response", "x"], 2, "the learner judges this card"),
        (&["answer", "1", "--grade", "4", "--final"], 2, "--response"),
        (&["export", "Drfit", "-o", "x.csv"], 1, "did you mean MLOps::Drift?"),
        (&["export", "A", "-o", "x.csv"], 1, "may be any of these decks"),
        (&["export", "-o", "nowhere/x.csv"], 1, "the folder of nowhere/x.csv does not exist"),
        (&["export", "-o", "."], 1, "is a directory"),
        (&["export", "-o", "collection.db"], 2, "is the collection itself"),
        (&["export", "-o", "./collection.db", "--to", "anki"], 2, "is the collection itself"),
        (&["export", "-o", "collection.db-wal"], 2, "is the collection itself"),
        (&["export", "-o", "x.csv", "--to", "mars"], 2, "mars"),
        (&["export"], 2, "--output"),
        (&["list", "deck:nothing like it"], 1, "there is no deck"),
        (&["show", "nothing"], 1, "there is no card or note"),
        (&["suspend", "99"], 1, "there is no card 99"),
        (&["config", "new_per_dya"], 2, "did you mean new_per_day?"),
        (&["import"], 2, "FILE"),
        (&["import", "x.csv", "--deck", "A::::B"], 2, "level without a name"),
        (&["frobnicate"], 2, "frobnicate"),
        (&["log", "--limit", "x"], 2, "--limit"),
    ] {
        refused(&matura, args, status, part);
    }
}

#[test]
fn a_review_of_an_unknown_deck_is_refused() {
    let matura = Matura::with_bank(&facts(1));
    let ran = matura.run(&["review", "nothing like it"]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("there is no deck \"nothing like it\""), "{}", ran.err);
    assert_eq!(matura.run(&["review", "--json"]).status, 2);
}

#[test]
fn a_file_that_is_no_collection_is_refused_by_every_command_and_left_as_it_is() {
    let other = rusqlite::Connection::open_in_memory().unwrap();
    other.execute_batch("CREATE TABLE t (x)").unwrap();
    let matura = Matura::new();
    let bank = matura.file("bank.csv", facts(1));
    let foreign = matura.path("foreign.db");
    other.execute("VACUUM INTO ?1", [foreign.to_str().unwrap()]).unwrap();
    let long_text = "no database ".repeat(200);
    for content in [std::fs::read(&foreign).unwrap(), long_text.into_bytes(), b"short".to_vec()] {
        std::fs::write(matura.collection(), &content).unwrap();
        for args in [
            &[][..],
            &["review"],
            &["answer", "1", "--grade", "4"],
            &["undo"],
            &["import", bank.to_str().unwrap()],
            &["export", "-o", "x.csv"],
            &["list"],
            &["show", "1"],
            &["decks"],
            &["check"],
            &["config", "attempts", "2"],
            &["suspend", "1"],
        ] {
            let ran = matura.run(args);
            assert_eq!(ran.status, 1, "{args:?} {}", ran.err);
            assert!(ran.err.contains("collection.db") && ran.err.contains("hint: "), "{args:?}: {}", ran.err);
            assert_eq!(std::fs::read(matura.collection()).unwrap(), content, "{args:?}");
        }
    }
}

#[test]
fn a_collection_that_is_a_directory_is_refused() {
    let matura = Matura::new();
    let folder = matura.path("folder");
    std::fs::create_dir(&folder).unwrap();
    let ran = matura.run(&["list", "--collection", folder.to_str().unwrap()]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("is a directory"), "{}", ran.err);
}

#[test]
fn a_time_that_is_none_is_wrong_usage() {
    let mut matura = Matura::new();
    matura.now("soon");
    let ran = matura.run(&["list"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("MATURA_NOW=soon"), "{}", ran.err);
}

#[test]
fn output_that_nobody_reads_is_no_error() {
    let matura = Matura::with_bank(&facts(3000));
    let mut child = matura
        .command(&["list"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}
