use super::support::*;
use crate::contract::query;
use cosmwasm_std::{from_json, to_json_binary, Binary, Uint128};
use cw20::{Cw20ExecuteMsg, Cw20QueryMsg, Expiration, Logo};
use vrs_interface::access::Permission;
use vrs_interface::token::{ExecuteMsg, QueryMsg};

fn cw20_messages() -> Vec<Cw20ExecuteMsg> {
    let (owner, spender, recipient, contract) = ("a".to_string(), "b".to_string(), "c".to_string(), "d".to_string());
    let (amount, msg, expires) = (Uint128::new(3), Binary::from(b"{}"), Some(Expiration::AtHeight(5)));
    vec![
        Cw20ExecuteMsg::Transfer {
            recipient: recipient.clone(),
            amount,
        },
        Cw20ExecuteMsg::Burn { amount },
        Cw20ExecuteMsg::Send {
            contract: contract.clone(),
            amount,
            msg: msg.clone(),
        },
        Cw20ExecuteMsg::IncreaseAllowance {
            spender: spender.clone(),
            amount,
            expires,
        },
        Cw20ExecuteMsg::DecreaseAllowance {
            spender,
            amount,
            expires: None,
        },
        Cw20ExecuteMsg::TransferFrom {
            owner: owner.clone(),
            recipient,
            amount,
        },
        Cw20ExecuteMsg::SendFrom {
            owner: owner.clone(),
            contract,
            amount,
            msg,
        },
        Cw20ExecuteMsg::BurnFrom { owner, amount },
        Cw20ExecuteMsg::UpdateMarketing {
            project: Some("p".into()),
            description: None,
            marketing: None,
        },
        Cw20ExecuteMsg::UploadLogo(Logo::Url("u".into())),
    ]
}

#[test]
fn every_cw20_message_but_minting_is_ours_to_the_byte() {
    for theirs in cw20_messages() {
        let json = to_json_binary(&theirs).unwrap();
        let ours: ExecuteMsg = from_json(&json).unwrap();
        assert_eq!(to_json_binary(&ours).unwrap(), json);
        assert_eq!(ours.permission(), Permission::Subject);
    }
    let prune = ExecuteMsg::PruneHistory {
        start_after: None,
        limit: None,
    };
    assert_eq!(prune.permission(), Permission::Anyone);
}

#[test]
fn minting_is_unknown() {
    let mint = Cw20ExecuteMsg::Mint {
        recipient: "a".into(),
        amount: Uint128::one(),
    };
    let minter = Cw20ExecuteMsg::UpdateMinter {
        new_minter: Some("a".into()),
    };
    for theirs in [mint, minter] {
        let error = from_json::<ExecuteMsg>(to_json_binary(&theirs).unwrap()).unwrap_err();
        assert!(error.to_string().contains("unknown variant"), "{error}");
    }
}

#[test]
fn every_cw20_query_is_answered() {
    let token = Token::new(&[(person(1), 5)]);
    let (address, owner, spender) = (person(1).to_string(), person(1).to_string(), person(2).to_string());
    let (start_after, limit) = (None, None);
    let never = r#"{"never":{}}"#;
    let table = [
        (Cw20QueryMsg::Balance { address }, r#"{"balance":"5"}"#.to_string()),
        (
            Cw20QueryMsg::TokenInfo {},
            r#"{"name":"Bizkey","symbol":"BZKY","decimals":6,"total_supply":"5"}"#.to_string(),
        ),
        (
            Cw20QueryMsg::Allowance {
                owner: owner.clone(),
                spender,
            },
            format!(r#"{{"allowance":"0","expires":{never}}}"#),
        ),
        (Cw20QueryMsg::Minter {}, "null".to_string()),
        (
            Cw20QueryMsg::MarketingInfo {},
            r#"{"project":null,"description":null,"logo":null,"marketing":null}"#.to_string(),
        ),
        (
            Cw20QueryMsg::AllAllowances {
                owner: owner.clone(),
                start_after,
                limit,
            },
            r#"{"allowances":[]}"#.to_string(),
        ),
        (
            Cw20QueryMsg::AllAccounts {
                start_after: None,
                limit,
            },
            format!(r#"{{"accounts":["{owner}"]}}"#),
        ),
    ];
    for (theirs, expected) in table {
        let ours: QueryMsg = from_json(to_json_binary(&theirs).unwrap()).unwrap();
        let answer = query(token.deps(), token.0.env.clone(), ours).unwrap();
        assert_eq!(String::from_utf8(answer.to_vec()).unwrap(), expected);
    }
}
