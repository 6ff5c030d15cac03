//! What the contract tells. Type, names and order of attributes are an interface: dApps index them.

use crate::side::SideExt;
use cosmwasm_std::{attr, to_json_string, Attribute, Event as CosmosEvent};
use vrs_days::Day;
use vrs_interface::attested::DropReason;
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{Budget, Profile, Rate, Side};

/// Type of every event.
pub const TYPE: &str = "vrs_merchant";
/// Version of names and attributes.
pub const VERSION: &str = "1";

/// Which table of rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateKind {
    /// Rents.
    District,
    /// Wages.
    Trade,
}

impl RateKind {
    /// Its name in events and errors.
    pub fn name(self) -> &'static str {
        match self {
            RateKind::District => "district",
            RateKind::Trade => "trade",
        }
    }
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// Owner, roles, pause: the attributes that `vrs-access` answers, `action` first.
    Access(Vec<Attribute>),
    /// The contract was born.
    Created {
        owner: String,
        identity: String,
        oracle: String,
        bzky: String,
        time: String,
    },
    /// Another code took over.
    Migrated { from: String, to: String },
    /// Orders of a batch were counted.
    Attested {
        day: Day,
        merchant: MemberId,
        /// Orders that counted for anything, small ones included.
        orders: u32,
        /// The merchant's BizPower after them, 18 decimals.
        bizpower: u128,
        device: u32,
        sequence: u32,
    },
    /// An item did not count.
    Dropped {
        device: u32,
        sequence: u32,
        item: u16,
        reason: DropReason,
    },
    /// A day was closed; base units.
    DayClosed {
        side: Side,
        day: Day,
        participants: u32,
        budget: u128,
        reserved: u128,
    },
    /// A member was paid; base units.
    Claimed {
        side: Side,
        member: MemberId,
        amount: u128,
        through: Day,
    },
    /// A reward of a provisional day was taken back; base units that returned to the pool.
    TakenBack {
        side: Side,
        member: MemberId,
        merchant: MemberId,
        day: Day,
        amount: u128,
    },
    /// Base units came into a pool; what it was funded with in all.
    Funded { side: Side, amount: u128, funded: u128 },
    /// Recovered units returned to the budget.
    Refilled { side: Side, amount: u128 },
    /// Premises were attested.
    ProfileSet { profile: Profile, from: Day },
    /// A rent or wage was set.
    RateSet { kind: RateKind, rate: Rate, from: Day },
    /// The rules change.
    ParamsSet {
        from: Day,
        /// First day of a change that waited and never comes.
        dropped: Option<Day>,
    },
    /// A budget was lowered.
    BudgetCut { side: Side, budget: Budget },
    /// Old entries were removed.
    Pruned {
        what: &'static str,
        removed: u32,
        unclaimed: u32,
        /// The next call's `start_after`, as JSON; none where the walk is through.
        next: Option<String>,
    },
}

impl From<Event> for CosmosEvent {
    fn from(event: Event) -> Self {
        let (action, attributes) = event.parts();
        CosmosEvent::new(TYPE)
            .add_attribute("v", VERSION)
            .add_attributes(action.map(|action| attr("action", action)))
            .add_attributes(attributes)
    }
}

impl Event {
    fn parts(self) -> (Option<&'static str>, Vec<Attribute>) {
        match self {
            Event::Access(attributes) => (None, attributes),
            Event::Created {
                owner,
                identity,
                oracle,
                bzky,
                time,
            } => (
                Some("create"),
                vec![
                    attr("owner", owner),
                    attr("identity", identity),
                    attr("oracle", oracle),
                    attr("bzky", bzky),
                    attr("time", time),
                ],
            ),
            Event::Migrated { from, to } => (Some("migrate"), vec![attr("from", from), attr("to", to)]),
            Event::Attested {
                day,
                merchant,
                orders,
                bizpower,
                device,
                sequence,
            } => (
                Some("attested"),
                vec![
                    number("day", day),
                    number("merchant", merchant),
                    number("orders", orders),
                    number("bizpower", bizpower),
                    number("device", device),
                    number("sequence", sequence),
                ],
            ),
            Event::Dropped {
                device,
                sequence,
                item,
                reason,
            } => (
                Some("dropped"),
                vec![
                    number("device", device),
                    number("sequence", sequence),
                    number("item", item),
                    attr("reason", reason.name()),
                ],
            ),
            Event::DayClosed {
                side,
                day,
                participants,
                budget,
                reserved,
            } => (
                Some("day_closed"),
                vec![
                    attr("side", side.name()),
                    number("day", day),
                    number("participants", participants),
                    number("budget", budget),
                    number("reserved", reserved),
                ],
            ),
            Event::Claimed {
                side,
                member,
                amount,
                through,
            } => (
                Some("claimed"),
                vec![
                    attr("side", side.name()),
                    number("member", member),
                    number("amount", amount),
                    number("through", through),
                ],
            ),
            Event::TakenBack {
                side,
                member,
                merchant,
                day,
                amount,
            } => (
                Some("taken_back"),
                vec![
                    attr("side", side.name()),
                    number("member", member),
                    number("merchant", merchant),
                    number("day", day),
                    number("amount", amount),
                ],
            ),
            Event::Funded { side, amount, funded } => (
                Some("funded"),
                vec![
                    attr("side", side.name()),
                    number("amount", amount),
                    number("funded", funded),
                ],
            ),
            Event::Refilled { side, amount } => (
                Some("refilled"),
                vec![attr("side", side.name()), number("amount", amount)],
            ),
            Event::ProfileSet { profile, from } => (
                Some("profile_set"),
                vec![
                    number("merchant", profile.merchant),
                    number("area", profile.area),
                    number("staff", profile.staff),
                    number("district", profile.district),
                    number("trade", profile.trade),
                    number("from", from),
                ],
            ),
            Event::RateSet { kind, rate, from } => (
                Some("rate_set"),
                vec![
                    attr("kind", kind.name()),
                    number("id", rate.id),
                    number("amount", rate.amount),
                    number("from", from),
                ],
            ),
            Event::ParamsSet { from, dropped } => {
                let mut attributes = vec![number("from", from)];
                attributes.extend(dropped.map(|day| number("dropped", day)));
                (Some("params_set"), attributes)
            }
            Event::BudgetCut { side, budget } => (
                Some("budget_cut"),
                vec![
                    attr("side", side.name()),
                    number("per_head", budget.per_head),
                    number("max", budget.max),
                    number("window_days", budget.window_days),
                    number("per_window", budget.per_window),
                ],
            ),
            Event::Pruned {
                what,
                removed,
                unclaimed,
                next,
            } => {
                let mut attributes = vec![
                    attr("what", what),
                    number("removed", removed),
                    number("unclaimed", unclaimed),
                ];
                attributes.extend(next.map(|next| attr("next", next)));
                (Some("pruned"), attributes)
            }
        }
    }
}

fn number(key: &str, value: impl ToString) -> Attribute {
    attr(key, value.to_string())
}

/// A page's end, as the next call's `start_after` is written.
pub fn next_page<K: serde::Serialize>(next: Option<K>) -> cosmwasm_std::StdResult<Option<String>> {
    next.map(|next| to_json_string(&next)).transpose()
}
