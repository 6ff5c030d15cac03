//! cw20's messages, of our token and of cw20-base alike.

use crate::lane::{Lane, Line};
use anyhow::Result;
use serde_json::{json, Value};
use vrs_client::messages;

/// cw20-base as the tables name it.
pub const CW20: &str = "cw20-base";
/// Payments of one `transfer_many`.
const MANY: u32 = 10;
/// Who spends allowances.
const SPENDER: &str = "bench spender";

/// A cw20 contract and who holds what of it.
pub struct Coin {
    contract: String,
    holder: String,
    name: String,
    receiver: String,
    others: u32,
    given: u32,
}

impl Coin {
    /// A contract at an address, of whose coins `holder` has plenty.
    pub fn new(contract: String, holder: &str, name: &str) -> Self {
        Coin {
            contract,
            holder: holder.to_owned(),
            name: name.to_owned(),
            receiver: String::new(),
            others: 0,
            given: 0,
        }
    }

    /// Where `send` goes.
    pub fn receiver(mut self, receiver: &str) -> Self {
        self.receiver = receiver.to_owned();
        self
    }

    fn other(&self, number: u32) -> String {
        format!("bench holder of {} {} {number}", self.name, self.holder)
    }

    fn spender(&self) -> String {
        format!("{SPENDER} of {} {}", self.name, self.holder)
    }

    /// The first other holder, and a spender who can pay fees.
    pub fn found(&mut self, lane: &mut Lane) -> Result<()> {
        lane.flush()?;
        lane.pay(&self.holder, &[self.spender()])?;
        self.others(lane, 1)
    }

    fn body(value: &Value) -> Vec<u8> {
        value.to_string().into_bytes()
    }

    fn transfer(&self, lane: &mut Lane, number: u32) -> Result<Value> {
        let recipient = lane.address(&self.other(number))?;
        Ok(json!({"transfer": {"recipient": recipient, "amount": "1000000"}}))
    }

    /// So many other holders.
    pub fn others(&mut self, lane: &mut Lane, count: u32) -> Result<()> {
        let sender = lane.address(&self.holder)?;
        while self.others < count {
            let last = count.min(self.others + 100);
            let mut calls = vec![];
            for number in self.others..last {
                let body = Self::body(&self.transfer(lane, number)?);
                calls.push(messages::execute(&sender, &self.contract, &body));
            }
            lane.queue(None, &self.holder, &calls)?;
            self.others = last;
        }
        Ok(())
    }

    fn weigh(&self, lane: &mut Lane, size: u32, from: &str, what: &str, with: &str, body: &Value) -> Result<()> {
        let line = Line::new(&self.name, what, with, size);
        lane.call(Some(line), from, &self.contract, &Self::body(body))
    }

    /// A day on which nobody has moved anything yet: all messages, with so many holders.
    pub fn day(&mut self, lane: &mut Lane, size: u32) -> Result<()> {
        let holder = self.holder.clone();
        let known = self.transfer(lane, 0)?;
        let first = if self.name == CW20 {
            "to a holder"
        } else {
            "first move of both that day"
        };
        self.weigh(lane, size, &holder, "transfer", first, &known)?;
        if self.name != CW20 {
            self.weigh(lane, size, &holder, "transfer", "later that day", &known)?;
        }
        // Beyond those whom a later size counts.
        self.given += 1;
        let new = self.transfer(lane, 1_000_000 + self.given)?;
        self.weigh(lane, size, &holder, "transfer", "to an account that held nothing", &new)?;
        if self.name != CW20 {
            let payments = (0..MANY).map(|_| {
                self.given += 1;
                Ok(self.transfer(lane, 1_000_000 + self.given)?["transfer"].take())
            });
            let payments = payments.collect::<Result<Vec<_>>>()?;
            let many = json!({"transfer_many": {"payments": payments}});
            let with = "10 accounts that held nothing, in one message";
            self.weigh(lane, size, &holder, "transfer_many", with, &many)?;
        }
        self.allowances(lane, size)?;
        self.weigh(lane, size, &holder, "burn", "", &json!({"burn": {"amount": "1"}}))?;
        if self.name == CW20 {
            let to = lane.address(&self.other(0))?;
            let mint = json!({"mint": {"recipient": to, "amount": "1"}});
            self.weigh(lane, size, &holder, "mint", "to a holder", &mint)?;
        }
        let logo = json!({"upload_logo": {"url": "https://example.org/logo.png"}});
        if self.name == CW20 {
            self.weigh(lane, size, &holder, "upload_logo", "an address", &logo)?;
        } else {
            let prune = json!({"prune_history": {"limit": 200}});
            self.weigh(lane, size, &holder, "prune_history", "nothing is old", &prune)?;
        }
        Ok(())
    }

    fn allowances(&self, lane: &mut Lane, size: u32) -> Result<()> {
        let (holder, spender) = (self.holder.clone(), self.spender());
        let (owner, account) = (lane.address(&holder)?, lane.address(&spender)?);
        let to = lane.address(&self.other(0))?;
        let allow = |verb: &str, amount: &str| json!({verb: {"spender": account, "amount": amount}});
        let more = allow("increase_allowance", "1000000");
        let with = if size == 1 { "a new one" } else { "one that is there" };
        self.weigh(lane, size, &holder, "increase_allowance", with, &more)?;
        let less = allow("decrease_allowance", "1");
        self.weigh(lane, size, &holder, "decrease_allowance", "", &less)?;
        let from = json!({"transfer_from": {"owner": owner, "recipient": to, "amount": "1"}});
        self.weigh(lane, size, &spender, "transfer_from", "later that day", &from)?;
        let burn = json!({"burn_from": {"owner": owner, "amount": "1"}});
        self.weigh(lane, size, &spender, "burn_from", "", &burn)?;
        if self.receiver.is_empty() {
            return Ok(());
        }
        let (contract, msg) = (&self.receiver, "e30=");
        let send = json!({"send": {"contract": contract, "amount": "1", "msg": msg}});
        let with = "to a contract that does nothing";
        self.weigh(lane, size, &holder, "send", with, &send)?;
        let send = json!({"send_from": {"owner": owner, "contract": contract, "amount": "1", "msg": msg}});
        self.weigh(lane, size, &spender, "send_from", with, &send)
    }
}
