//! What the contract tells: events of type `vrs_identity`, `v` and `action` first. Names and
//! attributes are an interface, frozen by `tests/events.rs`.

use cosmwasm_std::{attr, Addr, Attribute, Event as WasmEvent, HexBinary, Response};
use vrs_days::Day;
use vrs_interface::identity::{AddressRole, Kind, MemberId, Penalty, Topic};

/// Version of the events.
const SCHEMA: &str = "1";

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// The registry was created.
    Created { owner: Addr },
    /// Ownership, a role or the pause changed.
    Access { attributes: Vec<Attribute> },
    /// A member was registered.
    Registered {
        member: MemberId,
        kind: Kind,
        level: u8,
        account: Addr,
        /// None: payments follow the account.
        payout: Option<Addr>,
        by: Addr,
    },
    /// A member proposed an address.
    AddressProposed {
        member: MemberId,
        role: AddressRole,
        address: Addr,
        /// Last day on which it can be accepted.
        until: Day,
    },
    /// A member withdrew their proposal.
    ProposalWithdrawn { member: MemberId },
    /// An address became a member's.
    AddressAccepted {
        member: MemberId,
        role: AddressRole,
        address: Addr,
    },
    /// A verifier made a claim.
    ClaimAdded {
        member: MemberId,
        topic: Topic,
        hash: [u8; 32],
        /// None: until it is revoked.
        until: Option<Day>,
        by: Addr,
    },
    /// A claim was removed.
    ClaimRevoked { member: MemberId, topic: Topic, by: Addr },
    /// A verifier set a level.
    LevelSet { member: MemberId, level: u8, by: Addr },
    /// An arbiter marked a member.
    Marked {
        member: MemberId,
        mark: u32,
        severity: u8,
        reason: String,
        /// None: until it is lifted.
        until: Option<u64>,
        penalty: Penalty,
        by: Addr,
    },
    /// A mark was lifted.
    MarkLifted { member: MemberId, mark: u32, by: Addr },
    /// A member appealed.
    Appealed {
        member: MemberId,
        mark: u32,
        statement: [u8; 32],
    },
    /// An appeal was decided.
    AppealResolved {
        member: MemberId,
        mark: u32,
        upheld: bool,
        by: Addr,
    },
    /// Another version took over.
    Migrated { from: String, to: String },
}

impl From<Event> for WasmEvent {
    fn from(event: Event) -> Self {
        WasmEvent::new("vrs_identity")
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
        Event::Created { owner } => vec![attr("action", "create"), attr("owner", owner)],
        Event::Access { attributes } => attributes,
        Event::Registered {
            member,
            kind,
            level,
            account,
            payout,
            by,
        } => {
            let mut told = about("register", member);
            told.extend([
                attr("kind", kind_name(kind)),
                attr("level", level.to_string()),
                attr("account", account),
            ]);
            told.extend(payout.map(|payout| attr("payout", payout)));
            told.push(attr("by", by));
            told
        }
        Event::AddressProposed {
            member,
            role,
            address,
            until,
        } => {
            let mut told = about("propose_address", member);
            told.extend([
                attr("role", role_name(role)),
                attr("address", address),
                attr("until", until.to_string()),
            ]);
            told
        }
        Event::ProposalWithdrawn { member } => about("withdraw_proposal", member),
        Event::AddressAccepted { member, role, address } => {
            let mut told = about("accept_address", member);
            told.extend([attr("role", role_name(role)), attr("address", address)]);
            told
        }
        Event::ClaimAdded {
            member,
            topic,
            hash,
            until,
            by,
        } => {
            let mut told = about("add_claim", member);
            told.extend([attr("topic", topic_name(topic)), attr("hash", hex(hash))]);
            told.extend(until.map(|day| attr("until", day.to_string())));
            told.push(attr("by", by));
            told
        }
        Event::ClaimRevoked { member, topic, by } => {
            let mut told = about("revoke_claim", member);
            told.extend([attr("topic", topic_name(topic)), attr("by", by)]);
            told
        }
        Event::LevelSet { member, level, by } => {
            let mut told = about("set_level", member);
            told.extend([attr("level", level.to_string()), attr("by", by)]);
            told
        }
        Event::Marked {
            member,
            mark,
            severity,
            reason,
            until,
            penalty,
            by,
        } => {
            let mut told = about_mark("mark", member, mark);
            told.extend([attr("severity", severity.to_string()), attr("reason", reason)]);
            told.extend(until.map(|second| attr("until", second.to_string())));
            told.extend(penalty_attributes(&penalty));
            told.push(attr("by", by));
            told
        }
        Event::MarkLifted { member, mark, by } => {
            let mut told = about_mark("lift_mark", member, mark);
            told.push(attr("by", by));
            told
        }
        Event::Appealed {
            member,
            mark,
            statement,
        } => {
            let mut told = about_mark("appeal", member, mark);
            told.push(attr("statement", hex(statement)));
            told
        }
        Event::AppealResolved {
            member,
            mark,
            upheld,
            by,
        } => {
            let mut told = about_mark("resolve_appeal", member, mark);
            told.extend([attr("upheld", upheld.to_string()), attr("by", by)]);
            told
        }
        Event::Migrated { from, to } => vec![attr("action", "migrate"), attr("from", from), attr("to", to)],
    }
}

fn about(action: &str, member: MemberId) -> Vec<Attribute> {
    vec![attr("action", action), attr("member", member.to_string())]
}

fn about_mark(action: &str, member: MemberId, mark: u32) -> Vec<Attribute> {
    let mut told = about(action, member);
    told.push(attr("mark", mark.to_string()));
    told
}

/// `penalty`, and its figure where it has one.
fn penalty_attributes(penalty: &Penalty) -> Vec<Attribute> {
    match penalty {
        Penalty::None {} => vec![attr("penalty", "none")],
        Penalty::LowerRank { by } => vec![attr("penalty", "lower_rank"), attr("lower_by", by.to_string())],
        Penalty::LowerLevel { by } => vec![attr("penalty", "lower_level"), attr("lower_by", by.to_string())],
        Penalty::TradeLimit { max } => vec![attr("penalty", "trade_limit"), attr("max", max.to_string())],
        Penalty::Removal {} => vec![attr("penalty", "removal")],
    }
}

fn hex(hash: [u8; 32]) -> String {
    HexBinary::from(hash).to_hex()
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Individual => "individual",
        Kind::Merchant => "merchant",
        Kind::Company => "company",
        Kind::Instructor => "instructor",
        Kind::Institution => "institution",
        Kind::Investor => "investor",
    }
}

fn topic_name(topic: Topic) -> &'static str {
    match topic {
        Topic::Identity => "identity",
        Topic::Licence => "licence",
        Topic::Address => "address",
        Topic::Card => "card",
        Topic::Telephone => "telephone",
        Topic::Qualification => "qualification",
    }
}

fn role_name(role: AddressRole) -> &'static str {
    match role {
        AddressRole::Account => "account",
        AddressRole::Payout => "payout",
    }
}
