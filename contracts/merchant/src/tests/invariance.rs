//! The same receipts in any split into batches and messages leave the same state, byte for byte.

use super::support::*;
use cosmwasm_std::Record;
use proptest::prelude::*;
use vrs_attestation::Receipt;

/// A sale: shop, customer, amount, external, of yesterday.
type Sale = (usize, usize, u64, bool, bool);

fn town() -> (World, Vec<u32>, Vec<u32>) {
    let mut world = World::new();
    let shops = world.shops(2);
    let people = world.customers(4);
    world.sell(shops[0], 1, &[store(people[0], 1_000), external(people[1], 2_000)]);
    world.at(4, 3_600);
    (world, shops, people)
}

/// Sells in this order, where `cuts` says after which sale a batch ends, and after which a message.
fn state_after(sales: &[Sale], cuts: &[(bool, bool)]) -> (Vec<Record>, Vec<Vec<(String, String)>>) {
    let (mut world, shops, people) = town();
    let mut last = vec![];
    let mut message = vec![];
    let mut batch: Option<((u32, u32), Vec<Receipt>)> = None;
    for (at, (shop, person, amount, is_external, late)) in sales.iter().enumerate() {
        let key = (shops[*shop], if *late { 3 } else { 4 });
        let sale = if *is_external {
            external(people[*person], *amount)
        } else {
            store(people[*person], *amount)
        };
        match &mut batch {
            Some((of, receipts)) if *of == key => receipts.push(sale),
            _ => {
                if let Some((of, receipts)) = batch.take() {
                    message.push(world.delivery(of.0, of.1, &receipts));
                }
                batch = Some((key, vec![sale]));
            }
        }
        let (ends_batch, ends_message) = cuts[at % cuts.len()];
        let is_last = at + 1 == sales.len();
        if ends_batch || ends_message || is_last {
            if let Some((of, receipts)) = batch.take() {
                message.push(world.delivery(of.0, of.1, &receipts));
            }
        }
        if ends_message || is_last {
            let (response, told_by) = world.attest(std::mem::take(&mut message)).unwrap();
            assert_eq!(response.dropped, vec![]);
            last = told(&told_by);
        }
        world.conserved();
    }
    let merchant = world.merchant.clone();
    (world.app.dump_wasm_raw(&merchant), last)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]
    #[test]
    fn any_split_into_batches_and_messages(
        sales in proptest::collection::vec((0..2usize, 0..4usize, 1..5_000u64, any::<bool>(), any::<bool>()), 1..30),
        cuts in proptest::collection::vec((any::<bool>(), proptest::bool::weighted(0.3)), 1..10),
    ) {
        let one_message = state_after(&sales, &[(false, false)]);
        let one_by_one = state_after(&sales, &[(true, true)]);
        let split = state_after(&sales, &cuts);
        prop_assert_eq!(&one_message.0, &one_by_one.0);
        prop_assert_eq!(&one_message.0, &split.0);
    }
}

/// Counts by day do not depend on which terminal came first; candles do, and pay nothing.
#[test]
fn any_order_of_arrival_gives_the_same_rewards() {
    let sales: Vec<Sale> = vec![
        (0, 0, 1_000, false, true),
        (0, 2, 3_000, false, false),
        (0, 2, 700, true, true),
        (1, 3, 1_500, false, false),
        (0, 3, 50, false, true),
        (0, 3, 2_500, false, false),
        (1, 3, 4_000, true, true),
        (0, 0, 900, false, false),
    ];
    let figures = |order: Vec<usize>| {
        let (mut world, shops, people) = town();
        for at in order {
            let (shop, person, amount, is_external, late) = sales[at];
            let sale = if is_external {
                external(people[person], amount)
            } else {
                store(people[person], amount)
            };
            world.sell(shops[shop], if late { 3 } else { 4 }, &[sale]);
        }
        let shops = world.shop_days().into_iter().map(|day| {
            let counted = (day.first, day.repeat, day.external, day.orders, day.revenue);
            (day.merchant, day.day, counted, day.bizpower, day.window, day.reward)
        });
        let people = world
            .customer_days()
            .into_iter()
            .map(|day| (day.customer, day.day, day.spending, day.reward));
        (shops.collect::<Vec<_>>(), people.collect::<Vec<_>>())
    };
    let forward = figures((0..sales.len()).collect());
    assert_eq!(figures((0..sales.len()).rev().collect()), forward);
    assert_eq!(figures(vec![5, 0, 7, 2, 4, 1, 6, 3]), forward);
}
