//! A transaction that ran out of gas is sent again where it would be given more, and only there.

mod support;

use support::{Node, World};
use vrs_client::TxError;

/// Sends one message; its block, and the gas of each transaction.
fn sent(simulations: &[u64], short: usize) -> (Result<u64, TxError>, Vec<u64>) {
    let mut world = World::new(
        Node {
            simulations: simulations.to_vec(),
            short,
            ..Node::default()
        },
        "",
    );
    let outcome = world.send();
    let given = world.node().given.clone();
    assert_eq!(
        world.sender.sequence,
        given.len() as u64,
        "each transaction takes a number"
    );
    (outcome.map(|outcome| outcome.height), given)
}

#[test]
fn it_is_sent_again_with_what_a_new_simulation_says() {
    let (outcome, given) = sent(&[100_000, 200_000], 1);
    assert!(outcome.unwrap() > 6);
    assert_eq!(given, [130_000, 260_000]);
}

#[test]
fn it_is_not_sent_again_with_the_same_gas() {
    let (outcome, given) = sent(&[100_000], 1);
    assert!(matches!(
        outcome,
        Err(TxError::OutOfGas {
            wanted: 130_000,
            used: 130_000
        })
    ));
    assert_eq!(given, [130_000]);
}

#[test]
fn it_is_not_sent_for_ever() {
    let (outcome, given) = sent(&[1_000, 2_000, 2_000, 4_000, 4_000, 8_000, 8_000, 16_000], 99);
    assert!(matches!(outcome, Err(TxError::OutOfGas { .. })));
    assert_eq!(given, [1_300, 2_600, 5_200]);
}
