//! A review that is killed loses nothing that it had acknowledged.

use std::time::Duration;

use crate::builder::{Matura, facts};
use crate::dialogue::{Dialogue, Prompt};

#[test]
fn killing_a_review_at_any_moment_loses_no_acknowledged_answer() {
    let rounds = std::env::var("MATURA_KILLS").map_or(40, |kills| kills.parse().unwrap());
    let matura = Matura::with_bank(&facts(rounds * 30));
    matura.json(&["config", "new_per_day", "1000000"]);
    let mut random = fastrand::Rng::with_seed(7);
    let mut acknowledged = 0;
    let mut written = 0;
    for round in 0..rounds {
        let mut review = Dialogue::start(&matura, &[]);
        let mut prompt = review.listen().0;
        // answers that are sent ahead, so that the kill meets the program at work
        let ahead = random.usize(0..20);
        for _ in 0..random.usize(0..10) {
            assert_eq!(prompt, Prompt::Reveal);
            review.ask("");
            let (next, said) = review.ask("4");
            acknowledged += said.saved();
            prompt = next;
        }
        review.say(&"\n4\n".repeat(ahead));
        if round % 2 == 0 {
            std::thread::sleep(Duration::from_micros(random.u64(0..8000)));
        }
        review.kill();
        let report = matura.check();
        let reviews = usize::try_from(report["reviews"].as_u64().unwrap()).unwrap();
        assert!(reviews >= acknowledged, "{reviews} of {acknowledged}");
        assert!(reviews <= acknowledged.max(written) + ahead + 10, "{reviews}");
        // what was written although nobody heard of it counts from here on
        written = reviews;
        acknowledged = reviews;
    }
    assert!(written > 100, "{written}");
}
