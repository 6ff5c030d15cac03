//! An oracle that lies to the consumers, and consumers that fail, lie or call back.

use crate::puppet::{call, called, plan, puppet, run, Plan};
use cosmwasm_std::{to_json_binary, Addr, Binary};
use cw_multi_test::{ContractWrapper, Executor};
use vrs_attestation::leaf::{Measured, NodeWork, Reading};
use vrs_attestation::{Batch, Kind, Leaf};
use vrs_interface::attested::{AttestedResponse, ConsumerMsg, Delivery, DropReason, DroppedItem};
use vrs_interface::oracle::{DeviceKind, ExecuteMsg, Outcome, QueryMsg};
use vrs_interface::{identity, merchant, mining, oracle};
use vrs_tests::suite::{sale, Device, Suite, START};

fn reading(account: u32) -> Reading {
    let work = NodeWork {
        hardware: 2,
        mbps: 1,
        storage_mb: 100_000,
        seconds: 3_600,
    };
    Reading::new(account, 1, Measured::Node(work))
}

struct World {
    suite: Suite,
    shop: u32,
    customer: u32,
    till: Device,
    meter: Device,
}

fn world() -> World {
    let mut suite = Suite::new();
    let shop = suite.shops(1)[0].0;
    let customer = suite.members(identity::Kind::Individual, 1)[0].0;
    let till = suite.device(Kind::Terminal, Some(shop));
    let meter = suite.device(Kind::Meter, None);
    suite.at(1, 40_000);
    World {
        suite,
        shop,
        customer,
        till,
        meter,
    }
}

impl World {
    /// The puppet gets the meters' batches.
    fn replaced(&mut self, contract: &Addr) {
        let oracle = self.suite.at.oracle.clone();
        let msg = ExecuteMsg::SetConsumer {
            kind: DeviceKind::Meter,
            contract: Some(contract.to_string()),
        };
        self.suite.owns(&oracle, &msg);
    }

    fn next(&self, device: &Device) -> u32 {
        let asked = QueryMsg::Device { device: device.id };
        let answer: oracle::DeviceResponse = self.suite.ask(&self.suite.at.oracle, &asked);
        answer.next_sequence
    }

    fn orders(&self) -> u32 {
        let asked = merchant::QueryMsg::MerchantDay {
            merchant: self.shop,
            day: 1,
        };
        let day: Option<merchant::MerchantDay> = self.suite.ask(&self.suite.at.merchant, &asked);
        day.map_or(0, |day| day.orders)
    }

    fn try_submit(&mut self, batches: Vec<Binary>) -> Result<(), String> {
        let (relayer, oracle) = (self.suite.relayer.clone(), self.suite.at.oracle.clone());
        let sent = self
            .suite
            .send(&relayer, &oracle, &ExecuteMsg::SubmitBatches { batches });
        sent.map(|_| ())
    }
}

fn accepted() -> Outcome {
    Outcome::Accepted {
        items: 1,
        dropped: vec![],
    }
}

#[test]
fn an_oracle_that_is_not_registered_reports_nothing() {
    let mut world = world();
    let at = world.suite.at.clone();
    let false_oracle = puppet(&mut world.suite);
    let told = |leaves: Vec<u8>, subject| ConsumerMsg::Attested {
        deliveries: vec![Delivery {
            device: 1,
            subject,
            day: 1,
            sequence: 1,
            leaves: leaves.into(),
        }],
    };
    let receipts = told(sale(world.customer, 1, 1_000, false).encode(), Some(world.shop));
    let readings = told(reading(world.customer).encode(), None);
    let error = run(&mut world.suite, &false_oracle, vec![call(&at.merchant, &receipts)]).unwrap_err();
    assert_eq!(error, format!("sent by {false_oracle}, only {} may", at.oracle));
    let error = run(&mut world.suite, &false_oracle, vec![call(&at.mining, &readings)]).unwrap_err();
    assert_eq!(error, format!("sent by {false_oracle}, expected {}", at.oracle));
    assert_eq!(world.orders(), 0);
}

/// The same code, another instance, whose owner registers what devices he likes.
#[test]
fn a_second_oracle_of_somebody_elses_reports_nothing() {
    let mut world = world();
    let at = world.suite.at.clone();
    let second = second_oracle(&mut world.suite);
    let thief = world.suite.address("thief");
    let device = oracle::NewDevice {
        kind: DeviceKind::Terminal,
        subject: Some(world.shop),
        owner: thief.to_string(),
        key: oracle::DeviceKey::Ed25519(world.till.key.verifying_key().to_bytes().into()),
        valid_from: 1,
        valid_until: None,
        caps: oracle::DeviceCaps {
            items: 10,
            amount: 1 << 60,
        },
    };
    let registers = ExecuteMsg::RegisterDevices { devices: vec![device] };
    world.suite.send(&thief, &second, &registers).unwrap();
    let consumer = ExecuteMsg::SetConsumer {
        kind: DeviceKind::Terminal,
        contract: Some(at.merchant.to_string()),
    };
    world.suite.send(&thief, &second, &consumer).unwrap();
    let mut batch = Batch::new(Kind::Terminal, 1, 1, 1, [1; 16]);
    batch.push(&sale(world.customer, 1, 1_000, false)).unwrap();
    let unsigned = batch.unsigned().unwrap();
    let chain = world.suite.chain.block_info().chain_id;
    let bytes = unsigned.signing_bytes(&chain, second.as_str()).unwrap();
    let signature = ed25519_dalek::Signer::sign(&world.till.key, &bytes).to_bytes();
    let batches = vec![Binary::from(unsigned.seal(&signature))];
    let error = world
        .suite
        .send(&thief, &second, &ExecuteMsg::SubmitBatches { batches })
        .unwrap_err();
    assert_eq!(error, format!("sent by {second}, only {} may", at.oracle));
    assert_eq!(world.orders(), 0);
}

/// An oracle that belongs to a thief.
pub fn second_oracle(suite: &mut Suite) -> Addr {
    let code = ContractWrapper::new(
        vrs_oracle::contract::execute,
        vrs_oracle::contract::instantiate,
        vrs_oracle::contract::query,
    )
    .with_reply(vrs_oracle::contract::reply);
    let code = suite.chain.store_code(Box::new(code));
    let thief = suite.address("thief");
    let msg = oracle::InstantiateMsg {
        owner: thief.to_string(),
        clock: vrs_days::Clock::daily(START),
        history_days: 400,
    };
    suite
        .chain
        .instantiate_contract(code, thief, &msg, &[], "second oracle", None)
        .unwrap()
}

#[test]
fn a_consumer_that_fails_takes_no_number_and_no_other_batch() {
    let mut world = world();
    let bad = puppet(&mut world.suite);
    let fails = Plan {
        fails: true,
        ..Plan::default()
    };
    plan(&mut world.suite, &bad, fails);
    world.replaced(&bad);
    let receipts = world
        .suite
        .sign(&mut world.till, 1, &[sale(world.customer, 1, 1_000, false)]);
    let readings = world.suite.sign(&mut world.meter, 1, &[reading(world.customer)]);
    let both = vec![receipts.clone(), readings.clone()];
    assert_eq!(
        world.try_submit(both.clone()).unwrap_err(),
        "Generic error: the puppet fails"
    );
    assert_eq!(
        (world.orders(), world.next(&world.till), world.next(&world.meter)),
        (0, 1, 1)
    );
    // Receipts do not wait for it: a relayer leaves the meters out.
    assert_eq!(world.suite.submit(vec![receipts.clone()]), [accepted()]);
    // Once the owner has set a sound consumer, the same readings count.
    let mining = world.suite.at.mining.clone();
    world.replaced(&mining);
    let outcomes = world.suite.submit(both);
    assert_eq!(outcomes[1], accepted());
    assert!(matches!(outcomes[0], Outcome::Repeat { .. }), "{:?}", outcomes[0]);
    assert_eq!((world.orders(), called(&world.suite, &bad)), (1, 0));
}

#[test]
fn a_consumer_that_answers_nonsense_reverts_the_message() {
    let mut world = world();
    let bad = puppet(&mut world.suite);
    world.replaced(&bad);
    let item = |delivery, item| DroppedItem {
        delivery,
        item,
        reason: DropReason::UnknownMember,
    };
    let answer = |dropped| Some(to_json_binary(&AttestedResponse { dropped }).unwrap());
    let receipts = world
        .suite
        .sign(&mut world.till, 1, &[sale(world.customer, 1, 1_000, false)]);
    let readings = world.suite.sign(&mut world.meter, 1, &[reading(world.customer)]);
    for (data, reason) in [
        (None, "no response data".to_string()),
        (
            answer(vec![item(0, 1)]),
            "there is no item (0, 1) (delivery, item)".to_string(),
        ),
        (
            answer(vec![item(1, 0)]),
            "there is no item (1, 0) (delivery, item)".to_string(),
        ),
        (
            answer(vec![item(0, 0), item(0, 0)]),
            "(0, 0) does not come after Some((0, 0))".to_string(),
        ),
        (Some(b"{\"dropped\":7}".into()), "Error parsing into type".to_string()),
        (Some([255; 40].into()), "Error parsing into type".to_string()),
    ] {
        let lies = Plan {
            data,
            ..Plan::default()
        };
        plan(&mut world.suite, &bad, lies);
        let error = world.try_submit(vec![receipts.clone(), readings.clone()]).unwrap_err();
        assert!(error.contains("the consumer's answer is wrong"), "{error}");
        assert!(error.contains(&reason), "{error}: not {reason}");
        assert_eq!(
            (world.orders(), world.next(&world.till), world.next(&world.meter)),
            (0, 1, 1)
        );
    }
    let honest = Plan {
        data: answer(vec![item(0, 0)]),
        ..Plan::default()
    };
    plan(&mut world.suite, &bad, honest);
    let told = |delivery| Outcome::Accepted {
        items: 1,
        dropped: vec![item(delivery, 0)],
    };
    assert_eq!(world.suite.submit(vec![receipts, readings]), [accepted(), told(1)]);
}

/// While it is being called the consumer relays the very batches that are on their way.
#[test]
fn a_consumer_that_submits_the_same_batches_again_counts_nothing_twice() {
    for readings_first in [true, false] {
        let mut world = world();
        let bad = puppet(&mut world.suite);
        world.replaced(&bad);
        let oracle = world.suite.at.oracle.clone();
        let receipts = world
            .suite
            .sign(&mut world.till, 1, &[sale(world.customer, 1, 1_000, false)]);
        let readings = world.suite.sign(&mut world.meter, 1, &[reading(world.customer)]);
        let both = if readings_first {
            vec![readings, receipts]
        } else {
            vec![receipts, readings]
        };
        let again = Plan {
            calls: vec![call(&oracle, &ExecuteMsg::SubmitBatches { batches: both.clone() })],
            data: Some(to_json_binary(&AttestedResponse::default()).unwrap()),
            ..Plan::default()
        };
        plan(&mut world.suite, &bad, again);
        assert_eq!(world.suite.submit(both), [accepted(), accepted()]);
        assert_eq!((world.orders(), called(&world.suite, &bad)), (1, 1));
        assert_eq!((world.next(&world.till), world.next(&world.meter)), (2, 2));
        let asked = oracle::QueryMsg::Batches {
            device: world.till.id,
            start_after: None,
            limit: None,
        };
        let kept: oracle::BatchesResponse = world.suite.ask(&oracle, &asked);
        assert_eq!(kept.batches.len(), 1);
    }
}

/// A consumer is nobody at the contracts beside it.
#[test]
fn a_consumer_has_no_rights_at_others() {
    let mut world = world();
    let at = world.suite.at.clone();
    let bad = puppet(&mut world.suite);
    world.replaced(&bad);
    let forged = ConsumerMsg::Attested {
        deliveries: vec![Delivery {
            device: 1,
            subject: None,
            day: 1,
            sequence: 1,
            leaves: reading(world.customer).encode().into(),
        }],
    };
    let forwards = Plan {
        calls: vec![call(&at.mining, &forged)],
        data: Some(to_json_binary(&AttestedResponse::default()).unwrap()),
        ..Plan::default()
    };
    plan(&mut world.suite, &bad, forwards);
    let readings = world.suite.sign(&mut world.meter, 1, &[reading(world.customer)]);
    assert_eq!(
        world.try_submit(vec![readings]).unwrap_err(),
        format!("sent by {bad}, expected {}", at.oracle)
    );
    let asked = mining::QueryMsg::Scores {
        account: None,
        start_after: None,
        limit: None,
    };
    let scores: mining::ScoresResponse = world.suite.ask(&at.mining, &asked);
    assert_eq!(scores.days, []);
}
