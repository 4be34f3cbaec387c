//! Three weeks of daily use, against SM-2 written a second time.

use std::collections::BTreeMap;

use crate::builder::Matura;
use crate::dialogue::{Dialogue, Prompt};

/// SM-2 as its author describes it, in floating point over a list of (day, grade).
#[derive(Debug, Clone, Default)]
struct Learner {
    answers: BTreeMap<i64, Vec<(i64, u8)>>,
}

impl Learner {
    fn schedule(&self, card: i64) -> Option<(i64, i64, f64)> {
        let (mut repetitions, mut interval, mut ease, mut due) = (0, 0.0_f64, 2.5_f64, None);
        for (day, grade) in self.answers.get(&card)? {
            if *grade < 3 {
                (repetitions, interval) = (0, 1.0);
            } else {
                repetitions += 1;
                interval = match repetitions {
                    1 => 1.0,
                    2 => 6.0,
                    _ => (interval * ease + 0.5 + 1e-9).floor(),
                };
            }
            let miss = f64::from(5 - *grade);
            ease = (ease + 0.1 - miss * (0.08 + miss * 0.02)).max(1.3);
            #[allow(clippy::cast_possible_truncation, reason = "a whole number of days")]
            {
                due = Some(day + interval as i64);
            }
        }
        due.map(|due| (due, repetitions, ease))
    }

    fn last_day(&self, card: i64) -> Option<i64> {
        self.answers.get(&card).and_then(|answers| answers.last()).map(|(day, _)| *day)
    }
}

/// Days after the first, as a date and back.
fn date(day: i64) -> String {
    (chrono::NaiveDate::from_ymd_opt(2026, 3, 15).unwrap() + chrono::Duration::days(day)).to_string()
}

fn bank() -> String {
    let mut bank = "id,kind,prompt,answer,options,reverse,typed\n".to_owned();
    for n in 0..12 {
        bank += &format!("f{n},fact,fact {n},back {n},,,\nr{n},fact,turn {n},word {n},,yes,\n");
        bank += &format!("m{n},choice,choice {n},right,right|wrong1|wrong2|wrong3|wrong4|wrong5,,\n");
        bank += &format!("t{n},fact,typed {n},exact,,,yes\nb{n},blanks,gap {n} __1__,word,,,\n");
        bank += &format!("c{n},cloze,{{{{c1::one}}}} and {{{{c2::two}}}} {n},,,,\n");
    }
    bank
}

struct Simulation {
    matura: Matura,
    learner: Learner,
    random: fastrand::Rng,
    /// What the last answer was: card, whether it counted, grade.
    last: Option<(i64, bool, u8)>,
    undone: u32,
    moved: u32,
    drills: u32,
    lapses: u32,
}

impl Simulation {
    /// A grade as a learner of middling memory gives it.
    fn grade(&mut self) -> u8 {
        *self.random.choice([0, 1, 2, 3, 3, 4, 4, 4, 5, 5].as_slice().iter()).unwrap()
    }

    /// Answers the question on the screen so that it gets this grade; the next prompt and what was said.
    fn answer(
        review: &mut Dialogue,
        prompt: &Prompt,
        question: &crate::dialogue::Said,
        grade: u8,
    ) -> (Prompt, crate::dialogue::Said) {
        if *prompt == Prompt::Reveal {
            review.ask("");
            return review.ask(&grade.to_string());
        }
        let (right, wrong): (String, Vec<String>) = match prompt {
            Prompt::Pick => {
                (question.letter("right"), (1..=5).map(|n| question.letter(&format!("wrong{n}"))).collect())
            }
            Prompt::Type => ("EXACT ".into(), vec!["nothing".into(); 3]),
            _ => ("word".into(), vec!["nothing".into(); 3]),
        };
        let (wrong_before, last) = match grade {
            5 => (0, right),
            3 => (1, right),
            2 => (2, right),
            1 => (2, wrong[2].clone()),
            _ => (0, if *prompt == Prompt::Pick { "!".to_owned() } else { ":!".to_owned() }),
        };
        for wrong in &wrong[..wrong_before] {
            assert_eq!(review.ask(wrong).1.saved(), 0);
        }
        review.ask(&last)
    }

    fn day(&mut self, day: i64, break_off: bool) {
        let mut review = Dialogue::start(&self.matura, &[]);
        let (mut prompt, mut said) = review.listen();
        let mut asked = 0;
        while prompt != Prompt::End {
            let (card, stage) = said.question().unwrap();
            asked += 1;
            if break_off && asked > 6 {
                review.hang_up();
                return self.day(day, false);
            }
            if self.last.is_some() && self.random.u8(0..8) == 0 {
                let (again, counted, _) = self.last.take().unwrap();
                if counted {
                    self.learner.answers.get_mut(&again).unwrap().pop();
                }
                self.undone += 1;
                (prompt, said) =
                    review.ask(if matches!(prompt, Prompt::Reveal | Prompt::Pick) { "u" } else { ":u" });
                assert_eq!(said.question().unwrap().0, again);
                continue;
            }
            let counts = self.learner.last_day(card) != Some(day);
            assert_eq!(stage == "drill", !counts, "card {card} on day {day}");
            // a choice without a hint cannot earn a 4
            let mut grade = self.grade();
            if prompt != Prompt::Reveal && grade == 4 {
                grade = 5;
            }
            let heard = Self::answer(&mut review, &prompt, &said, grade);
            assert_eq!(heard.1.saved(), 1, "{:?}", heard.1);
            (prompt, said) = heard;
            if self.random.u8(0..10) == 0 && prompt != Prompt::End {
                let moved = self.grade();
                let command = format!(
                    "{}={moved}",
                    if matches!(prompt, Prompt::Reveal | Prompt::Pick) { "" } else { ":" }
                );
                let question = said.clone();
                let heard = review.ask(&command);
                assert_eq!(heard.1.saved(), 1);
                prompt = heard.0;
                said.lines = [question.lines, heard.1.lines].concat();
                grade = moved;
                self.moved += 1;
            }
            if counts {
                self.lapses += u32::from(grade < 3 && self.learner.schedule(card).is_some_and(|s| s.1 > 0));
                self.learner.answers.entry(card).or_default().push((day, grade));
            } else {
                self.drills += 1;
            }
            self.last = Some((card, counts, grade));
        }
        self.last = None;
        assert_eq!(review.hang_up(), 0);
    }
}

#[test]
fn three_weeks_of_use_end_with_the_due_dates_of_an_independent_sm2() {
    let matura = Matura::with_bank(&bank());
    matura.json(&["config", "grading", "six"]);
    matura.json(&["config", "new_per_day", "7"]);
    let mut simulation = Simulation {
        matura,
        learner: Learner::default(),
        random: fastrand::Rng::with_seed(2026),
        last: None,
        undone: 0,
        moved: 0,
        drills: 0,
        lapses: 0,
    };
    // Berlin puts its clocks forward on the fourteenth day, 29 March.
    simulation.matura.zone(Some("Europe/Berlin"));
    for day in 0..21 {
        if day == 9 {
            continue; // a day off
        }
        let hour = ["05:10", "12:00", "23:50"][usize::try_from(day).unwrap() % 3];
        let offset = if day < 14 { "+01:00" } else { "+02:00" };
        simulation.matura.now(&format!("{}T{hour}:00{offset}", date(day)));
        let today = simulation.matura.json(&[]);
        assert_eq!(today["study_day"], date(day));
        simulation.day(day, day % 4 == 1);
        let left = simulation.matura.json(&[]);
        assert_eq!(
            (left["due"].as_i64(), left["new"].as_i64(), left["drill"].as_i64()),
            (Some(0), Some(0), Some(0))
        );
    }
    let mut compared = 0;
    for card in simulation.matura.cards() {
        let number = card["card"].as_i64().unwrap();
        match simulation.learner.schedule(number) {
            Some((due, repetitions, ease)) => {
                assert_eq!(
                    card["due"],
                    date(due),
                    "card {number}: {:?}",
                    simulation.learner.answers[&number]
                );
                assert_eq!(card["repetitions"], repetitions);
                assert!((card["ease"].as_f64().unwrap() / 1000.0 - ease).abs() < 1e-9);
                compared += 1;
            }
            None => assert_eq!(card["state"], "new"),
        }
    }
    simulation.matura.check();
    let Simulation { undone, moved, drills, lapses, .. } = simulation;
    assert!(
        compared > 60 && undone > 20 && moved > 20 && drills > 50 && lapses > 10,
        "{compared} {undone} {moved} {drills} {lapses}"
    );
}
