//! What the contract tells, frozen by `tests/events.rs`. Transfers, sends and burns stand in the
//! `wasm` event, named and ordered as cw20-base's, because wallets and indexers read them there;
//! all else in events of type `vrs_points`, `v` and `action` first.

use crate::limit::Limit;
use cosmwasm_std::{attr, Addr, Attribute, Event as WasmEvent, Response, Uint128};
use vrs_days::Day;

/// Version of the events.
const SCHEMA: &str = "1";

/// What holders did, in cw20's words.
#[derive(Clone, Debug)]
pub enum Spent {
    /// Points moved to a member.
    Transfer { from: Addr, to: Addr, amount: Uint128 },
    /// Points moved to an acceptor that is told.
    Send { from: Addr, to: Addr, amount: Uint128 },
    /// Points destroyed.
    Burn { from: Addr, amount: Uint128 },
}

impl From<Spent> for Response {
    fn from(spent: Spent) -> Self {
        let moved = |action, from, to, amount: Uint128| {
            vec![
                attr("action", action),
                attr("from", from),
                attr("to", to),
                attr("amount", amount),
            ]
        };
        Response::new().add_attributes(match spent {
            Spent::Transfer { from, to, amount } => moved("transfer", from, to, amount),
            Spent::Send { from, to, amount } => moved("send", from, to, amount),
            Spent::Burn { from, amount } => vec![attr("action", "burn"), attr("from", from), attr("amount", amount)],
        })
    }
}

/// What else happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// The points were created.
    Created { owner: Addr, identity: Addr },
    /// Ownership, a role or the pause changed.
    Access { attributes: Vec<Attribute> },
    /// An issuer's limit was set.
    IssuerSet {
        issuer: Addr,
        /// In force now.
        limit: Limit,
        /// From a later day on.
        planned: Option<(Day, Limit)>,
    },
    /// An issuer's limit was lowered.
    IssuerLowered { issuer: Addr, limit: Limit },
    /// An acceptor was registered or removed.
    AcceptorSet { acceptor: Addr, accepts: bool },
    /// Budget was set aside.
    Reserved { issuer: Addr, day: Day, amount: Uint128 },
    /// Budget was given back.
    Released { issuer: Addr, amount: Uint128 },
    /// Points were minted.
    Minted { issuer: Addr, to: Addr, amount: Uint128 },
    /// Another version took over.
    Migrated { from: String, to: String },
}

impl From<Event> for WasmEvent {
    fn from(event: Event) -> Self {
        WasmEvent::new("vrs_points")
            .add_attribute("v", SCHEMA)
            .add_attributes(attributes(event))
    }
}

impl From<Event> for Response {
    fn from(event: Event) -> Self {
        Response::new().add_event(event)
    }
}

fn attributes(event: Event) -> Vec<Attribute> {
    match event {
        Event::Created { owner, identity } => {
            vec![
                attr("action", "create"),
                attr("owner", owner),
                attr("identity", identity),
            ]
        }
        Event::Access { attributes } => attributes,
        Event::IssuerSet { issuer, limit, planned } => {
            let mut told = vec![attr("action", "set_issuer"), attr("issuer", issuer)];
            told.extend(figures(limit));
            if let Some((from, limit)) = planned {
                told.push(attr("planned_from", from.to_string()));
                told.extend(figures(limit).map(|figure| attr(format!("planned_{}", figure.key), figure.value)));
            }
            told
        }
        Event::IssuerLowered { issuer, limit } => {
            let mut told = vec![attr("action", "lower_issuer"), attr("issuer", issuer)];
            told.extend(figures(limit));
            told
        }
        Event::AcceptorSet { acceptor, accepts } => vec![
            attr("action", "set_acceptor"),
            attr("acceptor", acceptor),
            attr("accepts", accepts.to_string()),
        ],
        Event::Reserved { issuer, day, amount } => vec![
            attr("action", "reserve"),
            attr("issuer", issuer),
            attr("day", day.to_string()),
            attr("amount", amount),
        ],
        Event::Released { issuer, amount } => vec![
            attr("action", "release"),
            attr("issuer", issuer),
            attr("amount", amount),
        ],
        Event::Minted { issuer, to, amount } => vec![
            attr("action", "mint"),
            attr("issuer", issuer),
            attr("to", to),
            attr("amount", amount),
        ],
        Event::Migrated { from, to } => vec![attr("action", "migrate"), attr("from", from), attr("to", to)],
    }
}

fn figures(limit: Limit) -> [Attribute; 3] {
    [
        attr("window_days", limit.window_days.to_string()),
        attr("per_window", limit.per_window.to_string()),
        attr("total", limit.total.to_string()),
    ]
}
