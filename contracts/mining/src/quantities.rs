//! From quantities as signed to a reading that can be scored.

use vrs_attestation::leaf::{Hosting, Measured};
use vrs_interface::attested::DropReason;
use vrs_scoring::{Hardware, MiningTables, Reading};

/// Most MB in one reading: a million PB.
pub const MAX_MB: u64 = 1_000_000_000_000_000;
/// Most nodes of one reading.
pub const MAX_NODES: u64 = 1_000_000;
/// Most Mbit/s of one reading.
pub const MAX_MBPS: u64 = 100_000_000;
/// A PC in a node's reading.
const PC: u64 = 1;
/// A mobile in a node's reading.
const MOBILE: u64 = 2;

/// The reading to be scored, or why it does not count. `factor_e9` is asked for a streamed product's
/// factor, none where it is not registered.
///
/// The bounds keep a score below 10^15, so that a day's sum of scores with 18 decimals has room for
/// 340,000 of the largest in 128 bits. Hours and shares are bounded by the score itself.
pub fn reading<E: From<DropReason>>(
    measured: Measured,
    tables: &MiningTables,
    factor_e9: impl FnOnce(u32) -> Result<Option<u64>, E>,
) -> Result<Reading, E> {
    let out = || E::from(DropReason::QuantityOutOfRange);
    let megabytes = |mb: u64| if mb > MAX_MB { Err(out()) } else { Ok(mb) };
    let at_most = |quantity: u64, most: u64| {
        let small = u32::try_from(quantity).map_err(|_| out())?;
        if quantity > most {
            return Err(out());
        }
        Ok(small)
    };
    let small = |quantity: u64| at_most(quantity, u32::MAX.into());
    let hosting = |hosting: Hosting| {
        Ok::<_, E>((
            megabytes(hosting.traffic_mb)?,
            at_most(hosting.nodes, MAX_NODES)?,
            small(hosting.seconds)?,
            small(hosting.share_e9)?,
        ))
    };
    Ok(match measured {
        Measured::Platform(quantities) => {
            let (traffic_mb, nodes, online_seconds, server_share_e9) = hosting(quantities)?;
            Reading::Platform {
                traffic_mb,
                nodes,
                online_seconds,
                server_share_e9,
            }
        }
        Measured::Server(quantities) => {
            let (traffic_mb, nodes, online_seconds, server_share_e9) = hosting(quantities)?;
            Reading::Server {
                traffic_mb,
                nodes,
                online_seconds,
                server_share_e9,
            }
        }
        Measured::Node(node) => Reading::Node {
            hardware: match node.hardware {
                PC => Hardware::Pc,
                MOBILE => Hardware::Mobile,
                _ => return Err(out()),
            },
            bandwidth_mbps: at_most(node.mbps, MAX_MBPS)?,
            storage_mb: megabytes(node.storage_mb)?,
            online_seconds: small(node.seconds)?,
        },
        Measured::Upload(file) => Reading::Upload {
            downloads: small(file.downloads)?,
            size_mb: megabytes(file.size_mb)?,
            view_points: tables.views_to_points(file.views),
        },
        Measured::Content(channel) => Reading::Content {
            recommendations: small(channel.recommendations)?,
            dislikes: small(channel.dislikes)?,
            downloads: small(channel.downloads)?,
            size_mb: megabytes(channel.size_mb)?,
            view_points: tables.views_to_points(channel.views),
        },
        Measured::Streaming(streamed) => {
            let streamed_mb = megabytes(streamed.streamed_mb)?;
            let unknown = || E::from(DropReason::UnknownProduct);
            let product = u32::try_from(streamed.product).map_err(|_| unknown())?;
            let factor = factor_e9(product)?.filter(|factor| *factor > 0);
            Reading::Streaming {
                streamed_mb,
                product_factor_e9: factor.ok_or_else(unknown)?,
            }
        }
    })
}
