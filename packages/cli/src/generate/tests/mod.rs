//! What generated files promise.

mod meters;
mod receipts;

use sha2::{Digest, Sha256};

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// The fields of each row behind the header.
fn rows(file: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(file);
    let records = reader
        .records()
        .map(|record| record.expect("a row as long as the header"));
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}
