//! Items that do not count, each with its reason; the rest of the batch does.

use super::world::{good, node, upload, World};
use crate::ContractError;
use cosmwasm_std::from_json;
use vrs_attestation::leaf::Reading;
use vrs_days::Stage;
use vrs_interface::attested::{AttestedResponse, Delivery, DropReason};
use vrs_interface::identity::Standing;
use vrs_interface::mining::{ExecuteMsg, Method, Product, QueryMsg, ReadingsResponse};

fn reading(method: u8, quantities: [u64; 5]) -> Reading {
    Reading {
        method,
        account: 1,
        unit: 1,
        quantities,
    }
}

/// One reading in a fresh world: none where it counts.
fn fell(reading: Reading) -> Option<DropReason> {
    let mut world = World::new();
    let products = vec![
        Product {
            id: 5,
            factor_e9: 1_000_000_000,
        },
        Product { id: 6, factor_e9: 0 },
    ];
    world
        .run(&world.addr("owner"), ExecuteMsg::SetProducts { products })
        .unwrap();
    let dropped = world.report(1, &[reading]);
    assert_eq!(world.scores(None).days.len(), usize::from(dropped.is_empty()));
    dropped.first().map(|(_, reason)| *reason)
}

#[test]
fn methods_are_one_to_six() {
    for method in [0, 7, 255] {
        assert_eq!(fell(reading(method, [0; 5])), Some(DropReason::UnknownMethod));
    }
}

#[test]
fn quantities_have_bounds() {
    const MB: u64 = 1_000_000_000_000_000;
    const SECONDS: u64 = 86_400;
    const SHARE: u64 = 1_000_000_000;
    const COUNT: u64 = u32::MAX as u64;
    // Each at its bound counts, one above falls.
    for (method, most) in [
        (1, [MB, 1_000_000, SECONDS, SHARE, 0]),
        (2, [MB, 1_000_000, SECONDS, SHARE, 0]),
        (3, [2, 100_000_000, MB, SECONDS, 0]),
        (4, [COUNT, MB, u64::MAX, 0, 0]),
        (5, [COUNT, COUNT, COUNT, MB, u64::MAX]),
        (6, [MB, 5, 0, 0, 0]),
    ] {
        assert_eq!(fell(reading(method, most)), None, "method {method}");
        for place in 0..5 {
            let mut above = most;
            let Some(more) = above[place].checked_add(1) else {
                continue;
            };
            above[place] = more;
            let expected = if (method, place) == (6, 1) {
                DropReason::UnknownProduct
            } else {
                DropReason::QuantityOutOfRange
            };
            assert_eq!(
                fell(reading(method, above)),
                Some(expected),
                "method {method}, quantity {place}"
            );
            above[place] = u64::MAX;
            assert_eq!(
                fell(reading(method, above)),
                Some(expected),
                "method {method}, quantity {place}"
            );
        }
    }
    // Hardware is 1 or 2.
    assert_eq!(
        fell(reading(3, [0, 1, 0, 3_600, 0])),
        Some(DropReason::QuantityOutOfRange)
    );
}

#[test]
fn a_product_must_be_registered() {
    for product in [0, 6, 7, 1 << 40] {
        assert_eq!(
            fell(reading(6, [1, product, 0, 0, 0])),
            Some(DropReason::UnknownProduct)
        );
    }
}

#[test]
fn only_verified_members_who_are_not_removed_count() {
    let mut world = World::new();
    let unverified = Standing {
        verified: false,
        ..good()
    };
    let removed = Standing {
        removed: true,
        ..good()
    };
    world.member(2, unverified);
    world.member(3, removed);
    let batch = [0, 1, 2, 3, 99].map(|account| node(account, 1, 24));
    assert_eq!(
        world.report(1, &batch),
        [
            (0, DropReason::UnknownMember),
            (2, DropReason::MemberUnverified),
            (3, DropReason::MemberRemoved),
            (4, DropReason::UnknownMember)
        ]
    );
    let days = world.scores(None).days;
    assert_eq!(days.iter().map(|day| day.account).collect::<Vec<_>>(), [1]);
}

#[test]
fn a_device_of_one_member_attests_for_him_alone() {
    let mut world = World::new();
    let batch = Delivery {
        subject: Some(2),
        ..world.batch(1, &[node(1, 1, 24), node(2, 1, 24)])
    };
    let response = world.attest(vec![batch]).unwrap();
    let answer: AttestedResponse = from_json(response.data.unwrap()).unwrap();
    assert_eq!(answer.dropped.len(), 1);
    assert_eq!(
        (answer.dropped[0].item, answer.dropped[0].reason),
        (0, DropReason::WrongSubject)
    );
}

#[test]
fn a_unit_counts_once_a_day_and_method() {
    let mut world = World::new();
    let twice = [node(1, 1, 24), node(1, 1, 24), upload(1, 1, 5), node(2, 1, 24)];
    assert_eq!(world.report(1, &twice), [(1, DropReason::DuplicateReading)]);
    // Nor in a later message, whatever it says.
    assert_eq!(world.report(1, &[node(1, 1, 2)]), [(0, DropReason::DuplicateReading)]);
    world.go(2, Stage::Open);
    assert_eq!(world.report(2, &[node(1, 1, 24)]), []);
}

#[test]
fn what_fell_uses_nothing_up() {
    let mut world = World::new();
    let broken = Reading {
        quantities: [9, 8, 0, 3_600, 0],
        ..node(1, 1, 1)
    };
    assert_eq!(world.report(1, &[broken]), [(0, DropReason::QuantityOutOfRange)]);
    assert_eq!(world.report(1, &[node(1, 1, 1)]), []);
}

#[test]
fn late_readings_count_until_the_day_closes() {
    let mut world = World::new();
    world.go(1, Stage::Closing);
    assert_eq!(world.report(1, &[node(1, 1, 24)]), []);
    world.go(1, Stage::Provisional);
    assert_eq!(world.report(1, &[node(1, 2, 24)]), [(0, DropReason::DayClosed)]);
    // Days to come and the time before the programme take none either.
    assert_eq!(world.report(3, &[node(1, 2, 24)]), [(0, DropReason::DayClosed)]);
    assert_eq!(world.report(0, &[node(1, 2, 24)]), [(0, DropReason::DayClosed)]);
    // One batch too late does not hold up the others.
    let batches = vec![world.batch(1, &[node(1, 2, 24)]), world.batch(2, &[node(1, 2, 24)])];
    let response = world.attest(batches).unwrap();
    let answer: AttestedResponse = from_json(response.data.unwrap()).unwrap();
    assert_eq!(answer.dropped.len(), 1);
    assert_eq!(
        (
            answer.dropped[0].delivery,
            answer.dropped[0].item,
            answer.dropped[0].reason
        ),
        (0, 0, DropReason::DayClosed)
    );
}

#[test]
fn a_sum_without_room_drops_the_reading_not_the_message() {
    let mut world = World::new();
    let products = vec![Product {
        id: 5,
        factor_e9: crate::products::MAX_FACTOR_E9,
    }];
    world
        .run(&world.addr("owner"), ExecuteMsg::SetProducts { products })
        .unwrap();
    // The day's sum stands just below 2^128.
    let mut totals = vrs_settlement::Totals::default();
    totals
        .shift(crate::share::score_track(Method::Streaming), 0, u128::MAX - 5)
        .unwrap();
    totals.join().unwrap();
    crate::state::PROGRAMME
        .days
        .save(&mut world.deps.storage, &1, &totals)
        .unwrap();
    let largest = reading(6, [1_000_000_000_000_000, 5, 0, 0, 0]);
    assert_eq!(
        world.report(1, &[largest, node(1, 2, 24)]),
        [(0, DropReason::QuantityOutOfRange)]
    );
}

#[test]
fn one_question_to_identity_however_many_batches() {
    let mut world = World::new();
    let mut batches = vec![];
    for account in 1..=9 {
        batches.push(world.batch(1, &[node(account, 1, 24), node(account, 2, 24)]));
    }
    world.attest(batches).unwrap();
    assert_eq!(world.outside.borrow().asked, 1);
}

#[test]
fn leaves_that_are_no_readings_are_refused_whole() {
    let mut world = World::new();
    let mut broken = world.batch(1, &[node(1, 1, 24)]);
    broken.leaves = broken.leaves[1..].to_vec().into();
    let whole = world.batch(1, &[node(1, 1, 24)]);
    assert_eq!(
        world.attest(vec![whole, broken]),
        Err(ContractError::Leaves {
            delivery: 1,
            expected: 53,
            actual: 52
        })
    );
    assert_eq!(world.scores(None).days, []);
}

#[test]
fn only_the_oracle_reports() {
    let mut world = World::new();
    let batch = world.batch(1, &[node(1, 1, 24)]);
    for who in ["owner", "m1", "identity"] {
        let sender = world.addr(who);
        let deliveries = vec![batch.clone()];
        assert_eq!(
            world.run(&sender, ExecuteMsg::Attested { deliveries }),
            Err(ContractError::WrongSender {
                expected: world.addr("oracle"),
                actual: sender
            })
        );
    }
}

#[test]
fn what_was_counted_can_be_read_back() {
    let mut world = World::new();
    world.report(1, &[upload(1, u64::MAX, 5), node(1, 2, 24)]);
    let answer: ReadingsResponse = world.ask(QueryMsg::Readings {
        account: None,
        start_after: None,
        limit: None,
    });
    let seen: Vec<_> = answer
        .readings
        .iter()
        .map(|r| (r.method, r.unit.u64(), r.quantities.iter().map(|q| q.u64()).collect()))
        .collect::<Vec<(Method, u64, Vec<u64>)>>();
    assert_eq!(
        seen,
        [
            (Method::Node, 2, vec![2, 8, 0, 86_400]),
            (Method::Upload, u64::MAX, vec![5])
        ]
    );
}
