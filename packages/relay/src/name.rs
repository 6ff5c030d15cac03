//! Names of a spool's files: `<device>-<sequence>.batch`, ten digits each, as `vrs sign` writes them.

use std::fmt;

/// Ending of a batch's file.
pub const ENDING: &str = ".batch";

/// Device and sequence number of a batch, as its file is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// The device.
    pub device: u32,
    /// Its number of the batch.
    pub sequence: u32,
}

impl Name {
    /// Reads a file's name; none where it is no batch's. A number has one spelling, so no two files are one batch.
    pub fn parse(text: &str) -> Option<Self> {
        let (device, sequence) = text.strip_suffix(ENDING)?.split_once('-')?;
        let number = |digits: &str| {
            let is_plain = digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit());
            is_plain.then(|| digits.parse().ok()).flatten()
        };
        Some(Name {
            device: number(device)?,
            sequence: number(sequence)?,
        })
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010}-{:010}{ENDING}", self.device, self.sequence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_spelling() {
        let name = Name {
            device: 7,
            sequence: u32::MAX,
        };
        assert_eq!(name.to_string(), "0000000007-4294967295.batch");
        assert_eq!(Name::parse(&name.to_string()), Some(name));
        for wrong in [
            "7-1.batch",
            "0000000007-0000000001",
            "0000000007-4294967296.batch",
            "+000000007-0000000001.batch",
            "0000000007_0000000001.batch",
            "0000000007-0000000001.batch.tmp",
            ".batch",
        ] {
            assert_eq!(Name::parse(wrong), None, "{wrong}");
        }
    }
}
