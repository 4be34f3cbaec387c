//! The names of columns by what they hold.

use super::Role;
use crate::model::Field;

/// Names of a role, bare and between blanks, the more telling first: of two columns for one field the one that stands further in front wins.
/// Sources: the layouts of the platforms, and a survey of public files.
pub(super) const NAMES: [(Role, &str); 20] = [
    (
        Role::Field(Field::Prompt),
        "prompt question prompts questions questiontext questionstem stem pregunta textopregunta enunciado \
            frage fragetext fragestellung enonce questionenonce domanda testodelladomanda pergunta \
            enunciadodapergunta pytanie otazka вопрос текствопроса запитання питання 题目 問題 题干 質問 문제 질문 vraag \
            fraga sporgsmal sporsmal spørgsmål spørsmål kysymys soru ερώτηση pitanje vprašanje въпрос pertanyaan \
            soal câuhỏi คำถาม jautājums küsimus پرسش сұрақ klausimas kerdes intrebare السؤال سؤال שאלה प्रश्न \
            problem q front vorderseite recto anverso frente term begriff termino terme word wort vokabel \
            palabra mot parola palavra слово 单词 expression statement aussage afirmacion sentence satz clue item \
            text galdera cwestiwn swali neno tvrzeni prompttext itemstem questionstatement mcq mcqs sorumetni \
            questao questaotexto 問題文 題目 題幹 設問 试题内容 задание intitule libelledelaquestion libelle quesito \
            treśćpytania zněníotázky reactivo textodelapregunta vraagstelling nộidungcâuhỏi soalan প্রশ্ন \
            fragentext aufgabenstellung aufgabe acronym acronimo side1 單字 単語 단어 slovicko słowo termo",
    ),
    (
        Role::Field(Field::Answer),
        "correctanswer correctanswers correctresponse correctresponses correctoption correctoptions \
            correctchoice correctans correctopt correctansweroption rightanswer rightoption answer \
            correctanswerletter correctletter keyedresponse correctoptionid correctoptionids correctindex \
            correctanswerindex correctanswertext answerkey answerindex anscorrect richtigeantwort \
            richtigeantworten richtig korrekteantwort respuestacorrecta respuestascorrectas opcioncorrecta \
            correcta richtigelosung losungsbuchstabe bonnereponse reponsecorrecte indicecorrecto \
            rispostacorretta rispostaesatta corretta respostacorreta respostacerta respostacorrecta gabarito \
            poprawnaodpowiedz poprawna prawidlowa prawidłowaodpowiedz spravnaodpoved správnáodpověď správně \
            správne atebcywir правильныйответ верныйответ правильный правильнавідповідь вірнавідповідь правильна \
            веренотговор правиленотговор σωστήαπάντηση oikeavastaus oikein rättsvar facit korrektsvar riktigsvar \
            rigtigtsvar helyesválasz helyes doğrucevap doğruyanıt doğru răspunscorect točanodgovor tačanodgovor \
            pravilniodgovor teisingasatsakymas pareizāatbilde õigevastus jawabanbenar kuncijawaban kunci \
            jawapanbetul juisteantwoord goedeantwoord erantzunzuzena đápánđúng đápán câutrảlờiđúng \
            الإجابةالصحيحة الجوابالصحيح תשובהנכונה सहीउत्तर সঠিকউত্তর پاسخصحیح התשובההנכונה คำตอบที่ถูกต้อง 正确答案 \
            標準答案 标准答案 正解 正答 정답 correct ans antwort respuesta reponse risposta resposta odpowiedz odpoved ответ \
            відповідь 答案 回答 答え 답 解答 antwoord svar vastaus cevap yanıt atsakymas valasz raspuns απάντηση odgovor \
            отговор jawaban câutrảlời คำตอบ atbilde erantzuna erantzun ateb jibu maana truefalse richtigfalsch wahrfalsch vraifaux verdaderofalso verofalso الجواب إجابة \
            الإجابة پاسخ תשובה उत्तर key losung loesung solucion soluzione solucao solution back ruckseite verso \
            reverso definition definicion definizione definicao bedeutung meaning significado sens translation \
            ubersetzung uebersetzung traduccion traduction traduzione traducao перевод 翻译 意味 뜻 释义 釋義 preklad \
            tłumaczenie fullform side2 klucz clave response",
    ),
    (
        Role::Field(Field::Options),
        "options choices answers answeroptions answerchoices alternatives opciones alternativas \
            antwortmoglichkeiten antworten reponses propositions choix opzioni risposte opcoes warianty варианты \
            вариантыответов 选项 選項 選択肢 보기 선택지 optionlist choicelist possibleanswers possibleresponses mcqoptions \
            responses responseoptions optionen auswahl auswahlmoglichkeiten antwortoptionen opties keuzes \
            antwoordopties antwoorden opcje odpowiedzi mozliweodpowiedzi možnosti možnostiodpovědi odpovědi \
            odpovede seçenekler şıklar pilihan pilihanjawaban lựachọn cáclựachọn phươngán الخيارات אפשרויות \
            reponsespossibles propositionsdereponse choixdereponse choixpossibles respuestas respuestasposibles \
            opcionesderespuesta opcoesderesposta respostas risposte possibilirisposte svarsalternativ \
            svaralternativ svarmuligheder alternativer vaihtoehdot vastausvaihtoehdot variante variantederaspuns \
            варіанти варіантивідповідей відповіді отговори ответы odgovori ponuđeniodgovori atsakymai \
            atsakymovariantai atbildes atbilžuvarianti vastusevariandid válaszok válaszlehetőségek επιλογές \
            ตัวเลือก विकल्प বিকল্প گزینهها",
    ),
    (
        Role::Distractor,
        "incorrectanswer incorrectanswers incorrect wronganswer wronganswers wrong wrongoptions \
            incorrectoptions distractor distractors falscheantworten respuestasincorrectas mauvaisesreponses \
            falscheantwort falsch respuestaincorrecta incorrecta mauvaisereponse rispostaerrata respostaerrada",
    ),
    (Role::IsRight, "iscorrect isright iscorrectanswer correctflag iscorrectoption"),
    (Role::OneOption, "option choice answeroption answertext optiontext choicetext alternative opcion"),
    (
        Role::Field(Field::Explanation),
        "explanation answerexplanation rationale feedback generalfeedback correctfeedback justification \
            explicacion justificacion retroalimentacion begrundung erklarung erlauterung explication spiegazione \
            explicacao пояснение пояснення объяснение обяснение wyjaśnienie uzasadnienie vysvětlení vysvetlenie \
            magyarázat açıklama selitys förklaring forklaring toelichting uitleg εξήγηση explicație objašnjenje \
            obrazložitev paaiškinimas pembahasan penjelasan giảithích الشرح شرح הסבר व्याख्या คำอธิบาย 解析 解説 해설 \
            support reason why comment comments remark remarks context notes longsolution explaination \
            explanationtext feedbacktext anmerkung remarque remarques correction kommentar komentarz comentario \
            comentari commento комментарий коментар обоснование argumentacion fundamento justificativa \
            zdůvodnění razlaga motivering selgitus skaidrojums explicació lờigiải penerangan توضیح توضيح \
            ব্যাখ্যা 答案解析 補足 說明 説明 풀이 esboniad",
    ),
    (
        Role::Field(Field::Hint),
        "hint hints tip hinweis tipp pista indice suggerimento dica подсказка 提示 힌트 note",
    ),
    (
        Role::Field(Field::Difficulty),
        "difficulty difficultylevel schwierigkeit schwierigkeitsgrad dificultad niveldedificultad difficulte \
            difficolta dificuldade trudnosc poziomtrudności obtiznost náročnosť nehézség zorluk vaikeus \
            svårighetsgrad sværhedsgrad vanskelighetsgrad moeilijkheid δυσκολία dificultate težina складність \
            трудност kesulitan tingkatkesulitan độkhó сложность 难度 難易度 난이도",
    ),
    (Role::Field(Field::Level), "level maturitylevel niveau nivel livello stufe уровень"),
    (
        Role::Field(Field::Tags),
        "tags tag topic topics topickey subtopic category subcategory subcat subject chapter module unit \
            lesson theme section domain skill genre kategorie thema fach kapitel categoria tema bloque materia \
            asignatura categorie theme sujet chapitre argomento assunto disciplina kategoria temat тема \
            категория раздел 分类 章节 知识点 科目 분류",
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
        "no n nr num number s sr sl sno srno sr slno index order questionnumber questionno points marks mark \
            score weight maxpoints puntos punkte puntaje time timelimit timeinseconds timer seconds createdat \
            updatedat created updated status timesmissed nextreview v shownumber airdate row zeit tiempo author \
            date",
    ),
];

/// Beginnings of the names of option columns; a letter or a number follows.
pub(super) const OPTION_BEGINNINGS: &str = "option opt choice answeroption answerchoice answer ans response resp alternative alt opcion \
            respuesta alternativa antwort antwortmoglichkeit auswahl reponse proposition choix opzione risposta \
            opcao resposta odpowiedz odp wariant mozliwosc odpoved вариант вариантответа ответ 选项 選項 選択肢 보기 선택지 \
            atsakymas variantas valasz vaihtoehto vastus secenek sık cevap alternativ svar svarmulighed \
            svaralternativ svarsalternativ pilihan opsi jawapan raspuns varianta opcja moznost odgovor варіант \
            відповідь отговор επιλογή απάντηση atbilde atbilžuvariants optie antwoord keuze antwoordoptie đápán \
            phươngán lựachọn ตัวเลือก विकल्प বিকল্প الخيار خيار گزینه תשובה אפשרות responsum ateb dewis";

/// Ends of the names of option columns; a letter or a number stands before.
pub(super) const OPTION_ENDS: &str =
    "option choice valasz sıkkı secenegi secenek seçeneği aukera 选项 選項 선택지 vastus vaihtoehto";

/// Alphabets in which option columns are lettered, beside the Latin one.
pub(super) const ALPHABETS: [&str; 10] = [
    "абвгдежз",
    "αβγδεζηθ",
    "אבגדהוזח",
    "アイウエオカキク",
    "ابجدهو",
    "กขคงจฉชซ",
    "一二三四五六七八",
    "甲乙丙丁戊己",
    "가나다라마바사아",
    "কখগঘঙচ",
];

/// Languages: a table whose two columns are named after two of them teaches words.
pub(super) const LANGUAGES: &str = "english german french spanish italian portuguese russian chinese japanese korean latin polish dutch \
            swedish turkish arabic greek deutsch englisch franzosisch spanisch italienisch latein espanol ingles \
            frances aleman francais anglais allemand espagnol italiano inglese tedesco portugues polski \
            angielski русский английский 中文 英文 日本語 英語 한국어";
