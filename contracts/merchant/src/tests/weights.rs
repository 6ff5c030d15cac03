//! The weights' sums against a scan of every day of the window.

use crate::records::{Buyers, MerchantShare};
use crate::state::MERCHANTS;
use crate::weights::{newest, starting_sums};
use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::Storage;
use proptest::prelude::*;
use std::collections::BTreeMap;
use vrs_days::Day;

const SHOP: u32 = 7;

/// Records a day as intake does: with its starting sums where it is new, with more buyers where not.
fn touch(storage: &mut dyn Storage, day: Day, weight_days: u32, more: Buyers) {
    let found = newest(storage, SHOP, day).unwrap();
    let mut share = match found.first() {
        Some((d, share)) if *d == day => share.clone(),
        _ => {
            let (before, window) = starting_sums(storage, SHOP, day, weight_days, &found).unwrap();
            MerchantShare {
                before,
                window,
                ..MerchantShare::default()
            }
        }
    };
    share.buyers = share.buyers.plus(more).unwrap();
    MERCHANTS.shares.save(storage, &(SHOP, day), &share).unwrap();
}

fn buyers(n: u64) -> Buyers {
    Buyers {
        first: n,
        repeat: 10 * n,
        external: 100 * n,
    }
}

fn sum(days: &BTreeMap<Day, Buyers>, from: Day, to: Day) -> Buyers {
    let within = days.iter().filter(|(day, _)| (from..=to).contains(*day));
    within.fold(Buyers::default(), |sum, (_, buyers)| sum.plus(*buyers).unwrap())
}

/// Touches days in an order that time allows, `(day, late)`: late ones touch the day before. Compares
/// every record with a scan over what the days were in the end.
fn compare(weight_days: u32, touches: &[(Day, bool, u64)], pruned_after: Option<Day>) {
    let mut storage = MockStorage::new();
    // Somebody else's days must not be seen.
    for other in [SHOP - 1, SHOP + 1] {
        for day in 1..400 {
            let share = MerchantShare {
                buyers: buyers(1_000),
                before: buyers(7_000),
                ..MerchantShare::default()
            };
            MERCHANTS.shares.save(&mut storage, &(other, day), &share).unwrap();
        }
    }
    let mut days: BTreeMap<Day, Buyers> = BTreeMap::new();
    let mut checked: BTreeMap<Day, (Buyers, Buyers)> = BTreeMap::new();
    for (today, late, n) in touches {
        let day = if *late && *today > 1 { today - 1 } else { *today };
        touch(&mut storage, day, weight_days, buyers(*n));
        let all = days.entry(day).or_default();
        *all = all.plus(buyers(*n)).unwrap();
        let share = MERCHANTS.shares.load(&storage, &(SHOP, day)).unwrap();
        checked.insert(day, (share.before, share.window));
        if let Some(age) = pruned_after {
            for old in 1..today.saturating_sub(age) {
                MERCHANTS.shares.remove(&mut storage, &(SHOP, old));
            }
        }
    }
    for (day, (before, window)) in checked {
        let naive = match day {
            0..=2 => Buyers::default(),
            _ => sum(&days, (day - 1).saturating_sub(weight_days), day - 2),
        };
        assert_eq!(window, naive, "window of day {day} over {weight_days} days, {days:?}");
        if pruned_after.is_none() {
            assert_eq!(
                before,
                sum(&days, 0, day.saturating_sub(2)),
                "before of day {day}, {days:?}"
            );
        }
    }
}

fn steps(gap: u32) -> impl Strategy<Value = Vec<(Day, bool, u64)>> {
    let step = (0..=gap, any::<bool>(), 0..4u64);
    proptest::collection::vec(step, 1..60).prop_map(|steps| {
        let mut today = 1;
        let place = |(gap, late, n)| {
            today += gap;
            (today, late, n)
        };
        steps.into_iter().map(place).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn dense_days(touches in steps(2), weight_days in 1..=10u32) {
        compare(weight_days, &touches, None);
    }

    #[test]
    fn days_with_gaps(touches in steps(12), weight_days in 1..=30u32) {
        compare(weight_days, &touches, None);
    }

    #[test]
    fn days_with_gaps_as_long_as_the_window(touches in steps(5), weight_days in 1..=4u32) {
        compare(weight_days, &touches, None);
    }

    /// Pruning leaves 180 days and more, a window has 92 at the most.
    #[test]
    fn pruned_records_change_no_window(touches in steps(6), weight_days in 1..=10u32, margin in 3..20u32) {
        compare(weight_days, &touches, Some(weight_days + margin));
    }
}

#[test]
fn the_example_of_the_page() {
    let mut storage = MockStorage::new();
    for day in [1, 2, 5] {
        touch(&mut storage, day, 3, buyers(1));
    }
    let found = newest(&storage, SHOP, 6).unwrap();
    assert_eq!(found.iter().map(|(day, _)| *day).collect::<Vec<_>>(), vec![5, 2]);
    let (before, window) = starting_sums(&storage, SHOP, 6, 3, &found).unwrap();
    assert_eq!((before, window), (buyers(2), buyers(1)));
}

#[test]
fn the_window_of_thirty_days_ends_the_day_before_yesterday() {
    // One first-time customer a day; day 40 counts days 9 to 38.
    let every: Vec<(Day, bool, u64)> = (1..=40).map(|day| (day, false, 1)).collect();
    compare(30, &every, None);
    let mut storage = MockStorage::new();
    for day in 1..=39 {
        touch(&mut storage, day, 30, buyers(1));
    }
    let found = newest(&storage, SHOP, 40).unwrap();
    let (before, window) = starting_sums(&storage, SHOP, 40, 30, &found).unwrap();
    assert_eq!((before, window), (buyers(38), buyers(30)));
}

/// The day before may get its first order after today did: today's sums do not contain it, tomorrow's do.
#[test]
fn yesterday_recorded_after_today() {
    compare(
        30,
        &[(3, false, 1), (5, false, 2), (5, true, 3), (6, false, 4), (7, false, 1)],
        None,
    );
}

/// p-1 and p are about to expire. The shop is back on day 38, then p-1 is pruned, then a late order
/// makes day 37: were its sums taken from p, they would lack p-1, and day 41 would count it.
#[test]
fn a_late_day_after_its_neighbours_were_pruned() {
    let mut storage = MockStorage::new();
    for day in [30, 31] {
        touch(&mut storage, day, 4, buyers(2));
    }
    touch(&mut storage, 38, 4, buyers(1));
    MERCHANTS.shares.remove(&mut storage, &(SHOP, 30));
    touch(&mut storage, 37, 4, buyers(5));
    let found = newest(&storage, SHOP, 41).unwrap();
    let (_, window) = starting_sums(&storage, SHOP, 41, 4, &found).unwrap();
    assert_eq!(window, buyers(6));
}
