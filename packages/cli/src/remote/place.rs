//! A chain file with all that goes with it.

use crate::calendar::Calendar;
use crate::chain::AddressBook;
use crate::economy::{self, EconomyFile};
use crate::failure::UsageError;
use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vrs_client::{ChainFile, Client, Deployment, Journal, TxError};
use vrs_days::Day;

/// Folder of deployment records where the chain file names none, where the command is called.
pub const FOLDER: &str = "deployments";

/// Where a deployment on a real chain is written down.
#[derive(Clone, Debug)]
pub struct Place {
    /// The chain file.
    pub file: ChainFile,
    /// `deployments/<chain-id>.json`.
    pub record: PathBuf,
    /// `deployments/<chain-id>.members.json`: whom `vrs run` registered.
    pub book: PathBuf,
}

/// Whom `vrs run` registered on a chain: what only the files know.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Members {
    /// Which date a day has in the files of the last run; none before one.
    pub calendar: Option<Calendar>,
    /// Members and devices by the files' ids.
    pub book: AddressBook,
    /// The last run, where it is not finished.
    #[serde(default)]
    pub begun: Option<Begun>,
}

/// A run that is not finished: with the same files and options it goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// SHA-256 of what it is made of, lower-case hex.
    pub inputs: String,
    /// Programme day that the files' first day is.
    pub first_day: Day,
    /// Sequence numbers that devices had signed before it.
    pub signed: BTreeMap<u32, u32>,
}

impl Place {
    /// Reads a chain file.
    ///
    /// Errors: [`UsageError`] where it is none.
    pub fn open(path: &Path) -> Result<Self> {
        let file = ChainFile::load(path).map_err(|error| UsageError(error.to_string()))?;
        let named = file.deployments.as_ref().map(|folder| file.resolve(folder));
        let record = Deployment::path(&named.unwrap_or_else(|| FOLDER.into()), &file.id);
        let book = record.with_extension("members.json");
        Ok(Place { file, record, book })
    }

    /// The chain; what is sent there is written down beside the deployment record first, in `<chain-id>.sent.jsonl`.
    pub fn client(&self) -> Result<Client, TxError> {
        let mut client = Client::new(&self.file)?;
        client.journal = Some(self.journal());
        Ok(client)
    }

    /// What was sent to the chain from here.
    pub fn journal(&self) -> Journal {
        Journal {
            path: self.record.with_extension("sent.jsonl"),
        }
    }

    /// The economy that holds there.
    pub fn economy(&self) -> Result<EconomyFile> {
        let path = self.file.economy.file.as_ref().map(|path| self.file.resolve(path));
        let mut economy = economy::load(path.as_deref())?;
        if let Some(seconds) = self.file.economy.day_seconds {
            economy.set_day_seconds(seconds, &self.file.path)?;
        }
        Ok(economy)
    }

    /// The deployment.
    ///
    /// Errors: [`UsageError`] where there is none yet.
    pub fn deployment(&self) -> Result<Deployment> {
        let record = Deployment::read(&self.record).with_context(|| self.record.display().to_string())?;
        record.ok_or_else(|| {
            let chain = self.file.path.display();
            UsageError(format!(
                "{}: not there; `vrs deploy --chain {chain}` comes first",
                self.record.display()
            ))
            .into()
        })
    }

    /// Address of who pays fees by a grant: of a name, a role or an address; without one of the chain file's `granter`,
    /// if it names one.
    pub fn granter(&self, name: Option<&str>) -> Result<Option<String>> {
        let named = match name {
            Some(name) => Some(self.file.named(name)),
            None => self.file.accounts.get("granter").map(String::as_str),
        };
        let address = named.map(|name| self.file.keyring().address(name)).transpose();
        Ok(address.map_err(|error| UsageError(format!("--granter: {error}")))?)
    }

    /// Writes the deployment down.
    pub fn save(&self, record: &Deployment) -> Result<()> {
        record
            .write(&self.record)
            .with_context(|| self.record.display().to_string())
    }

    /// Whom runs registered; nobody before the first.
    pub fn members(&self) -> Result<Members> {
        let told = || self.book.display().to_string();
        match std::fs::read(&self.book) {
            Ok(text) => {
                let members: Members = serde_json::from_slice(&text).with_context(told)?;
                Ok(Members {
                    book: members.book.indexed(),
                    ..members
                })
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Members::default()),
            Err(error) => Err(error).with_context(told),
        }
    }

    /// Writes down whom a run registered; the file is whole or as it was.
    pub fn keep(&self, members: &Members) -> Result<()> {
        vrs_client::deployment::write_whole(&self.book, members).with_context(|| self.book.display().to_string())
    }
}
