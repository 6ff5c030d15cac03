//! Compact tables: fixed-width keys under a one-byte prefix, postcard values.
