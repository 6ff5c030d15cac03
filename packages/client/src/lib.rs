//! A real CosmWasm chain, over CometBFT's JSON-RPC alone. Blocking calls; threads where several run at once.
//!
//! | module | what it does |
//! | --- | --- |
//! | [`file`] | the chain file: where the node is, what gas costs, which keys act |
//! | [`keys`] | keys: encrypted files, a test mnemonic, the environment |
//! | [`rpc`] | JSON-RPC: requests, timeouts, the node's errors |
//! | [`node`] | what a node is asked: accounts, contracts, codes, transactions, blocks |
//! | [`messages`] | protobuf messages: store, instantiate, execute, migrate |
//! | [`grants`] | who pays fees for whom |
//! | [`sender`] | an account that signs, and its sequence number |
//! | [`send`] | simulate, sign, hand over, wait; what may be retried is retried |
//! | [`watch`], [`journal`] | looks for a transaction by blocks; what was sent, written down before |
//! | [`outcome`], [`error`] | what became of a transaction, and why it did not |
//! | [`deployment`] | `deployments/<chain-id>.json`: codes, checksums, addresses |
//!
//! One transaction with two messages, waited for:
//! ```no_run
//! use vrs_client::{messages, ChainFile, Client, Sender};
//! let file = ChainFile::load("chains/local.toml".as_ref())?;
//! let client = Client::new(&file)?;
//! let key = file.keyring().key("owner")?;
//! let mut owner = Sender::open(&client.node, key)?;
//! let to = "wasm1...";
//! let message = messages::execute(owner.address(), to, br#"{"prune":{}}"#);
//! let outcome = client.send(&mut owner, vec![message.clone(), message])?;
//! println!("{} used {} gas in block {}", outcome.hash, outcome.gas_used, outcome.height);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod deployment;
pub mod error;
pub mod file;
pub mod grants;
pub mod journal;
pub mod keys;
pub mod messages;
pub mod node;
pub mod outcome;
pub mod rpc;
pub mod send;
pub mod sender;
pub mod watch;

pub use cosmrs::Any;
pub use deployment::Deployment;
pub use error::TxError;
pub use file::ChainFile;
pub use grants::Grant;
pub use journal::Journal;
pub use keys::{Key, Keyring};
pub use node::Node;
pub use outcome::{Event, Outcome};
pub use rpc::{Rpc, RpcError};
pub use send::{Client, Gas, Signed};
pub use sender::Sender;
pub use watch::{Look, Watch};
