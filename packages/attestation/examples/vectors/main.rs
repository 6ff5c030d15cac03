//! Writes `vectors.json` beside this package's manifest:
//! `cargo run -p vrs-attestation --example vectors`.

mod generate;

use std::fs;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors.json");
    fs::write(&path, generate::vectors())?;
    println!("{}", path.display());
    Ok(())
}
