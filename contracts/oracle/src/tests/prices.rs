//! Prices: what stands, what falls, the median.

use super::suite::{accepted, prices, Signer, Suite, DAY, START};
use crate::ContractError;
use cosmwasm_std::Uint128;
use vrs_attestation::Price;
use vrs_interface::attested::{DropReason, DroppedItem};
use vrs_interface::oracle::*;

const ONE: u128 = 1_000_000_000_000_000_000;
/// Parts of the day at noon.
const NOON: u32 = 43_200;
const SYMBOL: u32 = 7;

fn params(min_sources: u8) -> FeedParams {
    FeedParams {
        max_age: 3_600,
        max_jump_bps: 1_000,
        min_sources,
    }
}

fn set_feed(suite: &mut Suite, symbol: u32, params: FeedParams) {
    let name = "MVC/KRW".to_string();
    suite.own(ExecuteMsg::SetFeed { symbol, name, params });
}

/// `n` feeds for one symbol.
fn suite(n: u8, min_sources: u8) -> Suite {
    let mut suite = Suite::new();
    set_feed(&mut suite, SYMBOL, params(min_sources));
    for seed in 1..=n {
        let device = suite.register(DeviceKind::Price, Signer::Ed(seed));
        source(&mut suite, device, true);
    }
    suite
}

fn source(suite: &mut Suite, device: DeviceId, feeds: bool) {
    suite.own(ExecuteMsg::SetFeedSource {
        symbol: SYMBOL,
        device,
        feeds,
    });
}

fn at(time: u32, price: u128) -> Price {
    Price {
        symbol: SYMBOL,
        price,
        time,
    }
}

/// Sends a device's next batch of day 1 and answers what fell.
fn send(suite: &mut Suite, device: DeviceId, leaves: &[Price]) -> Vec<(u16, DropReason)> {
    send_on(suite, 1, device, leaves)
}

fn send_on(suite: &mut Suite, day: u32, device: DeviceId, leaves: &[Price]) -> Vec<(u16, DropReason)> {
    let sequence = suite.next(device);
    let signer = Signer::Ed(u8::try_from(device).unwrap());
    let batch = suite.seal(&prices(device, day, sequence, leaves), signer);
    match suite.submit(vec![batch]).remove(0) {
        Outcome::Accepted { items, dropped } => {
            assert_eq!(usize::from(items), leaves.len());
            dropped.into_iter().map(|item| (item.item, item.reason)).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn price(suite: &Suite) -> Option<(u128, u64, u8)> {
    let answer: Result<PriceResponse, _> = suite.query(&QueryMsg::Price { symbol: SYMBOL });
    answer.ok().map(|p| (p.price.u128(), p.time - START, p.sources))
}

#[test]
fn one_source() {
    let mut suite = suite(1, 1);
    assert!(suite
        .refused(&QueryMsg::Price { symbol: SYMBOL })
        .contains("symbol 7 has 0 fresh prices, 1 are needed"));
    assert_eq!(send(&mut suite, 1, &[at(NOON - 60, ONE)]), []);
    assert_eq!(price(&suite), Some((ONE, 43_140, 1)));
}

#[test]
fn the_median_of_the_fresh_ones_and_the_oldest_time() {
    let mut suite = suite(5, 3);
    for (device, time, value) in [(1, 100, 3), (2, 90, 1), (3, 80, 2)] {
        assert_eq!(price(&suite), None);
        assert_eq!(send(&mut suite, device, &[at(NOON - time, value * ONE)]), []);
    }
    assert_eq!(price(&suite), Some((2 * ONE, 43_100, 3)));
    send(&mut suite, 4, &[at(NOON - 70, 2 * ONE + 5)]);
    // The mean of 2 and 2.000...5, rounded down.
    assert_eq!(price(&suite), Some((2 * ONE + 2, 43_100, 4)));
    send(&mut suite, 5, &[at(NOON - 60, 1_000 * ONE)]);
    assert_eq!(price(&suite), Some((2 * ONE + 5, 43_100, 5)));
    // An hour after the oldest it no longer counts, one second before it does.
    suite.go_to(START + 43_100 + 3_600);
    assert_eq!(price(&suite).unwrap().2, 5);
    suite.go_to(START + 43_100 + 3_601);
    assert_eq!(price(&suite), Some((2 * ONE + 2, 43_110, 4)));
    suite.go_to(START + 43_130 + 3_600);
    assert_eq!(price(&suite), None);
}

#[test]
fn what_falls() {
    let mut suite = suite(1, 1);
    let unknown = Price {
        symbol: 8,
        ..at(NOON - 60, ONE)
    };
    let fell = send(
        &mut suite,
        1,
        &[
            unknown,
            at(NOON - 60, 0),
            at(86_400, ONE),
            at(u32::MAX, ONE),
            at(NOON + 31, ONE),
            at(NOON - 3_601, ONE),
            at(NOON - 60, ONE),
            at(NOON - 60, ONE),
            at(NOON - 61, ONE),
            at(NOON - 59, ONE + ONE / 10 + 1),
            at(NOON - 58, ONE - ONE / 10 - 1),
            at(NOON - 57, ONE + ONE / 10),
        ],
    );
    let refused = |item| (item, DropReason::PriceRefused);
    assert_eq!(
        fell,
        [
            (0, DropReason::UnknownSymbol),
            (1, DropReason::ZeroAmount),
            (2, DropReason::TimeOutsideDay),
            (3, DropReason::TimeOutsideDay),
            refused(4),
            refused(5),
            refused(7),
            refused(8),
            refused(9),
            refused(10),
        ]
    );
    assert_eq!(price(&suite).unwrap().0, ONE + ONE / 10);
}

#[test]
fn a_clock_a_little_ahead_is_cut_to_the_blocks() {
    let mut suite = suite(1, 1);
    assert_eq!(send(&mut suite, 1, &[at(NOON + 30, ONE)]), []);
    assert_eq!(price(&suite), Some((ONE, 43_200, 1)));
    // So another from ahead in the same second is not later.
    assert_eq!(
        send(&mut suite, 1, &[at(NOON + 29, ONE)]),
        [(0, DropReason::PriceRefused)]
    );
    suite.go_to(START + 43_201);
    assert_eq!(send(&mut suite, 1, &[at(NOON + 31, ONE)]), []);
}

#[test]
fn the_jump_is_measured_to_the_unit() {
    let jump = |bps: u16, last: u128, next: u128| {
        let mut suite = suite(1, 1);
        let params = FeedParams {
            max_jump_bps: bps,
            ..params(1)
        };
        set_feed(&mut suite, SYMBOL, params);
        send(&mut suite, 1, &[at(100 + NOON - 200, last)]);
        send(&mut suite, 1, &[at(101 + NOON - 200, next)]).is_empty()
    };
    for (bps, last, next, stands) in [
        (1, 10_000, 10_001, true),
        (1, 10_000, 10_002, false),
        (1, 9_999, 10_000, false),
        (1, 10_000, 9_999, true),
        (10_000, 5, 10, true),
        (10_000, 5, 11, false),
        (10_000, 5, 1, true),
        (1_000, u128::MAX, u128::MAX - u128::MAX / 10, true),
        (1_000, u128::MAX, u128::MAX - u128::MAX / 9, false),
        (1_000, u128::MAX / 2, u128::MAX, false),
        (10_000, 1, u128::MAX, false),
    ] {
        assert_eq!(jump(bps, last, next), stands, "{bps} {last} {next}");
    }
}

#[test]
fn a_source_that_was_silent_for_long_starts_anew() {
    let mut suite = suite(1, 1);
    send(&mut suite, 1, &[at(NOON - 60, ONE)]);
    suite.go_to(START + 43_140 + 3_600);
    assert_eq!(
        send(&mut suite, 1, &[at(NOON + 3_540, 2 * ONE)]),
        [(0, DropReason::PriceRefused)]
    );
    suite.go_to(START + 43_140 + 3_601);
    assert_eq!(send(&mut suite, 1, &[at(NOON + 3_541, 2 * ONE)]), []);
    assert_eq!(price(&suite), Some((2 * ONE, 46_741, 1)));
}

#[test]
fn over_midnight() {
    let mut suite = suite(1, 1);
    suite.go_to(START + DAY + 10);
    assert_eq!(send_on(&mut suite, 1, 1, &[at(86_399, ONE)]), []);
    assert_eq!(send_on(&mut suite, 2, 1, &[at(0, ONE)]), []);
    assert_eq!(price(&suite), Some((ONE, DAY, 1)));
}

#[test]
fn a_device_feeds_only_what_it_is_let_to() {
    let mut suite = suite(2, 1);
    let other = suite.register(DeviceKind::Price, Signer::Ed(3));
    assert_eq!(
        send(&mut suite, other, &[at(NOON - 60, ONE)]),
        [(0, DropReason::UnknownSymbol)]
    );
    send(&mut suite, 1, &[at(NOON - 60, ONE)]);
    // Told again it keeps its price; told no longer it loses it.
    source(&mut suite, 1, true);
    assert_eq!(price(&suite).unwrap().2, 1);
    source(&mut suite, 1, false);
    assert_eq!(price(&suite), None);
    source(&mut suite, 1, true);
    assert_eq!(price(&suite), None);
}

#[test]
fn a_revoked_devices_price_counts_no_more() {
    let mut suite = suite(2, 1);
    send(&mut suite, 1, &[at(NOON - 60, ONE)]);
    send(&mut suite, 2, &[at(NOON - 60, 3 * ONE)]);
    assert_eq!(price(&suite), Some((2 * ONE, 43_140, 2)));
    let agent = suite.agent.clone();
    suite.execute(&agent, ExecuteMsg::RevokeDevice { device: 2 }).unwrap();
    assert_eq!(price(&suite), Some((ONE, 43_140, 1)));
}

#[test]
fn a_repeated_price_batch_changes_nothing() {
    let mut suite = suite(1, 1);
    let batch = |suite: &Suite, n, leaves: &[Price]| suite.seal(&prices(1, 1, n, leaves), Signer::Ed(1));
    let first = batch(&suite, 1, &[at(NOON - 60, ONE), at(NOON - 60, 0)]);
    let second = batch(&suite, 2, &[at(NOON - 50, ONE + 1)]);
    let dropped = |delivery| {
        vec![DroppedItem {
            delivery,
            item: 1,
            reason: DropReason::ZeroAmount,
        }]
    };
    let outcomes = suite.submit(vec![first.clone(), second]);
    let items = 2;
    assert_eq!(
        outcomes,
        [
            Outcome::Accepted {
                items,
                dropped: dropped(0)
            },
            accepted(1)
        ]
    );
    assert_eq!(
        suite.submit(vec![first]),
        [Outcome::Repeat {
            first: FirstOutcome::Accepted {
                items,
                dropped: dropped(0)
            }
        }]
    );
    assert_eq!(price(&suite), Some((ONE + 1, 43_150, 1)));
}

#[test]
fn who_can_be_a_source() {
    let mut suite = suite(15, 1);
    let owner = suite.owner.clone();
    let terminal = suite.register(DeviceKind::Terminal, Signer::Ed(30));
    let sixteenth = suite.register(DeviceKind::Price, Signer::Ed(31));
    let mut add = |symbol, device| {
        let msg = ExecuteMsg::SetFeedSource {
            symbol,
            device,
            feeds: true,
        };
        suite.execute(&owner, msg).map(|_| ())
    };
    assert_eq!(add(8, 1), Err(ContractError::UnknownSymbol { symbol: 8 }));
    assert_eq!(
        add(SYMBOL, 99),
        Err(ContractError::UnknownDevice {
            device: 99,
            highest: 17
        })
    );
    assert_eq!(
        add(SYMBOL, terminal),
        Err(ContractError::DeviceKind {
            device: terminal,
            expected: DeviceKind::Price,
            actual: DeviceKind::Terminal
        })
    );
    assert_eq!(
        add(SYMBOL, sixteenth),
        Err(ContractError::TooManySources {
            symbol: SYMBOL,
            max: 15
        })
    );
    let agent = suite.agent.clone();
    suite
        .execute(&agent, ExecuteMsg::RevokeDevice { device: sixteenth })
        .unwrap();
    source(&mut suite, 1, false);
    let msg = ExecuteMsg::SetFeedSource {
        symbol: SYMBOL,
        device: sixteenth,
        feeds: true,
    };
    assert_eq!(
        suite.execute(&owner, msg).map(|_| ()),
        Err(ContractError::DeviceRevoked { device: sixteenth })
    );
}

#[test]
fn bounds_of_a_feed() {
    let mut suite = Suite::new();
    let owner = suite.owner.clone();
    let mut set = |name: &str, params| {
        let name = name.to_string();
        suite
            .execute(
                &owner,
                ExecuteMsg::SetFeed {
                    symbol: 1,
                    name,
                    params,
                },
            )
            .map(|_| ())
    };
    let bounds = |field, max, actual| {
        Err(ContractError::OutOfBounds {
            field,
            min: 1,
            max,
            actual,
        })
    };
    let good = params(1);
    assert_eq!(set("", good), bounds("name", 32, 0));
    assert_eq!(set(&"x".repeat(33), good), bounds("name", 32, 33));
    for max_age in [0, 864_001] {
        let params = FeedParams { max_age, ..good };
        assert_eq!(set("x", params), bounds("max_age", 864_000, max_age.into()));
    }
    for max_jump_bps in [0, 10_001] {
        let params = FeedParams { max_jump_bps, ..good };
        assert_eq!(set("x", params), bounds("max_jump_bps", 10_000, max_jump_bps.into()));
    }
    for min_sources in [0, 16] {
        let params = FeedParams { min_sources, ..good };
        assert_eq!(set("x", params), bounds("min_sources", 15, min_sources.into()));
    }
    let largest = FeedParams {
        max_age: 864_000,
        max_jump_bps: 10_000,
        min_sources: 15,
    };
    assert_eq!(set(&"x".repeat(32), largest), Ok(()));
}

#[test]
fn feeds_are_listed_with_their_sources() {
    let mut suite = suite(2, 1);
    set_feed(&mut suite, 3, params(2));
    send(&mut suite, 1, &[at(NOON - 60, ONE)]);
    let page = |start_after, limit| -> FeedsResponse { suite.query(&QueryMsg::Feeds { start_after, limit }).unwrap() };
    let feed = |symbol, min, sources| FeedInfo {
        symbol,
        name: "MVC/KRW".into(),
        params: params(min),
        sources,
    };
    let silent = SourceInfo {
        device: 2,
        price: None,
        time: 0,
    };
    let spoken = SourceInfo {
        device: 1,
        price: Some(Uint128::new(ONE)),
        time: START + 43_140,
    };
    assert_eq!(
        page(None, Some(1)),
        FeedsResponse {
            feeds: vec![feed(3, 2, vec![])],
            more: true
        }
    );
    assert_eq!(
        page(Some(3), None),
        FeedsResponse {
            feeds: vec![feed(SYMBOL, 1, vec![spoken, silent])],
            more: false
        }
    );
    assert!(suite
        .refused(&QueryMsg::Price { symbol: 8 })
        .contains("symbol 8 is not registered"));
}
