//! Contracts of a deployment by name, and the codes they run.

use std::fmt;
use std::str::FromStr;

/// A contract of the deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Name {
    /// The VRS token.
    Vrs,
    /// The MVC token.
    Mvc,
    /// The Bzky token.
    Bzky,
    /// HP points.
    Hp,
    /// Time points.
    Time,
    /// MVP points.
    Mvp,
    /// The registry of members.
    Identity,
    /// The door for signed batches.
    Oracle,
    /// BizPower and trade rewards.
    Merchant,
    /// Mining rewards.
    Mining,
}

impl Name {
    /// All contracts.
    pub const ALL: [Name; 10] = [
        Name::Vrs,
        Name::Mvc,
        Name::Bzky,
        Name::Hp,
        Name::Time,
        Name::Mvp,
        Name::Identity,
        Name::Oracle,
        Name::Merchant,
        Name::Mining,
    ];

    /// As it stands on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Name::Vrs => "vrs",
            Name::Mvc => "mvc",
            Name::Bzky => "bzky",
            Name::Hp => "hp",
            Name::Time => "time",
            Name::Mvp => "mvp",
            Name::Identity => "identity",
            Name::Oracle => "oracle",
            Name::Merchant => "merchant",
            Name::Mining => "mining",
        }
    }

    /// The code it runs.
    pub const fn code(self) -> Code {
        match self {
            Name::Vrs | Name::Mvc | Name::Bzky => Code::Token,
            Name::Hp | Name::Time | Name::Mvp => Code::Points,
            Name::Identity => Code::Identity,
            Name::Oracle => Code::Oracle,
            Name::Merchant => Code::Merchant,
            Name::Mining => Code::Mining,
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Name::ALL.into_iter().find(|name| name.as_str() == text);
        found.ok_or_else(|| {
            let known = Name::ALL.map(Name::as_str).join(", ");
            format!("expected one of {known}, got {text:?}")
        })
    }
}

/// A code, in the order in which a chain stores them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// All codes; the order never changes, new ones are added behind.
    pub const ALL: [Code; 6] = [
        Code::Token,
        Code::Points,
        Code::Identity,
        Code::Oracle,
        Code::Merchant,
        Code::Mining,
    ];

    /// The contract's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Code::Token => "token",
            Code::Points => "points",
            Code::Identity => "identity",
            Code::Oracle => "oracle",
            Code::Merchant => "merchant",
            Code::Mining => "mining",
        }
    }

    /// Its id on the chain: its place in the order, from 1.
    pub fn id(self) -> u64 {
        Code::ALL
            .iter()
            .position(|code| *code == self)
            .map_or(0, |at| at as u64 + 1)
    }
}
