//! What stands before every handler.

use crate::Error;
use cosmwasm_std::{Addr, Deps, MessageInfo, Timestamp};
use vrs_access::ACCESS;
use vrs_message::access::{Gate, Permission};

/// Lets a message in, or refuses it: native coins, then whoever lacks its permission, then what a pause stops.
///
/// `peer` answers the address of the contract configured under a name; it is asked only where the message is for one.
/// `Subject` and `Registered` pass here: their handlers read what decides.
pub fn admit<E: From<Error>>(
    deps: Deps,
    now: Timestamp,
    info: &MessageInfo,
    gate: Gate,
    peer: impl FnOnce(&'static str) -> Result<Addr, E>,
) -> Result<(), E> {
    ACCESS
        .require(deps, info, gate.permission)
        .map_err(|e| E::from(e.into()))?;
    if let Permission::Peer(name) = gate.permission {
        let expected = peer(name)?;
        if info.sender != expected {
            return Err(E::from(Error::NotThePeer {
                peer: name,
                expected,
                actual: info.sender.clone(),
            }));
        }
    }
    if gate.stops {
        ACCESS.not_paused(deps.storage, now).map_err(|e| E::from(e.into()))?;
    }
    Ok(())
}

/// For contracts that no other contract calls.
pub fn no_peer<E: From<Error>>(peer: &'static str) -> Result<Addr, E> {
    Err(E::from(Error::NoPeer { peer }))
}
