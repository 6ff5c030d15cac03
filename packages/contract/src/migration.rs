use crate::{event, Effects, Error};
use cosmwasm_std::{StdResult, Storage};

/// Which contract this is: what cw2 writes into the state, and what its events are called.
#[derive(Clone, Copy, Debug)]
pub struct Contract {
    /// `crates.io:vrs-points`.
    pub name: &'static str,
    /// `0.1.0`.
    pub version: &'static str,
    /// `vrs_points`.
    pub events: &'static str,
}

/// The [`Contract`] that the calling crate is; the argument is the type of its events.
#[macro_export]
macro_rules! this_contract {
    ($events:literal) => {
        $crate::Contract {
            name: concat!("crates.io:", env!("CARGO_PKG_NAME")),
            version: env!("CARGO_PKG_VERSION"),
            events: $events,
        }
    };
}

impl Contract {
    /// Writes name and version into the state of a new contract.
    pub fn instantiate(&self, storage: &mut dyn Storage) -> StdResult<()> {
        cw2::set_contract_version(storage, self.name, self.version)
    }

    /// Takes over state that this contract wrote in this or an older version.
    ///
    /// Errors: state of another contract, or of a newer version.
    pub fn migrate(&self, storage: &mut dyn Storage) -> Result<Effects, Error> {
        let stored = cw2::get_contract_version(storage)?;
        if stored.contract != self.name {
            return Err(Error::WrongContract {
                expected: self.name,
                actual: stored.contract,
            });
        }
        cw2::ensure_from_older_version(storage, self.name, self.version).map_err(|reason| Error::WrongVersion {
            expected: self.version,
            actual: stored.version.clone(),
            reason: reason.to_string(),
        })?;
        Ok(Effects::event(event::migrated(
            self.events,
            stored.version,
            self.version,
        )))
    }
}
