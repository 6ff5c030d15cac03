//! Readings of meters.

use super::{line, Crowd};
use crate::suite::Suite;
use anyhow::Result;
use vrs_attestation::leaf::{Hosting, Measured, NodeWork, Popularity, Reading, Streamed, Uploaded};
use vrs_cli::chain::Name;
use vrs_days::Day;

const HOSTING: Hosting = Hosting {
    traffic_mb: 200_000,
    nodes: 1,
    seconds: 36_000,
    share_e9: 1_000_000_000,
};

fn readings() -> [(&'static str, Measured); 6] {
    [
        ("platform", Measured::Platform(HOSTING)),
        ("server", Measured::Server(HOSTING)),
        (
            "node",
            Measured::Node(NodeWork {
                hardware: 10,
                mbps: 100,
                storage_mb: 100_000,
                seconds: 36_000,
            }),
        ),
        (
            "upload",
            Measured::Upload(Uploaded {
                downloads: 10,
                size_mb: 700,
                views: 100,
            }),
        ),
        (
            "content",
            Measured::Content(Popularity {
                recommendations: 10,
                dislikes: 1,
                downloads: 10,
                size_mb: 700,
                views: 100,
            }),
        ),
        (
            "streaming",
            Measured::Streaming(Streamed {
                streamed_mb: 10_000,
                product: 1,
            }),
        ),
    ]
}

/// One reading of each member's meter.
pub fn day(suite: &mut Suite, crowd: &mut Crowd, day: Day) -> Result<()> {
    let count = crowd.meters.len().div_ceil(100);
    for (at, (meters, members)) in crowd
        .meters
        .chunks_mut(100)
        .zip(crowd.customers.chunks(100))
        .enumerate()
    {
        let mut batches = vec![];
        for (meter, member) in meters.iter_mut().zip(members) {
            let reading = Reading::new(*member, 1, Measured::Platform(HOSTING));
            batches.push(suite.sign(meter, day, &[reading])?);
        }
        let with = format!("{} meters in one message", meters.len());
        let row = line(
            Name::Oracle,
            "submit_batches: a platform reading each",
            &with,
            crowd.size,
        );
        let row = row.units(u32::try_from(meters.len())?);
        suite.relay(Some(row).filter(|_| at + 1 == count), batches)?;
    }
    Ok(())
}

/// A reading of each method, one in its transaction; then a reading that replaces one.
pub fn methods(suite: &mut Suite, crowds: &mut [Crowd], day: Day) -> Result<()> {
    for crowd in crowds {
        for (name, measured) in readings() {
            let reading = Reading::new(crowd.customers[0], 1, measured);
            let batch = suite.sign(&mut crowd.meters[0], day, &[reading])?;
            let what = format!("submit_batches: a {name} reading");
            let row = line(Name::Oracle, &what, "1 meter", crowd.size);
            suite.relay(Some(row), vec![batch])?;
        }
    }
    Ok(())
}
