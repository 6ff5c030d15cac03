//! The bytes in storage: a migration must still read them.

use crate::state::{Addresses, Claim, Docket, Lasting, Mark, Member, Proposal, UNTIL_LIFTED, UNTIL_REVOKED};
use crate::state::{ADDRESSES, CLAIMS, CLOCK, COUNT, DOCKETS, HOLDERS, MARKS, MEMBERS, PROPOSALS};
use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::{HexBinary, Order, Storage};
use vrs_days::Clock;
use vrs_interface::identity::{AddressRole, AppealState, Kind, Penalty};
use vrs_table::AccountKey;

/// Key and value of the only entry.
fn only(storage: &mut MockStorage) -> (String, String) {
    let entries: Vec<_> = storage.range(None, None, Order::Ascending).collect();
    let [(key, value)] = entries.as_slice() else {
        panic!("{} entries", entries.len());
    };
    storage.remove(key);
    (
        HexBinary::from(key.clone()).to_hex(),
        HexBinary::from(value.clone()).to_hex(),
    )
}

fn is(storage: &mut MockStorage, key: &str, value: &str) {
    assert_eq!(only(storage), (key.to_string(), value.to_string()));
}

#[test]
fn every_entry_is_stored_as_it_was() {
    let mut s = MockStorage::new();
    CLOCK.save(&mut s, &Clock::daily(1_700_000_000)).unwrap();
    is(&mut s, "01", "80e2cfaa0680a305e0a801e0ee0b");
    COUNT.save(&mut s, &300).unwrap();
    is(&mut s, "02", "ac02");
    let member = Member {
        kind: Kind::Merchant,
        level: 7,
        verified_until: 300,
        marked_until: 0,
    };
    MEMBERS.save(&mut s, &258, &member).unwrap();
    is(&mut s, "0300000102", "0107ac0200");
    let longest = Member {
        kind: Kind::Investor,
        level: 100,
        verified_until: UNTIL_REVOKED,
        marked_until: UNTIL_LIFTED,
    };
    MEMBERS.save(&mut s, &1, &longest).unwrap();
    is(&mut s, "0300000001", "0564ffffffff0fffffffffffffffffff01");
    let addresses = Addresses {
        account: vec![0xaa; 3],
        payout: vec![],
    };
    ADDRESSES.save(&mut s, &1, &addresses).unwrap();
    is(&mut s, "0400000001", "03aaaaaa00");
    HOLDERS.save(&mut s, &AccountKey(vec![0xbb; 3]), &1).unwrap();
    is(&mut s, "05bbbbbb", "01");
    let claim = Claim {
        hash: [0x11; 32],
        verifier: vec![0xcc; 2],
        since: 1,
        until: 5,
    };
    CLAIMS.save(&mut s, &(1, 2), &claim).unwrap();
    is(&mut s, "060000000102", &format!("{}02cccc0105", "11".repeat(32)));
    let mark = Mark {
        severity: 5,
        reason: "no".into(),
        from: 1,
        until: 9,
        penalty: Penalty::TradeLimit { max: 300 },
        by: vec![0xdd],
        appeal: AppealState::Upheld,
        statement: Some([0x22; 32]),
    };
    MARKS.save(&mut s, &(1, 2), &mark).unwrap();
    is(
        &mut s,
        "070000000100000002",
        &format!("05026e6f010903ac0201dd0201{}", "22".repeat(32)),
    );
    let lasting = |mark, until, penalty| Lasting { mark, until, penalty };
    let docket = Docket {
        latest: 6,
        lasting: vec![
            lasting(2, 9, Penalty::None {}),
            lasting(3, 9, Penalty::LowerRank { by: 4 }),
            lasting(5, 9, Penalty::LowerLevel { by: 5 }),
            lasting(6, 9, Penalty::Removal {}),
        ],
    };
    DOCKETS.save(&mut s, &1, &docket).unwrap();
    is(&mut s, "0800000001", "06040209000309010405090205060904");
    let proposal = Proposal {
        role: AddressRole::Payout,
        address: vec![0xee],
        until: 7,
    };
    PROPOSALS.save(&mut s, &1, &proposal).unwrap();
    is(&mut s, "0900000001", "0101ee07");
}
