use crate::AccessError;
use cosmwasm_std::{Addr, Api, MessageInfo};

/// Refuses native coins sent along.
pub fn no_coins(info: &MessageInfo) -> Result<(), AccessError> {
    if info.funds.is_empty() {
        return Ok(());
    }
    let sent: Vec<String> = info.funds.iter().map(ToString::to_string).collect();
    Err(AccessError::NativeCoins { sent: sent.join(",") })
}

/// Validates an address given as text: right checksum, this chain's prefix, lower case.
pub fn valid_address(api: &dyn Api, address: &str) -> Result<Addr, AccessError> {
    api.addr_validate(address).map_err(|e| AccessError::InvalidAddress {
        address: address.into(),
        reason: e.to_string(),
    })
}
