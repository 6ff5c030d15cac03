//! Proofs: one leaf shown alone, and every way to show something else.

mod support;

use support::{batch, batch_of, leaf};
use vrs_attestation::{merkle, Envelope, Kind, Proof, ProofError, Statement, Unsigned, MAX_LEAVES};

fn unsigned(n: usize) -> Unsigned {
    batch(n).unsigned().unwrap()
}

fn is_root_error(result: Result<(), ProofError>) -> bool {
    matches!(result, Err(ProofError::Root { .. }))
}

#[test]
fn every_leaf_of_many_counts() {
    for n in (1..=33).chain([64, 65, 1000, 1024]) {
        let unsigned = unsigned(n);
        let sealed = unsigned.clone().seal(&[0; 64]);
        let envelope = Envelope::parse_frame(&sealed).unwrap();
        let step = if n > 100 { 97 } else { 1 };
        for index in (0..n as u32).step_by(step) {
            let proof = unsigned.proof(index).unwrap();
            let bytes = leaf(Kind::Terminal, u64::from(index));
            assert_eq!(proof.verify(unsigned.statement(), &bytes), Ok(()));
            assert!(proof.path.len() <= 10);
            assert_eq!(envelope.proof(index), Some(proof));
        }
        assert_eq!(unsigned.proof(n as u32), None);
        assert_eq!(envelope.proof(n as u32), None);
        assert_eq!(unsigned.proof(u32::MAX), None);
    }
}

#[test]
fn each_kind_with_a_leaf() {
    for kind in [Kind::Terminal, Kind::Meter, Kind::Price] {
        let unsigned = batch_of(kind, 5).unsigned().unwrap();
        let proof = unsigned.proof(4).unwrap();
        assert_eq!(proof.verify(unsigned.statement(), &leaf(kind, 4)), Ok(()));
    }
}

#[test]
fn another_index() {
    let unsigned = unsigned(8);
    let bytes = leaf(Kind::Terminal, 3);
    for index in (0..8).filter(|index| *index != 3) {
        let proof = Proof {
            index,
            ..unsigned.proof(3).unwrap()
        };
        assert!(is_root_error(proof.verify(unsigned.statement(), &bytes)));
    }
    for index in [8, 9, 1024, u32::MAX] {
        let proof = Proof {
            index,
            ..unsigned.proof(3).unwrap()
        };
        assert_eq!(
            proof.verify(unsigned.statement(), &bytes),
            Err(ProofError::Index { index, count: 8 })
        );
    }
}

#[test]
fn another_count() {
    let unsigned = unsigned(8);
    let bytes = leaf(Kind::Terminal, 3);
    let proof = unsigned.proof(3).unwrap();
    let with = |count| Statement {
        count,
        ..*unsigned.statement()
    };
    for count in [0, 1025, u32::MAX] {
        assert_eq!(
            proof.verify(&with(count), &bytes),
            Err(ProofError::Count {
                max: MAX_LEAVES,
                actual: count
            })
        );
    }
    assert_eq!(
        proof.verify(&with(3), &bytes),
        Err(ProofError::Index { index: 3, count: 3 })
    );
    for count in [4, 9, 16, 17, 1024] {
        let expected = merkle::depth(3, count as usize).unwrap();
        assert_eq!(
            proof.verify(&with(count), &bytes),
            Err(ProofError::Depth { expected, actual: 3 })
        );
    }
    // Leaf 3 stands in the same place among 5, 6, 7 or 8 leaves, and an honest path leads to the
    // root: the count is bound by the signature, not by the path.
    for count in [5, 6, 7] {
        assert_eq!(proof.verify(&with(count), &bytes), Ok(()));
        let message = |statement: Statement| statement.signing_bytes("c", "a").unwrap();
        assert_ne!(message(with(count)), message(*unsigned.statement()));
    }
}

#[test]
fn another_depth() {
    let unsigned = unsigned(5);
    for (index, expected) in [(0, 3), (4, 1)] {
        let honest = unsigned.proof(index).unwrap();
        assert_eq!(honest.path.len(), expected);
        for actual in (0..=12).filter(|actual| *actual != expected) {
            let mut path = honest.path.clone();
            path.resize(actual, [9; 32]);
            let proof = Proof { path, ..honest.clone() };
            assert_eq!(
                proof.verify(unsigned.statement(), &leaf(Kind::Terminal, u64::from(index))),
                Err(ProofError::Depth { expected, actual })
            );
        }
    }
}

#[test]
fn every_bit_of_leaf_salt_and_path_counts() {
    let unsigned = unsigned(5);
    let statement = unsigned.statement();
    let honest = unsigned.proof(2).unwrap();
    let bytes = leaf(Kind::Terminal, 2);
    for bit in 0..bytes.len() * 8 {
        let mut other = bytes.clone();
        other[bit / 8] ^= 1 << (bit % 8);
        assert!(is_root_error(honest.verify(statement, &other)), "{bit}");
    }
    for bit in 0..16 * 8 {
        let mut proof = honest.clone();
        proof.salt[bit / 8] ^= 1 << (bit % 8);
        assert!(is_root_error(proof.verify(statement, &bytes)), "{bit}");
    }
    for (step, bit) in (0..honest.path.len()).flat_map(|s| (0..256).map(move |b| (s, b))) {
        let mut proof = honest.clone();
        proof.path[step][bit / 8] ^= 1 << (bit % 8);
        assert!(is_root_error(proof.verify(statement, &bytes)));
    }
    for bit in 0..256 {
        let mut other = *statement;
        other.root[bit / 8] ^= 1 << (bit % 8);
        assert!(is_root_error(honest.verify(&other, &bytes)));
    }
}

#[test]
fn inner_nodes_are_no_leaves() {
    let unsigned = unsigned(4);
    let hashes: Vec<_> = (0..4u32)
        .map(|i| {
            let salt = merkle::salt(&support::SEED, i);
            merkle::leaf_hash(&salt, &leaf(Kind::Terminal, u64::from(i)))
        })
        .collect();
    // What is hashed for the left inner node, cut up as if it were salt and leaf: 64 bytes are
    // left + right, a leaf with its salt has 41.
    let pair = [hashes[0], hashes[1]].concat();
    let forged = Proof {
        index: 0,
        salt: pair[..16].try_into().unwrap(),
        path: vec![merkle::node_hash(&hashes[2], &hashes[3])],
    };
    let as_two = Statement {
        count: 2,
        ..*unsigned.statement()
    };
    assert_eq!(
        forged.verify(&as_two, &pair[16..]),
        Err(ProofError::LeafWidth {
            expected: 25,
            actual: 48
        })
    );
    assert!(is_root_error(forged.verify(&as_two, &pair[16..41])));
    // The sibling path of an inner node shows the node, but no bytes of a leaf lead there.
    for width in [24, 26, 53, 64, 0] {
        assert_eq!(
            forged.verify(&as_two, &vec![0; width]),
            Err(ProofError::LeafWidth {
                expected: 25,
                actual: width
            })
        );
    }
}

#[test]
fn a_leaf_of_another_kind() {
    let unsigned = unsigned(2);
    let proof = unsigned.proof(0).unwrap();
    let bytes = leaf(Kind::Terminal, 0);
    for (kind, width) in [(Kind::Meter, 53), (Kind::Price, 24)] {
        let statement = Statement {
            kind,
            ..*unsigned.statement()
        };
        assert_eq!(
            proof.verify(&statement, &bytes),
            Err(ProofError::LeafWidth {
                expected: width,
                actual: 25
            })
        );
    }
    for kind in [Kind::Company, Kind::Bank, Kind::Health] {
        let statement = Statement {
            kind,
            ..*unsigned.statement()
        };
        assert_eq!(
            proof.verify(&statement, &bytes),
            Err(ProofError::KindWithoutLeaf { kind })
        );
    }
}
