//! Tables as instructors have them, imported without an option.

use serde_json::Value;

use crate::builder::{Matura, root};

/// Imports a file and gives its report and the notes.
fn imported(name: &str, content: impl AsRef<[u8]>) -> (Value, Vec<Value>) {
    let matura = Matura::new();
    let file = matura.file(name, content);
    let report = matura.json(&["import", file.to_str().unwrap(), "--deck", "D"])["files"][0].clone();
    let list = matura.json(&["list"]);
    let notes = list.as_array().unwrap().iter();
    let notes = notes.map(|note| matura.json(&["show", note["note"].as_str().unwrap()])).collect();
    (report, notes)
}

/// A note as `prompt: option, *right option`, or `prompt: answer`.
fn told(note: &Value) -> String {
    let prompt = note["prompt"].as_str().unwrap();
    let Some(options) = note["options"].as_array() else {
        return format!("{prompt}: {}", note["answer"].as_str().unwrap_or_default());
    };
    let right = note["answer"].as_array().unwrap();
    let options = options.iter().zip('A'..).map(|(option, letter)| {
        let mark = if right.contains(&Value::String(letter.into())) { "*" } else { "" };
        format!("{mark}{}", option.as_str().unwrap())
    });
    format!("{prompt}: {}", options.collect::<Vec<_>>().join(", "))
}

#[test]
fn the_tables_of_every_platform_and_habit_import_without_an_option() {
    let kahoot = ",Quiz template,,,,,,\n,Add questions,,,,,,\n,,,,,,,\n,Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75 characters,Answer 3 - max 75 characters,Answer 4 - max 75 characters,\"Time limit (sec) \u{2013} 5, 10\",Correct answer(s) - choose at least one\n1,Top?,w,x,y,z,20,2\n2,Even?,2,3,4,5,20,\"1,3\"\n";
    let quizizz = "Question Text,Question Type,Option 1,Option 2,Option 3,Option 4,Option 5,Correct Answer,Time in seconds,Image Link,Answer explanation\n\"Text of the question\n(required)\",\"Question Type\n(default)\",Text for option 1,Text for option 2,\"Text\n(optional)\",\"(optional)\",\"(optional)\",The correct option,\"(optional)\",\"(optional)\",\"(optional)\"\nTop?,Multiple Choice,w,x,y,z,,2,20,,Because.\nEven?,Checkbox,2,3,4,5,,\"1,3\",20,,\nGold?,Fill-in-the-Blank,Au,,,,,,20,,\n";
    let blooket = "\"Blooket\nImport Template\",,,,,,,\nQuestion #,Question Text,Answer 1,Answer 2,\"Answer 3\n(Optional)\",\"Answer 4\n(Optional)\",\"Time Limit (sec)\n(Max: 300 seconds)\",\"Correct Answer(s)\n(Only include Answer #)\"\n1,Top?,w,x,y,,20,2\n";
    let gimkit = "Gimkit Spreadsheet Import Template,,,\nQuestion,Correct Answer,Incorrect Answer 1,Incorrect Answer 2 (Optional)\nTop?,x,w,y\n";
    for (name, table, format, expected) in [
        ("kahoot.csv", kahoot, "kahoot", vec!["Top?: w, *x, y, z", "Even?: *2, 3, *4, 5"]),
        ("quizizz.csv", quizizz, "quizizz", vec!["Top?: w, *x, y, z", "Even?: *2, 3, *4, 5", "Gold?: Au"]),
        ("blooket.csv", blooket, "blooket", vec!["Top?: w, *x, y"]),
        ("gimkit.csv", gimkit, "gimkit", vec!["Top?: *x, w, y"]),
        (
            "letters.csv",
            "id;Frage;Antwort A;Antwort B;Lösung\n7;Wer?;ich;du;B\n8;Was?;a;b;A\n",
            "table",
            vec!["Wer?: ich, *du", "Was?: *a, b"],
        ),
        (
            "texts.csv",
            "pregunta,opción a,opción b,opción c,respuesta correcta\n¿Qué?,uno,dos,tres,dos\n",
            "table",
            vec!["¿Qué?: uno, *dos, tres"],
        ),
        (
            "zero.csv",
            "question,choice0,choice1,choice2,answer\nq,w,x,y,2\nr,w,x,y,0\n",
            "table",
            vec!["q: w, x, *y", "r: *w, x, y"],
        ),
        ("one-cell.csv", "q,options,correct\nWhich?,a;b;c,b\n", "table", vec!["Which?: a, *b, c"]),
        (
            "json.csv",
            "_id,answers,question\nx1,\"[{\"\"text\"\":\"\"a\"\",\"\"correct\"\":true},{\"\"text\"\":\"\"b\"\",\"\"correct\"\":false}]\",q\n",
            "table",
            vec!["q: *a, b"],
        ),
        (
            "mmlu.csv",
            "\"Which, then?\",w,x,y,z,D\nAnd?,w,x,y,z,A\n",
            "table",
            vec!["Which, then?: w, x, y, *z", "And?: *w, x, y, z"],
        ),
        ("signs.csv", "q,History,w,#x\nr,Art,#y,z\n", "table", vec!["q: w, *x", "r: *y, z"]),
        ("pairs.txt", "1;q;w;True;x;False\n2;r;w;False;x;True\n", "table", vec!["q: *w, x", "r: w, *x"]),
        (
            "rows.csv",
            "question,option,is_correct\nq,a,0\nq,b,1\n,c,0\nr,d,1\nr,e,0\n",
            "table",
            vec!["q: a, *b, c", "r: *d, e"],
        ),
        (
            "truths.csv",
            "statement,answer\nWater is wet.,True\nFire is cold.,F\n",
            "table",
            vec!["Water is wet.: *True, False", "Fire is cold.: True, *False"],
        ),
        (
            "no-header.csv",
            "What is one?,1\nWhat is two?,2\n",
            "table",
            vec!["What is one?: 1", "What is two?: 2"],
        ),
        (
            "mac.txt",
            "Question 1\tAnswer 1\rQuestion 2\tAnswer 2\r",
            "table",
            vec!["Question 1: Answer 1", "Question 2: Answer 2"],
        ),
        ("q-and-a.csv", "Q,A\nWhat?,this\n", "table", vec!["What?: this"]),
        ("languages.csv", "English,Deutsch\nhouse,Haus\n", "table", vec!["house: Haus"]),
        ("quoted-whole.csv", "Frage|Antwort\n\"a, b|c\"\nd|e\n", "table", vec!["a, b: c", "d: e"]),
        ("sep.csv", "sep=;\nquestion;answer\na, b;c\n", "table", vec!["a, b: c"]),
        ("native-and-more.csv", "prompt,A,B,answer\nq,w,x,B\n", "table", vec!["q: w, *x"]),
    ] {
        let (report, notes) = imported(name, table);
        assert_eq!(report["format"], format, "{name}");
        assert_eq!(notes.iter().map(told).collect::<Vec<_>>(), expected, "{name}: {report}");
    }
}

#[test]
fn tables_in_any_encoding_and_line_end_hold_the_same_notes() {
    let text = "Frage;Lösung\nGrüße?;Größe\nüben;öfter\n";
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let mixed: Vec<u8> = text
        .lines()
        .enumerate()
        .flat_map(|(place, line)| {
            let bytes: Vec<u8> = if place == 2 {
                line.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
            } else {
                line.into()
            };
            [bytes, b"\r\n".to_vec()].concat()
        })
        .collect();
    for bytes in [
        text.into(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        [b"\xff\xfe".to_vec(), utf_16.clone()].concat(),
        utf_16,
        latin,
        mixed,
        text.replace('\n', "\r").into(),
    ] {
        let (report, notes) = imported("bank.csv", &bytes);
        assert_eq!(notes.iter().map(told).collect::<Vec<_>>(), ["Grüße?: Größe", "üben: öfter"], "{report}");
    }
}

#[test]
fn what_was_concluded_is_told_with_its_reason_and_can_be_overridden() {
    let matura = Matura::new();
    let table = "Kapitel;Was?;w;nein;x;ja;1\nKapitel;Wer?;y;nein;z;ja;0\n".repeat(5);
    let file = matura.file("bank.csv", table);
    let file = file.to_str().unwrap();
    let refused = matura.run(&["import", file]);
    assert!(
        refused.err.contains("--map prompt=P,answer=A") && refused.err.contains("\"Was?\""),
        "{}",
        refused.err
    );
    let ran =
        matura.run(&["import", file, "--map", "tags=1,prompt=2,options=3+5,answer=7", "--index-base", "0"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.err.contains("delimiter: semicolon; 10 of 10 rows"), "{}", ran.err);
    let notes = matura.json(&["list"]);
    let shown = matura.json(&["show", notes[0]["note"].as_str().unwrap()]);
    assert_eq!(told(&shown), "Was?: w, *x");
    assert_eq!(shown["tags"], serde_json::json!(["Kapitel"]));
}

#[test]
fn levels_are_what_their_values_say() {
    for (table, difficulty, level) in [
        ("question,answer,level\nq,a,easy\nr,b,Hard\n", "easy", Value::Null),
        ("question,answer,level,difficulty\nq,a,2,hard\n", "hard", "2".into()),
        ("question,answer,level\nq,a,managed\n", "", "managed".into()),
        ("question,answer,type\nq,a,Medium\nr,b,easy\n", "medium", Value::Null),
        ("question,answer,Schwierigkeit\nq,a,1\nr,b,5\n", "easy", Value::Null),
    ] {
        let (report, notes) = imported("bank.csv", table);
        assert_eq!(notes[0]["difficulty"].as_str().unwrap_or_default(), difficulty, "{table}{report}");
        assert_eq!(notes[0]["level"], level, "{table}");
    }
}

#[test]
fn bad_rows_are_left_out_on_demand_and_written_down_to_be_mended() {
    let matura = Matura::new();
    let table = "No;Question;A;B;Answer\n1;good?;x;y;B\n2;\"two\nlines\";x;y;D\n3;ragged;x;y;A;z\n4;;x;y;A\n";
    let file = matura.file("bank.csv", table);
    let file = file.to_str().unwrap();
    assert_eq!(matura.run(&["import", file]).status, 1);
    assert!(!matura.collection().exists());
    let report = matura.json(&["import", file, "--skip-bad-rows"])["files"][0].clone();
    assert_eq!(
        (report["read"].as_i64(), report["added"].as_i64(), report["rejected"].as_i64()),
        (Some(4), Some(1), Some(3))
    );
    let lines: Vec<i64> = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| problem["line"].as_i64().unwrap())
        .collect();
    assert_eq!(lines, [3, 5, 6], "physical lines, also after a cell of two");
    let rejected = std::fs::read_to_string(format!("{file}.rejected.csv")).unwrap();
    assert_eq!(report["rejected_file"], format!("{file}.rejected.csv"));
    assert!(rejected.starts_with("rejected because;No;Question;A;B;Answer\n"), "{rejected}");
    assert!(
        rejected.contains(";2;\"two\nlines\";x;y;D\n") && rejected.contains(";3;ragged;x;y;A;z\n"),
        "{rejected}"
    );
    // mended in place, it is a bank
    let mended = rejected.replace(";y;D", ";y;A").replace(";A;z", ";A").replace(";4;;", ";4;now?;");
    let mended = matura.file("mended.csv", mended);
    let report = matura.json(&["import", mended.to_str().unwrap(), "--deck", "bank"])["files"][0].clone();
    assert_eq!((report["added"].as_i64(), report["rejected"].as_i64()), (Some(3), Some(0)), "{report}");
    // what was mended there is not written over
    matura.json(&["import", file, "--skip-bad-rows"]);
    assert!(matura.path("bank.csv.rejected-2.csv").exists());
}

#[test]
fn a_dry_run_shows_what_would_change_and_how_cards_would_look() {
    let matura = Matura::new();
    let table = "id,question,A,B,answer,topic\n1,What?,x,y,B,t\n2,Who?,x,y,A,t\n";
    let file = matura.file("bank.csv", table);
    let file = file.to_str().unwrap();
    matura.json(&["import", file]);
    matura.file(
        "bank.csv",
        table.replace("What?", "What then?").replace("x,y,B", "x,z,B") + "3,Why?,x,y,Z,t\n",
    );
    let ran = matura.run(&["import", file, "--dry-run"]);
    assert_eq!(ran.status, 1, "a row is bad");
    assert!(ran.out.contains("1 updated, 1 unchanged, 1 rejected (nothing was done)"), "{}", ran.out);
    assert!(ran.out.contains("changed, line 2: What then? (prompt, answer, options)"), "{}", ran.out);
    assert!(
        ran.out.contains("a card, line 2:\n    What then?\n    A) x\n    B) z\n    = B) z"),
        "{}",
        ran.out
    );
    assert_eq!(matura.json(&["show", "1"])["prompt"], "What?");
}

#[test]
fn rejected_rows_of_a_table_without_a_header_can_be_read_again() {
    let matura = Matura::new();
    let rows: String = (0..20).map(|n| format!("question {n}?,w,x,y,{}\n", ["A", "B", "C"][n % 3])).collect();
    let file = matura.file("bank.csv", format!("{rows}broken?,w,x,y,Q\n"));
    matura.json(&["import", file.to_str().unwrap(), "--skip-bad-rows"]);
    let rejected = std::fs::read_to_string(matura.path("bank.csv.rejected.csv")).unwrap();
    let mended = matura.file("mended.csv", rejected.replace(",Q\n", ",C\n"));
    let report = matura.json(&["import", mended.to_str().unwrap()])["files"][0].clone();
    assert_eq!((report["added"].as_i64(), report["rejected"].as_i64()), (Some(1), Some(0)), "{report}");
}

#[test]
fn a_row_that_is_too_long_is_refused_and_joined_on_demand() {
    let matura = Matura::new();
    let file = matura.file("bank.csv", "question,answer\nWhat?,one, two, three\nWho?,me\n");
    let file = file.to_str().unwrap();
    let refused = matura.run(&["import", file]);
    assert!(
        refused.err.contains("bank.csv:2: the row has 4 cells") && refused.err.contains("--join-extra"),
        "{}",
        refused.err
    );
    matura.json(&["import", file, "--join-extra"]);
    let note = matura.json(&["show", "1"]);
    assert_eq!(told(&note), "What?: one, two, three");
}

#[test]
fn many_problems_of_one_sort_are_grouped_and_counted() {
    let matura = Matura::new();
    let rows: String =
        (0..30).map(|n| format!("q{n},w,x,{}\n", if n % 2 == 0 { "A" } else { "Z" })).collect();
    let file = matura.file("bank.csv", format!("question,A,B,key\n{rows}last,,,\n"));
    let ran = matura.run(&["import", file.to_str().unwrap()]);
    assert_eq!(ran.err.matches("names an option that is not there").count(), 5, "{}", ran.err);
    assert!(ran.err.contains("10 more like this, lines 13, 15,"), "{}", ran.err);
    assert!(ran.err.contains("bank.csv:32:key: the answer is empty"), "{}", ran.err);
    let report = matura.run(&["import", file.to_str().unwrap(), "--json"]).json();
    assert_eq!(report["files"][0]["problems"].as_array().unwrap().len(), 16);
}

#[test]
fn a_spreadsheet_is_read_whatever_it_is_called_and_its_rows_are_named() {
    let matura = Matura::new();
    let file = root().join("tests/banks/sheet-called.csv");
    let report =
        matura.json(&["import", file.to_str().unwrap(), "--dry-run", "--skip-bad-rows"])["files"][0].clone();
    let lines: Vec<i64> = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| problem["line"].as_i64().unwrap())
        .collect();
    assert_eq!(lines, [6, 7], "rows of the sheet, though one of them has two lines: {report}");
    assert_eq!(report["guesses"][0]["value"], "Fragen");
    let other = matura.run(&["import", file.to_str().unwrap(), "--sheet", "Notes"]);
    assert!(other.err.contains("\"not\"") && other.status == 1, "{}", other.err);
    let none = matura.run(&["import", file.to_str().unwrap(), "--sheet", "Fargen"]);
    assert!(none.err.contains("the sheets are Fragen, Notes"), "{}", none.err);
}

#[test]
fn a_format_that_fits_nothing_in_a_file_is_told() {
    let matura = Matura::new();
    let file = matura.file("bank.csv", "question,answer\nWhat?,x\n");
    let ran = matura.run(&["import", file.to_str().unwrap(), "--format", "opentriviaqa"]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("nothing in it is in the format opentriviaqa"), "{}", ran.err);
}

#[test]
fn a_markdown_table_is_a_table() {
    let matura = Matura::new();
    let report = matura.import("| Question | Answer |\n|---|---|\n| What? | x |\n| Who? | y |\n");
    assert_eq!((report["added"].as_i64(), report["rejected"].as_i64()), (Some(2), Some(0)), "{report}");
}

#[test]
fn notes_of_the_same_import_are_not_taken_for_notes_that_were_there() {
    let matura = Matura::with_bank("question,answer\nOther?,x\n");
    let report = matura.import("question,answer\nWhat?,x\nWhat?,y\nOther?,x\n");
    assert!(!report["warnings"].to_string().contains("in the collection already"), "{report}");
}

#[test]
fn a_header_in_an_unknown_language_is_no_question() {
    let matura = Matura::new();
    let rows: String = (0..6)
        .map(|n| format!("Zer da {n} zenbakia?;bat;bi;hiru;{};oharra {n}\n", ["A", "B", "C"][n % 3]))
        .collect();
    let report = matura.import(&format!("Galdera;Lehena;Bigarrena;Hirugarrena;Zuzena;Azalpena\n{rows}"));
    assert_eq!((report["added"].as_i64(), report["rejected"].as_i64()), (Some(6), Some(0)), "{report}");
    assert_eq!(told(&matura.json(&["show", "2"])), "Zer da 1 zenbakia?: bat, *bi, hiru");
    assert!(report["warnings"].to_string().contains("Azalpena"), "what is left out is told: {report}");
}

#[test]
fn headers_in_many_languages_are_known() {
    for header in [
        "Вопрос;A;B;C;Правильный ответ;Объяснение",
        "Soru;A;B;C;Doğru Cevap;Açıklama",
        "Kérdés;Válasz A;Válasz B;Válasz C;Helyes;Magyarázat",
        "Kysymys;Vaihtoehto 1;Vaihtoehto 2;Vaihtoehto 3;Oikea vastaus;Selitys",
        "Spørsmål;Alternativ A;Alternativ B;Alternativ C;Riktig svar;Forklaring",
        "Питання;Варіант 1;Варіант 2;Варіант 3;Правильна відповідь;Пояснення",
        "Câu hỏi;A;B;C;Đáp án;Giải thích",
        "السؤال;A;B;C;الإجابة الصحيحة;الشرح",
        "Ερώτηση;A;B;C;Σωστή απάντηση;Εξήγηση",
        "Pertanyaan;Pilihan A;Pilihan B;Pilihan C;Kunci Jawaban;Pembahasan",
    ] {
        let matura = Matura::new();
        let report = matura.import(&format!("{header}\none?;x;y;z;B;why\ntwo?;x;y;z;C;why\n"));
        assert_eq!(report["added"], 2, "{header}: {report}");
        let note = matura.json(&["show", "1"]);
        assert_eq!(
            (told(&note).as_str(), note["explanation"].as_str()),
            ("one?: x, *y, z", Some("why")),
            "{header}"
        );
    }
}
