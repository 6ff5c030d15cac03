//! The naive model: every reading ever counted is kept, days are divided from all of them, rules stand in
//! a table with a line a day.

use super::world::{budget, params};
use cosmwasm_std::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use vrs_days::{Clock, Day};
use vrs_interface::mining::{Method, Params};

/// Days that a raise waits.
pub const DELAY: Day = 7;

/// What the tests vary in the rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// HP and VRS of node, HP and VRS of upload.
    pub budgets: [u128; 4],
    pub share_cap: u32,
    pub marginal: bool,
    pub window_days: u32,
    pub per_window: [u128; 2],
}

impl Rules {
    pub fn params(&self) -> Params {
        let [a, b, c, d] = self.budgets;
        Params {
            budgets: vec![budget(Method::Node, a, b), budget(Method::Upload, c, d)],
            share_cap: self.share_cap,
            marginal: self.marginal,
            window_days: self.window_days,
            hp_per_window: self.per_window[0].into(),
            vrs_per_window: self.per_window[1].into(),
            ..params()
        }
    }

    pub fn raises(&self, old: &Rules) -> bool {
        let cap = |cap: u32| if cap == 0 { u64::MAX } else { cap.into() };
        self.budgets.iter().zip(&old.budgets).any(|(new, old)| new > old)
            || self.per_window.iter().zip(&old.per_window).any(|(new, old)| new > old)
            || self.window_days != old.window_days
            || cap(self.share_cap) > cap(old.share_cap)
    }
}

#[derive(Clone, Copy, PartialEq)]
pub enum State {
    Waiting,
    Paid,
    Dropped,
}

/// A day as the model keeps it: readings by account, method and unit with their scores.
#[derive(Default)]
pub struct ModelDay {
    pub readings: BTreeMap<(u32, Method, u64), u128>,
    pub taken: BTreeSet<(u32, Method)>,
    pub states: BTreeMap<u32, State>,
    /// Once closed: (method, pool, budget, share cap).
    pub division: Option<Vec<(Method, usize, u128, u32)>>,
}

impl ModelDay {
    pub fn score(&self, account: u32, method: Method) -> u128 {
        let of = self
            .readings
            .iter()
            .filter(|(key, _)| key.0 == account && key.1 == method);
        of.map(|(_, score)| score).sum()
    }

    pub fn accounts(&self) -> BTreeSet<u32> {
        self.readings.keys().map(|key| key.0).collect()
    }

    /// HP and VRS of an account.
    pub fn worth(&self, account: u32) -> [u128; 2] {
        let mut worth = [0; 2];
        for (method, pool, budget, share_cap) in self.division.iter().flatten() {
            let scores: Vec<u128> = self.accounts().into_iter().map(|a| self.score(a, *method)).collect();
            let heads = scores.iter().filter(|score| **score > 0).count() as u32;
            let own = self.score(account, *method);
            if own > 0 && !self.taken.contains(&(account, *method)) {
                let total = scores.iter().sum();
                worth[*pool] += vrs_scoring::capped_part(*budget, 10_000, own, total, *share_cap, heads).unwrap();
            }
        }
        worth
    }

    pub fn reserved(&self, pool: usize) -> u128 {
        let of = self.division.iter().flatten().filter(|line| line.1 == pool);
        of.map(|line| line.2).sum()
    }
}

pub struct Model {
    pub clock: Clock,
    /// A line a day.
    pub rules: Vec<Rules>,
    pub days: BTreeMap<Day, ModelDay>,
    pub funded: [u128; 2],
    pub refilled: [u128; 2],
    pub paid: BTreeMap<u32, [u128; 2]>,
    /// First and last day of the latest window with a budget, and what was used of it, by pool.
    pub windows: [(Day, Day, u128); 2],
}

impl Model {
    pub fn close(&mut self, now: Timestamp) {
        let last = self.clock.last_closed(now);
        let due: Vec<Day> = self
            .days
            .range(..=last)
            .filter(|d| d.1.division.is_none())
            .map(|d| *d.0)
            .collect();
        for day in due {
            let rules = &self.rules[day as usize];
            let length = rules.window_days;
            // Only what is charged counts: a day without a budget changes no window.
            let mut windows = self.windows;
            let mut left = [0; 2];
            for (pool, left) in left.iter_mut().enumerate() {
                let (first, last, used) = &mut windows[pool];
                // A window that was used goes on to its end, and longer while windows are longer.
                if *used > 0 && day < *first + length {
                    *last = (*last).max(*first + length - 1);
                }
                if day > *last {
                    *first = *last + 1;
                    while *first + length <= day {
                        *first += length;
                    }
                    (*last, *used) = (*first + length - 1, 0);
                }
                let assigned: u128 = self.days.values().map(|day| day.reserved(pool)).sum();
                let unassigned = self.funded[pool] + self.refilled[pool] - assigned;
                *left = unassigned.min(rules.per_window[pool].saturating_sub(*used));
            }
            let mut division = vec![];
            let entry = &self.days[&day];
            for (number, method) in [Method::Node, Method::Upload].into_iter().enumerate() {
                if entry
                    .accounts()
                    .into_iter()
                    .all(|account| entry.score(account, method) == 0)
                {
                    continue;
                }
                for (pool, left) in left.iter_mut().enumerate() {
                    let budget = rules.budgets[number * 2 + pool].min(*left);
                    *left -= budget;
                    if budget > 0 {
                        windows[pool].2 += budget;
                        self.windows[pool] = windows[pool];
                    }
                    division.push((method, pool, budget, rules.share_cap));
                }
            }
            self.days.get_mut(&day).unwrap().division = Some(division);
        }
    }

    pub fn waiting(&self, account: u32, last: Day) -> Vec<Day> {
        let mine = |day: &ModelDay| day.states.get(&account) == Some(&State::Waiting);
        self.days
            .range(..=last)
            .filter(|(_, day)| mine(day))
            .map(|(day, _)| *day)
            .collect()
    }

    pub fn owed(&self, account: u32, last: Day) -> [u128; 2] {
        self.waiting(account, last).iter().fold([0; 2], |sum, day| {
            let worth = self.days[day].worth(account);
            [sum[0] + worth[0], sum[1] + worth[1]]
        })
    }

    pub fn claim(&mut self, account: u32, now: Timestamp) {
        let days = self.waiting(account, self.clock.last_final(now));
        let reach = days.first().map_or(0, |first| first + 120);
        for day in days.into_iter().filter(|day| *day < reach) {
            let worth = self.days[&day].worth(account);
            self.days.get_mut(&day).unwrap().states.insert(account, State::Paid);
            let paid = self.paid.entry(account).or_default();
            *paid = [paid[0] + worth[0], paid[1] + worth[1]];
        }
    }

    /// Plans rules as `rulebook` does, line by line.
    pub fn plan(&mut self, today: Day, rules: &Rules) -> Day {
        let tomorrow = (today + 1) as usize;
        let from = if rules.raises(&self.rules[tomorrow]) {
            today + DELAY
        } else {
            today + 1
        };
        let kept = self.rules[tomorrow].clone();
        for (day, line) in self.rules.iter_mut().enumerate().skip(tomorrow) {
            *line = if day >= from as usize {
                rules.clone()
            } else {
                kept.clone()
            };
        }
        from
    }
}
