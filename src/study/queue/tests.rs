//! The order of a queue.

use super::*;

fn after(due: Vec<CardId>, new: Vec<CardId>, drill: Vec<CardId>) -> Queue {
    Queue::new(due, new, drill, NewCards::After, (0, 0))
}

#[test]
fn one_card_a_note_is_picked_up_to_the_limit_of_the_series() {
    let (tree, decks) = (Tree::default(), HashSet::from([1]));
    let mut pick = Pick::new(&tree, Some(&decks), HashSet::from([50]));
    let offer =
        |pick: &mut Pick<'_>, card, note, deck| pick.offer(CardRef { card, note, deck }, |note| note != 60);
    let budget = |all| Budget::new(&tree, all, [], []);
    pick.up_to(budget(2), None);
    assert!(offer(&mut pick, 1, 50, 1).is_continue(), "answered today");
    assert!(offer(&mut pick, 2, 51, 2).is_continue(), "another deck");
    assert!(offer(&mut pick, 3, 52, 1).is_continue());
    assert!(offer(&mut pick, 4, 52, 1).is_continue(), "a sibling");
    assert!(offer(&mut pick, 9, 60, 1).is_continue(), "a note that is not wanted");
    assert!(offer(&mut pick, 5, 53, 1).is_break());
    assert_eq!(pick.take(), [3, 5]);
    pick.up_to(budget(5), Some(1));
    assert!(offer(&mut pick, 6, 53, 1).is_continue(), "a sibling of the series before");
    assert!(offer(&mut pick, 7, 54, 1).is_break());
    assert_eq!(pick.take(), [7]);
    pick.up_to(budget(0), None);
    assert!(offer(&mut pick, 8, 55, 1).is_break());
    assert!(pick.take().is_empty());
}

#[test]
fn no_note_is_read_for_a_card_that_may_not_be_asked_anyway() {
    let names = ["A", "A::B", "C"].map(|name| crate::model::DeckName::parse(name).unwrap());
    let tree = Tree::new((1..).zip(&names));
    let decks = HashSet::from([1, 2]);
    let mut pick = Pick::new(&tree, Some(&decks), HashSet::from([10]));
    pick.up_to(Budget::new(&tree, 9, [(2, 1), (1, 2)], []), None);
    let mut read = Vec::new();
    for (note, deck) in [(10, 1), (11, 3), (12, 2), (12, 2), (13, 2), (14, 1), (15, 1)] {
        let candidate = CardRef { card: note, note, deck };
        let flow = pick.offer(candidate, |note| {
            read.push(note);
            true
        });
        assert_eq!(flow.is_break(), note >= 14, "{note}: nothing can come when the limits are used up");
    }
    assert_eq!((read, pick.take()), (vec![12, 14], vec![12, 14]));
}
#[test]
fn due_cards_come_before_new_ones_and_repeats_come_last() {
    let mut queue = after(vec![1], vec![2], vec![3]);
    let mut order = Vec::new();
    while let Some((card, stage)) = queue.front() {
        queue.pop();
        order.push((card, stage));
        if card == 1 && stage == Stage::Due {
            queue.repeat(1);
        }
    }
    assert_eq!(order, [(1, Stage::Due), (2, Stage::New), (3, Stage::Drill), (1, Stage::Drill)]);
}

#[test]
fn a_card_that_was_taken_back_comes_next_and_is_counted_where_it_belongs() {
    let mut queue = after(vec![1], vec![2, 3], vec![]);
    queue.put_first(3, Stage::New);
    assert_eq!(queue.front(), Some((3, Stage::New)));
    assert_eq!(queue.left(), Left { due: 1, new: 2, ..Left::default() });
    queue.pop();
    assert_eq!(queue.front(), Some((1, Stage::Due)));
}

fn order(mut queue: Queue) -> String {
    let mut order = String::new();
    while let Some((_, stage)) = queue.front() {
        order.push(match stage {
            Stage::Due => 'd',
            Stage::New => 'n',
            Stage::Drill | Stage::Test => 'r',
            Stage::Shown => 's',
            Stage::Practice | Stage::Cram | Stage::Match => 'p',
        });
        if order.ends_with('s') { queue.seen() } else { queue.pop() }
    }
    order
}

#[test]
fn new_cards_come_where_the_setting_has_them() {
    let queue = |due: CardId, new: CardId, place| {
        Queue::new((0..due).collect(), (100..100 + new).collect(), vec![], place, (0, 0))
    };
    for (due, new, place, expected) in [
        (4, 2, NewCards::After, "ddddnn"),
        (4, 2, NewCards::Before, "nndddd"),
        (4, 1, NewCards::Mixed, "ddndd"),
        (6, 2, NewCards::Mixed, "ddnddndd"),
        (7, 2, NewCards::Mixed, "ddndddndd"),
        (2, 5, NewCards::Mixed, "ndnnndn"),
        (0, 2, NewCards::Mixed, "nn"),
        (2, 0, NewCards::Mixed, "dd"),
    ] {
        assert_eq!(order(queue(due, new, place)), expected, "{due} {new} {place:?}");
    }
}

#[test]
fn a_mixed_queue_that_is_made_anew_goes_on_where_the_other_was() {
    let make = |due: usize, new: usize, asked| {
        let cards = |from, count: usize| (from..).take(count).collect();
        Queue::new(cards(0, due), cards(100, new), vec![], NewCards::Mixed, asked)
    };
    let whole = order(make(10, 3, (0, 0)));
    for done in 0..13 {
        let before = whole.get(..done).unwrap();
        let asked = (before.matches('d').count(), before.matches('n').count());
        assert_eq!(order(make(10 - asked.0, 3 - asked.1, asked)), whole.get(done..).unwrap());
    }
    // the card that was taken back is one of them
    let mut queue = make(9, 3, (1, 0));
    queue.put_first(0, Stage::Due);
    assert_eq!(order(queue), whole.get(1..).unwrap());
}

#[test]
fn a_shuffled_day_keeps_its_order_and_the_next_has_another() {
    let shuffled = |cards: std::ops::Range<CardId>, day| {
        let mut cards: Vec<CardId> = cards.collect();
        arrange(&mut cards, DueOrder::Shuffled, Day::new(day));
        cards
    };
    let today = shuffled(0..50, 1);
    assert_ne!(today, (0..50).collect::<Vec<_>>());
    assert_ne!(today, shuffled(0..50, 2));
    let later: Vec<CardId> = today.into_iter().filter(|card| *card >= 20).collect();
    assert_eq!(later, shuffled(20..50, 1));
}

#[test]
fn new_cards_that_are_shown_first_are_asked_group_by_group() {
    let learn = |count: CardId, seen: &[CardId]| {
        let mut queue = after(vec![], (1..=count).collect(), vec![]);
        queue.show_first(|card| seen.contains(&card), false);
        queue
    };
    for (count, seen, expected) in [
        (0, &[][..], ""),
        (1, &[], "sn"),
        (5, &[], "sssssnnnnn"),
        (7, &[], "sssssnnnnnssnn"),
        (12, &[], "sssssnnnnnsssssnnnnnssnn"),
        (4, &[1, 2], "nnssnn"),
    ] {
        assert_eq!(learn(count, seen).left().new, u32::try_from(count).unwrap());
        assert_eq!(order(learn(count, seen)), expected, "{count} {seen:?}");
    }
    // what was wrong comes again before the next group is shown
    let mut queue = learn(6, &[]);
    (0..5).for_each(|_| queue.seen());
    queue.pop();
    queue.repeat(1);
    assert_eq!(order(queue), "nnnnrsn");
    // a card that goes while the group is shown does not end it
    let mut queue = learn(6, &[]);
    queue.seen();
    queue.pop();
    assert_eq!(order(queue), "ssssnnnnn");
}

#[test]
fn a_group_that_is_being_shown_is_filled_when_the_queue_is_made_anew() {
    let made = |cards: std::ops::RangeInclusive<CardId>, seen: &[CardId], is_showing| {
        let mut queue = after(vec![], cards.collect(), vec![]);
        queue.show_first(|card| seen.contains(&card), is_showing);
        queue
    };
    assert_eq!(order(made(1..=7, &[1, 2], true)), "sssnnnnnssnn");
    assert_eq!(order(made(1..=7, &[1, 2], false)), "nnsssssnnnnn");
    // what was taken back comes first and does not end the group
    let mut queue = made(1..=7, &[1, 2, 3], true);
    queue.put_first(1, Stage::New);
    assert_eq!(order(queue), "nsssnnnnnsn");
    let mut queue = made(1..=7, &[1, 2], true);
    queue.put_first(4, Stage::Shown);
    assert_eq!((queue.front(), queue.left().new), (Some((4, Stage::Shown)), 7));
    assert_eq!(order(queue), "sssnnnnnssnn");
}

#[test]
fn what_is_practised_until_right_comes_again_at_the_end() {
    let mut queue = Queue::of_practice(vec![1, 2], Stage::Cram);
    assert_eq!((queue.front(), queue.left().practice), (Some((1, Stage::Cram)), 2));
    queue.pop();
    queue.repeat(1);
    assert_eq!((queue.front(), queue.left().practice), (Some((2, Stage::Cram)), 2));
    queue.put_first(1, Stage::Cram);
    assert_eq!((queue.front(), queue.left().practice), (Some((1, Stage::Cram)), 2));
    queue.pop();
    queue.pop();
    assert_eq!(queue.front(), None);
    assert_eq!(Queue::of_practice(vec![3], Stage::Practice).front(), Some((3, Stage::Practice)));
}

#[test]
fn a_short_session_asks_the_cards_that_come_first_in_the_long_one() {
    for (limit, expected) in [(0, ""), (1, "d"), (3, "ddn"), (5, "ddndd"), (7, "ddnddrr")] {
        let mut queue = Queue::new(vec![1, 2, 3, 4], vec![5], vec![6, 7], NewCards::Mixed, (0, 0));
        queue.shorten(limit, |_| false);
        assert_eq!(queue.left().sum(), u32::try_from(limit).unwrap());
        assert_eq!(order(queue), expected);
    }
    let mut queue = after(vec![1, 2], vec![], vec![6, 7]);
    queue.put_first(9, Stage::New);
    queue.shorten(2, |card| card == 7);
    assert_eq!(order(queue), "ndr", "the card taken back counts, the repeat of the session does not");
}
