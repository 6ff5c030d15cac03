//! A claim costs the same however many take part.

use super::*;
use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::{Order, Record};
use std::cell::RefCell;

/// Storage operations and the gas of wasmd's table: a write 2,000 + 30 a byte, a read 1,000 + 3 a byte,
/// a removal 1,000, a step of a range 30 + 3 a byte; each key is 33 bytes longer on chain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Bill {
    reads: u64,
    writes: u64,
    removals: u64,
    steps: u64,
    gas: u64,
}

#[derive(Default)]
struct Metered {
    inner: MockStorage,
    bill: RefCell<Bill>,
}

fn size(key: &[u8], value: usize) -> u64 {
    (33 + key.len() + value) as u64
}

impl Storage for Metered {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        let value = self.inner.get(key);
        let mut bill = self.bill.borrow_mut();
        bill.reads += 1;
        bill.gas += 1_000 + 3 * size(key, value.as_ref().map_or(0, Vec::len));
        value
    }
    fn set(&mut self, key: &[u8], value: &[u8]) {
        let bill = self.bill.get_mut();
        bill.writes += 1;
        bill.gas += 2_000 + 30 * size(key, value.len());
        self.inner.set(key, value);
    }
    fn remove(&mut self, key: &[u8]) {
        let bill = self.bill.get_mut();
        bill.removals += 1;
        bill.gas += 1_000;
        self.inner.remove(key);
    }
    fn range<'a>(
        &'a self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'a> {
        let bill = &self.bill;
        Box::new(self.inner.range(start, end, order).inspect(move |(key, value)| {
            let mut bill = bill.borrow_mut();
            bill.steps += 1;
            bill.gas += 30 + 3 * size(key, value.len());
        }))
    }
}

const DAYS: u32 = 120;

/// `days` days with `participants` accounts each, numbered around the one that claims, closed and final.
/// Scores have 18 decimals, as real ones do; the claimer's are the same in every setting.
fn programme(days: &[Day], participants: u32) -> Metered {
    let mut storage = Metered::default();
    POOLS.fund(&mut storage, 0, 1 << 60).unwrap();
    const ME: u32 = 5_000;
    for day in days {
        let mut totals = Totals::default();
        for other in 0..participants {
            let account = if other == 0 {
                ME
            } else if other < ME {
                other
            } else {
                other + 1
            };
            let share = Three {
                counted: [38_000_000_000_000_000_000, 0, 0],
                taken: [0; 3],
            };
            totals.shift(0, 0, share.counted[0]).unwrap();
            totals.join().unwrap();
            PROGRAMME.shares.save(&mut storage, &(account, *day), &share).unwrap();
        }
        PROGRAMME.days.save(&mut storage, day, &totals).unwrap();
    }
    let last = when(*days.last().unwrap(), Stage::Final);
    close(
        &mut storage,
        last,
        &[tranche(0, 0, 1 << 40, 10_000, Some(1 << 39))],
        &[],
    )
    .unwrap();
    storage
}

fn claim_bill(storage: &mut Metered, last: Day) -> Bill {
    *storage.bill.borrow_mut() = Bill::default();
    let now = when(last, Stage::Final);
    let paid = PROGRAMME.claim(storage, &POOLS, &clock(), now, 5_000).unwrap();
    assert_eq!(paid.amounts.len(), 1);
    let bill = *storage.bill.borrow();
    bill
}

#[test]
fn a_claim_of_120_days_costs_the_same_with_1_100_and_10_000_participants() {
    let days: Vec<Day> = (1..=DAYS).collect();
    let bills = [1, 100, 10_000].map(|participants| claim_bill(&mut programme(&days, participants), DAYS));
    for bill in bills {
        println!("{bill:?}");
        // Two reads (cursor, pool), two writes (the same), and a step a share and a day.
        assert_eq!((bill.reads, bill.writes, bill.removals), (2, 2, 0));
        assert_eq!(bill.steps, u64::from(2 * DAYS));
    }
    // The sums have more digits: some bytes a day, 3 gas each.
    let (least, most) = (bills.map(|b| b.gas), bills.map(|b| b.gas));
    let (least, most) = (least.iter().min().unwrap(), most.iter().max().unwrap());
    assert!(most - least <= u64::from(DAYS) * 3 * 8, "{bills:?}");
    assert!(*most <= u64::from(DAYS) * 450 + 10_000, "{bills:?}");
}

#[test]
fn an_account_more_in_one_claim_costs_its_cursor_and_its_shares() {
    let bills = [1u32, 2, 100].map(|accounts| {
        let mut storage = programme(&[1, 2, 3], 200);
        let accounts: Vec<u32> = (1..=accounts).collect();
        *storage.bill.borrow_mut() = Bill::default();
        let now = when(3, Stage::Final);
        PROGRAMME
            .claim_many(&mut storage, &POOLS, &clock(), now, &accounts)
            .unwrap();
        let bill = *storage.bill.borrow();
        (bill.reads, bill.writes, bill.steps, bill.gas)
    });
    println!("{bills:?}");
    for (bill, accounts) in bills.iter().zip([1, 2, 100]) {
        assert_eq!((bill.0, bill.1, bill.2), (accounts + 1, accounts + 1, 3 * accounts + 3));
    }
}

#[test]
fn days_far_apart_are_read_one_by_one() {
    let mut storage = programme(&(1..=DAYS).collect::<Vec<_>>(), 3);
    for day in 2..DAYS {
        PROGRAMME.shares.remove(&mut storage, &(5_000, day));
    }
    let bill = claim_bill(&mut storage, DAYS);
    assert_eq!((bill.reads, bill.writes, bill.steps), (4, 2, 2));
}

#[test]
fn closing_costs_the_same_with_10_and_10_000_participants() {
    let bills = [10, 10_000].map(|participants| {
        let mut storage = programme(&[1], participants);
        let mut totals = PROGRAMME.days.load(&storage, &1).unwrap();
        totals.closed = false;
        totals.tranches.clear();
        // Days 2 to 4 are closed by the time day 1 is final.
        PROGRAMME.days.save(&mut storage, &5, &totals).unwrap();
        *storage.bill.borrow_mut() = Bill::default();
        let closed = close(
            &mut storage,
            when(5, Stage::Provisional),
            &[tranche(0, 0, 1 << 40, 10_000, None)],
            &[],
        );
        assert_eq!(closed.unwrap().len(), 1);
        let bill = *storage.bill.borrow();
        (bill.reads, bill.writes, bill.steps)
    });
    assert_eq!(bills[0], bills[1]);
    println!("reads, writes, steps: {:?}", bills[0]);
}
