//! Handing on: one message a kind, what falls is mapped back, and a consumer that misbehaves.

use super::suite::{accepted, readings, repeat, sales, Behaviour, Signer, Suite};
use crate::ContractError;
use cosmwasm_std::{Addr, Binary};
use cw_multi_test::Executor as _;
use vrs_attestation::Envelope;
use vrs_interface::attested::{Delivery, DropReason, DroppedItem};
use vrs_interface::oracle::*;

fn drop_of(delivery: u32, item: u16, reason: DropReason) -> DroppedItem {
    DroppedItem { delivery, item, reason }
}

/// Terminals 1 and 2, meters 3 and 4.
fn suite() -> Suite {
    let mut suite = Suite::with_terminals(2);
    for seed in [3, 4] {
        suite.register(DeviceKind::Meter, Signer::Ed(seed));
    }
    suite
}

fn meters(suite: &Suite, device: DeviceId, n: u64) -> Binary {
    let signer = Signer::Ed(u8::try_from(device).unwrap());
    suite.seal(&readings(device, 1, 1, n), signer)
}

#[test]
fn each_consumer_gets_its_kinds_batches_in_one_message() {
    let mut suite = suite();
    let batches = vec![
        meters(&suite, 4, 2),
        suite.sales(2, 1, 1, &[5, 6]),
        meters(&suite, 3, 1),
        suite.sales(1, 1, 1, &[7]),
    ];
    let leaves: Vec<Binary> = batches
        .iter()
        .map(|batch| Envelope::parse_frame(batch).unwrap().leaf_bytes().into())
        .collect();
    assert_eq!(
        suite.submit(batches),
        [accepted(2), accepted(2), accepted(1), accepted(1)]
    );
    let delivery = |device, leaves: &Binary| Delivery {
        device,
        subject: Some(77),
        day: 1,
        sequence: 1,
        leaves: leaves.clone(),
    };
    assert_eq!(
        suite.calls(&suite.mining),
        [[delivery(4, &leaves[0]), delivery(3, &leaves[2])]]
    );
    assert_eq!(
        suite.calls(&suite.merchant),
        [[delivery(2, &leaves[1]), delivery(1, &leaves[3])]]
    );
}

#[test]
fn what_falls_is_told_by_position_in_the_message_and_kept() {
    let mut suite = suite();
    let (merchant, mining) = (suite.merchant.clone(), suite.mining.clone());
    suite.behave(
        &merchant,
        Behaviour::Drop(vec![
            drop_of(0, 1, DropReason::ZeroAmount),
            drop_of(1, 0, DropReason::MemberUnverified),
            drop_of(1, 2, DropReason::TradeLimit),
        ]),
    );
    suite.behave(&mining, Behaviour::Drop(vec![drop_of(0, 0, DropReason::UnknownMethod)]));
    let batches = vec![
        suite.sales(2, 1, 1, &[5, 6]),
        meters(&suite, 3, 1),
        suite.sales(1, 1, 1, &[7, 8, 9]),
    ];
    let outcomes = suite.submit(batches.clone());
    let expected = [
        vec![(1, DropReason::ZeroAmount)],
        vec![(0, DropReason::UnknownMethod)],
        vec![(0, DropReason::MemberUnverified), (2, DropReason::TradeLimit)],
    ];
    let drops = |at: u32, fell: &[(u16, DropReason)]| -> Vec<DroppedItem> {
        fell.iter().map(|(item, reason)| drop_of(at, *item, *reason)).collect()
    };
    for (at, (outcome, fell)) in (0u32..).zip(outcomes.iter().zip(&expected)) {
        let items = [2, 1, 3][at as usize];
        let dropped = drops(at, fell);
        assert_eq!(*outcome, Outcome::Accepted { items, dropped });
    }
    // Kept: a repeat and the record say the same.
    let again = suite.submit(batches);
    for (device, (outcome, fell)) in [2, 3, 1].into_iter().zip(again.into_iter().zip(&expected)) {
        let items = fell.len() as u16 + u16::from(device != 3);
        let dropped = drops(0, fell);
        let first = FirstOutcome::Accepted { items, dropped };
        assert_eq!(outcome, Outcome::Repeat { first: first.clone() });
        let record: BatchResponse = suite.query(&QueryMsg::Batch { device, sequence: 1 }).unwrap();
        assert_eq!(record.outcome, first);
    }
}

#[test]
fn a_repeat_in_the_same_message_tells_what_fell() {
    let mut suite = suite();
    let merchant = suite.merchant.clone();
    suite.behave(&merchant, Behaviour::Drop(vec![drop_of(0, 0, DropReason::SelfSale)]));
    let batch = suite.sales(1, 1, 1, &[5]);
    let neighbour = meters(&suite, 3, 1);
    assert_eq!(
        suite.submit(vec![neighbour, batch.clone(), batch]),
        [
            accepted(1),
            Outcome::Accepted {
                items: 1,
                dropped: vec![drop_of(1, 0, DropReason::SelfSale)]
            },
            Outcome::Repeat {
                first: FirstOutcome::Accepted {
                    items: 1,
                    dropped: vec![drop_of(0, 0, DropReason::SelfSale)]
                }
            },
        ]
    );
}

#[test]
fn a_consumer_that_fails_takes_nothing_away() {
    let mut suite = suite();
    let batches = vec![suite.sales(1, 1, 1, &[5]), meters(&suite, 3, 1)];
    for consumer in [suite.merchant.clone(), suite.mining.clone()] {
        suite.behave(&consumer, Behaviour::Fail);
        let relay = suite.relay.clone();
        let msg = ExecuteMsg::SubmitBatches {
            batches: batches.clone(),
        };
        let error = suite
            .app
            .execute_contract(relay, suite.oracle.clone(), &msg, &[])
            .unwrap_err();
        assert!(format!("{error:#}").contains("told to fail"), "{error:#}");
        assert_eq!((suite.next(1), suite.next(3)), (1, 1));
        suite.behave(&consumer, Behaviour::Take);
    }
    assert_eq!(suite.submit(batches), [accepted(1), accepted(1)]);
    assert_eq!(suite.calls(&suite.merchant).len(), 1);
}

fn wrong_answer(behaviour: Behaviour) -> String {
    let mut suite = suite();
    let merchant = suite.merchant.clone();
    suite.behave(&merchant, behaviour);
    let batches = vec![suite.sales(1, 1, 1, &[5]), suite.sales(2, 1, 1, &[5, 6])];
    let error = suite.try_submit(batches);
    assert_eq!(suite.next(1), 1);
    match error {
        Err(ContractError::ConsumerAnswer { reason }) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_consumer_that_answers_nonsense_reverts_the_message() {
    let zero = DropReason::ZeroAmount;
    assert_eq!(wrong_answer(Behaviour::Silent), "no response data");
    let babble = wrong_answer(Behaviour::Babble);
    assert!(babble.contains("AttestedResponse"), "{babble}");
    for (delivery, item) in [(0, 1), (1, 2), (2, 0), (u32::MAX, 0)] {
        assert_eq!(
            wrong_answer(Behaviour::Drop(vec![drop_of(delivery, item, zero)])),
            format!("there is no item ({delivery}, {item}) (delivery, item)")
        );
    }
    let twice = vec![drop_of(1, 0, zero), drop_of(1, 0, DropReason::SelfSale)];
    assert_eq!(
        wrong_answer(Behaviour::Drop(twice)),
        "(1, 0) does not come after Some((1, 0))"
    );
    let backwards = vec![drop_of(1, 0, zero), drop_of(0, 0, zero)];
    assert_eq!(
        wrong_answer(Behaviour::Drop(backwards)),
        "(0, 0) does not come after Some((1, 0))"
    );
}

#[test]
fn a_consumer_that_submits_the_same_batch_again_gains_nothing() {
    let mut suite = suite();
    let merchant = suite.merchant.clone();
    let batch = suite.sales(1, 1, 1, &[5]);
    suite.behave(&merchant, Behaviour::Reenter(vec![batch.clone()]));
    assert_eq!(suite.submit(vec![batch.clone()]), [accepted(1)]);
    assert_eq!(suite.calls(&merchant).len(), 1);
    assert_eq!(suite.next(1), 2);
    assert_eq!(suite.submit(vec![batch]), [repeat(1)]);
}

#[test]
fn a_consumer_can_be_replaced_and_prices_have_none() {
    let mut suite = suite();
    let (mining, merchant) = (suite.mining.clone(), suite.merchant.clone());
    let set = |kind, contract: Option<&Addr>| ExecuteMsg::SetConsumer {
        kind,
        contract: contract.map(Addr::to_string),
    };
    suite.own(set(DeviceKind::Terminal, Some(&mining)));
    let batch = suite.sales(1, 1, 1, &[5]);
    assert_eq!(suite.submit(vec![batch]), [accepted(1)]);
    assert_eq!((suite.calls(&mining).len(), suite.calls(&merchant).len()), (1, 0));
    let owner = suite.owner.clone();
    for contract in [None, Some(&mining)] {
        assert_eq!(
            suite.execute(&owner, set(DeviceKind::Price, contract)).map(|_| ()),
            Err(ContractError::PricesStayHere {})
        );
    }
}

#[test]
fn two_kinds_at_one_consumer_are_two_messages() {
    let mut suite = suite();
    let mining = suite.mining.clone();
    suite.own(ExecuteMsg::SetConsumer {
        kind: DeviceKind::Terminal,
        contract: Some(mining.to_string()),
    });
    let batches = vec![suite.sales(1, 1, 1, &[5]), meters(&suite, 3, 1)];
    assert_eq!(suite.submit(batches), [accepted(1), accepted(1)]);
    let sizes: Vec<usize> = suite.calls(&mining).iter().map(Vec::len).collect();
    assert_eq!(sizes, [1, 1]);
}

#[test]
fn a_full_batch_of_1024_receipts() {
    let mut suite = suite();
    let amounts: Vec<u64> = (0..1024).collect();
    let merchant = suite.merchant.clone();
    suite.behave(
        &merchant,
        Behaviour::Drop((0..1024).map(|item| drop_of(0, item, DropReason::ZeroAmount)).collect()),
    );
    let batch = suite.seal(&sales(1, 1, 1, &amounts), Signer::Ed(1));
    match &suite.submit(vec![batch])[..] {
        [Outcome::Accepted { items: 1024, dropped }] => assert_eq!(dropped.len(), 1024),
        other => panic!("{other:?}"),
    }
}
