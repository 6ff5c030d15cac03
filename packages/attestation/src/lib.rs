//! What a device signs: canonical bytes, salted leaves, Merkle roots, domain separation.
