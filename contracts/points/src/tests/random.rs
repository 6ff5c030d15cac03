//! Random sequences against a ledger kept the naive way: every reservation, mint and move written down.

use super::world::{burn, limit, send, standing, transfer, World};
use crate::ContractError;
use proptest::prelude::*;
use std::collections::BTreeMap;
use vrs_access::AccessError;
use vrs_interface::access::AccessMsg;
use vrs_interface::points::{ExecuteMsg, IssuerLimit};

const ISSUERS: [&str; 2] = ["mining", "merchant"];
const HOLDERS: [&str; 5] = ["ann", "ben", "cleo", "rob", "shop"];
const SUPPLY: u128 = 400;

#[derive(Clone, Debug)]
enum Step {
    Set {
        issuer: usize,
        window_days: u32,
        per_window: u128,
        total: u128,
    },
    Lower {
        issuer: usize,
        window_days: u32,
        per_window: u128,
        total: u128,
    },
    /// A reservation for the day so many days ago.
    Reserve {
        issuer: usize,
        ago: u32,
        amount: u128,
    },
    Release {
        issuer: usize,
        amount: u128,
    },
    Mint {
        issuer: usize,
        to: Vec<(usize, u128)>,
    },
    Transfer {
        from: usize,
        to: usize,
        amount: u128,
    },
    Send {
        from: usize,
        amount: u128,
    },
    Burn {
        from: usize,
        amount: u128,
    },
    Pause(bool),
    Pass(u32),
}

fn step(lengths: bool) -> impl Strategy<Value = Step> {
    let issuer = || 0..ISSUERS.len();
    let holder = || 0..HOLDERS.len();
    let days = move || if lengths { 1..9u32 } else { 3..4u32 };
    let figures = move || (issuer(), days(), 0..60u128, 0..300u128);
    prop_oneof![
        2 => figures().prop_map(|(issuer, window_days, per_window, total)| Step::Set { issuer, window_days, per_window, total }),
        1 => figures().prop_map(|(issuer, window_days, per_window, total)| Step::Lower { issuer, window_days, per_window, total }),
        8 => (issuer(), 0..9u32, 0..40u128).prop_map(|(issuer, ago, amount)| Step::Reserve { issuer, ago, amount }),
        1 => (issuer(), 0..40u128).prop_map(|(issuer, amount)| Step::Release { issuer, amount }),
        3 => (issuer(), prop::collection::vec((holder(), 0..20u128), 0..4)).prop_map(|(issuer, to)| Step::Mint { issuer, to }),
        3 => (holder(), holder(), 0..12u128).prop_map(|(from, to, amount)| Step::Transfer { from, to, amount }),
        1 => (holder(), 0..12u128).prop_map(|(from, amount)| Step::Send { from, amount }),
        1 => (holder(), 0..12u128).prop_map(|(from, amount)| Step::Burn { from, amount }),
        1 => prop::bool::weighted(0.3).prop_map(Step::Pause),
        4 => (0..5u32).prop_map(Step::Pass),
    ]
}

/// Every day's window, and all that was ever reserved for each window. Nothing is forgotten.
#[derive(Default)]
struct NaiveIssuer {
    /// Day -> number of the window that it belonged to when something was charged there.
    days: BTreeMap<u32, usize>,
    /// What was reserved for each window, and the limit that was in force then.
    windows: Vec<Vec<(u128, u128)>>,
    released: u128,
    minted: u128,
}

/// The window of a day that is asked for: its number where something is charged to it, and its days.
type Found = (Option<usize>, Vec<u32>);

impl NaiveIssuer {
    fn reserved(&self) -> u128 {
        self.used() - self.minted
    }

    fn used(&self) -> u128 {
        self.windows.iter().flatten().map(|(amount, _)| amount).sum::<u128>() - self.released
    }

    fn first(&self, window: usize) -> u32 {
        *self.days.iter().find(|(_, number)| **number == window).unwrap().0
    }

    /// Walks day by day: a day keeps its window; a window that began less than a length ago goes on; else
    /// days behind the last window are cut into lengths, and one that would overlap the next belongs to that.
    fn window(&self, day: u32, length: u32) -> Found {
        let before = self.days.range(..=day).next_back().map(|(day, number)| (*day, *number));
        if let Some((_, number)) = before {
            let first = self.first(number);
            if self.days.contains_key(&day) || day < first + length {
                let free = |day: &u32| self.days.get(day).is_none_or(|other| *other == number);
                let mut days: Vec<u32> = (first..first + length).take_while(free).collect();
                days.extend(self.days.iter().filter(|(_, n)| **n == number).map(|(day, _)| *day));
                return (Some(number), days);
            }
        }
        let mut start = before.map_or(1, |(last, _)| last + 1);
        while start + length <= day {
            start += length;
        }
        let next = (start..start + length).find_map(|day| self.days.get(&day));
        match next {
            None => (None, (start..start + length).collect()),
            Some(next) => (Some(*next), (start..self.first(*next)).collect()),
        }
    }

    fn in_window(&self, (number, _): &Found) -> u128 {
        number.map_or(0, |number| self.windows[number].iter().map(|(amount, _)| amount).sum())
    }

    fn charge(&mut self, (number, days): Found, amount: u128, limit: u128) {
        let number = number.unwrap_or(self.windows.len());
        if number == self.windows.len() {
            self.windows.push(vec![]);
        }
        self.windows[number].push((amount, limit));
        self.days.extend(days.into_iter().map(|day| (day, number)));
    }

    /// Whether a day lies before the two latest windows that reserved.
    fn is_past(&self, day: u32) -> bool {
        let mut firsts: Vec<u32> = (0..self.windows.len()).map(|number| self.first(number)).collect();
        firsts.sort_unstable();
        firsts.len() >= 2 && day < firsts[firsts.len() - 2]
    }
}

#[derive(Default)]
struct Naive {
    issuers: [NaiveIssuer; 2],
    balances: BTreeMap<usize, u128>,
    burned: u128,
    paused: bool,
}

impl Naive {
    fn out(&self) -> u128 {
        self.balances.values().sum()
    }

    fn bound(&self) -> u128 {
        self.out() + self.issuers.iter().map(NaiveIssuer::reserved).sum::<u128>()
    }

    fn take(&mut self, from: usize, amount: u128) -> bool {
        let held = self.balances.entry(from).or_default();
        let enough = amount > 0 && *held >= amount;
        if enough {
            *held -= amount;
        }
        enough
    }
}

/// What the contract answers for a reservation, in a word.
fn word(outcome: &Result<cosmwasm_std::Response, ContractError>) -> &'static str {
    match outcome {
        Ok(_) => "ok",
        Err(ContractError::Access(AccessError::Paused {})) => "paused",
        Err(ContractError::ZeroAmount { .. }) => "zero",
        Err(ContractError::OutOfBounds { field: "day", .. }) => "day",
        Err(ContractError::WindowPast { .. }) => "past",
        Err(ContractError::AboveWindow { .. }) => "window",
        Err(ContractError::AboveTotal { .. }) => "total",
        Err(ContractError::AboveSupply { .. }) => "supply",
        Err(error) => panic!("{error:?}"),
    }
}

/// What it should answer, `limit` being in force on the day.
fn expected(naive: &Naive, issuer: usize, limit: &IssuerLimit, window: &Found, day: i64, amount: u128) -> &'static str {
    let book = &naive.issuers[issuer];
    let left = |limit: u128, used: u128| limit.saturating_sub(used);
    if naive.paused {
        "paused"
    } else if amount == 0 {
        "zero"
    } else if day < 1 {
        "day"
    } else if book.is_past(day as u32) {
        "past"
    } else if amount > left(limit.per_window.u128(), book.in_window(window)) {
        "window"
    } else if amount > left(limit.total.u128(), book.used()) {
        "total"
    } else if amount > left(SUPPLY, naive.bound()) {
        "supply"
    } else {
        "ok"
    }
}

fn reserve(world: &mut World, naive: &mut Naive, issuer: usize, ago: u32, amount: u128) -> Result<(), TestCaseError> {
    let day = i64::from(world.today()) - i64::from(ago);
    let asked = u32::try_from(day).unwrap_or(0);
    let told = world.issuer(ISSUERS[issuer], asked);
    let found = naive.issuers[issuer].window(asked.max(1), told.limit.window_days);
    let outcome = world.reserve(ISSUERS[issuer], asked, amount);
    let fits = amount > 0 && amount <= told.available.u128();
    prop_assert_eq!(outcome.is_ok(), fits, "{} available: {:?}", told.available, outcome);
    let should = expected(naive, issuer, &told.limit, &found, day, amount);
    prop_assert_eq!(word(&outcome), should);
    if day >= 1 && !naive.issuers[issuer].is_past(asked) {
        let in_window = naive.issuers[issuer].in_window(&found);
        prop_assert_eq!(told.used_in_window.u128(), in_window);
    }
    if outcome.is_ok() {
        let book = &mut naive.issuers[issuer];
        book.charge(found, amount, told.limit.per_window.u128());
        for window in &book.windows {
            let sum: u128 = window.iter().map(|(amount, _)| amount).sum();
            let most = window.iter().map(|(_, limit)| *limit).max().unwrap_or(0);
            prop_assert!(sum <= most, "{} of a window of {}", sum, most);
        }
        prop_assert!(book.used() <= told.limit.total.u128(), "total {}", book.used());
        prop_assert!(naive.bound() <= SUPPLY, "supply {}", naive.bound());
    }
    Ok(())
}

fn act(world: &mut World, naive: &mut Naive, step: Step) -> Result<(), TestCaseError> {
    let shop = HOLDERS.len() - 1;
    match step {
        Step::Pass(days) => world.go_to(world.today() + days),
        Step::Pause(paused) => {
            let msg = if paused {
                AccessMsg::Pause {}
            } else {
                AccessMsg::Unpause {}
            };
            world.own(ExecuteMsg::Access(msg));
            naive.paused = paused;
        }
        Step::Set {
            issuer,
            window_days,
            per_window,
            total,
        } => {
            world
                .set_issuer(ISSUERS[issuer], limit(window_days, per_window, total))
                .unwrap();
        }
        Step::Lower {
            issuer,
            window_days,
            per_window,
            total,
        } => {
            let told = world.issuer(ISSUERS[issuer], world.today()).limit;
            let lower =
                window_days >= told.window_days && per_window <= told.per_window.u128() && total <= told.total.u128();
            let outcome = world.lower_issuer(ISSUERS[issuer], limit(window_days, per_window, total));
            prop_assert_eq!(outcome.is_ok(), lower);
        }
        Step::Reserve { issuer, ago, amount } => reserve(world, naive, issuer, ago, amount)?,
        Step::Release { issuer, amount } => {
            let msg = ExecuteMsg::Release { amount: amount.into() };
            let book = &mut naive.issuers[issuer];
            let lawful = amount > 0 && amount <= book.reserved();
            prop_assert_eq!(world.by(ISSUERS[issuer], msg).is_ok(), lawful);
            book.released += if lawful { amount } else { 0 };
        }
        Step::Mint { issuer, to } => {
            let sum: u128 = to.iter().map(|(_, amount)| amount).sum();
            let each = !to.is_empty() && to.iter().all(|(_, amount)| *amount > 0);
            let lawful = each && sum <= naive.issuers[issuer].reserved();
            let named: Vec<_> = to.iter().map(|(to, amount)| (HOLDERS[*to], *amount)).collect();
            prop_assert_eq!(world.mint(ISSUERS[issuer], &named).is_ok(), lawful);
            if lawful {
                naive.issuers[issuer].minted += sum;
                to.iter()
                    .for_each(|(to, amount)| *naive.balances.entry(*to).or_default() += amount);
            }
        }
        Step::Transfer { from, to, amount } => {
            let msg = transfer(&world.addr(HOLDERS[to]), amount);
            // `rob` is removed, `shop` an acceptor.
            let lawful = HOLDERS[to] != "rob" && to != shop && naive.take(from, amount);
            prop_assert_eq!(world.by(HOLDERS[from], msg).is_ok(), lawful);
            if lawful {
                *naive.balances.entry(to).or_default() += amount;
            }
        }
        Step::Send { from, amount } => {
            let msg = send(&world.addr("shop"), amount, b"");
            let lawful = naive.take(from, amount);
            prop_assert_eq!(world.by(HOLDERS[from], msg).is_ok(), lawful);
            if lawful {
                *naive.balances.entry(shop).or_default() += amount;
            }
        }
        Step::Burn { from, amount } => {
            let lawful = naive.take(from, amount);
            prop_assert_eq!(world.by(HOLDERS[from], burn(amount)).is_ok(), lawful);
            naive.burned += if lawful { amount } else { 0 };
        }
    }
    Ok(())
}

/// Balances, books and sums equal the ledger's.
fn compare(world: &World, naive: &Naive) -> Result<(), TestCaseError> {
    for (index, name) in HOLDERS.iter().enumerate() {
        prop_assert_eq!(world.held(name), naive.balances.get(&index).copied().unwrap_or(0));
    }
    for (issuer, name) in naive.issuers.iter().zip(ISSUERS) {
        let told = world.issuer(name, world.today());
        prop_assert_eq!(told.reserved.u128(), issuer.reserved());
        prop_assert_eq!(told.minted.u128(), issuer.minted);
        prop_assert_eq!(told.used_in_total.u128(), issuer.used());
    }
    let config = world.config();
    prop_assert_eq!(world.supply(), naive.out());
    prop_assert_eq!(config.minted.u128() - config.burned.u128(), naive.out());
    prop_assert_eq!(config.burned.u128(), naive.burned);
    prop_assert_eq!(config.reserved.u128(), naive.bound() - naive.out());
    Ok(())
}

fn live(steps: Vec<Step>) -> Result<(), TestCaseError> {
    let mut world = World::with(|msg| msg.max_supply = Some(SUPPLY.into()));
    world.set_member("rob", Some(9), Some(standing(true, true)));
    world.set_acceptor("shop", true).unwrap();
    for issuer in ISSUERS {
        world.set_issuer(issuer, limit(3, 50, 250)).unwrap();
    }
    let mut naive = Naive::default();
    for step in steps {
        act(&mut world, &mut naive, step)?;
        compare(&world, &naive)?;
    }
    Ok(())
}

proptest! {
    /// Windows of three days: every answer is as foreseen.
    #[test]
    fn points_agree_with_a_naive_ledger(steps in prop::collection::vec(step(false), 1..150)) {
        live(steps)?;
    }

    /// Windows of changing length: the same, and no window ever gives more than the highest limit that it had.
    #[test]
    fn no_change_of_windows_opens_a_way_above_a_limit(steps in prop::collection::vec(step(true), 1..150)) {
        live(steps)?;
    }
}
