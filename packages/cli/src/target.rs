//! Which chain a command looks at: a finished run's folder, or a real chain by its file.

use crate::chain::db::Reader;
use crate::remote::history::History;
use crate::remote::Place;
use crate::verify::Source;
use anyhow::Result;
use std::fmt;
use std::path::PathBuf;

/// Which chain is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The folder that `vrs run` wrote.
    Folder(PathBuf),
    /// A chain file.
    Chain(PathBuf),
}

impl Target {
    /// Opens it for reading: a real chain as of its last block.
    pub fn open(&self) -> Result<Box<dyn Source>> {
        Ok(match self {
            Target::Folder(dir) => Box::new(Reader::open(dir)?),
            Target::Chain(file) => Box::new(History::open(Place::open(file)?)?),
        })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Folder(path) | Target::Chain(path) => path.display().fmt(f),
        }
    }
}
