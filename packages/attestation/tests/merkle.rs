//! The tree against a naive reading of RFC 6962, and second pre-images.

mod support;

use sha2::{Digest, Sha256};
use support::{batch, SEED};
use vrs_attestation::merkle::{self, Hash};
use vrs_attestation::Envelope;

fn sha(parts: &[&[u8]]) -> Hash {
    Sha256::digest(parts.concat()).into()
}

/// MTH of RFC 6962, section 2.1, as it is written there.
fn naive(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => sha(&[]),
        [only] => *only,
        _ => {
            let mut k = 1;
            while k * 2 < leaves.len() {
                k *= 2;
            }
            sha(&[&[1], &naive(&leaves[..k]), &naive(&leaves[k..])])
        }
    }
}

/// PATH of RFC 6962, section 2.1.1.
fn naive_path(m: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return vec![];
    }
    let mut k = 1;
    while k * 2 < leaves.len() {
        k *= 2;
    }
    let (mut path, other) = if m < k {
        (naive_path(m, &leaves[..k]), naive(&leaves[k..]))
    } else {
        (naive_path(m - k, &leaves[k..]), naive(&leaves[..k]))
    };
    path.push(other);
    path
}

/// The verification of RFC 9162, section 2.1.3.2, which walks by bits and not by splits.
fn climb_by_bits(leaf: Hash, index: usize, count: usize, path: &[Hash]) -> Option<Hash> {
    let (mut f, mut s, mut node) = (index, count - 1, leaf);
    for hash in path {
        if s == 0 {
            return None;
        }
        if f & 1 == 1 || f == s {
            node = sha(&[&[1], hash, &node]);
            while f & 1 == 0 && f != 0 {
                f >>= 1;
                s >>= 1;
            }
        } else {
            node = sha(&[&[1], &node, hash]);
        }
        f >>= 1;
        s >>= 1;
    }
    (s == 0).then_some(node)
}

fn hashes(n: usize) -> Vec<Hash> {
    (0..n as u32).map(|i| sha(&[&i.to_be_bytes()])).collect()
}

#[test]
fn roots_for_every_count_up_to_1024() {
    for n in 0..=1024 {
        let leaves = hashes(n);
        assert_eq!(merkle::root(leaves.iter().copied()), naive(&leaves), "{n}");
    }
}

#[test]
fn paths_of_every_leaf() {
    let samples = (1..=66).chain([100, 127, 128, 129, 255, 257]);
    for n in samples {
        check_paths(n, 0..n);
    }
    for n in [511, 512, 513, 1000, 1023, 1024] {
        check_paths(n, [0, 1, 2, n / 2, n - 2, n - 1]);
    }
}

fn check_paths(n: usize, indices: impl IntoIterator<Item = usize>) {
    let leaves = hashes(n);
    let root = naive(&leaves);
    for index in indices {
        let path = merkle::path(&leaves, index).unwrap();
        assert_eq!(path, naive_path(index, &leaves), "leaf {index} of {n}");
        assert_eq!(merkle::depth(index, n), Some(path.len()));
        assert!(path.len() <= 10);
        assert_eq!(merkle::climb(leaves[index], index, n, &path), Some(root));
        assert_eq!(climb_by_bits(leaves[index], index, n, &path), Some(root));
    }
    assert_eq!(merkle::path(&leaves, n), None);
    assert_eq!(merkle::depth(n, n), None);
    assert_eq!(merkle::climb(root, n, n, &[]), None);
}

#[test]
fn salts_and_leaf_hashes_are_what_the_document_says() {
    for index in [0u32, 1, 1023, u32::MAX] {
        let digest = sha(&[b"vrs/salt/1", &SEED, &index.to_be_bytes()]);
        assert_eq!(merkle::salt(&SEED, index), digest[..16]);
    }
    let salt = merkle::salt(&SEED, 0);
    assert_eq!(merkle::leaf_hash(&salt, b"leaf"), sha(&[&[0], &salt, b"leaf"]));
    let (l, r) = (sha(&[b"l"]), sha(&[b"r"]));
    assert_eq!(merkle::node_hash(&l, &r), sha(&[&[1], &l, &r]));
    assert_ne!(merkle::node_hash(&l, &r), merkle::node_hash(&r, &l));
}

#[test]
fn the_root_of_a_batch_is_the_naive_root_of_its_salted_leaves() {
    for n in (1..=17).chain([31, 32, 33, 1023, 1024]) {
        let batch = batch(n);
        let leaves: Vec<Hash> = (0u32..)
            .zip(&batch.leaves)
            .map(|(i, leaf)| {
                let digest = sha(&[b"vrs/salt/1", &SEED, &i.to_be_bytes()]);
                sha(&[&[0], &digest[..16], leaf])
            })
            .collect();
        let unsigned = batch.unsigned().unwrap();
        assert_eq!(unsigned.root(), naive(&leaves));
        let bytes = unsigned.seal(&[0; 64]);
        assert_eq!(Envelope::parse_frame(&bytes).unwrap().root(), naive(&leaves));
    }
}

#[test]
fn a_repeated_last_leaf_changes_the_root() {
    for n in [1, 3, 5, 6, 7, 9] {
        let mut longer = hashes(n);
        longer.push(*longer.last().unwrap());
        assert_ne!(merkle::root(hashes(n)), merkle::root(longer), "{n}");
    }
}

#[test]
fn a_node_does_not_pass_for_a_leaf() {
    // The two inner nodes of four leaves, taken as the leaf hashes of a batch of two, give the same
    // root: so a leaf hash must never be taken from outside, and no leaf may hash to a node.
    let leaves = hashes(4);
    let nodes = [
        merkle::node_hash(&leaves[0], &leaves[1]),
        merkle::node_hash(&leaves[2], &leaves[3]),
    ];
    assert_eq!(merkle::root(nodes), merkle::root(leaves.iter().copied()));
    let pair = [leaves[0], leaves[1]].concat();
    let salt: [u8; 16] = pair[..16].try_into().unwrap();
    assert_ne!(merkle::leaf_hash(&salt, &pair[16..]), nodes[0]);
}

#[test]
fn salts_hide_equal_leaves() {
    let mut batch = batch(2);
    batch.leaves[1] = batch.leaves[0].clone();
    let hashes: Vec<Hash> = merkle::leaf_hashes(&batch.seed, batch.leaves.iter().map(Vec::as_slice)).collect();
    assert_ne!(hashes[0], hashes[1]);
}
