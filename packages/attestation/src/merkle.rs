//! Salts, leaf and node hashes, and the tree of RFC 6962.
//!
//! Leaves and nodes carry different tags, so neither passes for the other; no leaf is ever
//! doubled to fill a level, so five leaves and six with the last one repeated differ.

use sha2::{Digest, Sha256};

/// A SHA-256 digest.
pub type Hash = [u8; 32];
/// Blinds one leaf.
pub type Salt = [u8; 16];
/// The secret of one batch, from which its salts follow.
pub type Seed = [u8; 16];

/// Domain tag of salts.
pub const SALT_TAG: &[u8] = b"vrs/salt/1";
/// First byte of what is hashed for a leaf.
pub const LEAF_TAG: u8 = 0x00;
/// First byte of what is hashed for a node.
pub const NODE_TAG: u8 = 0x01;

/// SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// The salt of leaf `index` (from 0): the first 16 bytes of `sha256("vrs/salt/1" | seed | index u32)`.
pub fn salt(seed: &Seed, index: u32) -> Salt {
    let digest: Hash = Sha256::new()
        .chain_update(SALT_TAG)
        .chain_update(seed)
        .chain_update(index.to_be_bytes())
        .finalize()
        .into();
    let mut salt = Salt::default();
    for (to, from) in salt.iter_mut().zip(digest) {
        *to = from;
    }
    salt
}

/// `sha256(0x00 | salt | leaf)`.
pub fn leaf_hash(salt: &Salt, leaf: &[u8]) -> Hash {
    Sha256::new()
        .chain_update([LEAF_TAG])
        .chain_update(salt)
        .chain_update(leaf)
        .finalize()
        .into()
}

/// `sha256(0x01 | left | right)`.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([NODE_TAG])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

/// The leaf hashes of a batch: leaf `i` with the salt of `i`.
pub fn leaf_hashes<'a>(seed: &'a Seed, leaves: impl Iterator<Item = &'a [u8]> + 'a) -> impl Iterator<Item = Hash> + 'a {
    (0u32..)
        .zip(leaves)
        .map(|(index, leaf)| leaf_hash(&salt(seed, index), leaf))
}

/// The root over leaf hashes, as RFC 6962 shapes it; over none, the hash of nothing.
///
/// Works like a binary counter: `peaks` holds the roots of complete subtrees, the largest first.
/// With 5 leaves these are one of level 2 and one of level 0, and the root joins them from the right.
pub fn root(hashes: impl IntoIterator<Item = Hash>) -> Hash {
    let mut peaks: Vec<(u32, Hash)> = Vec::new();
    for hash in hashes {
        let mut node = hash;
        let mut level = 0u32;
        while let Some((_, left)) = peaks.pop_if(|(of, _)| *of == level) {
            node = node_hash(&left, &node);
            level = level.saturating_add(1);
        }
        peaks.push((level, node));
    }
    peaks
        .into_iter()
        .rev()
        .map(|(_, peak)| peak)
        .reduce(|right, left| node_hash(&left, &right))
        .unwrap_or_else(|| sha256(&[]))
}

/// The largest power of two less than `n`, for `n` of at least 2: where RFC 6962 splits.
fn split(n: usize) -> usize {
    n.div_ceil(2).next_power_of_two()
}

/// On which side a path's sibling stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sibling {
    Left,
    Right,
}

/// The siblings of leaf `index` among `count`, from the leaf up; `None` if there is no such leaf.
fn siblings(index: usize, count: usize) -> Option<Vec<Sibling>> {
    if index >= count {
        return None;
    }
    let (mut at, mut span) = (index, count);
    let mut sides = Vec::new();
    while span > 1 {
        let left = split(span);
        match at.checked_sub(left) {
            Some(within) => {
                sides.push(Sibling::Left);
                at = within;
                span = span.checked_sub(left)?;
            }
            None => {
                sides.push(Sibling::Right);
                span = left;
            }
        }
    }
    sides.reverse();
    Some(sides)
}

/// Hashes on the path of leaf `index` among `count`: 10 at most for 1,024, 0 for the only leaf.
/// `None` if there is no such leaf.
pub fn depth(index: usize, count: usize) -> Option<usize> {
    siblings(index, count).map(|sides| sides.len())
}

/// The audit path of leaf `index`, from the leaf up; `None` if there is no such leaf.
pub fn path(hashes: &[Hash], index: usize) -> Option<Vec<Hash>> {
    if index >= hashes.len() {
        return None;
    }
    let (mut at, mut span) = (index, hashes);
    let mut path = Vec::new();
    while span.len() > 1 {
        let (left, right) = span.split_at_checked(split(span.len()))?;
        match at.checked_sub(left.len()) {
            Some(within) => {
                path.push(root(left.iter().copied()));
                at = within;
                span = right;
            }
            None => {
                path.push(root(right.iter().copied()));
                span = left;
            }
        }
    }
    path.reverse();
    Some(path)
}

/// The root that a leaf hash and its path lead to; `None` if leaf `index` of `count` does not
/// exist or its path has another length.
pub fn climb(leaf: Hash, index: usize, count: usize, path: &[Hash]) -> Option<Hash> {
    let sides = siblings(index, count)?;
    if sides.len() != path.len() {
        return None;
    }
    Some(sides.iter().zip(path).fold(leaf, |node, (side, hash)| match side {
        Sibling::Left => node_hash(hash, &node),
        Sibling::Right => node_hash(&node, hash),
    }))
}
