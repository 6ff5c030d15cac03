//! Writes the JSON schema into `schema/` of the current folder.

use cosmwasm_schema::write_api;
use vrs_interface::merchant::{ExecuteMsg, InstantiateMsg, MigrateMsg, QueryMsg};

fn main() {
    write_api! {
        name: "merchant",
        instantiate: InstantiateMsg,
        execute: ExecuteMsg,
        query: QueryMsg,
        migrate: MigrateMsg,
    }
}
