use super::Desk;
use crate::outside::{answered, Addresses};
use crate::ContractError;
use cosmwasm_std::QuerierWrapper;
use std::collections::{BTreeMap, BTreeSet};
use vrs_attestation::leaf::channel;
use vrs_attestation::{Leaf, Receipt};
use vrs_days::{Day, Stage, PARTS};
use vrs_interface::attested::{Delivery, DropReason};
use vrs_interface::identity::{self, Kind, MemberId, Standing};

/// A delivery taken apart, each item with what is known of it so far.
pub struct Batch {
    pub day: Day,
    pub device: u32,
    pub sequence: u32,
    /// The merchant for whom the terminal attests.
    pub subject: Option<MemberId>,
    pub items: Vec<Result<Receipt, DropReason>>,
}

impl Batch {
    /// Decodes the leaves and judges what can be judged by them alone.
    ///
    /// Errors: [`ContractError::BrokenLeaves`]; the oracle hands on whole leaves only.
    pub fn parse(desk: &Desk, at: usize, delivery: Delivery) -> Result<Self, ContractError> {
        let chunks = delivery.leaves.chunks_exact(Receipt::WIDTH);
        let broken = || ContractError::BrokenLeaves {
            delivery: u32::try_from(at).unwrap_or(u32::MAX),
            width: Receipt::WIDTH,
            actual: delivery.leaves.len(),
        };
        if !chunks.remainder().is_empty() {
            return Err(broken());
        }
        let mut items = vec![];
        for chunk in chunks {
            items.push(Ok(Receipt::decode(chunk).map_err(|_| broken())?));
        }
        let mut batch = Batch {
            day: delivery.day,
            device: delivery.device,
            sequence: delivery.sequence,
            subject: delivery.subject,
            items,
        };
        batch.judge_form(desk)?;
        Ok(batch)
    }

    fn judge_form(&mut self, desk: &Desk) -> Result<(), ContractError> {
        let stage = desk.setup.clock.stage(self.day, desk.now);
        if self.day == 0 || !matches!(stage, Stage::Open | Stage::Closing) {
            self.drop_all(DropReason::DayClosed);
            return Ok(());
        }
        let Some(merchant) = self.subject else {
            self.drop_all(DropReason::UnknownMember);
            return Ok(());
        };
        let max = desk.setup.rules(self.day)?.max_order;
        self.judge(|receipt| match receipt {
            Receipt { amount: 0, .. } => Some(DropReason::ZeroAmount),
            receipt if receipt.amount > max => Some(DropReason::AmountTooLarge),
            receipt if !matches!(receipt.channel, channel::STORE | channel::EXTERNAL) => {
                Some(DropReason::UnknownChannel)
            }
            receipt if receipt.time >= PARTS => Some(DropReason::TimeOutsideDay),
            receipt if receipt.customer == merchant => Some(DropReason::SelfSale),
            _ => None,
        });
        Ok(())
    }

    /// Drops everything where the merchant may not sell; what is above their trade limit otherwise.
    pub fn judge_merchant(&mut self, standings: &Standings) {
        let Some(merchant) = self.merchant() else { return };
        match standings.of(merchant) {
            Some(standing) if standing.kind != Some(Kind::Merchant) => self.drop_all(DropReason::UnknownMember),
            Some(Standing { removed: true, .. }) => self.drop_all(DropReason::MerchantRemoved),
            Some(Standing { verified: false, .. }) => self.drop_all(DropReason::MerchantUnverified),
            Some(_) => {}
            None => self.drop_all(DropReason::UnknownMember),
        }
    }

    /// Drops the items whose customer may not buy, or not for so much.
    pub fn judge_customers(&mut self, standings: &Standings) {
        let Some(merchant) = self.merchant() else { return };
        let limit = |member| standings.of(member).and_then(|standing| standing.trade_limit);
        let shop = limit(merchant);
        self.judge(|receipt| match standings.of(receipt.customer) {
            None | Some(Standing { kind: None, .. }) => Some(DropReason::UnknownMember),
            Some(Standing { removed: true, .. }) => Some(DropReason::MemberRemoved),
            Some(Standing { verified: false, .. }) => Some(DropReason::MemberUnverified),
            Some(standing) => {
                let above = |limit: Option<u64>| limit.is_some_and(|limit| receipt.amount > limit);
                (above(shop) || above(standing.trade_limit)).then_some(DropReason::TradeLimit)
            }
        });
    }

    fn judge(&mut self, fault: impl Fn(&Receipt) -> Option<DropReason>) {
        for item in &mut self.items {
            if let Some(reason) = item.as_ref().ok().and_then(&fault) {
                *item = Err(reason);
            }
        }
    }

    /// Drops what has not fallen yet.
    pub fn drop_all(&mut self, reason: DropReason) {
        self.judge(|_| Some(reason));
    }

    /// Whether an item still counts.
    pub fn any(&self) -> bool {
        self.items.iter().any(Result::is_ok)
    }

    /// The merchant, while an item still counts.
    pub fn merchant(&self) -> Option<MemberId> {
        self.subject.filter(|_| self.any())
    }
}

/// What identity says of everybody in a message.
pub struct Standings(BTreeMap<MemberId, Standing>);

impl Standings {
    /// Asks for the merchants and customers of all items that still count, in one query (one for each
    /// 2,000 members).
    pub fn ask(querier: QuerierWrapper, addresses: &Addresses, batches: &[Batch]) -> Result<Self, ContractError> {
        let mut members = BTreeSet::new();
        for batch in batches {
            members.extend(batch.merchant());
            let receipts = batch.items.iter().filter_map(|item| item.as_ref().ok());
            members.extend(receipts.map(|receipt| receipt.customer));
        }
        let client = identity::Client {
            identity: &addresses.identity,
            querier,
        };
        let members: Vec<MemberId> = members.into_iter().collect();
        let standings = client.standings(members.clone())?;
        answered("identity", members.len(), standings.len())?;
        // One by one: collecting would sort first, and sorting is 6 KB of code a type.
        let mut known = BTreeMap::new();
        for (member, standing) in members.into_iter().zip(standings) {
            known.insert(member, standing);
        }
        Ok(Standings(known))
    }

    fn of(&self, member: MemberId) -> Option<&Standing> {
        self.0.get(&member)
    }
}
