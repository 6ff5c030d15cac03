//! What the contract tells: events of type `vrs_mining`, `v` and `action` first. Names and attributes are an
//! interface, frozen by `tests/events.rs`. Amounts are base units.

use crate::rulebook::Planned;
use cosmwasm_std::{attr, Addr, Attribute, Binary, CosmosMsg, Event as WasmEvent, Response, Uint64};
use vrs_days::Day;
use vrs_interface::attested::DropReason;
use vrs_interface::identity::MemberId;
use vrs_interface::mining::{Method, MethodBudget, MiningPool};

/// Version of the events.
const SCHEMA: &str = "1";

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// The contract was created.
    Created { owner: Addr },
    /// Ownership, a role or the pause changed.
    Access { attributes: Vec<Attribute> },
    /// A batch was counted.
    Counted {
        device: u32,
        day: Day,
        sequence: u32,
        /// Readings that count.
        readings: u32,
        /// Items that fell.
        dropped: Vec<(u16, DropReason)>,
    },
    /// A day was closed.
    DayClosed { day: Day, hp: u128, vrs: u128 },
    /// A pool got more; `funded` is all it ever got.
    Funded {
        pool: MiningPool,
        amount: u128,
        funded: u128,
    },
    /// A product's factor changes.
    ProductSet { id: u32, factor_e9: u64, from: Day },
    /// The rules change.
    ParamsSet(Planned),
    /// A budget was lowered at once.
    BudgetCut { budget: MethodBudget },
    /// Recovered units returned to the budget.
    Refilled { pool: MiningPool, amount: u128 },
    /// A member was paid.
    Claimed {
        member: MemberId,
        to: Addr,
        hp: u128,
        vrs: u128,
        /// Days that had a score.
        days: u32,
        through: Day,
        more: bool,
    },
    /// Rewards returned to the pools.
    TakenBack {
        account: MemberId,
        day: Day,
        methods: Vec<Method>,
        hp: u128,
        vrs: u128,
    },
    /// Accounts' days were removed.
    ScoresPruned {
        removed: u32,
        unclaimed: u32,
        /// The next call's `start_after`, told as JSON; none where the walk is through.
        next: Option<(MemberId, Day)>,
    },
    /// Readings were removed.
    ReadingsPruned {
        removed: u32,
        /// Likewise.
        next: Option<(MemberId, Day, Method, Uint64)>,
    },
    /// Another version took over.
    Migrated { from: String, to: String },
}

impl From<Event> for WasmEvent {
    fn from(event: Event) -> Self {
        WasmEvent::new("vrs_mining")
            .add_attribute("v", SCHEMA)
            .add_attributes(attributes(event))
    }
}

fn attributes(event: Event) -> Vec<Attribute> {
    match event {
        Event::Created { owner } => vec![attr("action", "create"), attr("owner", owner)],
        Event::Access { attributes } => attributes,
        Event::Counted {
            device,
            day,
            sequence,
            readings,
            dropped,
        } => {
            let mut told = vec![
                attr("action", "count"),
                number("device", device),
                number("day", day),
                number("sequence", sequence),
                number("readings", readings),
            ];
            // `item:reason` by comma, as the oracle tells it; absent where nothing fell.
            if !dropped.is_empty() {
                let fell = dropped.iter().map(|(item, reason)| format!("{item}:{}", reason.name()));
                told.push(attr("dropped", fell.collect::<Vec<_>>().join(",")));
            }
            told
        }
        Event::DayClosed { day, hp, vrs } => vec![
            attr("action", "close_day"),
            number("day", day),
            number("hp", hp),
            number("vrs", vrs),
        ],
        Event::Funded { pool, amount, funded } => {
            vec![
                attr("action", "fund"),
                attr("pool", name(pool)),
                number("amount", amount),
                number("funded", funded),
            ]
        }
        Event::ProductSet { id, factor_e9, from } => vec![
            attr("action", "set_product"),
            number("product", id),
            number("factor_e9", factor_e9),
            number("from", from),
        ],
        Event::ParamsSet(planned) => {
            let mut told = vec![
                attr("action", "set_params"),
                number("from", planned.from),
                attr("raised", planned.raised.to_string()),
            ];
            // A plan that waited and is replaced, by its first day.
            told.extend(planned.dropped.map(|day| number("dropped", day)));
            told
        }
        Event::BudgetCut { budget } => vec![
            attr("action", "cut_budget"),
            attr("method", budget.method.name()),
            attr("hp", budget.hp),
            attr("vrs", budget.vrs),
        ],
        Event::Refilled { pool, amount } => {
            vec![
                attr("action", "refill"),
                attr("pool", name(pool)),
                number("amount", amount),
            ]
        }
        Event::Claimed {
            member,
            to,
            hp,
            vrs,
            days,
            through,
            more,
        } => vec![
            attr("action", "claim"),
            number("member", member),
            attr("to", to),
            number("hp", hp),
            number("vrs", vrs),
            number("days", days),
            number("through", through),
            attr("more", more.to_string()),
        ],
        Event::TakenBack {
            account,
            day,
            methods,
            hp,
            vrs,
        } => {
            let methods: Vec<_> = methods.into_iter().map(Method::name).collect();
            vec![
                attr("action", "take_back"),
                number("account", account),
                number("day", day),
                attr("methods", methods.join(",")),
                number("hp", hp),
                number("vrs", vrs),
            ]
        }
        Event::ScoresPruned {
            removed,
            unclaimed,
            next,
        } => {
            let mut told = vec![
                attr("action", "prune_scores"),
                number("removed", removed),
                number("unclaimed", unclaimed),
            ];
            told.extend(next.map(|(account, day)| attr("next", format!("[{account},{day}]"))));
            told
        }
        Event::ReadingsPruned { removed, next } => {
            let mut told = vec![attr("action", "prune_readings"), number("removed", removed)];
            told.extend(next.map(|(account, day, method, unit)| {
                attr("next", format!("[{account},{day},\"{}\",\"{unit}\"]", method.name()))
            }));
            told
        }
        Event::Migrated { from, to } => vec![attr("action", "migrate"), attr("from", from), attr("to", to)],
    }
}

fn number(key: &str, value: impl ToString) -> Attribute {
    attr(key, value.to_string())
}

/// A pool as events name it.
fn name(pool: MiningPool) -> &'static str {
    match pool {
        MiningPool::Hp => "hp",
        MiningPool::Vrs => "vrs",
    }
}

/// What a message did: events, messages to other contracts, response data.
#[derive(Default)]
pub struct Told {
    /// In the order they happened.
    pub events: Vec<Event>,
    /// In the order they are to run.
    pub messages: Vec<CosmosMsg>,
    /// The response's data.
    pub data: Option<Binary>,
}

impl Told {
    /// One event and nothing else.
    pub fn one(event: Event) -> Self {
        Told {
            events: vec![event],
            ..Told::default()
        }
    }

    /// This, and what came after it.
    pub fn then(mut self, next: Told) -> Self {
        self.events.extend(next.events);
        self.messages.extend(next.messages);
        self.data = next.data.or(self.data);
        self
    }
}

impl From<Told> for Response {
    fn from(told: Told) -> Self {
        let mut response = Response::new()
            .add_events(told.events.into_iter().map(WasmEvent::from))
            .add_messages(told.messages);
        response.data = told.data;
        response
    }
}
