use super::world::{new_member, out_of_bounds, World};
use crate::standing::NOBODY;
use crate::ContractError;
use vrs_interface::identity::{Kind, MemberOfResponse, PayoutsResponse, Penalty, QueryMsg, StandingsResponse};

#[test]
fn answers_stand_in_the_order_asked_and_nobody_is_nobody() {
    let mut world = World::new();
    world.join("ann");
    world.admit(vec![new_member(&world.addr("ben"))]).unwrap();
    let members = vec![2, 0, 1, 3, 2];
    let answer: StandingsResponse = world.ask(QueryMsg::Standings {
        members: members.clone(),
    });
    let kinds: Vec<_> = answer.standings.iter().map(|s| s.kind).collect();
    let merchant = Some(Kind::Merchant);
    assert_eq!(kinds, [merchant, None, Some(Kind::Individual), None, merchant]);
    assert_eq!(answer.standings[1], NOBODY);
    let answer: PayoutsResponse = world.ask(QueryMsg::Payouts { members });
    let (ann, ben) = (Some(world.addr("ann")), Some(world.addr("ben")));
    assert_eq!(answer.payouts, [ben.clone(), None, ann, None, ben]);
}

#[test]
fn lists_asked_for_are_bounded() {
    let world = World::new();
    let members = vec![1; 2_000];
    let answer: StandingsResponse = world.ask(QueryMsg::Standings { members });
    assert_eq!(answer.standings.len(), 2_000);
    let members = vec![1; 2_001];
    assert_eq!(
        world.ask_raw(QueryMsg::Standings { members }),
        Err(out_of_bounds("members", 0, 2_000, 2_001))
    );
    let members = vec![1; 500];
    let answer: PayoutsResponse = world.ask(QueryMsg::Payouts { members });
    assert_eq!(answer.payouts.len(), 500);
    let members = vec![1; 501];
    assert_eq!(
        world.ask_raw(QueryMsg::Payouts { members }),
        Err(out_of_bounds("members", 0, 500, 501))
    );
}

#[test]
fn an_address_leads_to_its_member_and_his_standing() {
    let mut world = World::new();
    world.join("ann");
    world.mark(1, None, Penalty::Removal {}).unwrap();
    let of = |name: &str| -> MemberOfResponse {
        let address = world.addr(name).to_string();
        world.ask(QueryMsg::MemberOf { address })
    };
    let found = of("ann");
    assert_eq!((found.member, found.standing), (Some(1), Some(world.standing(1))));
    assert!(world.standing(1).removed);
    let none = of("ben");
    assert_eq!((none.member, none.standing), (None, None));
    assert_eq!(
        world.ask_raw(QueryMsg::Member { member: 2 }),
        Err(ContractError::UnknownMember { member: 2 })
    );
}
