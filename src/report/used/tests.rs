//! What is promised of the analysis of a bank.

use super::*;
use proptest::prelude::*;

const OPTIONS: [&str; 4] = ["alpha", "beta", "gamma", "delta"];

/// Questions with four options of which the first is right.
fn choices(count: usize) -> Vec<Item> {
    vec![Item { options: OPTIONS.map(str::to_owned).to_vec(), right: vec![0] }; count]
}

fn answered(right: bool) -> Met {
    Met { first: First { right, response: None }, later: Rate::default() }
}

fn chose(option: &str) -> Met {
    let first = First { right: option == OPTIONS[0], response: Some(option.to_owned()) };
    Met { first, later: Rate::default() }
}

/// Learners who met questions from the first on, a row of answers for each: 1 right, 0 wrong, - not met.
fn learners(rows: &[&str]) -> Vec<Learner> {
    let row = |row: &&str| {
        let cells = row.chars().enumerate().filter(|(_, cell)| *cell != '-');
        Learner { met: cells.map(|(item, cell)| (item, answered(cell == '1'))).collect() }
    };
    rows.iter().map(row).collect()
}

/// Learners who know each question as surely as they are able, from a tenth to nine tenths, and else guess among the options.
fn class(random: &mut fastrand::Rng, count: usize, items: usize) -> Vec<Learner> {
    let learner = |_| {
        let able = 0.1 + 0.8 * random.f64();
        let met = |item| {
            let place = if random.f64() < able { 0 } else { random.usize(..OPTIONS.len()) };
            (item, chose(OPTIONS[place]))
        };
        Learner { met: (0..items).map(met).collect() }
    };
    (0..count).map(learner).collect()
}

fn guessers(random: &mut fastrand::Rng, count: usize, items: usize) -> Vec<Learner> {
    let mut met = |item| (item, chose(OPTIONS[random.usize(..OPTIONS.len())]));
    (0..count).map(|_| Learner { met: (0..items).map(&mut met).collect() }).collect()
}

/// Has every learner answer one question otherwise: by what they answered.
fn replace(learners: &mut [Learner], item: usize, answer: impl Fn(usize, &Met) -> Met) {
    for (place, learner) in learners.iter_mut().enumerate() {
        if let Some(met) = learner.met.get_mut(&item) {
            *met = answer(place, met);
        }
    }
}

/// The questions and options that a rule finds.
fn found(analysis: &Analysis, rule: &str) -> Vec<(usize, Option<usize>)> {
    let broken = analysis.broken.iter().filter(|broken| broken.rule.name == rule);
    broken.flat_map(|broken| &broken.findings).map(|finding| (finding.item, finding.option)).collect()
}

fn message(analysis: &Analysis, rule: &str) -> String {
    let broken = analysis.broken.iter().find(|broken| broken.rule.name == rule).unwrap();
    broken.findings[0].message.clone()
}

#[test]
fn discrimination_is_that_computed_by_hand() {
    // The first question against the other five: five who are right have 5, 4, 4, 3, 3 of them right (mean 3.8), five who are wrong
    // 3, 2, 2, 1, 1 (mean 1.8). All: sum 28, mean 2.8, squares 25+16+16+9+9+9+4+4+1+1 = 94, variance 9.4 - 7.84 = 1.56.
    // (3.8 - 1.8) / √1.56 · √(1/2 · 1/2) = 0.800641; z = 1.100395, error 1/√7: tanh(1.100395 ± 0.740797) = 0.344860 to 0.950909
    let learners = learners(&[
        "111111", "111110", "101111", "111100", "100111", "011100", "011000", "000011", "010000", "000001",
    ]);
    let analysis = analyse(&vec![Item::default(); 6], &learners);
    let first = &analysis.items[0];
    assert_eq!(
        (first.learners, first.difficulty, first.discrimination.learners),
        (10, Proportion::new(5, 10), 10)
    );
    let correlation = first.discrimination.correlation.unwrap();
    for (is, expected) in
        [(correlation.value, 0.800_641), (correlation.low, 0.344_860), (correlation.high, 0.950_909)]
    {
        assert!((is - expected).abs() < 1e-5, "{correlation:?}");
    }
}

#[test]
fn where_there_is_no_discrimination_it_is_said_why() {
    let why = |rows: &[&str]| {
        let analysis = analyse(&vec![Item::default(); 6], &learners(rows));
        let discrimination = analysis.items[0].discrimination;
        assert_eq!(discrimination.correlation, None);
        (discrimination.learners, discrimination.missing.unwrap())
    };
    let rows =
        ["111100", "011110", "111000", "000110", "110110", "001011", "111111", "010000", "101010", "000000"];
    assert_eq!(why(&rows[1..]), (9, Missing::FewLearners));
    let with_few_others = [&rows[1..], &["11110-", "0-----", "-11111"]].concat();
    assert_eq!(why(&with_few_others), (9, Missing::FewLearners));
    assert_eq!(
        why(&rows.map(|row| if row.starts_with('1') { row } else { "100000" })),
        (10, Missing::SameAnswers)
    );
    let same_rest =
        ["111000", "010010", "010100", "111000", "000110", "001010", "100011", "001100", "101010", "010001"];
    assert_eq!(why(&same_rest), (10, Missing::SameRest));
}

#[test]
fn options_are_counted_at_first_sight_with_the_rest_scores_of_those_who_chose_them() {
    let mut class = learners(&["-11111", "-11110", "-11000", "-00000", "-10000", "-11100", "-1"]);
    let responses =
        [Some("alpha"), Some("alpha\nbeta"), Some("beta"), None, Some(""), Some("omega"), Some("gamma")];
    for (learner, response) in class.iter_mut().zip(responses) {
        let first = First { right: response == Some("alpha"), response: response.map(str::to_owned) };
        let later = Rate { asked: 3, remembered: 2 };
        learner.met.insert(0, Met { first, later });
    }
    let items = [choices(1), vec![Item::default(); 5]].concat();
    let analysis = analyse(&items, &class);
    let first = &analysis.items[0];
    assert_eq!((first.learners, first.omitted, first.unlisted), (7, 2, 1));
    assert_eq!(first.later, Proportion::new(14, 21));
    let told: Vec<_> =
        first.options.iter().map(|option| (option.right, option.chosen.count(), option.rest_score)).collect();
    // five of five and four of five; four of five and two of five; one with a single other question
    let expected = [(true, 2, Some(0.9)), (false, 2, Some(0.6)), (false, 1, None), (false, 0, None)];
    for (is, expected) in told.iter().zip(expected) {
        assert_eq!((is.0, is.1, is.2.is_some()), (expected.0, expected.1, expected.2.is_some()));
        assert!((is.2.unwrap_or(0.0) - expected.2.unwrap_or(0.0)).abs() < 1e-12, "{is:?}");
    }
    assert!(first.options.iter().all(|option| option.chosen.of() == 4));
    assert!(analysis.items[1].options.is_empty());
}

#[test]
fn the_bank_is_told_as_a_whole_and_its_reliability_only_of_thirty_who_met_it_all() {
    let rows = ["1110--", "1100--", "1000--", "0000--"];
    let thirty: Vec<&str> = rows.iter().cycle().take(30).copied().collect();
    let analysis = analyse(&vec![Item::default(); 6], &learners(&thirty));
    // right: 23, 16, 8 and 0 of 30; Σpq = (23·7 + 16·14 + 8·22)/900 = 0.623333
    // scores: 8 × 3, 8 × 2, 7 × 1, 7 × 0: mean 47/30, squares 111/30, variance 3.7 - 2.454444 = 1.245556
    // 4/3 · (1 - 0.623333/1.245556) = 0.666072; median of 23/30, 16/30, 8/30 and 0: 12/30
    let bank = &analysis.bank;
    assert_eq!((bank.learners, bank.items, bank.met, bank.reliability.learners), (30, 6, 4, 30));
    assert!((bank.reliability.kr20.unwrap() - 0.666_072).abs() < 1e-6, "{bank:?}");
    assert!((bank.median_difficulty.unwrap() - 0.4).abs() < 1e-12);
    assert_eq!(bank.mean_discrimination, None);
    let fewer = analyse(&vec![Item::default(); 6], &learners(&thirty[1..]));
    assert_eq!((fewer.bank.reliability.learners, fewer.bank.reliability.kr20), (29, None));
}

#[test]
fn guessing_is_hardly_ever_taken_for_a_fault_of_a_question() {
    let mut banks = BTreeMap::<&str, usize>::new();
    for seed in 0..60 {
        let random = &mut fastrand::Rng::with_seed(seed);
        let analysis = analyse(&choices(50), &guessers(random, 40, 50));
        analysis.broken.iter().for_each(|broken| *banks.entry(broken.rule.name).or_default() += 1);
        let mean = analysis.bank.mean_discrimination.unwrap();
        assert!(mean.abs() < 0.1, "{mean}");
    }
    // one in twenty is what each rule may do by chance: three of sixty, and seven or more are less likely than one in thirty
    assert!(banks.values().all(|banks| *banks < 7), "{banks:?}");
}

#[test]
fn a_sound_bank_is_found_to_discriminate_and_to_have_no_fault() {
    let random = &mut fastrand::Rng::with_seed(7);
    let analysis = analyse(&choices(40), &class(random, 200, 40));
    assert!(analysis.broken.is_empty(), "{:?}", analysis.broken);
    assert!(analysis.bank.mean_discrimination.unwrap() > 0.25);
    assert!(analysis.bank.reliability.kr20.unwrap() > 0.8);
}

#[test]
fn a_key_that_names_the_wrong_option_is_found_even_in_a_large_bank_and_no_other_is() {
    // sixty learners show which option is taken, two hundred who takes it
    for (learners, by_who) in [(60, false), (200, true)] {
        let random = &mut fastrand::Rng::with_seed(11);
        let mut class = class(random, learners, 300);
        // whoever knows it takes alpha; the key says beta
        replace(&mut class, 17, |_, met| {
            let right = met.first.response.as_deref() == Some("beta");
            Met { first: First { right, ..met.first.clone() }, ..met.clone() }
        });
        let mut items = choices(300);
        items[17].right = vec![1];
        let analysis = analyse(&items, &class);
        assert_eq!(found(&analysis, "chosen-over-key"), [(17, Some(0))]);
        if by_who {
            assert!(analysis.items[17].discrimination.correlation.unwrap().high < 0.0);
            assert_eq!(found(&analysis, "negative-discrimination"), [(17, None)]);
            assert_eq!(found(&analysis, "draws-the-better"), [(17, Some(0))]);
        }
    }
}

#[test]
fn a_distractor_that_nobody_takes_is_found_only_where_enough_learners_could_have() {
    for (learners, expected) in
        [(30, vec![]), (72, vec![]), (73, vec![(3, Some(3))]), (300, vec![(3, Some(3))])]
    {
        let random = &mut fastrand::Rng::with_seed(5);
        let mut class = class(random, learners, 6);
        // those who know nothing choose among the others alike
        for item in 0..6 {
            replace(&mut class, item, |place, met| match met.first.response.as_deref() {
                Some("delta") if item == 3 => chose("gamma"),
                Some("alpha") if place % 5 == 0 => chose("delta"),
                _ => met.clone(),
            });
        }
        replace(&mut class, 3, |_, met| {
            if met.first.response.as_deref() == Some("delta") { chose("beta") } else { met.clone() }
        });
        let analysis = analyse(&choices(6), &class);
        assert_eq!(found(&analysis, "non-functioning-distractor"), expected, "{learners}");
    }
}

#[test]
fn a_question_that_all_know_is_found_only_where_enough_learners_met_it() {
    for (learners, expected) in [(72, vec![]), (73, vec![(2, None)])] {
        let mut class = class(&mut fastrand::Rng::with_seed(3), learners, 10);
        replace(&mut class, 2, |_, _| answered(true));
        let analysis = analyse(&vec![Item::default(); 10], &class);
        assert_eq!(found(&analysis, "known-by-all"), expected, "{learners}");
    }
}

#[test]
fn a_question_below_chance_is_found_unless_the_whole_bank_is_new_to_learners() {
    // one of 24 chooses the right one of four: Wilson's interval ends at 20 %
    let mut class = class(&mut fastrand::Rng::with_seed(2), 24, 10);
    replace(&mut class, 4, |place, _| {
        chose(["beta", "gamma", "delta", "beta", "gamma"].get(place % 6).unwrap_or(&"delta"))
    });
    replace(&mut class, 4, |place, met| if place == 0 { chose("alpha") } else { met.clone() });
    let analysis = analyse(&choices(10), &class);
    assert_eq!(found(&analysis, "below-chance"), [(4, None)]);
    assert_eq!(
        message(&analysis, "below-chance"),
        "1 of 24, 4 % (1 to 20 %) chose the right option A, guessing gives 25 %"
    );
    let known = ["1111110", "1111100"].repeat(10);
    assert_eq!(found(&analyse(&vec![Item::default(); 7], &learners(&known)), "below-chance"), [(6, None)]);
    let unknown = ["1000000", "0001000"].repeat(10);
    assert!(found(&analyse(&vec![Item::default(); 7], &learners(&unknown)), "below-chance").is_empty());
}

#[test]
fn of_nine_learners_nothing_is_claimed_whatever_they_answer() {
    for seed in 0..40 {
        let random = &mut fastrand::Rng::with_seed(seed);
        let mut class = class(random, 9, 30);
        for item in 0..30 {
            let option = OPTIONS[item % OPTIONS.len()];
            replace(&mut class, item, |_, _| chose(option));
        }
        let analysis = analyse(&choices(30), &class);
        assert!(analysis.broken.is_empty(), "{:?}", analysis.broken);
    }
}

#[test]
fn the_analysis_is_written_with_plain_names_and_whatever_comes_of_nothing_as_none() {
    let empty = serde_json::to_string(&analyse(&[], &[])).unwrap();
    let expected = r#"{"bank":{"learners":0,"items":0,"met":0,"median_difficulty":null,"mean_discrimination":null,"reliability":{"learners":0,"kr20":null}},"items":[],"broken":[]}"#;
    assert_eq!(empty, expected);
    let unmet = serde_json::to_value(analyse(&[Item::default()], &learners(&["-11"]))).unwrap();
    assert_eq!(unmet["bank"]["learners"], 0, "questions that are not in the bank do not count");
    let discrimination = r#"{"learners":0,"correlation":null,"missing":"few-learners"}"#;
    assert_eq!(
        unmet["items"][0]["discrimination"],
        serde_json::from_str::<serde_json::Value>(discrimination).unwrap()
    );
    let random = &mut fastrand::Rng::with_seed(1);
    let json = serde_json::to_value(analyse(&choices(8), &class(random, 20, 8))).unwrap();
    for name in ["value", "low", "high"] {
        assert!(json["items"][0]["discrimination"]["correlation"][name].is_f64(), "{name}");
    }
    assert_eq!(json["items"][0]["options"][0]["text"], "alpha");
}

#[test]
fn five_hundred_learners_and_a_thousand_questions_are_analysed() {
    let random = &mut fastrand::Rng::with_seed(9);
    let analysis = analyse(&choices(1_000), &class(random, 500, 1_000));
    assert_eq!((analysis.bank.learners, analysis.bank.met), (500, 1_000));
}

/// The discrimination of an item slowly: rest scores from scratch, then the mean product of z-scores; and how many learners it is
/// from. Rest scores are compared as fractions.
fn slowly(item: usize, learners: &[Learner]) -> (usize, Option<f64>) {
    let mut rows: Vec<(f64, u32, u32)> = Vec::new();
    for learner in learners {
        let Some(met) = learner.met.get(&item) else { continue };
        let others: Vec<bool> =
            learner.met.iter().filter(|(other, _)| **other != item).map(|(_, met)| met.first.right).collect();
        if others.len() >= 5 {
            let right = others.iter().filter(|right| **right).count();
            rows.push((f64::from(u8::from(met.first.right)), as_count(right), as_count(others.len())));
        }
    }
    let same_rest = rows.iter().all(|(_, right, of)| right * rows[0].2 == rows[0].1 * of);
    let same_answers = rows.iter().all(|(right, ..)| right.to_bits() == rows[0].0.to_bits());
    if rows.len() < 10 || same_rest || same_answers {
        return (rows.len(), None);
    }
    let z_scores = |values: Vec<f64>| {
        let n = f64::from(as_count(values.len()));
        let mean = values.iter().sum::<f64>() / n;
        let deviation = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        values.into_iter().map(|value| (value - mean) / deviation).collect::<Vec<_>>()
    };
    let here = z_scores(rows.iter().map(|row| row.0).collect());
    let rest = z_scores(rows.iter().map(|row| f64::from(row.1) / f64::from(row.2)).collect());
    let products: f64 = here.iter().zip(&rest).map(|(here, rest)| here * rest).sum();
    (rows.len(), Some(products / f64::from(as_count(rows.len() - 1))))
}

fn any_learner() -> impl Strategy<Value = Learner> {
    let response =
        prop::option::of(prop::sample::select(vec!["alpha", "beta", "alpha\nbeta", "", "\n", "omega"]));
    let met =
        (any::<bool>(), response, 0_u32..9, 0_u32..9).prop_map(|(right, response, asked, remembered)| Met {
            first: First { right, response: response.map(str::to_owned) },
            later: Rate { asked, remembered },
        });
    prop::collection::btree_map(0_usize..9, met, 0..9).prop_map(|met| Learner { met })
}

fn any_item() -> impl Strategy<Value = Item> {
    let options = prop::sample::subsequence(OPTIONS.to_vec(), 0..=4);
    (options, prop::collection::vec(0_usize..6, 0..3)).prop_map(|(options, right)| Item {
        options: options.into_iter().map(str::to_owned).collect(),
        right,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn discrimination_is_that_of_the_slow_way(learners in prop::collection::vec(any_learner(), 0..60)) {
        let analysis = analyse(&vec![Item::default(); 9], &learners);
        for (item, used) in analysis.items.iter().enumerate() {
            let (compared, slow) = slowly(item, &learners);
            let fast = used.discrimination.correlation.map(|correlation| correlation.value);
            prop_assert_eq!(as_count(compared), used.discrimination.learners);
            prop_assert_eq!(slow.is_some(), fast.is_some());
            prop_assert!((slow.unwrap_or(0.0) - fast.unwrap_or(0.0)).abs() < 1e-9, "{:?} {:?}", slow, fast);
        }
    }

    #[test]
    fn any_answers_to_any_questions_are_analysed_and_always_alike(
        items in prop::collection::vec(any_item(), 0..12),
        learners in prop::collection::vec(any_learner(), 0..40),
    ) {
        let analysis = analyse(&items, &learners);
        prop_assert_eq!(&analysis, &analyse(&items, &learners));
        prop_assert_eq!(analysis.items.len(), items.len());
        for used in &analysis.items {
            let (low, high) = used.difficulty.interval();
            prop_assert!((0.0..=1.0).contains(&low) && (0.0..=1.0).contains(&high));
            if let Some(correlation) = used.discrimination.correlation {
                let Correlation { value, low, high, .. } = correlation;
                prop_assert!(-1.0 <= low && low <= value && value <= high && high <= 1.0, "{:?}", correlation);
            }
            prop_assert!(used.options.iter().all(|option| option.chosen.of() <= used.learners));
        }
    }
}
