use super::world::{new_member, World};
use crate::ContractError;
use cosmwasm_std::Addr;
use vrs_access::AccessError;
use vrs_interface::identity::{AddressRole, ExecuteMsg, MemberOfResponse, PayoutsResponse, QueryMsg};

fn propose(role: AddressRole, address: &Addr) -> ExecuteMsg {
    ExecuteMsg::ProposeAddress {
        role,
        address: address.to_string(),
    }
}

fn accept(member: u32) -> ExecuteMsg {
    ExecuteMsg::AcceptAddress { member }
}

#[test]
fn the_account_changes_in_two_steps_and_payments_follow() {
    let mut world = World::new();
    let ann = world.join("ann");
    let (old, new) = (world.addr("ann"), world.addr("ann 2"));
    world.run(&old, propose(AddressRole::Account, &new)).unwrap();
    let seen = world.member(ann);
    assert_eq!(
        (seen.account, seen.proposed),
        (old.clone(), Some((AddressRole::Account, new.clone())))
    );
    world.run(&new, accept(ann)).unwrap();
    let seen = world.member(ann);
    assert_eq!(
        (seen.account, seen.payout, seen.proposed),
        (new.clone(), new.clone(), None)
    );

    // The old account acts no more, and is theirs for good.
    let refused = ContractError::NotTheAccount {
        member: ann,
        expected: new,
        actual: old.clone(),
    };
    assert_eq!(world.run(&old, propose(AddressRole::Payout, &old)), Err(refused));
    let taken = ContractError::AddressTaken {
        address: old.clone(),
        member: ann,
    };
    assert_eq!(world.admit(vec![new_member(&old)]), Err(taken));
    let address = old.to_string();
    let found: MemberOfResponse = world.ask(QueryMsg::MemberOf { address });
    assert_eq!(found.member, Some(ann));
}

#[test]
fn a_payout_stays_where_it_was_set_until_it_is_the_account_again() {
    let mut world = World::new();
    let ann = world.join("ann");
    let (first, bank, second) = (world.addr("ann"), world.addr("bank"), world.addr("ann 2"));
    let payout = |world: &World| -> Option<Addr> {
        let answer: PayoutsResponse = world.ask(QueryMsg::Payouts { members: vec![ann] });
        answer.payouts[0].clone()
    };
    world.run(&first, propose(AddressRole::Payout, &bank)).unwrap();
    assert_eq!(payout(&world), Some(first.clone()));
    world.run(&bank, accept(ann)).unwrap();
    assert_eq!(payout(&world), Some(bank.clone()));

    world.run(&first, propose(AddressRole::Account, &second)).unwrap();
    world.run(&second, accept(ann)).unwrap();
    assert_eq!(payout(&world), Some(bank));

    world.run(&second, propose(AddressRole::Payout, &second)).unwrap();
    world.run(&second, accept(ann)).unwrap();
    assert_eq!(payout(&world), Some(second.clone()));
    // Back to an address that they used before.
    world.run(&second, propose(AddressRole::Account, &first)).unwrap();
    world.run(&first, accept(ann)).unwrap();
    assert_eq!(payout(&world), Some(first));
}

#[test]
fn another_members_address_is_refused_at_both_steps() {
    let mut world = World::new();
    let ann = world.join("ann");
    world.join("ben");
    let (a, b, c) = (world.addr("ann"), world.addr("ben"), world.addr("cleo"));
    let taken = |address: &Addr, member| {
        Err(ContractError::AddressTaken {
            address: address.clone(),
            member,
        })
    };
    assert_eq!(world.run(&a, propose(AddressRole::Payout, &b)), taken(&b, 2));
    world.run(&a, propose(AddressRole::Payout, &c)).unwrap();
    world.join("cleo");
    assert_eq!(world.run(&c, accept(ann)), taken(&c, 3));
}

#[test]
fn only_the_proposed_address_accepts() {
    let mut world = World::new();
    let ann = world.join("ann");
    let (account, new, thief) = (world.addr("ann"), world.addr("new"), world.addr("thief"));
    let nothing = ContractError::NothingProposed { member: ann };
    assert_eq!(world.run(&new, accept(ann)), Err(nothing));
    assert_eq!(
        world.run(&new, accept(77)),
        Err(ContractError::NothingProposed { member: 77 })
    );
    world.run(&account, propose(AddressRole::Account, &new)).unwrap();
    for sender in [thief, account] {
        let refused = ContractError::NotProposed {
            member: ann,
            expected: new.clone(),
            actual: sender.clone(),
        };
        assert_eq!(world.run(&sender, accept(ann)), Err(refused));
    }
}

#[test]
fn a_proposal_can_be_accepted_for_seven_days() {
    let mut world = World::new();
    let ann = world.join("ann");
    let (account, new) = (world.addr("ann"), world.addr("new"));
    world.go_to(10);
    world.run(&account, propose(AddressRole::Account, &new)).unwrap();
    world.go_to(17);
    let ended = ContractError::ProposalEnded {
        member: ann,
        until: 16,
        today: 17,
    };
    assert_eq!(world.run(&new, accept(ann)), Err(ended));
    assert_eq!(world.member(ann).proposed, None);
    world.go_to(16);
    world.run(&new, accept(ann)).unwrap();
    assert_eq!(
        world.run(&new, accept(ann)),
        Err(ContractError::NothingProposed { member: ann })
    );
}

#[test]
fn a_later_proposal_replaces_and_the_address_in_use_withdraws() {
    let mut world = World::new();
    let ann = world.join("ann");
    let (account, one, two) = (world.addr("ann"), world.addr("one"), world.addr("two"));
    let withdraw = || propose(AddressRole::Account, &account);
    let nothing = || ContractError::NothingProposed { member: ann };
    assert_eq!(world.run(&account, withdraw()), Err(nothing()));
    world.run(&account, propose(AddressRole::Account, &one)).unwrap();
    world.run(&account, propose(AddressRole::Account, &two)).unwrap();
    let refused = ContractError::NotProposed {
        member: ann,
        expected: two.clone(),
        actual: one.clone(),
    };
    assert_eq!(world.run(&one, accept(ann)), Err(refused));
    world.run(&account, withdraw()).unwrap();
    assert_eq!(world.run(&two, accept(ann)), Err(nothing()));
}

#[test]
fn strangers_and_broken_addresses_propose_nothing() {
    let mut world = World::new();
    world.join("ann");
    let (ann, stranger) = (world.addr("ann"), world.addr("stranger"));
    let refused = ContractError::NotAMember {
        address: stranger.clone(),
    };
    assert_eq!(world.run(&stranger, propose(AddressRole::Payout, &ann)), Err(refused));
    let upper = Addr::unchecked(stranger.as_str().to_uppercase());
    let outcome = world.run(&ann, propose(AddressRole::Payout, &upper));
    assert!(
        matches!(&outcome, Err(ContractError::Access(AccessError::InvalidAddress { address, .. })) if address == upper.as_str()),
        "{outcome:?}"
    );
}
