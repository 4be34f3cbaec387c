//! Chance, made from a seed.

/// The luck of one answer: of the card in this place, after so many answers of the simulation.
///
/// It hangs on nothing else, so that other limits change when a card comes but not how it is answered: two plans differ by
/// what was planned and not by chance (common random numbers).
pub(super) fn luck(seed: u64, card: usize, answers: u32) -> fastrand::Rng {
    let card = u64::try_from(card).unwrap_or(u64::MAX);
    fastrand::Rng::with_seed(mixed(mixed(mixed(seed) ^ card) ^ u64::from(answers)))
}

/// Spreads bits that are alike over all 64, one to one: the mixing of `SplitMix` ("Fast splittable pseudorandom number
/// generators", OOPSLA 2014, doi:10.1145/2660193.2660195).
const fn mixed(bits: u64) -> u64 {
    let bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_bits_are_mixed_as_published() {
        // the first numbers that SplitMix64 gives for seed 1234567, of which each adds the constant once more
        let step = 0x9e37_79b9_7f4a_7c15_u64;
        let numbers = [0_u64, 1, 2].map(|n| mixed(1_234_567_u64.wrapping_add(step.wrapping_mul(n))));
        assert_eq!(
            numbers,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn every_card_every_answer_and_every_seed_has_luck_of_its_own_and_always_the_same() {
        let all = || {
            let seeds = [0, 1, u64::MAX].into_iter();
            let cards = seeds.flat_map(|seed| (0..50).map(move |card| (seed, card)));
            cards.flat_map(|(seed, card)| (0..50).map(move |answers| luck(seed, card, answers).u64(..)))
        };
        assert_eq!(all().collect::<HashSet<_>>().len(), 3 * 50 * 50);
        assert!(all().eq(all()));
    }
}
