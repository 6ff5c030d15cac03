//! Pure maths: mining scores, BizPower, levels, pro-rata shares. Integers only.
