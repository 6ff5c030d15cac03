//! Everything a run reports, read from contract queries.

use crate::chain::{Chain, Name};
use anyhow::Result;
use serde::Serialize;
use vrs_days::Day;
use vrs_interface::merchant::{
    self, CustomerDay, CustomerDaysResponse, MerchantDay, MerchantDaysResponse, TradeDayResponse, TradeDaysResponse,
    Visit, VisitsResponse,
};
use vrs_interface::mining::{self, AccountDay, MiningDaysResponse, ReadingInfo, ReadingsResponse, ScoresResponse};
use vrs_interface::settlement::{DayResponse, Pool, PoolsResponse};

/// Entries of one page.
pub const PAGE: u32 = 200;

/// What the contracts answer about all days.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// Days with an order, ascending.
    pub days: Vec<TradeDayResponse>,
    /// Merchants' days, by member, then day.
    pub merchants: Vec<MerchantDay>,
    /// Customers' days, by member, then day.
    pub customers: Vec<CustomerDay>,
    /// Days with a reading, ascending.
    pub mining_days: Vec<DayResponse>,
    /// Accounts' days, by member, then day.
    pub scores: Vec<AccountDay>,
    /// All pools, merchant's before mining's.
    pub pools: Vec<Pool>,
}

impl Results {
    /// Asks for all of it.
    pub fn read(chain: &Chain) -> Result<Self> {
        let mut pools = pools(chain, Name::Merchant)?;
        pools.extend(self::pools(chain, Name::Mining)?);
        Ok(Results {
            days: days(chain)?,
            merchants: merchant_days(chain)?,
            customers: customer_days(chain)?,
            mining_days: mining_days(chain)?,
            scores: scores(chain)?,
            pools,
        })
    }
}

impl Results {
    /// Only the days from `first` on. Pools stay as they are.
    pub fn since(mut self, first: Day) -> Self {
        self.days.retain(|day| day.day >= first);
        self.merchants.retain(|day| day.day >= first);
        self.customers.retain(|day| day.day >= first);
        self.mining_days.retain(|day| day.day >= first);
        self.scores.retain(|day| day.day >= first);
        self
    }
}

/// Asks page after page: `message` makes the query that starts behind an entry, `take` moves the
/// answer's entries over and tells whether more are left and where the next page starts.
pub fn pages<Q, A, K>(
    chain: &Chain,
    name: Name,
    message: impl Fn(Option<K>) -> Q,
    mut take: impl FnMut(A) -> (bool, Option<K>),
) -> Result<()>
where
    Q: Serialize,
    A: serde::de::DeserializeOwned,
{
    let mut behind = None;
    loop {
        let (more, last) = take(chain.query(name, &message(behind))?);
        if !more || last.is_none() {
            return Ok(());
        }
        behind = last;
    }
}

/// Pools of a contract that settles days.
pub fn pools(chain: &Chain, name: Name) -> Result<Vec<Pool>> {
    let answer: PoolsResponse = match name {
        Name::Merchant => chain.query(name, &merchant::QueryMsg::Pools {})?,
        _ => chain.query(name, &mining::QueryMsg::Pools {})?,
    };
    Ok(answer.pools)
}

/// Days with an order.
pub fn days(chain: &Chain) -> Result<Vec<TradeDayResponse>> {
    let mut all = vec![];
    let message = |start_after| merchant::QueryMsg::Days {
        start_after,
        limit: Some(PAGE),
    };
    pages(chain, Name::Merchant, message, |answer: TradeDaysResponse| {
        all.extend(answer.days);
        (answer.more, all.last().map(|day| day.day))
    })?;
    all.retain(|day| day.orders > 0);
    Ok(all)
}

/// Merchants' days with an order.
pub fn merchant_days(chain: &Chain) -> Result<Vec<MerchantDay>> {
    let mut all = vec![];
    let message = |start_after| merchant::QueryMsg::MerchantDays {
        merchant: None,
        start_after,
        limit: Some(PAGE),
    };
    pages(chain, Name::Merchant, message, |answer: MerchantDaysResponse| {
        all.extend(answer.days);
        (answer.more, all.last().map(|day| (day.merchant, day.day)))
    })?;
    all.retain(|day| day.orders > 0);
    Ok(all)
}

/// Customers' days.
pub fn customer_days(chain: &Chain) -> Result<Vec<CustomerDay>> {
    let mut all = vec![];
    let message = |start_after| merchant::QueryMsg::CustomerDays {
        customer: None,
        start_after,
        limit: Some(PAGE),
    };
    pages(chain, Name::Merchant, message, |answer: CustomerDaysResponse| {
        all.extend(answer.days);
        (answer.more, all.last().map(|day| (day.customer, day.day)))
    })?;
    Ok(all)
}

/// What each customer bought where, by customer, merchant, day; of one customer where he is named.
pub fn visits(chain: &Chain, customer: Option<u32>) -> Result<Vec<Visit>> {
    let mut all = vec![];
    let message = |start_after| merchant::QueryMsg::Visits {
        customer,
        start_after,
        limit: Some(PAGE),
    };
    pages(chain, Name::Merchant, message, |answer: VisitsResponse| {
        all.extend(answer.visits);
        let key = |visit: &Visit| (visit.customer, visit.merchant, visit.day);
        (answer.more, all.last().map(key))
    })?;
    Ok(all)
}

/// Days with a reading.
pub fn mining_days(chain: &Chain) -> Result<Vec<DayResponse>> {
    let mut all = vec![];
    let message = |start_after| mining::QueryMsg::Days {
        start_after,
        limit: Some(PAGE),
    };
    pages(chain, Name::Mining, message, |answer: MiningDaysResponse| {
        all.extend(answer.days);
        (answer.more, all.last().map(|day| day.day))
    })?;
    Ok(all)
}

/// Accounts' scores and rewards.
pub fn scores(chain: &Chain) -> Result<Vec<AccountDay>> {
    let mut all = vec![];
    let message = |start_after| mining::QueryMsg::Scores {
        account: None,
        start_after,
        limit: Some(PAGE),
    };
    pages(chain, Name::Mining, message, |answer: ScoresResponse| {
        all.extend(answer.days);
        (answer.more, all.last().map(|day| (day.account, day.day)))
    })?;
    Ok(all)
}

/// Counted readings, by account, day, method, unit; of one account where it is named.
pub fn readings(chain: &Chain, account: Option<u32>) -> Result<Vec<ReadingInfo>> {
    let mut all = vec![];
    let message = |start_after| mining::QueryMsg::Readings {
        account,
        start_after,
        limit: Some(PAGE),
    };
    pages(chain, Name::Mining, message, |answer: ReadingsResponse| {
        all.extend(answer.readings);
        let key = |reading: &ReadingInfo| (reading.account, reading.day, reading.method, reading.unit);
        (answer.more, all.last().map(key))
    })?;
    Ok(all)
}
