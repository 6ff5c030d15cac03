use super::world::{mark, out_of_bounds, World};
use crate::state::{DOCKETS, MEMBERS};
use crate::ContractError;
use vrs_interface::access::{AccessMsg, Role};
use vrs_interface::identity::{ExecuteMsg, MarksResponse, Penalty, QueryMsg, Standing};
use vrs_message::BoundError;

fn lift(member: u32, mark: u32) -> ExecuteMsg {
    ExecuteMsg::LiftMark { member, mark }
}

fn levelled(world: &mut World, level: u8) -> u32 {
    let member = world.join("ann");
    let owner = world.owner.clone();
    world.run(&owner, ExecuteMsg::SetLevel { member, level }).unwrap();
    member
}

#[test]
fn a_mark_holds_from_its_block_to_the_second_before_its_end() {
    let mut world = World::new();
    let ann = levelled(&mut world, 50);
    let end = world.now() + 100;
    world.mark(ann, Some(end), Penalty::Removal {}).unwrap();
    assert!(world.standing(ann).removed);
    world.pass(99);
    assert!(world.standing(ann).removed);
    world.pass(1);
    assert!(!world.standing(ann).removed);
}

#[test]
fn the_strongest_penalty_counts_and_levels_add_up() {
    let mut world = World::new();
    let ann = levelled(&mut world, 50);
    let soon = Some(world.now() + 10);
    let later = Some(world.now() + 20);
    for (until, penalty) in [
        (soon, Penalty::LowerLevel { by: 20 }),
        (later, Penalty::LowerLevel { by: 31 }),
        (soon, Penalty::TradeLimit { max: 500 }),
        (later, Penalty::TradeLimit { max: 700 }),
        (soon, Penalty::LowerRank { by: 100 }),
        (later, Penalty::LowerRank { by: 100 }),
        (later, Penalty::LowerRank { by: 100 }),
        (later, Penalty::None {}),
    ] {
        world.mark(ann, until, penalty).unwrap();
    }
    let seen = world.member(ann);
    assert_eq!((seen.level, seen.rank_penalty), (50, 255));
    let mut expected = Standing {
        level: 0,
        trade_limit: Some(500),
        ..seen.standing.clone()
    };
    assert_eq!(world.standing(ann), expected);
    world.pass(10);
    expected.level = 19;
    expected.trade_limit = Some(700);
    assert_eq!(world.standing(ann), expected);
    assert_eq!(world.member(ann).rank_penalty, 200);
    world.pass(10);
    expected.level = 50;
    expected.trade_limit = None;
    assert_eq!(world.standing(ann), expected);
}

#[test]
fn sixteen_marks_last_at_once_and_those_that_ended_do_not_count() {
    let mut world = World::new();
    let ann = levelled(&mut world, 50);
    let end = Some(world.now() + 10);
    for _ in 0..15 {
        world.mark(ann, None, Penalty::None {}).unwrap();
    }
    world.mark(ann, end, Penalty::None {}).unwrap();
    let full = || {
        Err(ContractError::TooManyMarks {
            member: ann,
            max: 16,
            actual: 16,
        })
    };
    assert_eq!(world.mark(ann, None, Penalty::None {}), full());
    world.pass(10);
    world.mark(ann, None, Penalty::None {}).unwrap();
    assert_eq!(world.mark(ann, None, Penalty::None {}), full());
    let arbiter = world.role(Role::Arbiter);
    world.run(&arbiter, lift(ann, 3)).unwrap();
    world.mark(ann, None, Penalty::None {}).unwrap();
    assert_eq!(DOCKETS.load(&world.deps.storage, &ann).unwrap().lasting.len(), 16);
}

#[test]
fn lifting_ends_a_mark_at_once() {
    let mut world = World::new();
    let ann = levelled(&mut world, 50);
    world.mark(ann, None, Penalty::Removal {}).unwrap();
    world
        .mark(ann, Some(world.now() + 50), Penalty::LowerLevel { by: 1 })
        .unwrap();
    world.pass(7);
    let arbiter = world.role(Role::Arbiter);
    world.run(&arbiter, lift(ann, 1)).unwrap();
    assert!(!world.standing(ann).removed);
    assert_eq!(world.standing(ann).level, 49);

    let ended = |mark, until, now| {
        Err(ContractError::MarkEnded {
            member: ann,
            mark,
            until,
            now,
        })
    };
    let now = world.now();
    assert_eq!(world.run(&arbiter, lift(ann, 1)), ended(1, now, now));
    world.pass(43);
    assert_eq!(world.run(&arbiter, lift(ann, 2)), ended(2, now + 43, now + 43));
    let unknown = ContractError::UnknownMark { member: ann, mark: 3 };
    assert_eq!(world.run(&arbiter, lift(ann, 3)), Err(unknown));

    let answer: MarksResponse = world.ask(QueryMsg::Marks {
        member: ann,
        start_after: None,
        limit: None,
    });
    let told: Vec<_> = answer.marks.iter().map(|m| (m.mark, m.until, m.live)).collect();
    assert_eq!(told, [(1, Some(now), false), (2, Some(now + 43), false)]);
}

#[test]
fn marks_that_ended_cost_the_hot_path_nothing() {
    let mut world = World::new();
    let ann = levelled(&mut world, 50);
    let cost = |world: &World| {
        world.deps.storage.take();
        world.standing(ann);
        world.deps.storage.take()
    };
    let unmarked = cost(&world);
    for _ in 0..10 {
        world.mark(ann, Some(world.now() + 10), Penalty::Removal {}).unwrap();
    }
    assert!(cost(&world) > unmarked + 1_000);
    world.pass(10);
    // Its end makes the short record four bytes longer, of 3 gas each.
    assert_eq!(cost(&world), unmarked + 12);
    world.mark(ann, None, Penalty::None {}).unwrap();
    let arbiter = world.role(Role::Arbiter);
    world.run(&arbiter, lift(ann, 11)).unwrap();
    assert_eq!(MEMBERS.load(&world.deps.storage, &ann).unwrap().marked_until, 0);
    assert_eq!(cost(&world), unmarked);
}

fn reason_length(actual: u64) -> ContractError {
    ContractError::Bound(BoundError::OutOfBounds {
        field: "reason",
        min: 1,
        max: 140,
        actual,
    })
}

/// Events would lose them, and say something else than the stored mark.
#[test]
fn a_reason_with_blanks_at_its_ends_is_refused() {
    let mut world = World::new();
    let ann = levelled(&mut world, 50);
    let owner = world.owner.clone();
    let mut said = |reason: &str| {
        let msg = ExecuteMsg::Mark {
            member: ann,
            severity: 1,
            reason: reason.into(),
            until: None,
            penalty: Penalty::None {},
        };
        world.run(&owner, msg).map(|_| ())
    };
    for reason in [" fake sales", "fake sales ", "fake sales\n", " ", "fake\u{a0}"] {
        let blanks = BoundError::Blanks {
            field: "reason",
            actual: reason.into(),
        };
        assert_eq!(said(reason), Err(ContractError::Bound(blanks)));
    }
    assert_eq!(said("fake sales"), Ok(()));
}

#[test]
fn what_a_mark_says_is_bounded() {
    let mut world = World::new();
    let ann = levelled(&mut world, 50);
    let now = world.now();
    let owner = world.owner.clone();
    let none = || Penalty::None {};
    let mut said = |severity, reason: usize, until, penalty| {
        let msg = ExecuteMsg::Mark {
            member: ann,
            severity,
            reason: "r".repeat(reason),
            until,
            penalty,
        };
        world.run(&owner, msg).map(|_| ())
    };
    assert_eq!(said(0, 1, None, none()), Err(out_of_bounds("severity", 1, 5, 0)));
    assert_eq!(said(6, 1, None, none()), Err(out_of_bounds("severity", 1, 5, 6)));
    assert_eq!(said(1, 0, None, none()), Err(reason_length(0)));
    assert_eq!(said(1, 141, None, none()), Err(reason_length(141)));
    let end = |actual| Err(out_of_bounds("until", now + 1, 1 << 40, actual));
    assert_eq!(said(1, 1, Some(now), none()), end(now));
    assert_eq!(said(1, 1, Some((1 << 40) + 1), none()), end((1 << 40) + 1));
    for by in [0, 101] {
        let actual = u64::from(by);
        assert_eq!(
            said(1, 1, None, Penalty::LowerRank { by }),
            Err(out_of_bounds("lower_rank", 1, 100, actual))
        );
        assert_eq!(
            said(1, 1, None, Penalty::LowerLevel { by }),
            Err(out_of_bounds("lower_level", 1, 100, actual))
        );
    }
    said(1, 1, Some(now + 1), Penalty::LowerRank { by: 1 }).unwrap();
    said(5, 140, Some(1 << 40), Penalty::LowerLevel { by: 100 }).unwrap();
    said(5, 140, None, Penalty::TradeLimit { max: 0 }).unwrap();
    assert_eq!(world.standing(ann).trade_limit, Some(0));
    let nobody = world.mark(9, None, none());
    assert_eq!(nobody, Err(ContractError::UnknownMember { member: 9 }));
}

#[test]
fn an_arbiter_does_not_lift_his_own_mark() {
    let mut world = World::new();
    let ann = levelled(&mut world, 50);
    let (owner, account) = (world.owner.clone(), world.addr("ann"));
    let grant = AccessMsg::GrantRole {
        role: Role::Arbiter,
        account: account.to_string(),
    };
    world.run(&owner, ExecuteMsg::Access(grant)).unwrap();
    world.mark(ann, None, Penalty::Removal {}).unwrap();
    let refused = ContractError::OwnCase {
        arbiter: account.clone(),
        member: ann,
    };
    assert_eq!(world.run(&account, lift(ann, 1)), Err(refused));
    world.run(&owner, mark(ann, None, Penalty::None {})).unwrap();
    world.run(&owner, lift(ann, 2)).unwrap();
}
