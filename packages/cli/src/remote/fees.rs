//! `vrs fees`: an account that pays the fees of others.

use super::{Place, Remote};
use crate::chain::Backend as _;
use crate::failure::UsageError;
use anyhow::{Context as _, Result};
use cosmwasm_std::{Addr, Coin};
use std::fmt::Write as _;
use vrs_client::{grants, Any, Grant};

/// Seconds of a day of the calendar; a programme's day may be another.
const DAY: u64 = 86_400;

/// Pays fees for accounts, up to `limit` each (`5000000ufee`) and for so many days of the calendar. A grant that an
/// account has already is replaced.
pub fn grant(place: &Place, from: &str, grantees: &[String], limit: &str, days: Option<u32>) -> Result<String> {
    let most = limit_in(&place.file.fee_denom, limit)?;
    let mut chain = Remote::open(place)?;
    let (granter, grantees) = accounts(&chain, from, grantees)?;
    let standing = chain.client().node.grants_of(granter.as_str())?;
    let expires = match days {
        Some(days) => Some(chain.block()?.time / 1_000_000_000 + u64::from(days) * DAY),
        None => None,
    };
    let mut messages: Vec<Any> = vec![];
    for grantee in &grantees {
        if standing.iter().any(|grant| grant.grantee == grantee.as_str()) {
            messages.push(grants::revoke(granter.as_str(), grantee.as_str()));
        }
        let coins = (most, place.file.fee_denom.as_str());
        messages.push(grants::grant(granter.as_str(), grantee.as_str(), coins, expires));
    }
    let outcome = chain.send(&granter, messages)?;
    let own = chain.client().node.grants_of(granter.as_str())?;
    let own = own
        .into_iter()
        .filter(|grant| grantees.iter().any(|grantee| grantee.as_str() == grant.grantee));
    Ok(told(own) + &format!("tx      {}\nblock   {}\n", outcome.hash, outcome.height))
}

/// Ends grants.
pub fn revoke(place: &Place, from: &str, grantees: &[String]) -> Result<String> {
    let mut chain = Remote::open(place)?;
    let (granter, grantees) = accounts(&chain, from, grantees)?;
    let standing = chain.client().node.grants_of(granter.as_str())?;
    for grantee in &grantees {
        if !standing.iter().any(|grant| grant.grantee == grantee.as_str()) {
            return Err(UsageError(format!(
                "{from} pays no fees for {grantee}; `vrs fees list` tells for whom"
            ))
            .into());
        }
    }
    let ends = grantees.iter().map(|to| grants::revoke(granter.as_str(), to.as_str()));
    let outcome = chain.send(&granter, ends.collect())?;
    Ok(format!("tx      {}\nblock   {}\n", outcome.hash, outcome.height))
}

/// For whom an account pays, and what is left of it.
pub fn list(place: &Place, from: &str) -> Result<String> {
    let chain = Remote::open(place)?;
    let granter = chain.account(from)?;
    let grants = chain.client().node.grants_of(granter.as_str())?;
    if grants.is_empty() {
        return Ok(format!("{from} pays nobody's fees; `vrs fees grant` begins\n"));
    }
    Ok(told(grants))
}

fn accounts(chain: &Remote, from: &str, grantees: &[String]) -> Result<(Addr, Vec<Addr>)> {
    let granter = chain.account(from)?;
    let mut found: Vec<Addr> = vec![];
    for name in grantees {
        let grantee = chain.account(name)?;
        if grantee == granter {
            return Err(UsageError(format!("{name}: an account pays its own fees without a grant")).into());
        }
        if found.contains(&grantee) {
            return Err(UsageError(format!("{name} is named twice: {grantee}")).into());
        }
        found.push(grantee);
    }
    Ok((granter, found))
}

fn limit_in(denom: &str, limit: &str) -> Result<u128> {
    let example = || format!("--limit `{limit}`: an amount of {denom}, as 5000000{denom}");
    let coin: Coin = limit.parse().map_err(|_| UsageError(example()))?;
    if coin.denom != denom || coin.amount.is_zero() {
        return Err(UsageError(example()).into());
    }
    Ok(coin.amount.u128())
}

fn told(grants: impl IntoIterator<Item = Grant>) -> String {
    let mut text = String::new();
    for grant in grants {
        let left = grant.left.unwrap_or_else(|| "any amount".to_owned());
        let until = grant
            .expires
            .map_or(String::new(), |seconds| format!(", until {}", date(seconds)));
        let what = match &grant.only {
            None => ", any message".to_owned(),
            Some(only) => {
                let names = only.iter().map(|url| url.rsplit('.').next().unwrap_or(url));
                format!(", {}", names.collect::<Vec<_>>().join(" "))
            }
        };
        let _ = writeln!(text, "pays    {}  {left}{until}{what}", grant.grantee);
    }
    text
}

fn date(seconds: u64) -> String {
    let moment = i64::try_from(seconds).context("seconds").and_then(|seconds| {
        let moment = jiff::Timestamp::from_second(seconds)?;
        Ok(moment.strftime("%Y-%m-%d %H:%M UTC").to_string())
    });
    moment.unwrap_or_else(|_| format!("second {seconds}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_an_amount_of_the_fee_denom() {
        assert_eq!(limit_in("ufee", "5000000ufee").unwrap(), 5_000_000);
        for wrong in ["5000000", "5000000uatom", "0ufee", "-1ufee", "1.5ufee", "ufee", ""] {
            let error = limit_in("ufee", wrong).unwrap_err().to_string();
            assert_eq!(error, format!("--limit `{wrong}`: an amount of ufee, as 5000000ufee"));
        }
    }

    #[test]
    fn a_grant_is_told_in_a_line() {
        let grant = Grant {
            granter: "wasm1payer".into(),
            grantee: "wasm1till".into(),
            left: Some("4000ufee".into()),
            expires: Some(1_767_225_600),
            only: Some(vec!["/cosmwasm.wasm.v1.MsgExecuteContract".into()]),
        };
        let line = "pays    wasm1till  4000ufee, until 2026-01-01 00:00 UTC, MsgExecuteContract\n";
        assert_eq!(told([grant.clone()]), line);
        let free = Grant {
            left: None,
            expires: None,
            only: None,
            ..grant
        };
        assert_eq!(told([free]), "pays    wasm1till  any amount, any message\n");
    }
}
