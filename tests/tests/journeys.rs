//! Read this first: what the suite does, told as three stories with every figure worked out.
//!
//! Money is in minor units (1_000 is 10.00), tokens and points in base units of 6 decimals. A shop of
//! `Suite::shops` has 500 square feet at a rent of 2.00 and 4 people at a wage of 100.00: it costs
//! 500 * 2 + 4 * 100 = 1,400.00. A day closes at 06:00 of the next and is final 48 hours later, so that
//! day 1 can be claimed from day 4, 06:00 on.

#[path = "journeys/miner.rs"]
mod miner;
#[path = "journeys/operator.rs"]
mod operator;
#[path = "journeys/shop.rs"]
mod shop;
