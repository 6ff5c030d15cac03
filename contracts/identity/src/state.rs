//! What is stored. Keys are one byte and fixed-width big-endian parts, values postcard; the bytes
//! are frozen by `tests/stored.rs`.

use crate::ContractError;
use serde::{Deserialize, Serialize};
use vrs_access::{PAST, PAUSED, ROLES};
use vrs_days::{Clock, Day};
use vrs_interface::identity::{AddressRole, AppealState, Kind, MemberId, Penalty};
use vrs_table::{AccountKey, Cell, Table};

/// The programme's clock; never changes.
pub const CLOCK: Cell<Clock> = Cell::new(0x01);
/// Members registered so far, also the highest number; absent before the first.
pub const COUNT: Cell<u32> = Cell::new(0x02);
/// Member -> what every receipt reads of them; never removed.
pub const MEMBERS: Table<MemberId, Member> = Table::new(0x03);
/// Member -> their addresses; never removed.
pub const ADDRESSES: Table<MemberId, Addresses> = Table::new(0x04);
/// Address -> the member to whom it belongs, as account or payout, now or earlier; never removed, so
/// that no two members can ever count the same holding.
pub const HOLDERS: Table<AccountKey, MemberId> = Table::new(0x05);
/// (member, topic) -> claim; removed when it is revoked, replaced when it is added again.
pub const CLAIMS: Table<(MemberId, u8), Claim> = Table::new(0x06);
/// (member, mark) -> mark; kept for good, being evidence.
pub const MARKS: Table<(MemberId, u32), Mark> = Table::new(0x07);
/// Member -> their marks that last; from their first mark on.
pub const DOCKETS: Table<MemberId, Docket> = Table::new(0x08);
/// Member -> the address proposed; removed when it is accepted or withdrawn.
pub const PROPOSALS: Table<MemberId, Proposal> = Table::new(0x09);

const _: () = vrs_table::unique(&[
    0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, ROLES, PAUSED, PAST,
]);

/// A claim's last day where it holds until it is revoked.
pub const UNTIL_REVOKED: Day = Day::MAX;
/// A mark's end where it lasts until it is lifted.
pub const UNTIL_LIFTED: u64 = u64::MAX;

/// What every receipt reads of a member: 4 to 18 bytes, some 8 as a rule.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Member {
    /// What they are.
    pub kind: Kind,
    /// 0 to 100, before penalties.
    pub level: u8,
    /// Last day of their claim of topic `identity`; [`UNTIL_REVOKED`]; 0: they have none.
    pub verified_until: Day,
    /// Unix second at which the last of their marks ends; [`UNTIL_LIFTED`]; 0: they have none. From then
    /// on nothing but this record is read.
    pub marked_until: u64,
}

/// Canonical bytes of a member's addresses.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Addresses {
    /// The account that acts.
    pub account: Vec<u8>,
    /// Where they are paid; empty: wherever the account is.
    pub payout: Vec<u8>,
}

impl Addresses {
    /// Where they are paid.
    pub fn payout(&self) -> &[u8] {
        if self.payout.is_empty() {
            &self.account
        } else {
            &self.payout
        }
    }
}

/// A claim as a verifier made it.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Claim {
    /// Salted hash of the evidence.
    pub hash: [u8; 32],
    /// Canonical bytes of who verified it.
    pub verifier: Vec<u8>,
    /// Day on which it was made.
    pub since: Day,
    /// Last day on which it holds; [`UNTIL_REVOKED`].
    pub until: Day,
}

/// A mark and what became of it.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Mark {
    /// 1 to 5.
    pub severity: u8,
    /// 1 to 140 bytes.
    pub reason: String,
    /// Unix second from which it holds.
    pub from: u64,
    /// Unix second at which it ends or ended; [`UNTIL_LIFTED`].
    pub until: u64,
    /// What it does.
    pub penalty: Penalty,
    /// Canonical bytes of who marked.
    pub by: Vec<u8>,
    /// What became of the appeal.
    pub appeal: AppealState,
    /// Hash of the appeal's statement.
    pub statement: Option<[u8; 32]>,
}

/// A member's marks that last, at most 16. One that has ended stays until the docket is next
/// written and counts for nothing.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Default)]
pub struct Docket {
    /// Number of their latest mark.
    pub latest: u32,
    /// Ascending by number.
    pub lasting: Vec<Lasting>,
}

/// What a standing needs of a mark.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Lasting {
    /// Its number.
    pub mark: u32,
    /// Unix second at which it ends; [`UNTIL_LIFTED`].
    pub until: u64,
    /// What it does.
    pub penalty: Penalty,
}

/// An address that waits to be accepted.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Which of the two.
    pub role: AddressRole,
    /// Its canonical bytes.
    pub address: Vec<u8>,
    /// Last day on which it can be accepted.
    pub until: Day,
}

/// The member's short record, or [`ContractError::UnknownMember`].
pub fn member(storage: &dyn cosmwasm_std::Storage, member: MemberId) -> Result<Member, ContractError> {
    MEMBERS
        .may_load(storage, &member)?
        .ok_or(ContractError::UnknownMember { member })
}
