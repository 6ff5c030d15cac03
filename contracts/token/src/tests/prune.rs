use super::support::*;
use crate::ContractError;
use cosmwasm_std::{from_json, Uint128};
use vrs_access::AccessError;
use vrs_interface::token::{ExecuteMsg, HistoryResponse, QueryMsg, TotalAtResponse};

fn prune(
    token: &mut Token,
    start_after: Option<(String, u32)>,
    limit: Option<u32>,
) -> (u32, u32, Option<(String, u32)>) {
    let msg = ExecuteMsg::PruneHistory { start_after, limit };
    let response = token.execute(&person(77), msg).unwrap();
    let attributes = attributes(&response);
    assert_eq!(attributes[0], ("action", "prune_history"));
    assert_eq!((attributes[1].0, attributes[2].0), ("looked", "removed"));
    let next = attributes.get(3).map(|(name, next)| {
        assert_eq!(*name, "next");
        from_json(next.as_bytes()).unwrap()
    });
    (attributes[1].1.parse().unwrap(), attributes[2].1.parse().unwrap(), next)
}

fn days(token: &Token, n: u8) -> Vec<u32> {
    let answer: HistoryResponse = token
        .ask(QueryMsg::History {
            address: person(n).to_string(),
            start_after: None,
            limit: None,
        })
        .unwrap();
    answer.entries.iter().map(|entry| entry.day).collect()
}

/// `person(1)` gives one unit a day to `person(2)` on these days.
fn moved_on(days: &[u32]) -> Token {
    let mut token = Token::born(days[0], birth(&[(person(1), 1_000), (person(2), 1)])).unwrap();
    for day in days {
        token.go_to(*day);
        token.transfer(&person(1), &person(2), 1).unwrap();
    }
    token
}

/// The example of the module's documentation.
#[test]
fn only_what_nothing_needs_is_removed() {
    let mut token = moved_on(&[100, 300, 499, 510, 640]);
    token.go_to(680);
    assert_eq!(token.window().keep_from(), 500);
    let before: Vec<_> = (500..680)
        .map(|day| (token.balance_at(&person(1), day), token.lowest_on(&person(1), day)))
        .collect();
    assert_eq!(prune(&mut token, None, None), (8, 4, None));
    assert_eq!(days(&token, 1), [499, 510]);
    assert_eq!(days(&token, 2), [499, 510]);
    let after: Vec<_> = (500..680)
        .map(|day| (token.balance_at(&person(1), day), token.lowest_on(&person(1), day)))
        .collect();
    assert_eq!(after, before);
    assert!(before.iter().all(|(at, low)| at.is_ok() && low.is_ok()));
    // A second walk finds nothing to remove.
    assert_eq!(prune(&mut token, None, None), (4, 0, None));
}

#[test]
fn an_entry_on_the_first_kept_day_keeps_the_one_before_it() {
    // The opening of day 500 needs the entry of day 300: the one of day 500 closes that day.
    let mut token = moved_on(&[100, 300, 500, 640]);
    token.go_to(680);
    prune(&mut token, None, None);
    assert_eq!(days(&token, 1), [300, 500]);
    assert_eq!(token.balance_at(&person(1), 500).unwrap(), 998);
    assert_eq!(token.lowest_on(&person(1), 500).unwrap(), 997);
}

#[test]
fn older_days_answer_a_clear_error() {
    let mut token = moved_on(&[100, 300, 499, 510, 640]);
    token.go_to(680);
    prune(&mut token, None, None);
    for day in [0, 100, 101, 299, 300, 301, 498] {
        let pruned = ContractError::HistoryPruned { day, earliest: 500 };
        assert_eq!(token.lowest_on(&person(1), day).unwrap_err(), pruned);
    }
    for day in [1, 100, 101, 300, 301, 499] {
        let pruned = ContractError::HistoryPruned { day, earliest: 500 };
        assert_eq!(token.balance_at(&person(1), day).unwrap_err(), pruned);
    }
    // What still stands is still answered.
    assert_eq!(token.lowest_on(&person(1), 499).unwrap(), 997);
    // Who never held anything held nothing on any day, and nobody did before all days.
    assert_eq!(token.lowest_on(&person(9), 100).unwrap(), 0);
    assert_eq!(token.balance_at(&person(9), 100).unwrap(), 0);
    assert_eq!(token.balance_at(&person(1), 0).unwrap(), 0);
}

#[test]
fn who_rested_is_answered_for_old_days_too() {
    let mut token = moved_on(&[100, 300]);
    token.go_to(680);
    prune(&mut token, None, None);
    assert!(days(&token, 1).is_empty());
    assert_eq!(token.lowest_on(&person(1), 300).unwrap(), 998);
    assert_eq!(token.lowest_on(&person(1), 301).unwrap(), 998);
    assert_eq!(token.balance_at(&person(1), 301).unwrap(), 998);
    let pruned = ContractError::HistoryPruned {
        day: 300,
        earliest: 500,
    };
    assert_eq!(token.balance_at(&person(1), 300).unwrap_err(), pruned);
}

#[test]
fn nothing_goes_while_history_is_short() {
    let mut token = moved_on(&[1, 2, 3]);
    for day in [3, 180, 182] {
        token.go_to(day);
        let looked_removed = prune(&mut token, None, None);
        assert_eq!((looked_removed.0, looked_removed.1), (4, 0), "day {day}");
    }
    // keep_from is 3: the entry of day 2 is older, so that of day 1 may go.
    token.go_to(183);
    assert_eq!(prune(&mut token, None, None).1, 2);
    assert_eq!(days(&token, 1), [2]);
    let pruned = ContractError::HistoryPruned { day: 1, earliest: 3 };
    assert_eq!(token.lowest_on(&person(1), 1).unwrap_err(), pruned);
}

#[test]
fn a_walk_goes_on_where_it_stopped() {
    let all: Vec<u32> = (1..=20).collect();
    let mut token = moved_on(&all);
    token.go_to(1_000);
    let (mut next, mut looked, mut removed, mut calls) = (None, 0, 0, 0);
    loop {
        let done = prune(&mut token, next, Some(3));
        assert!(done.0 <= 3);
        (looked, removed, calls) = (looked + done.0, removed + done.1, calls + 1);
        next = done.2;
        if next.is_none() {
            break;
        }
    }
    assert_eq!((looked, removed, calls), (38, 38, 13));
    assert_eq!((days(&token, 1), days(&token, 2)), (vec![], vec![]));
}

#[test]
fn a_walk_that_starts_in_the_middle_falsifies_nothing() {
    let mut token = moved_on(&[100, 200, 300, 640]);
    token.go_to(680);
    let after_100 = Some((person(1).to_string(), 100));
    assert_eq!(
        prune(&mut token, after_100, Some(1)),
        (1, 1, Some((person(1).to_string(), 200)))
    );
    assert_eq!(days(&token, 1), [100, 300]);
    // Day 250 was answered by the entry of day 200; that of day 100 must not answer in its place.
    let pruned = ContractError::HistoryPruned {
        day: 250,
        earliest: 500,
    };
    assert_eq!(token.lowest_on(&person(1), 250).unwrap_err(), pruned);
    assert_eq!(token.balance_at(&person(1), 250).unwrap_err(), pruned);
    assert_eq!(token.lowest_on(&person(1), 100).unwrap(), 0);
    assert_eq!(token.balance_at(&person(1), 101).unwrap(), 999);
    // The rest goes later.
    assert_eq!(prune(&mut token, None, None).1, 3);
}

#[test]
fn the_supply_is_pruned_first() {
    let mut token = Token::new(&[(person(1), 100)]);
    for day in [5, 6] {
        token.go_to(day);
        token
            .execute(
                &person(1),
                ExecuteMsg::Burn {
                    amount: Uint128::new(1),
                },
            )
            .unwrap();
    }
    token.go_to(300);
    let total = |token: &Token, day| token.ask::<TotalAtResponse>(QueryMsg::TotalAt { day });
    assert_eq!(prune(&mut token, None, Some(1)), (1, 1, Some((String::new(), 1))));
    assert_eq!(
        prune(&mut token, Some((String::new(), 1)), Some(1)),
        (1, 1, Some((String::new(), 5)))
    );
    assert_eq!(total(&token, 120).unwrap().total.u128(), 98);
    assert_eq!(total(&token, 7).unwrap().total.u128(), 98);
    let pruned = ContractError::HistoryPruned { day: 6, earliest: 120 };
    assert_eq!(total(&token, 6).unwrap_err(), pruned);
    assert_eq!(prune(&mut token, Some((String::new(), 5)), None), (2, 2, None));
}

#[test]
fn the_limit_is_kept_between_one_and_two_hundred() {
    let all: Vec<u32> = (1..=150).collect();
    let mut token = moved_on(&all);
    token.go_to(1_000);
    assert_eq!(prune(&mut token, None, Some(0)).0, 1);
    assert_eq!(prune(&mut token, None, None).0, 50);
    assert_eq!(prune(&mut token, None, Some(u32::MAX)).0, 200);
}

#[test]
fn a_walk_starts_behind_an_address() {
    let mut token = moved_on(&[100, 200]);
    let upper = person(1).as_str().to_uppercase();
    let msg = ExecuteMsg::PruneHistory {
        start_after: Some((upper.clone(), 1)),
        limit: None,
    };
    match token.execute(&person(1), msg).unwrap_err() {
        ContractError::Access(AccessError::InvalidAddress { address, .. }) => assert_eq!(address, upper),
        other => panic!("{other}"),
    }
}
