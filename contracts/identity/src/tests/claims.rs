use super::world::{claim, out_of_bounds, World};
use crate::ContractError;
use cosmwasm_std::Binary;
use vrs_interface::access::{AccessMsg, Role};
use vrs_interface::identity::{ClaimsResponse, ExecuteMsg, NewClaim, QueryMsg, Topic};

fn revoke(member: u32, topic: Topic) -> ExecuteMsg {
    ExecuteMsg::RevokeClaim { member, topic }
}

#[test]
fn a_claim_holds_through_its_last_day_and_can_be_renewed() {
    let mut world = World::new();
    let ann = world.join("ann");
    world.claim(ann, Topic::Identity, Some(3)).unwrap();
    for (day, verified) in [(1, true), (3, true), (4, false)] {
        world.go_to(day);
        assert_eq!(world.standing(ann).verified, verified, "day {day}");
    }
    world.claim(ann, Topic::Identity, Some(8)).unwrap();
    assert!(world.standing(ann).verified);
    world.claim(ann, Topic::Identity, None).unwrap();
    world.go_to(100_000);
    assert!(world.standing(ann).verified);
}

#[test]
fn only_a_claim_of_topic_identity_verifies() {
    let mut world = World::new();
    let ann = world.join("ann");
    for topic in Topic::ALL.into_iter().filter(|topic| *topic != Topic::Identity) {
        world.claim(ann, topic, None).unwrap();
    }
    assert!(!world.standing(ann).verified);
}

#[test]
fn the_list_tells_who_verified_what_and_when() {
    let mut world = World::new();
    let ann = world.join("ann");
    world.go_to(5);
    world.claim(ann, Topic::Licence, Some(6)).unwrap();
    world.claim(ann, Topic::Identity, None).unwrap();
    world.go_to(7);
    let answer: ClaimsResponse = world.ask(QueryMsg::Claims { member: ann });
    let told: Vec<_> = answer
        .claims
        .iter()
        .map(|c| (c.topic, c.since, c.until, c.live))
        .collect();
    assert_eq!(
        told,
        [(Topic::Identity, 5, None, true), (Topic::Licence, 5, Some(6), false)]
    );
    assert_eq!(answer.claims[0].verifier, world.role(Role::Verifier));
    assert_eq!(answer.claims[0].hash, Binary::from([7; 32]));
}

#[test]
fn the_verifier_who_made_a_claim_or_the_owner_revokes_it() {
    let mut world = World::new();
    let ann = world.join("ann");
    let (owner, verifier, other) = (world.owner.clone(), world.role(Role::Verifier), world.addr("other"));
    let grant = AccessMsg::GrantRole {
        role: Role::Verifier,
        account: other.to_string(),
    };
    world.run(&owner, ExecuteMsg::Access(grant)).unwrap();
    world.claim(ann, Topic::Identity, None).unwrap();
    let refused = ContractError::NotTheVerifier {
        expected: verifier.clone(),
        actual: other.clone(),
    };
    assert_eq!(world.run(&other, revoke(ann, Topic::Identity)), Err(refused));

    world.run(&verifier, revoke(ann, Topic::Identity)).unwrap();
    assert!(!world.standing(ann).verified);
    let gone = ContractError::UnknownClaim {
        member: ann,
        topic: Topic::Identity,
    };
    assert_eq!(world.run(&verifier, revoke(ann, Topic::Identity)), Err(gone));

    world.claim(ann, Topic::Identity, None).unwrap();
    world.run(&owner, revoke(ann, Topic::Identity)).unwrap();
    assert!(!world.standing(ann).verified);
}

/// A verifier replaces and revokes only their own claims, so that a stolen verifier's key takes nobody's
/// verification away. Others' claims fall to them once they have ended or their verifier is none any more.
#[test]
fn a_verifier_replaces_only_their_own_claims() {
    let mut world = World::new();
    let ann = world.join("ann");
    let (owner, verifier, other) = (world.owner.clone(), world.role(Role::Verifier), world.addr("other"));
    let role = Role::Verifier;
    let account = other.to_string();
    let grant = AccessMsg::GrantRole { role, account };
    world.run(&owner, ExecuteMsg::Access(grant)).unwrap();
    let add = |topic, until| ExecuteMsg::AddClaim {
        member: ann,
        claim: claim(topic, until),
    };
    let refused = || ContractError::NotTheVerifier {
        expected: verifier.clone(),
        actual: other.clone(),
    };
    world.claim(ann, Topic::Identity, Some(9)).unwrap();
    for until in [Some(1), Some(100), None] {
        assert_eq!(world.run(&other, add(Topic::Identity, until)), Err(refused()));
    }
    // A claim of another topic is their own; the maker renews theirs; the owner replaces any.
    world.run(&other, add(Topic::Card, None)).unwrap();
    world.claim(ann, Topic::Identity, Some(12)).unwrap();
    world.run(&owner, add(Topic::Identity, Some(9))).unwrap();
    world.run(&owner, revoke(ann, Topic::Identity)).unwrap();
    world.claim(ann, Topic::Identity, Some(9)).unwrap();
    // It has ended.
    world.go_to(10);
    world.run(&other, add(Topic::Identity, Some(20))).unwrap();
    // Its verifier is none any more.
    let account = other.to_string();
    let dismiss = AccessMsg::RevokeRole { role, account };
    world.run(&owner, ExecuteMsg::Access(dismiss)).unwrap();
    world.claim(ann, Topic::Identity, Some(30)).unwrap();
    assert!(world.standing(ann).verified);
}

#[test]
fn revoking_another_topic_leaves_the_verification() {
    let mut world = World::new();
    let ann = world.join("ann");
    world.claim(ann, Topic::Identity, None).unwrap();
    world.claim(ann, Topic::Card, None).unwrap();
    let verifier = world.role(Role::Verifier);
    world.run(&verifier, revoke(ann, Topic::Card)).unwrap();
    assert!(world.standing(ann).verified);
}

#[test]
fn a_claim_ends_today_at_the_earliest() {
    let mut world = World::new();
    let ann = world.join("ann");
    let last = u64::from(u32::MAX);
    // Before the programme day 0 runs, which stands for "not verified".
    world.env.block.time = world.env.block.time.minus_seconds(86_400);
    assert_eq!(
        world.claim(ann, Topic::Identity, Some(0)),
        Err(out_of_bounds("until", 1, last, 0))
    );
    world.claim(ann, Topic::Identity, Some(1)).unwrap();
    assert!(world.standing(ann).verified);
    world.go_to(20);
    assert_eq!(
        world.claim(ann, Topic::Identity, Some(19)),
        Err(out_of_bounds("until", 20, last, 19))
    );
    world.claim(ann, Topic::Identity, Some(20)).unwrap();
    assert!(world.standing(ann).verified);
}

#[test]
fn a_hash_has_32_bytes_and_the_member_exists() {
    let mut world = World::new();
    let ann = world.join("ann");
    let verifier = world.role(Role::Verifier);
    for width in [0, 31, 33] {
        let claim = NewClaim {
            topic: Topic::Card,
            hash: Binary::from(vec![1; width]),
            until: None,
        };
        assert_eq!(
            world.run(&verifier, ExecuteMsg::AddClaim { member: ann, claim }),
            Err(out_of_bounds("hash", 32, 32, width as u64))
        );
    }
    for member in [0, 2] {
        let unknown = || ContractError::UnknownMember { member };
        assert_eq!(world.claim(member, Topic::Card, None), Err(unknown()));
        assert_eq!(world.run(&verifier, revoke(member, Topic::Card)), Err(unknown()));
        let level = ExecuteMsg::SetLevel { member, level: 1 };
        assert_eq!(world.run(&verifier, level), Err(unknown()));
        assert_eq!(world.ask_raw(QueryMsg::Claims { member }), Err(unknown()));
    }
}

#[test]
fn a_level_is_0_to_100() {
    let mut world = World::new();
    let ann = world.join("ann");
    let verifier = world.role(Role::Verifier);
    let level = |level| ExecuteMsg::SetLevel { member: ann, level };
    assert_eq!(
        world.run(&verifier, level(101)),
        Err(out_of_bounds("level", 0, 100, 101))
    );
    for by in [100, 0] {
        world.run(&verifier, level(by)).unwrap();
        assert_eq!(world.standing(ann).level, by);
    }
}
