use super::support::*;
use cosmwasm_std::{Binary, Uint128};
use vrs_interface::standard::Logo;
use vrs_interface::token::{ExecuteMsg, Marketing, Payment};

/// Who sends, what, and the attributes that follow.
type Row<'a> = (u8, ExecuteMsg, Vec<(&'a str, &'a str)>);

/// The whole table of attributes: an interface of wallets and indexers.
#[test]
fn attributes_are_those_of_cw20_base() {
    let mut msg = birth(&[(person(1), 1_000)]);
    msg.marketing = Some(Marketing {
        project: None,
        description: None,
        marketing: Some(person(1).to_string()),
        logo: None,
    });
    let mut token = Token::born(1, msg).unwrap();
    let (one, two, three) = (person(1).to_string(), person(2).to_string(), contract(3).to_string());
    let (amount, expires, hook) = (Uint128::new(7), None, Binary::default());
    let (p1, p2, c3) = (one.as_str(), two.as_str(), three.as_str());
    let table: Vec<Row> = vec![
        (
            1,
            ExecuteMsg::Transfer {
                recipient: two.clone(),
                amount,
            },
            vec![("action", "transfer"), ("from", p1), ("to", p2), ("amount", "7")],
        ),
        (
            1,
            ExecuteMsg::TransferMany {
                payments: vec![Payment {
                    recipient: two.clone(),
                    amount,
                }],
            },
            vec![
                ("action", "transfer_many"),
                ("from", p1),
                ("payments", "1"),
                ("amount", "7"),
            ],
        ),
        (
            1,
            ExecuteMsg::Send {
                contract: three.clone(),
                amount,
                msg: hook.clone(),
            },
            vec![("action", "send"), ("from", p1), ("to", c3), ("amount", "7")],
        ),
        (
            1,
            ExecuteMsg::Burn { amount },
            vec![("action", "burn"), ("from", p1), ("amount", "7")],
        ),
        (
            1,
            ExecuteMsg::IncreaseAllowance {
                spender: two.clone(),
                amount: Uint128::new(90),
                expires,
            },
            vec![
                ("action", "increase_allowance"),
                ("owner", p1),
                ("spender", p2),
                ("amount", "90"),
            ],
        ),
        (
            1,
            ExecuteMsg::DecreaseAllowance {
                spender: two.clone(),
                amount,
                expires,
            },
            vec![
                ("action", "decrease_allowance"),
                ("owner", p1),
                ("spender", p2),
                ("amount", "7"),
            ],
        ),
        (
            2,
            ExecuteMsg::TransferFrom {
                owner: one.clone(),
                recipient: three.clone(),
                amount,
            },
            vec![
                ("action", "transfer_from"),
                ("from", p1),
                ("to", c3),
                ("by", p2),
                ("amount", "7"),
            ],
        ),
        (
            2,
            ExecuteMsg::SendFrom {
                owner: one.clone(),
                contract: three.clone(),
                amount,
                msg: hook,
            },
            vec![
                ("action", "send_from"),
                ("from", p1),
                ("to", c3),
                ("by", p2),
                ("amount", "7"),
            ],
        ),
        (
            2,
            ExecuteMsg::BurnFrom {
                owner: one.clone(),
                amount,
            },
            vec![("action", "burn_from"), ("from", p1), ("by", p2), ("amount", "7")],
        ),
        (
            1,
            ExecuteMsg::UpdateMarketing {
                project: Some("x".into()),
                description: None,
                marketing: None,
            },
            vec![("action", "update_marketing")],
        ),
        (
            1,
            ExecuteMsg::UploadLogo(Logo::Url("x".into())),
            vec![("action", "upload_logo")],
        ),
        (
            9,
            ExecuteMsg::PruneHistory {
                start_after: None,
                limit: None,
            },
            vec![("action", "prune_history"), ("looked", "0"), ("removed", "0")],
        ),
    ];
    for (sender, msg, expected) in table {
        let response = token.execute(&person(sender), msg.clone()).unwrap();
        assert_eq!(attributes(&response), expected, "{msg:?}");
        // Events of their own: the payments of `transfer_many`.
        let many = matches!(msg, ExecuteMsg::TransferMany { .. });
        assert_eq!(response.events.len(), usize::from(many), "{msg:?}");
        assert!(response.data.is_none());
    }
}

/// One for each payment, in the order given.
#[test]
fn each_of_many_payments_has_its_event() {
    let mut token = Token::new(&[(person(1), 1_000)]);
    let payments = [(2, 30), (3, 5)].map(|(to, amount)| Payment {
        recipient: person(to).to_string(),
        amount: Uint128::new(amount),
    });
    let msg = ExecuteMsg::TransferMany {
        payments: payments.to_vec(),
    };
    let response = token.execute(&person(1), msg).unwrap();
    let line = |event: &cosmwasm_std::Event| {
        let attributes = event.attributes.iter().map(|a| format!(" {}={}", a.key, a.value));
        event.ty.clone() + &attributes.collect::<String>()
    };
    let actual: Vec<String> = response.events.iter().map(line).collect();
    let expected = [
        "vrs_token v=1 action=transfer from=ONE to=TWO amount=30",
        "vrs_token v=1 action=transfer from=ONE to=THREE amount=5",
    ];
    let named = |line: &str| {
        let names = [("ONE", 1), ("TWO", 2), ("THREE", 3)];
        names.iter().fold(line.to_owned(), |line, (name, n)| {
            line.replace(name, person(*n).as_str())
        })
    };
    assert_eq!(actual, expected.map(named));
}
