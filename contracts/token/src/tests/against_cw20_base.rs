//! The same random messages on this contract and on cw20-base: after each one the same answer, the
//! same attributes and hooks, and the same balances, allowances, lists and marketing information.

use super::support::*;
use crate::ContractError;
use cosmwasm_std::{
    from_json, to_json_binary, Addr, Binary, Coin, DepsMut, Env, MessageInfo, Response, StdError, Timestamp, Uint128,
};
use cw20::{
    AllAccountsResponse, AllAllowancesResponse, AllSpenderAllowancesResponse, AllowanceResponse, Cw20Coin,
    Cw20ExecuteMsg, DownloadLogoResponse, EmbeddedLogo, Expiration, Logo, MarketingInfoResponse, TokenInfoResponse,
};
use cw20_base::ContractError as BaseError;
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use vrs_access::AccessError;
use vrs_interface::token::{Marketing, QueryMsg};

/// What kind of refusal it was, whatever the words.
#[derive(Debug, PartialEq)]
enum Kind {
    TooLittle,
    NoAllowance,
    Expired,
    InvalidExpiration,
    OwnAccount,
    Unauthorized,
    Logo(&'static str),
    Address,
}

fn our_kind(error: ContractError) -> Kind {
    match error {
        ContractError::InsufficientFunds { .. } | ContractError::InsufficientAllowance { .. } => Kind::TooLittle,
        ContractError::NoAllowance {} => Kind::NoAllowance,
        ContractError::Expired { .. } => Kind::Expired,
        ContractError::InvalidExpiration { .. } => Kind::InvalidExpiration,
        ContractError::OwnAccount {} => Kind::OwnAccount,
        ContractError::Unauthorized {} => Kind::Unauthorized,
        ContractError::LogoTooBig { .. } => Kind::Logo("big"),
        ContractError::InvalidXmlPreamble {} => Kind::Logo("xml"),
        ContractError::InvalidPngHeader {} => Kind::Logo("png"),
        ContractError::Access(AccessError::InvalidAddress { .. }) => Kind::Address,
        other => panic!("not among cw20-base's: {other}"),
    }
}

fn base_kind(error: BaseError) -> Kind {
    match error {
        BaseError::Std(StdError::Overflow { .. }) => Kind::TooLittle,
        BaseError::NoAllowance {} | BaseError::Std(StdError::NotFound { .. }) => Kind::NoAllowance,
        BaseError::Expired {} => Kind::Expired,
        BaseError::InvalidExpiration {} => Kind::InvalidExpiration,
        BaseError::CannotSetOwnAccount {} => Kind::OwnAccount,
        BaseError::Unauthorized {} => Kind::Unauthorized,
        BaseError::LogoTooBig {} => Kind::Logo("big"),
        BaseError::InvalidXmlPreamble {} => Kind::Logo("xml"),
        BaseError::InvalidPngHeader {} => Kind::Logo("png"),
        BaseError::Std(StdError::GenericErr { .. }) => Kind::Address,
        other => panic!("unexpected: {other}"),
    }
}

const PEOPLE: u8 = 4;

fn account(n: u8) -> Addr {
    match n % PEOPLE {
        3 => contract(3),
        n => person(n + 1),
    }
}

fn pair() -> (Token, Bench) {
    let mut msg = birth(&[(account(0), 1_000), (account(1), 300)]);
    msg.marketing = Some(Marketing {
        project: Some("p".into()),
        description: None,
        marketing: Some(account(0).to_string()),
        logo: None,
    });
    let ours = Token::born(1, msg).unwrap();
    let mut base = Bench::new();
    let coin = |n: u8, amount: u128| Cw20Coin {
        address: account(n).to_string(),
        amount: Uint128::new(amount),
    };
    let msg = cw20_base::msg::InstantiateMsg {
        name: "Bizkey".into(),
        symbol: "BZKY".into(),
        decimals: 6,
        initial_balances: vec![coin(0, 1_000), coin(1, 300)],
        mint: None,
        marketing: Some(cw20_base::msg::InstantiateMarketingInfo {
            project: Some("p".into()),
            description: None,
            marketing: Some(account(0).to_string()),
            logo: None,
        }),
    };
    base.call(|deps, env| cw20_base::contract::instantiate(deps, env, from(&account(0)), msg))
        .unwrap();
    (ours, base)
}

#[derive(Clone, Debug)]
struct Step {
    sender: u8,
    msg: Cw20ExecuteMsg,
    blocks: u64,
    days: u32,
}

fn who() -> impl Strategy<Value = String> {
    prop_oneof![
        20 => (0..PEOPLE).prop_map(|n| account(n).to_string()),
        1 => (0..PEOPLE).prop_map(|n| account(n).as_str().to_uppercase()),
        1 => Just("cosmwasm1h34lmpywh4upnjdg90cjf4j70aee6z8qqfspugamjp42e4q28kqs8s7vcp".to_string()),
    ]
}

/// Above 0: nothing is the one amount on which the two differ (see `zero_is_where_they_part`).
fn amount() -> impl Strategy<Value = Uint128> {
    prop_oneof![4 => 1..200u128, 1 => 200..1_500u128].prop_map(Uint128::new)
}

fn allowed() -> impl Strategy<Value = Uint128> {
    (0..400u128).prop_map(Uint128::new)
}

fn expires() -> impl Strategy<Value = Option<Expiration>> {
    prop_oneof![
        3 => Just(None),
        1 => Just(Some(Expiration::Never {})),
        2 => (1_005..1_400u64).prop_map(|height| Some(Expiration::AtHeight(height))),
        2 => (0..30u64).prop_map(|day| Some(Expiration::AtTime(Timestamp::from_seconds(START + day * 86_400)))),
    ]
}

fn text() -> impl Strategy<Value = Option<String>> {
    prop_oneof![Just(None), Just(Some(" ".into())), Just(Some("text".into()))]
}

fn logo() -> impl Strategy<Value = Logo> {
    let svg = |text: String| Logo::Embedded(EmbeddedLogo::Svg(Binary::from(text.into_bytes())));
    let png = |tail: usize| {
        let mut data = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
        data.resize(tail, 1);
        Logo::Embedded(EmbeddedLogo::Png(data.into()))
    };
    prop_oneof![
        Just(Logo::Url("https://x".into())),
        Just(svg("<?xml version=\"1.0\"?><svg/>".into())),
        Just(svg(format!("<?xml ?>{}", "x".repeat(5 * 1024)))),
        Just(svg("<svg/>".into())),
        Just(png(7)),
        Just(png(300)),
        Just(png(5 * 1024 + 1)),
    ]
}

fn message() -> impl Strategy<Value = Cw20ExecuteMsg> {
    let hook = Binary::from(b"{\"x\":1}");
    let hook_2 = hook.clone();
    prop_oneof![
        4 => (who(), amount()).prop_map(|(recipient, amount)| Cw20ExecuteMsg::Transfer { recipient, amount }),
        1 => amount().prop_map(|amount| Cw20ExecuteMsg::Burn { amount }),
        2 => (who(), amount()).prop_map(move |(contract, amount)| {
            Cw20ExecuteMsg::Send { contract, amount, msg: hook.clone() }
        }),
        4 => (who(), allowed(), expires()).prop_map(|(spender, amount, expires)| {
            Cw20ExecuteMsg::IncreaseAllowance { spender, amount, expires }
        }),
        2 => (who(), allowed(), expires()).prop_map(|(spender, amount, expires)| {
            Cw20ExecuteMsg::DecreaseAllowance { spender, amount, expires }
        }),
        4 => (who(), who(), amount()).prop_map(|(owner, recipient, amount)| {
            Cw20ExecuteMsg::TransferFrom { owner, recipient, amount }
        }),
        2 => (who(), who(), amount()).prop_map(move |(owner, contract, amount)| {
            Cw20ExecuteMsg::SendFrom { owner, contract, amount, msg: hook_2.clone() }
        }),
        2 => (who(), amount()).prop_map(|(owner, amount)| Cw20ExecuteMsg::BurnFrom { owner, amount }),
        1 => (text(), text(), prop_oneof![4 => Just(None), 1 => who().prop_map(Some), 1 => Just(Some("".into()))])
            .prop_map(|(project, description, marketing)| {
                Cw20ExecuteMsg::UpdateMarketing { project, description, marketing }
            }),
        1 => logo().prop_map(Cw20ExecuteMsg::UploadLogo),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    (
        0..PEOPLE,
        message(),
        0..20u64,
        prop_oneof![4 => Just(0u32), 1 => 1..4u32],
    )
        .prop_map(|(sender, msg, blocks, days)| Step {
            // What only the marketing account may do comes mostly from it.
            sender: match msg {
                Cw20ExecuteMsg::UpdateMarketing { .. } => sender % 2,
                Cw20ExecuteMsg::UploadLogo(_) => 0,
                _ => sender,
            },
            msg,
            blocks,
            days,
        })
}

fn both<T: DeserializeOwned>(ours: &Token, base: &Bench, msg: QueryMsg) -> (T, T) {
    let json = to_json_binary(&msg).unwrap();
    let theirs = from_json(&json).unwrap();
    let base = cw20_base::contract::query(base.deps.as_ref(), base.env.clone(), theirs).unwrap();
    (ours.ask(msg).unwrap(), from_json(base).unwrap())
}

fn compare(ours: &Token, base: &Bench) {
    let (our, their): (TokenInfoResponse, TokenInfoResponse) = both(ours, base, QueryMsg::TokenInfo {});
    assert_eq!(our, their);
    let all = QueryMsg::AllAccounts {
        start_after: None,
        limit: Some(30),
    };
    let (our, mut their): (AllAccountsResponse, AllAccountsResponse) = both(ours, base, all);
    their.accounts.sort_by_key(|account| key(&Addr::unchecked(account)).0);
    assert_eq!(our, their);
    let total: u128 = (0..PEOPLE).map(|n| ours.balance(&account(n))).sum();
    assert_eq!(total, ours.supply());
    let (our, their): (MarketingInfoResponse, MarketingInfoResponse) = both(ours, base, QueryMsg::MarketingInfo {});
    assert_eq!(our, their);
    let theirs = cw20_base::contract::query_download_logo(base.deps.as_ref()).ok();
    assert_eq!(ours.ask::<DownloadLogoResponse>(QueryMsg::DownloadLogo {}).ok(), theirs);
    for n in 0..PEOPLE {
        let owner = account(n).to_string();
        let address = owner.clone();
        let (our, their): (cw20::BalanceResponse, cw20::BalanceResponse) =
            both(ours, base, QueryMsg::Balance { address });
        assert_eq!(our, their);
        for m in 0..PEOPLE {
            let (owner, spender) = (owner.clone(), account(m).to_string());
            let msg = QueryMsg::Allowance { owner, spender };
            let (our, their): (AllowanceResponse, AllowanceResponse) = both(ours, base, msg);
            assert_eq!(our, their);
        }
        let (start_after, limit) = (None, Some(30));
        let given = QueryMsg::AllAllowances {
            owner: owner.clone(),
            start_after,
            limit,
        };
        let (our, mut their): (AllAllowancesResponse, AllAllowancesResponse) = both(ours, base, given);
        their.allowances.sort_by_key(|a| key(&Addr::unchecked(&a.spender)).0);
        assert_eq!(our, their);
        let got = QueryMsg::AllSpenderAllowances {
            spender: owner,
            start_after: None,
            limit,
        };
        let (our, mut their): (AllSpenderAllowancesResponse, AllSpenderAllowancesResponse) = both(ours, base, got);
        their.allowances.sort_by_key(|a| key(&Addr::unchecked(&a.owner)).0);
        assert_eq!(our, their);
    }
}

/// Whether a message changes an allowance that has ended: there they part.
fn revives(ours: &Token, owner: &Addr, msg: &Cw20ExecuteMsg) -> bool {
    let (Cw20ExecuteMsg::IncreaseAllowance { spender, .. } | Cw20ExecuteMsg::DecreaseAllowance { spender, .. }) = msg
    else {
        return false;
    };
    let (owner, spender) = (owner.to_string(), spender.clone());
    let held = ours.ask::<AllowanceResponse>(QueryMsg::Allowance { owner, spender });
    held.is_ok_and(|held| held.expires.is_expired(&ours.0.env.block))
}

fn run(ours: &mut Token, base: &mut Bench, step: Step) -> Result<(), Kind> {
    let block = &mut ours.0.env.block;
    block.height += step.blocks;
    block.time = block.time.plus_seconds(u64::from(step.days) * 86_400 + step.blocks * 5);
    base.env = ours.0.env.clone();
    let sender = account(step.sender);
    if revives(ours, &sender, &step.msg) {
        return Ok(());
    }
    let msg = from_json(to_json_binary(&step.msg).unwrap()).unwrap();
    let our = ours.execute(&sender, msg).map_err(our_kind);
    let their = base
        .call(|deps, env| cw20_base::contract::execute(deps, env, from(&sender), step.msg.clone()))
        .map_err(base_kind);
    match (&our, &their) {
        // A stranger with a bad logo: here they are told first that they are one.
        (Err(Kind::Unauthorized), Err(Kind::Logo(_))) => (),
        _ => assert_eq!(our, their, "{step:?}"),
    }
    compare(ours, base);
    our.map(|_| ())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn both_answer_and_remember_the_same(steps in prop::collection::vec(step(), 1..60)) {
        let (mut ours, mut base) = pair();
        for step in steps {
            let _ = run(&mut ours, &mut base, step);
        }
    }
}

/// Random steps reach each kind of refusal, so the comparison above means something.
#[test]
fn the_random_steps_reach_every_kind() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut seen = vec![];
    let (mut done, mut refused) = (0, 0);
    for _ in 0..40 {
        let (mut ours, mut base) = pair();
        for _ in 0..60 {
            let step = step().new_tree(&mut runner).unwrap().current();
            match run(&mut ours, &mut base, step) {
                Ok(()) => done += 1,
                Err(kind) => {
                    refused += 1;
                    if !seen.contains(&kind) {
                        seen.push(kind);
                    }
                }
            }
        }
    }
    assert_eq!(seen.len(), 10, "{seen:?}");
    assert!(done > 600 && refused > 600, "{done} done, {refused} refused");
}

/// cw20-base 2.0 lets an amount of 0 through. Here it is refused: it moves nothing, but would create
/// accounts, file days away and put false lines into wallets.
#[test]
fn zero_is_where_they_part() {
    let (mut ours, mut base) = pair();
    let msg = Cw20ExecuteMsg::Transfer {
        recipient: account(2).to_string(),
        amount: Uint128::zero(),
    };
    let ours = ours.execute(&account(0), from_json(to_json_binary(&msg).unwrap()).unwrap());
    assert_eq!(ours.unwrap_err(), ContractError::ZeroAmount {});
    let execute = |deps: DepsMut, env: Env, info: MessageInfo| cw20_base::contract::execute(deps, env, info, msg);
    let theirs: Response = base.call(|deps, env| execute(deps, env, from(&account(0)))).unwrap();
    assert_eq!(attributes(&theirs)[3], ("amount", "0"));
}

/// cw20-base gives back what had ended as soon as there is a new end. Here it begins with 0 (see `allowances`).
#[test]
fn an_ended_allowance_is_where_they_part() {
    let (mut ours, mut base) = pair();
    let (owner, spender) = (account(0), account(2).to_string());
    let end = ours.0.env.block.height + 1;
    for expires in [Expiration::AtHeight(end), Expiration::Never {}] {
        base.env = ours.0.env.clone();
        let (spender, amount, expires) = (spender.clone(), Uint128::new(5), Some(expires));
        let msg = Cw20ExecuteMsg::IncreaseAllowance {
            spender,
            amount,
            expires,
        };
        ours.execute(&owner, from_json(to_json_binary(&msg).unwrap()).unwrap())
            .unwrap();
        base.call(|deps, env| cw20_base::contract::execute(deps, env, from(&owner), msg))
            .unwrap();
        ours.0.env.block.height += 1;
    }
    let owner = owner.to_string();
    let asked = QueryMsg::Allowance { owner, spender };
    let (our, their): (AllowanceResponse, AllowanceResponse) = both(&ours, &base, asked);
    assert_eq!((our.allowance.u128(), their.allowance.u128()), (5, 10));
}

/// cw20-base swallows native coins. Here they are refused (see `moves`).
#[test]
fn native_coins_are_where_they_part() {
    let (_, mut base) = pair();
    let info = MessageInfo {
        sender: account(0),
        funds: vec![Coin::new(5u128, "ustake")],
    };
    let msg = Cw20ExecuteMsg::Burn { amount: Uint128::one() };
    let theirs = base
        .call(|deps, env| cw20_base::contract::execute(deps, env, info, msg))
        .unwrap();
    assert_eq!(attributes(&theirs)[0], ("action", "burn"));
}
