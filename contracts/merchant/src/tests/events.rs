//! Names and attributes of events are an interface: a change here breaks who indexes them.

use crate::events::{next_page, Event, RateKind};
use cosmwasm_std::{attr, Event as CosmosEvent, Uint128};
use vrs_interface::attested::DropReason;
use vrs_interface::merchant::{Budget, Profile, Rate, Side};

fn text(event: Event) -> String {
    let event = CosmosEvent::from(event);
    let attributes: Vec<String> = event
        .attributes
        .iter()
        .map(|a| format!("{}={}", a.key, a.value))
        .collect();
    format!("{}: {}", event.ty, attributes.join(" "))
}

#[test]
fn golden() {
    let (side, other) = (Side::Merchants, Side::Customers);
    let profile = Profile {
        merchant: 1,
        area: 2,
        staff: 3,
        district: 4,
        trade: 5,
    };
    let budget = Budget {
        per_head: Uint128::new(1),
        max: Uint128::new(2),
        window_days: 3,
        per_window: Uint128::new(4),
    };
    let rate = Rate { id: 6, amount: 7 };
    let events = vec![
        Event::Access(vec![attr("action", "pause")]),
        Event::Created {
            owner: "a".into(),
            identity: "b".into(),
            oracle: "c".into(),
            bzky: "d".into(),
            time: "e".into(),
        },
        Event::Migrated {
            from: "1".into(),
            to: "2".into(),
        },
        Event::Attested {
            day: 1,
            merchant: 2,
            orders: 3,
            bizpower: 4,
            device: 5,
            sequence: 6,
        },
        Event::Dropped {
            device: 5,
            sequence: 6,
            item: 7,
            reason: DropReason::TradeLimit,
        },
        Event::DayClosed {
            side,
            day: 1,
            participants: 2,
            budget: 3,
            reserved: 4,
        },
        Event::Claimed {
            side: other,
            member: 1,
            amount: 2,
            through: 3,
        },
        Event::TakenBack {
            side,
            member: 1,
            merchant: 2,
            day: 3,
            amount: 4,
        },
        Event::Funded {
            side,
            amount: 1,
            funded: 2,
        },
        Event::Refilled { side: other, amount: 1 },
        Event::ProfileSet { profile, from: 6 },
        Event::RateSet {
            kind: RateKind::District,
            rate,
            from: 8,
        },
        Event::RateSet {
            kind: RateKind::Trade,
            rate,
            from: 0,
        },
        Event::ParamsSet { from: 1, dropped: None },
        Event::ParamsSet {
            from: 1,
            dropped: Some(2),
        },
        Event::BudgetCut { side, budget },
        Event::Pruned {
            what: "visits",
            removed: 1,
            unclaimed: 2,
            next: next_page(Some((3u32, 4u32, 5u32))).unwrap(),
        },
        Event::Pruned {
            what: "merchants",
            removed: 1,
            unclaimed: 2,
            next: next_page(None::<(u32, u32)>).unwrap(),
        },
    ];
    let expected = [
        "vrs_merchant: v=1 action=pause",
        "vrs_merchant: v=1 action=create owner=a identity=b oracle=c bzky=d time=e",
        "vrs_merchant: v=1 action=migrate from=1 to=2",
        "vrs_merchant: v=1 action=attested day=1 merchant=2 orders=3 bizpower=4 device=5 sequence=6",
        "vrs_merchant: v=1 action=dropped device=5 sequence=6 item=7 reason=trade_limit",
        "vrs_merchant: v=1 action=day_closed side=merchants day=1 participants=2 budget=3 reserved=4",
        "vrs_merchant: v=1 action=claimed side=customers member=1 amount=2 through=3",
        "vrs_merchant: v=1 action=taken_back side=merchants member=1 merchant=2 day=3 amount=4",
        "vrs_merchant: v=1 action=funded side=merchants amount=1 funded=2",
        "vrs_merchant: v=1 action=refilled side=customers amount=1",
        "vrs_merchant: v=1 action=profile_set merchant=1 area=2 staff=3 district=4 trade=5 from=6",
        "vrs_merchant: v=1 action=rate_set kind=district id=6 amount=7 from=8",
        "vrs_merchant: v=1 action=rate_set kind=trade id=6 amount=7 from=0",
        "vrs_merchant: v=1 action=params_set from=1",
        "vrs_merchant: v=1 action=params_set from=1 dropped=2",
        "vrs_merchant: v=1 action=budget_cut side=merchants per_head=1 max=2 window_days=3 per_window=4",
        "vrs_merchant: v=1 action=pruned what=visits removed=1 unclaimed=2 next=[3,4,5]",
        "vrs_merchant: v=1 action=pruned what=merchants removed=1 unclaimed=2",
    ];
    let told: Vec<String> = events.into_iter().map(text).collect();
    assert_eq!(told, expected);
}
