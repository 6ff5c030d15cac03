//! An account that signs transactions.

use crate::error::TxError;
use crate::keys::Key;
use crate::messages::coin;
use crate::node::Node;
use cosmrs::proto::cosmos::tx::signing::v1beta1::SignMode;
use cosmrs::proto::cosmos::tx::v1beta1::{mode_info, AuthInfo, Fee, ModeInfo, SignDoc, SignerInfo, TxBody, TxRaw};
use cosmrs::proto::traits::Message;
use cosmrs::Any;

/// An account with its key and next sequence number. One thread sends from one account.
#[derive(Debug)]
pub struct Sender {
    key: Key,
    chain_id: String,
    number: u64,
    /// Sequence number of the next transaction. Counts transactions that are still in flight.
    pub sequence: u64,
    /// Whether another's transaction from this account is an error ([`TxError::Sequence`]) instead of a reason to go on
    /// with the next number. Who looks, and then sends what was not there, does nothing twice by it: of two transactions
    /// with one number a chain carries out one.
    pub alone: bool,
    /// Who pays the fees by a fee grant; none: the account itself.
    pub granter: Option<String>,
}

/// What a transaction may use and pays for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fees<'a> {
    /// Most gas.
    pub gas: u64,
    /// Amount of the fee denom.
    pub amount: u128,
    /// The fee denom.
    pub denom: &'a str,
    /// The last block that may take it; 0: any.
    pub until: u64,
}

impl Sender {
    /// An account as it stands on chain.
    ///
    /// Errors: [`TxError::Funds`] where the chain does not know it.
    pub fn open(node: &Node, key: Key) -> Result<Self, TxError> {
        let status = node.status()?;
        let Some(account) = node.account(key.address())? else {
            return Err(TxError::Funds {
                address: key.address().to_owned(),
                reason: format!(
                    "{} does not know the account: send it some coins first",
                    status.chain_id
                ),
            });
        };
        Ok(Sender {
            chain_id: status.chain_id,
            number: account.number,
            sequence: account.sequence,
            alone: false,
            granter: None,
            key,
        })
    }

    /// Its address.
    pub fn address(&self) -> &str {
        self.key.address()
    }

    /// Takes the sequence number of the last block. Only right where nothing is in flight.
    pub fn refresh(&mut self, node: &Node) -> Result<(), TxError> {
        if let Some(account) = node.account(self.key.address())? {
            self.sequence = account.sequence;
        }
        Ok(())
    }

    /// A signed transaction with the current sequence number, which stays as it is.
    pub fn sign(&self, messages: &[Any], fees: Fees) -> Result<Vec<u8>, TxError> {
        let body = self.body(messages, fees.until);
        let auth = self.auth(fees).encode_to_vec();
        let document = SignDoc {
            body_bytes: body.clone(),
            auth_info_bytes: auth.clone(),
            chain_id: self.chain_id.clone(),
            account_number: self.number,
        };
        let key = self.key.signer().map_err(TxError::Build)?;
        let signature = key
            .sign(&document.encode_to_vec())
            .map_err(|error| TxError::Build(error.to_string()))?;
        Ok(raw(body, auth, signature.to_vec()))
    }

    /// The same without a signature, for a simulation. A fee of any amount makes the chain count what taking it costs,
    /// some 20,000 gas.
    pub fn unsigned(&self, messages: &[Any], fees: Fees) -> Vec<u8> {
        raw(
            self.body(messages, fees.until),
            self.auth(fees).encode_to_vec(),
            vec![0; 64],
        )
    }

    fn body(&self, messages: &[Any], until: u64) -> Vec<u8> {
        let body = TxBody {
            messages: messages.to_vec(),
            timeout_height: until,
            ..TxBody::default()
        };
        body.encode_to_vec()
    }

    fn auth(&self, fees: Fees) -> AuthInfo {
        let amount = coin(fees.amount, fees.denom);
        let single = mode_info::Single {
            mode: SignMode::Direct.into(),
        };
        AuthInfo {
            signer_infos: vec![SignerInfo {
                public_key: Some(self.key.public().into()),
                mode_info: Some(ModeInfo {
                    sum: Some(mode_info::Sum::Single(single)),
                }),
                sequence: self.sequence,
            }],
            fee: Some(Fee {
                amount: if fees.amount == 0 { vec![] } else { vec![amount] },
                gas_limit: fees.gas,
                payer: String::new(),
                granter: self.granter.clone().unwrap_or_default(),
            }),
            ..AuthInfo::default()
        }
    }
}

fn raw(body: Vec<u8>, auth: Vec<u8>, signature: Vec<u8>) -> Vec<u8> {
    let raw = TxRaw {
        body_bytes: body,
        auth_info_bytes: auth,
        signatures: vec![signature],
    };
    raw.encode_to_vec()
}
