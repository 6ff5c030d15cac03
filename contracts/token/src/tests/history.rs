use super::support::*;
use crate::ContractError;
use cosmwasm_std::{Addr, Uint128};
use vrs_access::AccessError;
use vrs_interface::token::{
    ExecuteMsg, HistoryEntry, HistoryResponse, LowestOnManyResponse, QueryMsg, TotalAtResponse,
};

fn entry(day: u32, lowest: u128, closing: u128) -> HistoryEntry {
    HistoryEntry {
        day,
        lowest: Uint128::new(lowest),
        closing: Uint128::new(closing),
    }
}

fn history(token: &Token, account: &Addr, start_after: Option<u32>, limit: Option<u32>) -> HistoryResponse {
    let address = account.to_string();
    token
        .ask(QueryMsg::History {
            address,
            start_after,
            limit,
        })
        .unwrap()
}

/// The example of the module's documentation.
fn example() -> Token {
    let mut token = Token::born(3, birth(&[(person(1), 100), (person(2), 1_000)])).unwrap();
    token.go_to(5);
    token.transfer(&person(1), &person(2), 30).unwrap();
    token.transfer(&person(2), &person(1), 50).unwrap();
    token.go_to(9);
    token
}

#[test]
fn openings_and_lowest_balances_of_the_example() {
    let token = example();
    let opening: Vec<u128> = (0..=9).map(|day| token.balance_at(&person(1), day).unwrap()).collect();
    assert_eq!(opening, [0, 0, 0, 0, 100, 100, 120, 120, 120, 120]);
    let lowest: Vec<u128> = (0..=8).map(|day| token.lowest_on(&person(1), day).unwrap()).collect();
    assert_eq!(lowest, [0, 0, 0, 0, 100, 70, 120, 120, 120]);
    assert_eq!(history(&token, &person(1), None, None).entries, [entry(3, 0, 100)]);
}

#[test]
fn a_day_that_runs_has_an_opening_but_no_lowest_yet() {
    let mut token = example();
    token.transfer(&person(1), &person(2), 120).unwrap();
    assert_eq!(token.balance_at(&person(1), 9).unwrap(), 120);
    let error = token.lowest_on(&person(1), 9).unwrap_err();
    assert_eq!(error, ContractError::DayNotOver { day: 9, today: 9 });
    let error = token.lowest_on(&person(5), 12).unwrap_err();
    assert_eq!(error, ContractError::DayNotOver { day: 12, today: 9 });
    let error = token.balance_at(&person(1), 10).unwrap_err();
    assert_eq!(error, ContractError::DayAhead { day: 10, today: 9 });
    let error = token.ask::<TotalAtResponse>(QueryMsg::TotalAt { day: 10 }).unwrap_err();
    assert_eq!(error, ContractError::DayAhead { day: 10, today: 9 });
}

/// Coins passed around at midnight: in at the end of a day, out at the beginning of the next.
#[test]
fn coins_that_come_and_go_count_nothing() {
    let mut token = Token::new(&[(person(1), 100)]);
    token.go_to(2);
    token.transfer(&person(1), &person(2), 100).unwrap();
    token.go_to(3);
    token.transfer(&person(2), &person(3), 100).unwrap();
    token.transfer(&person(3), &person(1), 100).unwrap();
    token.go_to(5);
    for account in [person(1), person(2), person(3)] {
        assert_eq!(token.lowest_on(&account, 2).unwrap(), 0, "{account}");
        assert_eq!(token.lowest_on(&account, 3).unwrap(), 0, "{account}");
    }
    assert_eq!(token.lowest_on(&person(1), 4).unwrap(), 100);
}

#[test]
fn the_supply_remembers_its_days() {
    let mut token = Token::new(&[(person(1), 100)]);
    token.go_to(4);
    token
        .execute(
            &person(1),
            ExecuteMsg::Burn {
                amount: Uint128::new(10),
            },
        )
        .unwrap();
    token
        .execute(
            &person(1),
            ExecuteMsg::Burn {
                amount: Uint128::new(5),
            },
        )
        .unwrap();
    token.go_to(400);
    token
        .execute(
            &person(1),
            ExecuteMsg::Burn {
                amount: Uint128::new(20),
            },
        )
        .unwrap();
    token.go_to(1_000);
    for (day, expected) in [
        (0, 0),
        (1, 0),
        (2, 100),
        (4, 100),
        (5, 85),
        (400, 85),
        (401, 65),
        (1_000, 65),
    ] {
        let total: TotalAtResponse = token.ask(QueryMsg::TotalAt { day }).unwrap();
        assert_eq!(total.total.u128(), expected, "day {day}");
    }
}

#[test]
fn an_account_that_rests_for_years_stays_exact() {
    let mut token = example();
    token.go_to(5_000);
    assert_eq!(token.lowest_on(&person(1), 4_999).unwrap(), 120);
    assert_eq!(token.lowest_on(&person(1), 5).unwrap(), 70);
    token.transfer(&person(1), &person(2), 1).unwrap();
    assert_eq!(token.lowest_on(&person(1), 4_999).unwrap(), 120);
    assert_eq!(token.lowest_on(&person(1), 5).unwrap(), 70);
    assert_eq!(token.lowest_on(&person(1), 4).unwrap(), 100);
    assert_eq!(token.balance_at(&person(1), 5_000).unwrap(), 120);
}

#[test]
fn an_account_writes_one_entry_a_day() {
    let mut token = Token::new(&[(person(1), 1_000)]);
    for day in 2..=4 {
        token.go_to(day);
        for _ in 0..5 {
            token.transfer(&person(1), &person(2), 1).unwrap();
        }
    }
    let page = history(&token, &person(1), None, None);
    assert_eq!(
        page.entries,
        [entry(1, 0, 1_000), entry(2, 995, 995), entry(3, 990, 990)]
    );
    assert_eq!(
        history(&token, &person(2), None, None).entries,
        [entry(2, 0, 5), entry(3, 5, 10)]
    );
}

#[test]
fn history_comes_in_pages() {
    let mut token = Token::new(&[(person(1), 1_000), (person(2), 1)]);
    for day in 2..=6 {
        token.go_to(day);
        token.transfer(&person(1), &person(3), 1).unwrap();
    }
    let days = |start_after, limit| {
        let page = history(&token, &person(1), start_after, limit);
        (page.entries.iter().map(|e| e.day).collect::<Vec<_>>(), page.more)
    };
    assert_eq!(days(None, None), (vec![1, 2, 3, 4, 5], false));
    assert_eq!(days(None, Some(2)), (vec![1, 2], true));
    assert_eq!(days(Some(2), Some(3)), (vec![3, 4, 5], false));
    assert_eq!(days(Some(3), Some(1)), (vec![4], true));
    assert_eq!(days(Some(u32::MAX), None), (vec![], false));
    assert_eq!(history(&token, &person(9), None, None).entries, []);
}

#[test]
fn many_accounts_are_answered_in_the_order_asked() {
    let token = example();
    let of = vec![
        (person(1), 5),
        (person(2), 4),
        (person(9), 4),
        (person(1), 4),
        (person(1), 5),
    ];
    let answer: LowestOnManyResponse = token.ask(QueryMsg::LowestOnMany { of }).unwrap();
    let lowest: Vec<u128> = answer.lowest.iter().map(|l| l.u128()).collect();
    assert_eq!(lowest, [70, 1_000, 0, 100, 70]);
    let none: LowestOnManyResponse = token.ask(QueryMsg::LowestOnMany { of: vec![] }).unwrap();
    assert!(none.lowest.is_empty());
}

#[test]
fn many_are_256_at_most() {
    let token = example();
    let answer: LowestOnManyResponse = token
        .ask(QueryMsg::LowestOnMany {
            of: vec![(person(1), 5); 256],
        })
        .unwrap();
    assert_eq!(answer.lowest, [Uint128::new(70); 256]);
    let error = token
        .ask::<LowestOnManyResponse>(QueryMsg::LowestOnMany {
            of: vec![(person(1), 5); 257],
        })
        .unwrap_err();
    assert_eq!(error, ContractError::TooMany { max: 256, actual: 257 });
}

#[test]
fn one_bad_question_of_many_is_named() {
    let token = example();
    let many = |of| {
        token
            .ask::<LowestOnManyResponse>(QueryMsg::LowestOnMany { of })
            .unwrap_err()
    };
    let not_over = ContractError::DayNotOver { day: 9, today: 9 };
    assert_eq!(many(vec![(person(1), 5), (person(2), 9)]), not_over);
    let upper = person(1).as_str().to_uppercase();
    match many(vec![(Addr::unchecked(&upper), 5)]) {
        ContractError::Access(AccessError::InvalidAddress { address, .. }) => assert_eq!(address, upper),
        other => panic!("{other}"),
    }
}
