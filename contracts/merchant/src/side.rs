use vrs_interface::merchant::{Side, POOL_CUSTOMERS, POOL_MERCHANTS};

/// Tracks of the merchants' programme: what divides the budget, and a sum that does not.
pub mod merchant_track {
    /// BizPower, 18 decimals.
    pub const BIZPOWER: u8 = 0;
    /// Lowest Bzky balance of the day before, base units.
    pub const HOLDING: u8 = 1;
    /// Orders; only summed.
    pub const ORDERS: u8 = 2;
    /// The whole budget of a closed day that nobody has a weight in, base units; 0 on other days,
    /// whose tranches tell the budget.
    pub const IDLE_BUDGET: u8 = 3;
}

/// Track of the customers' programme: spending, minor units.
pub const SPENDING: u8 = 0;

/// What differs between the two programmes.
pub trait SideExt {
    /// Number of its pool.
    fn pool(self) -> u8;
    /// Name of its pool.
    fn pool_name(self) -> &'static str;
    /// Its name in events.
    fn name(self) -> &'static str;
}

impl SideExt for Side {
    fn pool(self) -> u8 {
        match self {
            Side::Merchants => 0,
            Side::Customers => 1,
        }
    }

    fn pool_name(self) -> &'static str {
        match self {
            Side::Merchants => POOL_MERCHANTS,
            Side::Customers => POOL_CUSTOMERS,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Side::Merchants => "merchants",
            Side::Customers => "customers",
        }
    }
}
