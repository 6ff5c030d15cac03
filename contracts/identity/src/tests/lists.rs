use super::world::{mark, new_member, World};
use crate::ContractError;
use vrs_interface::access::RolesResponse;
use vrs_interface::identity::{MarksResponse, MembersResponse, Penalty, QueryMsg};

#[test]
fn members_come_in_pages() {
    let mut world = World::new();
    for batch in 0..3 {
        let members = (0..100)
            .map(|i| new_member(&world.addr(&format!("{batch} {i}"))))
            .collect();
        world.admit(members).unwrap();
    }
    let page = |start_after, limit| -> (Vec<u32>, bool) {
        let answer: MembersResponse = world.ask(QueryMsg::Members { start_after, limit });
        (answer.members.iter().map(|m| m.member).collect(), answer.more)
    };
    assert_eq!(page(None, None), ((1..=50).collect(), true));
    assert_eq!(page(None, Some(1_000)), ((1..=200).collect(), true));
    assert_eq!(page(Some(200), Some(100)), ((201..=300).collect(), false));
    assert_eq!(page(Some(300), None), (vec![], false));
    assert_eq!(page(Some(u32::MAX), None), (vec![], false));
}

#[test]
fn marks_come_in_pages_and_never_another_members() {
    let mut world = World::new();
    let (ann, ben) = (world.join("ann"), world.join("ben"));
    let owner = world.owner.clone();
    for member in [ann, ben] {
        for _ in 0..5 {
            world.run(&owner, mark(member, None, Penalty::None {})).unwrap();
        }
    }
    let page = |member, start_after, limit| -> (Vec<u32>, bool) {
        let answer: MarksResponse = world.ask(QueryMsg::Marks {
            member,
            start_after,
            limit,
        });
        (answer.marks.iter().map(|m| m.mark).collect(), answer.more)
    };
    assert_eq!(page(ann, None, Some(3)), (vec![1, 2, 3], true));
    assert_eq!(page(ann, Some(3), Some(2)), (vec![4, 5], false));
    assert_eq!(page(ann, Some(u32::MAX), None), (vec![], false));
    assert_eq!(page(ben, Some(4), None), (vec![5], false));
    let nobody = QueryMsg::Marks {
        member: 3,
        start_after: None,
        limit: None,
    };
    assert_eq!(world.ask_raw(nobody), Err(ContractError::UnknownMember { member: 3 }));
}

#[test]
fn owner_roles_and_pause_are_told() {
    let world = World::new();
    let owner: cw_ownable::Ownership<String> = world.ask(QueryMsg::Ownership {});
    assert_eq!(owner.owner, Some(world.owner.to_string()));
    let roles: RolesResponse = world.ask(QueryMsg::Roles {
        start_after: None,
        limit: None,
    });
    assert_eq!((roles.roles.len(), roles.more), (6, false));
    let paused: vrs_interface::access::PausedResponse = world.ask(QueryMsg::Paused {});
    assert!(!paused.paused);
}
