//! What is stored reads back as it was, in few bytes.

use crate::records::{Buyers, Candle, CustomerShare, MerchantShare, Sales, Visit};
use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::Storage;
use proptest::prelude::*;
use vrs_settlement::Share;
use vrs_table::Table;

const DAYS: Table<u32, MerchantShare> = Table::new(1);
const VISITS: Table<u32, Visit> = Table::new(2);

fn sales() -> impl Strategy<Value = Sales> {
    prop_oneof![
        Just(Sales::default()),
        (any::<u32>(), any::<u64>()).prop_map(|(orders, sum)| Sales { orders, sum }),
    ]
}

fn buyers() -> impl Strategy<Value = Buyers> {
    (any::<u64>(), any::<u64>(), any::<u64>()).prop_map(|(first, repeat, external)| Buyers {
        first,
        repeat,
        external,
    })
}

/// Few distinct values, so that many of a candle coincide.
fn candle() -> impl Strategy<Value = Option<Candle>> {
    let value = prop_oneof![0..4u128, any::<u128>()];
    let four = (value.clone(), value.clone(), value.clone(), value);
    proptest::option::of(four.prop_map(|(open, high, low, close)| Candle { open, high, low, close }))
}

proptest! {
    #[test]
    fn a_merchants_day_reads_back(
        sales in (sales(), sales(), sales()),
        buyers in (buyers(), buyers(), buyers()),
        numbers in (any::<u128>(), 0..4u128, any::<u128>()),
        candle in candle(),
        level in any::<u8>(),
        taken_back in any::<bool>(),
    ) {
        let share = MerchantShare {
            store: sales.0,
            external: sales.1,
            small: sales.2,
            buyers: buyers.0,
            before: buyers.1,
            window: buyers.2,
            cost: numbers.0,
            bizpower: numbers.1,
            candle,
            level,
            holding: numbers.2,
            taken_back,
        };
        let mut storage = MockStorage::new();
        DAYS.save(&mut storage, &1, &share).unwrap();
        prop_assert_eq!(DAYS.load(&storage, &1).unwrap(), share);
    }

    #[test]
    fn a_visit_reads_back(sales in (sales(), sales(), sales()), known in any::<bool>(), taken_back in any::<bool>()) {
        let visit = Visit { store: sales.0, external: sales.1, small: sales.2, known, taken_back };
        let mut storage = MockStorage::new();
        VISITS.save(&mut storage, &1, &visit).unwrap();
        prop_assert_eq!(VISITS.load(&storage, &1).unwrap(), visit);
    }
}

#[test]
fn records_are_short() {
    let mut storage = MockStorage::new();
    let one = Sales { orders: 1, sum: 1_250 };
    let visit = Visit {
        store: one,
        ..Visit::default()
    };
    VISITS.save(&mut storage, &1, &visit).unwrap();
    VISITS.save(&mut storage, &2, &Visit::MARKER).unwrap();
    let power = 47_619_047_619_047;
    let share = MerchantShare {
        store: Sales { orders: 4, sum: 5_000 },
        buyers: Buyers {
            first: 2,
            repeat: 1,
            external: 0,
        },
        before: Buyers {
            first: 60,
            repeat: 40,
            external: 0,
        },
        window: Buyers {
            first: 20,
            repeat: 30,
            external: 0,
        },
        cost: 140_000,
        bizpower: power,
        candle: Some(Candle {
            open: power - 9,
            high: power,
            low: power - 9,
            close: power,
        }),
        level: 3,
        ..MerchantShare::default()
    };
    DAYS.save(&mut storage, &1, &share).unwrap();
    let length = |key: &[u8]| storage.get(key).unwrap().len();
    assert_eq!(length(&[2, 0, 0, 0, 1]), 5);
    assert_eq!(length(&[2, 0, 0, 0, 2]), 2);
    assert_eq!(length(&[1, 0, 0, 0, 1]), 38);
}

#[test]
fn what_was_taken_back_counts_and_does_not_earn() {
    let share = MerchantShare {
        bizpower: 5,
        holding: 7,
        taken_back: true,
        ..MerchantShare::default()
    };
    assert_eq!(
        [share.counted(0), share.counted(1), share.earning(0), share.earning(1)],
        [5, 7, 0, 0]
    );
    let share = CustomerShare {
        spending: 900,
        taken: 300,
    };
    assert_eq!(
        [share.counted(0), share.earning(0), share.counted(1), share.earning(1)],
        [900, 600, 0, 0]
    );
}
