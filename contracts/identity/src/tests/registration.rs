use super::world::{claim, new_member, out_of_bounds, registered, World, START};
use crate::contract::instantiate;
use crate::state::COUNT;
use crate::ContractError;
use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env};
use cosmwasm_std::{coins, Binary};
use vrs_access::AccessError;
use vrs_days::{Clock, ClockError};
use vrs_interface::access::{AccessMsg, Permission, Role};
use vrs_interface::identity::{
    ConfigResponse, ExecuteMsg, InstantiateMsg, Kind, MemberOfResponse, QueryMsg, Registered, Standing, Topic,
};

#[test]
fn members_are_numbered_from_one_in_the_order_given() {
    let mut world = World::new();
    assert_eq!(world.join("ann"), 1);
    let members: Vec<_> = ["ben", "cleo"].map(|name| new_member(&world.addr(name))).into();
    let registrar = world.role(Role::Registrar);
    let outcome = world.run(&registrar, ExecuteMsg::RegisterMembers { members });
    assert_eq!(
        outcome.as_ref().unwrap().data,
        Some(Binary::from(br#"{"first":2,"count":2}"#))
    );
    assert_eq!(registered(outcome), Registered { first: 2, count: 2 });
    for (name, number) in [("ann", 1), ("ben", 2), ("cleo", 3)] {
        let address = world.addr(name).to_string();
        let found: MemberOfResponse = world.ask(QueryMsg::MemberOf { address });
        assert_eq!(found.member, Some(number));
    }
    let config: ConfigResponse = world.ask(QueryMsg::Config {});
    assert_eq!((config.members, config.clock), (3, Clock::daily(START)));
}

#[test]
fn who_registers_himself_is_unverified_and_of_level_0() {
    let mut world = World::new();
    let ann = world.join("ann");
    let expected = Standing {
        kind: Some(Kind::Individual),
        verified: false,
        removed: false,
        level: 0,
        trade_limit: None,
    };
    assert_eq!(world.standing(ann), expected);
}

#[test]
fn a_registrar_who_verifies_registers_verified_members() {
    let mut world = World::new();
    let mut ann = new_member(&world.addr("ann"));
    ann.identity = Some(claim(Topic::Identity, Some(9)));
    ann.payout = Some(world.addr("bank").to_string());
    let members = || vec![ann.clone()];

    let registrar = world.role(Role::Registrar);
    let refused = ContractError::Access(AccessError::Unauthorized {
        sender: registrar.clone(),
        needed: Permission::Role(Role::Verifier),
    });
    let outcome = world.run(&registrar, ExecuteMsg::RegisterMembers { members: members() });
    assert_eq!(outcome, Err(refused));

    let grant = AccessMsg::GrantRole {
        role: Role::Verifier,
        account: registrar.to_string(),
    };
    let owner = world.owner.clone();
    world.run(&owner, ExecuteMsg::Access(grant)).unwrap();
    let outcome = world.run(&registrar, ExecuteMsg::RegisterMembers { members: members() });
    assert_eq!(registered(outcome).first, 1);
    assert!(world.standing(1).verified);
    let seen = world.member(1);
    assert_eq!((seen.account, seen.payout), (world.addr("ann"), world.addr("bank")));
    world.go_to(10);
    assert!(!world.standing(1).verified);
}

#[test]
fn the_claim_at_registration_is_of_topic_identity() {
    let mut world = World::new();
    let mut ann = new_member(&world.addr("ann"));
    ann.identity = Some(claim(Topic::Card, None));
    let refused = ContractError::WrongTopic {
        expected: Topic::Identity,
        actual: Topic::Card,
    };
    assert_eq!(world.admit(vec![ann]), Err(refused));
}

#[test]
fn an_address_belongs_to_one_member() {
    let mut world = World::new();
    world.join("ann");
    let taken = |world: &World, name: &str, member| {
        Err(ContractError::AddressTaken {
            address: world.addr(name),
            member,
        })
    };
    let ann = world.addr("ann");
    let kind = Kind::Investor;
    assert_eq!(world.run(&ann, ExecuteMsg::Register { kind }), taken(&world, "ann", 1));
    assert_eq!(world.admit(vec![new_member(&ann)]), taken(&world, "ann", 1));

    let mut ben = new_member(&world.addr("ben"));
    ben.payout = Some(ann.to_string());
    assert_eq!(world.admit(vec![ben]), taken(&world, "ann", 1));

    // Within one message too.
    let cleo = new_member(&world.addr("cleo"));
    assert_eq!(world.admit(vec![cleo.clone(), cleo]), taken(&world, "cleo", 2));
}

#[test]
fn a_payout_that_is_the_account_follows_the_account() {
    let mut world = World::new();
    let mut ann = new_member(&world.addr("ann"));
    ann.payout = Some(ann.account.clone());
    world.admit(vec![ann]).unwrap();
    assert_eq!(world.member(1).payout, world.addr("ann"));
}

#[test]
fn one_message_registers_1_to_100_members_of_level_0_to_100() {
    let mut world = World::new();
    let many = |world: &World, count: usize| -> Vec<_> {
        (0..count).map(|i| new_member(&world.addr(&format!("m{i}")))).collect()
    };
    assert_eq!(world.admit(vec![]), Err(out_of_bounds("members", 1, 100, 0)));
    let members = many(&world, 101);
    assert_eq!(world.admit(members), Err(out_of_bounds("members", 1, 100, 101)));
    let members = many(&world, 100);
    assert_eq!(registered(world.admit(members)), Registered { first: 1, count: 100 });

    let mut ann = new_member(&world.addr("ann"));
    ann.level = 101;
    assert_eq!(world.admit(vec![ann.clone()]), Err(out_of_bounds("level", 0, 100, 101)));
    ann.level = 100;
    world.admit(vec![ann]).unwrap();
    assert_eq!(world.standing(101).level, 100);
}

#[test]
fn the_last_number_can_be_given_and_none_after_it() {
    let mut world = World::new();
    COUNT.save(&mut world.deps.storage, &(u32::MAX - 1)).unwrap();
    assert_eq!(world.join("ann"), u32::MAX);
    let ben = world.addr("ben");
    let kind = Kind::Individual;
    assert_eq!(
        world.run(&ben, ExecuteMsg::Register { kind }),
        Err(ContractError::NoNumberLeft { members: u32::MAX })
    );
}

#[test]
fn a_pause_stops_registering_oneself_and_nothing_else() {
    let mut world = World::new();
    let guardian = world.role(Role::Guardian);
    world.run(&guardian, ExecuteMsg::Access(AccessMsg::Pause {})).unwrap();
    let ann = world.addr("ann");
    let kind = Kind::Individual;
    assert_eq!(
        world.run(&ann, ExecuteMsg::Register { kind }),
        Err(ContractError::Access(AccessError::Paused {}))
    );
    world.admit(vec![new_member(&ann)]).unwrap();
    world.claim(1, Topic::Identity, None).unwrap();
    world.mark(1, None, vrs_interface::identity::Penalty::None {}).unwrap();
    assert!(world.standing(1).verified);
}

#[test]
fn upper_case_foreign_and_broken_addresses_are_refused() {
    let mut world = World::new();
    let foreign = world.deps.api.with_prefix("osmo").addr_make("ann").to_string();
    let upper = world.addr("ann").to_string().to_uppercase();
    for address in [upper, foreign, "ann".into(), String::new()] {
        let mut ann = new_member(&world.addr("ann"));
        ann.account = address.clone();
        let outcome = world.admit(vec![ann]);
        assert!(
            matches!(&outcome, Err(ContractError::Access(AccessError::InvalidAddress { address: a, .. })) if *a == address),
            "{outcome:?}"
        );
        let mut ann = new_member(&world.addr("ann"));
        ann.payout = Some(address.clone());
        let outcome = world.admit(vec![ann]);
        assert!(
            matches!(&outcome, Err(ContractError::Access(AccessError::InvalidAddress { address: a, .. })) if *a == address),
            "{outcome:?}"
        );
        let outcome = world.ask_raw(QueryMsg::MemberOf {
            address: address.clone(),
        });
        assert!(
            matches!(&outcome, Err(ContractError::Access(AccessError::InvalidAddress { address: a, .. })) if *a == address),
            "{outcome:?}"
        );
    }
}

#[test]
fn birth_checks_clock_owner_and_coins() {
    let mut deps = mock_dependencies();
    let owner = deps.api.addr_make("owner");
    let msg = |owner: &str, clock| InstantiateMsg {
        owner: owner.into(),
        clock,
    };
    let mut born = |funds: &[cosmwasm_std::Coin], msg| {
        instantiate(deps.as_mut(), mock_env(), message_info(&owner, funds), msg).map(|_| ())
    };
    let mut clock = Clock::daily(START);
    clock.day_seconds = 1;
    assert_eq!(
        born(&[], msg(owner.as_str(), clock)),
        Err(ContractError::Clock(ClockError::OutOfBounds {
            field: "day_seconds",
            min: 10,
            max: 86_400,
            actual: 1
        }))
    );
    assert_eq!(
        born(&coins(1, "ustake"), msg(owner.as_str(), Clock::daily(START))),
        Err(ContractError::Access(AccessError::NativeCoins {
            sent: "1ustake".into()
        }))
    );
    let outcome = born(&[], msg("OWNER", Clock::daily(START)));
    assert!(
        matches!(&outcome, Err(ContractError::Access(AccessError::InvalidAddress { address, .. })) if address == "OWNER"),
        "{outcome:?}"
    );
    born(&[], msg(owner.as_str(), Clock::daily(START))).unwrap();
}
