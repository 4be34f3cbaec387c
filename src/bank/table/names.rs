//! What a column is called, in the languages and habits of those who make banks.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::Field;

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// A field of a note, as in the native bank.
    Field(Field),
    /// One option; its number as the name has it, from 0 for letters.
    Option(u16),
    /// A wrong option beside the answer.
    Distractor,
    /// An option in a row of its own.
    OneOption,
    /// Whether the option of the row is right.
    IsRight,
    /// A picture or a sound by its name.
    Media,
    /// Known, and of no use here: time limits, points, running numbers.
    Ignored,
}

/// Names of a role, bare and between blanks, the more telling first: of two columns for one field the one that stands further in front wins.
/// Sources: the layouts of the platforms, and a survey of public files.
const NAMES: [(Role, &str); 20] = [
    (
        Role::Field(Field::Prompt),
        "prompt question prompts questions questiontext questionstem stem pregunta textopregunta enunciado frage fragetext \
            fragestellung enonce questionenonce domanda testodelladomanda pergunta enunciadodapergunta \
            pytanie otazka вопрос текствопроса запитання питання 题目 問題 题干 質問 문제 질문 vraag fraga sporgsmal \
            sporsmal spørgsmål spørsmål kysymys soru ερώτηση pitanje vprašanje въпрос pertanyaan soal câuhỏi คำถาม \
            jautājums küsimus پرسش сұрақ klausimas kerdes intrebare السؤال سؤال שאלה प्रश्न problem q front \
            vorderseite recto anverso frente term begriff termino terme word wort vokabel palabra mot parola \
            palavra слово 单词 expression statement aussage afirmacion sentence satz clue item text galdera \
            cwestiwn swali neno tvrzeni",
    ),
    (
        Role::Field(Field::Answer),
        "correctanswer correctanswers correctoption correctoptions correctchoice correctoptionid \
            correctoptionids correctindex correctanswerindex correctanswertext answerkey answerindex \
            rightanswer rightoption anscorrect richtigeantwort richtigeantworten richtig korrekteantwort \
            respuestacorrecta respuestascorrectas opcioncorrecta correcta bonnereponse reponsecorrecte \
            rispostacorretta respostacorreta respostacerta poprawnaodpowiedz prawidłowaodpowiedz spravnaodpoved \
            správnáodpověď правильныйответ верныйответ \
            правильнавідповідь вірнавідповідь веренотговор правиленотговор σωστήαπάντηση oikeavastaus oikein \
            rättsvar korrektsvar riktigsvar rigtigtsvar helyesválasz helyes doğrucevap doğruyanıt doğru \
            răspunscorect točanodgovor tačanodgovor pravilniodgovor teisingasatsakymas pareizāatbilde õigevastus \
            jawabanbenar kuncijawaban kunci đápánđúng đápán câutrảlờiđúng الإجابةالصحيحة الجوابالصحيح תשובהנכונה \
            सहीउत्तर คำตอบที่ถูกต้อง \
            正确答案 正解 정답 correct answer ans antwort respuesta reponse risposta resposta odpowiedz odpoved \
            ответ відповідь 答案 回答 答え 답 antwoord svar vastaus cevap yanıt atsakymas valasz raspuns \
            απάντηση odgovor отговор jawaban câutrảlời คำตอบ atbilde erantzuna erantzun ateb jibu maana truefalse \
            الجواب إجابة الإجابة پاسخ תשובה \
            उत्तर key losung loesung solucion soluzione solucao solution back ruckseite verso reverso \
            definition definicion definizione definicao bedeutung meaning significado sens translation \
            ubersetzung uebersetzung traduccion traduction traduzione traducao перевод 翻译 意味 response",
    ),
    (
        Role::Field(Field::Options),
        "options choices answers answeroptions answerchoices alternatives opciones alternativas \
            antwortmoglichkeiten antworten reponses propositions choix opzioni risposte opcoes warianty \
            варианты вариантыответов 选项 選択肢 보기",
    ),
    (
        Role::Distractor,
        "incorrectanswer incorrect wronganswer wrong distractor falscheantwort falsch respuestaincorrecta \
            incorrecta mauvaisereponse rispostaerrata respostaerrada",
    ),
    (Role::IsRight, "iscorrect isright iscorrectanswer correctflag iscorrectoption"),
    (Role::OneOption, "option choice answeroption answertext optiontext choicetext alternative opcion"),
    (
        Role::Field(Field::Explanation),
        "explanation answerexplanation rationale feedback generalfeedback correctfeedback justification \
            explicacion justificacion retroalimentacion begrundung erklarung erlauterung explication \
            spiegazione explicacao пояснение пояснення объяснение обяснение wyjaśnienie uzasadnienie vysvětlení vysvetlenie \
            magyarázat açıklama selitys förklaring forklaring toelichting uitleg εξήγηση explicație objašnjenje obrazložitev \
            paaiškinimas pembahasan penjelasan giảithích الشرح شرح הסבר व्याख्या คำอธิบาย 解析 解説 해설 support reason why comment comments remark \
            remarks context notes longsolution",
    ),
    (
        Role::Field(Field::Hint),
        "hint hints tip hinweis tipp pista indice suggerimento dica подсказка 提示 힌트 note",
    ),
    (
        Role::Field(Field::Difficulty),
        "difficulty difficultylevel schwierigkeit schwierigkeitsgrad dificultad niveldedificultad \
            difficulte difficolta dificuldade trudnosc poziomtrudności obtiznost náročnosť nehézség zorluk vaikeus svårighetsgrad sværhedsgrad \
            vanskelighetsgrad moeilijkheid δυσκολία dificultate težina складність трудност kesulitan tingkatkesulitan độkhó \
            сложность 难度 難易度 난이도",
    ),
    (Role::Field(Field::Level), "level maturitylevel niveau nivel livello stufe уровень"),
    (
        Role::Field(Field::Tags),
        "tags tag topic topics topickey subtopic category subcategory subcat subject chapter module unit \
            lesson theme section domain skill genre kategorie thema fach kapitel categoria tema bloque \
            materia asignatura categorie theme sujet chapitre argomento assunto disciplina kategoria temat \
            тема категория раздел 分类 章节 知识点 科目 분류",
    ),
    (
        Role::Field(Field::Id),
        "id uid uuid ident identifier questionid qid externalid cardid itemid idpregunta objectid slug \
            questioncode",
    ),
    (Role::Field(Field::Guid), "guid"),
    (
        Role::Field(Field::Kind),
        "kind type questiontype itemtype fragetyp typ tipo tipodepregunta questionkind 题型 format тип",
    ),
    (Role::Field(Field::Deck), "deck deckname set quiz quizname course bank stapel mazo paquet baraja"),
    (Role::Field(Field::Code), "code codesnippet snippet sourcecode"),
    (Role::Field(Field::Accept), "accept acceptedanswers alternativeanswers synonyms"),
    (
        Role::Field(Field::Source),
        "source quelle fuente fonte reference references sourceurl url referencia источник",
    ),
    (
        Role::Media,
        "image imagelink imageurl imagefile imagename imgurl img picture photo media audio sound \
            questionimage questionimagefile bild imagen immagine imagem 图片",
    ),
    (
        Role::Ignored,
        "no nr num number sno srno sr slno index order questionnumber questionno points marks mark score \
            weight maxpoints puntos punkte puntaje time timelimit timeinseconds timer seconds createdat \
            updatedat created updated status timesmissed nextreview v shownumber airdate row zeit tiempo \
            author date",
    ),
];

/// The roles by their bare names, with how telling each is; of two roles with one name the first has it.
static KNOWN: LazyLock<HashMap<String, (Role, usize)>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for (role, names) in NAMES {
        for (rank, name) in names.split_whitespace().enumerate() {
            known.entry(bare(name)).or_insert((role, rank + 1));
        }
    }
    known
});

/// Beginnings of the names of option columns; a letter or a number follows.
const OPTION_BEGINNINGS: [&str; 50] = [
    "option",
    "opt",
    "choice",
    "answeroption",
    "answerchoice",
    "answer",
    "ans",
    "response",
    "resp",
    "alternative",
    "alt",
    "opcion",
    "respuesta",
    "alternativa",
    "antwort",
    "antwortmoglichkeit",
    "auswahl",
    "reponse",
    "proposition",
    "choix",
    "opzione",
    "risposta",
    "opcao",
    "resposta",
    "odpowiedz",
    "odpoved",
    "вариант",
    "вариантответа",
    "ответ",
    "选项",
    "選択肢",
    "보기",
    "atsakymas",
    "valasz",
    "vaihtoehto",
    "vastaus",
    "secenek",
    "sık",
    "cevap",
    "alternativ",
    "svar",
    "pilihan",
    "opsi",
    "raspuns",
    "varianta",
    "opcja",
    "moznost",
    "odgovor",
    "варіант",
    "відповідь",
];

/// A name without what differs between people: case, accents, blanks and signs, and what stands in parentheses or after
/// a dash (help for those who fill the sheet in).
pub(super) fn bare(name: &str) -> String {
    let name = name.trim_start_matches('\u{feff}');
    let without_help = name.split(" - ").next().unwrap_or(name).split(" – ").next().unwrap_or(name);
    let mut depth = 0_u32;
    let mut kept = String::new();
    for c in without_help.chars() {
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    let letters = kept.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let letters: String = letters.filter(|c| c.is_alphanumeric()).nfc().collect();
    letters.replace('ß', "ss")
}

/// The role of a column by its name, and how telling the name is (0 is most).
pub(super) fn role(name: &str) -> Option<(Role, usize)> {
    let bare = bare(name);
    // "Question #" counts
    if name.trim_end().ends_with('#') || name.trim_end().ends_with("No.") {
        return Some((Role::Ignored, 0));
    }
    if bare.is_empty() {
        return Some((Role::Ignored, 0));
    }
    if let Some(field) = Field::ALL.into_iter().find(|field| field.name() == bare) {
        return Some((Role::Field(field), 0));
    }
    let known = |name: &str| KNOWN.get(name).copied();
    known(&bare)
        .or_else(|| distractor(&bare))
        .or_else(|| option(&bare).map(|number| (Role::Option(number), 0)))
        .or_else(|| {
            known(bare.trim_end_matches(|c: char| c.is_ascii_digit()))
                .filter(|(role, _)| *role != Role::Ignored && bare.ends_with('1'))
        })
}

/// `incorrect answer 2`, `wrong3`.
fn distractor(bare: &str) -> Option<(Role, usize)> {
    let beginning = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let (role, names) = NAMES.iter().find(|(role, _)| *role == Role::Distractor)?;
    (beginning != bare && names.split(' ').any(|known| known == beginning)).then_some((*role, 0))
}

/// `option 1`, `choiceA`, `B`: the number, or the place of the letter.
fn option(bare: &str) -> Option<u16> {
    let suffix = OPTION_BEGINNINGS
        .iter()
        .filter_map(|beginning| bare.strip_prefix(beginning))
        .filter(|suffix| !suffix.is_empty())
        .min_by_key(|suffix| suffix.len())
        .or_else(|| (bare.len() == 1).then_some(bare))?;
    if let Ok(number) = suffix.parse::<u16>() {
        return (number <= 26 && bare.len() > suffix.len()).then_some(number);
    }
    let mut letters = suffix.chars();
    let letter = letters.next().filter(|c| c.is_ascii_lowercase() && letters.next().is_none())?;
    u16::try_from(u32::from(letter) - u32::from('a')).ok()
}

/// Languages: a table whose two columns are named after two of them teaches words.
pub(super) fn is_language(name: &str) -> bool {
    const LANGUAGES: [&str; 44] = [
        "english",
        "german",
        "french",
        "spanish",
        "italian",
        "portuguese",
        "russian",
        "chinese",
        "japanese",
        "korean",
        "latin",
        "polish",
        "dutch",
        "swedish",
        "turkish",
        "arabic",
        "greek",
        "deutsch",
        "englisch",
        "franzosisch",
        "spanisch",
        "italienisch",
        "latein",
        "espanol",
        "ingles",
        "frances",
        "aleman",
        "francais",
        "anglais",
        "allemand",
        "espagnol",
        "italiano",
        "inglese",
        "tedesco",
        "portugues",
        "polski",
        "angielski",
        "русский",
        "английский",
        "中文",
        "英文",
        "日本語",
        "英語",
        "한국어",
    ];
    LANGUAGES.contains(&bare(name).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_the_names_that_people_give_them() {
        for (name, expected) in [
            ("Question", Role::Field(Field::Prompt)),
            ("\u{feff}Question - max 120 characters", Role::Field(Field::Prompt)),
            ("Énoncé", Role::Field(Field::Prompt)),
            ("Correct Answer(s)\n(Only include Answer #)", Role::Field(Field::Answer)),
            ("Correct answer(s) - choose at least one", Role::Field(Field::Answer)),
            ("Lösung", Role::Field(Field::Answer)),
            ("correct_option_ids", Role::Field(Field::Answer)),
            ("Answer 3\n(Optional)", Role::Option(3)),
            ("OptionA", Role::Option(0)),
            ("Opción B", Role::Option(1)),
            ("ans_4", Role::Option(4)),
            ("C", Role::Option(2)),
            ("choice0", Role::Option(0)),
            ("Incorrect Answer 2 (Optional)", Role::Distractor),
            ("Time limit (sec) – 5, 10", Role::Ignored),
            ("Question #", Role::Ignored),
            ("题目", Role::Field(Field::Prompt)),
        ] {
            assert_eq!(role(name).map(|(role, _)| role), Some(expected), "{name}");
        }
        for name in ["flurb", "Question Bank Owner", "sentences"] {
            assert_eq!(role(name), None, "{name}");
        }
    }
}
