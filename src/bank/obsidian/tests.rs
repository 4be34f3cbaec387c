use super::*;
use crate::bank::read;
use proptest::prelude::*;

#[test]
fn every_shape_of_card_is_found_among_prose() {
    for (bank, prompt, answer, reversed) in [
        ("ATP::energy\n", "ATP", "energy", false),
        ("Prose.\n\n- `a::b` is:::a path::x <!--SR:!2024-01-01,1,230-->\n", "`a::b` is", "a path::x", true),
        ("Several\nlines\n?\nof\nanswer\n<!--SR:!x-->\n\nprose", "Several\nlines", "of\nanswer", false),
        ("a\n??\nb::c\n", "a", "b::c", true),
        ("#flashcards/x a::b\n", "a", "b", false),
        ("---\ntags: [x]\n---\n# Head::ing\na::b\n", "a", "b", false),
    ] {
        let reading = read(&Obsidian, bank).unwrap();
        assert!(reading.rejected.is_empty(), "{:?}", reading.rejected);
        assert_eq!(reading.drafts.len(), 1, "{bank:?}");
        let content = &reading.drafts[0].content;
        let Body::Fact(fact) = &content.body else { panic!() };
        assert_eq!(
            (content.prompt.as_str(), fact.answer.as_str(), fact.reversed),
            (prompt, answer, reversed)
        );
    }
}

#[test]
fn hidden_parts_are_numbered_in_order() {
    for (text, cloze) in [
        ("The ==a== and {{b}} and ==c:d==", "The {{c1::a}} and {{c2::b}} and {{c3::c:d}}"),
        ("one ==a==\ntwo ==b==", "one {{c1::a}}\ntwo {{c2::b}}"),
        ("{{c1::a}} and {{c2::b::hint}}", "{{c1::a}} and {{c2::b::hint}}"),
        ("x {{a}}} {{ b }} ====", "x {{c1::a}}} {{ b }} ===="),
        ("`==x==` if a == b then ==c==", "`==x==` if a == b then {{c1::c}}"),
    ] {
        let reading = read(&Obsidian, text).unwrap();
        assert_eq!(reading.drafts[0].content.prompt, cloze);
    }
}

#[test]
fn a_tag_names_the_deck_of_the_cards_below_it() {
    let bank = "---\ntags: [flashcards/top]\n---\na::b\n\n#flashcards/x/y\nc::d\n\n#flashcards #exam\ne::f\n\n#flashcards/z g\n?\nh\n";
    let reading = read(&Obsidian, bank).unwrap();
    let decks: Vec<_> = reading
        .drafts
        .iter()
        .map(|draft| (draft.line, draft.deck.as_ref().map_or("", DeckName::as_str)))
        .collect();
    assert_eq!(decks, [(4, "top"), (7, "x::y"), (10, ""), (12, "z")]);
}

#[test]
fn code_in_a_question_is_code_and_blank_lines_in_it_part_nothing() {
    let reading = read(&Obsidian, "What?\n```rust\na::b\n\nc\n```\n?\nd\n").unwrap();
    let content = &reading.drafts[0].content;
    assert_eq!(content.prompt, "What?");
    assert_eq!(content.code_text(), Some("a::b\n\nc"));
}

#[test]
fn half_a_card_is_told_with_the_mend() {
    for (bank, message) in [
        ("a::\n", "the card has no answer; write it behind ::"),
        ("a\n?\n\nb\n", "the card has no answer"),
        ("?\nb\n", "the card has no question"),
    ] {
        let reading = read(&Obsidian, bank).unwrap();
        let told = reading.problems().next().unwrap().to_string();
        assert!(told.contains(message), "{told}");
    }
}

#[test]
fn a_note_without_tag_is_recognised_only_if_all_of_it_is_cards() {
    for (name, text, is_so) in [
        ("x.md", "#flashcards/bio\n\nProse.\n\na::b\n", true),
        ("x.txt", "---\ntags: flashcards\n---\na ==b==\n", true),
        ("x.md", "# Title\n\na::b\n\nc\n?\nd\n", false),
        ("x.md", "a::b\n\nc\n?\nd\n", true),
        ("x.md", "Use `std::mem` or std::fs.\n\nMore prose.\n", false),
        ("x.md", "A ==marked== word.\n", false),
        ("x.txt", "a::b\nc::d\n", false),
        ("x.md", "#flashcards\n\nProse.\n", false),
        ("x.md", "", false),
    ] {
        let input = Input { name: name.into(), text: text.into(), is_sheet: false };
        assert_eq!(Obsidian.recognise(&input).is_some(), is_so, "{text:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "([\\PC\r\n]|::|==|\\{\\{|\\}\\}|`|\n\\?\n|#flashcards|\n---\n|\n```\n){0,30}") {
        drop(read(&Obsidian, &text));
        Obsidian.recognise(&Input { text, ..Input::default() });
    }

    #[test]
    fn every_card_is_a_note_or_a_problem_on_the_line_where_it_begins(
        rows in prop::collection::vec((0_usize..5, 1_usize..3), 0..8),
        line_end in prop::sample::select(&["\n", "\r\n", "\r"]),
    ) {
        let kinds = ["a::b\n", "a::\n", "a\nb\n??\nc\n", "a\n?\n", "a\n<!-- x -->\n==b==\n"];
        let (mut bank, mut expected) = ("preamble\n".to_owned(), Vec::new());
        for (kind, blank) in &rows {
            bank += &"\n".repeat(*blank);
            expected.push(u64::try_from(bank.matches('\n').count()).unwrap() + 1);
            bank += kinds[*kind];
        }
        let reading = read(&Obsidian, &bank.replace('\n', line_end)).unwrap();
        let mut lines: Vec<u64> = reading.drafts.iter().map(|draft| draft.line).collect();
        lines.extend(reading.problems().map(|problem| problem.line));
        lines.sort_unstable();
        prop_assert_eq!(lines, expected);
    }
}
