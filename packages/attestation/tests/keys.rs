//! Keys under which a signature proves nothing, and signatures with a second form.

mod support;

use std::collections::BTreeSet;

use curve25519_dalek::constants::EIGHT_TORSION;
use curve25519_dalek::edwards::CompressedEdwardsY;
use curve25519_dalek::traits::IsIdentity;
use ed25519_dalek::{Signature, VerifyingKey};
use k256::ecdsa::signature::hazmat::PrehashSigner as _;
use k256::elliptic_curve::ops::Neg;
use support::{ed25519_key, secp256k1_key};
use vrs_attestation::{is_low_s, KeyError, PublicKey, Scheme};

/// p + k, little-endian, for k from 0 to 18: the y that have a second form below 2^255.
fn p_plus(k: u8) -> [u8; 32] {
    let mut y = [0xff; 32];
    y[0] = 0xed + k;
    y[31] = 0x7f;
    y
}

fn negative(mut y: [u8; 32]) -> [u8; 32] {
    y[31] |= 0x80;
    y
}

fn check(bytes: [u8; 32]) -> Result<(), KeyError> {
    let checked = PublicKey::Ed25519(bytes).check();
    assert_eq!(PublicKey::from_bytes(&bytes).map(|_| ()), checked);
    checked
}

#[test]
fn the_eight_torsion_points() {
    let encodings: BTreeSet<[u8; 32]> = EIGHT_TORSION.iter().map(|point| point.compress().to_bytes()).collect();
    assert_eq!(encodings.len(), 8);
    for bytes in encodings {
        assert_eq!(check(bytes), Err(KeyError::SmallOrder), "{}", hex::encode(bytes));
    }
}

#[test]
fn every_form_of_a_point_of_small_order() {
    // Every encoding with y of a torsion point, both signs, reduced or not, that decompresses.
    let mut forms: BTreeSet<[u8; 32]> = EIGHT_TORSION
        .iter()
        .flat_map(|point| {
            let mut y = point.compress().to_bytes();
            y[31] &= 0x7f;
            [y, negative(y)]
        })
        .collect();
    forms.extend((0..19).flat_map(|k| [p_plus(k), negative(p_plus(k))]));
    let small: Vec<_> = forms
        .into_iter()
        .filter(|bytes| {
            CompressedEdwardsY(*bytes)
                .decompress()
                .is_some_and(|point| point.mul_by_cofactor().is_identity())
        })
        .collect();
    // 8 points, negative zero of 1 and -1, and p and p+1 with both signs.
    assert_eq!(small.len(), 14);
    for bytes in small {
        let reduced = (0..19).all(|k| bytes != p_plus(k) && bytes != negative(p_plus(k)));
        let expected = if reduced {
            KeyError::SmallOrder
        } else {
            KeyError::NotCanonical
        };
        assert_eq!(check(bytes), Err(expected), "{}", hex::encode(bytes));
    }
}

#[test]
fn negative_zero() {
    let mut one = [0; 32];
    one[0] = 1;
    let mut minus_one = p_plus(0);
    minus_one[0] -= 1;
    for bytes in [negative(one), negative(minus_one)] {
        assert_eq!(check(bytes), Err(KeyError::SmallOrder));
    }
}

#[test]
fn every_unreduced_y() {
    for k in 0..19 {
        for bytes in [p_plus(k), negative(p_plus(k))] {
            assert_eq!(check(bytes), Err(KeyError::NotCanonical), "p + {k}");
        }
    }
    // The largest reduced y that is not -1 passes: -2.
    let mut minus_two = p_plus(0);
    minus_two[0] -= 2;
    assert_eq!(check(minus_two), Ok(()));
}

#[test]
fn the_identity_key_verifies_any_message_without_a_private_key() {
    // Why small order is refused: R = identity, S = 0 fits every message under the identity key.
    let mut identity = [0; 32];
    identity[0] = 1;
    let key = VerifyingKey::from_bytes(&identity).unwrap();
    let forged = Signature::from_components(identity, [0; 32]);
    for message in [&b"pay me"[..], b"and me"] {
        use ed25519_dalek::Verifier as _;
        assert!(key.verify(message, &forged).is_ok());
    }
    assert_eq!(check(identity), Err(KeyError::SmallOrder));
}

#[test]
fn honest_keys_pass() {
    for i in 0..64u8 {
        let ed = ed25519_dalek::SigningKey::from_bytes(&[i; 32]).verifying_key();
        assert_eq!(check(ed.to_bytes()), Ok(()));
        let secp = k256::ecdsa::SigningKey::from_slice(&[i + 1; 32]).unwrap();
        let point = secp.verifying_key().to_encoded_point(true);
        let key = PublicKey::from_bytes(point.as_bytes()).unwrap();
        assert_eq!(key.scheme(), Scheme::Secp256k1);
        assert_eq!(key.as_bytes(), point.as_bytes());
    }
    let ed = ed25519_key().verifying_key().to_bytes();
    assert_eq!(PublicKey::from_bytes(&ed), Ok(PublicKey::Ed25519(ed)));
}

#[test]
fn lengths() {
    for actual in (0..=70).filter(|n| ![32, 33].contains(n)) {
        assert_eq!(
            PublicKey::from_bytes(&vec![2; actual]),
            Err(KeyError::Length { actual })
        );
    }
}

#[test]
fn secp256k1_prefixes_and_field() {
    let honest: [u8; 33] = secp256k1_key()
        .verifying_key()
        .to_encoded_point(true)
        .as_bytes()
        .try_into()
        .unwrap();
    for prefix in 0..=255u8 {
        let mut bytes = honest;
        bytes[0] = prefix;
        let expected = match prefix {
            2 | 3 => Ok(()),
            actual => Err(KeyError::Prefix { actual }),
        };
        assert_eq!(PublicKey::Secp256k1(bytes).check(), expected);
    }
    let p = hex::decode("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f").unwrap();
    for (last, expected) in [
        (0x2e, Ok(())),
        (0x2f, Err(KeyError::XOutOfField)),
        (0x30, Err(KeyError::XOutOfField)),
    ] {
        let mut bytes = [2; 33];
        bytes[1..].copy_from_slice(&p);
        bytes[32] = last;
        assert_eq!(PublicKey::Secp256k1(bytes).check(), expected);
    }
}

#[test]
fn a_high_s_is_refused_though_it_verifies() {
    use k256::ecdsa::signature::hazmat::PrehashVerifier as _;
    let signer = secp256k1_key();
    let point = signer.verifying_key().to_encoded_point(true);
    let key = PublicKey::from_bytes(point.as_bytes()).unwrap();
    for i in 0..32u8 {
        let digest = [i; 32];
        let low: k256::ecdsa::Signature = signer.sign_prehash(&digest).unwrap();
        let (r, s) = low.split_scalars();
        let high = k256::ecdsa::Signature::from_scalars(r.to_bytes(), s.neg().to_bytes()).unwrap();
        assert!(signer.verifying_key().verify_prehash(&digest, &low).is_ok());
        assert_eq!(high.normalize_s(), Some(low));
        assert_eq!(key.check_signature(&low.to_bytes().into()), Ok(()));
        assert_eq!(key.check_signature(&high.to_bytes().into()), Err(KeyError::HighS));
    }
    let ed = PublicKey::Ed25519(ed25519_key().verifying_key().to_bytes());
    assert_eq!(ed.check_signature(&[0xff; 64]), Ok(()));
}

#[test]
fn the_bound_of_s() {
    let order = hex::decode("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141").unwrap();
    let mut half = [0u8; 32];
    let mut carry = 0;
    for (to, from) in half.iter_mut().zip(&order) {
        *to = carry << 7 | from >> 1;
        carry = from & 1;
    }
    let with = |s: [u8; 32]| {
        let mut signature = [0xff; 64];
        signature[32..].copy_from_slice(&s);
        is_low_s(&signature)
    };
    let mut above = half;
    above[31] += 1;
    let mut one = [0; 32];
    one[31] = 1;
    assert!(with(half));
    assert!(with(one));
    assert!(!with(above));
    assert!(!with([0; 32]));
    assert!(!with([0xff; 32]));
    assert!(!with(order.try_into().unwrap()));
}
