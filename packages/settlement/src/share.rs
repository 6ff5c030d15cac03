use crate::SettlementError;
use cosmwasm_std::{Uint128, Uint512};
use serde::{de::DeserializeOwned, Deserialize, Serialize};
use std::ops::Div;

/// One account's part of a day, as the contract stores it.
pub trait Share: Serialize + DeserializeOwned {
    /// The weight on a track as it stands in the day's sums.
    fn counted(&self, track: u8) -> u128;
    /// What of that weight still earns; less than `counted` where something was taken back.
    fn earning(&self, track: u8) -> u128;
}

/// One part of a closed day's budget, divided by the weights of one track.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Tranche {
    /// The track whose weights divide it.
    pub track: u8,
    /// The pool that pays it.
    pub pool: u8,
    /// The whole day's budget, base units.
    pub budget: u128,
    /// The part of the budget that this track divides, 1/10,000.
    pub share_bps: u16,
    /// The most that one account gets.
    pub cap: Option<u128>,
}

/// A day's sums and, once it is closed, how its budget is divided.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Accounts with a share.
    pub participants: u32,
    /// Shares pruned so far.
    pub pruned: u32,
    /// Sum of the counted weights by track.
    pub sums: Vec<u128>,
    /// Whether the day is closed in storage; its sums stand.
    pub closed: bool,
    /// How its budget is divided; empty before it closes or where nothing is divided.
    pub tranches: Vec<Tranche>,
}

impl Totals {
    /// The sum of a track.
    pub fn sum(&self, track: u8) -> u128 {
        self.sums.get(usize::from(track)).copied().unwrap_or_default()
    }

    /// Moves a track's sum by the change of one share.
    pub fn shift(&mut self, track: u8, old: u128, new: u128) -> Result<(), SettlementError> {
        if old == new {
            return Ok(());
        }
        let track = usize::from(track);
        while self.sums.len() <= track {
            self.sums.push(0);
        }
        if let Some(sum) = self.sums.get_mut(track) {
            *sum = sum
                .checked_sub(old)
                .and_then(|rest| rest.checked_add(new))
                .ok_or(SettlementError::Overflow("day sum"))?;
        }
        Ok(())
    }

    /// Counts one more account.
    pub fn join(&mut self) -> Result<(), SettlementError> {
        self.participants = self
            .participants
            .checked_add(1)
            .ok_or(SettlementError::Overflow("participants"))?;
        Ok(())
    }
}

/// What a share is worth in one tranche.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Payout {
    /// What is paid.
    pub paid: u128,
    /// What was taken back before.
    pub taken: u128,
    /// What the cap cuts off.
    pub capped: u128,
    /// What rounding leaves, in 1/10^18 of a base unit, rounded down.
    pub dust: u64,
}

const E18: u64 = 1_000_000_000_000_000_000;

/// What a share with these weights is worth: exact in 512 bits, rounded down.
///
/// Worked example: a budget of 500, all of it on this track, 80 of 400: `500 * 80 / 400 = 100`.
pub fn payout(tranche: &Tranche, counted: u128, earning: u128, sum: u128) -> Result<Payout, SettlementError> {
    const OVERFLOW: SettlementError = SettlementError::Overflow("payout");
    if sum == 0 {
        return Ok(Payout::default());
    }
    let scale = Uint512::from(sum)
        .checked_mul(10_000u128.into())
        .map_err(|_| OVERFLOW)?;
    let weigh = |weight: u128| -> Result<Uint512, SettlementError> {
        Uint512::from(tranche.budget)
            .checked_mul(tranche.share_bps.into())
            .and_then(|whole| whole.checked_mul(weight.into()))
            .map_err(|_| OVERFLOW)
    };
    let narrow = |wide: Uint512| Uint128::try_from(wide).map(|n| n.u128()).map_err(|_| OVERFLOW);
    let capped = |amount: u128| tranche.cap.map_or(amount, |cap| amount.min(cap));

    let exact = weigh(counted)?;
    let part = narrow(exact.div(scale))?;
    let rest = exact.checked_rem(scale).map_err(|_| OVERFLOW)?;
    let dust = rest.checked_mul(E18.into()).map_err(|_| OVERFLOW)?.div(scale);
    let full = capped(part);
    let paid = if earning == counted {
        full
    } else {
        capped(narrow(weigh(earning)?.div(scale))?)
    };
    Ok(Payout {
        paid,
        taken: full.checked_sub(paid).ok_or(OVERFLOW)?,
        capped: part.checked_sub(full).ok_or(OVERFLOW)?,
        dust: narrow(dust).and_then(|d| u64::try_from(d).map_err(|_| OVERFLOW))?,
    })
}
