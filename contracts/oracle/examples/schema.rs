//! Writes the JSON schema into `schema/` of the current folder.

use cosmwasm_schema::write_api;
use cosmwasm_std::Empty;
use vrs_interface::oracle::{ExecuteMsg, InstantiateMsg, QueryMsg};

fn main() {
    write_api! {
        name: "oracle",
        instantiate: InstantiateMsg,
        execute: ExecuteMsg,
        query: QueryMsg,
        migrate: Empty,
    }
}
