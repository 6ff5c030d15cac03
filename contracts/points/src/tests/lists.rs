use super::world::{limit, World};
use cw20::AllAccountsResponse;
use vrs_interface::access::{PausedResponse, RolesResponse};
use vrs_interface::points::{AcceptorsResponse, IssuersResponse, QueryMsg};

/// Walks a list in pages of `size`.
fn walk(size: u32, page: impl Fn(Option<String>, Option<u32>) -> (Vec<String>, bool)) -> Vec<String> {
    let mut all: Vec<String> = vec![];
    loop {
        let (some, more) = page(all.last().cloned(), Some(size));
        all.extend(some.iter().cloned());
        if !more || some.is_empty() {
            return all;
        }
    }
}

#[test]
fn issuers_acceptors_and_accounts_come_in_pages() {
    let mut world = World::new();
    for number in 0..7 {
        let name = format!("name {number}");
        world.set_issuer(&name, limit(1, 10, 10)).unwrap();
        world.set_acceptor(&name, true).unwrap();
        world.reserve(&name, 1, 10).unwrap();
        world.mint(&name, &[(&name, 4)]).unwrap();
    }
    let mut expected: Vec<String> = (0..7).map(|n| world.addr(&format!("name {n}")).to_string()).collect();
    expected.sort();
    let issuers = walk(3, |start_after, limit| {
        let page: IssuersResponse = world.ask(QueryMsg::Issuers { start_after, limit });
        for issuer in &page.issuers {
            assert_eq!(
                (issuer.reserved.u128(), issuer.minted.u128(), issuer.available.u128()),
                (6, 4, 0)
            );
        }
        (page.issuers.iter().map(|i| i.issuer.to_string()).collect(), page.more)
    });
    let acceptors = walk(3, |start_after, limit| {
        let page: AcceptorsResponse = world.ask(QueryMsg::Acceptors { start_after, limit });
        (page.acceptors.iter().map(ToString::to_string).collect(), page.more)
    });
    let accounts = walk(3, |start_after, limit| {
        let page: AllAccountsResponse = world.ask(QueryMsg::AllAccounts { start_after, limit });
        (page.accounts, true)
    });
    for mut list in [issuers, acceptors, accounts] {
        list.sort();
        assert_eq!(list, expected);
    }
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
    let paused: PausedResponse = world.ask(QueryMsg::Paused {});
    assert!(!paused.paused);
}
