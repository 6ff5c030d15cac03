//! What the signature stands under: the root with everything that keeps it from meaning
//! something else elsewhere.

use thiserror::Error;

use crate::merkle::Hash;
use crate::Kind;

/// First bytes of every signed message of this version.
pub const DOMAIN_TAG: &[u8] = b"vrs/batch/1";

/// A batch in short: what is signed, apart from chain and contract. It can be rebuilt from the
/// oracle's queries, so a signature can be checked again without the envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What the leaves are.
    pub kind: Kind,
    /// The device's number in the oracle's registry.
    pub device: u32,
    /// Programme day of every leaf; day 1 is the first.
    pub day: u32,
    /// The device's running number of the batch.
    pub sequence: u32,
    /// Number of leaves.
    pub count: u32,
    /// Merkle root over the salted leaves.
    pub root: Hash,
}

/// A text that has no place in a signed message.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum StatementError {
    /// The chain id's length is one byte and never 0.
    #[error("a chain id has 1 to 255 bytes, got {actual}")]
    ChainId {
        /// Bytes given.
        actual: usize,
    },
    /// The address's length is one byte and never 0.
    #[error("a contract address has 1 to 255 bytes, got {actual}")]
    Contract {
        /// Bytes given.
        actual: usize,
    },
}

impl Statement {
    /// The bytes to be signed: `"vrs/batch/1" | chain id | contract | device u32 | kind u8 |
    /// day u32 | sequence u32 | count u32 | root`, both texts behind a length byte.
    ///
    /// ed25519 signs them as they are, secp256k1 their sha256: see [`crate::Scheme::payload`].
    ///
    /// Errors: [`StatementError`] where a text is empty or longer than its length byte can say.
    pub fn signing_bytes(&self, chain_id: &str, contract: &str) -> Result<Vec<u8>, StatementError> {
        let chain_id_length = length_byte(chain_id).ok_or(StatementError::ChainId { actual: chain_id.len() })?;
        let contract_length = length_byte(contract).ok_or(StatementError::Contract { actual: contract.len() })?;
        let device = self.device.to_be_bytes();
        let day = self.day.to_be_bytes();
        let sequence = self.sequence.to_be_bytes();
        let count = self.count.to_be_bytes();
        let parts: [&[u8]; 11] = [
            DOMAIN_TAG,
            &[chain_id_length],
            chain_id.as_bytes(),
            &[contract_length],
            contract.as_bytes(),
            &device,
            &[self.kind.number()],
            &day,
            &sequence,
            &count,
            &self.root,
        ];
        Ok(parts.concat())
    }
}

/// The length of a text of 1 to 255 bytes.
fn length_byte(text: &str) -> Option<u8> {
    u8::try_from(text.len()).ok().filter(|length| *length > 0)
}
