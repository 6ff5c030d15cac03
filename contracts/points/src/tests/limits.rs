//! Limits by day, without the contract.

use crate::limit::{Limit, Limits};
use proptest::prelude::*;

fn limit(window_days: u32, per_window: u128, total: u128) -> Limit {
    Limit {
        window_days,
        per_window,
        total,
    }
}

#[test]
fn of_many_raises_the_oldest_merge_into_the_lower() {
    let mut limits = Limits::none(1);
    for (today, figure) in [(10, 100), (20, 200), (30, 300), (40, 400), (50, 500), (60, 600)] {
        limits.set(today, today + 7, limit(1, figure, figure));
    }
    assert_eq!(limits.planned(60), Some((67, limit(1, 600, 600))));
    let at = |day| limits.at(day).per_window;
    // In force on day 17 was 100, before it nothing: merged, nothing.
    assert_eq!(
        [at(1), at(17), at(27), at(37), at(47), at(57), at(67)],
        [0, 0, 0, 300, 400, 500, 600]
    );
}

/// All limits of days 0 to 200, kept one by one.
struct Naive(Vec<Limit>);

impl Naive {
    fn drop_plan(&mut self, today: u32) {
        let current = self.0[today as usize];
        self.0
            .iter_mut()
            .skip(today as usize)
            .for_each(|limit| *limit = current);
    }

    fn lower(&mut self, today: u32, to: Limit) {
        self.drop_plan(today);
        self.0.iter_mut().for_each(|limit| *limit = limit.lower_of(to));
    }

    fn set(&mut self, today: u32, from: u32, to: Limit) {
        self.lower(today, to);
        self.0.iter_mut().skip(from as usize).for_each(|limit| *limit = to);
    }
}

proptest! {
    #[test]
    fn limits_agree_with_a_list_of_all_days(
        steps in prop::collection::vec((0..20u32, any::<bool>(), 1..5u32, 0..9u128, 0..9u128), 1..12)
    ) {
        let mut limits = Limits::none(3);
        let mut naive = Naive(vec![limit(3, 0, 0); 300]);
        let (mut today, mut raises) = (2, 0);
        for (pass, raise, days, per_window, total) in steps {
            today += pass;
            let to = limit(days, per_window, total);
            if raise {
                limits.set(today, today + 7, to);
                naive.set(today, today + 7, to);
                raises += u32::from(limits.planned(today).is_some());
            } else {
                limits.lower(today, to);
                naive.lower(today, to);
            }
            for day in 0..300u32 {
                let (kept, all) = (limits.at(day), naive.0[day as usize]);
                prop_assert_eq!(kept.lower_of(all), kept, "never above, day {}", day);
                if raises < Limits::KEPT as u32 || day >= today {
                    prop_assert_eq!(kept, all, "day {}", day);
                }
            }
        }
    }
}
