//! Small files, a rule each.

mod located;

use super::*;
use crate::anki::package::Written;
use crate::anki::{Notetypes, TextWriter};
use crate::bank::{Draft, Reading};
use crate::model::{Body, Content, DeckName, Fact, Guid, Note, Tags};

fn read_with(text: &str, options: &Options) -> Result<Reading> {
    let input = Input { name: "notes.txt".to_owned(), text: text.to_owned(), is_sheet: false };
    let mut reading = Reading::default();
    AnkiText.read(&input, options, &mut reading)?;
    Ok(reading)
}

fn read(text: &str) -> Reading {
    read_with(text, &Options::default()).unwrap()
}

fn fact(draft: &Draft) -> &Fact {
    let Body::Fact(fact) = &draft.content.body else { panic!("{draft:?}") };
    fact
}

/// Front, back and explanation of each note.
fn notes(reading: &Reading) -> Vec<(String, String, String)> {
    let note = |draft: &Draft| {
        let back = match &draft.content.body {
            Body::Fact(fact) => fact.answer.clone(),
            Body::Cloze => "(cloze)".to_owned(),
            body => panic!("{body:?}"),
        };
        (draft.content.prompt.clone(), back, draft.content.explanation.clone().unwrap_or_default())
    };
    reading.drafts.iter().map(note).collect()
}

fn note(front: &str, back: &str, more: &str) -> (String, String, String) {
    (front.to_owned(), back.to_owned(), more.to_owned())
}

fn problems(reading: &Reading) -> Vec<String> {
    reading.problems().map(ToString::to_string).collect()
}

#[test]
fn a_file_is_known_by_its_directives_and_a_table_with_a_comment_stays_a_table() {
    let is_known = |name: &str, text: &str| {
        let input = Input { name: name.to_owned(), text: text.to_owned(), is_sheet: false };
        AnkiText.recognise(&input).is_some()
    };
    for text in [
        "#separator:tab\na\tb\n",
        "#Deck:French\na,b\n",
        "# vim: noet\t\t\n#columns:a,b\t\t\nx,y\n",
        "\"#html:true\",\nx,y\n",
        "\n#tags column:3\n",
        "tags: a b\nx\ty\nz\tw\n",
        "#if matches:keep both\n",
    ] {
        assert!(is_known("x.txt", text), "{text:?}");
    }
    for (name, text) in [
        ("x.csv", "# a title\nquestion,answer\nx,y\n"),
        ("x.csv", "question,answer\n#html:true,y\n"),
        ("x.txt", "tags: a list\nof no table\n"),
        ("x.md", "# Deck: French\n"),
        ("x.csv", ""),
    ] {
        assert!(!is_known(name, text), "{text:?}");
    }
}

#[test]
fn fields_come_in_order_and_further_ones_are_explanations_with_their_names() {
    let text = "#separator:semicolon\n#guid column:1\n#tags column:4\n#deck column:6\n#columns:key;fr;ja;tags;kana;deck\n\
                a#b ;moi;私;x::y z;わたし;Japanese::1\n;toi;君;;;\n";
    let reading = read(text);
    assert_eq!(notes(&reading), [note("moi", "私", "kana: わたし"), note("toi", "君", "")]);
    let [first, second] = reading.drafts.as_slice() else { panic!() };
    assert_eq!(first.guid.as_ref().unwrap().as_str(), "a#b ");
    assert_eq!(first.content.tags.to_string(), "x::y z");
    assert_eq!(first.deck.as_ref().unwrap().as_str(), "Japanese::1");
    assert_eq!((second.guid.clone(), second.deck.clone(), second.line), (None, None, 7));
    let guess = reading.guesses.iter().find(|guess| guess.what == "columns").unwrap();
    let said =
        "guid = key, prompt = fr, answer = ja, tags = tags, deck = deck, lines of the explanation = kana";
    assert_eq!(guess.value, said);
    // without names
    let reading = read("#separator:,\na,b,c,d\n");
    assert_eq!(notes(&reading), [note("a", "b", "column 3: c\ncolumn 4: d")]);
}

#[test]
fn what_the_file_states_holds_for_every_note() {
    let reading =
        read("#deck: A :: :: B ,,\n#tags:x y,,\n#notetype:Einfach (Antwort eintippen),,\nq,a,\nr,b,\n");
    assert_eq!(reading.drafts.len(), 2);
    for draft in &reading.drafts {
        assert_eq!(draft.deck.as_ref().unwrap().as_str(), "A::B");
        assert_eq!(draft.content.tags.to_string(), "x y");
        assert!(fact(draft).typed && !fact(draft).reversed);
    }
    let old = read("tags: x y\nq\ta\nr\tb\n");
    assert_eq!(old.drafts[1].content.tags.to_string(), "x y");
}

#[test]
fn the_notetype_decides_the_kind_and_cloze_marks_where_it_is_not_known() {
    let rows = [
        ("Basic", "{{c1::mark}}", "a"),
        ("Basic (and reversed card)", "q", "a"),
        ("Basic (optional reversed card)", "q", "a"),
        ("Cloze", "a {{c1::mark}}", "why"),
        ("My own", "a {{c2::mark}}", "why"),
        ("My own", "q", "a"),
    ];
    let rows: String =
        rows.iter().map(|(kind, front, back)| format!("{kind}\t{front}\t{back}\tyes\n")).collect();
    let reading = read(&format!("#separator:tab\n#notetype column:1\n{rows}"));
    let cloze = |front| note(front, "(cloze)", "why\ncolumn 4: yes");
    let fact_of = |front, more| note(front, "a", more);
    let further = "column 4: yes";
    let expected = [
        fact_of("{{c1::mark}}", further),
        fact_of("q", further),
        fact_of("q", ""),
        cloze("a {{c1::mark}}"),
        cloze("a {{c2::mark}}"),
        fact_of("q", further),
    ];
    assert_eq!(notes(&reading), expected);
    let reversed = reading
        .drafts
        .iter()
        .filter(|draft| matches!(&draft.content.body, Body::Fact(fact) if fact.reversed));
    assert_eq!(reversed.map(|draft| draft.line).collect::<Vec<_>>(), [4, 5]);
}

#[test]
fn a_note_is_html_only_if_html_cannot_be_said_as_text() {
    for (html, cell, is_html, kept) in [
        ("#html:true\n", "a < b &amp;&amp; c<br>d", true, "a < b &amp;&amp; c<br>d"),
        ("#html:true\n", "a &lt; b &amp;&amp; c<br>d", false, "a < b && c\nd"),
        ("#html:true\n", "R&D <3", false, "R&D <3"),
        ("#html:true\n", "<b>x</b>", true, "<b>x</b>"),
        ("#html:false\n", "<b>x</b> &amp;", false, "<b>x</b> &amp;"),
        ("", "<b>x</b>", true, "<b>x</b>"),
        ("", "a < b", false, "a < b"),
    ] {
        let reading = read(&format!("{html}#separator:tab\n{cell}\tback\n"));
        let content = &reading.drafts[0].content;
        assert_eq!((content.html, content.prompt.as_str()), (is_html, kept), "{cell}");
    }
    // only the first five rows decide
    let late = read(&format!("#separator:tab\n{}<i>q</i>\ta\n", "q\ta\n".repeat(5)));
    assert!(late.drafts.iter().all(|draft| !draft.content.html));
    assert_eq!((late.warnings[0].line, late.warnings.len()), (7, 1));
    let stated =
        read_with("#html:false\n<b>q</b>\ta\n", &Options { html: true, ..Options::default() }).unwrap();
    assert!(stated.drafts[0].content.html);
}

#[test]
fn sounds_and_pictures_stay_as_names_and_are_told_once() {
    let reading = read("#separator:tab\n#html:true\nq\ta\nr[sound:a b.mp3]\tb\ns\t<IMG src=\"c.png\">\n");
    assert_eq!(reading.drafts[1].content.prompt, "r[sound:a b.mp3]");
    let [warning] = reading.warnings.as_slice() else { panic!() };
    assert_eq!((warning.line, warning.message.contains("2 rows name")), (4, true));
}

#[test]
fn tags_that_the_file_does_not_announce_are_found_only_behind_the_fields_of_a_stock_notetype() {
    let rows = "#separator:comma\n#notetype:Basic\nq,a,verb\nr,b,noun\n";
    let reading = read(rows);
    assert_eq!(reading.drafts[0].content.tags.to_string(), "verb");
    assert!(reading.guesses[0].value.contains("tags = column 3"));
    for other in [rows.replace("#notetype:Basic\n", ""), rows.replace("noun", "a noun, mostly")] {
        let reading = read(&other);
        assert!(reading.drafts[0].content.tags.is_empty());
        assert_eq!(reading.drafts[0].content.explanation.as_deref(), Some("column 3: verb"));
    }
}

#[test]
fn the_separator_is_as_stated_else_the_one_on_which_rows_agree() {
    for (text, back) in [
        ("#deck:D\n10:30\ta, b\n11:00\tc\n", "a, b"),
        ("#deck:D\n10:30,a;b\n11:00,c\n", "a;b"),
        ("#deck:D\nx;\"a;\nb\"\ny;z\n", "a;\nb"),
        ("#separator:tab,\n#html:false,\nx,a y\nz,w\n", "a y"),
        ("#separator:Pipe\nx|a,b\n", "a,b"),
    ] {
        let reading = read(text);
        assert_eq!(fact(&reading.drafts[0]).answer, back, "{text:?}");
    }
    let options = Options { delimiter: Some(";".to_owned()), ..Options::default() };
    assert_eq!(notes(&read_with("#separator:tab\na\tb;c\n", &options).unwrap()), [note("a\tb", "c", "")]);
    let options = Options { delimiter: Some("::".to_owned()), ..Options::default() };
    assert!(read_with("#separator:tab\na\tb;c\n", &options).is_err());
}

#[test]
fn line_ends_of_any_sort_and_a_row_that_names_the_columns_make_the_same_notes() {
    let plain = "#separator:comma\n# c\nBack,Front\n\na,\"q\nq\"\nb,r\n";
    let expected = [note("q\nq", "a", ""), note("r", "b", "")];
    for line_end in ["\n", "\r\n", "\r"] {
        let reading = read(&plain.replace('\n', line_end));
        assert_eq!(notes(&reading), expected);
        assert_eq!(reading.drafts.iter().map(|draft| draft.line).collect::<Vec<_>>(), [5, 7]);
    }
    let options = Options { header: Some(false), ..Options::default() };
    assert_eq!(read_with(plain, &options).unwrap().drafts.len(), 3);
}

#[test]
fn the_learner_may_say_what_columns_hold() {
    let options = |map: &[(&str, &str)]| Options {
        map: map.iter().map(|(role, column)| ((*role).to_owned(), (*column).to_owned())).collect(),
        ..Options::default()
    };
    let text = "#separator:,\n#columns:a,b,c,d\n1,2,3,4\n";
    let reading =
        read_with(text, &options(&[("prompt", "c"), ("answer", "1"), ("ignore", "b"), ("tags", "D")]))
            .unwrap();
    assert_eq!(notes(&reading), [note("3", "1", "")]);
    assert_eq!(reading.drafts[0].content.tags.to_string(), "4");
    for wrong in [("prompt", "9"), ("prompt", "x"), ("options", "1")] {
        assert!(read_with(text, &options(&[wrong])).is_err(), "{wrong:?}");
    }
}

#[test]
fn what_matura_writes_for_anki_comes_back() {
    let content = |prompt: &str, fact: Option<Fact>| {
        let body = fact.map_or(Body::Cloze, Body::Fact);
        Content { tags: Tags::new(["b", "a::c"]), ..Content::new(prompt, body) }
    };
    let fact =
        |reversed, typed| Some(Fact { answer: "a & b\n<c>".into(), accept: Vec::new(), reversed, typed });
    let contents = [
        content("q {{c1::x}} \"5\"", fact(false, false)),
        content("#q", fact(true, false)),
        content("q < 3\nlines", fact(false, true)),
        content("one {{c1::hidden::hint}} & {{c2::more}}", None),
    ];
    let notes: Vec<Note> = contents
        .into_iter()
        .enumerate()
        .map(|(n, content)| Note {
            guid: Guid::new(format!("#\"{n},")),
            bank_id: None,
            deck: DeckName::parse(&format!("A::{n}")).unwrap(),
            marked: n % 2 == 1,
            leech: false,
            content,
        })
        .collect();
    let mut writer = TextWriter::new(Notetypes::in_language("en").unwrap(), notes.len()).unwrap();
    for note in &notes {
        writer.add(note.clone());
    }
    let Written { bytes, warnings, .. } = writer.finish().unwrap();
    assert_eq!(warnings, []);
    let reading = read(&String::from_utf8(bytes).unwrap());
    assert_eq!((problems(&reading), &reading.warnings), (Vec::new(), &Vec::new()));
    let note = |draft: Draft| Note {
        guid: draft.guid.unwrap(),
        bank_id: draft.id,
        deck: draft.deck.unwrap(),
        marked: draft.marked == Some(true),
        leech: false,
        content: draft.content,
    };
    let again: Vec<Note> = reading.drafts.into_iter().map(note).collect();
    assert_eq!(again, notes);
}

#[test]
fn a_spreadsheet_is_read_by_rows_whatever_separator_it_states() {
    let text = "#separator:tab,,\n\"#columns:Front\tBack\",,\nq,\"a\nb\",\n# c,,\n,x,\n".to_owned();
    let input = Input { name: "notes.xlsx".to_owned(), text, is_sheet: true };
    let mut reading = Reading::default();
    AnkiText.read(&input, &Options::default(), &mut reading).unwrap();
    assert_eq!(notes(&reading), [note("q", "a\nb", "")]);
    assert_eq!((reading.drafts[0].line, reading.warnings[0].line), (3, 4));
    let problem = reading.problems().next().unwrap();
    assert_eq!((problem.line, problem.column.as_deref()), (5, Some("Front")));
}

#[test]
fn guids_of_which_the_file_says_nothing_are_told() {
    let rows = "bK,#c)Z<r6\tword\tmeaning\nt#K#J+`ZEK\tface\trear\n";
    let reading = read(&format!("#separator:tab\n{rows}"));
    let told: Vec<(u64, &str)> =
        reading.warnings.iter().map(|warning| (warning.line, warning.fix.as_str())).collect();
    assert_eq!(told, [(2, "add the line #guid column:1 at the top")]);
    assert!(read(&format!("#separator:tab\n#guid column:1\n{rows}")).warnings.is_empty());
}

#[test]
fn a_separator_that_no_row_has_gives_way_to_the_one_that_all_have_if_columns_are_numbered() {
    let rows = "g1\tmot\tword\ng2\tword, or so\tmeaning\n";
    let reading = read(&format!("#separator:semicolon\n#guid column:1\n{rows}"));
    assert_eq!(reading.drafts.len(), 2);
    assert!(reading.guesses.iter().any(|guess| guess.what == "delimiter" && guess.value == "tab"));
    let tabs = "#separator:comma\nla vaca, dos\tthe cow\nel perro, grande\tthe dog\n";
    assert_eq!(read(tabs).drafts[0].content.prompt, "la vaca, dos");
    // a cloze has one field, whatever is in it
    let cloze = "#separator:tab\n#notetype:Cloze\n{{c1::a}}, b\n{{c1::c}}, d\n";
    assert_eq!(read(cloze).drafts[0].content.prompt, "{{c1::a}}, b");
}
