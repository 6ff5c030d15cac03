//! What does not count falls alone, with its reason, and leaves nothing behind.

use super::support::*;
use crate::records::CustomerShare;
use crate::state::CUSTOMERS;
use crate::ContractError;
use cosmwasm_std::{Binary, Uint128};
use vrs_interface::attested::{AttestedResponse, Delivery, DropReason};
use vrs_interface::identity::{Kind, Penalty};
use vrs_interface::merchant::{ExecuteMsg, QueryMsg, Side, VisitsResponse};

struct Town {
    world: World,
    shop: u32,
    person: u32,
}

fn town() -> Town {
    let mut world = World::new();
    let shop = world.shops(1)[0];
    let person = world.customers(1)[0];
    Town { world, shop, person }
}

fn dropped(response: &AttestedResponse) -> Vec<(u32, u16, DropReason)> {
    response
        .dropped
        .iter()
        .map(|item| (item.delivery, item.item, item.reason))
        .collect()
}

/// A bad receipt between two good ones: it falls, they count.
fn falls_alone(town: &mut Town, bad: vrs_attestation::Receipt, reason: DropReason) {
    let (shop, person) = (town.shop, town.person);
    let day = town.world.today();
    let good = store(person, 1_000);
    let delivery = town.world.delivery(shop, day, &[good, bad, good]);
    let (response, _) = town.world.attest(vec![delivery]).unwrap();
    assert_eq!(dropped(&response), vec![(0, 1, reason)]);
    assert_eq!(town.world.shop_day(shop, day).orders, 2, "{reason:?}");
    assert_eq!(town.world.day(day).customers, 1);
}

/// Every item of a shop's batch falls; nothing is recorded.
fn all_fall(town: &mut Town, shop: u32, reason: DropReason) {
    let day = town.world.today();
    let receipts = [store(town.person, 1_000), external(town.person, 2_000)];
    let delivery = town.world.delivery(shop, day, &receipts);
    let (response, _) = town.world.attest(vec![delivery]).unwrap();
    assert_eq!(dropped(&response), vec![(0, 0, reason), (0, 1, reason)]);
    let sums = town.world.day(day);
    assert_eq!((sums.merchants, sums.customers, sums.orders), (0, 0, 0), "{reason:?}");
    assert_eq!(sums.budget_merchants, Uint128::zero());
}

#[test]
fn an_amount_of_nothing() {
    let mut town = town();
    let bad = store(town.person, 0);
    falls_alone(&mut town, bad, DropReason::ZeroAmount);
}

#[test]
fn an_amount_above_the_largest_order() {
    let mut town = town();
    let bad = store(town.person, 1_000_001);
    falls_alone(&mut town, bad, DropReason::AmountTooLarge);
    let (shop, person) = (town.shop, town.person);
    town.world.sell(shop, 1, &[store(person, 1_000_000)]);
}

#[test]
fn a_channel_that_is_none() {
    for channel in [0, 3, 255] {
        let mut town = town();
        let bad = receipt(town.person, 1_000, channel);
        falls_alone(&mut town, bad, DropReason::UnknownChannel);
    }
}

#[test]
fn a_time_outside_the_day() {
    let mut town = town();
    let mut bad = store(town.person, 1_000);
    bad.time = 86_400;
    falls_alone(&mut town, bad, DropReason::TimeOutsideDay);
    bad.time = 86_399;
    let shop = town.shop;
    town.world.sell(shop, 1, &[bad]);
}

#[test]
fn a_sale_to_oneself() {
    let mut town = town();
    let bad = store(town.shop, 1_000);
    falls_alone(&mut town, bad, DropReason::SelfSale);
}

#[test]
fn a_customer_whom_identity_does_not_know() {
    for nobody in [0, 999, u32::MAX] {
        let mut town = town();
        falls_alone(&mut town, store(nobody, 1_000), DropReason::UnknownMember);
    }
}

#[test]
fn a_customer_without_a_verified_claim() {
    let mut town = town();
    let stranger = town.world.register(Kind::Individual, 1, false)[0];
    falls_alone(&mut town, store(stranger, 1_000), DropReason::MemberUnverified);
}

#[test]
fn a_customer_who_was_removed() {
    let mut town = town();
    let removed = town.world.customers(1)[0];
    town.world.mark(removed, Penalty::Removal {});
    falls_alone(&mut town, store(removed, 1_000), DropReason::MemberRemoved);
}

#[test]
fn an_order_above_the_customers_limit() {
    let mut town = town();
    let limited = town.world.customers(1)[0];
    town.world.mark(limited, Penalty::TradeLimit { max: 999 });
    falls_alone(&mut town, store(limited, 1_000), DropReason::TradeLimit);
    let shop = town.shop;
    town.world.sell(shop, 1, &[store(limited, 999)]);
}

#[test]
fn an_order_above_the_shops_limit() {
    let mut town = town();
    let shop = town.shop;
    town.world.mark(shop, Penalty::TradeLimit { max: 1_000 });
    let bad = external(town.person, 1_001);
    falls_alone(&mut town, bad, DropReason::TradeLimit);
}

#[test]
fn marks_that_limit_nothing_change_nothing() {
    let mut town = town();
    let (shop, person) = (town.shop, town.person);
    town.world.mark(shop, Penalty::LowerLevel { by: 5 });
    town.world.mark(person, Penalty::None {});
    town.world.sell(shop, 1, &[store(person, 1_000)]);
}

#[test]
fn a_shop_without_a_verified_claim() {
    let mut town = town();
    let shop = town.world.register(Kind::Merchant, 1, false)[0];
    town.world.profile(shop, 500, 4);
    all_fall(&mut town, shop, DropReason::MerchantUnverified);
}

#[test]
fn a_shop_that_was_removed() {
    let mut town = town();
    let shop = town.shop;
    town.world.mark(shop, Penalty::Removal {});
    all_fall(&mut town, shop, DropReason::MerchantRemoved);
}

#[test]
fn a_shop_that_is_no_merchant_or_nobody() {
    let mut town = town();
    let company = town.world.members(Kind::Company, 1)[0];
    town.world.profile(company, 500, 4);
    all_fall(&mut town, company, DropReason::UnknownMember);
    all_fall(&mut town, 999, DropReason::UnknownMember);
}

#[test]
fn a_shop_without_profile_district_or_trade() {
    let mut world = World::bare(|_| {});
    let shop = world.members(Kind::Merchant, 1)[0];
    let person = world.customers(1)[0];
    let mut town = Town { world, shop, person };
    all_fall(&mut town, shop, DropReason::MerchantWithoutProfile);
    town.world.profile(shop, 500, 4);
    all_fall(&mut town, shop, DropReason::MerchantWithoutProfile);
    let rent = vrs_interface::merchant::Rate { id: 1, amount: 200 };
    town.world
        .by_owner(&ExecuteMsg::SetDistricts { rates: vec![rent] })
        .unwrap();
    all_fall(&mut town, shop, DropReason::MerchantWithoutProfile);
    town.world
        .by_owner(&ExecuteMsg::SetTrades { rates: vec![rent] })
        .unwrap();
    // New lines hold at once.
    town.world.sell(shop, 1, &[store(person, 1_000)]);
}

#[test]
fn a_terminal_that_attests_for_nobody() {
    let mut town = town();
    let mut delivery = town.world.delivery(town.shop, 1, &[store(town.person, 1_000)]);
    delivery.subject = None;
    let (response, _) = town.world.attest(vec![delivery]).unwrap();
    assert_eq!(dropped(&response), vec![(0, 0, DropReason::UnknownMember)]);
}

#[test]
fn a_day_that_takes_no_reports() {
    let mut town = town();
    let (shop, person) = (town.shop, town.person);
    town.world.at(3, 21_600);
    for day in [0, 1, 2, 4, 5, u32::MAX] {
        let delivery = town.world.delivery(shop, day, &[store(person, 1_000)]);
        let (response, _) = town.world.attest(vec![delivery]).unwrap();
        assert_eq!(dropped(&response), vec![(0, 0, DropReason::DayClosed)], "day {day}");
    }
    town.world.sell(shop, 3, &[store(person, 1_000)]);
    // A second before its close day 3 still takes reports.
    town.world.at(4, 21_599);
    town.world.sell(shop, 3, &[store(person, 1_000)]);
    town.world.at(4, 21_600);
    let delivery = town.world.delivery(shop, 3, &[store(person, 1_000)]);
    let (response, _) = town.world.attest(vec![delivery]).unwrap();
    assert_eq!(dropped(&response), vec![(0, 0, DropReason::DayClosed)]);
}

/// Of several faults the receipt's own form is told first, then the merchant, then the customer.
#[test]
fn the_first_fault_is_told() {
    let mut town = town();
    let shop = town.world.register(Kind::Merchant, 1, false)[0];
    let delivery = town.world.delivery(shop, 1, &[store(999, 0), store(999, 1_000)]);
    let (response, _) = town.world.attest(vec![delivery]).unwrap();
    assert_eq!(
        dropped(&response),
        vec![(0, 0, DropReason::ZeroAmount), (0, 1, DropReason::MerchantUnverified)]
    );
}

#[test]
fn drops_are_told_by_delivery_and_item_in_data_and_events() {
    let mut town = town();
    let (shop, person) = (town.shop, town.person);
    let other = town.world.shops(1)[0];
    let one = town.world.delivery(shop, 1, &[store(person, 1_000), store(person, 0)]);
    let two = town.world.delivery(other, 1, &[]);
    let three = town.world.delivery(
        other,
        1,
        &[store(0, 500), store(person, 2_000), store(person, 1_000_001)],
    );
    let (response, told_by) = town.world.attest(vec![one, two, three]).unwrap();
    assert_eq!(
        dropped(&response),
        vec![
            (0, 1, DropReason::ZeroAmount),
            (2, 0, DropReason::UnknownMember),
            (2, 2, DropReason::AmountTooLarge)
        ]
    );
    let text: Vec<String> = told(&told_by)
        .iter()
        .map(|event| {
            event
                .iter()
                .map(|(k, v)| format!("{k}={v}"))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    assert_eq!(
        text,
        vec![
            format!("action=dropped device={shop} sequence=1 item=1 reason=zero_amount"),
            format!("action=attested day=1 merchant={shop} orders=1 bizpower=23809523809523 device={shop} sequence=1"),
            format!("action=dropped device={other} sequence=3 item=0 reason=unknown_member"),
            format!("action=dropped device={other} sequence=3 item=2 reason=amount_too_large"),
            format!(
                "action=attested day=1 merchant={other} orders=1 bizpower=11904761904761 device={other} sequence=3"
            ),
        ]
    );
}

#[test]
fn nothing_at_all_is_lawful() {
    let mut town = town();
    let (response, _) = town.world.attest(vec![]).unwrap();
    assert_eq!(dropped(&response), vec![]);
}

#[test]
fn leaves_of_a_broken_width_are_refused_whole() {
    let mut town = town();
    let delivery = Delivery {
        device: 1,
        subject: Some(town.shop),
        day: 1,
        sequence: 1,
        leaves: Binary::from(vec![0; 26]),
    };
    let refused = town.world.attest(vec![delivery]).map(|_| ());
    let expected = ContractError::BrokenLeaves {
        delivery: 0,
        width: 25,
        actual: 26,
    };
    assert_eq!(refused, Err(expected));
}

#[test]
fn only_the_oracle_reports() {
    let mut town = town();
    let delivery = town.world.delivery(town.shop, 1, &[store(town.person, 1_000)]);
    let msg = ExecuteMsg::Attested {
        deliveries: vec![delivery],
    };
    let expected = town.world.door.clone();
    for actual in [town.world.owner.clone(), account(town.shop), town.world.bzky.clone()] {
        let refused = town.world.send(&actual, &msg).map(|_| ());
        let expected = expected.clone();
        assert_eq!(refused, Err(ContractError::WrongSender { expected, actual }));
    }
}

/// A customer's day that is full to the last minor unit takes no more, and the shop's day is not begun.
#[test]
fn a_sum_that_would_not_fit_drops_the_order() {
    let mut town = town();
    let (shop, person) = (town.shop, town.person);
    let first = town.world.shops(1)[0];
    town.world.sell(first, 1, &[store(person, 1_000)]);
    let full = CustomerShare {
        spending: u64::MAX - 999,
        taken: 0,
    };
    let address = town.world.merchant.clone();
    let mut storage = town.world.app.contract_storage_mut(&address);
    CUSTOMERS.shares.save(&mut *storage, &(person, 1), &full).unwrap();
    let mut totals = CUSTOMERS.days.load(&*storage, &1).unwrap();
    totals.shift(0, 1_000, full.spending.into()).unwrap();
    CUSTOMERS.days.save(&mut *storage, &1, &totals).unwrap();
    drop(storage);

    let delivery = town.world.delivery(shop, 1, &[store(person, 1_000)]);
    let (response, _) = town.world.attest(vec![delivery]).unwrap();
    assert_eq!(dropped(&response), vec![(0, 0, DropReason::AmountTooLarge)]);
    assert_eq!(town.world.day(1).merchants, 1);
    town.world.sell(shop, 1, &[store(person, 999)]);
    assert_eq!(town.world.day(1).spending, Uint128::from(u64::MAX));
    let visits: VisitsResponse = town.world.ask(&QueryMsg::Visits {
        customer: Some(person),
        start_after: Some((person, shop, 0)),
        limit: None,
    });
    assert_eq!(visits.visits[0].small_sum.u64() + visits.visits[0].store_sum.u64(), 999);
    town.world.close(1);
    assert_eq!(town.world.day(1).budget_customers, Uint128::new(10 * UNIT));
    assert!(town.world.pool(Side::Customers).claimable > Uint128::zero());
}
