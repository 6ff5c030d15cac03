//! The one door for the outside world: devices, signed batches, prices.
