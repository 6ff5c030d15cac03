//! What a chain would charge, beside cw20-base 2.0 for the same messages. Storage is charged as wasmd
//! does (see `support::Ledger`), a transaction with a pinned call a fixed sum; computing is nothing.
//!
//! `cargo test -p vrs-token gas -- --nocapture` prints the table of docs/token.md.

use super::support::*;
use cosmwasm_std::{from_json, to_json_binary, Addr, Binary, Uint128};
use cw20::{Cw20Coin, Cw20ExecuteMsg};
use vrs_interface::token::{ExecuteMsg, Payment, QueryMsg};

/// A transaction of one message to a pinned contract, without what the contract reads and writes: measured on wasmd,
/// where a transfer of cw20-base took 72,418 (docs/gas.md).
const TRANSACTION: u64 = 60_000;
/// Canonical forms that ours needs more than cw20-base: three a message at most, 4 gas each in wasmd.
const CANONICAL: u64 = 12;
/// What a person holds in these measurements: 5,000 tokens of 6 decimals.
const HELD: u128 = 5_000_000_000;

/// Both contracts with the same allotment, on the same days.
struct Both {
    ours: Token,
    base: Bench,
}

impl Both {
    fn new(allocations: &[(Addr, u128)]) -> Self {
        let ours = Token::new(allocations);
        let mut base = Bench::new();
        let msg = cw20_base::msg::InstantiateMsg {
            name: "Bizkey".into(),
            symbol: "BZKY".into(),
            decimals: 6,
            initial_balances: allocations
                .iter()
                .map(|(account, amount)| Cw20Coin {
                    address: account.to_string(),
                    amount: Uint128::new(*amount),
                })
                .collect(),
            mint: None,
            marketing: None,
        };
        base.call(|deps, env| cw20_base::contract::instantiate(deps, env, from(&person(99)), msg))
            .unwrap();
        Both { ours, base }
    }

    fn go_to(&mut self, day: u32) {
        self.ours.go_to(day);
        self.base.go_to(day);
    }

    /// Gas of ours and of cw20-base's.
    fn run(&mut self, sender: &Addr, msg: Cw20ExecuteMsg) -> (u64, u64) {
        let ours: ExecuteMsg = from_json(to_json_binary(&msg).unwrap()).unwrap();
        let before = (self.ours.0.deps.storage.gas.get(), self.base.deps.storage.gas.get());
        self.ours.execute(sender, ours).unwrap();
        self.base
            .call(|deps, env| cw20_base::contract::execute(deps, env, from(sender), msg))
            .unwrap();
        (
            TRANSACTION + CANONICAL + self.ours.0.deps.storage.gas.get() - before.0,
            TRANSACTION + self.base.deps.storage.gas.get() - before.1,
        )
    }
}

fn pay(to: &Addr, amount: u128) -> Cw20ExecuteMsg {
    Cw20ExecuteMsg::Transfer {
        recipient: to.to_string(),
        amount: Uint128::new(amount),
    }
}

fn gas_of(token: &mut Token, sender: &Addr, msg: ExecuteMsg) -> u64 {
    let before = token.0.deps.storage.gas.get();
    token.execute(sender, msg).unwrap();
    token.0.deps.storage.gas.get() - before
}

fn within(what: &str, (ours, base): (u64, u64), percent: u64) {
    assert!(
        ours * 100 <= base * percent,
        "{what}: {ours} against {base}, allowed {percent}%"
    );
}

/// The bound for each kind of account, size of balance and number of day: a first move of the day
/// (of both sides) at most 15% above cw20-base, a later one no more than it.
#[test]
fn a_transfer_stays_within_its_bounds() {
    for (payer, payee) in [
        (person(1), person(2)),
        (person(1), contract(2)),
        (contract(1), person(2)),
        (contract(1), contract(2)),
    ] {
        for held in [1_000, HELD, 10_000_000_000_000_000, u128::MAX / 4] {
            for day in [2, 200, 20_000] {
                let what = format!("{payer} to {payee}, {held} on day {day}");
                let mut both = Both::new(&[(payer.clone(), held), (payee.clone(), held)]);
                // A part that leaves as many digits, and the most that a record can take.
                for amount in [1, held / 3] {
                    both.go_to(day);
                    both.run(&payer, pay(&payee, amount));
                    both.go_to(day + 1);
                    within(&what, both.run(&payer, pay(&payee, amount)), 115);
                    within(&what, both.run(&payer, pay(&payee, 1)), 100);
                    within(&what, both.run(&payee, pay(&payer, amount)), 100);
                    // The payer moved today, the payee of this one did not.
                    let fresh = person(3);
                    within(&what, both.run(&payer, pay(&fresh, 1)), 100);
                    both.run(&fresh, pay(&payer, 1));
                    both.run(&payee, pay(&payer, amount));
                }
            }
        }
    }
}

/// Ten payments in one message cost less than ten messages by all but two of the payer's reads and writes, calls apart.
#[test]
fn many_payments_cost_less_than_as_many_transfers() {
    let people: Vec<(Addr, u128)> = (1..=11).map(|n| (person(n), HELD)).collect();
    let (mut at_once, mut single) = (Token::new(&people), Token::new(&people));
    at_once.go_to(5);
    single.go_to(5);
    let payment = |n: u8| Payment {
        recipient: person(n).to_string(),
        amount: Uint128::new(1_000_000),
    };
    let mut apart = 0;
    for n in 2..=11 {
        let Payment { recipient, amount } = payment(n);
        apart += gas_of(&mut single, &person(1), ExecuteMsg::Transfer { recipient, amount });
    }
    let payments = (2..=11).map(payment).collect();
    let together = gas_of(&mut at_once, &person(1), ExecuteMsg::TransferMany { payments });
    println!("| transfer_many of 10, first move of all today | {together} | ten transfers | {apart} |");
    // Nine times the clock, and the payer's record read and written.
    assert!(together + 9 * (3_000 + 3_000) < apart, "{together} {apart}");
    assert_eq!(at_once.0.deps.storage.data, single.0.deps.storage.data);
}

/// A day in the life of an account that pays and gets all day: no move is dearer than the first.
#[test]
fn a_busy_day_costs_less_than_on_cw20_base() {
    let mut both = Both::new(&[(person(1), HELD), (person(2), HELD)]);
    let (mut ours, mut base) = (0, 0);
    for day in 2..12 {
        both.go_to(day);
        for n in 0..20 {
            let (payer, payee) = if n % 3 == 0 { (2, 1) } else { (1, 2) };
            let gas = both.run(&person(payer), pay(&person(payee), 1_000_000 + n));
            within("busy", gas, if n == 0 { 115 } else { 100 });
            (ours, base) = (ours + gas.0, base + gas.1);
        }
    }
    within("ten busy days", (ours, base), 100);
}

#[test]
fn the_table_of_the_documentation() {
    let (one, two, three, till) = (person(1), person(2), person(3), contract(4));
    let mut both = Both::new(&[
        (one.clone(), HELD),
        (two.clone(), HELD),
        (till.clone(), HELD),
        (three.clone(), HELD),
    ]);
    let amount = Uint128::new(1_000_000);
    let (owner, recipient, spender) = (one.to_string(), two.to_string(), three.to_string());
    let mut rows: Vec<(&str, (u64, u64), u64)> = vec![];

    both.go_to(99);
    for account in [&two, &three, &till] {
        both.run(&one, pay(account, 5));
    }
    both.go_to(100);
    rows.push((
        "transfer, first move of both today",
        both.run(&one, pay(&two, 1_000_000)),
        115,
    ));
    rows.push(("transfer, both moved today", both.run(&one, pay(&two, 1_000_000)), 100));
    rows.push((
        "transfer, only the payee's first move",
        both.run(&one, pay(&three, 1_000_000)),
        115,
    ));
    rows.push((
        "transfer to a new account",
        both.run(&one, pay(&person(9), 1_000_000)),
        100,
    ));
    let send = Cw20ExecuteMsg::Send {
        contract: till.to_string(),
        amount,
        msg: Binary::default(),
    };
    rows.push((
        "send (without the hook), contract's first move",
        both.run(&one, send.clone()),
        115,
    ));
    rows.push(("send (without the hook), both moved today", both.run(&one, send), 100));
    let more = |amount| Cw20ExecuteMsg::IncreaseAllowance {
        spender: spender.clone(),
        amount,
        expires: None,
    };
    rows.push((
        "increase_allowance, new",
        both.run(&one, more(Uint128::new(900_000_000))),
        100,
    ));
    rows.push(("increase_allowance, again", both.run(&one, more(amount)), 100));
    let less = |amount| Cw20ExecuteMsg::DecreaseAllowance {
        spender: spender.clone(),
        amount,
        expires: None,
    };
    rows.push(("decrease_allowance", both.run(&one, less(amount)), 100));
    let by = Cw20ExecuteMsg::TransferFrom {
        owner: owner.clone(),
        recipient,
        amount,
    };
    rows.push(("transfer_from, both moved today", both.run(&three, by.clone()), 100));
    let burn = Cw20ExecuteMsg::Burn { amount };
    rows.push(("burn, first of the day", both.run(&one, burn.clone()), 115));
    rows.push(("burn, later", both.run(&one, burn), 100));
    let burn = Cw20ExecuteMsg::BurnFrom { owner, amount };
    rows.push(("burn_from, later", both.run(&three, burn), 100));
    rows.push(("decrease_allowance to nothing", both.run(&one, less(Uint128::MAX)), 100));
    rows.push(("transfer to oneself", both.run(&one, pay(&one, 1_000_000)), 100));
    both.run(&one, more(Uint128::new(900_000_000)));
    both.go_to(101);
    rows.push(("transfer_from, first move of both today", both.run(&three, by), 115));

    println!("| message | ours | cw20-base 2.0 | ratio |\n| --- | ---: | ---: | ---: |");
    for (what, gas, percent) in &rows {
        let permille = gas.0 * 1_000 / gas.1;
        println!(
            "| {what} | {} | {} | {}.{}% |",
            gas.0,
            gas.1,
            permille / 10,
            permille % 10
        );
        within(what, *gas, *percent);
    }
    queries_and_pruning();
}

/// What reward contracts pay for looking back: storage alone, without the call (2,000 pinned).
fn queries_and_pruning() {
    let mut token = Token::new(&[(person(1), HELD), (person(2), HELD)]);
    for day in 2..=400 {
        token.go_to(day);
        token.transfer(&person(1), &person(2), 1_000_000).unwrap();
    }
    token.go_to(402);
    let spent = |token: &Token, msg: QueryMsg| {
        let before = token.0.deps.storage.gas.get();
        crate::contract::query(token.deps(), token.0.env.clone(), msg).unwrap();
        token.0.deps.storage.gas.get() - before
    };
    let on = |day| QueryMsg::LowestOn {
        address: person(1).to_string(),
        day,
    };
    let rested = spent(&token, on(401));
    let filed = spent(&token, on(250));
    let many = spent(
        &token,
        QueryMsg::LowestOnMany {
            of: vec![(person(1), 401); 100],
        },
    );
    let at = spent(
        &token,
        QueryMsg::BalanceAt {
            address: person(1).to_string(),
            day: 250,
        },
    );
    let looking = gas_of(
        &mut token,
        &person(1),
        ExecuteMsg::PruneHistory {
            start_after: Some((person(1).to_string(), 300)),
            limit: Some(90),
        },
    );
    let removing = gas_of(
        &mut token,
        &person(1),
        ExecuteMsg::PruneHistory {
            start_after: None,
            limit: Some(200),
        },
    );
    println!("| lowest_on, rested since | {rested} |\n| lowest_on, filed day | {filed} |");
    println!(
        "| balance_at, filed day | {at} |\n| lowest_on_many of 100, each | {} |",
        many / 100
    );
    println!("| prune_history of 90 kept entries, each | {} |", looking / 90);
    println!("| prune_history of 200 entries removed, each | {} |", removing / 200);
    assert!(rested < 4_000 && filed < 4_500 && at < 4_500, "{rested} {filed} {at}");
    assert!(many / 100 < 1_300, "{many}");
    assert!(looking / 90 < 300 && removing / 200 < 1_350, "{looking} {removing}");
}

/// An account pays for at most one entry a day, however often it moves, and for none while it rests.
#[test]
fn storage_grows_by_one_entry_a_day_and_account() {
    let mut token = Token::new(&[(person(1), HELD), (person(2), HELD)]);
    let size = |token: &Token| -> usize {
        let data = &token.0.deps.storage.data;
        data.iter().map(|(key, value)| key.len() + value.len()).sum()
    };
    token.go_to(300);
    token.transfer(&person(1), &person(2), 1_000_000).unwrap();
    let before = size(&token);
    for _ in 0..50 {
        token.transfer(&person(1), &person(2), 1_000_000).unwrap();
    }
    assert!(size(&token) <= before + 4, "{} {before}", size(&token));
    token.go_to(301);
    token.transfer(&person(1), &person(2), 1_000_000).unwrap();
    let (filed, grown) = (2, size(&token) - before);
    println!(
        "bytes a filed day of an account, without the chain's prefix: {}",
        grown / filed
    );
    assert!(grown / filed <= 26 + 10, "{grown}");
}
