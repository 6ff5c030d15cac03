use super::support::*;
use crate::ContractError;
use cosmwasm_std::{Timestamp, Uint128};
use cw20::{AllAllowancesResponse, AllSpenderAllowancesResponse, AllowanceResponse, Expiration};
use vrs_interface::token::{ExecuteMsg, QueryMsg};

fn increase(spender: u8, amount: u128, expires: Option<Expiration>) -> ExecuteMsg {
    ExecuteMsg::IncreaseAllowance {
        spender: person(spender).to_string(),
        amount: Uint128::new(amount),
        expires: expires.map(Into::into),
    }
}

fn decrease(spender: u8, amount: u128, expires: Option<Expiration>) -> ExecuteMsg {
    ExecuteMsg::DecreaseAllowance {
        spender: person(spender).to_string(),
        amount: Uint128::new(amount),
        expires: expires.map(Into::into),
    }
}

fn spend(amount: u128) -> ExecuteMsg {
    ExecuteMsg::TransferFrom {
        owner: person(1).to_string(),
        recipient: person(7).to_string(),
        amount: Uint128::new(amount),
    }
}

fn allowance(token: &Token, owner: u8, spender: u8) -> AllowanceResponse {
    let (owner, spender) = (person(owner).to_string(), person(spender).to_string());
    token.ask(QueryMsg::Allowance { owner, spender }).unwrap()
}

fn left(amount: u128, expires: Expiration) -> AllowanceResponse {
    AllowanceResponse {
        allowance: Uint128::new(amount),
        expires,
    }
}

fn token() -> Token {
    Token::new(&[(person(1), 1_000), (person(2), 1_000)])
}

#[test]
fn an_allowance_is_used_up_to_the_unit() {
    let mut token = token();
    let none = token.execute(&person(3), spend(1)).unwrap_err();
    assert_eq!(none, ContractError::NoAllowance {});
    token.execute(&person(1), increase(3, 100, None)).unwrap();
    token.execute(&person(3), spend(60)).unwrap();
    let expected = ContractError::InsufficientAllowance {
        allowance: Uint128::new(40),
        amount: Uint128::new(41),
    };
    assert_eq!(token.execute(&person(3), spend(41)).unwrap_err(), expected);
    token.execute(&person(3), spend(40)).unwrap();
    assert_eq!(allowance(&token, 1, 3), left(0, Expiration::Never {}));
    assert_eq!(token.balance(&person(7)), 100);
}

#[test]
fn an_allowance_ends_at_its_height() {
    let mut token = token();
    let height = token.0.env.block.height;
    let end = Expiration::AtHeight(height + 5);
    token.execute(&person(1), increase(3, 100, Some(end))).unwrap();
    token.0.env.block.height = height + 4;
    token.execute(&person(3), spend(1)).unwrap();
    token.0.env.block.height = height + 5;
    let expected = ContractError::Expired {
        expires: end,
        height: height + 5,
        nanos: token.0.env.block.time.nanos(),
    };
    assert_eq!(token.execute(&person(3), spend(1)).unwrap_err(), expected);
    assert_eq!(allowance(&token, 1, 3), left(99, end));
}

#[test]
fn an_allowance_ends_at_its_time() {
    let mut token = token();
    let now = token.0.env.block.time;
    let end = Expiration::AtTime(now.plus_nanos(10));
    token.execute(&person(1), increase(3, 100, Some(end))).unwrap();
    token.0.env.block.time = now.plus_nanos(9);
    token.execute(&person(3), spend(1)).unwrap();
    token.0.env.block.time = now.plus_nanos(10);
    let expected = ContractError::Expired {
        expires: end,
        height: token.0.env.block.height,
        nanos: now.nanos() + 10,
    };
    assert_eq!(token.execute(&person(3), spend(1)).unwrap_err(), expected);
}

#[test]
fn an_end_in_the_past_is_refused() {
    let mut token = token();
    token.execute(&person(1), increase(3, 100, None)).unwrap();
    let block = token.0.env.block.clone();
    for expires in [
        Expiration::AtHeight(block.height),
        Expiration::AtTime(block.time),
        Expiration::AtTime(Timestamp::from_nanos(0)),
    ] {
        for msg in [increase(3, 1, Some(expires)), decrease(3, 1, Some(expires))] {
            let expected = ContractError::InvalidExpiration {
                expires,
                height: block.height,
                nanos: block.time.nanos(),
            };
            assert_eq!(token.execute(&person(1), msg).unwrap_err(), expected);
        }
    }
}

#[test]
fn decreasing_to_nothing_removes_both_entries() {
    let mut token = token();
    token.execute(&person(1), increase(3, 100, None)).unwrap();
    assert_eq!(
        token
            .0
            .deps
            .storage
            .data
            .keys()
            .filter(|key| [3, 4].contains(&key[0]))
            .count(),
        2
    );
    token.execute(&person(1), decrease(3, 40, None)).unwrap();
    assert_eq!(allowance(&token, 1, 3), left(60, Expiration::Never {}));
    for amount in [60, 61] {
        let mut token = Token(Bench {
            deps: cosmwasm_std::OwnedDeps {
                storage: token.0.deps.storage.clone(),
                api: api(),
                querier: Default::default(),
                custom_query_type: Default::default(),
            },
            env: token.0.env.clone(),
        });
        token.execute(&person(1), decrease(3, amount, None)).unwrap();
        assert_eq!(allowance(&token, 1, 3), left(0, Expiration::Never {}));
        assert_eq!(
            token
                .0
                .deps
                .storage
                .data
                .keys()
                .filter(|key| [3, 4].contains(&key[0]))
                .count(),
            0
        );
        let error = token.execute(&person(1), decrease(3, 1, None)).unwrap_err();
        assert_eq!(error, ContractError::NoAllowance {});
    }
}

#[test]
fn nobody_allows_himself_and_sums_do_not_overflow() {
    let mut token = token();
    for msg in [increase(1, 5, None), decrease(1, 5, None)] {
        assert_eq!(
            token.execute(&person(1), msg).unwrap_err(),
            ContractError::OwnAccount {}
        );
    }
    token.execute(&person(1), increase(3, u128::MAX, None)).unwrap();
    let error = token.execute(&person(1), increase(3, 1, None)).unwrap_err();
    assert!(error.to_string().contains("overflows"), "{error}");
}

#[test]
fn both_sides_can_be_listed_in_pages() {
    let mut token = token();
    let end = Expiration::AtHeight(9_999_999);
    for spender in 3..=6 {
        token
            .execute(&person(1), increase(spender, spender.into(), Some(end)))
            .unwrap();
        token.execute(&person(2), increase(spender, 1, None)).unwrap();
    }
    let given = |start_after: Option<u8>, limit| -> Vec<(String, u128)> {
        let page: AllAllowancesResponse = token
            .ask(QueryMsg::AllAllowances {
                owner: person(1).to_string(),
                start_after: start_after.map(|n| person(n).to_string()),
                limit,
            })
            .unwrap();
        assert!(page.allowances.iter().all(|a| a.expires == end));
        page.allowances
            .into_iter()
            .map(|a| (a.spender, a.allowance.u128()))
            .collect()
    };
    let spender = |n: u8| (person(n).to_string(), u128::from(n));
    assert_eq!(given(None, None), [spender(3), spender(4), spender(5), spender(6)]);
    assert_eq!(given(Some(3), Some(2)), [spender(4), spender(5)]);
    assert_eq!(given(Some(6), None), []);
    // Behind an account that is not in the list.
    assert_eq!(given(Some(2), Some(1)), [spender(3)]);

    let got = |start_after: Option<u8>, limit| -> Vec<String> {
        let page: AllSpenderAllowancesResponse = token
            .ask(QueryMsg::AllSpenderAllowances {
                spender: person(5).to_string(),
                start_after: start_after.map(|n| person(n).to_string()),
                limit,
            })
            .unwrap();
        page.allowances.into_iter().map(|a| a.owner).collect()
    };
    assert_eq!(got(None, None), [person(1).to_string(), person(2).to_string()]);
    assert_eq!(got(None, Some(1)), [person(1).to_string()]);
    assert_eq!(got(Some(1), None), [person(2).to_string()]);
}

/// 100 until a height that is past, then 100 more with an end ahead: 200 could be taken.
#[test]
fn what_has_ended_is_not_revived_by_a_new_end() {
    let mut token = token();
    let height = token.0.env.block.height;
    let end = |after| Some(Expiration::AtHeight(height + after));
    token.execute(&person(1), increase(3, 100, end(5))).unwrap();
    token.0.env.block.height = height + 5;
    token.execute(&person(1), increase(3, 100, end(9))).unwrap();
    let expected = ContractError::InsufficientAllowance {
        allowance: Uint128::new(100),
        amount: Uint128::new(200),
    };
    assert_eq!(token.execute(&person(3), spend(200)).unwrap_err(), expected);
    assert_eq!(allowance(&token, 1, 3), left(100, Expiration::AtHeight(height + 9)));
    // In two steps, the first without an end, and by lowering: the same.
    token.0.env.block.height = height + 9;
    token.execute(&person(1), increase(3, 7, None)).unwrap();
    let expired = ContractError::Expired {
        expires: Expiration::AtHeight(height + 9),
        height: height + 9,
        nanos: token.0.env.block.time.nanos(),
    };
    assert_eq!(token.execute(&person(3), spend(1)).unwrap_err(), expired);
    token
        .execute(&person(1), increase(3, 1, Some(Expiration::Never {})))
        .unwrap();
    assert_eq!(allowance(&token, 1, 3), left(1, Expiration::Never {}));
    token.execute(&person(1), increase(3, 99, end(12))).unwrap();
    token.0.env.block.height = height + 12;
    token
        .execute(&person(1), decrease(3, 1, Some(Expiration::Never {})))
        .unwrap();
    assert_eq!(allowance(&token, 1, 3), left(0, Expiration::Never {}));
}
