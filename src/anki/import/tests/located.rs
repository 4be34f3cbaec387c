//! What is wrong stands where it is said to stand.

use proptest::prelude::*;

use super::*;

#[test]
fn a_row_that_cannot_be_a_note_is_located_by_line_column_and_reason() {
    let head = "#separator:comma\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n";
    let deep = ["x"; 12].join("::");
    for (row, place, reason) in [
        ("g,Basic,D,,back".to_owned(), "8:front", "empty"),
        ("g,Basic,D,\" <br>&nbsp;\",back".to_owned(), "8:front", "empty"),
        ("g,Basic,D,front,".to_owned(), "8:back", "needs an answer"),
        ("g,Basic,D,front".to_owned(), "8:back", "the row has 4 cells and ends before column 5"),
        ("g,,D,front,back".to_owned(), "8:notetype", "empty"),
        (format!("g,Basic,{deep},front,back"), "8:deck", "12 levels"),
        ("g,Cloze,D,front,back".to_owned(), "8:front", "hides nothing"),
        (
            "g,Image Occlusion,D,{{c1::image-occlusion:rect:left=1}},<img src=x>".to_owned(),
            "8:front",
            "picture",
        ),
        ("g,Basic,D,front,back,more".to_owned(), "8", "the first beyond is \"more\""),
        ("g,Basic,D,front,\"back\nb\n".to_owned(), "8", "never closes"),
        ("g,Basic,D,\"front\nfront\",\"back\nb\n".to_owned(), "9", "never closes"),
    ] {
        let good = "g1,Basic,D,\"two\nlines\",b\n";
        let text = format!("{head}{good}{row}\n");
        let reading = read(&text);
        let [problem] = problems(&reading).try_into().unwrap();
        assert!(problem.starts_with(&format!("{place}: ")), "{problem}");
        assert!(problem.contains(reason), "{problem}");
        let rejected = &reading.rejected[0];
        assert_eq!(text.get(rejected.original.clone()).unwrap().trim_end(), row.trim_end());
    }
}

#[test]
fn several_faults_of_a_row_are_all_named() {
    let reading =
        read("#separator:,\n#notetype column:1\n#deck column:2\n,a::b::c::d::e::f::g::h::i::j::k::l,q,a\n");
    let columns: Vec<_> = reading.problems().map(|problem| problem.column.as_deref().unwrap()).collect();
    assert_eq!(columns, ["notetype", "deck"]);
}

#[test]
fn a_column_of_guids_that_no_row_has_refuses_the_file_and_others_are_told() {
    let error = read_with("#separator:,\n#guid column:9\nq,a\n", &Options::default()).unwrap_err();
    assert_eq!(error.message, "line 2: the guids should stand in column 9, and the longest row has 2 cells");
    let reading = read("#separator:,\n#deck column:9\n#tags column:8\nq,a\n");
    let told: Vec<u64> = reading.warnings.iter().map(|warning| warning.line).collect();
    assert_eq!((reading.drafts.len(), told), (1, vec![2, 3]));
    // a row that ends before it
    let reading = read("#separator:,\n#guid column:3\nq,a,g\nr,b\n");
    assert_eq!(problems(&reading)[0].split(": ").next(), Some("4:guid"));
}

#[test]
fn a_wrong_number_for_the_guids_refuses_the_file_unless_the_learner_says_where_they_are() {
    let rows = "bK,#c)Z<r6|Basic|What is it?|This\nt#K#J+`ZEK|Basic|Who is it?|She\n";
    let map = |said: &[(&str, &str)]| Options {
        map: said.iter().map(|(role, column)| ((*role).to_owned(), (*column).to_owned())).collect(),
        ..Options::default()
    };
    for (value, found) in [
        ("one", "#guid column needs the number of a column, not \"one\""),
        ("2", "column 2 should hold the guids, but it holds nothing but \"Basic\" in all 2 rows"),
        ("3", "column 3 should hold the guids, but it holds texts such as \"What is it?\""),
    ] {
        let text = format!("#separator:pipe\n\n#guid column:{value}\n{rows}");
        let error = read_with(&text, &Options::default()).unwrap_err();
        assert!(error.message.starts_with(&format!("line 3: {found}")), "{error}");
        assert!(error.hint.as_deref().unwrap().starts_with("write #guid column:1"), "{error:?}");
        let mended = read(&text.replace(&format!("column:{value}"), "column:1"));
        assert_eq!((mended.drafts.len(), &mended.warnings), (2, &Vec::new()));
        assert_eq!(mended.drafts[0].guid.as_ref().unwrap().as_str(), "bK,#c)Z<r6");
        // the learner knows better
        let said = [("guid", "1"), ("prompt", "3"), ("answer", "4"), ("ignore", "2")];
        let reading = read_with(&text, &map(&said)).unwrap();
        assert_eq!(notes(&reading)[0], note("What is it?", "This", ""));
        assert_eq!(reading.drafts[0].guid, mended.drafts[0].guid);
    }
    // what the message says to keep the number
    let kept =
        read_with(&format!("#separator:pipe\n#guid column:3\n{rows}"), &map(&[("guid", "3")])).unwrap();
    assert_eq!(kept.drafts[0].guid.as_ref().unwrap().as_str(), "What is it?");
    let off = read(&format!("#separator:pipe\n#guid column:0\n{rows}"));
    assert_eq!((off.drafts.len(), off.warnings), (2, Vec::new()));
    let other =
        read_with(&format!("#separator:pipe\n#guid column:3\n{rows}"), &map(&[("prompt", "3")])).unwrap();
    assert_eq!(other.drafts[0].guid, None);
}

#[test]
fn rejected_rows_that_share_a_guid_can_be_read_again() {
    let text = "#separator:,\n#guid column:1\n\
                # rejected because: 4:guid: line 3 has the same guid and says something else\ng,q,a\ng,r,b\n";
    assert_eq!(read(text).drafts.len(), 2);
    assert!(read_with(&text.replace("rejected because", "why"), &Options::default()).is_err());
}

#[test]
fn comments_among_the_rows_are_left_out_and_told_once() {
    let reading = read("#separator:,\nq,a\n# c\n\"# no, a note\",b\n#html:true\nr,\"a\n# inside\"\n#last");
    assert_eq!(notes(&reading).len(), 3);
    assert_eq!(reading.skipped, 3);
    let told: Vec<_> =
        reading.warnings.iter().map(|warning| (warning.line, warning.message.as_str())).collect();
    assert_eq!(told[0].0, 5);
    assert!(told[0].1.contains("below its first row") && told[0].1.ends_with("(line 5)"), "{told:?}");
    assert!(
        told[1].1.contains("2 lines begin with #, which") && told[1].1.ends_with("(line 3, 8)"),
        "{told:?}"
    );
}

#[test]
fn rejected_rows_are_a_file_that_says_why_and_is_read_again_as_before() {
    for text in [
        "#deck:D\nq,a\n,\"b\nb\"\nr,c,d\ns,\"e\n",
        "tags: x\n#html:true\nq\ta\n<b></b>\tb\nr\tc\td\n",
        "#separator:tab,,,\n#html:false,,,\nq,a\n,b\n",
        "#separator:tab\n#notetype:Basic\nq\ta\tverb\n\tb\tverb\n",
    ] {
        let input = Input { name: "notes.txt".to_owned(), text: text.to_owned(), is_sheet: false };
        let before = read(text);
        let mended = AnkiText.rejected(&input, &Options::default(), &before.rejected).unwrap();
        let input = Input { text: mended.clone(), ..input };
        assert!(AnkiText.recognise(&input).is_some(), "{mended}");
        assert!(mended.contains(REJECTED_BECAUSE), "{mended}");
        let after = read(&mended);
        let reasons =
            |reading: &Reading| reading.problems().map(|problem| problem.message.clone()).collect::<Vec<_>>();
        assert_eq!(reasons(&after), reasons(&before), "{mended}");
        assert_eq!((after.drafts.len(), after.warnings), (0, Vec::new()), "{mended}");
    }
}

fn soup() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "#(separator|html|tags|columns|notetype|deck|notetype column|deck column|tags column|guid column|if matches): ?[a-z0-9,;:\t| ]{0,8}[\t,]{0,2}",
        "\"?#[ -~]{0,10}\"?,?",
        "[\\PC\t]{0,12}",
        "(\"[a-z\n#\",]{0,6}\"|[a-z<>&;{}:]{0,6})(,|\t|;)[a-z#]{0,3}",
        Just("{{c1::x}}\t<b>y</b>\tz".to_owned()),
    ];
    (prop::collection::vec(line, 0..12), prop::sample::select(&["\n", "\r\n", "\r"]))
        .prop_map(|(lines, line_end)| lines.join(line_end))
}

proptest! {
    #[test]
    fn any_file_is_read_or_refused_and_rejected_rows_stand_where_they_say(text in soup(), html in any::<bool>()) {
        let input = Input { text, ..Input::default() };
        AnkiText.recognise(&input);
        let options = Options { html, ..Options::default() };
        let mut reading = Reading::default();
        if AnkiText.read(&input, &options, &mut reading).is_ok() {
            for rejected in &reading.rejected {
                prop_assert!(input.text.get(rejected.original.clone()).is_some());
                prop_assert!(rejected.problems.iter().all(|problem| problem.line > 0 && !problem.fix.is_empty()));
            }
            AnkiText.rejected(&input, &options, &reading.rejected).unwrap();
        }
    }

    #[test]
    fn a_row_that_is_spoilt_is_found_on_its_line(
        rows in prop::collection::vec(("[a-z]{1,5}|\"[a-z]\n+[a-z]\"|\"<b>\r\nx</b>\"", 0_usize..3, any::<bool>()), 1..8),
        spoilt in any::<prop::sample::Index>(),
        line_end in prop::sample::select(&["\n", "\r\n", "\r"]),
    ) {
        let spoilt = spoilt.index(rows.len());
        let mut text = "#separator:tab\n#html:true\n# vim\n".to_owned();
        let mut expected = 0;
        for (number, (cell, blank, comment)) in rows.iter().enumerate() {
            text += &"\n".repeat(*blank);
            if *comment {
                text += "# a \"comment\n";
            }
            if number == spoilt {
                expected = text.matches('\n').count() + 1;
            }
            let back = if number == spoilt { "" } else { "b" };
            text += &format!("{}\t{back}\n", cell.replace("\r\n", "\n"));
        }
        let reading = read(&text.replace('\n', line_end));
        let lines: Vec<u64> = reading.problems().map(|problem| problem.line).collect();
        prop_assert_eq!(lines, [u64::try_from(expected).unwrap()]);
        prop_assert_eq!(reading.drafts.len(), rows.len() - 1);
    }
}
