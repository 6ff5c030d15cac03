use super::*;

fn load(sequence: u32, receipts: usize) -> Load {
    Load {
        name: Name { device: 1, sequence },
        items: u32::try_from(receipts).expect("few"),
        envelope: vec![0; 94 + 25 * receipts].into(),
    }
}

fn filled(limits: Limits, receipts: usize) -> Pack {
    let model = GasModel::new(1_000);
    let mut pack = Pack::default();
    for sequence in 1.. {
        if pack.push(load(sequence, receipts), &model, limits).is_err() {
            break;
        }
    }
    pack
}

const NO_LIMITS: Limits = Limits {
    gas: u64::MAX,
    bytes: u64::MAX,
    batches: u64::MAX,
};

#[test]
fn a_message_takes_256_batches() {
    let limits = Limits {
        batches: 600,
        ..NO_LIMITS
    };
    let pack = filled(limits, 1);
    let sizes: Vec<usize> = pack.messages().iter().map(Vec::len).collect();
    assert_eq!(sizes, [256, 256, 88]);
    let order: Vec<u32> = pack.names().map(|name| name.sequence).collect();
    assert_eq!(order, (1..=600).collect::<Vec<u32>>());
}

#[test]
fn gas_and_bytes_stay_within_their_limits_and_one_more_would_not() {
    let model = GasModel::new(1_000);
    let pack = filled(
        Limits {
            gas: 10_000_000,
            ..NO_LIMITS
        },
        100,
    );
    assert!(model.gas(pack.shape()) <= 10_000_000);
    assert_eq!(pack.shape().batches, 7); // 90,000 + 300,000 + 7 * (20,000 + 1,200,000 + 34,630)
    let pack = filled(
        Limits {
            bytes: 100_000,
            ..NO_LIMITS
        },
        100,
    );
    assert_eq!((pack.shape().batches, pack.shape().bytes), (28, 650 + 28 * 3_463));
}

#[test]
fn the_first_batch_is_taken_however_large() {
    let none = Limits {
        gas: 1,
        bytes: 1,
        batches: 1,
    };
    assert_eq!(filled(none, 1_000).shape().batches, 1);
}
