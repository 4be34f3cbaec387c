//! A collection whose file is moved, removed or replaced while it is open.

use crate::builder::{Matura, facts};
use crate::dialogue::Dialogue;
use crate::pty::Pty;

/// What becomes of the file of a collection that is open.
type Fate = fn(&Matura, &Matura);

#[test]
fn an_answer_to_a_collection_that_was_taken_away_is_never_said_to_be_saved() {
    let fates: [(&str, Fate); 4] = [
        ("removed", |matura, _| std::fs::remove_file(matura.collection()).unwrap()),
        ("moved", |matura, _| std::fs::rename(matura.collection(), matura.path("moved.db")).unwrap()),
        ("another", |matura, other| std::fs::rename(other.collection(), matura.collection()).unwrap()),
        ("garbage", |matura, _| {
            std::fs::rename(matura.file("garbage", "a text of mine"), matura.collection()).unwrap();
        }),
    ];
    for (fate, befall) in fates {
        let (matura, other) = (Matura::with_bank(&facts(3)), Matura::with_bank(&facts(7)));
        // or the backup of the day would open what is there by then
        matura.json(&["backup"]);
        let Some(mut pty) = Pty::review(&matura) else { return };
        pty.sees("question 1").press(" ").sees("answer: answer 1").press("3").sees("question 2");
        befall(&matura, &other);
        let left = std::fs::read(matura.collection()).ok();
        pty.press(" ").sees("answer: answer 2").press("3");
        pty.sees("NOT SAVED.").sees("moved, removed or replaced").sees("try again");
        if fate == "moved" {
            // also what was still beside it
            let moved = std::fs::read(matura.path("moved.db")).unwrap();
            let copy = matura.file("copy.db", moved);
            assert_eq!(matura.json(&["check", "--collection", copy.to_str().unwrap()])["reviews"], 1);
            std::fs::rename(matura.path("moved.db"), matura.collection()).unwrap();
            pty.press("\r").sees("question 3").press("q").ends(0);
            assert_eq!(matura.check()["reviews"], 2);
            continue;
        }
        pty.press("\r").sees("NOT SAVED.").press("q").ends(0);
        assert!(std::fs::read(matura.collection()).ok() == left, "{fate}: what is there now is another's");
        let beside = std::fs::metadata(matura.path("collection.db-wal"));
        assert!(!beside.is_ok_and(|beside| beside.len() > 0), "{fate}: nothing of the old one is beside it");
        if fate == "another" {
            assert_eq!((&matura.check()["notes"], &matura.check()["reviews"]), (&7.into(), &0.into()));
        }
    }
}

#[test]
fn lines_that_answer_a_collection_that_was_taken_away_end_with_an_error() {
    let matura = Matura::with_bank(&facts(3));
    let mut review = Dialogue::start(&matura, &[]);
    review.listen();
    review.ask("");
    std::fs::remove_file(matura.collection()).unwrap();
    assert_eq!(review.ask("4").1.saved(), 0);
    assert_eq!(review.hang_up(), 1);
    assert!(!matura.collection().exists());
}
