//! Money that is not there: fake tokens, wrong tokens, receivers that call back, donations.

use crate::puppet::{call, called, plan, puppet, run, Plan};
use cosmwasm_std::{to_json_binary, Addr, Binary};
use cw20::Cw20ReceiveMsg;
use vrs_attestation::Kind;
use vrs_interface::{identity, merchant, points, token};
use vrs_tests::suite::{sale, Setup, Suite, UNIT};

fn fund() -> Binary {
    to_json_binary(&merchant::ReceiveMsg::Fund {}).unwrap()
}

fn transfer(to: &Addr, amount: u128) -> token::ExecuteMsg {
    token::ExecuteMsg::Transfer {
        recipient: to.to_string(),
        amount: amount.into(),
    }
}

fn send(to: &Addr, amount: u128, msg: Binary) -> token::ExecuteMsg {
    token::ExecuteMsg::Send {
        contract: to.to_string(),
        amount: amount.into(),
        msg,
    }
}

type Members = Vec<(u32, Addr)>;

/// Two shops sold alike to one customer each; the day is final: 100 Bzky a shop, 10 Time a customer.
fn day_of_two(suite: &mut Suite) -> (Members, Members) {
    let shops = suite.shops(2);
    let customers = suite.members(identity::Kind::Individual, 2);
    suite.at(1, 40_000);
    for i in 0..2 {
        let mut till = suite.device(Kind::Terminal, Some(shops[i].0));
        let batch = suite.sign(&mut till, 1, &[sale(customers[i].0, 1, 1_000, false)]);
        suite.submit(vec![batch]);
    }
    suite.at(4, 21_600);
    (shops, customers)
}

#[test]
fn a_fake_token_funds_nothing() {
    let mut suite = Suite::new();
    let fake = puppet(&mut suite);
    let at = suite.at.clone();
    let pools = (suite.pools(&at.merchant), suite.pools(&at.mining));
    let told = |sender: &Addr| {
        merchant::ExecuteMsg::Receive(Cw20ReceiveMsg {
            sender: sender.to_string(),
            amount: (1_000_000 * UNIT).into(),
            msg: fund(),
        })
    };
    // It even claims that the owner sent the tokens.
    let msg = told(&suite.owner);
    let error = run(&mut suite, &fake, vec![call(&at.merchant, &msg)]).unwrap_err();
    assert_eq!(error, format!("sent by {fake}, only {} may", at.bzky));
    let error = run(&mut suite, &fake, vec![call(&at.mining, &msg)]).unwrap_err();
    assert_eq!(error, format!("sent by {fake}, expected {}", at.vrs));
    // Nor does a person, be it the owner.
    let owner = suite.owner.clone();
    let error = suite.send(&owner, &at.merchant, &msg).unwrap_err();
    assert_eq!(error, format!("sent by {owner}, only {} may", at.bzky));
    let error = suite.send(&owner, &at.mining, &msg).unwrap_err();
    assert_eq!(error, format!("sent by {owner}, expected {}", at.vrs));
    assert_eq!((suite.pools(&at.merchant), suite.pools(&at.mining)), pools);
}

#[test]
fn each_hook_takes_its_own_token_alone() {
    let mut suite = Suite::new();
    let at = suite.at.clone();
    let owner = suite.owner.clone();
    for (token, contract) in [
        (&at.vrs, &at.merchant),
        (&at.mvc, &at.merchant),
        (&at.bzky, &at.mining),
        (&at.mvc, &at.mining),
    ] {
        let (held, pools) = (suite.balance(token, &owner), suite.pools(contract));
        let error = suite.send(&owner, token, &send(contract, UNIT, fund())).unwrap_err();
        let expected = if contract == at.merchant {
            format!("sent by {token}, only {} may", at.bzky)
        } else {
            format!("sent by {token}, expected {}", at.vrs)
        };
        assert_eq!(error, expected);
        assert_eq!((suite.balance(token, &owner), suite.pools(contract)), (held, pools));
        assert_eq!(suite.balance(token, contract), 0);
    }
    // Points are sent to registered acceptors only, and neither contract is one.
    for points in [&at.hp, &at.time, &at.mvp] {
        for contract in [&at.merchant, &at.mining] {
            let error = suite.send(&owner, points, &send(contract, 1, fund())).unwrap_err();
            assert_eq!(error, format!("{contract} is not a registered acceptor"));
        }
    }
}

/// The receiver is called after it holds the coins, and whatever it does then is an ordinary message.
#[test]
fn a_receiver_that_calls_back_moves_its_own_coins_only() {
    let mut suite = Suite::new();
    let (shops, customers) = day_of_two(&mut suite);
    let (at, owner) = (suite.at.clone(), suite.owner.clone());
    let receiver = puppet(&mut suite);
    let claim = merchant::ExecuteMsg::ClaimFor {
        side: merchant::Side::Merchants,
        members: vec![shops[0].0, shops[1].0],
    };
    let before = suite.balance(&at.bzky, &owner);

    // One unit more than it got: everything is undone, the claim as well.
    let more = Plan {
        calls: vec![call(&at.merchant, &claim), call(&at.bzky, &transfer(&owner, 101))],
        ..Plan::default()
    };
    plan(&mut suite, &receiver, more);
    let error = suite
        .send(&owner, &at.bzky, &send(&receiver, 100, Binary::default()))
        .unwrap_err();
    assert_eq!(error, "insufficient funds: 100 held, 101 asked");
    assert_eq!(suite.balance(&at.bzky, &shops[0].1), 0);
    assert_eq!(called(&suite, &receiver), 0);

    // It gives all back and claims for others, twice: they are paid once, it gains nothing.
    let back = Plan {
        calls: vec![
            call(&at.merchant, &claim),
            call(&at.bzky, &transfer(&owner, 100)),
            call(&at.merchant, &claim),
        ],
        ..Plan::default()
    };
    plan(&mut suite, &receiver, back);
    suite
        .send(&owner, &at.bzky, &send(&receiver, 100, Binary::default()))
        .unwrap();
    assert_eq!(called(&suite, &receiver), 1);
    assert_eq!(suite.balance(&at.bzky, &receiver), 0);
    assert_eq!(suite.balance(&at.bzky, &owner), before);
    for (_, shop) in &shops {
        assert_eq!(suite.balance(&at.bzky, shop), 100 * UNIT);
    }

    // A points acceptor that claims while it is paid.
    suite.owns(
        &at.time,
        &points::ExecuteMsg::SetAcceptor {
            acceptor: receiver.to_string(),
            accepts: true,
        },
    );
    let claim = merchant::ExecuteMsg::ClaimFor {
        side: merchant::Side::Customers,
        members: vec![customers[0].0, customers[1].0],
    };
    suite
        .claim_for(merchant::Side::Customers, vec![customers[0].0])
        .unwrap();
    let again = Plan {
        calls: vec![call(&at.merchant, &claim)],
        ..Plan::default()
    };
    plan(&mut suite, &receiver, again);
    let pay = points::ExecuteMsg::Send {
        contract: receiver.to_string(),
        amount: (4 * UNIT).into(),
        msg: Binary::default(),
    };
    suite.send(&customers[0].1, &at.time, &pay).unwrap();
    assert_eq!(suite.balance(&at.time, &customers[0].1), 6 * UNIT);
    assert_eq!(suite.balance(&at.time, &customers[1].1), 10 * UNIT);
    assert_eq!(suite.balance(&at.time, &receiver), 4 * UNIT);
    suite.assert_conserved();
}

/// A contract as payout address is paid by a plain transfer: it is never called, so it blocks nobody.
#[test]
fn a_payee_that_would_fail_blocks_nobody() {
    let mut suite = Suite::new();
    let (shops, _) = day_of_two(&mut suite);
    let at = suite.at.clone();
    let payee = puppet(&mut suite);
    let fails = Plan {
        fails: true,
        ..Plan::default()
    };
    plan(&mut suite, &payee, fails);
    let propose = identity::ExecuteMsg::ProposeAddress {
        role: identity::AddressRole::Payout,
        address: payee.to_string(),
    };
    suite.send(&shops[0].1, &at.identity, &propose).unwrap();
    let accept = identity::ExecuteMsg::AcceptAddress { member: shops[0].0 };
    run(&mut suite, &payee, vec![call(&at.identity, &accept)]).unwrap();
    suite
        .claim_for(merchant::Side::Merchants, vec![shops[0].0, shops[1].0])
        .unwrap();
    assert_eq!(suite.balance(&at.bzky, &payee), 100 * UNIT);
    assert_eq!(suite.balance(&at.bzky, &shops[1].1), 100 * UNIT);
    assert_eq!(called(&suite, &payee), 0);
    suite.assert_conserved();
}

#[test]
fn a_donation_changes_no_pool_and_no_budget() {
    let mut suite = Suite::with(Setup {
        bzky_pool: 150 * UNIT,
        ..Setup::default()
    });
    let at = suite.at.clone();
    let pools = (suite.pools(&at.merchant), suite.pools(&at.mining));
    suite.owns(&at.bzky, &transfer(&at.merchant, 1_000 * UNIT));
    suite.owns(&at.vrs, &transfer(&at.mining, 1_000 * UNIT));
    assert_eq!((suite.pools(&at.merchant), suite.pools(&at.mining)), pools);
    // Two shops would get 200; the pool has 150, whatever lies beside it.
    let (shops, _) = day_of_two(&mut suite);
    suite
        .claim_for(merchant::Side::Merchants, shops.iter().map(|(id, _)| *id).collect())
        .unwrap();
    assert_eq!(suite.balance(&at.bzky, &shops[0].1), 75 * UNIT);
    assert_eq!(suite.balance(&at.bzky, &shops[1].1), 75 * UNIT);
    assert_eq!(suite.balance(&at.bzky, &at.merchant), 1_000 * UNIT);
    assert_eq!(suite.balance(&at.vrs, &at.mining), suite.setup.vrs_pool + 1_000 * UNIT);
    let pool = &suite.pools(&at.merchant)[0];
    assert_eq!((pool.claimable.u128(), pool.remaining.u128()), (0, 0));
}

/// Who puts in first, or most, has no more of it: a pool has no shares.
#[test]
fn the_first_depositor_gains_nothing() {
    let profit = |deposit: u128, donation: u128| -> i128 {
        // The pool begins with one unit.
        let mut suite = Suite::with(Setup {
            bzky_pool: 1,
            ..Setup::default()
        });
        let at = suite.at.clone();
        let thief = suite.address("member-1");
        suite.owns(&at.bzky, &transfer(&thief, 1_000 * UNIT));
        if deposit > 0 {
            suite
                .send(&thief, &at.bzky, &send(&at.merchant, deposit, fund()))
                .unwrap();
        }
        if donation > 0 {
            suite.send(&thief, &at.bzky, &transfer(&at.merchant, donation)).unwrap();
        }
        suite.owns(&at.bzky, &send(&at.merchant, 60 * UNIT, fund()));
        let (shops, _) = day_of_two(&mut suite);
        assert_eq!(shops[0].1, thief);
        suite
            .claim_for(merchant::Side::Merchants, shops.iter().map(|(id, _)| *id).collect())
            .unwrap();
        suite.balance(&at.bzky, &thief) as i128 - 1_000 * UNIT as i128
    };
    // Half of 60 Bzky and one unit, rounded down.
    assert_eq!(profit(0, 0), 30 * UNIT as i128);
    // What he puts in is shared by all: he loses half of it; what he donates he loses whole.
    assert_eq!(profit(1, 0), 30 * UNIT as i128);
    assert_eq!(profit(40 * UNIT, 0), 30 * UNIT as i128 - 20 * UNIT as i128);
    assert_eq!(profit(0, 40 * UNIT), 30 * UNIT as i128 - 40 * UNIT as i128);
    assert_eq!(profit(1, 40 * UNIT), 30 * UNIT as i128 - 40 * UNIT as i128);
}
