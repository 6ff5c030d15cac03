//! Everything that is recomputed from, as the contracts answer it: all pages of all lists.

use crate::chain::{Chain, Name};
use anyhow::{bail, Result};
use serde::de::DeserializeOwned;
use serde::Serialize;
use vrs_interface::merchant::{CustomerDay, MerchantDay, TradeDayResponse, Visit};
use vrs_interface::mining::{AccountDay, Product, ReadingInfo};
use vrs_interface::oracle::{BatchResponse, DeviceResponse};
use vrs_interface::settlement::{DayResponse, Pool, PoolsResponse};
use vrs_interface::{merchant, mining, oracle};

/// Entries of a page, the most that contracts give.
const PAGE: Option<u32> = Some(200);

/// What the `merchant` contract answers.
#[derive(Clone, Debug)]
pub struct Trade {
    /// Its configuration.
    pub config: merchant::ConfigResponse,
    /// Its pools.
    pub pools: Vec<Pool>,
    /// Days with an order, ascending.
    pub days: Vec<TradeDayResponse>,
    /// By merchant, then day.
    pub merchants: Vec<MerchantDay>,
    /// By customer, then day.
    pub customers: Vec<CustomerDay>,
    /// By customer, merchant, day.
    pub visits: Vec<Visit>,
}

/// What the `mining` contract answers.
#[derive(Clone, Debug)]
pub struct Mined {
    /// Its configuration.
    pub config: mining::ConfigResponse,
    /// Its pools.
    pub pools: Vec<Pool>,
    /// Days with a reading, ascending.
    pub days: Vec<DayResponse>,
    /// By account, then day.
    pub scores: Vec<AccountDay>,
    /// By account, day, method, unit.
    pub readings: Vec<ReadingInfo>,
    /// Streaming products, ascending, as of now.
    pub products: Vec<Product>,
}

/// What the oracle answers.
#[derive(Clone, Debug)]
pub struct Door {
    /// Its configuration.
    pub config: oracle::ConfigResponse,
    /// All devices, ascending.
    pub devices: Vec<DeviceResponse>,
    /// All batch records, by device and sequence.
    pub batches: Vec<BatchResponse>,
}

impl Trade {
    /// Asks for everything.
    pub fn read(chain: &Chain) -> Result<Self> {
        use merchant::QueryMsg;
        let ask = Asker {
            chain,
            name: Name::Merchant,
        };
        let pools: PoolsResponse = ask.one(&QueryMsg::Pools {})?;
        Ok(Trade {
            config: ask.one(&QueryMsg::Config {})?,
            pools: pools.pools,
            days: ask.all(
                |start_after, limit| QueryMsg::Days { start_after, limit },
                |page: merchant::TradeDaysResponse| (page.days, page.more),
                |day| day.day,
            )?,
            merchants: ask.all(
                |start_after, limit| QueryMsg::MerchantDays {
                    merchant: None,
                    start_after,
                    limit,
                },
                |page: merchant::MerchantDaysResponse| (page.days, page.more),
                |row| (row.merchant, row.day),
            )?,
            customers: ask.all(
                |start_after, limit| QueryMsg::CustomerDays {
                    customer: None,
                    start_after,
                    limit,
                },
                |page: merchant::CustomerDaysResponse| (page.days, page.more),
                |row| (row.customer, row.day),
            )?,
            visits: ask.all(
                |start_after, limit| QueryMsg::Visits {
                    customer: None,
                    start_after,
                    limit,
                },
                |page: merchant::VisitsResponse| (page.visits, page.more),
                |visit| (visit.customer, visit.merchant, visit.day),
            )?,
        })
    }
}

impl Mined {
    /// Asks for everything.
    pub fn read(chain: &Chain) -> Result<Self> {
        use mining::QueryMsg;
        let ask = Asker {
            chain,
            name: Name::Mining,
        };
        let pools: PoolsResponse = ask.one(&QueryMsg::Pools {})?;
        Ok(Mined {
            config: ask.one(&QueryMsg::Config {})?,
            pools: pools.pools,
            days: ask.all(
                |start_after, limit| QueryMsg::Days { start_after, limit },
                |page: mining::MiningDaysResponse| (page.days, page.more),
                |day| day.day,
            )?,
            scores: ask.all(
                |start_after, limit| QueryMsg::Scores {
                    account: None,
                    start_after,
                    limit,
                },
                |page: mining::ScoresResponse| (page.days, page.more),
                |row| (row.account, row.day),
            )?,
            readings: ask.all(
                |start_after, limit| QueryMsg::Readings {
                    account: None,
                    start_after,
                    limit,
                },
                |page: mining::ReadingsResponse| (page.readings, page.more),
                |reading| (reading.account, reading.day, reading.method, reading.unit),
            )?,
            products: ask.all(
                |start_after, limit| QueryMsg::Products { start_after, limit },
                |page: mining::ProductsResponse| (page.products, page.more),
                |product| product.id,
            )?,
        })
    }
}

impl Door {
    /// Asks for everything.
    pub fn read(chain: &Chain) -> Result<Self> {
        use oracle::QueryMsg;
        let ask = Asker {
            chain,
            name: Name::Oracle,
        };
        let devices: Vec<DeviceResponse> = ask.all(
            |start_after, limit| QueryMsg::Devices { start_after, limit },
            |page: oracle::DevicesResponse| (page.devices, page.more),
            |device| device.device,
        )?;
        let mut batches = vec![];
        for device in &devices {
            let device = device.device;
            batches.extend(ask.all(
                |start_after, limit| QueryMsg::Batches {
                    device,
                    start_after,
                    limit,
                },
                |page: oracle::BatchesResponse| (page.batches, page.more),
                |batch| batch.sequence,
            )?);
        }
        Ok(Door {
            config: ask.one(&QueryMsg::Config {})?,
            devices,
            batches,
        })
    }
}

/// Asks one contract.
pub struct Asker<'a> {
    /// The chain.
    pub chain: &'a Chain,
    /// The contract.
    pub name: Name,
}

impl Asker<'_> {
    /// One answer.
    pub fn one<T: DeserializeOwned>(&self, msg: &impl Serialize) -> Result<T> {
        self.chain.query(self.name, msg)
    }

    /// All entries of a list. `open` takes a page apart, `key` tells where the next one starts.
    ///
    /// Errors: a list that does not rise: it would be walked for ever, or give an entry twice.
    pub fn all<M: Serialize, P: DeserializeOwned, E, K: Ord + Clone>(
        &self,
        message: impl Fn(Option<K>, Option<u32>) -> M,
        open: impl Fn(P) -> (Vec<E>, bool),
        key: impl Fn(&E) -> K,
    ) -> Result<Vec<E>> {
        let mut all = vec![];
        let mut last: Option<K> = None;
        loop {
            let page: P = self.one(&message(last.clone(), PAGE))?;
            let (entries, more) = open(page);
            let empty = entries.is_empty();
            for entry in entries {
                let next = key(&entry);
                if last.as_ref().is_some_and(|last| *last >= next) {
                    bail!("{}: a list does not rise from entry to entry", self.name);
                }
                last = Some(next);
                all.push(entry);
            }
            if !more {
                return Ok(all);
            }
            if empty {
                bail!("{}: a list promises more and gives an empty page", self.name);
            }
        }
    }
}
