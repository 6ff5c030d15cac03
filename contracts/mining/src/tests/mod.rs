//! One file a behaviour.

mod journey;
mod metered;
mod world;
