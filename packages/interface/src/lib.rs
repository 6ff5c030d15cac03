//! Messages, responses and typed clients of every contract; no state, no logic.
