//! Claims: what is final, once, at most 120 days a call.

use super::*;
use crate::book::Book;
use crate::{Claimed, MAX_CLAIM_DAYS};
use cosmwasm_std::testing::MockStorage;

const WHOLE: [Tranche; 1] = [Tranche {
    track: 0,
    pool: 0,
    budget: 10,
    share_bps: 10_000,
    cap: None,
}];

/// Accounts 1 and 2 share each of the days; all is closed at the end of the last.
fn programme(days: impl IntoIterator<Item = Day>) -> MockStorage {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 1_000_000).unwrap();
    for day in days {
        let now = when(day, Stage::Open);
        close(&mut storage, now, &WHOLE, &[]).unwrap();
        report(&mut storage, now, 1, day, [3, 0, 0]).unwrap();
        report(&mut storage, now, 2, day, [7, 0, 0]).unwrap();
    }
    storage
}

fn claim(storage: &mut MockStorage, now: Timestamp, account: u32) -> Claimed {
    close(storage, now, &WHOLE, &[]).unwrap();
    PROGRAMME.claim(storage, &POOLS, &clock(), now, account).unwrap()
}

#[test]
fn nothing_is_paid_before_the_day_is_final() {
    let mut storage = programme([1]);
    let early = claim(&mut storage, when(1, Stage::Provisional), 1);
    assert_eq!((early.days, early.amounts.len()), (0, 0));
    let paid = claim(&mut storage, when(1, Stage::Final), 1);
    assert_eq!((paid.days, paid.amounts, paid.through), (1, vec![(0, 3)], 1));
}

#[test]
fn a_second_claim_pays_nothing() {
    let mut storage = programme([1, 2]);
    let now = when(2, Stage::Final);
    assert_eq!(claim(&mut storage, now, 1).amounts, [(0, 6)]);
    let again = claim(&mut storage, now, 1);
    assert_eq!((again.days, again.amounts, again.more), (0, vec![], false));
    assert_eq!(balanced(&storage, 0), (6, 14, 999_980, 0));
    assert_eq!(claim(&mut storage, now, 2).amounts, [(0, 14)]);
    assert_eq!(balanced(&storage, 0), (20, 0, 999_980, 0));
}

#[test]
fn a_stranger_is_paid_nothing_and_leaves_no_trace() {
    let mut storage = programme([1]);
    let now = when(1, Stage::Final);
    close(&mut storage, now, &WHOLE, &[]).unwrap();
    let got = PROGRAMME.claim(&mut storage, &POOLS, &clock(), now, 99).unwrap();
    assert_eq!((got.days, got.through), (0, 1));
    assert_eq!(PROGRAMME.cursors.may_load(&storage, &99).unwrap(), None);
}

#[test]
fn a_claim_on_days_nobody_closed_is_refused() {
    let mut storage = programme([1]);
    let got = PROGRAMME.claim(&mut storage, &POOLS, &clock(), when(1, Stage::Final), 1);
    assert_eq!(got, Err(SettlementError::NotClosed { day: 1 }));
}

#[test]
fn one_claim_walks_120_days_and_says_that_more_are_left() {
    let mut storage = programme(1..=MAX_CLAIM_DAYS + 2);
    let now = when(MAX_CLAIM_DAYS + 2, Stage::Final);
    let first = claim(&mut storage, now, 1);
    assert_eq!((first.days, first.through, first.more), (120, 120, true));
    assert_eq!(first.amounts, [(0, 360)]);
    let rest = claim(&mut storage, now, 1);
    assert_eq!((rest.days, rest.through, rest.more), (2, 122, false));
    assert_eq!(rest.amounts, [(0, 6)]);
}

#[test]
fn gaps_do_not_lose_a_day() {
    let mut storage = programme([1, 2, 130, 400]);
    let now = when(400, Stage::Final);
    let mut sum = 0;
    for (days, through, more) in [(2, 2, true), (1, 130, true), (1, 400, false)] {
        let got = claim(&mut storage, now, 1);
        assert_eq!((got.days, got.through, got.more), (days, through, more));
        sum += got.amounts[0].1;
    }
    assert_eq!(sum, 12);
}

#[test]
fn reading_days_one_by_one_and_walking_them_find_the_same() {
    // Account 1 takes part on all days, account 3 only where asked.
    for step in [1, 2, 3, 4, 5, 7, 30, 119] {
        let mut storage = programme(1..=120);
        for day in (1..=120).step_by(step) {
            PROGRAMME
                .shares
                .save(&mut storage, &(3, day), &Three::default())
                .unwrap();
        }
        close(&mut storage, when(120, Stage::Final), &WHOLE, &[]).unwrap();
        let days: Vec<Day> = (1..=120).step_by(step).collect();
        let mut book = Book::default();
        PROGRAMME.open_book(&storage, &mut book, days.iter().copied()).unwrap();
        let one_by_one = days
            .iter()
            .map(|day| (*day, PROGRAMME.days.load(&storage, day).unwrap()));
        assert_eq!(book.days, one_by_one.collect(), "every {step} days");
        // What the book holds is not asked for again.
        for day in &days {
            PROGRAMME.days.remove(&mut storage, day);
        }
        PROGRAMME.open_book(&storage, &mut book, days.iter().copied()).unwrap();
    }
}

#[test]
fn a_share_without_its_day_is_an_error_on_both_paths() {
    let mut storage = programme(1..=40);
    close(&mut storage, when(40, Stage::Final), &WHOLE, &[]).unwrap();
    PROGRAMME.days.remove(&mut storage, &17);
    let got = PROGRAMME.claim(&mut storage, &POOLS, &clock(), when(40, Stage::Final), 1);
    assert_eq!(got, Err(SettlementError::NotClosed { day: 17 }));
    assert!(matches!(
        PROGRAMME.open_book(&storage, &mut Book::default(), [1, 17].into_iter()),
        Err(SettlementError::Std(cosmwasm_std::StdError::NotFound { .. }))
    ));
}

#[test]
fn many_accounts_at_once_are_paid_as_one_by_one() {
    let now = when(9, Stage::Final);
    let mut one = programme(1..=9);
    let mut many = programme(1..=9);
    for storage in [&mut one, &mut many] {
        close(storage, now, &WHOLE, &[]).unwrap();
        // Account 1 has claimed some of it before.
        PROGRAMME
            .claim(storage, &POOLS, &clock(), when(4, Stage::Final), 1)
            .unwrap();
    }
    let accounts = [2, 99, 1, 2];
    let single = accounts.map(|account| claim(&mut one, now, account));
    let together = PROGRAMME
        .claim_many(&mut many, &POOLS, &clock(), now, &accounts)
        .unwrap();
    assert_eq!(together, single);
    assert_eq!(together[0].amounts, [(0, 63)]);
    assert_eq!((together[1].days, together[3].days), (0, 0));
    assert_eq!(balanced(&many, 0), balanced(&one, 0));
    assert_eq!(PROGRAMME.claim_many(&mut many, &POOLS, &clock(), now, &[]), Ok(vec![]));
}
