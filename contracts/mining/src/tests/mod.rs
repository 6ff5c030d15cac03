//! One file a behaviour.

mod budgets;
mod claims;
mod costs;
mod drops;
mod events;
mod funding;
mod journey;
mod lists;
mod metered;
mod migration;
mod model;
mod permissions;
mod prune;
mod random;
mod settings;
mod stored;
mod take_back;
mod vectors;
mod world;
