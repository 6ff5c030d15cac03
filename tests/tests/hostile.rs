//! Hostile tokens, receivers, oracles, consumers, relayers and members against the real suite. Each
//! test is an attack; what it may not reach is asserted to the unit.

#[path = "hostile/coins_and_addresses.rs"]
mod coins_and_addresses;
#[path = "hostile/consumers.rs"]
mod consumers;
#[path = "hostile/hooks.rs"]
mod hooks;
#[path = "hostile/members.rs"]
mod members;
#[path = "hostile/puppet.rs"]
mod puppet;
#[path = "hostile/replay.rs"]
mod replay;
#[path = "hostile/stolen_key.rs"]
mod stolen_key;
