//! GIFT: Moodle's format for questions as text, `Largest planet? {=Jupiter ~Mars}`.

mod answers;
mod escape;
mod question;
mod recognise;
mod split;

use super::moodle::{Maker, Mend, deck};
use super::rejected::{items, last_before};
use super::{Format, Input, Options, Rejected, Sink};
use crate::error::Result;
use split::{Piece, pieces};

/// Moodle's GIFT.
#[derive(Debug)]
pub struct Gift;

/// How GIFT writes what a question may lack.
const MEND: Mend = Mend {
    right: "put = before the right answer and ~ before each wrong one",
    options: "put ~ or = before each option, two or more, each with a text",
    essay: "write the answer between the braces, as {=answer}, or take the question out",
};

impl Format for Gift {
    fn name(&self) -> &'static str {
        "gift"
    }

    fn about(&self) -> &'static str {
        "Moodle GIFT: questions as text with their answers in braces, {=right ~wrong}"
    }

    fn recognise(&self, input: &Input) -> Option<String> {
        recognise::recognise(input)
    }

    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
        let mut maker = Maker::new(options.html, MEND, out);
        let mut category = None;
        for piece in pieces(&input.text) {
            match piece {
                Piece::Category(path, _) => category = deck(&escape::unescaped(path)),
                Piece::Item(item) => match question::question(&item, category.as_ref()) {
                    Ok(question) => maker.question(item.place, question),
                    Err(problem) => maker.reject(item.place, problem),
                },
            }
        }
        Ok(())
    }

    fn remark(&self) -> Option<(&'static str, &'static str)> {
        Some(REMARK)
    }

    /// Each question below the category that it stood in.
    fn rejected(&self, input: &Input, _: &Options, rejected: &[Rejected]) -> Result<String> {
        let categories: Vec<(usize, &str)> = pieces(&input.text)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Category(path, start) => Some((start, path)),
                Piece::Item(_) => None,
            })
            .collect();
        let place = |item: &Rejected| {
            last_before(&categories, item).map(|path| format!("$CATEGORY: {path}\n\n")).unwrap_or_default()
        };
        Ok(items(input, REMARK, "", rejected, place))
    }
}

/// What stands around a remark.
const REMARK: (&str, &str) = ("// ", "");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{Draft, Reading, read};
    use crate::model::{Body, Choice, Fact};
    use proptest::prelude::*;

    fn one(text: &str) -> (Draft, Reading) {
        let mut reading = read(&Gift, text).unwrap();
        assert_eq!((reading.drafts.len(), reading.rejected.as_slice()), (1, [].as_slice()), "{text}");
        (reading.drafts.remove(0), reading)
    }

    fn content(text: &str) -> crate::model::Content {
        one(text).0.content
    }

    #[test]
    fn options_become_a_choice_with_the_right_ones() {
        for (text, prompt, options, right) in [
            (
                "Biggest fern? {=Tree fern ~Moss ~Reed}",
                "Biggest fern?",
                vec!["Tree fern", "Moss", "Reed"],
                vec![0],
            ),
            ("Q {~a ~=b ~c}", "Q", vec!["a", "b", "c"], vec![1]),
            ("Q {~%50%a ~%50%b ~%-100%c}", "Q", vec!["a", "b", "c"], vec![0, 1]),
            ("Q {=a ~%50%b ~c}", "Q", vec!["a", "b", "c"], vec![0]),
            ("Q {~%100%a ~b}", "Q", vec!["a", "b"], vec![0]),
            ("::1::It is green.{T}", "It is green.", vec!["True", "False"], vec![0]),
            ("It is red. {false#no#yes}", "It is red.", vec!["True", "False"], vec![1]),
            (
                "A fern has {~seeds =spores} and roots.",
                "A fern has _____ and roots.",
                vec!["seeds", "spores"],
                vec![1],
            ),
            (r"1 \= \{1\}\: a\#b? {=\~x ~y\=z}", "1 = {1}: a#b?", vec!["~x", "y=z"], vec![0]),
            (r"What is $\frac{T}{2}$? {=x ~\\y}", r"What is $\frac{T}{2}$?", vec!["x", r"\y"], vec![0]),
            (
                r"Which? {=\(x=\sqrt{y}\) ~$$a=b$$ ~\(c~=d ~\=e}",
                "Which?",
                vec![r"\(x=\sqrt{y}\)", "$$a=b$$", r"\(c", "d", "=e"],
                vec![0, 3],
            ),
            ("Price {~$10 =$5 ~$x=$y}", "Price", vec!["$10", "$5", "$x", "$y"], vec![1, 3]),
            ("Which? {=$x = 5$ ~$x = 6$}", "Which?", vec!["$x = 5$", "$x = 6$"], vec![0]),
            ("[html]<p>Two &lt; three?</p>{=<p>yes</p> ~no}", "Two &lt; three?", vec!["yes", "no"], vec![0]),
            ("[html]<p>Two?</p>{=<p>yes</p> ~no}", "Two?", vec!["yes", "no"], vec![0]),
        ] {
            let content = content(text);
            let Body::Choice(Choice { options: read, right: places }) = content.body else {
                panic!("{text}")
            };
            assert_eq!(
                (content.prompt.as_str(), read, places),
                (prompt, options.iter().map(ToString::to_string).collect(), right),
                "{text}"
            );
            assert_eq!(content.html, text.contains("&lt;"), "{text}");
        }
    }

    #[test]
    fn what_is_typed_becomes_a_fact() {
        for (text, answer, accept, typed, explanation) in [
            ("Q {=four =4}", "four", vec!["4"], true, None),
            ("Q {=%100%fern#Yes =%0%moss#No}", "fern", vec![], true, Some("fern: Yes\nmoss: No")),
            ("Q {=*fern*}", "fern", vec![], true, None),
            ("Q {#3.14:0.005}", "3.14", vec![], true, Some("Right within 0.005 of 3.14")),
            ("Q {#7#Yes}", "7", vec![], true, Some("7: Yes")),
            ("Write about moss. {####It has no roots}", "It has no roots", vec![], false, None),
            ("Q {#1..5}", "1 to 5", vec![], false, None),
            (
                "Q {#=%100%-7:0#Yes =%50%4:0 ~#No ####Why}",
                "-7",
                vec![],
                true,
                Some("Why\n-7: Yes\nOther answers: No"),
            ),
        ] {
            let content = content(text);
            let fact = Fact {
                answer: answer.into(),
                accept: accept.into_iter().map(str::to_owned).collect(),
                reversed: false,
                typed,
            };
            assert_eq!(
                (content.body, content.explanation.as_deref()),
                (Body::Fact(fact), explanation),
                "{text}"
            );
        }
    }

    #[test]
    fn feedback_becomes_the_explanation() {
        for (text, explanation) in [
            ("Q {=a#Yes ~b#No ~c ####In general}", "In general\na: Yes\nb: No"),
            ("Q {T#Look again#Well done}", "True: Well done\nFalse: Look again"),
            ("[html]Q {=a#<b>Yes</b> ~b#No}", "a: <b>Yes</b><br>b: No"),
        ] {
            assert_eq!(content(text).explanation.as_deref(), Some(explanation), "{text}");
        }
    }

    #[test]
    fn pairs_and_embedded_answers_become_gaps() {
        for (text, prompt, answers, bank) in [
            (
                "Match. {=Paris -> France =Rome -> Italy =Nice -> France = -> Peru}",
                "Match.\nParis → __1__\nRome → __2__\nNice → __3__",
                vec!["France", "Italy", "France"],
                vec!["France", "Italy", "Peru"],
            ),
            (
                "Take {1:MC:~a~=an} egg and {1:MC:~=a~an} bun.",
                "Take __1__ egg and __2__ bun.",
                vec!["an", "a"],
                vec!["a", "an"],
            ),
            (
                "Take {1:MC:a~=an} egg, {1:SA:=two~=2} buns.",
                "Take __1__ (a / an) egg, __2__ buns.",
                vec!["an", "two"],
                vec![],
            ),
        ] {
            let content = content(text);
            let Body::Blanks(blanks) = content.body else { panic!("{text}") };
            let gaps: Vec<&str> = blanks.gaps.iter().map(|gap| gap.answer.as_str()).collect();
            assert_eq!(
                (content.prompt.as_str(), gaps, blanks.bank),
                (prompt, answers, bank.iter().map(ToString::to_string).collect()),
                "{text}"
            );
        }
        let single = content("Take {1:MC:~a~=an~the} egg.");
        assert_eq!(single.prompt, "Take _____ egg.");
        assert!(matches!(single.body, Body::Choice(choice) if choice.right == [1]));
    }

    #[test]
    fn categories_ids_and_tags_are_kept() {
        let text =
            "$CATEGORY: $course$/top/Botany/Ferns\n\n// [id:f1] [tag:green plants] [tag:b]\n::T::Q {=a ~b}\n";
        let (draft, _) = one(text);
        assert_eq!(draft.deck.unwrap().as_str(), "Botany::Ferns");
        assert_eq!((draft.id.as_deref(), draft.line), (Some("f1"), 4));
        assert_eq!(draft.content.tags.to_string(), "b green_plants");
    }

    #[test]
    fn what_is_lost_is_told() {
        for (text, part) in [
            ("Q {=%50%moss =fern}", "worth 50 %"),
            ("Q {=fern*}", "stands for any text"),
            (r#"[html]<img src\="@@PLUGINFILE@@/x.png">Q {=a ~b}"#, "pictures or sounds"),
            ("Is it <b>bold</b>? {=a ~b}", "HTML tags"),
            ("[markdown]Is it *bold*? {=a ~b}", "Markdown"),
            ("Write about moss. {####Look it up}", "general feedback is taken"),
        ] {
            let (_, reading) = one(text);
            assert_eq!(reading.warnings.len(), 1, "{text}");
            assert!(reading.warnings[0].message.contains(part), "{text}: {}", reading.warnings[0]);
        }
        let reading = read(&Gift, "Just words.\n\nQ {=a ~b}").unwrap();
        assert_eq!((reading.skipped, reading.warnings[0].line, reading.drafts.len()), (1, 1, 1));
    }

    #[test]
    fn what_cannot_be_asked_is_rejected_with_its_reason() {
        for (text, part) in [
            ("Write about ferns. {}", "an essay has no answer"),
            ("Q {~a ~b}", "no answer is marked as right"),
            ("Q {=a ~}", "option B is empty"),
            ("Q {=a ~a}", "the same"),
            ("Q {=a ~b", "never closed"),
            ("Q =a ~b}", "no { before"),
            ("Q {fern}", "neither = nor ~"),
            ("Q {#four}", "\"four\" should be a number"),
            ("Q {=a ~b} R {=c ~d}", "more than once"),
            ("{=a ~b}", "the prompt is empty"),
            ("Q {=f*n}", "stands for many texts"),
            ("Q {1:SA:~a} and {1:SA:=b}", "gap 1: no answer"),
            ("Q __3__ {1:SA:=a} and {1:SA:=b}", "underscores"),
            ("Q {1:SA:=a} and {=b}", "others in braces"),
            ("Q {1:MR:=a~=b} and {1:SA:=c}", "several answers are right at once"),
        ] {
            let reading = read(&Gift, &format!("ok {{T}}\n\n// why\n{text}\n\nok {{T}}")).unwrap();
            assert_eq!((reading.drafts.len(), reading.rejected.len()), (2, 1), "{text}");
            let problem = &reading.rejected[0].problems[0];
            assert!(problem.message.contains(part), "{text}: {problem}");
            assert!(!problem.fix.contains("by |"), "{text}: {problem}");
            assert_eq!(problem.line, 4, "{text}");
        }
    }

    #[test]
    fn gift_is_recognised_and_other_texts_with_braces_are_not() {
        let seen = |name: &str, text: &str| {
            Gift.recognise(&Input { name: name.into(), text: text.into(), is_sheet: false }).is_some()
        };
        for text in [
            "Q? {=a ~b}",
            "// c\n\n::1::Q{T}",
            "$CATEGORY: x\n\nIt is. {F}\n\nWords.",
            "::T::Take {1:MC:~a~=an} egg.",
            "Q {#3:1}",
            "[html]Q {#=3:1}",
            "Words.\n\n::T::Essay. {}\n\nWords.",
        ] {
            assert!(seen("x.txt", text), "{text}");
        }
        for text in [
            "",
            "Words only.",
            "question,answer\n\"What {=x}\",y\n",
            "q\tWhat is {=x ~y}\n",
            "q,a\nx,{=b}\ny,{=c}\n",
            "[{\"a\": \"{=b}\"}]",
            "{\"a\": {\"b\": 1}}",
            "fn main() {}\n",
            "a() {\n  # comment\n}",
            "Let $A^{T}$ be\n\n$x \\in \\mathbb{F}$",
            "| a | {=b} |\n|---|---|\n",
            "int x = {1, 2};\n",
        ] {
            assert!(!seen("x.txt", text), "{text}");
        }
        assert!(!seen("x.c", "int x = 1;\n\nint y[] = {=1};\n"));
        let picture = "x".repeat(400 * 1024);
        assert!(seen("x.gift", &format!("Q {{=a#{picture} ~b}}\n")));
        assert!(!seen("x.csv", "::1::Q {T}"));
        assert!(seen("x.gift", "Words.\n\nWords.\n\nQ {T}"));
    }

    /// A question, and whether it can be asked.
    fn item() -> impl Strategy<Value = (String, bool)> {
        let block = prop::sample::select(&[
            ("{T}", true),
            ("{=a ~b}", true),
            ("{\n=a\n\n~b#no\n}", true),
            ("{#1..2}", true),
            ("{=a -> b =c -> d}", true),
            ("{}", false),
            ("{~a ~b}", false),
            ("{=a ~b", false),
            ("{x}", false),
            ("}", false),
        ]);
        let head = prop::sample::select(&["", "// remark\n", "// [id:x]\n// more\n", "::title::", "[html]"]);
        (head, "[a-z]{1,5}(\n[a-z]{1,5})?", block)
            .prop_map(|(head, words, (block, good))| (format!("{head}{words} {block}\n"), good))
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in r"(\{1:MC:|::|//|\\\(|\\\)|\$\$?|\[html\]|->|####|\.\.|\n\n|[{}~=#%\\:\r\nTé1 ]|50){0,50}") {
            drop(read(&Gift, &text));
            drop(Gift.recognise(&Input { text, ..Input::default() }));
        }

        #[test]
        fn every_question_becomes_a_note_or_a_rejection_with_the_line_on_which_it_begins(
            items in prop::collection::vec((item(), 1_usize..3), 0..8),
            line_end in prop::sample::select(&["\n", "\r\n", "\r"]),
        ) {
            let mut bank = String::new();
            let (mut good, mut bad) = (Vec::new(), Vec::new());
            for ((item, is_good), blank) in &items {
                let remarks = item.lines().take_while(|line| line.starts_with("//")).count();
                let line = u64::try_from(bank.matches('\n').count() + 1 + remarks).unwrap();
                if *is_good { good.push(line) } else { bad.push(line) }
                bank += item;
                bank += &"\n".repeat(*blank);
            }
            let reading = read(&Gift, &bank.replace('\n', line_end)).unwrap();
            prop_assert_eq!(reading.drafts.iter().map(|draft| draft.line).collect::<Vec<_>>(), good);
            prop_assert_eq!(reading.problems().map(|problem| problem.line).collect::<Vec<_>>(), bad);
        }
    }
}
