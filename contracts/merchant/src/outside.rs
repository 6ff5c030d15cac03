use crate::ContractError;
use cosmwasm_std::Addr;

/// The contracts this one talks to.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// Identity.
    pub identity: Addr,
    /// The oracle.
    pub oracle: Addr,
    /// The Bzky token.
    pub bzky: Addr,
    /// The Time points.
    pub time: Addr,
}

/// Refuses an answer for fewer or more than were asked for.
pub fn answered(contract: &'static str, asked: usize, actual: usize) -> Result<(), ContractError> {
    if asked != actual {
        return Err(ContractError::WrongAnswer {
            contract,
            asked,
            actual,
        });
    }
    Ok(())
}
