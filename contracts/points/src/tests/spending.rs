use super::world::{broken_addresses, burn, is_broken, send, transfer, World};
use crate::state::BALANCES;
use crate::ContractError;
use cosmwasm_std::{from_json, Addr, CosmosMsg, Order, Uint128, WasmMsg};
use cw20::{AllowanceResponse, Cw20ReceiveMsg, Expiration, MinterResponse};
use serde::Deserialize;
use vrs_interface::points::{ExecuteMsg, QueryMsg};

fn short(balance: u128, amount: u128) -> ContractError {
    ContractError::InsufficientBalance {
        balance: balance.into(),
        amount: amount.into(),
    }
}

const ZERO: ContractError = ContractError::ZeroAmount { field: "amount" };

#[test]
fn a_transfer_moves_points_to_a_member() {
    let mut world = World::new();
    world.give("ann", 10);
    let ben = world.addr("ben");
    world.by("ann", transfer(&ben, 4)).unwrap();
    assert_eq!((world.held("ann"), world.held("ben")), (6, 4));
    assert_eq!(world.by("ann", transfer(&ben, 7)).unwrap_err(), short(6, 7));
    assert_eq!(world.by("ann", transfer(&ben, 0)).unwrap_err(), ZERO);
    world.by("ann", transfer(&ben, 6)).unwrap();
    assert_eq!((world.held("ann"), world.held("ben"), world.supply()), (0, 10, 10));
    let entries = BALANCES.range(&world.deps.storage, None, None, Order::Ascending);
    assert_eq!(entries.count(), 1, "an empty account leaves nothing");
    let nobody = world.by("nobody", transfer(&ben, 1));
    assert_eq!(nobody.unwrap_err(), short(0, 1));
}

#[test]
fn a_transfer_to_oneself_changes_nothing() {
    let mut world = World::new();
    world.give("ann", 10);
    let ann = world.addr("ann");
    for amount in [1, 10] {
        world.by("ann", transfer(&ann, amount)).unwrap();
        assert_eq!((world.held("ann"), world.supply()), (10, 10));
    }
    assert_eq!(world.by("ann", transfer(&ann, 11)).unwrap_err(), short(10, 11));
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Hook {
    Receive(Cw20ReceiveMsg),
}

#[test]
fn a_send_moves_points_and_tells_the_acceptor_as_cw20_does() {
    let mut world = World::new();
    world.give("ann", 10);
    world.set_acceptor("shop", true).unwrap();
    let shop = world.addr("shop");
    let response = world.by("ann", send(&shop, 4, b"{\"pay\":7}")).unwrap();
    assert_eq!((world.held("ann"), world.held("shop")), (6, 4));
    let [message] = response.messages.as_slice() else {
        panic!("{:?}", response.messages);
    };
    let CosmosMsg::Wasm(WasmMsg::Execute {
        contract_addr,
        msg,
        funds,
    }) = &message.msg
    else {
        panic!("{message:?}");
    };
    let Hook::Receive(told) = from_json(msg).unwrap();
    assert_eq!((contract_addr, funds.len()), (&shop.to_string(), 0));
    assert_eq!(
        (told.sender, told.amount),
        (world.addr("ann").to_string(), Uint128::new(4))
    );
    assert_eq!(told.msg.as_slice(), b"{\"pay\":7}");

    assert_eq!(world.by("ann", send(&shop, 0, b"")).unwrap_err(), ZERO);
    assert_eq!(world.by("ann", send(&shop, 7, b"")).unwrap_err(), short(6, 7));
    let ben = world.addr("ben");
    let refused = ContractError::NotAnAcceptor { address: ben.clone() };
    assert_eq!(world.by("ann", send(&ben, 1, b"")).unwrap_err(), refused);
}

#[test]
fn a_transfer_to_an_acceptor_names_send_even_where_it_is_a_member() {
    let mut world = World::new();
    world.give("ann", 10);
    for name in ["shop", "ben"] {
        world.set_acceptor(name, true).unwrap();
        let acceptor = world.addr(name);
        let error = world.by("ann", transfer(&acceptor, 1)).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("{acceptor} is an acceptor: use `send`, not `transfer`")
        );
        assert_eq!(error, ContractError::UseSend { acceptor });
    }
}

#[test]
fn an_acceptor_spends_what_it_holds_also_when_it_accepts_no_more() {
    let mut world = World::new();
    world.give("ann", 10);
    world.set_acceptor("shop", true).unwrap();
    let (shop, ben) = (world.addr("shop"), world.addr("ben"));
    world.by("ann", send(&shop, 10, b"")).unwrap();
    world.by("shop", transfer(&ben, 3)).unwrap();
    world.by("shop", burn(2)).unwrap();
    world.set_acceptor("shop", false).unwrap();
    let refused = ContractError::NotAnAcceptor { address: shop.clone() };
    assert_eq!(world.by("ben", send(&shop, 1, b"")).unwrap_err(), refused);
    world.by("shop", transfer(&ben, 1)).unwrap();
    world.by("shop", burn(4)).unwrap();
    assert_eq!((world.held("shop"), world.held("ben"), world.supply()), (0, 4, 4));
    let refused = ContractError::NotAnAcceptor { address: shop };
    assert_eq!(world.set_acceptor("shop", false).unwrap_err(), refused);
}

#[test]
fn a_burn_lowers_the_supply() {
    let mut world = World::new();
    world.give("ann", 10);
    world.by("ann", burn(3)).unwrap();
    assert_eq!(world.by("ann", burn(8)).unwrap_err(), short(7, 8));
    assert_eq!(world.by("ann", burn(0)).unwrap_err(), ZERO);
    world.by("ann", burn(7)).unwrap();
    let config = world.config();
    assert_eq!((world.held("ann"), world.supply()), (0, 0));
    assert_eq!((config.minted.u128(), config.burned.u128()), (10, 10));
}

#[test]
fn upper_case_foreign_and_broken_addresses_are_refused() {
    let mut world = World::new();
    world.give("ann", 10);
    for address in broken_addresses(&world) {
        let to = Addr::unchecked(&address);
        is_broken(world.by("ann", transfer(&to, 1)), &address);
        is_broken(world.by("ann", send(&to, 1, b"")), &address);
        let owner = world.owner.clone();
        let set = ExecuteMsg::SetAcceptor {
            acceptor: address.clone(),
            accepts: true,
        };
        is_broken(world.run(&owner, set), &address);
        is_broken(
            world.ask_raw(QueryMsg::Balance {
                address: address.clone(),
            }),
            &address,
        );
        let start_after = Some(address.clone());
        is_broken(
            world.ask_raw(QueryMsg::AllAccounts {
                start_after,
                limit: None,
            }),
            &address,
        );
    }
}

#[test]
fn there_are_no_minter_and_no_allowances() {
    let world = World::new();
    let minter: Option<MinterResponse> = world.ask(QueryMsg::Minter {});
    assert_eq!(minter, None);
    let allowance: AllowanceResponse = world.ask(QueryMsg::Allowance {
        owner: world.addr("ann").to_string(),
        spender: world.addr("ben").to_string(),
    });
    assert_eq!(
        (allowance.allowance.u128(), allowance.expires),
        (0, Expiration::Never {})
    );
}
