use super::world::{out_of_bounds, World};
use crate::ContractError;
use cosmwasm_std::Binary;
use vrs_interface::access::{AccessMsg, Role};
use vrs_interface::identity::{AppealState, ExecuteMsg, MarkInfo, MarksResponse, Penalty, QueryMsg};

fn appeal(mark: u32) -> ExecuteMsg {
    ExecuteMsg::Appeal {
        mark,
        statement: Binary::from([5; 32]),
    }
}

fn resolve(mark: u32, uphold: bool) -> ExecuteMsg {
    ExecuteMsg::ResolveAppeal {
        member: 1,
        mark,
        uphold,
    }
}

fn lift(mark: u32) -> ExecuteMsg {
    ExecuteMsg::LiftMark { member: 1, mark }
}

/// Member 1 is `ann`; she is removed by mark 1; `second` is another arbiter.
fn marked() -> World {
    let mut world = World::new();
    world.join("ann");
    world.mark(1, None, Penalty::Removal {}).unwrap();
    let (owner, second) = (world.owner.clone(), world.addr("second").to_string());
    let grant = AccessMsg::GrantRole {
        role: Role::Arbiter,
        account: second,
    };
    world.run(&owner, ExecuteMsg::Access(grant)).unwrap();
    world
}

fn info(world: &World, mark: u32) -> MarkInfo {
    let mut answer: MarksResponse = world.ask(QueryMsg::Marks {
        member: 1,
        start_after: Some(mark - 1),
        limit: Some(1),
    });
    answer.marks.remove(0)
}

fn wrong(expected: AppealState, actual: AppealState) -> ContractError {
    ContractError::WrongAppeal {
        member: 1,
        mark: 1,
        expected,
        actual,
    }
}

#[test]
fn an_appeal_that_is_granted_lifts_the_mark_at_once() {
    let mut world = marked();
    let (ann, second) = (world.addr("ann"), world.addr("second"));
    assert_eq!(info(&world, 1).appeal, AppealState::None);
    world.run(&ann, appeal(1)).unwrap();
    let told = info(&world, 1);
    assert_eq!(
        (told.appeal, told.statement),
        (AppealState::Open, Some(Binary::from([5; 32])))
    );
    assert!(world.standing(1).removed);
    world.pass(60);
    world.run(&second, resolve(1, false)).unwrap();
    let told = info(&world, 1);
    assert_eq!(
        (told.appeal, told.until, told.live),
        (AppealState::Granted, Some(world.now()), false)
    );
    assert!(!world.standing(1).removed);
}

#[test]
fn a_mark_that_is_upheld_stands() {
    let mut world = marked();
    let (ann, second) = (world.addr("ann"), world.addr("second"));
    world.run(&ann, appeal(1)).unwrap();
    world.run(&second, resolve(1, true)).unwrap();
    assert_eq!(
        (info(&world, 1).appeal, info(&world, 1).live),
        (AppealState::Upheld, true)
    );
    assert!(world.standing(1).removed);
    // Once only; an arbiter may still lift it.
    let again = wrong(AppealState::None, AppealState::Upheld);
    assert_eq!(world.run(&ann, appeal(1)), Err(again));
    let decided = wrong(AppealState::Open, AppealState::Upheld);
    assert_eq!(world.run(&second, resolve(1, false)), Err(decided));
    world.run(&second, lift(1)).unwrap();
    assert_eq!(info(&world, 1).appeal, AppealState::Upheld);
}

#[test]
fn who_marked_does_not_decide_but_the_owner_does() {
    let mut world = marked();
    let (ann, arbiter, owner) = (world.addr("ann"), world.role(Role::Arbiter), world.owner.clone());
    world.run(&ann, appeal(1)).unwrap();
    let refused = ContractError::OwnMark {
        arbiter: arbiter.clone(),
        mark: 1,
    };
    assert_eq!(world.run(&arbiter, resolve(1, true)), Err(refused));
    world.run(&owner, resolve(1, true)).unwrap();
}

#[test]
fn nobody_decides_his_own_case() {
    let mut world = marked();
    let (ann, owner) = (world.addr("ann"), world.owner.clone());
    let grant = AccessMsg::GrantRole {
        role: Role::Arbiter,
        account: ann.to_string(),
    };
    world.run(&owner, ExecuteMsg::Access(grant)).unwrap();
    world.run(&ann, appeal(1)).unwrap();
    let refused = ContractError::OwnCase {
        arbiter: ann.clone(),
        member: 1,
    };
    assert_eq!(world.run(&ann, resolve(1, false)), Err(refused));
}

#[test]
fn lifting_a_mark_grants_the_appeal_that_waits() {
    let mut world = marked();
    let (ann, arbiter) = (world.addr("ann"), world.role(Role::Arbiter));
    world.run(&ann, appeal(1)).unwrap();
    world.run(&arbiter, lift(1)).unwrap();
    assert_eq!(info(&world, 1).appeal, AppealState::Granted);
}

#[test]
fn an_appeal_decided_after_the_marks_own_end_keeps_that_end() {
    let mut world = marked();
    let (ann, second) = (world.addr("ann"), world.addr("second"));
    let end = world.now() + 10;
    world.mark(1, Some(end), Penalty::None {}).unwrap();
    world.run(&ann, appeal(2)).unwrap();
    world.pass(30);
    world.run(&second, resolve(2, false)).unwrap();
    assert_eq!(info(&world, 2).until, Some(end));
    assert!(world.standing(1).removed, "the other mark stands");
}

#[test]
fn only_the_marked_members_account_appeals_against_a_mark_that_lasts() {
    let mut world = marked();
    world.join("ben");
    let (ann, ben, stranger) = (world.addr("ann"), world.addr("ben"), world.addr("stranger"));
    let refused = ContractError::NotAMember {
        address: stranger.clone(),
    };
    assert_eq!(world.run(&stranger, appeal(1)), Err(refused));
    let unknown = ContractError::UnknownMark { member: 2, mark: 1 };
    assert_eq!(world.run(&ben, appeal(1)), Err(unknown));
    let short = ExecuteMsg::Appeal {
        mark: 1,
        statement: Binary::from([5; 31]),
    };
    assert_eq!(world.run(&ann, short), Err(out_of_bounds("statement", 32, 32, 31)));
    let second = world.addr("second");
    let none = wrong(AppealState::Open, AppealState::None);
    assert_eq!(world.run(&second, resolve(1, true)), Err(none));
    let unknown = ContractError::UnknownMark { member: 1, mark: 2 };
    assert_eq!(world.run(&second, resolve(2, true)), Err(unknown));
    world.run(&second, lift(1)).unwrap();
    let ended = ContractError::MarkEnded {
        member: 1,
        mark: 1,
        until: world.now(),
        now: world.now(),
    };
    assert_eq!(world.run(&ann, appeal(1)), Err(ended));
}
