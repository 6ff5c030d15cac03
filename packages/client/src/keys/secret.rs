//! A private key and the address it has.

use super::KeyError;
use bip32::{DerivationPath, Language, Mnemonic, XPrv};
use cosmrs::crypto::secp256k1::SigningKey;
use cosmrs::crypto::PublicKey;
use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// A secp256k1 key of an account. Its private half shows itself nowhere.
#[derive(Clone)]
pub struct Key {
    secret: Zeroizing<[u8; 32]>,
    public: PublicKey,
    address: String,
}

impl Key {
    /// A new random mnemonic of 24 words.
    pub fn new_mnemonic() -> Zeroizing<String> {
        let mnemonic = Mnemonic::random(rand::rngs::OsRng, Language::English);
        Zeroizing::new(mnemonic.phrase().to_owned())
    }

    /// The key that a text means: 24 words or 64 hex digits. `place` names where it was read, for errors.
    pub fn parse(text: &str, prefix: &str, place: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        if text.contains(' ') {
            return Self::from_mnemonic(text, 0, prefix, place);
        }
        let mut secret = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text, secret.as_mut_slice()).map_err(|_| KeyError::Content {
            place: place.to_owned(),
            reason: "expected a mnemonic of 24 words or a key of 64 hex digits".to_owned(),
        })?;
        Self::from_secret(secret, prefix, place)
    }

    /// The key with a number of a mnemonic: `m/44'/118'/0'/0/<number>`.
    pub fn from_mnemonic(phrase: &str, number: u32, prefix: &str, place: &str) -> Result<Self, KeyError> {
        let fault = |reason: String| KeyError::Content {
            place: place.to_owned(),
            reason,
        };
        let words = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
        let mnemonic = Mnemonic::new(Zeroizing::new(words).as_str(), Language::English)
            .map_err(|_| fault("expected a mnemonic of 24 words with a right checksum".to_owned()))?;
        let path: DerivationPath = format!("m/44'/118'/0'/0/{number}")
            .parse()
            .map_err(|error| fault(format!("{error}")))?;
        let key =
            XPrv::derive_from_path(mnemonic.to_seed("").as_bytes(), &path).map_err(|error| fault(error.to_string()))?;
        Self::from_secret(Zeroizing::new(key.to_bytes()), prefix, place)
    }

    /// A key that everybody can make again from a label: of invented members, never of real money.
    pub fn of_label(seed: u64, label: &str, prefix: &str) -> Result<Self, KeyError> {
        let mut hash = Sha256::new();
        hash.update(b"vrs test account");
        hash.update(seed.to_be_bytes());
        hash.update(label.as_bytes());
        Self::from_secret(Zeroizing::new(hash.finalize().into()), prefix, label)
    }

    pub(super) fn from_secret(secret: Zeroizing<[u8; 32]>, prefix: &str, place: &str) -> Result<Self, KeyError> {
        let fault = |reason: String| KeyError::Content {
            place: place.to_owned(),
            reason,
        };
        let public = SigningKey::from_slice(secret.as_slice())
            .map_err(|error| fault(error.to_string()))?
            .public_key();
        let address = public
            .account_id(prefix)
            .map_err(|error| fault(error.to_string()))?
            .to_string();
        Ok(Key {
            secret,
            public,
            address,
        })
    }

    pub(super) fn secret(&self) -> &[u8; 32] {
        &self.secret
    }

    /// Its account's address.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        self.public
    }

    pub(crate) fn signer(&self) -> Result<SigningKey, String> {
        SigningKey::from_slice(self.secret.as_slice()).map_err(|error| error.to_string())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.address)
    }
}
