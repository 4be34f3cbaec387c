//! Anki's stock notetypes by their names, which are in the language of the profile that exported them.

use crate::text::fold;

/// What a stock notetype makes of its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notetype {
    /// A front and a back.
    Basic,
    /// The same, asked both ways.
    Reversed,
    /// Asked both ways if a third field is filled.
    Optional,
    /// The back is typed.
    Typed,
    /// A text with hidden parts.
    Cloze,
    /// A picture with hidden parts.
    Occlusion,
}

impl Notetype {
    /// The stock notetype of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let wanted = fold(name);
        let has = |names: &str| names.split('|').any(|known| fold(known) == wanted);
        NAMES.iter().find(|(_, names)| !wanted.is_empty() && has(names)).map(|(notetype, _)| *notetype)
    }

    /// Whether it has two fields, a front and a back.
    pub(super) fn is_front_and_back(self) -> bool {
        matches!(self, Self::Basic | Self::Reversed | Self::Typed)
    }
}

/// The names in all languages of Anki 26.9.
const NAMES: [(Notetype, &str); 6] = [
    (
        Notetype::Basic,
        "Alap|Basic|Basies|Basilare|Basique|Basis|Baza|Einfach|Elementari|Grunnleggende|Oddiy|\
            Oinarrizkoa|Osnovna|Perusmalli|Podstawowy|Temel|sampu|Bunúsach|Bàsica|Básica|Básico|Cơ bản|\
            De bază|Grundläggande|Grundlæggende|Põhimudel|Základní|Základný|Βασικό|Базавая|Базовий|Основен|\
            Основно|Простая|Қарапайым|Үндсэн|Հիմնական|בסיסי|עיקרדיק|أساسي|ئاساسى|ମୌଳିକ|พื้นฐาน|基本|基本型|问答题",
    ),
    (
        Notetype::Reversed,
        "Basic (and reversed card)|Basiese (en omgekeerde kaart)|Basilare (e carta inversa)|\
            Basis (en omgekeerde kaart)|Einfach (und die umgekehrte Richtung)|Generalitats (dos senses)|\
            Oddiy (va teskari karta)|Oinarrizko (eta alderantzizko karta)|Osnovna (i obratna kartica)|\
            Osnovna (in obrnjena kartica)|Temel (ve ters kart)|Alap (mindkét irányban)|\
            Bas (och omvänt kort)|Baza (en ambaŭ direktoj)|Bunúsach (le malairt an chárta)|\
            Bàsica (i targeta inversa)|Básica (e tarxeta invertida)|Básico (e cartão invertido)|\
            Básico (e ficha invertida)|Básico (y tarjeta invertida)|Cơ bản (với thẻ ngược)|\
            De bază (și cu card întors)|Grundlæggende (og kort baglæns)|Généralités (deux sens)|\
            Perusmalli (ja käänteinen kortti)|Podstawowy (z odwrotną kartą)|Základní (plus obrácená karta)|\
            Základný (plus obrátená karta)|Βασική (και αντεστραμμένη κάρτα)|Базавая (з адваротнай карткай)|\
            Базовий (зі зворотною карткою)|Основна (и обратне карте)|Основна (и обърната карта)|\
            Простая (с обратной карточкой)|Қарапайым (және кері карта)|Հիմնական (+ հետադարձ քարտերը)|\
            בסיסי (וכרטיס הופכי)|עיקרדיק (און פֿאַרקערט קאַרטל)|أساسي (وبطاقة معكوسة)|\
            ئاساسى (ئۆرۈلىدىغان كارتا)|ମୌଳିକ (ଏବଂ ଓଲଟା ପତ୍ର)|พื้นฐาน (และการ์ดแบบกลับด้าน)|\
            基本 (表面と裏面を反転したカードも作成)|基本型（含反向卡片）|问答题（附翻转卡片）",
    ),
    (
        Notetype::Optional,
        "Basic (optional reversed card)|Basiese (opsioneel omgekeerde kaart)|\
            Basilare (carta inversa opzionale)|Basis (omgekeerde kaart optioneel)|\
            Einfach (und wahlweise die umgekehrte Richtung)|Oddiy (va ixtiyoriy teskari karta)|\
            Oinarrizko( aukerako alderantzizko karta)|Osnovna (in izbirno obrnjena kartica)|\
            Osnovna (obratna kartica po volji)|Alap (egyik vagy mindkét irányban)|\
            Bas (valbart omvänt kort)|Basique (carte inversée optionnelle)|Baza (en unu aŭ ambaŭ direktoj)|\
            Bunúsach (le malairt an chárta mar rogha)|Bàsica (targeta inversa opcional)|\
            Básica (tarxeta invertida opcional)|Básico (cartão invertido opcional)|\
            Básico (ficha invertida opcional)|Básico (tarjeta invertida opcional)|\
            Cơ bản (thẻ ngược tùy chọn)|De bază (opțional cu card întors)|\
            Generalitats (convèrsa facultativa)|Grundlæggende (valgfrit med kort baglæns)|\
            Perusmalli (valinnainen käänteinen kortti)|Podstawowy (z opcjonalną odwrotną kartą)|\
            Temel (seçimli ters kart)|Základní (plus volitelná obrácená karta)|\
            Základný (plus voliteľná obrátená karta)|Βασική (κατ'επιλογή αντεστραμμένη κάρτα)|\
            Базавая (з неабавязковай адваротнай карткай)|Базовий (з необов'язковою зворотною карткою)|\
            Основна (+ обърната карта по избор)|Основна (обратне по избору)|Простая (с обратной по выбору)|\
            Қарапайым (қосымша кері карта)|Հիմնական (հետադարձը ըստ ընտրության)|\
            בסיסי (כרטיס הופכי אופציונלי)|עיקרדיק (ברירהדיק פֿאַרקערט קאַרטל)|\
            أساسي (وبطاقة معكوسة اختيارية)|ئاساسى (تاللاشچان ئۆرۈلىدىغان كارتا)|ମୌଳିକ (ବୈକଲ୍ପିକ ଓଲଟା ପତ୍ର)|\
            基本 (任意で反転カードを作成)|基本型（選擇性反向卡片）|问答题（可选附翻转卡片）",
    ),
    (
        Notetype::Typed,
        "Bas (skriv in svaret)|Basic (type in the answer)|Basilare (digita la risposta)|\
            Basisch (typ het antwoord in)|Baza (enigi la respondon)|Einfach (Antwort eintippen)|\
            Oddiy (javobni kiritish)|Osnovna (upisivanje odgovora)|Osnovna (vnesi odgovor)|\
            Perusmalli (kirjoita vastaus)|Podstawowy (wpisywanie odpowiedzi)|\
            sampu je cu nitcu lo nu do samci'a lo te spuda|Alap (írd be a választ)|\
            Basic (πληκτρολόγηση απάντησης)|Basique (saisissez la réponse)|\
            Bunúsach (clóscríobh an freagra)|Bàsica (escriure la resposta)|Básica (escribe a resposta)|\
            Básico (digite a resposta)|Básico (teclear la respuesta)|Cơ bản (nhập câu trả lời)|\
            De bază(tastați răspunsul)|Grundlæggende (skriv ind svaret)|Základní (napsat odpověď)|\
            Базавая (напісанне адказу)|Базовий (з вдрукуванням відповіді)|Простая (с вводом ответа)|\
            Қарапайым (жауапты теру)|Հիմնական (մուտքագրեք պատասխանը)|בסיסי (הקלד את התשובה)|\
            עיקרדיק (אַרײַנקלאַפּן די ענטפֿער)|أساسي (مع كتابة الجواب)|ئاساسىي (جاۋاب كىرگۈزىدىغان)|\
            ମୌଳିକ (ଉତ୍ତର ଟାଇପ୍ କରନ୍ତୁ)|พื้นฐาน (พิมพ์ตอบ)|基本 (解答を入力)|基本型（輸入答案）|问答题（输入答案）",
    ),
    (
        Notetype::Cloze,
        "Cloze|Lucktext|Luka|Nadopunjavanje teksta|Oco|Respuesta anidada|Text amb buits|Truteksto|\
            Zapora podatka|hutsuneak betetzea|mipri cipra|Aukkotehtävä|Boşluklu|Boʻshliqni toʻldirish|\
            Doplňovačka|Iomlánú|Lyukas szöveg|Lückentext|Omissão de Palavras|Test cu cuvinte lipsă|\
            Texte à trous|Tèxte amb traucs|Điền chỗ trống|Κλείσιμο|З прабеламі|Задание с пропусками|\
            Закритий текст|Пропусти|Саңылау толтыру|Բացթողումներ|השלם את החסר|שפּאַלט|بوش ئورۇن تولدۇرۇش|\
            ملء فراغات|କ୍ଲୋଜ୍|เติมคำ|克漏字|填空题|穴埋め問題",
    ),
    (
        Notetype::Occlusion,
        "Bildskymning|Bildverdeckung|Image Occlusion|Occludi Immagine|Prekrivanje slike|Vualita bildo|\
            Zakrycie obrazu|Che khuất hình ảnh|Kuvan peittäminen|Képfedés|Oclusió d’imatges|\
            Oclusión de imagen|Oclusión de imaxe|Oclusão de Imagem|Okluze obrázku|Schéma à Remplir|\
            Toʻsiqli rasm|Επικάλυψη εικόνας|Закрите зображення|Кескін Бүркемесі|Перакрыццё відарысаў|\
            Скрытие части изображений|בילד-אָקלוזיע|הסתרת תמונה|سۈرەت دالدىلاش|صورة معماة|\
            ପ୍ରତିଛବି ଅନ୍ତର୍ଦ୍ଧାନ|图片遮盖|影像遮擋|画像穴埋め",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stock_notetypes_are_known_in_every_language_of_anki() {
        for (name, notetype) in [
            ("Basic", Notetype::Basic),
            ("basic (AND reversed card)", Notetype::Reversed),
            ("Einfach (Antwort eintippen)", Notetype::Typed),
            ("Básico (tarjeta invertida opcional)", Notetype::Optional),
            ("穴埋め問題", Notetype::Cloze),
            ("Doplňovačka", Notetype::Cloze),
            ("Image Occlusion", Notetype::Occlusion),
        ] {
            assert_eq!(Notetype::named(name), Some(notetype), "{name}");
        }
        for name in ["", "Basic+", "My notes", "1700000000000"] {
            assert_eq!(Notetype::named(name), None, "{name}");
        }
        let mut seen = std::collections::BTreeSet::new();
        assert!(NAMES.iter().flat_map(|(_, names)| names.split('|')).all(|name| seen.insert(fold(name))));
    }
}
