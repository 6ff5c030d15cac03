//! The files of a run.

use crate::economy::{self, EconomyFile};
use crate::failure::InputError;
use crate::input::meters::MeterRow;
use crate::input::profiles::Profile;
use crate::input::receipts::ReceiptRow;
use crate::input::{meters, profiles, receipts};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where they are.
#[derive(Clone, Debug)]
pub struct Paths {
    /// Till receipts.
    pub receipts: PathBuf,
    /// Merchants' profiles.
    pub profiles: Option<PathBuf>,
    /// Meter readings.
    pub meters: Option<PathBuf>,
    /// The economy.
    pub economy: Option<PathBuf>,
}

impl Paths {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Path> {
        let optional = [&self.profiles, &self.meters, &self.economy];
        let optional = optional.into_iter().flatten();
        std::iter::once(&self.receipts).chain(optional).map(PathBuf::as_path)
    }
}

/// What stands in them.
#[derive(Clone, Debug)]
pub struct Files {
    /// The file of the receipts, as it was named.
    pub file: PathBuf,
    /// Till receipts, in the file's order.
    pub receipts: Vec<ReceiptRow>,
    /// Profiles by merchant's id.
    pub profiles: BTreeMap<u64, Profile>,
    /// Meter readings, in the file's order, and the file; none without `--meters`.
    pub meters: Option<(PathBuf, Vec<MeterRow>)>,
    /// The economy.
    pub economy: EconomyFile,
}

impl Files {
    /// Reads them all.
    ///
    /// Errors: [`InputError`] at the first fault.
    pub fn read(paths: &Paths) -> Result<Self, InputError> {
        Self::with(paths, economy::load(paths.economy.as_deref())?)
    }

    /// Reads them all but the economy.
    ///
    /// Errors: as [`Files::read`].
    pub fn with(paths: &Paths, economy: EconomyFile) -> Result<Self, InputError> {
        let profiles = paths.profiles.as_deref().map(profiles::read).transpose()?;
        let meters = match &paths.meters {
            Some(path) => Some((path.clone(), meters::read(path)?)),
            None => None,
        };
        Ok(Files {
            file: paths.receipts.clone(),
            receipts: receipts::read(&paths.receipts)?,
            profiles: profiles.unwrap_or_default(),
            meters,
            economy,
        })
    }
}
