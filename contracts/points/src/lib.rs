//! Closed-loop points: minted by registered issuers within their limits, spent like a cw20.
