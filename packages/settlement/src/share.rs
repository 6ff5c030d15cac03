use crate::SettlementError;
use serde::{de::DeserializeOwned, Deserialize, Serialize};

/// One account's part of a day, as the contract stores it.
///
/// The contract answers for this: over all shares of a day, `counted(track)` sums to
/// [`Totals::sum`] of that track, and their number is [`Totals::participants`].
pub trait Share: Serialize + DeserializeOwned {
    /// The weight on a track as it stands in the day's sums. Never changes once the day is closed.
    fn counted(&self, track: u8) -> u128;
    /// What of that weight still earns; less than `counted` where something was taken back, never more.
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
    pub dust: u128,
}

impl Payout {
    /// The sum of two tranches of one pool.
    fn plus(&self, other: &Payout) -> Result<Payout, SettlementError> {
        let sum = |a: u128, b: u128| a.checked_add(b).ok_or(SettlementError::Overflow("payout"));
        Ok(Payout {
            paid: sum(self.paid, other.paid)?,
            taken: sum(self.taken, other.taken)?,
            capped: sum(self.capped, other.capped)?,
            dust: sum(self.dust, other.dust)?,
        })
    }
}

/// A base unit in the unit of [`Payout::dust`].
pub(crate) const E18: u128 = 1_000_000_000_000_000_000;

/// What a share with these weights is worth, by [`vrs_scoring::part`]: exact, rounded down. `earning` is at most
/// `counted`, that at most `sum`.
///
/// Worked example: a budget of 500, all of it on this track, 80 of 400: `500 * 80 / 400 = 100`.
///
/// Errors: [`SettlementError::Overflow`] where the weights are not so ordered and a result leaves its type.
pub fn payout(tranche: &Tranche, counted: u128, earning: u128, sum: u128) -> Result<Payout, SettlementError> {
    const OVERFLOW: SettlementError = SettlementError::Overflow("payout");
    if sum == 0 {
        return Ok(Payout::default());
    }
    let part = |weight: u128| vrs_scoring::part(tranche.budget, tranche.share_bps, weight, sum).map_err(|_| OVERFLOW);
    let capped = |amount: u128| tranche.cap.map_or(amount, |cap| amount.min(cap));
    let (whole, dust) = part(counted)?;
    let full = capped(whole);
    let paid = if earning == counted {
        full
    } else {
        capped(part(earning)?.0)
    };
    Ok(Payout {
        paid,
        taken: full.checked_sub(paid).ok_or(OVERFLOW)?,
        capped: whole.checked_sub(full).ok_or(OVERFLOW)?,
        dust: dust.into(),
    })
}

/// A share's payouts, one a pool (the tranches of one pool added up): an entry for each pool that the
/// day drew on, also where this share draws nothing.
pub(crate) fn worth<S: Share>(share: &S, totals: &Totals) -> Result<Vec<(u8, Payout)>, SettlementError> {
    let mut sums: Vec<(u8, Payout)> = vec![];
    for tranche in &totals.tranches {
        let track = tranche.track;
        let one = payout(tranche, share.counted(track), share.earning(track), totals.sum(track))?;
        match sums.iter_mut().find(|(pool, _)| *pool == tranche.pool) {
            Some((_, all)) => *all = all.plus(&one)?,
            None => sums.push((tranche.pool, one)),
        }
    }
    Ok(sums)
}
