//! Claims: what is final, to whom it belongs, whoever asks.

use super::world::{budget, good, node, params, upload, World};
use crate::ContractError;
use vrs_access::AccessError;
use vrs_days::Stage;
use vrs_interface::access::{AccessMsg, Role};
use vrs_interface::identity::Standing;
use vrs_interface::mining::{ExecuteMsg, Method, Params, PruneWhat, QueryMsg};
use vrs_interface::settlement::SimulateClaimResponse;

#[test]
fn whoever_claims_the_member_is_paid() {
    let mut world = World::new();
    world.report(1, &[node(1, 1, 24), node(2, 1, 24)]);
    world.go(1, Stage::Final);
    let stranger = world.addr("stranger");
    let response = world
        .run(&stranger, ExecuteMsg::ClaimFor { members: vec![1, 2, 3] })
        .unwrap();
    // One mint and one transfer for both; nothing is owed to member 3.
    assert_eq!(response.messages.len(), 2);
    assert_eq!(
        (world.got(1), world.got(2), world.got(3)),
        ((500, 250), (500, 250), (0, 0))
    );
    let again = world.claim(&[1, 2]).unwrap();
    assert_eq!((again.messages.len(), again.events.len()), (0, 0));
    world.pools();
}

#[test]
fn a_payment_goes_where_the_member_is_paid_at_that_moment() {
    let mut world = World::new();
    world.report(1, &[node(1, 1, 24)]);
    world.go(1, Stage::Final);
    let elsewhere = world.addr("m1's bank");
    world.outside.borrow_mut().payouts.insert(1, elsewhere.clone());
    world.claim(&[1]).unwrap();
    let outside = world.outside.borrow();
    assert_eq!((outside.hp[&elsewhere], outside.vrs[&elsewhere]), (1_000, 500));
}

#[test]
fn final_is_final_also_for_members_removed_since() {
    let mut world = World::new();
    world.report(1, &[node(1, 1, 24), node(2, 1, 24), node(3, 1, 24), node(4, 1, 24)]);
    world.go(1, Stage::Final);
    let removed = Standing {
        removed: true,
        verified: false,
        ..good()
    };
    for member in 1..=4 {
        world.member(member, removed.clone());
    }
    world.claim(&[1, 2, 3]).unwrap();
    world.run(&world.addr("m4"), ExecuteMsg::Claim {}).unwrap();
    assert!((1..=4).all(|member| world.got(member) == (250, 125)));
}

#[test]
fn only_a_member_claims_his_own() {
    let mut world = World::new();
    let stranger = world.addr("stranger");
    assert_eq!(
        world.run(&stranger, ExecuteMsg::Claim {}),
        Err(ContractError::NotAMember { account: stranger })
    );
    // A member to whom nothing is owed gets nothing, without an error.
    let response = world.run(&world.addr("m1"), ExecuteMsg::Claim {}).unwrap();
    assert_eq!(response.messages.len(), 0);
}

#[test]
fn lists_of_members_have_bounds() {
    let mut world = World::new();
    let out = |actual| {
        Err(ContractError::OutOfBounds {
            field: "members",
            min: 1,
            max: 100,
            actual,
        })
    };
    let many: Vec<u32> = (1..=101).collect();
    assert_eq!(world.claim(&[]), out(0));
    assert_eq!(world.claim(&many), out(101));
    world.claim(&many[..100]).unwrap();
    assert_eq!(
        world.claim(&[1, 2, 1]),
        Err(ContractError::Duplicate {
            field: "member",
            number: 1
        })
    );
}

#[test]
fn a_hundred_members_are_paid_by_one_message() {
    let mut world = World::new();
    let members: Vec<u32> = (1..=100).collect();
    for member in 10..=100 {
        world.member(member, good());
    }
    let readings: Vec<_> = members.iter().map(|member| node(*member, 1, 24)).collect();
    assert_eq!(world.report(1, &readings), []);
    world.go(1, Stage::Final);
    let response = world.claim(&members).unwrap();
    assert_eq!(response.messages.len(), 2);
    assert!(members.iter().all(|member| world.got(*member) == (10, 5)));
    world.pools();
}

#[test]
fn what_is_owed_to_a_number_without_an_address_stays() {
    let mut world = World::new();
    world.report(1, &[node(1, 1, 24)]);
    world.go(1, Stage::Final);
    world.outside.borrow_mut().payouts.remove(&1);
    assert_eq!(world.claim(&[1]), Err(ContractError::NoPayout { member: 1 }));
    let [hp, _] = world.pools();
    assert_eq!(hp.claimable.u128(), 1_000);
}

#[test]
fn a_pause_stops_claims_and_their_expiry_and_nothing_else() {
    let mut world = World::new();
    let guardian = world.role(Role::Guardian);
    let (owner, arbiter) = (world.addr("owner"), world.role(Role::Arbiter));
    world.report(1, &[node(1, 1, 24)]);
    world.run(&guardian, ExecuteMsg::Access(AccessMsg::Pause {})).unwrap();
    world.go(2, Stage::Open);
    // Readings come in, days close, rewards are taken back, pools are filled.
    assert_eq!(world.report(2, &[node(1, 1, 24)]), []);
    world.fund_vrs(5).unwrap();
    world.outside.borrow_mut().hp_limit = 5;
    world.run(&owner, ExecuteMsg::FundHp { amount: 5u128.into() }).unwrap();
    world.go(1, Stage::Provisional);
    let take = ExecuteMsg::TakeBack {
        account: 1,
        day: 1,
        methods: vec![],
    };
    world.run(&arbiter, take).unwrap();
    world.go(2, Stage::Final);
    let paused = || Err(ContractError::Access(AccessError::Paused {}));
    assert_eq!(world.claim(&[1]), paused());
    assert_eq!(world.run(&world.addr("m1"), ExecuteMsg::Claim {}), paused());
    // Nobody can claim: nothing may expire. Readings may go.
    let prune = |what| ExecuteMsg::Prune { what, limit: None };
    assert_eq!(
        world.run(&owner, prune(PruneWhat::Scores { start_after: None })),
        paused()
    );
    world
        .run(&owner, prune(PruneWhat::Readings { start_after: None }))
        .unwrap();
    let simulated: SimulateClaimResponse = world.ask(QueryMsg::SimulateClaim { member: 1 });
    assert_eq!(simulated.amounts.len(), 2);
    assert!(
        world
            .ask::<vrs_interface::access::PausedResponse>(QueryMsg::Paused {})
            .paused
    );
    world.run(&owner, ExecuteMsg::Access(AccessMsg::Unpause {})).unwrap();
    world.claim(&[1]).unwrap();
    assert_eq!(world.got(1), (1_000, 500));
}

#[test]
fn a_method_may_pay_in_one_of_the_two_alone() {
    let mut world = World::with(Params {
        budgets: vec![budget(Method::Node, 0, 70), budget(Method::Upload, 30, 0)],
        ..params()
    });
    world.report(1, &[node(1, 1, 24), upload(2, 1, 5)]);
    world.go(1, Stage::Final);
    assert_eq!(world.claim(&[1]).unwrap().messages.len(), 1);
    assert_eq!(world.claim(&[2]).unwrap().messages.len(), 1);
    assert_eq!((world.got(1), world.got(2)), ((0, 70), (30, 0)));
}

#[test]
fn more_than_120_days_take_a_second_claim() {
    let mut world = World::new();
    for day in 1..=130 {
        world.go(day, Stage::Open);
        world.report(day, &[node(1, 1, 24)]);
    }
    world.go(130, Stage::Final);
    let simulate = |world: &World| world.ask::<SimulateClaimResponse>(QueryMsg::SimulateClaim { member: 1 });
    let first = simulate(&world);
    assert_eq!((first.through, first.more), (120, true));
    world.claim(&[1]).unwrap();
    assert_eq!(world.got(1), (120_000, 60_000));
    let rest = simulate(&world);
    assert_eq!((rest.through, rest.more), (130, false));
    world.claim(&[1]).unwrap();
    assert_eq!(world.got(1), (130_000, 65_000));
}
