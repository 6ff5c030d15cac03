//! `identity`: the number by which all others know a member.

use crate::access::{AccessMsg, PausedResponse, Role, RolesResponse};
use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::{Addr, Binary, QuerierWrapper, StdResult};
use vrs_days::{Clock, Day};
use vrs_message::{message, Permissions};

/// A member's number. 0 is nobody.
pub type MemberId = u32;

/// Most members that one `register_members` registers.
pub const MAX_NEW_MEMBERS: usize = 100;
/// Highest level.
pub const MAX_LEVEL: u8 = 100;
/// Most marks that last at once on one member.
pub const MAX_LIVE_MARKS: usize = 16;
/// Longest reason of a mark, in bytes.
pub const MAX_REASON: usize = 140;
/// Days for which a proposed address can be accepted, the day of the proposal included.
pub const PROPOSAL_DAYS: Day = 7;
/// Most members that one `standings` answers for.
pub const MAX_STANDINGS: usize = 2_000;
/// Most members that one `payouts` answers for.
pub const MAX_PAYOUTS: usize = 500;

/// Creates the registry.
#[message]
pub struct InstantiateMsg {
    /// Who administers it.
    pub owner: String,
    /// The programme's clock.
    pub clock: Clock,
}

/// Takes over the state of the same or an older version.
#[message]
pub struct MigrateMsg {}

/// What a member is.
#[message]
#[derive(Copy, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// A person: customer, patient, creator.
    Individual = 1,
    /// A shop.
    Merchant = 2,
    /// A company: issuer of mileage, sponsor, owner of servers.
    Company = 3,
    /// A coach or trainer.
    Instructor = 4,
    /// A public institution.
    Institution = 5,
    /// An investor.
    Investor = 6,
}

/// What a verified claim is about.
#[message]
#[derive(Copy, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Topic {
    /// The identity itself; a member without a live claim of this topic neither counts nor earns.
    Identity = 1,
    /// A business licence.
    Licence = 2,
    /// An address.
    Address = 3,
    /// A payment card.
    Card = 4,
    /// A telephone.
    Telephone = 5,
    /// A professional qualification.
    Qualification = 6,
}

impl Topic {
    /// All topics.
    pub const ALL: [Topic; 6] = [
        Topic::Identity,
        Topic::Licence,
        Topic::Address,
        Topic::Card,
        Topic::Telephone,
        Topic::Qualification,
    ];
}

/// A claim that a verifier checked. On chain stands its hash, nothing that points to a person.
#[message]
pub struct NewClaim {
    /// What it is about.
    pub topic: Topic,
    /// Salted hash of the evidence, 32 bytes.
    pub hash: Binary,
    /// Last day on which it holds; none: until it is revoked.
    #[explicit]
    pub until: Option<Day>,
}

/// A member to be registered by a registrar.
#[message]
pub struct NewMember {
    /// What they are.
    pub kind: Kind,
    /// The account that acts for them.
    pub account: String,
    /// Where they are paid; none or the account itself: payments follow the account. An address belongs
    /// to one member for good.
    #[explicit]
    pub payout: Option<String>,
    /// Level, 0 to 100.
    pub level: u8,
    /// The claim of topic `identity` that verifies them; the registrar must be a verifier too.
    #[explicit]
    pub identity: Option<NewClaim>,
}

/// What a mark does while it lasts.
#[message]
pub enum Penalty {
    /// Nothing but to be seen.
    None {},
    /// Lowers the search rank by so many places.
    LowerRank {
        /// 1 to 100.
        by: u8,
    },
    /// Lowers the level.
    LowerLevel {
        /// 1 to 100.
        by: u8,
    },
    /// Limits what counts in one order, in minor units.
    TradeLimit {
        /// The largest order that counts.
        max: u64,
    },
    /// Removes the member from the network: they neither count nor earn from then on.
    Removal {},
}

/// Which of a member's addresses.
#[message]
#[derive(Copy, Eq)]
pub enum AddressRole {
    /// The account that acts.
    Account,
    /// Where rewards go.
    Payout,
}

/// What can be done.
#[message]
#[derive(Permissions)]
pub enum ExecuteMsg {
    /// Owner, roles, pausing.
    #[permission(inner)]
    Access(AccessMsg),
    /// Registers the sender, unverified. Anyone.
    #[permission(anyone, stops)]
    Register {
        /// What they are.
        kind: Kind,
    },
    /// Registers 1 to 100 members. Registrar; members with a claim: who is a verifier too.
    #[permission(registrar)]
    RegisterMembers {
        /// Who.
        members: Vec<NewMember>,
    },
    /// Proposes another address; it takes effect when that address accepts, within 7 days. A later
    /// proposal replaces an earlier one; proposing the address in use withdraws it. The member's account.
    #[permission(subject)]
    ProposeAddress {
        /// Which of the two.
        role: AddressRole,
        /// The address.
        address: String,
    },
    /// Accepts to be a member's address. The proposed address.
    #[permission(subject)]
    AcceptAddress {
        /// Whose.
        member: MemberId,
    },
    /// Adds a verified claim; it replaces the member's claim of the same topic. Verifier.
    #[permission(verifier)]
    AddClaim {
        /// About whom.
        member: MemberId,
        /// The claim.
        claim: NewClaim,
    },
    /// Removes a claim at once. The verifier who made it, or the owner.
    #[permission(verifier)]
    RevokeClaim {
        /// About whom.
        member: MemberId,
        /// Which.
        topic: Topic,
    },
    /// Sets a member's level. Verifier.
    #[permission(verifier)]
    SetLevel {
        /// Whose.
        member: MemberId,
        /// 0 to 100.
        level: u8,
    },
    /// Marks a member, from this block on. Arbiter. At most 16 live marks a member.
    #[permission(arbiter)]
    Mark {
        /// Whom.
        member: MemberId,
        /// 1 (light) to 5 (grave).
        severity: u8,
        /// Why, 1 to 140 bytes; no personal data.
        reason: String,
        /// Unix second at which it ends, in the future and at most 2^40; none: until it is lifted.
        #[explicit]
        until: Option<u64>,
        /// What it does.
        penalty: Penalty,
    },
    /// Lifts a mark that lasts, at once; an open appeal is then granted. Arbiter, not in their own case.
    #[permission(arbiter)]
    LiftMark {
        /// Whose.
        member: MemberId,
        /// Its number.
        mark: u32,
    },
    /// Appeals against a mark that lasts, once. The member's account.
    #[permission(subject)]
    Appeal {
        /// Its number.
        mark: u32,
        /// Hash of the statement, 32 bytes.
        statement: Binary,
    },
    /// Decides an appeal; a mark that is not upheld is lifted. Owner, or an arbiter other than the one
    /// who marked and not in their own case.
    #[permission(arbiter)]
    ResolveAppeal {
        /// Whose.
        member: MemberId,
        /// Its number.
        mark: u32,
        /// Whether the mark stands.
        uphold: bool,
    },
}

/// Data of the response to `register` and `register_members`, as JSON.
#[cw_serde]
#[derive(Copy, Eq)]
pub struct Registered {
    /// Number of the first member registered; the others follow in the order given.
    pub first: MemberId,
    /// How many were registered.
    pub count: u32,
}

/// What can be asked.
#[message]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// The owner and a proposed one.
    #[returns(cw_ownable::Ownership<String>)]
    Ownership {},
    /// Who holds which role.
    #[returns(RolesResponse)]
    Roles {
        /// Role and account to start behind.
        start_after: Option<(Role, String)>,
        /// Page size.
        limit: Option<u32>,
    },
    /// Whether new registrations are stopped.
    #[returns(PausedResponse)]
    Paused {},
    /// Clock and number of members.
    #[returns(ConfigResponse)]
    Config {},
    /// All that other contracts need to know of many members, in the order asked; at most 2,000.
    #[returns(StandingsResponse)]
    Standings {
        /// Whose.
        members: Vec<MemberId>,
    },
    /// Where many members are paid, in the order asked; at most 500.
    #[returns(PayoutsResponse)]
    Payouts {
        /// Whose.
        members: Vec<MemberId>,
    },
    /// The member to whom an address belongs (as account or payout).
    #[returns(MemberOfResponse)]
    MemberOf {
        /// The address.
        address: String,
    },
    /// One member.
    #[returns(MemberResponse)]
    Member {
        /// His number.
        member: MemberId,
    },
    /// All members, ascending.
    #[returns(MembersResponse)]
    Members {
        /// Number to start behind.
        start_after: Option<MemberId>,
        /// Page size.
        limit: Option<u32>,
    },
    /// A member's claims.
    #[returns(ClaimsResponse)]
    Claims {
        /// Whose.
        member: MemberId,
    },
    /// A member's marks, past ones included.
    #[returns(MarksResponse)]
    Marks {
        /// Whose.
        member: MemberId,
        /// Number to start behind.
        start_after: Option<u32>,
        /// Page size.
        limit: Option<u32>,
    },
}

/// Answer to `config`.
#[cw_serde]
pub struct ConfigResponse {
    /// The programme's clock.
    pub clock: Clock,
    /// Members registered so far; also the highest number.
    pub members: u32,
}

/// What other contracts need to know of a member, marks applied as of now.
#[cw_serde]
pub struct Standing {
    /// What they are; none: no such member (all else is then empty).
    pub kind: Option<Kind>,
    /// Has a live claim of topic `identity`.
    pub verified: bool,
    /// Removed from the network by a live mark.
    pub removed: bool,
    /// Level after penalties.
    pub level: u8,
    /// Largest order that counts, minor units; none: no limit.
    pub trade_limit: Option<u64>,
}

/// Answer to `standings`.
#[cw_serde]
pub struct StandingsResponse {
    /// In the order asked.
    pub standings: Vec<Standing>,
}

/// Answer to `payouts`.
#[cw_serde]
pub struct PayoutsResponse {
    /// In the order asked; none: no such member.
    pub payouts: Vec<Option<Addr>>,
}

/// Answer to `member_of`.
#[cw_serde]
pub struct MemberOfResponse {
    /// The member, if there is one.
    pub member: Option<MemberId>,
    /// His standing now, if there is one.
    pub standing: Option<Standing>,
}

/// Answer to `member`.
#[cw_serde]
pub struct MemberResponse {
    /// His number.
    pub member: MemberId,
    /// What they are.
    pub kind: Kind,
    /// The account that acts for them.
    pub account: Addr,
    /// Where they are paid.
    pub payout: Addr,
    /// An address proposed, not yet accepted, that can still be.
    pub proposed: Option<(AddressRole, Addr)>,
    /// Level before penalties.
    pub level: u8,
    /// How far penalties lower their search rank: the sum, at most 255.
    pub rank_penalty: u8,
    /// As others see them now.
    pub standing: Standing,
}

/// Answer to `members`.
#[cw_serde]
pub struct MembersResponse {
    /// Ascending by number.
    pub members: Vec<MemberResponse>,
    /// Whether more are left.
    pub more: bool,
}

/// A claim as it stands.
#[cw_serde]
pub struct ClaimInfo {
    /// What it is about.
    pub topic: Topic,
    /// Salted hash of the evidence.
    pub hash: Binary,
    /// Who verified it.
    pub verifier: Addr,
    /// When, a programme day.
    pub since: Day,
    /// Last day on which it holds.
    pub until: Option<Day>,
    /// Whether it holds now.
    pub live: bool,
}

/// Answer to `claims`.
#[cw_serde]
pub struct ClaimsResponse {
    /// By topic.
    pub claims: Vec<ClaimInfo>,
}

/// Where an appeal stands.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum AppealState {
    /// None was made.
    None,
    /// It waits for a decision.
    Open,
    /// The mark stands.
    Upheld,
    /// The mark was lifted.
    Granted,
}

/// A mark as it stands.
#[cw_serde]
pub struct MarkInfo {
    /// Its number, from 1 for each member.
    pub mark: u32,
    /// 1 (light) to 5 (grave).
    pub severity: u8,
    /// Why.
    pub reason: String,
    /// Unix second from which it holds.
    pub from: u64,
    /// Unix second at which it ends or ended.
    pub until: Option<u64>,
    /// What it does.
    pub penalty: Penalty,
    /// Who marked.
    pub by: Addr,
    /// Whether an appeal was made and what became of it.
    pub appeal: AppealState,
    /// Hash of the appeal's statement.
    pub statement: Option<Binary>,
    /// Whether it holds now.
    pub live: bool,
}

/// Answer to `marks`.
#[cw_serde]
pub struct MarksResponse {
    /// Ascending by number.
    pub marks: Vec<MarkInfo>,
    /// Whether more are left.
    pub more: bool,
}

/// A typed caller of identity.
pub struct Client<'a> {
    /// Its address.
    pub identity: &'a Addr,
    /// Through which it is asked.
    pub querier: QuerierWrapper<'a>,
}

impl Client<'_> {
    /// Standings of any number of members, in as few calls as the bound of one allows.
    pub fn standings(&self, members: Vec<MemberId>) -> StdResult<Vec<Standing>> {
        let mut standings = Vec::with_capacity(members.len());
        for chunk in members.chunks(MAX_STANDINGS) {
            let msg = QueryMsg::Standings {
                members: chunk.to_vec(),
            };
            let answer: StandingsResponse = self.querier.query_wasm_smart(self.identity, &msg)?;
            standings.extend(answer.standings);
        }
        Ok(standings)
    }

    /// Where any number of members are paid, likewise.
    pub fn payouts(&self, members: Vec<MemberId>) -> StdResult<Vec<Option<Addr>>> {
        let mut payouts = Vec::with_capacity(members.len());
        for chunk in members.chunks(MAX_PAYOUTS) {
            let msg = QueryMsg::Payouts {
                members: chunk.to_vec(),
            };
            let answer: PayoutsResponse = self.querier.query_wasm_smart(self.identity, &msg)?;
            payouts.extend(answer.payouts);
        }
        Ok(payouts)
    }

    /// The member to whom an address belongs.
    pub fn member_of(&self, address: &Addr) -> StdResult<MemberOfResponse> {
        self.querier.query_wasm_smart(
            self.identity,
            &QueryMsg::MemberOf {
                address: address.to_string(),
            },
        )
    }
}
