//! Messages of a transaction, as protobuf.

use crate::error::TxError;
use cosmrs::proto::cosmos::bank::v1beta1::MsgSend;
use cosmrs::proto::cosmos::base::v1beta1::Coin;
use cosmrs::proto::cosmos::tx::v1beta1::{TxBody, TxRaw};
use cosmrs::proto::cosmwasm::wasm::v1::{
    MsgExecuteContract, MsgInstantiateContract, MsgMigrateContract, MsgStoreCode, MsgUpdateAdmin,
};
use cosmrs::proto::traits::{Message, Name};
pub use cosmrs::Any;

pub(crate) fn any<M: Message + Name>(message: &M) -> Any {
    Any {
        type_url: M::type_url(),
        value: message.encode_to_vec(),
    }
}

/// Calls a contract with a JSON message.
pub fn execute(sender: &str, contract: &str, msg: &[u8]) -> Any {
    any(&MsgExecuteContract {
        sender: sender.to_owned(),
        contract: contract.to_owned(),
        msg: msg.to_vec(),
        funds: vec![],
    })
}

/// Uploads a code, gzipped or not. Everybody may instantiate it, as the chain's default has it.
pub fn store_code(sender: &str, wasm: Vec<u8>) -> Any {
    any(&MsgStoreCode {
        sender: sender.to_owned(),
        wasm_byte_code: wasm,
        instantiate_permission: None,
    })
}

/// Creates a contract that `admin` may migrate.
pub fn instantiate(sender: &str, admin: &str, code_id: u64, label: &str, msg: &[u8]) -> Any {
    any(&MsgInstantiateContract {
        sender: sender.to_owned(),
        admin: admin.to_owned(),
        code_id,
        label: label.to_owned(),
        msg: msg.to_vec(),
        funds: vec![],
    })
}

/// Moves a contract to another code.
pub fn migrate(sender: &str, contract: &str, code_id: u64, msg: &[u8]) -> Any {
    any(&MsgMigrateContract {
        sender: sender.to_owned(),
        contract: contract.to_owned(),
        code_id,
        msg: msg.to_vec(),
    })
}

/// Names another account that may migrate a contract.
pub fn update_admin(sender: &str, contract: &str, admin: &str) -> Any {
    any(&MsgUpdateAdmin {
        sender: sender.to_owned(),
        new_admin: admin.to_owned(),
        contract: contract.to_owned(),
    })
}

/// Sends native coins.
pub fn send(from: &str, to: &str, amount: u128, denom: &str) -> Any {
    any(&MsgSend {
        from_address: from.to_owned(),
        to_address: to.to_owned(),
        amount: vec![coin(amount, denom)],
    })
}

pub(crate) fn coin(amount: u128, denom: &str) -> Coin {
    Coin {
        denom: denom.to_owned(),
        amount: amount.to_string(),
    }
}

/// A message of a transaction, as far as contracts are concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// A contract is called.
    Execute {
        /// Who calls.
        sender: String,
        /// Whom.
        contract: String,
        /// The message, JSON.
        msg: Vec<u8>,
    },
    /// A contract is created.
    Instantiate {
        /// Who creates it.
        sender: String,
        /// The message, JSON.
        msg: Vec<u8>,
    },
    /// Anything else.
    Other,
}

/// The messages of a transaction's raw bytes.
pub fn calls(tx: &[u8]) -> Result<Vec<Call>, TxError> {
    let raw: TxRaw = decode(tx)?;
    let body: TxBody = decode(&raw.body_bytes)?;
    let call = |any: Any| {
        if any.type_url == MsgExecuteContract::type_url() {
            let message: MsgExecuteContract = decode(&any.value)?;
            return Ok(Call::Execute {
                sender: message.sender,
                contract: message.contract,
                msg: message.msg,
            });
        }
        if any.type_url == MsgInstantiateContract::type_url() {
            let message: MsgInstantiateContract = decode(&any.value)?;
            return Ok(Call::Instantiate {
                sender: message.sender,
                msg: message.msg,
            });
        }
        Ok(Call::Other)
    };
    body.messages.into_iter().map(call).collect()
}

fn decode<M: Message + Default>(bytes: &[u8]) -> Result<M, TxError> {
    M::decode(bytes).map_err(|error| TxError::Build(format!("transaction: {error}")))
}
