//! What is sent, signed beforehand.

use super::pump::Stream;
use crate::suite::{Signer, Suite};
use anyhow::{Context as _, Result};
use cosmwasm_std::{to_json_vec, Binary};
use serde_json::json;
use vrs_cli::chain::Name;
use vrs_client::{messages, Client, Sender};
use vrs_days::Day;
use vrs_interface::identity::Kind;
use vrs_interface::oracle::{DeviceKind, ExecuteMsg};

/// Accounts that send.
pub const SENDERS: [&str; 8] = [
    "sender-1", "sender-2", "sender-3", "sender-4", "sender-5", "sender-6", "sender-7", "sender-8",
];
/// Receipts of a batch in the first shape; batches of a message in the second.
pub const HUNDRED: usize = 100;

/// A sender's calls: contract with the mark of a transaction (`wasm1...#7`), message.
pub type Calls = Vec<(String, Vec<u8>)>;

/// Who takes part.
pub struct Town {
    /// Customers' numbers.
    pub customers: Vec<u32>,
    /// Tills of the shops, one each for either shape: what one trial leaves unsent would be missing in the next.
    tills: [Vec<Signer>; 2],
    turn: usize,
}

/// Registers shops and customers.
pub fn town(suite: &mut Suite, shops: usize, customers: usize) -> Result<Town> {
    let first = suite.register(Kind::Individual, customers, None)?;
    let customers = (first..).take(customers).collect();
    let first = suite.register(Kind::Merchant, shops, None)?;
    let numbers: Vec<u32> = (first..).take(shops).collect();
    let rate = |amount| vec![vrs_interface::merchant::Rate { id: 1, amount }];
    for msg in [
        vrs_interface::merchant::ExecuteMsg::SetDistricts { rates: rate(200) },
        vrs_interface::merchant::ExecuteMsg::SetTrades { rates: rate(10_000) },
    ] {
        suite.send("operator", Name::Merchant, &msg)?;
    }
    suite.profiles(&numbers, None)?;
    let subjects: Vec<_> = numbers.into_iter().map(Some).collect();
    let mut tills = || suite.devices(DeviceKind::Terminal, &subjects, None);
    let tills = [tills()?, tills()?];
    suite.lane.flush()?;
    Ok(Town {
        customers,
        tills,
        turn: 0,
    })
}

impl Town {
    /// The next customers, round and round.
    fn next(&mut self, count: usize) -> Vec<u32> {
        let from = self.turn;
        self.turn = (from + count) % self.customers.len();
        (0..count)
            .map(|at| self.customers[(from + at) % self.customers.len()])
            .collect()
    }

    /// So many batches of a shape, of one till after the other: till, number, signed bytes. `receipts`: of the n-th batch.
    pub fn batches(
        &mut self,
        suite: &mut Suite,
        day: Day,
        (shape, count): (usize, usize),
        receipts: &dyn Fn(usize) -> usize,
    ) -> Result<Vec<(u32, u32, Binary)>> {
        let mut batches = vec![];
        for at in 0..count {
            let customers = self.next(receipts(at));
            let leaves = suite.receipts(customers);
            let tills = &mut self.tills[shape];
            let which = at % tills.len();
            let till = &mut tills[which];
            let number = till.sequence();
            batches.push((till.id, number, suite.sign(till, day, &leaves)?));
        }
        Ok(batches)
    }
}

/// Signs messages of senders, so many a transaction; message `n` goes to sender `n / each % senders`.
pub fn signed(client: &Client, messages: &[Calls], gas: u64) -> Result<Vec<Stream>> {
    let keyring = client.file.keyring();
    let mut streams = vec![];
    for (name, own) in SENDERS.iter().zip(messages) {
        let mut sender = Sender::open(&client.node, keyring.key(name)?)?;
        let mut stream = vec![];
        let mut rest = own.as_slice();
        while let Some((contract, _)) = rest.first() {
            // A transaction is a run of messages under one mark.
            let end = rest
                .iter()
                .position(|(other, _)| other != contract)
                .unwrap_or(rest.len());
            let (now, later) = rest.split_at(end);
            rest = later;
            let to = contract.split('#').next().context("a contract")?;
            let calls: Vec<_> = now
                .iter()
                .map(|(_, body)| messages::execute(sender.address(), to, body))
                .collect();
            stream.push(client.sign(&sender, &calls, gas * calls.len() as u64)?.bytes);
            sender.sequence += 1;
        }
        streams.push(stream);
    }
    Ok(streams)
}

/// Transfers of cw20-base, so many a transaction.
pub fn transfers(contract: &str, recipients: &[String], transactions: usize, each: usize) -> Vec<Calls> {
    let own = |sender: usize| {
        (0..transactions / SENDERS.len())
            .flat_map(|at| {
                let mark = format!("{contract}#{at}");
                (0..each).map(move |number| (mark.clone(), at * each + number))
            })
            .map(|(mark, number)| {
                let recipient = &recipients[(number * SENDERS.len() + sender) % recipients.len()];
                let msg = json!({"transfer": {"recipient": recipient, "amount": "1"}});
                (mark, msg.to_string().into_bytes())
            })
            .collect()
    };
    (0..SENDERS.len()).map(own).collect()
}

/// Messages of so many batches each, one a transaction; a till stays with its sender.
pub fn relayed(oracle: &str, batches: Vec<(u32, u32, Binary)>, each: usize) -> Result<Vec<Calls>> {
    let mut own: Vec<Vec<Binary>> = vec![vec![]; SENDERS.len()];
    for (till, _, batch) in batches {
        own[till as usize % SENDERS.len()].push(batch);
    }
    let message = |(at, batches): (usize, &[Binary])| {
        let msg = ExecuteMsg::SubmitBatches {
            batches: batches.to_vec(),
        };
        Ok((format!("{oracle}#{at}"), to_json_vec(&msg)?))
    };
    own.iter()
        .map(|own| own.chunks(each).enumerate().map(message).collect())
        .collect()
}
