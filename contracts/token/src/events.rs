//! What the contract tells: attributes of the `wasm` event, named and ordered as cw20-base does,
//! because wallets and indexers read them. Each payment of `transfer_many` stands in an event of its
//! own, of type `vrs_token`: one `wasm` event cannot tell which amount is whose.

use cosmwasm_std::{attr, to_json_string, Addr, Attribute, Event as WasmEvent, StdResult, Uint128};
use vrs_days::Day;

/// Version of the events of type `vrs_token`.
const SCHEMA: &str = "1";

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// Tokens moved.
    Transfer { from: Addr, to: Addr, amount: Uint128 },
    /// Tokens moved to many accounts.
    TransferMany {
        from: Addr,
        payments: usize,
        /// Their sum, base units.
        amount: Uint128,
    },
    /// Tokens moved to a contract that is told.
    Send { from: Addr, to: Addr, amount: Uint128 },
    /// Tokens destroyed.
    Burn { from: Addr, amount: Uint128 },
    /// Tokens moved by a spender.
    TransferFrom {
        from: Addr,
        to: Addr,
        by: Addr,
        amount: Uint128,
    },
    /// Tokens moved by a spender to a contract that is told.
    SendFrom {
        from: Addr,
        to: Addr,
        by: Addr,
        amount: Uint128,
    },
    /// Tokens destroyed by a spender.
    BurnFrom { from: Addr, by: Addr, amount: Uint128 },
    /// A spender may use more.
    IncreaseAllowance {
        owner: Addr,
        spender: Addr,
        amount: Uint128,
    },
    /// A spender may use less.
    DecreaseAllowance {
        owner: Addr,
        spender: Addr,
        amount: Uint128,
    },
    /// Marketing information changed.
    UpdateMarketing,
    /// A logo was set.
    UploadLogo,
    /// History was pruned.
    PruneHistory {
        /// Entries looked at.
        looked: u32,
        /// Entries removed.
        removed: u32,
        /// The next call's `start_after`, as JSON; none where the walk is through.
        next: Option<(String, Day)>,
    },
}

impl Event {
    /// One payment of `transfer_many`, in the words of a transfer.
    pub fn paid(from: &Addr, to: Addr, amount: Uint128) -> WasmEvent {
        WasmEvent::new("vrs_token")
            .add_attribute("v", SCHEMA)
            .add_attributes(moved("transfer", from.clone(), to, None, amount))
    }

    /// The attributes of the `wasm` event.
    pub fn attributes(self) -> StdResult<Vec<Attribute>> {
        Ok(match self {
            Event::Transfer { from, to, amount } => moved("transfer", from, to, None, amount),
            Event::TransferMany { from, payments, amount } => vec![
                attr("action", "transfer_many"),
                attr("from", from),
                attr("payments", payments.to_string()),
                attr("amount", amount),
            ],
            Event::Send { from, to, amount } => moved("send", from, to, None, amount),
            Event::TransferFrom { from, to, by, amount } => moved("transfer_from", from, to, Some(by), amount),
            Event::SendFrom { from, to, by, amount } => moved("send_from", from, to, Some(by), amount),
            Event::Burn { from, amount } => {
                vec![attr("action", "burn"), attr("from", from), attr("amount", amount)]
            }
            Event::BurnFrom { from, by, amount } => vec![
                attr("action", "burn_from"),
                attr("from", from),
                attr("by", by),
                attr("amount", amount),
            ],
            Event::IncreaseAllowance { owner, spender, amount } => {
                allowed("increase_allowance", owner, spender, amount)
            }
            Event::DecreaseAllowance { owner, spender, amount } => {
                allowed("decrease_allowance", owner, spender, amount)
            }
            Event::UpdateMarketing => vec![attr("action", "update_marketing")],
            Event::UploadLogo => vec![attr("action", "upload_logo")],
            Event::PruneHistory { looked, removed, next } => {
                let mut attributes = vec![
                    attr("action", "prune_history"),
                    attr("looked", looked.to_string()),
                    attr("removed", removed.to_string()),
                ];
                if let Some(next) = next {
                    attributes.push(attr("next", to_json_string(&next)?));
                }
                attributes
            }
        })
    }
}

fn moved(action: &str, from: Addr, to: Addr, by: Option<Addr>, amount: Uint128) -> Vec<Attribute> {
    let mut attributes = vec![attr("action", action), attr("from", from), attr("to", to)];
    attributes.extend(by.map(|by| attr("by", by)));
    attributes.push(attr("amount", amount));
    attributes
}

fn allowed(action: &str, owner: Addr, spender: Addr, amount: Uint128) -> Vec<Attribute> {
    vec![
        attr("action", action),
        attr("owner", owner),
        attr("spender", spender),
        attr("amount", amount),
    ]
}
