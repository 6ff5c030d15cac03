//! Fee grants: who pays fees for whom (the chain's `feegrant` module).

use crate::messages::{any, coin};
use crate::node::{pages, Node};
use crate::rpc::RpcError;
use cosmrs::proto::cosmos::feegrant::v1beta1::{
    self as feegrant, AllowedMsgAllowance, BasicAllowance, MsgGrantAllowance, MsgRevokeAllowance, PeriodicAllowance,
    QueryAllowancesByGranterRequest, QueryAllowancesByGranterResponse,
};
use cosmrs::proto::cosmwasm::wasm::v1::MsgExecuteContract;
use cosmrs::proto::traits::{Message, Name};
use cosmrs::proto::Timestamp;
use cosmrs::Any;

/// A fee grant as it stands: what is left of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Who pays.
    pub granter: String,
    /// For whom.
    pub grantee: String,
    /// What may still be spent, coins as `5000000ufee`; none: any amount.
    pub left: Option<String>,
    /// When it ends, seconds since 1970; none: never.
    pub expires: Option<u64>,
    /// Kinds of message that it pays for; none: all.
    pub only: Option<Vec<String>>,
}

/// Pays fees of the grantee's calls of contracts, and of nothing else, up to an amount and perhaps a moment (seconds
/// since 1970). The chain makes an account for a grantee that it does not know.
///
/// The chain refuses a second grant to the same account: [`revoke`] the first in the same transaction.
pub fn grant(granter: &str, grantee: &str, (most, denom): (u128, &str), expires: Option<u64>) -> Any {
    let allowance = BasicAllowance {
        spend_limit: vec![coin(most, denom)],
        expiration: expires.map(|seconds| Timestamp {
            seconds: i64::try_from(seconds).unwrap_or(i64::MAX),
            nanos: 0,
        }),
    };
    let allowance = AllowedMsgAllowance {
        allowance: Some(any(&allowance)),
        allowed_messages: vec![MsgExecuteContract::type_url()],
    };
    any(&MsgGrantAllowance {
        granter: granter.to_owned(),
        grantee: grantee.to_owned(),
        allowance: Some(any(&allowance)),
    })
}

/// Ends a fee grant.
pub fn revoke(granter: &str, grantee: &str) -> Any {
    any(&MsgRevokeAllowance {
        granter: granter.to_owned(),
        grantee: grantee.to_owned(),
    })
}

impl Node {
    /// Whom an account pays fees for; grants that have ended stand there until the chain removes them.
    pub fn grants_of(&self, granter: &str) -> Result<Vec<Grant>, RpcError> {
        let mut grants = vec![];
        pages(usize::MAX, false, |page| {
            let request = QueryAllowancesByGranterRequest {
                granter: granter.to_owned(),
                pagination: Some(page),
            };
            let answer: QueryAllowancesByGranterResponse =
                self.ask("/cosmos.feegrant.v1beta1.Query/AllowancesByGranter", &request)?;
            grants.extend(answer.allowances.into_iter().map(read));
            Ok(answer.pagination)
        })?;
        Ok(grants)
    }
}

fn read(grant: feegrant::Grant) -> Grant {
    let mut told = Grant {
        granter: grant.granter,
        grantee: grant.grantee,
        left: None,
        expires: None,
        only: None,
    };
    let mut inner = grant.allowance;
    if let Some(allowed) = inner.as_ref().and_then(decode::<AllowedMsgAllowance>) {
        told.only = Some(allowed.allowed_messages);
        inner = allowed.allowance;
    }
    let basic = inner.as_ref().and_then(|any| {
        decode::<BasicAllowance>(any).or_else(|| decode::<PeriodicAllowance>(any).and_then(|periodic| periodic.basic))
    });
    if let Some(basic) = basic {
        let coins: Vec<String> = basic.spend_limit.iter().map(|c| c.amount.clone() + &c.denom).collect();
        told.left = (!coins.is_empty()).then(|| coins.join(","));
        told.expires = basic.expiration.and_then(|at| u64::try_from(at.seconds).ok());
    }
    told
}

fn decode<M: Message + Name + Default>(any: &Any) -> Option<M> {
    if any.type_url != M::type_url() {
        return None;
    }
    M::decode(any.value.as_slice()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(message: &Any) -> Grant {
        let sent = decode::<MsgGrantAllowance>(message).expect("a grant");
        read(feegrant::Grant {
            granter: sent.granter,
            grantee: sent.grantee,
            allowance: sent.allowance,
        })
    }

    #[test]
    fn a_grant_pays_for_calls_up_to_an_amount_and_a_moment() {
        let told = stored(&grant(
            "wasm1payer",
            "wasm1till",
            (5_000_000, "ufee"),
            Some(1_800_000_000),
        ));
        assert_eq!(
            told,
            Grant {
                granter: "wasm1payer".into(),
                grantee: "wasm1till".into(),
                left: Some("5000000ufee".into()),
                expires: Some(1_800_000_000),
                only: Some(vec!["/cosmwasm.wasm.v1.MsgExecuteContract".into()]),
            }
        );
        assert_eq!(stored(&grant("a", "b", (1, "ufee"), None)).expires, None);
    }

    #[test]
    fn grants_of_other_kinds_are_read_as_far_as_they_are_known() {
        let allowance = any(&PeriodicAllowance {
            basic: Some(BasicAllowance::default()),
            ..PeriodicAllowance::default()
        });
        let told = read(feegrant::Grant {
            granter: "a".into(),
            grantee: "b".into(),
            allowance: Some(allowance),
        });
        assert_eq!((told.left, told.expires, told.only), (None, None, None));
    }
}
