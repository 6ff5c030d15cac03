//! Public keys of devices and what must be refused of them before a signature is worth anything.
//!
//! A chain's host functions verify but do not judge: they take an ed25519 key of small order,
//! under which one signature fits every message, and a secp256k1 signature with a high S, of
//! which two exist for each message. Both are refused here, with constants and no curve code.

use thiserror::Error;

use crate::merkle::sha256;

/// A signature scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// ed25519 over the message itself (RFC 8032, no prehash).
    Ed25519,
    /// ECDSA on secp256k1 over the sha256 of the message; 64-byte compact `r | s`, low S.
    Secp256k1,
}

impl Scheme {
    /// What the verifying function takes for this message: the message itself, or its sha256.
    pub fn payload(self, message: Vec<u8>) -> Vec<u8> {
        match self {
            Scheme::Ed25519 => message,
            Scheme::Secp256k1 => sha256(&message).to_vec(),
        }
    }
}

/// A device's public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PublicKey {
    /// 32 bytes: y, little-endian, the sign of x in the highest bit.
    Ed25519([u8; 32]),
    /// 33 bytes: 2 or 3 for the parity of y, then x, big-endian.
    Secp256k1([u8; 33]),
}

/// A key or signature that proves nothing.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum KeyError {
    /// Neither an ed25519 key nor a compressed secp256k1 key.
    #[error("a public key has 32 (ed25519) or 33 (secp256k1) bytes, got {actual}")]
    Length {
        /// Bytes given.
        actual: usize,
    },
    /// y is not reduced: a second name of another point.
    #[error("ed25519 key is not canonical: y is not below 2^255 - 19")]
    NotCanonical,
    /// One of the eight points under which a signature needs no private key.
    #[error("ed25519 key is a point of small order")]
    SmallOrder,
    /// Not a compressed point.
    #[error("a compressed secp256k1 key begins with 2 or 3, got {actual}")]
    Prefix {
        /// The byte found.
        actual: u8,
    },
    /// x is not reduced.
    #[error("secp256k1 key is not canonical: x is not below the field's prime")]
    XOutOfField,
    /// s is 0 or above half the order.
    #[error("secp256k1 signature has an S of 0 or above half the order")]
    HighS,
}

/// 2^255 - 19, big-endian.
const ED25519_P: [u8; 32] = {
    let mut p = [0xff; 32];
    p[0] = 0x7f;
    p[31] = 0xed;
    p
};

/// y of the eight points of small order, little-endian, without the sign of x: 1 (order 1),
/// -1 (order 2), 0 (order 4, both signs), and the two of order 8 (both signs). With the sign bit
/// masked, 1 and -1 also catch the "negative zero" forms of x = 0.
const SMALL_ORDER_Y: [[u8; 32]; 5] = [
    *b"\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    *b"\xec\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
    [0; 32],
    *b"\x26\xe8\x95\x8f\xc2\xb2\x27\xb0\x45\xc3\xf4\x89\xf2\xef\x98\xf0\xd5\xdf\xac\x05\xd3\xc6\x33\x39\xb1\x38\x02\x88\x6d\x53\xfc\x05",
    *b"\xc7\x17\x6a\x70\x3d\x4d\xd8\x4f\xba\x3c\x0b\x76\x0d\x10\x67\x0f\x2a\x20\x53\xfa\x2c\x39\xcc\xc6\x4e\xc7\xfd\x77\x92\xac\x03\x7a",
];

/// The prime of secp256k1's field, big-endian: 2^256 - 2^32 - 977.
const SECP256K1_P: [u8; 32] =
    *b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xfc\x2f";

/// Half of secp256k1's order, rounded down, big-endian: the largest low S.
const SECP256K1_HALF_ORDER: [u8; 32] =
    *b"\x7f\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x5d\x57\x6e\x73\x57\xa4\x50\x1d\xdf\xe9\x2f\x46\x68\x1b\x20\xa0";

impl PublicKey {
    /// A checked key from its bytes; the length tells the scheme.
    ///
    /// Errors: [`KeyError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let key = if let Ok(bytes) = <[u8; 32]>::try_from(bytes) {
            PublicKey::Ed25519(bytes)
        } else if let Ok(bytes) = <[u8; 33]>::try_from(bytes) {
            PublicKey::Secp256k1(bytes)
        } else {
            return Err(KeyError::Length { actual: bytes.len() });
        };
        key.check()?;
        Ok(key)
    }

    /// The key's bytes, 32 or 33.
    pub const fn as_bytes(&self) -> &[u8] {
        match self {
            PublicKey::Ed25519(bytes) => bytes,
            PublicKey::Secp256k1(bytes) => bytes,
        }
    }

    /// The scheme.
    pub const fn scheme(&self) -> Scheme {
        match self {
            PublicKey::Ed25519(_) => Scheme::Ed25519,
            PublicKey::Secp256k1(_) => Scheme::Secp256k1,
        }
    }

    /// Refuses keys that prove nothing or have two names. Whether the point is on the curve at
    /// all is left to the verifier, under which no signature fits one that is not.
    ///
    /// Errors: [`KeyError`].
    pub fn check(&self) -> Result<(), KeyError> {
        match self {
            PublicKey::Ed25519(bytes) => check_ed25519(bytes),
            PublicKey::Secp256k1(bytes) => check_secp256k1(bytes),
        }
    }

    /// Refuses the second form that every secp256k1 signature has; ed25519 has none that the
    /// host accepts.
    ///
    /// Errors: [`KeyError::HighS`].
    pub fn check_signature(&self, signature: &[u8; 64]) -> Result<(), KeyError> {
        match self {
            PublicKey::Secp256k1(_) if !is_low_s(signature) => Err(KeyError::HighS),
            _ => Ok(()),
        }
    }
}

/// Whether `s` of a compact secp256k1 signature `r | s` is from 1 to half the order.
pub fn is_low_s(signature: &[u8; 64]) -> bool {
    match signature.last_chunk::<32>() {
        Some(s) => *s != [0; 32] && *s <= SECP256K1_HALF_ORDER,
        None => false,
    }
}

fn check_ed25519(bytes: &[u8; 32]) -> Result<(), KeyError> {
    let mut y = *bytes;
    if let Some(last) = y.last_mut() {
        *last &= 0x7f;
    }
    let mut big_endian = y;
    big_endian.reverse();
    if big_endian >= ED25519_P {
        return Err(KeyError::NotCanonical);
    }
    if SMALL_ORDER_Y.contains(&y) {
        return Err(KeyError::SmallOrder);
    }
    Ok(())
}

fn check_secp256k1(bytes: &[u8; 33]) -> Result<(), KeyError> {
    let [prefix, x @ ..] = bytes;
    if !matches!(prefix, 2 | 3) {
        return Err(KeyError::Prefix { actual: *prefix });
    }
    if *x >= SECP256K1_P {
        return Err(KeyError::XOutOfField);
    }
    Ok(())
}
