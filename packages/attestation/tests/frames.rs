//! Framing: what parses, what is refused with which error, and that parsing gives back what was laid out.

mod support;

use proptest::prelude::*;
use support::{batch, batch_of, sealed};
use vrs_attestation::{
    Batch, BatchError, Envelope, FrameError, Kind, Leaf, LeafError, Price, Receipt, UnknownKind, HEADER_WIDTH,
    MAX_LEAVES, SIGNATURE_WIDTH,
};

const LEAST: usize = HEADER_WIDTH + SIGNATURE_WIDTH;

fn kinds_with_leaf() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Terminal), Just(Kind::Meter), Just(Kind::Price)]
}

proptest! {
    #[test]
    fn round_trip(
        kind in kinds_with_leaf(),
        device: u32, day: u32, sequence: u32, seed: [u8; 16],
        bytes in prop::collection::vec(prop::array::uniform32(any::<u8>()), 1..40),
        signature in prop::array::uniform32(any::<u8>()),
    ) {
        let width = kind.leaf_width().unwrap();
        let leaves: Vec<Vec<u8>> = bytes.iter()
            .map(|part| part.iter().copied().cycle().take(width).collect())
            .collect();
        let batch = Batch { kind, device, day, sequence, seed, leaves };
        let signature: [u8; 64] = [signature, signature].concat().try_into().unwrap();
        let unsigned = batch.unsigned().unwrap();
        let statement = *unsigned.statement();
        let unsigned_bytes = unsigned.bytes().to_vec();
        let sealed = unsigned.seal(&signature);
        prop_assert_eq!(&sealed[..sealed.len() - 64], &unsigned_bytes[..]);

        let envelope = Envelope::parse_frame(&sealed).unwrap();
        prop_assert_eq!(
            (envelope.kind(), envelope.device(), envelope.day(), envelope.sequence()),
            (kind, device, day, sequence)
        );
        prop_assert_eq!(envelope.seed(), &seed);
        prop_assert_eq!(envelope.signature(), &signature);
        prop_assert_eq!(envelope.statement(), statement);
        prop_assert_eq!(envelope.root(), statement.root);
        prop_assert_eq!(envelope.count() as usize, batch.leaves.len());
        prop_assert_eq!(envelope.leaves().map(<[u8]>::to_vec).collect::<Vec<_>>(), batch.leaves.clone());
        prop_assert_eq!(envelope.leaf_bytes(), &batch.leaves.concat()[..]);
    }

    #[test]
    fn any_bytes_parse_or_fail_but_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(envelope) = Envelope::parse_frame(&bytes) {
            let width = envelope.kind().leaf_width().unwrap();
            prop_assert_eq!(envelope.count() as usize * width + LEAST, bytes.len());
        }
    }

    #[test]
    fn bytes_behind_a_right_start_never_panic(
        kind in 0u8..9,
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let frame = [vec![1, kind], bytes].concat();
        if let Ok(envelope) = Envelope::parse_frame(&frame) {
            prop_assert_eq!(envelope.root(), envelope.statement().root);
            prop_assert!(envelope.amount() <= u128::from(u64::MAX) * 1024);
        }
    }
}

#[test]
fn every_length_short_of_one_leaf() {
    let whole = sealed(1);
    for actual in 0..LEAST {
        assert_eq!(
            Envelope::parse_frame(&whole[..actual]),
            Err(FrameError::TooShort {
                expected: LEAST,
                actual
            })
        );
    }
}

#[test]
fn no_leaf() {
    let whole = sealed(1);
    assert_eq!(
        Envelope::parse_frame(&whole[..LEAST]),
        Err(FrameError::LeafCount {
            max: MAX_LEAVES,
            actual: 0
        })
    );
}

#[test]
fn part_of_a_leaf() {
    let whole = sealed(2);
    for missing in 1..25 {
        assert_eq!(
            Envelope::parse_frame(&whole[..whole.len() - missing]),
            Err(FrameError::PartialLeaf {
                kind: Kind::Terminal,
                width: 25,
                actual: 50 - missing
            })
        );
    }
}

#[test]
fn the_largest_batch_and_one_more() {
    let whole = sealed(MAX_LEAVES);
    assert_eq!(Envelope::parse_frame(&whole).unwrap().count(), 1024);
    assert_eq!(whole.len(), LEAST + 25 * 1024);

    let longer = [&whole[..], &[0; 25]].concat();
    assert_eq!(
        Envelope::parse_frame(&longer),
        Err(FrameError::LeafCount {
            max: MAX_LEAVES,
            actual: 1025
        })
    );
}

#[test]
fn other_versions() {
    for version in (0..=255u8).filter(|version| *version != 1) {
        let mut bytes = sealed(1);
        bytes[0] = version;
        assert_eq!(
            Envelope::parse_frame(&bytes),
            Err(FrameError::Version {
                expected: 1,
                actual: version
            })
        );
    }
}

#[test]
fn kinds_that_do_not_exist_or_have_no_leaf() {
    for number in 0..=255u8 {
        let mut bytes = sealed(1);
        bytes[1] = number;
        let expected = match number {
            1 => continue,
            2 => FrameError::PartialLeaf {
                kind: Kind::Meter,
                width: 53,
                actual: 25,
            },
            5 => FrameError::PartialLeaf {
                kind: Kind::Price,
                width: 24,
                actual: 25,
            },
            3 => FrameError::KindWithoutLeaf { kind: Kind::Company },
            4 => FrameError::KindWithoutLeaf { kind: Kind::Bank },
            6 => FrameError::KindWithoutLeaf { kind: Kind::Health },
            actual => FrameError::UnknownKind(UnknownKind { actual }),
        };
        assert_eq!(Envelope::parse_frame(&bytes), Err(expected));
    }
}

#[test]
fn batches_that_cannot_be_laid_out() {
    let count = |actual| BatchError::LeafCount {
        max: MAX_LEAVES,
        actual,
    };
    assert_eq!(batch(0).unsigned(), Err(count(0)));
    assert_eq!(batch(1025).unsigned(), Err(count(1025)));

    let mut narrow = batch(3);
    narrow.leaves[1].pop();
    assert_eq!(
        narrow.unsigned(),
        Err(BatchError::Leaf(LeafError::Width {
            kind: Kind::Terminal,
            expected: 25,
            actual: 24
        }))
    );
    // Two wrong widths that add up to whole leaves must not slip through either.
    let mut uneven = batch(2);
    let moved = uneven.leaves[0].pop().unwrap();
    uneven.leaves[1].insert(0, moved);
    assert_eq!(
        uneven.unsigned(),
        Err(BatchError::Leaf(LeafError::Width {
            kind: Kind::Terminal,
            expected: 25,
            actual: 24
        }))
    );
    for kind in [Kind::Company, Kind::Bank, Kind::Health] {
        assert_eq!(
            Batch::new(kind, 1, 1, 1, [0; 16]).unsigned(),
            Err(BatchError::Leaf(LeafError::KindWithoutLeaf { kind }))
        );
    }
}

#[test]
fn a_leaf_of_another_kind_is_not_taken() {
    let mut batch = Batch::new(Kind::Terminal, 1, 1, 1, [0; 16]);
    let price = Price {
        symbol: 1,
        price: 1,
        time: 1,
    };
    assert_eq!(
        batch.push(&price),
        Err(BatchError::Kind {
            expected: Kind::Terminal,
            actual: Kind::Price
        })
    );
    let receipt = Receipt::decode(&support::leaf(Kind::Terminal, 0)).unwrap();
    assert_eq!(batch.push(&receipt), Ok(()));
    assert_eq!(batch.leaves, [receipt.encode()]);
}

#[test]
fn amounts_count_for_receipts_alone() {
    let sum = |kind, n| {
        let bytes = batch_of(kind, n).unsigned().unwrap().seal(&[0; 64]);
        Envelope::parse_frame(&bytes).unwrap().amount()
    };
    assert_eq!(sum(Kind::Terminal, 3), 1995 + 1996 + 1997);
    assert_eq!(sum(Kind::Meter, 3), 0);
    assert_eq!(sum(Kind::Price, 3), 0);

    let mut largest = Batch::new(Kind::Terminal, 1, 1, 1, [0; 16]);
    let receipt = Receipt {
        customer: 1,
        number: 1,
        amount: u64::MAX,
        time: 0,
        channel: 1,
    };
    largest.leaves = vec![receipt.encode(); 1024];
    let bytes = largest.unsigned().unwrap().seal(&[0; 64]);
    assert_eq!(
        Envelope::parse_frame(&bytes).unwrap().amount(),
        u128::from(u64::MAX) * 1024
    );
}
