//! The programme's days: when each opens, closes and becomes final, from time alone.
