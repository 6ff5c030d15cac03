//! Library of the `vrs` command.
