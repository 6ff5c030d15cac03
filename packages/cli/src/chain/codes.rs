//! The contracts' entry points.

use super::Code;
use cosmwasm_std::Empty;
use cw_multi_test::{Contract, ContractWrapper};

/// The contract that runs under a code.
pub fn contract(code: Code) -> Box<dyn Contract<Empty>> {
    macro_rules! wrap {
        ($krate:ident) => {
            ContractWrapper::new(
                $krate::contract::execute,
                $krate::contract::instantiate,
                $krate::contract::query,
            )
            .with_migrate($krate::contract::migrate)
        };
    }
    match code {
        Code::Token => Box::new(wrap!(vrs_token)),
        Code::Points => Box::new(wrap!(vrs_points)),
        Code::Identity => Box::new(wrap!(vrs_identity)),
        Code::Oracle => Box::new(wrap!(vrs_oracle).with_reply(vrs_oracle::contract::reply)),
        Code::Merchant => Box::new(wrap!(vrs_merchant)),
        Code::Mining => Box::new(wrap!(vrs_mining)),
    }
}
