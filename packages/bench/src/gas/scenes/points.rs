//! Points: MVP, whose issuer is an account here.

use super::{line, many, Crowd};
use crate::suite::Suite;
use anyhow::Result;
use cosmwasm_std::{to_json_binary, to_json_vec, Addr, Binary, Uint128};
use vrs_cli::chain::Name;
use vrs_cli::deploy::merchant_params;
use vrs_client::messages;
use vrs_client::outcome::Response;
use vrs_interface::merchant;
use vrs_interface::points::{ExecuteMsg, IssuerLimit, Mint};

fn limit(total: u128) -> IssuerLimit {
    IssuerLimit {
        window_days: 30,
        per_window: Uint128::new(total),
        total: Uint128::new(total),
    }
}

/// The issuer; his limit holds from tomorrow on. And an acceptor: a contract whose pool takes these points.
pub fn issuer(suite: &mut Suite) -> Result<()> {
    let issuer = suite.lane.address("treasury")?;
    let msg = ExecuteMsg::SetIssuer {
        issuer,
        limit: limit(1_000_000_000_000),
    };
    suite.weigh(line(Name::Mvp, "set_issuer", "a new one", 0), "owner", Name::Mvp, &msg)
}

/// A contract that takes points sent to it: another instance of the merchants', whose coin these points are.
fn acceptor(suite: &mut Suite) -> Result<String> {
    let owner = suite.lane.address("owner")?;
    let economy = vrs_cli::economy::load(None)?.economy;
    let msg = merchant::InstantiateMsg {
        owner: owner.clone(),
        clock: suite.clock.clone(),
        identity: suite.contract(Name::Identity)?,
        oracle: suite.contract(Name::Oracle)?,
        bzky: suite.contract(Name::Mvp)?,
        time: suite.contract(Name::Time)?,
        params: merchant_params(&economy),
        horizon_days: 180,
        expiry_days: 365,
        raise_delay_days: 1,
    };
    let code = suite.record.codes["merchant"].code_id;
    let create = messages::instantiate(&owner, &owner, code, "acceptor", &to_json_vec(&msg)?);
    suite.lane.flush()?;
    suite.lane.queue(None, "owner", &[create])?;
    let outcomes = suite.lane.flush()?;
    let created = outcomes
        .iter()
        .flat_map(|outcome| &outcome.responses)
        .find_map(|response| match response {
            Response::Instantiated { address } => Some(address.clone()),
            _ => None,
        });
    created.ok_or_else(|| anyhow::anyhow!("the acceptor has no address"))
}

/// Everything that points can do, with as many holders as there are customers.
pub fn all(suite: &mut Suite, crowds: &[Crowd]) -> Result<()> {
    let acceptor = acceptor(suite)?;
    let msg = ExecuteMsg::SetAcceptor {
        acceptor: acceptor.clone(),
        accepts: true,
    };
    suite.weigh(line(Name::Mvp, "set_acceptor", "", 0), "owner", Name::Mvp, &msg)?;
    let amount = Uint128::new(1_000_000);
    for crowd in crowds {
        let row = |what, with| line(Name::Mvp, what, with, crowd.size);
        let day = suite.day()?;
        let msg = ExecuteMsg::Reserve {
            day,
            amount: Uint128::new(10_000_000_000),
        };
        suite.weigh(row("reserve", ""), "treasury", Name::Mvp, &msg)?;
        let mut mint = vec![];
        for member in &crowd.customers {
            let to = Addr::unchecked(suite.lane.address(&Suite::account(*member))?);
            mint.push(Mint { to, amount });
        }
        let (rest, last) = mint.split_at(mint.len() - mint.len().min(100));
        let chunks = rest
            .chunks(100)
            .map(|mints| to_json_vec(&ExecuteMsg::Mint { mints: mints.to_vec() }));
        let bodies = chunks.collect::<Result<Vec<_>, _>>()?;
        if !bodies.is_empty() {
            let contract = suite.contract(Name::Mvp)?;
            many(suite, "treasury", &contract, &bodies)?;
        }
        let with = format!("{} payment(s) to members who held nothing", last.len());
        let units = u32::try_from(last.len())?;
        let msg = ExecuteMsg::Mint { mints: last.to_vec() };
        let line = line(Name::Mvp, "mint", &with, crowd.size).units(units);
        suite.weigh(line, "treasury", Name::Mvp, &msg)?;
        let msg = ExecuteMsg::Mint {
            mints: last[..1].to_vec(),
        };
        suite.weigh(row("mint", "1 payment to a holder"), "treasury", Name::Mvp, &msg)?;
        let amount = Uint128::new(1);
        let msg = ExecuteMsg::Release { amount };
        suite.weigh(row("release", ""), "treasury", Name::Mvp, &msg)?;
        holder(suite, crowds, crowd, &acceptor)?;
    }
    let issuer = suite.lane.address("treasury")?;
    let msg = ExecuteMsg::LowerIssuer {
        issuer,
        limit: limit(900_000_000_000),
    };
    suite.weigh(line(Name::Mvp, "lower_issuer", "", 0), "operator", Name::Mvp, &msg)
}

fn holder(suite: &mut Suite, crowds: &[Crowd], crowd: &Crowd, acceptor: &str) -> Result<()> {
    let row = |what, with| line(Name::Mvp, what, with, crowd.size);
    let (from, amount) = (Suite::account(crowd.customers[0]), Uint128::new(1));
    // A shop holds none before; a customer of the first size does from the first size on.
    for (with, member) in [
        ("to a member who held nothing", crowd.shops[0]),
        ("to a holder", crowds[0].shops[0]),
    ] {
        let recipient = suite.lane.address(&Suite::account(member))?;
        let msg = ExecuteMsg::Transfer { recipient, amount };
        suite.weigh(row("transfer", with), &from, Name::Mvp, &msg)?;
    }
    let msg: Binary = to_json_binary(&merchant::ReceiveMsg::Fund {})?;
    let msg = ExecuteMsg::Send {
        contract: acceptor.to_owned(),
        amount,
        msg,
    };
    suite.weigh(row("send", "to an acceptor, which books it"), &from, Name::Mvp, &msg)?;
    suite.weigh(row("burn", ""), &from, Name::Mvp, &ExecuteMsg::Burn { amount })
}
