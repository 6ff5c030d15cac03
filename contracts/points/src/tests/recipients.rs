//! Who receives transfers, whatever identity answers.

use super::world::{standing, transfer, World};
use crate::ContractError;
use cosmwasm_std::{Binary, ContractResult, SystemError, SystemResult};

#[test]
fn members_receive_who_are_not_removed() {
    let mut world = World::new();
    world.give("ann", 10);
    world.set_member("zoe", Some(9), Some(standing(false, false)));
    world.set_member("rob", Some(8), Some(standing(true, true)));
    let (zoe, rob, nobody) = (world.addr("zoe"), world.addr("rob"), world.addr("nobody"));
    world.by("ann", transfer(&zoe, 1)).unwrap();
    let refused = ContractError::Removed { recipient: rob.clone() };
    assert_eq!(world.by("ann", transfer(&rob, 1)).unwrap_err(), refused);
    let refused = ContractError::NotAMember {
        recipient: nobody.clone(),
    };
    assert_eq!(world.by("ann", transfer(&nobody, 1)).unwrap_err(), refused);
    assert_eq!((world.held("ann"), world.held("zoe")), (9, 1));
}

#[test]
fn verified_only_points_ask_for_verified_members() {
    let mut world = World::with(|msg| msg.verified_only = true);
    world.give("ann", 10);
    world.set_member("zoe", Some(9), Some(standing(false, false)));
    let (ben, zoe) = (world.addr("ben"), world.addr("zoe"));
    world.by("ann", transfer(&ben, 1)).unwrap();
    let refused = ContractError::NotVerified { recipient: zoe.clone() };
    assert_eq!(world.by("ann", transfer(&zoe, 1)).unwrap_err(), refused);
}

#[test]
fn who_was_removed_still_spends() {
    let mut world = World::new();
    world.give("ann", 10);
    world.set_member("ann", Some(1), Some(standing(true, true)));
    let ben = world.addr("ben");
    world.by("ann", transfer(&ben, 10)).unwrap();
    assert_eq!(world.held("ben"), 10);
}

#[test]
fn half_an_answer_of_identity_is_no_member() {
    let mut world = World::new();
    world.give("ann", 10);
    for (member, seen) in [(Some(9), None), (None, Some(standing(true, false)))] {
        world.set_member("zoe", member, seen);
        let zoe = world.addr("zoe");
        let refused = ContractError::NotAMember { recipient: zoe.clone() };
        assert_eq!(world.by("ann", transfer(&zoe, 1)).unwrap_err(), refused);
    }
}

#[test]
fn an_identity_that_fails_or_talks_nonsense_stops_transfers_only() {
    let mut world = World::new();
    world.give("ann", 10);
    let ben = world.addr("ben");
    let answers: [fn() -> SystemResult<ContractResult<Binary>>; 4] = [
        || SystemResult::Ok(ContractResult::Err("broken".into())),
        || SystemResult::Ok(ContractResult::Ok(Binary::from(b"{\"member\":\"nine\"}"))),
        || SystemResult::Ok(ContractResult::Ok(Binary::default())),
        || SystemResult::Err(SystemError::NoSuchContract { addr: "gone".into() }),
    ];
    for answer in answers {
        world.deps.querier.update_wasm(move |_| answer());
        let error = world.by("ann", transfer(&ben, 1)).unwrap_err();
        assert!(matches!(&error, ContractError::Std(_)), "{error:?}");
        world.by("ann", super::world::burn(1)).unwrap();
    }
    assert_eq!((world.held("ann"), world.held("ben")), (6, 0));
}
