//! What the oracle may answer, and what becomes of the files and of what comes behind them.

mod support;

use support::fake::{root, Fake};
use support::world::World;
use support::{batch, FORGED, POISON};
use vrs_relay::lane::State;

fn world() -> World {
    World::new(Fake::new(1, 2))
}

fn fill(world: &World, device: u32, numbers: std::ops::RangeInclusive<u32>) {
    for sequence in numbers {
        world.put(device, sequence, &batch(device, sequence, 1, 3, 1));
    }
}

fn all(device: u32, numbers: std::ops::RangeInclusive<u32>) -> Vec<(u32, u32)> {
    numbers.map(|sequence| (device, sequence)).collect()
}

#[test]
fn a_forged_batch_is_refused_and_holds_up_its_device_until_it_is_replaced() {
    let mut world = world();
    fill(&world, 1, 1..=9);
    fill(&world, 2, 1..=5);
    world.put(1, 4, &batch(1, 4, 1, 3, FORGED));
    assert_eq!(world.settle(), State::Stuck);
    assert_eq!(
        (world.refused(), world.reason(1, 4)),
        (vec![(1, 4)], "bad_signature".to_owned())
    );
    assert_eq!(world.left(), all(1, 5..=9));
    assert_eq!(world.done(), [all(1, 1..=3), all(2, 1..=5)].concat());
    assert!(world.page().contains("vrs_relay_devices_waiting{reason=\"missing\"} 1"));
    world.put(1, 4, &batch(1, 4, 1, 3, 1));
    assert_eq!(world.settle(), State::Empty);
    assert_eq!(world.done(), [all(1, 1..=9), all(2, 1..=5)].concat());
    assert!(world.page().contains("vrs_relay_devices_waiting{reason=\"missing\"} 0"));
}

#[test]
fn a_missing_number_is_waited_for() {
    let mut world = world();
    fill(&world, 1, 3..=4);
    assert_eq!(world.settle(), State::Stuck);
    assert_eq!(world.left(), all(1, 3..=4));
    fill(&world, 1, 1..=2);
    assert_eq!(world.settle(), State::Empty);
    assert_eq!(world.done(), all(1, 1..=4));
}

#[test]
fn a_missing_number_that_somebody_else_relays_is_noticed() {
    let mut world = world();
    fill(&world, 1, 2..=3);
    assert_eq!(world.settle(), State::Stuck);
    world.chain.foreign(&batch(1, 1, 1, 3, 1));
    for _ in 0..200 {
        world.round();
    }
    assert_eq!(world.done(), all(1, 2..=3));
}

#[test]
fn a_batch_that_makes_a_contract_fail_is_found_among_others() {
    let mut world = world();
    fill(&world, 1, 1..=40);
    world.put(1, 23, &batch(1, 23, 1, 3, POISON));
    fill(&world, 2, 1..=4);
    assert_eq!(world.settle(), State::Stuck);
    assert_eq!(world.left(), all(1, 23..=40));
    assert_eq!(world.done(), [all(1, 1..=22), all(2, 1..=4)].concat());
    assert!(world
        .page()
        .contains("vrs_relay_devices_waiting{reason=\"contract\"} 1"));
    assert_eq!(world.refused(), []);
}

#[test]
fn a_batch_that_aborts_a_contract_does_not_stop_its_lane() {
    for poison in [
        (21, "attribute key cannot be empty: invalid event"),
        (22, "no such contract: address wasm1x"),
        (
            29,
            "wasmvm error: Error calling the VM: RuntimeError: unreachable: wasmvm error",
        ),
        (30, "max call depth exceeded"),
    ] {
        let mut world = world();
        world.chain.state().poison = poison;
        fill(&world, 1, 1..=40);
        world.put(1, 23, &batch(1, 23, 1, 3, POISON));
        fill(&world, 2, 1..=4);
        assert_eq!(world.settle(), State::Stuck, "{poison:?}");
        assert_eq!(world.left(), all(1, 23..=40));
        assert_eq!(world.done(), [all(1, 1..=22), all(2, 1..=4)].concat());
        assert!(world
            .page()
            .contains("vrs_relay_devices_waiting{reason=\"contract\"} 1"));
    }
}

#[test]
fn gas_that_was_too_little_is_raised() {
    let mut world = world();
    fill(&world, 1, 1..=3);
    assert_eq!(world.settle(), State::Empty);
    world.chain.state().item_gas = 200_000;
    fill(&world, 1, 4..=60);
    assert_eq!(world.settle(), State::Empty);
    assert_eq!(world.done(), all(1, 1..=60));
    let failed = world.chain.state().failures.get(&11).copied().unwrap_or_default();
    assert!((1..=8).contains(&failed), "{failed} transactions ran out of gas");
}

#[test]
fn a_batch_that_no_transaction_holds_waits_alone() {
    let mut world = world();
    world.options().gas = 3_000_000;
    world.chain.state().item_gas = 500_000;
    world.put(1, 1, &batch(1, 1, 1, 20, 1));
    world.put(2, 1, &batch(2, 1, 1, 2, 1));
    assert_eq!(world.settle(), State::Stuck);
    assert_eq!((world.left(), world.done()), (all(1, 1..=1), all(2, 1..=1)));
    assert!(world
        .page()
        .contains("vrs_relay_devices_waiting{reason=\"too_large\"} 1"));
}

#[test]
fn another_batch_under_a_used_number_is_refused() {
    let mut world = world();
    let other = batch(1, 2, 1, 5, 1);
    world.chain.foreign(&batch(1, 1, 1, 3, 1));
    world.chain.foreign(&other);
    fill(&world, 1, 1..=3);
    assert_eq!(world.settle(), State::Empty);
    assert_eq!(world.done(), [(1, 1), (1, 3)]);
    assert_eq!(world.refused(), [(1, 2)]);
    assert_eq!(
        world.reason(1, 2),
        format!("conflict: taken {}", hex::encode(root(&other)))
    );
}

#[test]
fn what_is_put_there_again_goes_to_done_again() {
    let mut world = world();
    fill(&world, 1, 1..=5);
    assert_eq!(world.settle(), State::Empty);
    fill(&world, 1, 4..=6);
    assert_eq!(world.settle(), State::Empty);
    assert_eq!((world.done(), world.left()), (all(1, 1..=6), vec![]));
    assert!(world.chain.state().counted.values().all(|times| *times == 1));
}

#[test]
fn a_day_that_has_not_begun_costs_nothing_and_passes() {
    let mut world = world();
    world.put(1, 1, &batch(1, 1, 1, 3, 1));
    world.put(1, 2, &batch(1, 2, 2, 3, 1));
    for _ in 0..100 {
        world.round();
    }
    assert_eq!((world.done(), world.state()), (all(1, 1..=1), State::Busy));
    assert!(world.page().contains("vrs_relay_txs_total{outcome=\"sent\"} 1"));
    world.chain.state().seconds = 86_400;
    for _ in 0..200 {
        world.round();
    }
    assert_eq!(world.done(), all(1, 1..=2));
}

#[test]
fn without_a_consumer_batches_wait() {
    let mut world = world();
    world.chain.state().consumer = false;
    fill(&world, 1, 1..=3);
    assert_eq!(world.settle(), State::Stuck);
    assert_eq!(world.left(), all(1, 1..=3));
    world.chain.state().consumer = true;
    for _ in 0..300 {
        world.round();
    }
    assert_eq!(world.done(), all(1, 1..=3));
}

#[test]
fn unknown_devices_wait_and_revoked_ones_are_refused() {
    let mut world = world();
    fill(&world, 9, 1..=2);
    world.chain.foreign(&batch(1, 1, 1, 3, 1));
    world.chain.state().devices.get_mut(&1).expect("device 1").revoked = true;
    fill(&world, 1, 1..=3);
    assert_eq!(world.settle(), State::Stuck);
    assert_eq!((world.left(), world.done()), (all(9, 1..=2), all(1, 1..=1)));
    assert_eq!(world.refused(), all(1, 2..=3));
    assert_eq!(world.reason(1, 3), "revoked");
    assert!(world.page().contains("vrs_relay_txs_total{outcome=\"sent\"} 0"));
}

#[test]
fn files_that_are_no_batches_are_refused_with_their_reason() {
    let mut world = world();
    world.put(1, 1, b"rubbish");
    world.put(2, 1, &batch(2, 2, 1, 3, 1));
    assert_eq!(world.settle(), State::Empty);
    assert_eq!(world.refused(), [(1, 1), (2, 1)]);
    assert_eq!(
        world.reason(1, 1),
        "malformed: an envelope has at least 94 bytes, got 7"
    );
    assert_eq!(world.reason(2, 1), "name: expected 0000000002-0000000002.batch");
    world.put_back(1, 1);
    assert_eq!(world.settle(), State::Empty);
    assert_eq!(world.refused(), [(1, 1), (2, 1)]);
}

#[test]
fn a_node_that_throws_results_away_is_worked_with_all_the_same() {
    let mut world = world();
    world.chain.state().forgets = true;
    fill(&world, 1, 1..=30);
    assert_eq!(world.settle(), State::Empty);
    assert_eq!(world.done(), all(1, 1..=30));
    assert!(world.chain.state().counted.values().all(|times| *times == 1));
}
