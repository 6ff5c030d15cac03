//! CometBFT's JSON-RPC.

use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;
use serde::de::DeserializeOwned;
use serde::Deserialize;
use serde_json::{json, Value};
use std::thread::sleep;
use std::time::Duration;

/// Most bytes of one answer.
const MOST: u64 = 64 * 1024 * 1024;
/// How often a request is sent whose answers fail in passing, and the pauses in between: some 20 seconds in all.
const TRIES: u32 = 11;
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(5));
/// Longest pause that a `Retry-After` is given.
const LONGEST: Duration = Duration::from_secs(60);

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
    /// It, or a proxy before it, gave no answer of its own: a rate limit, a fault, a broken body. What was asked may have
    /// been done.
    #[error("{method}: {reason}")]
    NoAnswer {
        /// What was asked.
        method: String,
        /// Who answered, and what came instead of an answer.
        reason: String,
        /// How long it asks to wait.
        after: Option<Duration>,
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
    tries: u32,
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
    /// The RPC at an address. What fails in passing is asked again, with growing pauses, or after what the node asks for.
    pub fn new(url: &str) -> Self {
        Rpc {
            tries: TRIES,
            ..Self::hasty(url)
        }
    }

    /// The same, without asking again: for those who have a way of their own.
    pub fn hasty(url: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_connect(Some(Duration::from_secs(5)))
            .timeout_global(Some(Duration::from_secs(60)))
            .max_idle_connections_per_host(32)
            .http_status_as_error(false) // the node tells its errors in the body
            .build();
        Rpc {
            agent: config.into(),
            url: url.trim_end_matches('/').to_owned(),
            tries: 1,
        }
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Asks one method that changes nothing.
    pub fn call<T: DeserializeOwned>(&self, method: &str, params: Value) -> Result<T, RpcError> {
        let mut pause = PAUSES.0;
        for _ in 1..self.tries {
            match self.once(method, &params) {
                Err(error) if error.is_passing() => sleep(error.after().unwrap_or(pause).max(pause).min(LONGEST)),
                answer => return answer,
            }
            pause = (pause * 2).min(PAUSES.1);
        }
        self.once(method, &params)
    }

    /// Asks one method, once.
    pub fn once<T: DeserializeOwned>(&self, method: &str, params: &Value) -> Result<T, RpcError> {
        let body = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let unreachable = |error: ureq::Error| RpcError::Unreachable {
            url: self.url.clone(),
            reason: error.to_string(),
        };
        let mut response = self.agent.post(&self.url).send_json(&body).map_err(unreachable)?;
        let status = response.status();
        let after = response.headers().get("retry-after");
        let after = after.and_then(|seconds| seconds.to_str().ok()?.trim().parse().ok());
        let no_answer = |reason: String| RpcError::NoAnswer {
            method: method.to_owned(),
            reason: format!("{} answered {reason}", self.url),
            after: after.map(Duration::from_secs),
        };
        // CometBFT tells its own errors with 500 and in the body; all others are those of a proxy before it.
        match status.as_u16() {
            408 => return Err(no_answer(format!("HTTP {status}"))),
            429 => return Err(no_answer(format!("HTTP {status}: a rate limit"))),
            501.. => return Err(no_answer(format!("HTTP {status}"))),
            _ => {}
        }
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
            Err(_) if status.is_client_error() => {
                return Err(RpcError::Refused {
                    method: method.to_owned(),
                    message: format!("HTTP {status}"),
                })
            }
            Err(error) => return Err(no_answer(format!("HTTP {status} with a broken body: {error}"))),
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
            (None, None) => Err(no_answer(format!("HTTP {status} with neither result nor error"))),
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
        matches!(self, RpcError::Unreachable { .. } | RpcError::NoAnswer { .. })
    }

    /// How long the node asks to wait before the next request.
    pub fn after(&self) -> Option<Duration> {
        match self {
            RpcError::NoAnswer { after, .. } => *after,
            _ => None,
        }
    }
}
