//! What the multi-contract suites share.
