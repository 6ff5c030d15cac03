//! The contracts' entry points.

use super::Code;
use cosmwasm_std::Empty;
use cw_multi_test::{Contract, ContractWrapper};

/// The contract that runs under a code.
pub fn contract(code: Code) -> Box<dyn Contract<Empty>> {
    macro_rules! wrap {
        ($krate:ident) => {
            Box::new(
                ContractWrapper::new(
                    $krate::contract::execute,
                    $krate::contract::instantiate,
                    $krate::contract::query,
                )
                .with_migrate($krate::contract::migrate),
            )
        };
    }
    match code {
        Code::Token => wrap!(vrs_token),
        Code::Points => wrap!(vrs_points),
        Code::Identity => wrap!(vrs_identity),
        Code::Oracle => wrap!(vrs_oracle),
        Code::Merchant => wrap!(vrs_merchant),
        Code::Mining => wrap!(vrs_mining),
    }
}
