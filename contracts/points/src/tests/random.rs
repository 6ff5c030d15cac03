//! Random sequences against a ledger kept the naive way: every reservation, mint and move written down.

use super::world::{burn, limit, send, standing, transfer, World};
use crate::ContractError;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
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

#[derive(Default)]
struct NaiveIssuer {
    /// (day, amount, how often the limit was touched before; in the test of lengths only).
    reserves: Vec<(u32, u128, u32)>,
    released: u128,
    minted: u128,
    changes: u32,
}

impl NaiveIssuer {
    fn reserved(&self) -> u128 {
        self.used() - self.minted
    }

    fn used(&self) -> u128 {
        self.reserves.iter().map(|(_, amount, _)| amount).sum::<u128>() - self.released
    }

    /// Reserved for the days of a window since the limit was last touched.
    fn in_window(&self, window: (u32, u32)) -> u128 {
        let counts =
            |(day, _, changes): &&(u32, u128, u32)| window.0 <= *day && *day <= window.1 && *changes == self.changes;
        self.reserves.iter().filter(counts).map(|(_, amount, _)| amount).sum()
    }

    /// Whether the window of a day is older than the two latest that reserved.
    fn is_past(&self, days: u32, day: u32) -> bool {
        let windows: BTreeSet<u32> = self.reserves.iter().map(|(day, _, _)| (day - 1) / days).collect();
        let mine = (day - 1) / days;
        let latest: Vec<_> = windows.into_iter().rev().take(2).collect();
        latest.len() == 2 && mine < latest[1]
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
fn expected(
    naive: &Naive,
    issuer: usize,
    limit: &IssuerLimit,
    window: (u32, u32),
    day: i64,
    amount: u128,
) -> &'static str {
    let book = &naive.issuers[issuer];
    let left = |limit: u128, used: u128| limit.saturating_sub(used);
    if naive.paused {
        "paused"
    } else if amount == 0 {
        "zero"
    } else if day < 1 {
        "day"
    } else if book.is_past(limit.window_days, day as u32) {
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

/// The window of a day: of those with its number the days around it whose windows have the same length.
fn window(world: &World, issuer: usize, day: u32) -> (u32, u32) {
    let length = |day: u32| world.issuer(ISSUERS[issuer], day).limit.window_days;
    let days = length(day);
    let before = (day - 1) / days * days;
    let (mut first, mut last) = (day, day);
    while first > before + 1 && length(first - 1) == days {
        first -= 1;
    }
    while last < before + days && length(last + 1) == days {
        last += 1;
    }
    (first, last)
}

fn reserve(
    world: &mut World,
    naive: &mut Naive,
    issuer: usize,
    ago: u32,
    amount: u128,
    lengths: bool,
) -> Result<(), TestCaseError> {
    let day = i64::from(world.today()) - i64::from(ago);
    let asked = u32::try_from(day).unwrap_or(0);
    let told = world.issuer(ISSUERS[issuer], asked);
    let days = window(world, issuer, asked.max(1));
    let outcome = world.reserve(ISSUERS[issuer], asked, amount);
    let fits = amount > 0 && amount <= told.available.u128();
    prop_assert_eq!(outcome.is_ok(), fits, "{} available: {:?}", told.available, outcome);
    if !lengths {
        let should = expected(naive, issuer, &told.limit, days, day, amount);
        prop_assert_eq!(word(&outcome), should);
        if day >= 1 && !naive.issuers[issuer].is_past(told.limit.window_days, asked) {
            let in_window = naive.issuers[issuer].in_window(days);
            prop_assert_eq!(told.used_in_window.u128(), in_window);
        }
    }
    if outcome.is_ok() {
        let book = &mut naive.issuers[issuer];
        book.reserves.push((asked, amount, book.changes));
        let in_window = book.in_window(days);
        prop_assert!(in_window <= told.limit.per_window.u128(), "window {}", in_window);
        prop_assert!(book.used() <= told.limit.total.u128(), "total {}", book.used());
        prop_assert!(naive.bound() <= SUPPLY, "supply {}", naive.bound());
    }
    Ok(())
}

fn act(world: &mut World, naive: &mut Naive, step: Step, lengths: bool) -> Result<(), TestCaseError> {
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
            naive.issuers[issuer].changes += u32::from(lengths);
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
            naive.issuers[issuer].changes += u32::from(lengths && lower);
        }
        Step::Reserve { issuer, ago, amount } => reserve(world, naive, issuer, ago, amount, lengths)?,
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

fn live(steps: Vec<Step>, lengths: bool) -> Result<(), TestCaseError> {
    let mut world = World::with(|msg| msg.max_supply = Some(SUPPLY.into()));
    world.set_member("rob", Some(9), Some(standing(true, true)));
    world.set_acceptor("shop", true).unwrap();
    for issuer in ISSUERS {
        world.set_issuer(issuer, limit(3, 50, 250)).unwrap();
    }
    let mut naive = Naive::default();
    for step in steps {
        act(&mut world, &mut naive, step, lengths)?;
        compare(&world, &naive)?;
    }
    Ok(())
}

proptest! {
    /// Windows of three days: every answer is as foreseen.
    #[test]
    fn points_agree_with_a_naive_ledger(steps in prop::collection::vec(step(false), 1..150)) {
        live(steps, false)?;
    }

    /// Windows of changing length: never above a limit, and what is available is exactly what is let in.
    #[test]
    fn no_change_of_windows_opens_a_way_above_a_limit(steps in prop::collection::vec(step(true), 1..150)) {
        live(steps, true)?;
    }
}
