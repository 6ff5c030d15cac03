//! What the owner, arbiters and members change on the way still verifies, and is told.

use super::agrees::two_days;
use super::world::World;
use crate::agent::{DeviceKey, Log};
use crate::chain::Name;
use crate::deploy::merchant_params;
use crate::economy;
use cosmwasm_std::{to_json_binary, Uint128};
use std::path::Path;
use vrs_attestation::{Kind, Measured, Reading};
use vrs_interface::identity::AddressRole;
use vrs_interface::merchant::{Budget, ExecuteMsg, Params, Side};
use vrs_interface::mining::{self, Method, MethodBudget, Product};
use vrs_interface::oracle;
use vrs_interface::{identity, token};

const COIN: u128 = 1_000_000;

fn params() -> Params {
    merchant_params(&economy::parse(Path::new("test"), "").expect("economy"))
}

/// One shop sells to one customer, each day once.
struct Street {
    world: World,
    shop: u32,
    till: u32,
    customer: u32,
}

fn street(economy: &str) -> Street {
    let mut world = World::new(economy);
    let (shop, till) = world.shop(1);
    let customer = world.customer(1);
    Street {
        world,
        shop,
        till,
        customer,
    }
}

impl Street {
    fn day(&mut self, day: u32) {
        self.world.at(day, 12);
        self.world
            .sell(self.till, day, &[(self.customer, 1_000 + u64::from(day), false)]);
    }

    fn claim(&mut self) {
        self.world.claim(Side::Merchants, &[self.shop]);
        self.world.claim(Side::Customers, &[self.customer]);
    }
}

#[test]
fn rules_set_cut_and_planned() {
    let mut street = street("");
    street.day(1);
    let mut lower = params();
    lower.merchants.per_head = Uint128::new(50 * COIN);
    lower.level_bounds = vec![Uint128::new(1)];
    street
        .world
        .own(Name::Merchant, &ExecuteMsg::SetParams { params: lower.clone() });
    street.day(2);
    let mut raised = lower.clone();
    raised.customers.per_head = Uint128::new(20 * COIN);
    raised.min_order = 2_000;
    street
        .world
        .own(Name::Merchant, &ExecuteMsg::SetParams { params: raised });
    let told = street.world.verify();
    assert!(told.contains("rules of merchant changed"), "{told}");
    street.day(3);
    let budget = Budget {
        per_head: Uint128::new(5 * COIN),
        ..lower.customers
    };
    let cut = ExecuteMsg::CutBudget {
        side: Side::Customers,
        budget,
    };
    street.world.own(Name::Merchant, &cut);
    for day in 4..=11 {
        street.day(day);
    }
    street.claim();
    let told = street.world.verify();
    assert!(told.contains("Nothing was skipped."), "{told}");
}

#[test]
fn mining_rules_and_factors() {
    let mut world = World::new("");
    let (miner, meter) = world.miner(1);
    let set = |factor_e9| mining::ExecuteMsg::SetProducts {
        products: vec![Product { id: 5, factor_e9 }],
    };
    world.own(Name::Mining, &set(1_000_000_000));
    let reading = |unit| {
        let streamed = vrs_attestation::leaf::Streamed {
            streamed_mb: 5_000,
            product: 5,
        };
        Reading::new(miner, unit, Measured::Streaming(streamed))
    };
    world.at(1, 5).meter(meter, 1, &[reading(1)]);
    world.own(Name::Mining, &set(3_000_000_000));
    let cut = |vrs: u128| mining::ExecuteMsg::CutBudget {
        budget: MethodBudget {
            method: Method::Streaming,
            hp: Uint128::zero(),
            vrs: Uint128::new(vrs * COIN),
        },
    };
    world.own(Name::Mining, &cut(40_000));
    world.at(2, 7).meter(meter, 2, &[reading(1)]);
    // Day 1 is closed by now: this one holds from day 2 on.
    world.own(Name::Mining, &cut(30_000));
    world.at(3, 8);
    let mut params = crate::deploy::mining_params(&economy::parse(Path::new("test"), "").expect("economy"));
    params.view_steps = vec![7];
    params.budgets.retain(|budget| budget.method != Method::Streaming);
    world.own(Name::Mining, &mining::ExecuteMsg::SetParams { params });
    world.at(4, 8).meter(meter, 4, &[reading(1)]);
    world.at(7, 8);
    world.claim_mined(&[miner]);
    let told = world.verify();
    assert!(told.contains("rules of mining changed"), "{told}");
    assert!(told.contains("factors of 1 streaming products changed"), "{told}");
}

#[test]
fn costs_attested_again() {
    let mut street = street("");
    let rate = |amount| vec![vrs_interface::merchant::Rate { id: 1, amount }];
    street.day(1);
    street
        .world
        .operate(Name::Merchant, &ExecuteMsg::SetDistricts { rates: rate(300) });
    street.day(2);
    let profiles = vec![vrs_interface::merchant::Profile {
        merchant: street.shop,
        area: 700,
        staff: 5,
        district: 1,
        trade: 1,
    }];
    street
        .world
        .operate(Name::Merchant, &ExecuteMsg::SetProfiles { profiles });
    for day in 3..=6 {
        street.day(day);
    }
    street
        .world
        .operate(Name::Merchant, &ExecuteMsg::SetTrades { rates: rate(20_000) });
    street
        .world
        .operate(Name::Merchant, &ExecuteMsg::SetDistricts { rates: rate(250) });
    street.day(7);
    let told = street.world.verify();
    assert!(
        told.contains("costs of days that the profile query no longer tells are taken from the"),
        "{told}"
    );
    assert!(told.contains("Nothing was skipped."), "{told}");
}

#[test]
fn taken_back_then_refilled() {
    let mut world = two_days();
    world.at(3, 8);
    let shop = world.book.find(crate::chain::Party::Merchant, 2).expect("shop").member;
    let buyers: Vec<u32> = [1, 2]
        .map(|id| {
            world
                .book
                .find(crate::chain::Party::Customer, id)
                .expect("buyer")
                .member
        })
        .into();
    let msg = ExecuteMsg::TakeBack {
        merchant: shop,
        day: 2,
        customers: buyers.clone(),
    };
    world.operate(Name::Merchant, &msg);
    world.verify();
    world.at(5, 7);
    world.claim(Side::Merchants, &[shop]);
    world.claim(Side::Customers, &buyers);
    world.verify();
    for side in [Side::Merchants, Side::Customers] {
        let amount = Uint128::new(COIN);
        world.own(Name::Merchant, &ExecuteMsg::Refill { side, amount });
    }
    let told = world.verify();
    assert!(
        told.contains("pool bzky_merchants: 1000000 base units were recovered and put in again"),
        "{told}"
    );
}

#[test]
fn pools_that_run_dry_and_windows_that_bite() {
    let economy =
        "[rewards.merchants]\npool = 250\n[rewards.customers]\npool = 1000\nwindow_days = 3\nper_window = 25\n";
    let mut street = street(economy);
    for day in 1..=8 {
        street.day(day);
        if day == 5 {
            let amount = Uint128::new(40 * COIN);
            let msg = to_json_binary(&vrs_interface::merchant::ReceiveMsg::Fund {}).expect("json");
            let contract = street.world.chain.address(Name::Merchant).expect("address").to_string();
            let treasury = street.world.accounts.treasury.clone();
            let send = token::ExecuteMsg::Send { contract, amount, msg };
            street.world.chain.submit(&treasury, Name::Bzky, &send).expect("funded");
        }
    }
    street.world.verify();
    street.world.at(11, 7);
    street.claim();
    let told = street.world.verify();
    assert!(told.contains("Nothing was skipped."), "{told}");
}

#[test]
fn keys_rotate_and_addresses_move() {
    let mut street = street("[rewards]\npower_bps = [5000]\n");
    street.day(1);
    street.day(2);
    let key = DeviceKey::test(9, "next");
    let rotate = oracle::ExecuteMsg::RotateKey {
        device: street.till,
        key: oracle::DeviceKey::Ed25519(key.public().as_bytes().into()),
        from: 3,
    };
    let owner = street.world.chain.account("merchant 1").expect("account");
    street
        .world
        .chain
        .submit(&owner, Name::Oracle, &rotate)
        .expect("rotated");
    street.world.at(3, 1);
    // The new key goes on with the old one's numbers.
    let mut log = Log::memory();
    let oracle_address = street.world.chain.address(Name::Oracle).expect("oracle").to_string();
    for sequence in 1..=2u32 {
        let mut batch = vrs_attestation::Batch::new(Kind::Terminal, street.till, 1, sequence, [0; 16]);
        batch
            .push(&vrs_attestation::Receipt {
                customer: 1,
                number: u64::from(sequence),
                amount: 1,
                time: 0,
                channel: 1,
            })
            .expect("leaf");
        let unsigned = batch.unsigned().expect("batch");
        let message = unsigned.signing_bytes("x", &oracle_address).expect("message");
        log.append(&unsigned.seal(&key.sign(&message).expect("signed")))
            .expect("logged");
    }
    street.world.give_key(street.till, Kind::Terminal, key, log);
    for day in 3..=6 {
        street.day(day);
    }
    street.claim();
    // Paid elsewhere from day 6 on: which address counted before is no longer known.
    let propose = identity::ExecuteMsg::ProposeAddress {
        role: AddressRole::Payout,
        address: street.world.chain.account("elsewhere").expect("account").to_string(),
    };
    street
        .world
        .chain
        .submit(&owner, Name::Identity, &propose)
        .expect("proposed");
    let elsewhere = street.world.chain.account("elsewhere").expect("account");
    let accept = identity::ExecuteMsg::AcceptAddress { member: street.shop };
    street
        .world
        .chain
        .submit(&elsewhere, Name::Identity, &accept)
        .expect("accepted");
    for day in 7..=9 {
        street.day(day);
    }
    street.claim();
    let told = street.world.verify();
    assert!(
        told.contains("5  the balances of the day before are no longer answered for that address"),
        "{told}"
    );
}

#[test]
fn gifts_and_spent_points() {
    let mut street = street("");
    street.day(1);
    street.world.at(4, 7);
    street.claim();
    let shop = street.world.chain.account("merchant 1").expect("account");
    let merchant = street.world.chain.address(Name::Merchant).expect("address").to_string();
    let amount = Uint128::new(3);
    let gift = token::ExecuteMsg::Transfer {
        recipient: merchant,
        amount,
    };
    street.world.chain.submit(&shop, Name::Bzky, &gift).expect("given");
    let burn = token::ExecuteMsg::Burn { amount };
    street.world.chain.submit(&shop, Name::Bzky, &burn).expect("burnt");
    let customer = street.world.chain.account("customer 1").expect("account");
    let burn = vrs_interface::points::ExecuteMsg::Burn { amount };
    street.world.chain.submit(&customer, Name::Time, &burn).expect("spent");
    let told = street.world.verify();
    assert!(
        told.contains("merchant holds 3 base units of bzky more than its pool counts: donations"),
        "{told}"
    );
}
