//! Any order of faults, and every batch counts once.

mod support;

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use support::batch;
use support::fake::{Fake, Faults};
use support::world::{World, SENDERS};
use vrs_relay::lane::State;
use vrs_relay::name::Name;

const DEVICES: u32 = 5;

/// One history: batches come, blocks are made, the node and the relayer come and go, somebody else relays too.
fn history(seed: u64) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut world = World::new(Fake::new(seed, DEVICES));
    world.options().gas = random.gen_range(600_000..5_000_000);
    world.options().window = random.gen_range(1..5);
    let severity = random.gen_range(0..4);
    world.chain.state().faults = Faults {
        crash: 8 * severity,
        lost_answer: 15 * severity,
        dropped: 20 * severity,
        full: 20 * severity,
    };
    let mut signed = [0u32; DEVICES as usize];
    let each = random.gen_range(1..90);
    let envelope = |device: u32, sequence: u32| batch(device, sequence, 1, 1 + (device + sequence) % 7, 1);
    let mut left = random.gen_range(100..600);
    while left > 0 || signed.iter().any(|count| *count < each) {
        left -= i32::from(left > 0);
        world.now += std::time::Duration::from_millis(random.gen_range(0..200));
        match random.gen_range(0..100) {
            0..=24 => {
                let device = random.gen_range(0..DEVICES);
                for _ in 0..random.gen_range(1..8) {
                    let count = &mut signed[device as usize];
                    if *count < each {
                        *count += 1;
                        world.put(device + 1, *count, &envelope(device + 1, *count));
                    }
                }
            }
            25..=34 => world.scan(),
            35..=54 => world.follow(),
            55..=79 => world.step(random.gen_range(0..SENDERS)),
            80..=92 => world.chain.mine(),
            93 => world.chain.stop(),
            94..=95 => world.chain.start(),
            96 => world.kill(),
            97 => world.chain.state().item_gas = random.gen_range(1_000..60_000),
            _ => {
                let device = random.gen_range(1..=DEVICES);
                let next = world.chain.state().devices[&device].next;
                if next <= signed[device as usize - 1] {
                    world.chain.foreign(&envelope(device, next));
                }
            }
        }
    }
    world.chain.state().faults = Faults::default();
    world.chain.state().item_gas = 12_000;
    world.chain.start();
    assert_eq!(world.settle(), State::Empty, "seed {seed}: left {:?}", world.left());
    let all: Vec<(u32, u32)> = (1..=DEVICES)
        .flat_map(|device| (1..=each).map(move |n| (device, n)))
        .collect();
    assert_eq!(world.done(), all, "seed {seed}");
    assert_eq!(world.refused(), [], "seed {seed}");
    let counted = world.chain.state().counted.clone();
    assert!(counted.keys().eq(&all), "seed {seed}: lost");
    assert!(counted.values().all(|times| *times == 1), "seed {seed}: doubled");
    let lines = world.lines();
    for (device, sequence) in all {
        let file = Name { device, sequence }.to_string();
        assert_eq!(lines.get(&file), Some(&1), "seed {seed}: {file}");
    }
}

#[test]
fn whatever_goes_wrong_every_batch_counts_once() {
    let hook = std::panic::take_hook();
    // Crashes are meant; their panics are not shown.
    std::panic::set_hook(Box::new(move |info| {
        if !info.payload().is::<support::fake::Crash>() {
            hook(info);
        }
    }));
    let histories: u64 = std::env::var("VRS_HISTORIES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(150);
    for seed in 0..histories {
        history(seed);
    }
}
