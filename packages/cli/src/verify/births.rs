//! What a contract is born with never changes: its clock, the contracts it talks to, how long it keeps
//! things.

use super::tally::{same, Tally};
use crate::chain::{Chain, Name};
use anyhow::Result;
use serde_json::{json, Value};
use std::collections::BTreeMap;

/// The message that created each contract.
pub type Births = BTreeMap<Name, Value>;

/// Compares what every contract answers about itself with the message that created it. Rules change and
/// are compared elsewhere.
pub fn check(chain: &Chain, births: &Births, tally: &mut Tally) -> Result<()> {
    for name in Name::ALL {
        let Some(birth) = births.get(&name) else {
            tally.skip("the contract's birth is not among the transactions", || {
                name.to_string()
            });
            continue;
        };
        let answer = chain.query_raw(name, &json!({"config": {}}))?;
        let config: BTreeMap<String, Value> = serde_json::from_slice(&answer)?;
        for (field, actual) in config.iter().filter(|(field, _)| *field != "params") {
            if let Some(expected) = birth.get(field) {
                same(|| format!("{field} of {name}, since its birth"), expected, actual)?;
            }
        }
        tally.count("contracts as they were born", 1);
    }
    Ok(())
}
