//! Members who want more than their own: borrowed coins, others' addresses, claims made twice.

use cosmwasm_std::Addr;
use vrs_attestation::Kind;
use vrs_interface::access::AccessMsg;
use vrs_interface::{identity, merchant, mining, settlement, token};
use vrs_tests::suite::{sale, Device, Setup, Suite, UNIT};

struct World {
    suite: Suite,
    shops: Vec<(u32, Addr)>,
    customer: u32,
    tills: Vec<Device>,
}

/// Three shops; from day 2 on a tenth of the budget goes by holdings.
fn world() -> World {
    let mut setup = Setup::default();
    setup.params.month_days = 1;
    setup.params.power_bps = vec![10_000, 9_000];
    let mut suite = Suite::with(setup);
    let shops = suite.shops(3);
    let customer = suite.members(identity::Kind::Individual, 1)[0].0;
    let tills = shops
        .iter()
        .map(|(id, _)| suite.device(Kind::Terminal, Some(*id)))
        .collect();
    World {
        suite,
        shops,
        customer,
        tills,
    }
}

impl World {
    /// Every shop sells for 10.00.
    fn trade(&mut self, day: u32) {
        for i in 0..self.tills.len() {
            let receipt = sale(self.customer, u64::from(day), 1_000, false);
            let batch = self.suite.sign(&mut self.tills[i], day, &[receipt]);
            self.suite.submit(vec![batch]);
        }
    }

    fn ids(&self) -> Vec<u32> {
        self.shops.iter().map(|(id, _)| *id).collect()
    }

    fn give(&mut self, from: &Addr, to: &Addr, amount: u128) {
        let bzky = self.suite.at.bzky.clone();
        let msg = token::ExecuteMsg::Transfer {
            recipient: to.to_string(),
            amount: amount.into(),
        };
        self.suite.send(from, &bzky, &msg).unwrap();
    }

    fn day(&self, shop: usize, day: u32) -> merchant::MerchantDay {
        let asked = merchant::QueryMsg::MerchantDay {
            merchant: self.shops[shop].0,
            day,
        };
        let found: Option<merchant::MerchantDay> = self.suite.ask(&self.suite.at.merchant, &asked);
        found.unwrap()
    }

    fn balances(&self) -> Vec<u128> {
        let bzky = &self.suite.at.bzky;
        self.shops
            .iter()
            .map(|(_, account)| self.suite.balance(bzky, account))
            .collect()
    }
}

#[test]
fn coins_that_come_and_go_earn_nothing() {
    let mut world = world();
    let owner = world.suite.owner.clone();
    let [flash, midnight, holder] = [0, 1, 2].map(|i| world.shops[i].1.clone());
    // Day 1: the first shop borrows within one block; the second over midnight, from the last second of
    // day 1 to the first of day 2, and from the last of day 2 to the first of day 3; the third holds.
    world.suite.at(1, 100);
    world.give(&owner, &holder, 10);
    world.give(&owner, &flash, 1_000_000 * UNIT);
    world.give(&flash, &owner, 1_000_000 * UNIT);
    world.suite.at(1, 86_399);
    world.give(&owner, &midnight, 1_000_000 * UNIT);
    world.suite.at(2, 0);
    world.give(&midnight, &owner, 1_000_000 * UNIT);
    world.suite.at(2, 86_399);
    world.give(&owner, &midnight, 1_000_000 * UNIT);
    world.suite.at(3, 0);
    world.give(&midnight, &owner, 1_000_000 * UNIT);
    world.suite.at(3, 40_000);
    world.trade(3);
    for (shop, holding) in [(0, 0), (1, 0), (2, 10)] {
        assert_eq!(world.day(shop, 3).holding.u128(), holding, "shop {shop}");
    }
    // 300 Bzky: 270 by BizPower in three equal parts, all 30 by holdings to the ten units that stayed.
    assert_eq!(world.day(0, 3).reward.u128(), 90 * UNIT);
    assert_eq!(world.day(1, 3).reward.u128(), 90 * UNIT);
    assert_eq!(world.day(2, 3).reward.u128(), 120 * UNIT);
}

#[test]
fn one_members_coins_count_for_him_alone() {
    let mut world = world();
    let at = world.suite.at.clone();
    let [first, second] = [world.shops[0].clone(), world.shops[1].clone()];
    let propose = |address: &Addr, role| identity::ExecuteMsg::ProposeAddress {
        role,
        address: address.to_string(),
    };
    // Being paid where another is paid would count his coins twice.
    for role in [identity::AddressRole::Payout, identity::AddressRole::Account] {
        let error = world
            .suite
            .send(&second.1, &at.identity, &propose(&first.1, role))
            .unwrap_err();
        assert_eq!(error, format!("{} belongs to member {} for good", first.1, first.0));
    }
    // Nor is an address passed on once its member is paid elsewhere.
    let wallet = world.suite.address("wallet");
    let payout = identity::AddressRole::Payout;
    world
        .suite
        .send(&first.1, &at.identity, &propose(&wallet, payout))
        .unwrap();
    let accept = identity::ExecuteMsg::AcceptAddress { member: first.0 };
    world.suite.send(&wallet, &at.identity, &accept).unwrap();
    world
        .suite
        .send(&first.1, &at.identity, &propose(&first.1, payout))
        .unwrap();
    world.suite.send(&first.1, &at.identity, &accept).unwrap();
    let error = world
        .suite
        .send(&second.1, &at.identity, &propose(&wallet, payout))
        .unwrap_err();
    assert_eq!(error, format!("{wallet} belongs to member {} for good", first.0));
}

#[test]
fn nothing_is_claimed_twice() {
    let mut world = world();
    let at = world.suite.at.clone();
    world.suite.at(1, 40_000);
    world.trade(1);
    world.suite.at(4, 21_600);
    let one = world.shops[0].0;
    let error = world
        .suite
        .claim_for(merchant::Side::Merchants, vec![one, world.shops[1].0, one])
        .unwrap_err();
    assert_eq!(error, format!("member {one} stands twice in the list"));
    let relayer = world.suite.relayer.clone();
    let error = world
        .suite
        .send(
            &relayer,
            &at.mining,
            &mining::ExecuteMsg::ClaimFor {
                members: vec![one, one],
            },
        )
        .unwrap_err();
    assert_eq!(error, format!("member {one} stands twice"));
    assert_eq!(world.balances(), [0, 0, 0]);
    // In sequence, by others, by himself, in a list with others: paid once.
    for members in [vec![one], vec![one], world.ids()] {
        world.suite.claim_for(merchant::Side::Merchants, members).unwrap();
    }
    let own = world.shops[0].1.clone();
    world
        .suite
        .send(&own, &at.merchant, &merchant::ExecuteMsg::Claim {})
        .unwrap();
    assert_eq!(world.balances(), [100 * UNIT; 3]);
    world.suite.assert_conserved();
}

#[test]
fn claims_in_any_order_pay_the_same() {
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    let mut seen = vec![];
    for order in orders {
        for at_once in [true, false] {
            let mut world = world();
            for day in 1..=2 {
                world.suite.at(day, 40_000);
                world.trade(day);
                let bonus = sale(world.customer, 90 + u64::from(day), 3_333, true);
                let batch = world.suite.sign(&mut world.tills[1], day, &[bonus]);
                world.suite.submit(vec![batch]);
            }
            let members: Vec<u32> = order.iter().map(|i| world.shops[*i].0).collect();
            let side = merchant::Side::Merchants;
            if at_once {
                world.suite.at(5, 21_600);
                world.suite.claim_for(side, members).unwrap();
            } else {
                // The first claims day 1 as soon as it is final.
                world.suite.at(4, 21_600);
                world.suite.claim_for(side, vec![members[0]]).unwrap();
                world.suite.at(5, 21_600);
                for member in members {
                    world.suite.claim_for(side, vec![member]).unwrap();
                }
            }
            world.suite.assert_conserved();
            let pools: Vec<settlement::Pool> = world.suite.pools(&world.suite.at.merchant);
            seen.push((world.balances(), pools));
        }
    }
    assert!(seen[0].0.iter().all(|paid| *paid > 0));
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:#?}");
}

#[test]
fn a_pause_stops_payouts_and_nothing_else() {
    let mut world = world();
    let at = world.suite.at.clone();
    world.suite.at(1, 40_000);
    world.trade(1);
    world.suite.at(4, 21_600);
    world
        .suite
        .owns(&at.merchant, &merchant::ExecuteMsg::Access(AccessMsg::Pause {}));
    let error = world
        .suite
        .claim_for(merchant::Side::Merchants, world.ids())
        .unwrap_err();
    assert_eq!(error, "paused: payouts and new promises wait until the owner unpauses");
    // Receipts count, days close by their clock, tokens move. All customers of day 1 came for the first
    // time, so that on day 4 only those weigh who do so again.
    world.customer = world.suite.members(identity::Kind::Individual, 1)[0].0;
    world.trade(4);
    let (owner, first) = (world.suite.owner.clone(), world.shops[0].1.clone());
    world.give(&owner, &first, 7);
    world.give(&first, &owner, 7);
    world.suite.at(7, 21_600);
    let day: merchant::TradeDayResponse = world.suite.ask(&at.merchant, &merchant::QueryMsg::Day { day: 4 });
    assert_eq!(day.merchant_programme.stage, vrs_days::Stage::Final);
    assert_eq!(world.suite.pools(&at.merchant)[0].claimable.u128(), (300 + 270) * UNIT);
    world
        .suite
        .owns(&at.merchant, &merchant::ExecuteMsg::Access(AccessMsg::Unpause {}));
    world.suite.claim_for(merchant::Side::Merchants, world.ids()).unwrap();
    // 100 for day 1; of day 4 nine tenths of 100: nobody held anything on day 3.
    assert_eq!(world.balances(), [190 * UNIT; 3]);
    world.suite.assert_conserved();
}

/// Final is final: a removal stops what is to come, not what was earned.
#[test]
fn removed_members_are_paid_what_is_final() {
    let mut world = world();
    let at = world.suite.at.clone();
    world.suite.at(1, 40_000);
    world.trade(1);
    world.suite.at(2, 40_000);
    for member in world.ids().into_iter().chain([world.customer]) {
        let mark = identity::ExecuteMsg::Mark {
            member,
            severity: 5,
            reason: "wash trading".into(),
            until: None,
            penalty: identity::Penalty::Removal {},
        };
        world.suite.owns(&at.identity, &mark);
    }
    world.trade(2);
    let later: Option<merchant::MerchantDay> = world.suite.ask(
        &at.merchant,
        &merchant::QueryMsg::MerchantDay {
            merchant: world.shops[0].0,
            day: 2,
        },
    );
    assert_eq!(later, None);
    world.suite.at(5, 21_600);
    world.suite.claim_for(merchant::Side::Merchants, world.ids()).unwrap();
    world
        .suite
        .claim_for(merchant::Side::Customers, vec![world.customer])
        .unwrap();
    assert_eq!(world.balances(), [100 * UNIT; 3]);
    let pools = world.suite.pools(&at.merchant);
    assert_eq!(pools[1].paid.u128(), 10 * UNIT);
    world.suite.assert_conserved();
}
