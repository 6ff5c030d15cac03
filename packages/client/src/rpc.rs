//! CometBFT's JSON-RPC.

use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;
use serde::de::DeserializeOwned;
use serde::Deserialize;
use serde_json::{json, Value};
use std::time::Duration;

/// Most bytes of one answer.
const MOST: u64 = 64 * 1024 * 1024;

/// Why a node gave no answer.
#[derive(thiserror::Error, Debug)]
pub enum RpcError {
    /// It was not reached, or did not answer in time.
    #[error("{url}: {reason}; is the node running?")]
    Unreachable {
        /// The node.
        url: String,
        /// Why.
        reason: String,
    },
    /// It refused the request.
    #[error("{method}: {message}")]
    Refused {
        /// What was asked.
        method: String,
        /// What it said.
        message: String,
    },
    /// It answered what can't be read.
    #[error("{method}: {reason}")]
    Answer {
        /// What was asked.
        method: String,
        /// What was expected.
        reason: String,
    },
}

/// A node's RPC. Cheap to clone; connections are kept open and shared.
#[derive(Clone, Debug)]
pub struct Rpc {
    agent: ureq::Agent,
    url: String,
}

#[derive(Deserialize)]
struct Envelope {
    result: Option<Value>,
    error: Option<Fault>,
}

#[derive(Deserialize)]
struct Fault {
    message: String,
    #[serde(default)]
    data: Value,
}

impl Rpc {
    /// The RPC at an address.
    pub fn new(url: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_connect(Some(Duration::from_secs(5)))
            .timeout_global(Some(Duration::from_secs(60)))
            .max_idle_connections_per_host(32)
            .http_status_as_error(false) // the node tells its errors in the body
            .build();
        Rpc {
            agent: config.into(),
            url: url.trim_end_matches('/').to_owned(),
        }
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Asks one method.
    pub fn call<T: DeserializeOwned>(&self, method: &str, params: Value) -> Result<T, RpcError> {
        let body = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let unreachable = |error: ureq::Error| RpcError::Unreachable {
            url: self.url.clone(),
            reason: error.to_string(),
        };
        let mut response = self.agent.post(&self.url).send_json(&body).map_err(unreachable)?;
        let status = response.status();
        let text = response
            .body_mut()
            .with_config()
            .limit(MOST)
            .read_to_vec()
            .map_err(unreachable)?;
        let unread = |reason: String| RpcError::Answer {
            method: method.to_owned(),
            reason,
        };
        let envelope: Envelope = match serde_json::from_slice(&text) {
            Ok(envelope) => envelope,
            // A proxy before the node, which is not there.
            Err(_) if status.is_server_error() => {
                return Err(RpcError::Unreachable {
                    url: self.url.clone(),
                    reason: format!("HTTP {status}"),
                })
            }
            Err(error) => return Err(unread(format!("HTTP {status}: {error}"))),
        };
        match (envelope.result, envelope.error) {
            (_, Some(fault)) => Err(RpcError::Refused {
                method: method.to_owned(),
                message: match fault.data.as_str() {
                    Some(data) => format!("{}: {data}", fault.message),
                    None => fault.message,
                },
            }),
            (Some(result), None) => serde_json::from_value(result).map_err(|error| unread(error.to_string())),
            (None, None) => Err(unread("neither result nor error".to_owned())),
        }
    }

    /// Bytes of a base64 text in an answer.
    pub(crate) fn bytes(method: &str, text: &str) -> Result<Vec<u8>, RpcError> {
        STANDARD.decode(text).map_err(|error| RpcError::Answer {
            method: method.to_owned(),
            reason: error.to_string(),
        })
    }

    /// Bytes as they stand in a request.
    pub(crate) fn text(bytes: &[u8]) -> String {
        STANDARD.encode(bytes)
    }
}

impl RpcError {
    /// Whether asking again later may help.
    pub fn is_passing(&self) -> bool {
        matches!(self, RpcError::Unreachable { .. })
    }
}
