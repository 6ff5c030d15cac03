//! A key file: the private key under a passphrase, Argon2id and ChaCha20-Poly1305.

use super::{read_private, Key, KeyError};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::XChaCha20Poly1305;
use cosmrs::crypto::secp256k1::VerifyingKey;
use cosmrs::crypto::PublicKey;
use rand::RngCore as _;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use zeroize::Zeroizing;

/// Cost of Argon2id: 64 MiB, 3 passes, 1 lane. In the file, so that later files may cost more.
const COST: Cost = Cost {
    kib: 65_536,
    passes: 3,
    lanes: 1,
};
/// The only format.
const FORMAT: &str = "vrs-key-1";

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Cost {
    kib: u32,
    passes: u32,
    lanes: u32,
}

/// What a key file holds. The public key is open, and bound to what is sealed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Locked {
    format: String,
    public: String,
    cost: Cost,
    salt: String,
    nonce: String,
    sealed: String,
}

impl Locked {
    /// Encrypts a key. `path` names it in errors.
    pub fn seal(key: &Key, passphrase: &str, path: &Path) -> Result<Self, KeyError> {
        let (mut salt, mut nonce) = ([0; 16], [0; 24]);
        rand::rngs::OsRng.fill_bytes(&mut salt);
        rand::rngs::OsRng.fill_bytes(&mut nonce);
        let public = key.public().to_bytes();
        let cipher = cipher(passphrase, &salt, COST).map_err(|reason| fault(path, reason))?;
        let payload = Payload {
            msg: key.secret(),
            aad: &public,
        };
        let sealed = cipher
            .encrypt(&nonce.into(), payload)
            .map_err(|error| fault(path, error.to_string()))?;
        Ok(Locked {
            format: FORMAT.to_owned(),
            public: hex::encode(public),
            cost: COST,
            salt: hex::encode(salt),
            nonce: hex::encode(nonce),
            sealed: hex::encode(sealed),
        })
    }

    /// Decrypts it.
    pub fn open(&self, passphrase: &str, prefix: &str, path: &Path) -> Result<Key, KeyError> {
        let bytes = |name: &str, text: &str| hex::decode(text).map_err(|error| fault(path, format!("{name}: {error}")));
        let (public, salt, nonce) = (
            bytes("public", &self.public)?,
            bytes("salt", &self.salt)?,
            bytes("nonce", &self.nonce)?,
        );
        let nonce: [u8; 24] = nonce
            .try_into()
            .map_err(|got: Vec<u8>| fault(path, format!("nonce: expected 24 bytes, got {}", got.len())))?;
        let sealed = bytes("sealed", &self.sealed)?;
        let cipher = cipher(passphrase, &salt, self.cost).map_err(|reason| fault(path, reason))?;
        let payload = Payload {
            msg: &sealed,
            aad: &public,
        };
        let wrong = |_| KeyError::Passphrase(path.to_owned());
        let plain = Zeroizing::new(cipher.decrypt(&nonce.into(), payload).map_err(wrong)?);
        let mut secret = Zeroizing::new([0; 32]);
        if plain.len() != secret.len() {
            return Err(fault(path, format!("expected 32 sealed bytes, got {}", plain.len())));
        }
        secret.copy_from_slice(&plain);
        Key::from_secret(secret, prefix, &path.display().to_string())
    }

    /// The address, which needs no passphrase.
    pub fn address(&self, prefix: &str, path: &Path) -> Result<String, KeyError> {
        let public = hex::decode(&self.public).map_err(|error| fault(path, format!("public: {error}")))?;
        let public = VerifyingKey::from_sec1_bytes(&public).map_err(|error| fault(path, format!("public: {error}")))?;
        let address = PublicKey::from(public)
            .account_id(prefix)
            .map_err(|error| fault(path, error.to_string()))?;
        Ok(address.to_string())
    }

    /// Reads a file that only its owner may read.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        let locked: Locked =
            serde_json::from_str(&read_private(path)?).map_err(|error| fault(path, error.to_string()))?;
        if locked.format != FORMAT {
            return Err(fault(
                path,
                format!("format: expected {FORMAT}, got {:?}", locked.format),
            ));
        }
        Ok(locked)
    }

    /// Writes a file that only its owner may read; never over another.
    pub fn write(&self, path: &Path) -> Result<(), KeyError> {
        let failed = |source| KeyError::File {
            path: path.to_owned(),
            source,
        };
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(failed)?;
        let mut text = serde_json::to_vec_pretty(self).map_err(|error| fault(path, error.to_string()))?;
        text.push(b'\n');
        // A temporary file has mode 0600, and stands under its name complete or not at all.
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        file.write_all(&text).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist_noclobber(path).map_err(|error| match error.error.kind() {
            std::io::ErrorKind::AlreadyExists => KeyError::Taken(path.to_owned()),
            _ => failed(error.error),
        })?;
        Ok(())
    }
}

fn cipher(passphrase: &str, salt: &[u8], cost: Cost) -> Result<XChaCha20Poly1305, String> {
    // A forged file must not take all memory: 1 GiB at most.
    if cost.kib > 1 << 20 || cost.passes > 64 {
        return Err(format!(
            "cost: {} KiB in {} passes is more than 1 GiB in 64",
            cost.kib, cost.passes
        ));
    }
    let params = Params::new(cost.kib, cost.passes, cost.lanes, Some(32)).map_err(|error| error.to_string())?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, key.as_mut_slice())
        .map_err(|error| error.to_string())?;
    XChaCha20Poly1305::new_from_slice(key.as_slice()).map_err(|error| error.to_string())
}

fn fault(path: &Path, reason: String) -> KeyError {
    KeyError::Content {
        place: path.display().to_string(),
        reason,
    }
}
