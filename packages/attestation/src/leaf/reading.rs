//! A metered contribution, signed by a meter: raw numbers on the wire, a typed view beside it.

use thiserror::Error;

use super::{decode_exact, Leaf, LeafError};
use crate::bytes::{take_u32, take_u64, take_u8};
use crate::Kind;

/// Numbers of the `method` byte.
pub mod method {
    /// Resources lent to the platform's servers.
    pub const PLATFORM: u8 = 1;
    /// A server that joins as a platform peer.
    pub const SERVER: u8 = 2;
    /// A PC or mobile that shares bandwidth and storage.
    pub const NODE: u8 = 3;
    /// A shared file.
    pub const UPLOAD: u8 = 4;
    /// A channel of a content company or one-person media.
    pub const CONTENT: u8 = 5;
    /// A partner product, by what it streamed.
    pub const STREAMING: u8 = 6;
}

/// One day's reading of one device or file, as it stands on the wire.
/// 53 bytes: `method u8 | account u32 | unit u64 | quantities 5 * u64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    /// A number of [`method`].
    pub method: u8,
    /// The member number of whom the contribution counts for.
    pub account: u32,
    /// The device or file, a number that the meter gives.
    pub unit: u64,
    /// Meaning by method; see [`Measured`].
    pub quantities: [u64; 5],
}

/// Quantities of [`method::PLATFORM`] and [`method::SERVER`]: `[traffic_mb, nodes, seconds, share_e9, 0]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hosting {
    /// Traffic in megabytes (1 GB is 1,000 MB).
    pub traffic_mb: u64,
    /// CPUs or GPUs.
    pub nodes: u64,
    /// Time online, in parts of the day (seconds where a day lasts 24 hours).
    pub seconds: u64,
    /// Share of the server group in all servers, in billionths.
    pub share_e9: u64,
}

/// Quantities of [`method::NODE`]: `[hardware, mbps, storage_mb, seconds, 0]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodeWork {
    /// 1 a PC, 2 a mobile.
    pub hardware: u64,
    /// Upload bandwidth in Mbit/s.
    pub mbps: u64,
    /// Storage shared, in megabytes.
    pub storage_mb: u64,
    /// Time online, in parts of the day.
    pub seconds: u64,
}

/// Quantities of [`method::UPLOAD`]: `[downloads, size_mb, views, 0, 0]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Uploaded {
    /// Downloads by others, once per account.
    pub downloads: u64,
    /// The file's size in megabytes.
    pub size_mb: u64,
    /// Raw views of the day.
    pub views: u64,
}

/// Quantities of [`method::CONTENT`]: `[recommendations, dislikes, downloads, size_mb, views]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Popularity {
    /// Recommendations, once per account.
    pub recommendations: u64,
    /// Dislikes, once per account.
    pub dislikes: u64,
    /// Downloads by others, once per account.
    pub downloads: u64,
    /// The content's size in megabytes.
    pub size_mb: u64,
    /// Raw views of the day.
    pub views: u64,
}

/// Quantities of [`method::STREAMING`]: `[streamed_mb, product, 0, 0, 0]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Streamed {
    /// Megabytes streamed.
    pub streamed_mb: u64,
    /// The registered product's number.
    pub product: u64,
}

/// The five quantities with their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measured {
    /// Method 1.
    Platform(Hosting),
    /// Method 2.
    Server(Hosting),
    /// Method 3.
    Node(NodeWork),
    /// Method 4.
    Upload(Uploaded),
    /// Method 5.
    Content(Popularity),
    /// Method 6.
    Streaming(Streamed),
}

/// A reading whose numbers name nothing.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum ReadingError {
    /// No such method.
    #[error("method {actual} is unknown: expected 1 to 6")]
    UnknownMethod {
        /// The byte found.
        actual: u8,
    },
    /// A quantity that the method does not use must be 0, so that one reading has one form.
    #[error("quantity {index} of method {method} is unused: expected 0, got {actual}")]
    UnusedQuantity {
        /// The method.
        method: u8,
        /// Place among the five, from 0.
        index: usize,
        /// The value found.
        actual: u64,
    },
}

impl Measured {
    /// The number on the wire.
    pub const fn method(&self) -> u8 {
        match self {
            Measured::Platform(_) => method::PLATFORM,
            Measured::Server(_) => method::SERVER,
            Measured::Node(_) => method::NODE,
            Measured::Upload(_) => method::UPLOAD,
            Measured::Content(_) => method::CONTENT,
            Measured::Streaming(_) => method::STREAMING,
        }
    }

    /// The five quantities, unused ones 0.
    pub const fn quantities(&self) -> [u64; 5] {
        match *self {
            Measured::Platform(h) | Measured::Server(h) => [h.traffic_mb, h.nodes, h.seconds, h.share_e9, 0],
            Measured::Node(n) => [n.hardware, n.mbps, n.storage_mb, n.seconds, 0],
            Measured::Upload(u) => [u.downloads, u.size_mb, u.views, 0, 0],
            Measured::Content(c) => [c.recommendations, c.dislikes, c.downloads, c.size_mb, c.views],
            Measured::Streaming(s) => [s.streamed_mb, s.product, 0, 0, 0],
        }
    }

    /// Names the quantities of a method.
    ///
    /// Errors: [`ReadingError`]; ranges (hours, hardware, share) are checked where they are scored.
    pub fn from_parts(number: u8, quantities: [u64; 5]) -> Result<Self, ReadingError> {
        let [a, b, c, d, e] = quantities;
        let hosting = Hosting {
            traffic_mb: a,
            nodes: b,
            seconds: c,
            share_e9: d,
        };
        let view = match number {
            method::PLATFORM => Measured::Platform(hosting),
            method::SERVER => Measured::Server(hosting),
            method::NODE => Measured::Node(NodeWork {
                hardware: a,
                mbps: b,
                storage_mb: c,
                seconds: d,
            }),
            method::UPLOAD => Measured::Upload(Uploaded {
                downloads: a,
                size_mb: b,
                views: c,
            }),
            method::CONTENT => Measured::Content(Popularity {
                recommendations: a,
                dislikes: b,
                downloads: c,
                size_mb: d,
                views: e,
            }),
            method::STREAMING => Measured::Streaming(Streamed {
                streamed_mb: a,
                product: b,
            }),
            actual => return Err(ReadingError::UnknownMethod { actual }),
        };
        let used = view.quantities();
        match used.iter().zip(quantities).position(|(u, q)| *u != q) {
            None => Ok(view),
            Some(index) => Err(ReadingError::UnusedQuantity {
                method: number,
                index,
                actual: quantities.get(index).copied().unwrap_or_default(),
            }),
        }
    }
}

impl Reading {
    /// A reading of `unit` that counts for `account`.
    pub const fn new(account: u32, unit: u64, measured: Measured) -> Self {
        Reading {
            method: measured.method(),
            account,
            unit,
            quantities: measured.quantities(),
        }
    }

    /// The quantities with their names.
    ///
    /// Errors: [`ReadingError`].
    pub fn measured(&self) -> Result<Measured, ReadingError> {
        Measured::from_parts(self.method, self.quantities)
    }
}

impl Leaf for Reading {
    const KIND: Kind = Kind::Meter;
    const WIDTH: usize = 53;

    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(Self::WIDTH);
        out.push(self.method);
        out.extend_from_slice(&self.account.to_be_bytes());
        out.extend_from_slice(&self.unit.to_be_bytes());
        for quantity in self.quantities {
            out.extend_from_slice(&quantity.to_be_bytes());
        }
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LeafError> {
        decode_exact(bytes, |rest| {
            Some(Reading {
                method: take_u8(rest)?,
                account: take_u32(rest)?,
                unit: take_u64(rest)?,
                quantities: [
                    take_u64(rest)?,
                    take_u64(rest)?,
                    take_u64(rest)?,
                    take_u64(rest)?,
                    take_u64(rest)?,
                ],
            })
        })
    }
}
