//! Tests, one file a behaviour.

mod caps;
mod delivery;
mod devices;
mod events;
mod keys;
mod migrate;
mod model;
mod outcomes;
mod permissions;
mod prices;
mod prune;
mod queries;
mod signatures;
mod storage;
mod suite;
