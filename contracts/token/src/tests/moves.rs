use super::support::*;
use crate::ContractError;
use cosmwasm_std::{coins, Binary, Uint128};
use proptest::prelude::*;
use vrs_access::AccessError;
use vrs_interface::token::{ExecuteMsg, Payment, MAX_PAYMENTS};
use vrs_message::BoundError;

fn amount(amount: u128) -> Uint128 {
    Uint128::new(amount)
}

/// Every message that moves tokens, from `person(1)` or by their spender `person(3)`.
fn all_moves(to: &str, units: u128) -> Vec<(u8, ExecuteMsg)> {
    let (to, owner, msg, amount) = (to.to_string(), person(1).to_string(), Binary::default(), amount(units));
    let contract = to.clone();
    vec![
        (
            1,
            ExecuteMsg::Transfer {
                recipient: to.clone(),
                amount,
            },
        ),
        (
            1,
            ExecuteMsg::Send {
                contract: contract.clone(),
                amount,
                msg: msg.clone(),
            },
        ),
        (1, ExecuteMsg::Burn { amount }),
        (
            3,
            ExecuteMsg::TransferFrom {
                owner: owner.clone(),
                recipient: to,
                amount,
            },
        ),
        (
            3,
            ExecuteMsg::SendFrom {
                owner: owner.clone(),
                contract,
                amount,
                msg,
            },
        ),
        (3, ExecuteMsg::BurnFrom { owner, amount }),
    ]
}

fn token() -> Token {
    let mut token = Token::new(&[(person(1), 1_000), (person(2), 500)]);
    let spender = person(3).to_string();
    let allowance = ExecuteMsg::IncreaseAllowance {
        spender,
        amount: Uint128::MAX,
        expires: None,
    };
    token.execute(&person(1), allowance).unwrap();
    token
}

#[test]
fn an_amount_of_zero_is_refused_everywhere() {
    let mut token = token();
    for (sender, msg) in all_moves(person(2).as_str(), 0) {
        let error = token.execute(&person(sender), msg.clone()).unwrap_err();
        assert_eq!(error, ContractError::ZeroAmount {}, "{msg:?}");
    }
}

#[test]
fn nobody_gives_more_than_he_holds() {
    let mut token = token();
    for asked in [1_001, u128::MAX] {
        for (sender, msg) in all_moves(person(2).as_str(), asked) {
            let error = token.execute(&person(sender), msg.clone()).unwrap_err();
            let expected = ContractError::InsufficientFunds {
                balance: amount(1_000),
                amount: amount(asked),
            };
            assert_eq!(error, expected, "{msg:?}");
        }
    }
    assert_eq!(token.balance(&person(1)), 1_000);
    for (sender, msg) in all_moves(person(2).as_str(), 1_000) {
        let mut token = self::token();
        token.execute(&person(sender), msg).unwrap();
        assert_eq!(token.balance(&person(1)), 0);
    }
}

#[test]
fn who_never_held_anything_gives_nothing() {
    let mut token = token();
    let expected = ContractError::InsufficientFunds {
        balance: amount(0),
        amount: amount(1),
    };
    for to in [person(2), person(8)] {
        assert_eq!(token.transfer(&person(8), &to, 1).unwrap_err(), expected);
    }
}

#[test]
fn the_largest_supply_can_be_moved() {
    let mut token = Token::new(&[(person(1), u128::MAX - 1), (person(2), 1)]);
    token.transfer(&person(1), &person(2), u128::MAX - 1).unwrap();
    assert_eq!(token.balance(&person(2)), u128::MAX);
    token.go_to(2);
    token.transfer(&person(2), &person(1), u128::MAX).unwrap();
    assert_eq!(token.balance(&person(1)), u128::MAX);
    assert_eq!(token.supply(), u128::MAX);
}

#[test]
fn burning_lowers_the_supply() {
    let mut token = token();
    token
        .execute(&person(1), ExecuteMsg::Burn { amount: amount(1_000) })
        .unwrap();
    assert_eq!(token.supply(), 500);
    token
        .execute(&person(2), ExecuteMsg::Burn { amount: amount(500) })
        .unwrap();
    assert_eq!(token.supply(), 0);
}

#[test]
fn moving_to_oneself_changes_nothing() {
    for (sender, msg) in all_moves(person(1).as_str(), 900) {
        if matches!(msg, ExecuteMsg::Burn { .. } | ExecuteMsg::BurnFrom { .. }) {
            continue;
        }
        let mut token = token();
        token.go_to(4);
        let before = token.0.deps.storage.data.clone();
        let hooks = token.execute(&person(sender), msg.clone()).unwrap().messages.len();
        let sends = matches!(msg, ExecuteMsg::Send { .. } | ExecuteMsg::SendFrom { .. });
        assert_eq!(hooks, usize::from(sends));
        let changed = token
            .0
            .deps
            .storage
            .data
            .iter()
            .filter(|(key, value)| before.get(*key) != Some(value));
        let prefixes: Vec<u8> = changed.map(|(key, _)| key[0]).collect();
        // Nothing but the allowance that was used.
        assert_eq!(prefixes, if sender == 3 { vec![0x03] } else { vec![] }, "{msg:?}");
        token.go_to(5);
        assert_eq!(token.lowest_on(&person(1), 4).unwrap(), 1_000, "{msg:?}");
    }
}

#[test]
fn native_coins_are_refused_with_every_message() {
    let mut token = token();
    let mut messages: Vec<ExecuteMsg> = all_moves(person(2).as_str(), 1)
        .into_iter()
        .map(|(_, msg)| msg)
        .collect();
    let (spender, amount, expires) = (person(3).to_string(), amount(1), None);
    messages.extend([
        ExecuteMsg::IncreaseAllowance {
            spender: spender.clone(),
            amount,
            expires,
        },
        ExecuteMsg::DecreaseAllowance {
            spender,
            amount,
            expires,
        },
        ExecuteMsg::UpdateMarketing {
            project: None,
            description: None,
            marketing: None,
        },
        ExecuteMsg::UploadLogo(vrs_interface::standard::Logo::Url("x".into())),
        ExecuteMsg::PruneHistory {
            start_after: None,
            limit: None,
        },
    ]);
    assert_eq!(messages.len(), 11);
    for msg in messages {
        let mut info = from(&person(1));
        info.funds = coins(7, "ustake");
        let call = |deps: cosmwasm_std::DepsMut, env| crate::contract::execute(deps, env, info, msg);
        let expected = AccessError::NativeCoins { sent: "7ustake".into() };
        assert_eq!(token.0.call(call).unwrap_err(), ContractError::Access(expected));
    }
}

#[test]
fn upper_case_and_foreign_addresses_are_refused() {
    let mut token = token();
    let foreign = cosmwasm_std::testing::MockApi::default()
        .addr_make("somebody")
        .to_string();
    let upper = person(2).as_str().to_uppercase();
    let mut broken = person(2).to_string();
    broken.pop();
    for bad in [foreign, upper, broken, String::new()] {
        for (sender, msg) in all_moves(&bad, 1) {
            if matches!(msg, ExecuteMsg::Burn { .. } | ExecuteMsg::BurnFrom { .. }) {
                continue;
            }
            match token.execute(&person(sender), msg).unwrap_err() {
                ContractError::Access(AccessError::InvalidAddress { address, .. }) => assert_eq!(address, bad),
                other => panic!("{other}"),
            }
        }
        let by_spender = [
            ExecuteMsg::BurnFrom {
                owner: bad.clone(),
                amount: amount(1),
            },
            ExecuteMsg::TransferFrom {
                owner: bad.clone(),
                recipient: person(2).to_string(),
                amount: amount(1),
            },
            ExecuteMsg::IncreaseAllowance {
                spender: bad.clone(),
                amount: amount(1),
                expires: None,
            },
            ExecuteMsg::DecreaseAllowance {
                spender: bad.clone(),
                amount: amount(1),
                expires: None,
            },
        ];
        for msg in by_spender {
            match token.execute(&person(3), msg).unwrap_err() {
                ContractError::Access(AccessError::InvalidAddress { address, .. }) => assert_eq!(address, bad),
                other => panic!("{other}"),
            }
        }
    }
}

fn payments(of: &[(u8, u128)]) -> Vec<Payment> {
    let payment = |&(to, units): &(u8, u128)| Payment {
        recipient: person(to).to_string(),
        amount: amount(units),
    };
    of.iter().map(payment).collect()
}

fn many(of: &[(u8, u128)]) -> ExecuteMsg {
    ExecuteMsg::TransferMany { payments: payments(of) }
}

#[test]
fn many_are_paid_at_once() {
    let mut token = token();
    let response = token.execute(&person(1), many(&[(2, 30), (4, 5), (2, 1)])).unwrap();
    assert_eq!([1, 2, 4].map(|n| token.balance(&person(n))), [964, 531, 5]);
    assert_eq!((response.events.len(), response.messages.len()), (3, 0));
}

#[test]
fn a_list_of_payments_is_bounded_and_paid_whole_or_not_at_all() {
    let mut token = token();
    for length in [0, MAX_PAYMENTS + 1] {
        let error = token.execute(&person(1), many(&vec![(2, 1); length])).unwrap_err();
        let bound = BoundError::OutOfBounds {
            field: "payments",
            min: 1,
            max: 100,
            actual: length as u64,
        };
        assert_eq!(error, ContractError::Bound(bound));
    }
    let error = token.execute(&person(1), many(&[(2, 1), (4, 0)])).unwrap_err();
    assert_eq!(error, ContractError::ZeroAmount {});
    let error = token.execute(&person(1), many(&[(2, 990), (4, 11)])).unwrap_err();
    let short = ContractError::InsufficientFunds {
        balance: amount(10),
        amount: amount(11),
    };
    assert_eq!(error, short);
    let upper = ExecuteMsg::TransferMany {
        payments: vec![Payment {
            recipient: person(2).as_str().to_uppercase(),
            amount: amount(1),
        }],
    };
    let error = token.execute(&person(1), upper).unwrap_err();
    assert!(
        matches!(error, ContractError::Access(AccessError::InvalidAddress { .. })),
        "{error}"
    );
    assert_eq!([1, 2, 4].map(|n| token.balance(&person(n))), [1_000, 500, 0]);
    token.execute(&person(1), many(&[(2, 1); MAX_PAYMENTS])).unwrap();
    assert_eq!([1, 2].map(|n| token.balance(&person(n))), [900, 600]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Storage, history included, is byte for byte that of as many transfers; where one of them would fail, nothing is paid.
    #[test]
    fn many_payments_are_as_many_transfers(
        rounds in prop::collection::vec(
            (1..4u8, prop::collection::vec((1..5u8, 1..400u128), 1..6), 0..3u32),
            1..8,
        ),
    ) {
        let (mut at_once, mut single) = (token(), token());
        let mut day = 1;
        for (sender, round, days) in rounds {
            day += days;
            at_once.go_to(day);
            single.go_to(day);
            let before = single.0.deps.storage.data.clone();
            let one_by_one = payments(&round).into_iter().try_for_each(|Payment { recipient, amount }| {
                single.execute(&person(sender), ExecuteMsg::Transfer { recipient, amount }).map(|_| ())
            });
            if one_by_one.is_err() {
                single.0.deps.storage.data = before;
            }
            let together = at_once.execute(&person(sender), many(&round)).map(|_| ());
            prop_assert_eq!(together, one_by_one);
            prop_assert_eq!(&at_once.0.deps.storage.data, &single.0.deps.storage.data);
        }
    }
}
