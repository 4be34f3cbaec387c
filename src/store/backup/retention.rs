//! Which backups are kept: all of two days, then one a day, a week, a month.

use std::collections::HashSet;

const DAY: i64 = 86_400_000;
/// Everything that is younger is kept.
const ALL: i64 = 2 * DAY;
/// Of what is younger one a day is kept.
const DAILY: i64 = 14 * DAY;
/// Of what is younger one a week is kept, of all the rest one in thirty days.
const WEEKLY: i64 = 70 * DAY;

/// Whether each of these backups, made at times in milliseconds since 1970, is to be kept at the time `now`. Of several in a
/// period the newest is. The newest of all is always kept, and so is what comes from the future: the clock may be wrong.
pub(super) fn kept(times: &[i64], now: i64) -> Vec<bool> {
    let newest = times.iter().max().copied();
    let mut order: Vec<usize> = (0..times.len()).collect();
    order.sort_by_key(|place| std::cmp::Reverse(times.get(*place)));
    let mut taken = HashSet::new();
    let mut kept = vec![false; times.len()];
    for place in order {
        let (Some(at), Some(kept)) = (times.get(place).copied(), kept.get_mut(place)) else { continue };
        let age = now.saturating_sub(at);
        *kept = match age {
            _ if Some(at) == newest || age < ALL => true,
            _ if age < DAILY => taken.insert((1, at.div_euclid(DAY))),
            _ if age < WEEKLY => taken.insert((7, at.div_euclid(7 * DAY))),
            _ => taken.insert((30, at.div_euclid(30 * DAY))),
        };
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUR: i64 = DAY / 24;

    /// Makes a backup every six hours and thins at once, for so many days; gives the ages of what is left, in days.
    fn after(days: i64) -> Vec<i64> {
        let mut times: Vec<i64> = Vec::new();
        let mut now = 20_000 * DAY;
        for _ in 0..days * 4 {
            now += 6 * HOUR;
            times.push(now);
            let keep = kept(&times, now);
            let mut keep = keep.into_iter();
            times.retain(|_| keep.next().unwrap());
        }
        times.iter().rev().map(|at| (now - at) / DAY).collect()
    }

    #[test]
    fn a_year_leaves_all_of_two_days_then_one_a_day_a_week_and_a_month() {
        let ages = after(365);
        assert_eq!(ages.iter().filter(|age| **age < 2).count(), 8);
        let between = |low: i64, high: i64| ages.iter().filter(|age| (low..high).contains(*age)).count();
        assert!((12..=13).contains(&between(2, 14)), "{ages:?}");
        assert!((8..=9).contains(&between(14, 70)), "{ages:?}");
        assert!((9..=11).contains(&between(70, 400)), "{ages:?}");
        assert!(ages.len() < 45, "{ages:?}");
    }

    proptest! {
        #[test]
        fn the_newest_and_the_young_are_never_thinned(
            times in prop::collection::vec(0_i64..400 * DAY, 1..60), now in 0_i64..400 * DAY,
        ) {
            let keep = kept(&times, now);
            let newest = *times.iter().max().unwrap();
            for (at, keep) in times.iter().zip(&keep) {
                prop_assert!(*keep || (*at != newest && now - at >= ALL));
            }
            // what is kept once is kept again, at the same time
            let left: Vec<i64> = times.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(at, _)| *at).collect();
            let again = kept(&left, now);
            prop_assert!(again.into_iter().all(|keep| keep));
        }
    }
}
