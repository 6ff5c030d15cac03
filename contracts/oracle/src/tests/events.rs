//! Golden: every event, with its attributes in their order.

use crate::events::Event;
use crate::state::Quote;
use cosmwasm_std::{attr, Addr, Binary};
use vrs_interface::attested::{DropReason, DroppedItem};
use vrs_interface::oracle::*;

fn told(event: Event) -> String {
    let event: cosmwasm_std::Event = event.into();
    assert_eq!(event.ty, "vrs_oracle");
    let attributes: Vec<String> = event
        .attributes
        .iter()
        .map(|attribute| format!("{}={}", attribute.key, attribute.value))
        .collect();
    attributes.join(" ")
}

fn batch(outcome: Outcome) -> String {
    told(Event::Batch {
        position: 4,
        claim: Some((7, 12, 3)),
        root: Some([0; 32]),
        outcome,
    })
}

const BATCH: &str =
    "v=1 action=batch position=4 device=7 sequence=12 day=3 root=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

#[test]
fn settings() {
    let addr = Addr::unchecked;
    for (event, expected) in [
        (Event::Access(vec![attr("action", "pause")]), "v=1 action=pause"),
        (
            Event::Instantiate {
                owner: addr("o"),
                history_days: 180,
            },
            "v=1 action=instantiate owner=o history_days=180",
        ),
        (
            Event::SetConsumer {
                kind: DeviceKind::Terminal,
                contract: Some(addr("c")),
            },
            "v=1 action=set_consumer kind=terminal contract=c",
        ),
        (
            Event::SetConsumer {
                kind: DeviceKind::Health,
                contract: None,
            },
            "v=1 action=set_consumer kind=health",
        ),
        (
            Event::SetFeed {
                symbol: 1,
                name: "MVC/KRW".into(),
                params: FeedParams {
                    max_age: 2,
                    max_jump_bps: 3,
                    min_sources: 4,
                },
            },
            "v=1 action=set_feed symbol=1 name=MVC/KRW max_age=2 max_jump_bps=3 min_sources=4",
        ),
        (
            Event::SetFeedSource {
                symbol: 1,
                device: 2,
                feeds: true,
            },
            "v=1 action=set_feed_source symbol=1 device=2 feeds=true",
        ),
        (
            Event::Price {
                symbol: 1,
                device: 2,
                quote: Quote { price: 3, time: 4 },
            },
            "v=1 action=price symbol=1 device=2 price=3 time=4",
        ),
        (
            Event::Prune {
                looked: 9,
                removed: 2,
                next: Some((7, 12)),
            },
            "v=1 action=prune looked=9 removed=2 next=7/12",
        ),
        (
            Event::Prune {
                looked: 9,
                removed: 2,
                next: None,
            },
            "v=1 action=prune looked=9 removed=2",
        ),
    ] {
        assert_eq!(told(event), expected);
    }
}

#[test]
fn devices() {
    let addr = Addr::unchecked;
    let register = |kind, subject, key| Event::RegisterDevice {
        device: 1,
        kind,
        subject,
        owner: addr("o"),
        key,
    };
    let (ed, secp) = (
        DeviceKey::Ed25519(Binary::from(b"abc")),
        DeviceKey::Secp256k1(Binary::from(b"def")),
    );
    for (event, expected) in [
        (
            register(DeviceKind::Meter, Some(5), ed),
            "v=1 action=register_device device=1 kind=meter subject=5 owner=o scheme=ed25519 key=YWJj",
        ),
        (
            register(DeviceKind::Bank, None, secp.clone()),
            "v=1 action=register_device device=1 kind=bank owner=o scheme=secp256k1 key=ZGVm",
        ),
        (
            Event::RotateKey {
                device: 1,
                key: secp,
                from: 9,
            },
            "v=1 action=rotate_key device=1 from=9 scheme=secp256k1 key=ZGVm",
        ),
        (
            Event::RevokeDevice {
                device: 1,
                by: addr("g"),
            },
            "v=1 action=revoke_device device=1 by=g",
        ),
        (
            Event::SetCaps {
                device: 1,
                caps: DeviceCaps { items: 2, amount: 3 },
            },
            "v=1 action=set_caps device=1 items=2 amount=3",
        ),
    ] {
        assert_eq!(told(event), expected);
    }
}

#[test]
fn batches() {
    let dropped = vec![
        DroppedItem {
            delivery: 4,
            item: 0,
            reason: DropReason::ZeroAmount,
        },
        DroppedItem {
            delivery: 4,
            item: 3,
            reason: DropReason::TradeLimit,
        },
    ];
    let reason = RefuseReason::DayClosed;
    for (outcome, expected) in [
        (
            Outcome::Accepted {
                items: 5,
                dropped: vec![],
            },
            "outcome=accepted items=5",
        ),
        (
            Outcome::Accepted {
                items: 5,
                dropped: dropped.clone(),
            },
            "outcome=accepted items=5 dropped=0:zero_amount,3:trade_limit",
        ),
        (
            Outcome::Repeat {
                first: FirstOutcome::Accepted { items: 5, dropped },
            },
            "outcome=repeat items=5 dropped=0:zero_amount,3:trade_limit",
        ),
        (
            Outcome::Repeat {
                first: FirstOutcome::Refused { reason },
            },
            "outcome=repeat reason=day_closed",
        ),
        (Outcome::Gap { expected: 9 }, "outcome=gap expected=9"),
        (
            Outcome::Conflict {
                taken: Binary::from(b"abc"),
            },
            "outcome=conflict taken=YWJj",
        ),
        (Outcome::Stale { expected: 9 }, "outcome=stale expected=9"),
        (Outcome::Refused { reason }, "outcome=refused reason=day_closed"),
    ] {
        assert_eq!(batch(outcome), format!("{BATCH} {expected}"));
    }
    assert_eq!(
        told(Event::Batch {
            position: 0,
            claim: None,
            root: None,
            outcome: Outcome::Refused {
                reason: RefuseReason::Malformed
            },
        }),
        "v=1 action=batch position=0 outcome=refused reason=malformed"
    );
}
