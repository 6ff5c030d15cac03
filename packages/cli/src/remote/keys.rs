//! `vrs keys`: accounts' keys, encrypted at rest.

use super::Place;
use crate::failure::UsageError;
use anyhow::{Context as _, Result};
use std::fmt::Write as _;
use std::io::{IsTerminal as _, Read as _};
use vrs_client::Key;
use zeroize::Zeroizing;

/// All keys with their addresses.
pub fn list(place: &Place) -> Result<String> {
    let keys = place.file.keyring().list()?;
    if keys.is_empty() {
        return Ok("no keys yet; `vrs keys add NAME` makes one\n".to_owned());
    }
    let wide = keys.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (name, address) in keys {
        let _ = writeln!(text, "{name:wide$}  {address}");
    }
    Ok(text)
}

/// One key's address.
pub fn show(place: &Place, name: &str) -> Result<String> {
    Ok(place.file.keyring().address(name)? + "\n")
}

/// Makes a key, or takes the mnemonic or hex key that stands on stdin.
pub fn add(place: &Place, name: &str, recover: bool) -> Result<String> {
    let ring = place.file.keyring();
    if recover {
        let text = read_secret("mnemonic of 24 words, or key of 64 hex digits: ")?;
        let key = Key::parse(&text, &ring.prefix, "stdin").map_err(|error| UsageError(error.to_string()))?;
        let path = ring.add(name, &key)?;
        return Ok(format!("{}\nstored encrypted in {}\n", key.address(), path.display()));
    }
    let words = Key::new_mnemonic();
    let key = Key::parse(&words, &ring.prefix, "mnemonic")?;
    let path = ring.add(name, &key)?;
    let mut text = format!("{}\nstored encrypted in {}\n", key.address(), path.display());
    // Only a person sees the words: a log that stdout goes to does not.
    if std::io::stdout().is_terminal() {
        let _ = write!(
            text,
            "\nWrite these words down; they are shown this once:\n  {}\n",
            words.as_str()
        );
    }
    Ok(text)
}

fn read_secret(prompt: &str) -> Result<Zeroizing<String>> {
    if std::io::stdin().is_terminal() {
        return Ok(Zeroizing::new(rpassword::prompt_password(prompt).context("stdin")?));
    }
    let mut text = Zeroizing::new(String::new());
    std::io::stdin().read_to_string(&mut text).context("stdin")?;
    Ok(text)
}
