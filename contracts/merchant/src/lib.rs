//! BizPower, candles, levels, the daily Bzky of merchants and Time of customers.
