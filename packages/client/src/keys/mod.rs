//! Keys of accounts. A private key never stands on a command line or in a log.

mod locked;
mod secret;

pub use locked::Locked;
pub use secret::Key;

use std::fs;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Names whose keys a test mnemonic holds, each with its number in `m/44'/118'/0'/0/<number>`.
pub const TEST_ACCOUNTS: [(&str, u32); 13] = [
    ("owner", 0),
    ("operator", 1),
    ("treasury", 2),
    ("relayer", 3),
    ("member", 4),
    ("sender-1", 10),
    ("sender-2", 11),
    ("sender-3", 12),
    ("sender-4", 13),
    ("sender-5", 14),
    ("sender-6", 15),
    ("sender-7", 16),
    ("sender-8", 17),
];

/// Environment variable with the passphrase of key files.
pub const PASSPHRASE: &str = "VRS_PASSPHRASE";

/// A key that can't be had.
#[derive(thiserror::Error, Debug)]
pub enum KeyError {
    /// No place has it.
    #[error("no key `{name}`: {hint}")]
    Missing {
        /// Its name.
        name: String,
        /// Where it was looked for, and what to do.
        hint: String,
    },
    /// A file that others may read.
    #[error("{path}: others may read it (mode {mode:o}); chmod 600 {path}")]
    Exposed {
        /// Which.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// A file that can't be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A key of that name is there already.
    #[error("{0} is there already; it is not overwritten")]
    Taken(PathBuf),
    /// Not a mnemonic, key or key file.
    #[error("{place}: {reason}")]
    Content {
        /// Where it was read.
        place: String,
        /// What was expected.
        reason: String,
    },
    /// The passphrase does not open the file.
    #[error("{0}: the passphrase does not open it")]
    Passphrase(PathBuf),
    /// A name that is no file's name.
    #[error("key name: expected 1 to 40 of a-z, 0-9, - and _, got {0:?}")]
    Name(String),
    /// There is nobody to ask.
    #[error(
        "no passphrase: set {PASSPHRASE}, name keys.passphrase_file in the chain file, or call from a terminal ({0})"
    )]
    NoPassphrase(std::io::Error),
}

/// Where a chain's keys come from. A name is looked for in the environment (`VRS_KEY_<NAME>`, mnemonic or
/// hex), then in the folder, then in the test mnemonic.
#[derive(Clone, Debug, Default)]
pub struct Keyring {
    /// Prefix of addresses.
    pub prefix: String,
    /// Encrypted key files.
    pub folder: Option<PathBuf>,
    /// File with their passphrase.
    pub passphrase_file: Option<PathBuf>,
    /// Test mnemonic's file.
    pub mnemonic: Option<PathBuf>,
}

impl Keyring {
    /// The key of a name.
    pub fn key(&self, name: &str) -> Result<Key, KeyError> {
        check_name(name)?;
        let variable = variable(name);
        if let Ok(text) = std::env::var(&variable) {
            let text = Zeroizing::new(text);
            return Key::parse(&text, &self.prefix, &variable);
        }
        if let Some(path) = self.file(name).filter(|path| path.exists()) {
            let locked = Locked::read(&path)?;
            return locked.open(&self.passphrase(false)?, &self.prefix, &path);
        }
        if let (Some(path), Some(number)) = (&self.mnemonic, number(name)) {
            if path.exists() {
                let text = read_private(path)?;
                return Key::from_mnemonic(&text, number, &self.prefix, &path.display().to_string());
            }
        }
        let folder = self.folder.as_ref().map(|folder| format!("{}, ", folder.display()));
        let mnemonic = self.mnemonic.as_ref().map(|path| format!("{}, ", path.display()));
        Err(KeyError::Missing {
            name: name.to_owned(),
            hint: format!(
                "looked in {}{}and {variable}; `vrs keys add {name} --chain FILE` makes one",
                folder.unwrap_or_default(),
                mnemonic.unwrap_or_default()
            ),
        })
    }

    /// The address that a text means: an address as it stands, or that of a key. Key files tell it
    /// without their passphrase.
    pub fn address(&self, text: &str) -> Result<String, KeyError> {
        if text.starts_with(&format!("{}1", self.prefix)) {
            return Ok(text.to_owned());
        }
        if std::env::var(variable(text)).is_err() {
            if let Some(path) = self.file(text).filter(|path| path.exists()) {
                return Locked::read(&path)?.address(&self.prefix, &path);
            }
        }
        Ok(self.key(text)?.address().to_owned())
    }

    /// Stores a key, encrypted with a passphrase that is asked for twice where a person types it.
    pub fn add(&self, name: &str, key: &Key) -> Result<PathBuf, KeyError> {
        check_name(name)?;
        let path = self.file(name).ok_or_else(|| KeyError::Missing {
            name: name.to_owned(),
            hint: "the chain file names no keys.folder to store it in".to_owned(),
        })?;
        if path.exists() {
            return Err(KeyError::Taken(path));
        }
        Locked::seal(key, &self.passphrase(true)?, &path)?.write(&path)?;
        Ok(path)
    }

    /// Names and addresses of all keys that can be had without a passphrase.
    pub fn list(&self) -> Result<Vec<(String, String)>, KeyError> {
        let mut names: Vec<String> = vec![];
        if let Some(folder) = self.folder.as_ref().filter(|folder| folder.exists()) {
            let file = |source| KeyError::File {
                path: folder.clone(),
                source,
            };
            for entry in fs::read_dir(folder).map_err(file)? {
                let path = entry.map_err(file)?.path();
                if path.extension().is_some_and(|extension| extension == "key") {
                    names.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
                }
            }
        }
        names.sort();
        if self.mnemonic.as_ref().is_some_and(|path| path.exists()) {
            names.extend(TEST_ACCOUNTS.iter().map(|(name, _)| (*name).to_owned()));
        }
        names.dedup();
        let entry = |name: String| self.address(&name).map(|address| (name, address));
        names.into_iter().map(entry).collect()
    }

    fn file(&self, name: &str) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join(format!("{name}.key")))
    }

    fn passphrase(&self, twice: bool) -> Result<Zeroizing<String>, KeyError> {
        if let Ok(text) = std::env::var(PASSPHRASE) {
            return Ok(Zeroizing::new(text));
        }
        if let Some(path) = &self.passphrase_file {
            return read_private(path);
        }
        let ask = |prompt| {
            rpassword::prompt_password(prompt)
                .map(Zeroizing::new)
                .map_err(KeyError::NoPassphrase)
        };
        let first = ask("passphrase of the keys: ")?;
        if twice && ask("once more: ")? != first {
            return Err(KeyError::Content {
                place: "passphrase".to_owned(),
                reason: "the two differ".to_owned(),
            });
        }
        Ok(first)
    }
}

fn number(name: &str) -> Option<u32> {
    TEST_ACCOUNTS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, number)| *number)
}

fn variable(name: &str) -> String {
    format!("VRS_KEY_{}", name.to_uppercase().replace('-', "_"))
}

fn check_name(name: &str) -> Result<(), KeyError> {
    let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
    if name.is_empty() || name.len() > 40 || !name.bytes().all(good) {
        return Err(KeyError::Name(name.to_owned()));
    }
    Ok(())
}

/// A file's text, without the blanks around it. Errors: where others may read the file.
fn read_private(path: &Path) -> Result<Zeroizing<String>, KeyError> {
    use std::os::unix::fs::PermissionsExt as _;
    let fault = |source| KeyError::File {
        path: path.to_owned(),
        source,
    };
    let mode = fs::metadata(path).map_err(fault)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(KeyError::Exposed {
            path: path.to_owned(),
            mode,
        });
    }
    let text = Zeroizing::new(fs::read_to_string(path).map_err(fault)?);
    Ok(Zeroizing::new(text.trim().to_owned()))
}

#[cfg(test)]
mod tests;
