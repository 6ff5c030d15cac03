//! A chain that fails in every way a chain can, and a relayer on it that is driven step by step.
#![allow(dead_code)] // each test file uses its part

pub mod fake;
mod oracle;
pub mod world;

use vrs_attestation::leaf::Receipt;
use vrs_attestation::{Batch, Kind};

/// First byte of a signature that no key made.
pub const FORGED: u8 = 0xbb;
/// First byte of a signature whose batch makes the consumer fail.
pub const POISON: u8 = 0xee;

/// A sealed batch; the fake oracle looks at nothing of the signature but its first byte.
pub fn batch(device: u32, sequence: u32, day: u32, receipts: u32, signature: u8) -> Vec<u8> {
    let mut batch = Batch::new(Kind::Terminal, device, day, sequence, [signature; 16]);
    for number in 0..receipts {
        let receipt = Receipt {
            customer: 1,
            number: u64::from(sequence) * 1_000 + u64::from(number),
            amount: 100,
            time: 0,
            channel: 1,
        };
        batch.push(&receipt).expect("a receipt");
    }
    batch.unsigned().expect("a batch").seal(&[signature; 64])
}
