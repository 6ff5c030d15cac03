//! A device's private key: in memory, or in a file that only its owner can read.

use ed25519_dalek::Signer as _;
use k256::ecdsa::signature::hazmat::PrehashSigner as _;
use rand::rngs::OsRng;
use rand::RngCore as _;
use sha2::{Digest, Sha256};
use std::fs::OpenOptions;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use vrs_attestation::{merkle, PublicKey};

/// A private key. It is never printed; not even `Debug` shows it.
pub enum DeviceKey {
    /// ed25519.
    Ed25519(Box<ed25519_dalek::SigningKey>),
    /// secp256k1.
    Secp256k1(Box<k256::ecdsa::SigningKey>),
}

/// A key file that is not used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// It can't be opened, read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Others than its owner may read or write it.
    #[error("{path}: only its owner may read a key file; expected permissions 0600, got {actual:04o}")]
    Permissions {
        /// The file.
        path: PathBuf,
        /// Permission bits found.
        actual: u32,
    },
    /// It holds no key.
    #[error("{path}: expected one line, `ed25519` or `secp256k1` and 64 hexadecimal digits")]
    Format {
        /// The file.
        path: PathBuf,
    },
}

impl DeviceKey {
    /// A key that follows from a public seed and a label. FOR TESTS: whoever knows the seed can sign.
    pub fn test(seed: u64, label: &str) -> Self {
        let secret: [u8; 32] = Sha256::new()
            .chain_update(b"vrs/test-key/1")
            .chain_update(seed.to_be_bytes())
            .chain_update(label.as_bytes())
            .finalize()
            .into();
        DeviceKey::Ed25519(Box::new(ed25519_dalek::SigningKey::from_bytes(&secret)))
    }

    /// Makes a new ed25519 key and writes it to a file that only its owner can read.
    ///
    /// Errors: [`KeyFileError::Io`], also where the file exists.
    pub fn create(path: &Path) -> Result<Self, KeyFileError> {
        let mut secret = [0u8; 32];
        OsRng.fill_bytes(&mut secret);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        owner_only(&mut options);
        let write = |mut file: std::fs::File| {
            writeln!(file, "ed25519 {}", hex::encode(secret))?;
            file.sync_all()
        };
        options.open(path).and_then(write).map_err(|source| KeyFileError::Io {
            path: path.to_owned(),
            source,
        })?;
        Ok(DeviceKey::Ed25519(Box::new(ed25519_dalek::SigningKey::from_bytes(
            &secret,
        ))))
    }

    /// Reads a key file.
    ///
    /// Errors: [`KeyFileError`]; a file that anyone else may read is refused unread.
    pub fn load(path: &Path) -> Result<Self, KeyFileError> {
        let io = |source| KeyFileError::Io {
            path: path.to_owned(),
            source,
        };
        let format = || KeyFileError::Format { path: path.to_owned() };
        let mut file = std::fs::File::open(path).map_err(io)?;
        check_permissions(path, &file.metadata().map_err(io)?)?;
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(io)?;
        let (scheme, digits) = text.trim_end().split_once(' ').ok_or_else(format)?;
        let mut secret = [0u8; 32];
        hex::decode_to_slice(digits, &mut secret).map_err(|_| format())?;
        match scheme {
            "ed25519" => Ok(DeviceKey::Ed25519(Box::new(ed25519_dalek::SigningKey::from_bytes(
                &secret,
            )))),
            "secp256k1" => k256::ecdsa::SigningKey::from_slice(&secret)
                .map(|key| DeviceKey::Secp256k1(Box::new(key)))
                .map_err(|_| format()),
            _ => Err(format()),
        }
    }

    /// The public key, as the oracle registers it.
    pub fn public(&self) -> PublicKey {
        match self {
            DeviceKey::Ed25519(key) => PublicKey::Ed25519(key.verifying_key().to_bytes()),
            DeviceKey::Secp256k1(key) => {
                let mut bytes = [0u8; 33];
                bytes.copy_from_slice(key.verifying_key().to_encoded_point(true).as_bytes());
                PublicKey::Secp256k1(bytes)
            }
        }
    }

    /// The signature under a message, by the scheme's own rule (docs/attestation.md).
    pub fn sign(&self, message: &[u8]) -> Result<[u8; 64], String> {
        match self {
            DeviceKey::Ed25519(key) => Ok(key.sign(message).to_bytes()),
            DeviceKey::Secp256k1(key) => {
                let signature: k256::ecdsa::Signature = key
                    .sign_prehash(&merkle::sha256(message))
                    .map_err(|error| error.to_string())?;
                let low = signature.normalize_s().unwrap_or(signature);
                Ok(low.to_bytes().into())
            }
        }
    }
}

#[cfg(unix)]
fn owner_only(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn owner_only(_: &mut OpenOptions) {}

#[cfg(unix)]
fn check_permissions(path: &Path, metadata: &std::fs::Metadata) -> Result<(), KeyFileError> {
    use std::os::unix::fs::PermissionsExt as _;
    let actual = metadata.permissions().mode() & 0o7777;
    if actual & 0o077 != 0 {
        return Err(KeyFileError::Permissions {
            path: path.to_owned(),
            actual,
        });
    }
    Ok(())
}

#[cfg(not(unix))]
fn check_permissions(_: &Path, _: &std::fs::Metadata) -> Result<(), KeyFileError> {
    Ok(())
}
