//! The `vrs` command.
fn main() {}
