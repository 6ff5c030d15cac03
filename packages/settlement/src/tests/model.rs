//! The same programme, done naively: every share of every day is kept, and everything is computed anew
//! from all of them whenever it is asked for.

use super::{clock, tranche, Three};
use crate::share::E18;
use crate::{Limit, Share, Tranche, MAX_CLAIM_DAYS};
use cosmwasm_std::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use vrs_days::Day;

/// How the two pools are divided each day.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Wanted of pool 0, split over tracks 0 and 1; of pool 1 for track 2; of pool 1 for track 0.
    pub budgets: [u128; 3],
    /// Track 0's part of the first, 1/10,000.
    pub bps: u16,
    /// The most that one participant draws, in average shares; 0: no cap.
    pub share_cap: u32,
    pub limits: [Limit; 2],
}

impl Rules {
    /// The tranches of a day, given what each pool can give. Draws on pool 1 come in order.
    pub fn plan(&self, available: [u128; 2], participants: u32, has_sum: impl Fn(u8) -> bool) -> Vec<Tranche> {
        let cap = |budget: u128, bps: u16| {
            let limit = u128::from(self.share_cap) * budget * u128::from(bps);
            (self.share_cap > 0).then(|| limit / (10_000 * u128::from(participants)))
        };
        let first = self.budgets[0].min(available[0]);
        let second = self.budgets[1].min(available[1]);
        let left = if has_sum(2) {
            available[1] - second
        } else {
            available[1]
        };
        let third = self.budgets[2].min(left);
        vec![
            tranche(0, 0, first, self.bps, cap(first, self.bps)),
            tranche(1, 0, first, 10_000 - self.bps, cap(first, 10_000 - self.bps)),
            tranche(2, 1, second, 10_000, cap(second, 10_000)),
            tranche(0, 1, third, 10_000, cap(third, 10_000)),
        ]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    Paid,
    Dropped,
}

#[derive(Clone, Debug, Default)]
pub struct ModelDay {
    pub shares: BTreeMap<u32, (Three, State)>,
    pub tranches: Vec<Tranche>,
    pub reserved: [u128; 2],
    pub closed: bool,
}

impl ModelDay {
    fn sum(&self, track: u8) -> u128 {
        self.shares.values().map(|(share, _)| share.counted(track)).sum()
    }

    /// What a share is worth to each pool.
    fn worth(&self, account: u32) -> [Worth; 2] {
        let mut sums = [Worth::default(); 2];
        let share = &self.shares[&account].0;
        for t in &self.tranches {
            let live = t.budget * u128::from(t.share_bps);
            let scale = 10_000 * self.sum(t.track);
            let part = |weight| live * weight / scale;
            let cut = |x: u128| t.cap.map_or(x, |cap| x.min(cap));
            let full = part(share.counted(t.track));
            let paid = cut(part(share.earning(t.track)));
            let sum = &mut sums[usize::from(t.pool)];
            sum.paid += paid;
            sum.taken += cut(full) - paid;
            sum.capped += full - cut(full);
            sum.dust += live * share.counted(t.track) % scale * E18 / scale;
        }
        sums
    }

    fn draws(&self, pool: usize) -> bool {
        self.closed && self.tranches.iter().any(|t| usize::from(t.pool) == pool)
    }

    fn waits(&self) -> bool {
        self.shares.values().any(|(_, state)| *state == State::Waiting)
    }
}

/// Base units, and rounding in 1/10^18.
#[derive(Clone, Copy, Default)]
pub struct Worth {
    pub paid: u128,
    pub taken: u128,
    pub capped: u128,
    pub dust: u128,
}

pub struct Ledger {
    pub rules: Rules,
    pub funded: [u128; 2],
    pub refilled: [u128; 2],
    pub paid: [u128; 2],
    pub days: BTreeMap<Day, ModelDay>,
    /// By pool: days of which nothing is left, not even rounding, because at some moment nobody waited.
    settled: [BTreeSet<Day>; 2],
}

impl Ledger {
    pub fn new(rules: Rules) -> Self {
        Ledger {
            rules,
            funded: [0; 2],
            refilled: [0; 2],
            paid: [0; 2],
            days: BTreeMap::new(),
            settled: Default::default(),
        }
    }

    pub fn report(&mut self, account: u32, day: Day, weights: [u128; 3]) {
        let entry = self.days.entry(day).or_default().shares.entry(account);
        let (share, _) = entry.or_insert((Three::default(), State::Waiting));
        for (counted, weight) in share.counted.iter_mut().zip(weights) {
            *counted += weight;
        }
    }

    /// All that was set aside, less refills.
    pub fn assigned(&self, pool: usize) -> u128 {
        self.days.values().map(|day| day.reserved[pool]).sum::<u128>() - self.refilled[pool]
    }

    fn available(&self, pool: usize, day: Day) -> u128 {
        let limit = self.rules.limits[pool];
        let window = |day: Day| (day - 1) / limit.window_days;
        let same = self.days.iter().filter(|(other, _)| window(**other) == window(day));
        let used: u128 = same.map(|(_, day)| day.reserved[pool]).sum();
        (self.funded[pool] - self.assigned(pool)).min(limit.per_window.saturating_sub(used))
    }

    pub fn close(&mut self, now: Timestamp) {
        let last = clock().last_closed(now);
        let due: Vec<Day> = self
            .days
            .range(..=last)
            .filter(|(_, d)| !d.closed)
            .map(|(day, _)| *day)
            .collect();
        for day in due {
            let available = [0, 1].map(|pool| self.available(pool, day));
            let entry = &self.days[&day];
            let heads = entry.shares.len() as u32;
            let mut tranches = self.rules.plan(available, heads, |track| entry.sum(track) > 0);
            tranches.retain(|t| entry.sum(t.track) > 0);
            let mut reserved = [0u128; 2];
            for t in &tranches {
                reserved[usize::from(t.pool)] += t.budget * u128::from(t.share_bps);
            }
            let entry = self.days.get_mut(&day).unwrap();
            entry.reserved = reserved.map(|sum| sum.div_ceil(10_000));
            entry.tranches = tranches;
            entry.closed = true;
        }
    }

    fn waiting(&self, account: u32, last: Day) -> Vec<Day> {
        let mine = |day: &ModelDay| day.shares.get(&account).is_some_and(|(_, s)| *s == State::Waiting);
        self.days
            .range(..=last)
            .filter(|(_, d)| mine(d))
            .map(|(day, _)| *day)
            .collect()
    }

    /// What one claim pays, and whether more is left.
    pub fn claim(&mut self, now: Timestamp, account: u32) -> ([u128; 2], bool) {
        let days = self.waiting(account, clock().last_final(now));
        let reach = days.first().map_or(0, |first| first + MAX_CLAIM_DAYS);
        let mut sum = [0; 2];
        for day in days.iter().filter(|day| **day < reach) {
            let worth = self.days[day].worth(account);
            self.settle(*day, account, State::Paid);
            for pool in 0..2 {
                sum[pool] += worth[pool].paid;
                self.paid[pool] += worth[pool].paid;
            }
        }
        (sum, days.last().is_some_and(|last| *last >= reach))
    }

    /// Enters that a share waits no more.
    pub fn settle(&mut self, day: Day, account: u32, state: State) {
        self.days.get_mut(&day).unwrap().shares.get_mut(&account).unwrap().1 = state;
        for pool in 0..2 {
            let drawn = self.days.iter().filter(|(_, day)| day.draws(pool));
            if drawn.clone().all(|(_, day)| !day.waits()) {
                self.settled[pool] = drawn.map(|(day, _)| *day).collect();
            }
        }
    }

    /// What all claims together would pay of the days up to `last`.
    pub fn owed(&self, account: u32, last: Day) -> [u128; 2] {
        let mut sum = [0; 2];
        for day in self.waiting(account, last).iter().filter(|day| self.days[day].closed) {
            let worth = self.days[day].worth(account);
            sum = [sum[0] + worth[0].paid, sum[1] + worth[1].paid];
        }
        sum
    }

    /// What a pool holds for closed days, and what of it shares that wait will be paid: of all that was set
    /// aside goes what was paid, what nobody will be paid, and the whole units of rounding.
    pub fn claimable(&self, pool: usize) -> (u128, u128) {
        let (mut held, mut owed, mut dust) = (0, 0, 0);
        for (number, day) in self.days.iter().filter(|(_, day)| day.draws(pool)) {
            if self.settled[pool].contains(number) {
                continue;
            }
            held += day.reserved[pool];
            for (account, (_, state)) in &day.shares {
                let worth = day.worth(*account)[pool];
                held -= worth.taken;
                if *state == State::Waiting {
                    owed += worth.paid;
                } else {
                    held -= worth.paid + worth.capped;
                    dust += worth.dust;
                }
            }
        }
        (held - dust / E18, owed)
    }
}
