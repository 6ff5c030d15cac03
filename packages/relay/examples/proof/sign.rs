//! Terminals that sign without end.

use crate::{Fault, Setting, CUSTOMERS};
use ed25519_dalek::{Signer as _, SigningKey};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};
use vrs_attestation::leaf::Receipt;
use vrs_attestation::{Batch, Kind};
use vrs_relay::name::Name;

/// What was signed.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Signed {
    /// Batches by device.
    pub batches: BTreeMap<u32, u32>,
    /// Receipts in them.
    pub receipts: u64,
    /// Their amounts, minor units.
    pub amount: u64,
}

/// The test key of a shop's terminal.
pub fn key(shop: u32) -> SigningKey {
    SigningKey::from_bytes(&vrs_attestation::merkle::sha256(
        format!("proof terminal {shop}").as_bytes(),
    ))
}

/// Fills the spool with `rate` batches a second until `stop` is there; 0: as fast as it goes.
pub fn sign(setting: &Setting, spool: &Path, rate: u64, stop: &Path) -> Result<(), Fault> {
    std::fs::create_dir_all(spool)?;
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let keys: Vec<SigningKey> = (0..setting.shops).map(key).collect();
    let per_batch: u32 = std::env::var("PROOF_RECEIPTS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(5);
    let most: u64 = std::env::var("PROOF_BATCHES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(u64::MAX);
    let mut signed = Signed::default();
    let (began, mut made) = (Instant::now(), 0u64);
    while made < most && !stop.exists() {
        let shop = random.gen_range(0..setting.shops);
        let device = setting.devices + shop;
        let sequence = signed.batches.get(&device).copied().unwrap_or_default() + 1;
        let mut batch = Batch::new(Kind::Terminal, device, 1, sequence, random.gen());
        for _ in 0..random.gen_range(1..=per_batch * 2 - 1) {
            signed.receipts += 1;
            let amount = random.gen_range(100..10_000);
            signed.amount += amount;
            batch.push(&Receipt {
                customer: setting.customers + random.gen_range(0..CUSTOMERS),
                number: signed.receipts,
                amount,
                time: random.gen_range(0..86_400),
                channel: 1,
            })?;
        }
        let unsigned = batch.unsigned()?;
        let message = unsigned.signing_bytes(&setting.chain_id, &setting.oracle)?;
        let key = keys.get(shop as usize).ok_or("no key")?;
        let envelope = unsigned.seal(&key.sign(&message).to_bytes());
        let fresh = spool.join(".fresh");
        std::fs::write(&fresh, envelope)?;
        std::fs::rename(&fresh, spool.join(Name { device, sequence }.to_string()))?;
        signed.batches.insert(device, sequence);
        made += 1;
        if let Some(due) = (made * 1_000_000).checked_div(rate) {
            let due = Duration::from_micros(due);
            std::thread::sleep(due.saturating_sub(began.elapsed()));
        }
    }
    std::fs::write(spool.join("signed.json"), serde_json::to_vec_pretty(&signed)?)?;
    Ok(())
}
