//! Lists are paged and tell whether more is left; one record is found or named.

use super::suite::{refused, Suite};
use cosmwasm_std::Binary;
use vrs_attestation::Envelope;
use vrs_interface::access::PausedResponse;
use vrs_interface::oracle::*;

#[test]
fn config() {
    let suite = Suite::with_terminals(3);
    let config: ConfigResponse = suite.query(&QueryMsg::Config {}).unwrap();
    assert_eq!(
        config,
        ConfigResponse {
            clock: vrs_days::Clock::daily(super::suite::START),
            history_days: 180,
            chain_id: suite.app.block_info().chain_id,
            devices: 3,
            consumers: vec![
                (DeviceKind::Terminal, suite.merchant.clone()),
                (DeviceKind::Meter, suite.mining.clone())
            ],
        }
    );
    let paused: PausedResponse = suite.query(&QueryMsg::Paused {}).unwrap();
    assert!(!paused.paused);
    let ownership: cw_ownable::Ownership<String> = suite.query(&QueryMsg::Ownership {}).unwrap();
    assert_eq!(ownership.owner, Some(suite.owner.to_string()));
}

#[test]
fn devices_by_page() {
    let suite = Suite::with_terminals(5);
    let page = |start_after, limit| {
        let answer: DevicesResponse = suite.query(&QueryMsg::Devices { start_after, limit }).unwrap();
        let numbers: Vec<u32> = answer.devices.iter().map(|device| device.device).collect();
        (numbers, answer.more)
    };
    assert_eq!(page(None, None), (vec![1, 2, 3, 4, 5], false));
    assert_eq!(page(None, Some(2)), (vec![1, 2], true));
    assert_eq!(page(Some(2), Some(3)), (vec![3, 4, 5], false));
    assert_eq!(page(Some(u32::MAX), None), (vec![], false));
    assert!(suite
        .refused(&QueryMsg::Device { device: 6 })
        .contains("device 6 is not registered, the highest number is 5"));
}

#[test]
fn batches_by_page() {
    let mut suite = Suite::with_terminals(2);
    let mut batches: Vec<Binary> = (1..=4).map(|n| suite.sales(1, 1, n, &[n.into()])).collect();
    batches.push(suite.sales(2, 1, 1, &[1]));
    suite.submit(batches.clone());
    let page = |start_after, limit| {
        let msg = QueryMsg::Batches {
            device: 1,
            start_after,
            limit,
        };
        let answer: BatchesResponse = suite.query(&msg).unwrap();
        let numbers: Vec<u32> = answer.batches.iter().map(|batch| batch.sequence).collect();
        (numbers, answer.more)
    };
    assert_eq!(page(None, None), (vec![1, 2, 3, 4], false));
    assert_eq!(page(None, Some(3)), (vec![1, 2, 3], true));
    assert_eq!(page(Some(3), Some(3)), (vec![4], false));
    assert_eq!(page(Some(u32::MAX), None), (vec![], false));
    assert_eq!(page(None, Some(0)), (vec![], true));

    let root = Envelope::parse_frame(&batches[2]).unwrap().root();
    let one: BatchResponse = suite.query(&QueryMsg::Batch { device: 1, sequence: 3 }).unwrap();
    assert_eq!(
        one,
        BatchResponse {
            device: 1,
            sequence: 3,
            day: 1,
            root: Binary::from(root),
            outcome: FirstOutcome::Accepted {
                items: 1,
                dropped: vec![]
            },
        }
    );
    assert!(suite
        .refused(&QueryMsg::Batch { device: 1, sequence: 5 })
        .contains("no record of batch 5 of device 1; it expects 5 next"));
}

#[test]
fn a_refused_batch_that_used_its_number_has_a_record() {
    let mut suite = Suite::with_terminals(1);
    suite.go_to_day(9);
    let batch = suite.sales(1, 1, 1, &[1]);
    let reason = RefuseReason::DayClosed;
    assert_eq!(suite.submit(vec![batch]), [refused(reason)]);
    let one: BatchResponse = suite.query(&QueryMsg::Batch { device: 1, sequence: 1 }).unwrap();
    assert_eq!((one.day, one.outcome), (1, FirstOutcome::Refused { reason }));
}
