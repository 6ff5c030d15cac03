use super::support::*;
use crate::ContractError;
use cosmwasm_std::{coins, Uint128};
use cw20::{MinterResponse, TokenInfoResponse};
use vrs_access::AccessError;
use vrs_days::ClockError;
use vrs_interface::access::PausedResponse;
use vrs_interface::token::{ConfigResponse, InstantiateMsg, QueryMsg, TotalAtResponse};
use vrs_message::BoundError;

fn refused(change: impl FnOnce(&mut InstantiateMsg)) -> ContractError {
    let mut msg = birth(&[(person(1), 70), (person(2), 30)]);
    change(&mut msg);
    match Token::born(1, msg) {
        Err(error) => error,
        Ok(_) => panic!("was accepted"),
    }
}

#[test]
fn the_whole_supply_is_allotted() {
    let token = Token::new(&[(person(1), 70), (contract(2), 30)]);
    assert_eq!(token.balance(&person(1)), 70);
    assert_eq!(token.balance(&contract(2)), 30);
    let info: TokenInfoResponse = token.ask(QueryMsg::TokenInfo {}).unwrap();
    let expected = TokenInfoResponse {
        name: "Bizkey".into(),
        symbol: "BZKY".into(),
        decimals: 6,
        total_supply: Uint128::new(100),
    };
    assert_eq!(info, expected);
    let config: ConfigResponse = token.ask(QueryMsg::Config {}).unwrap();
    assert_eq!(config.supply_at_birth, Uint128::new(100));
    assert_eq!(config.history_days, 180);
    assert_eq!(config.clock, birth(&[]).clock);
}

#[test]
fn nobody_mints_and_nothing_pauses() {
    let token = Token::new(&[(person(1), 70)]);
    let minter: Option<MinterResponse> = token.ask(QueryMsg::Minter {}).unwrap();
    assert_eq!(minter, None);
    let paused: PausedResponse = token.ask(QueryMsg::Paused {}).unwrap();
    assert!(!paused.paused);
}

#[test]
fn what_an_account_held_before_its_birth_is_nothing() {
    let token = Token::born(5, birth(&[(person(1), 70)])).unwrap();
    for day in 0..=5 {
        assert_eq!(token.balance_at(&person(1), day).unwrap(), 0, "day {day}");
        let total: TotalAtResponse = token.ask(QueryMsg::TotalAt { day }).unwrap();
        assert_eq!(total.total, Uint128::zero(), "day {day}");
    }
    for day in 0..=4 {
        assert_eq!(token.lowest_on(&person(1), day).unwrap(), 0, "day {day}");
    }
}

#[test]
fn a_token_may_be_born_before_the_programme() {
    let mut msg = birth(&[(person(1), 70)]);
    msg.clock.start = START + 10 * 86_400;
    let mut token = Token::born(1, msg).unwrap();
    assert_eq!(token.balance_at(&person(1), 0).unwrap(), 0);
    let not_over = ContractError::DayNotOver { day: 0, today: 0 };
    assert_eq!(token.lowest_on(&person(1), 0).unwrap_err(), not_over);
    token.transfer(&person(1), &person(2), 20).unwrap();
    token.go_to(12);
    assert_eq!(token.window().today, 2);
    assert_eq!(token.lowest_on(&person(1), 0).unwrap(), 0);
    assert_eq!(token.lowest_on(&person(1), 1).unwrap(), 50);
    assert_eq!(token.balance_at(&person(1), 1).unwrap(), 50);
}

#[test]
fn allocations_must_sum_to_the_supply() {
    for supply in [99, 101] {
        let mismatch = ContractError::SupplyMismatch {
            supply: Uint128::new(supply),
            allotted: Uint128::new(100),
        };
        assert_eq!(refused(|msg| msg.supply = Uint128::new(supply)), mismatch);
    }
    let error = refused(|msg| msg.allocations[0].amount = Uint128::MAX);
    assert!(error.to_string().contains("Cannot Add"), "{error}");
}

#[test]
fn allocations_name_distinct_accounts_and_amounts_above_zero() {
    let account = person(1).to_string();
    assert_eq!(
        refused(|msg| msg.allocations[1].account = account.clone()),
        ContractError::DuplicateAllocation {
            account: account.clone()
        }
    );
    assert_eq!(
        refused(|msg| msg.allocations[1].amount = Uint128::zero()),
        ContractError::ZeroAmount {}
    );
    assert_eq!(
        refused(|msg| msg.allocations.clear()),
        ContractError::AllocationCount { max: 100, actual: 0 }
    );
}

#[test]
fn a_hundred_allocations_fit_and_no_more() {
    let many = |n: u8| (1..=n).map(|i| (person(i), 1)).collect::<Vec<_>>();
    assert_eq!(Token::new(&many(100)).supply(), 100);
    let error = Token::born(1, birth(&many(101))).err();
    assert_eq!(error, Some(ContractError::AllocationCount { max: 100, actual: 101 }));
}

#[test]
fn a_name_with_blanks_at_its_ends_is_refused() {
    for name in [" Bzky", "Bzky ", "Bzky\n", "   "] {
        let blanks = BoundError::Blanks {
            field: "name",
            actual: name.into(),
        };
        assert_eq!(refused(|msg| msg.name = name.into()), ContractError::Bound(blanks));
    }
}

#[test]
fn names_are_bounded() {
    for name in ["ab".to_string(), "x".repeat(51)] {
        let length = BoundError::OutOfBounds {
            field: "name",
            min: 3,
            max: 50,
            actual: name.len() as u64,
        };
        assert_eq!(refused(|msg| msg.name = name), ContractError::Bound(length));
    }
    for symbol in ["AB", "ABCDEFGHIJKLM", "AB C", "ÄBC", "A_B"] {
        let actual = symbol.to_string();
        assert_eq!(
            refused(|msg| msg.symbol = actual.clone()),
            ContractError::InvalidSymbol { actual: actual.clone() }
        );
    }
    assert_eq!(
        refused(|msg| msg.decimals = 19),
        ContractError::InvalidDecimals { max: 18, actual: 19 }
    );
}

#[test]
fn clock_and_history_are_bounded() {
    for actual in [179, 3_651] {
        let expected = ContractError::InvalidHistoryDays {
            min: 180,
            max: 3_650,
            actual,
        };
        assert_eq!(refused(|msg| msg.history_days = actual), expected);
    }
    let clock = ClockError::OutOfBounds {
        field: "day_seconds",
        min: 10,
        max: 86_400,
        actual: 9,
    };
    assert_eq!(refused(|msg| msg.clock.day_seconds = 9), ContractError::Clock(clock));
}

#[test]
fn native_coins_are_refused_at_birth() {
    let mut bench = Bench::new();
    let mut info = from(&person(9));
    info.funds = coins(5, "ustake");
    let error = bench
        .call(|deps, env| crate::contract::instantiate(deps, env, info, birth(&[(person(1), 1)])))
        .unwrap_err();
    let expected = AccessError::NativeCoins { sent: "5ustake".into() };
    assert_eq!(error, ContractError::Access(expected));
}
