//! Calls recorded on the embedded chain, repeated on the virtual machine that chains run.
//!
//! [`world`] plays at random on a chain whose contracts are wrapped by [`record`]; [`session`] makes the same calls
//! on the [`machine`] with the contracts' wasm and [`compare`]s all that can be seen of each. `docs/replay.md` tells
//! what that proves.

pub mod compare;
pub mod corpus;
pub mod kinds;
pub mod machine;
pub mod record;
pub mod report;
pub mod session;
pub mod shelf;
pub mod startup;
pub mod world;
