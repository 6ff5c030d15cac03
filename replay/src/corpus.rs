//! What is recorded: every call of every contract, with all it read, wrote, asked and answered.

/// A contract's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// `token`.
    Token,
    /// `points`.
    Points,
    /// `identity`.
    Identity,
    /// `oracle`.
    Oracle,
    /// `merchant`.
    Merchant,
    /// `mining`.
    Mining,
}

impl Code {
    /// All codes, in the order in which they are stored.
    pub const ALL: [Code; 6] = [
        Code::Token,
        Code::Points,
        Code::Identity,
        Code::Oracle,
        Code::Merchant,
        Code::Mining,
    ];

    /// Its name; also that of its wasm file.
    pub fn name(self) -> &'static str {
        match self {
            Code::Token => "token",
            Code::Points => "points",
            Code::Identity => "identity",
            Code::Oracle => "oracle",
            Code::Merchant => "merchant",
            Code::Mining => "mining",
        }
    }
}

/// An entry point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// Once, at birth.
    Instantiate,
    /// A message.
    Execute,
    /// What became of a message that the contract sent.
    Reply,
    /// Another code takes the state over.
    Migrate,
    /// A question.
    Query,
}

impl Entry {
    /// Its name, as the wasm exports it.
    pub fn name(self) -> &'static str {
        match self {
            Entry::Instantiate => "instantiate",
            Entry::Execute => "execute",
            Entry::Reply => "reply",
            Entry::Migrate => "migrate",
            Entry::Query => "query",
        }
    }

    /// Whether it may write.
    pub fn writes(self) -> bool {
        self != Entry::Query
    }
}

/// One thing that a contract asked of its chain. What a read gave follows from the storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Read a value.
    Get(Vec<u8>),
    /// Wrote one.
    Set(Vec<u8>, Vec<u8>),
    /// Removed one.
    Remove(Vec<u8>),
    /// Began a range.
    Scan {
        /// First key.
        start: Option<Vec<u8>>,
        /// Behind the last key.
        end: Option<Vec<u8>>,
        /// Whether it runs down.
        descending: bool,
    },
    /// Took a step of the range with this number, from 1 within a call.
    Next(u32),
    /// Asked the chain; both as JSON.
    Ask {
        /// What.
        request: Vec<u8>,
        /// `SystemResult<ContractResult<Binary>>`.
        answer: Vec<u8>,
    },
}

/// One call of an entry point.
#[derive(Clone, Debug)]
pub struct Call {
    /// Address of the contract.
    pub contract: String,
    /// Its code.
    pub code: Code,
    /// Which entry point.
    pub entry: Entry,
    /// `Env`, as JSON.
    pub env: Vec<u8>,
    /// `MessageInfo`, as JSON, where the entry point takes it.
    pub info: Option<Vec<u8>>,
    /// The message as it was sent; of a reply its JSON.
    pub msg: Vec<u8>,
    /// How many of the contract's latest writing calls the chain took back before this one.
    pub rewind: usize,
    /// All that it asked of the chain, in order.
    pub accesses: Vec<Access>,
    /// `ContractResult<Response>` or, of a query, `ContractResult<Binary>`, as JSON.
    pub outcome: Vec<u8>,
}

impl Call {
    /// Whether the contract answered with an error.
    pub fn refused(&self) -> bool {
        refused(&self.outcome)
    }
}

/// Whether an outcome is an error.
pub fn refused(outcome: &[u8]) -> bool {
    outcome.starts_with(br#"{"error":"#)
}

/// What happened, in the order in which calls ended.
#[derive(Clone, Debug)]
pub enum Step {
    /// A call ended.
    Call(Box<Call>),
    /// A transaction ended.
    End {
        /// Of which contracts how many of the latest writing calls were taken back.
        rewinds: Vec<(String, usize)>,
    },
}
