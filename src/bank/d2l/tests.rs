use super::*;
use crate::bank::{Reading, read};
use crate::model::{Body, Content, Difficulty};
use proptest::prelude::*;

fn only(rows: &str) -> Content {
    let reading = read(&D2l, rows).unwrap();
    assert!(reading.rejected.is_empty(), "{:?}", reading.rejected);
    reading.drafts.into_iter().next().unwrap().content
}

fn problem(rows: &str) -> String {
    let reading = read(&D2l, rows).unwrap();
    assert!(reading.drafts.is_empty(), "{:?}", reading.drafts);
    reading.problems().next().unwrap().to_string()
}

fn recognised(text: &str) -> bool {
    D2l.recognise(&Input { name: "x.csv".into(), text: text.into(), is_sheet: false }).is_some()
}

#[test]
fn every_type_of_question_is_asked() {
    for (rows, prompt, body) in [
        (
            "NewQuestion,MC,,\nQuestionText,Largest?,,\nOption,0,Mars,,\nOption,100,Jupiter,,\nOption,25,Saturn,,\n",
            "Largest?",
            r#"Choice(Choice { options: ["Mars", "Jupiter", "Saturn"], right: [1] })"#,
        ),
        (
            "NewQuestion,MS\nQuestionText,Even?\nScoring,RightAnswers\nOption,1,2\nOption,0,3\nOption,1,4\n",
            "Even?",
            r#"Choice(Choice { options: ["2", "3", "4"], right: [0, 2] })"#,
        ),
        (
            "newquestion , tf\nQuestionText,Hot?\nTRUE,0,no\nFALSE,100.0000,yes\n",
            "Hot?",
            r#"Choice(Choice { options: ["True", "False"], right: [1] })"#,
        ),
        (
            "NewQuestion,SA\nQuestionText,Gold?\nInputBox,3,40\nAnswer,100,Au,regexp\nAnswer,100,aurum\nAnswer,50,gold\n",
            "Gold?",
            r#"Fact(Fact { answer: "Au", accept: ["aurum"], reversed: false, typed: true })"#,
        ),
        (
            "NewQuestion,WR\nQuestionText,Why?\nInitialText,Because\nAnswerKey,It is so\n",
            "Why?",
            r#"Fact(Fact { answer: "It is so", accept: [], reversed: false, typed: false })"#,
        ),
        (
            "NewQuestion,O\nQuestionText,Order\nItem,second\nItem,first\n",
            "Order\n1. __1__\n2. __2__",
            r#"Blanks(Blanks { gaps: [Gap { answer: "second", accept: [] }, Gap { answer: "first", accept: [] }], bank: ["first", "second"] })"#,
        ),
        (
            "NewQuestion,M\nQuestionText,Where?\nChoice,1,France\nChoice,2,Italy\nChoice,3,Peru\nMatch,2,Rome\nMatch,1,Paris\nMatch,1,Lyon\n",
            "Where?\nRome → __1__\nParis → __2__\nLyon → __3__",
            r#"Blanks(Blanks { gaps: [Gap { answer: "Italy", accept: [] }, Gap { answer: "France", accept: [] }, Gap { answer: "France", accept: [] }], bank: ["France", "Italy", "Peru"] })"#,
        ),
    ] {
        let content = only(rows);
        assert_eq!(content.prompt, prompt);
        assert_eq!(format!("{:?}", content.body), body);
    }
}

#[test]
fn what_stands_around_a_question_comes_with_it() {
    let rows = "//a \"remark\", odd\n,,\nNewQuestion,MC\nID,X-1\nQuestionText,q\nDifficulty,9\nImage,a.jpg\nOption,100,r,,well done\nOption,0,w\nHint,h\nFeedback ,\"two\nlines\"\n";
    let reading = read(&D2l, rows).unwrap();
    let draft = &reading.drafts[0];
    assert_eq!((draft.line, draft.id.as_deref()), (3, Some("X-1")));
    assert_eq!(draft.content.hint.as_deref(), Some("h"));
    assert_eq!(draft.content.explanation.as_deref(), Some("two\nlines\nr: well done"));
    assert_eq!(draft.content.difficulty, Some(Difficulty::Hard));
    assert_eq!((reading.warnings.len(), reading.skipped), (1, 2));
}

#[test]
fn feedback_names_the_answer_that_it_is_about() {
    let content = only("NewQuestion,TF\nQuestionText,q\nTRUE,100,yes\nFALSE,0,\nFeedback,so it is\n");
    assert_eq!(content.explanation.as_deref(), Some("True: yes\nso it is"));
}

#[test]
fn an_id_before_a_question_is_that_questions() {
    let rows =
        "ID,a\nNewQuestion,TF\nQuestionText,p\nTRUE,100\nID,b\nNewQuestion,TF\nQuestionText,q\nTRUE,100\n";
    let reading = read(&D2l, rows).unwrap();
    let found: Vec<_> = reading.drafts.iter().map(|draft| (draft.line, draft.id.as_deref())).collect();
    assert_eq!(found, [(1, Some("a")), (5, Some("b"))]);
}

#[test]
fn one_text_that_is_html_makes_all_of_them_html() {
    let content = only(
        "NewQuestion,MC\nQuestionText,<b>q</b>,HTML\nOption,100,a < b\nOption,0,<i>c</i>,HTML\nFeedback,x & y\n",
    );
    assert!(content.html);
    assert_eq!(content.prompt, "<b>q</b>");
    assert_eq!(content.explanation.as_deref(), Some("x &amp; y"));
    let Body::Choice(choice) = content.body else { panic!() };
    assert_eq!(choice.options, ["a &lt; b", "<i>c</i>"]);
}

#[test]
fn what_cannot_be_asked_is_told_with_the_mend() {
    for (rows, message) in [
        ("NewQuestion,WR\nQuestionText,q\n", "no answer that could be asked; add a row AnswerKey"),
        ("NewQuestion,SA\nQuestionText,q\n", "no answer that could be asked; add a row Answer"),
        ("NewQuestion,SA\nQuestionText,q\nAnswer,100,a|b.*,regexp\n", "a pattern: \"a|b.*\""),
        ("NewQuestion,MC\nQuestionText,q\nOption,0,a\nOption,0,b\n", "no option is marked as right"),
        (
            "NewQuestion,MC\nQuestionText,q\nOption,,100,a\n",
            "1: \"\" in the second cell is no number (line 3)",
        ),
        ("NewQuestion,TF\nQuestionText,q\n", "neither TRUE nor FALSE"),
        ("NewQuestion,M\nQuestionText,q\nMatch,1,x\n", "no choice for the match \"x\""),
        ("NewQuestion,FIB\nQuestionText,q\n", "\"FIB\" is no type"),
        ("QuestionText,q\n", "before the first NewQuestion"),
        ("NewQuestion,TF\nQuestionTxt,q\nTRUE,100\n", "\"QuestionTxt\" is no row"),
    ] {
        let told = problem(rows);
        assert!(told.contains(message), "{told}");
    }
}

#[test]
fn only_rows_of_brightspace_are_recognised() {
    for (text, is_so) in [
        ("//,x\n,,\nNewQuestion,MC,\nQuestionText,q\n", true),
        ("\u{feff}\"NewQuestion\";\"TF\"\n", true),
        ("ID,1\nNewQuestion,WR\n", true),
        ("question,answer\nNewQuestion,MC\n", false),
        ("NewQuestion is a word\n", false),
        ("prompt,answer\na,b\n", false),
        ("", false),
    ] {
        assert_eq!(recognised(text), is_so, "{text:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "([\\PC\r\n\",]|\nNewQuestion,|\nOption,100,|\nMatch,1,|\nID,|\nTRUE,|\n//|HTML){0,40}", head in prop::sample::select(&["", "NewQuestion,MC\n", "NewQuestion,M\nChoice,1,a\n", "NewQuestion,O\nItem,"])) {
        drop(read(&D2l, &format!("{head}{text}")));
        recognised(&format!("{head}{text}"));
    }

    #[test]
    fn every_question_is_a_note_or_a_problem_on_the_line_where_it_begins(
        questions in prop::collection::vec((0_usize..4, 0_usize..3), 0..8),
        line_end in prop::sample::select(&["\n", "\r\n", "\r"]),
    ) {
        let kinds = [
            "NewQuestion,TF,\nQuestionText,\"a\nb\",\nTRUE,100,\n",
            "NewQuestion,WR,\nQuestionText,q,\n",
            "NewQuestion,MC,\nQuestionText,q,\nOption,x,a,\n",
            "NewQuestion,SA,\nQuestionText,q,\nAnswer,100,a,\n",
        ];
        let mut bank = "// remark, \"\n".to_owned();
        let mut expected = Vec::new();
        for (kind, blank) in &questions {
            bank += &",,\n".repeat(*blank);
            expected.push(u64::try_from(bank.matches('\n').count()).unwrap() + 1);
            bank += kinds[*kind];
        }
        let Reading { drafts, rejected, .. } = read(&D2l, &bank.replace('\n', line_end)).unwrap();
        let mut lines: Vec<u64> = drafts.iter().map(|draft| draft.line).collect();
        lines.extend(rejected.iter().map(|rejected| rejected.problems[0].line));
        lines.sort_unstable();
        prop_assert_eq!(lines, expected);
    }
}
