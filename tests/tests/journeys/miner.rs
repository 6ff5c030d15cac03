//! A miner's week: six methods, paid in HP and VRS.

use vrs_attestation::leaf::{Hosting, Measured, NodeWork, Popularity, Reading, Streamed, Uploaded};
use vrs_attestation::Kind;
use vrs_interface::attested::{DropReason, DroppedItem};
use vrs_interface::mining::{ExecuteMsg, Product, QueryMsg, ScoresResponse};
use vrs_interface::{identity, oracle};
use vrs_tests::suite::{Suite, UNIT};

const GB: u64 = 1_000;
const HOUR: u64 = 3_600;
const WHOLE: u64 = 1_000_000_000;
/// Raw views that are worth three view points: the steps lie at 10 and 30, the next at 100.
const THREE_POINTS: u64 = 30;

fn hosting(gb: u64, share_e9: u64) -> Hosting {
    Hosting {
        traffic_mb: gb * GB,
        nodes: 1,
        seconds: 3 * HOUR,
        share_e9,
    }
}

/// A mobile with 1 Mbit/s and 100 GB for an hour: 11/24 by the paper.
fn mobile() -> Measured {
    Measured::Node(NodeWork {
        hardware: 2,
        mbps: 1,
        storage_mb: 100 * GB,
        seconds: HOUR,
    })
}

fn channel(recommendations: u64, dislikes: u64) -> Measured {
    Measured::Content(Popularity {
        recommendations,
        dislikes,
        downloads: 5,
        size_mb: 5 * GB,
        views: THREE_POINTS,
    })
}

fn streamed(streamed_mb: u64) -> Measured {
    Measured::Streaming(Streamed {
        streamed_mb,
        product: 7,
    })
}

#[test]
fn a_miners_week() {
    let mut suite = Suite::new();
    let people = suite.members(identity::Kind::Individual, 2);
    let [ann, bob] = [0, 1].map(|i| people[i].0);
    let mut meter = suite.device(Kind::Meter, None);
    let mining = suite.at.mining.clone();
    let products = vec![Product {
        id: 7,
        factor_e9: WHOLE,
    }];
    suite.owns(&mining, &ExecuteMsg::SetProducts { products });

    // The same readings every day for a week. Scores as the paper prints them; each method has 6,000 HP
    // and 4,000 VRS a day:
    //
    //             Ann                    Bob              HP of Ann, Bob    VRS of Ann, Bob
    // platform    200 GB: 0.875          -                6,000      0      4,000          0
    // server      200 GB: 8.75           600 GB: 16.25    2,100  3,900      1,400          2,600   (7 : 13)
    // node        two mobiles: 2 * 11/24 one: 11/24       4,000  2,000      2,666.666666   1,333.333333
    // upload      5 downloads: 40        -                6,000      0      4,000          0
    // content     10 likes: 63           14 less 4: 63    3,000  3,000      2,000          2,000
    // streaming   1.5 GB                 0.5 GB           4,500  1,500      3,000          1,000
    //                                              sum   25,600 10,400     17,066.666666  6,933.333333
    let upload = Measured::Upload(Uploaded {
        downloads: 5,
        size_mb: 5 * GB,
        views: THREE_POINTS,
    });
    let readings = [
        Reading::new(ann, 1, Measured::Platform(hosting(200, WHOLE))),
        Reading::new(ann, 1, Measured::Server(hosting(200, WHOLE / 100))),
        Reading::new(bob, 1, Measured::Server(hosting(600, WHOLE / 100))),
        Reading::new(ann, 1, mobile()),
        Reading::new(ann, 2, mobile()),
        Reading::new(bob, 1, mobile()),
        Reading::new(ann, 1, upload),
        Reading::new(ann, 1, channel(10, 0)),
        Reading::new(bob, 1, channel(14, 4)),
        Reading::new(ann, 1, streamed(1_500)),
        Reading::new(bob, 1, streamed(500)),
    ];
    for day in 1..=7 {
        suite.at(day, 80_000);
        let batch = suite.sign(&mut meter, day, &readings);
        let counted = oracle::Outcome::Accepted {
            items: 11,
            dropped: vec![],
        };
        assert_eq!(suite.submit(vec![batch]), [counted], "day {day}");
    }

    // A second meter reports one of Ann's mobiles once more, with a longer day: the unit has its reading. The
    // new mobile beside it falls as well, for its 25 hours.
    let mut other = suite.device(Kind::Meter, None);
    let work = |seconds| {
        Measured::Node(NodeWork {
            hardware: 2,
            mbps: 1,
            storage_mb: 100 * GB,
            seconds,
        })
    };
    let batch = suite.sign(
        &mut other,
        7,
        &[
            Reading::new(ann, 2, work(24 * HOUR)),
            Reading::new(ann, 3, work(25 * HOUR)),
        ],
    );
    let fell = |item, reason| DroppedItem {
        delivery: 0,
        item,
        reason,
    };
    let outcome = oracle::Outcome::Accepted {
        items: 2,
        dropped: vec![
            fell(0, DropReason::DuplicateReading),
            fell(1, DropReason::QuantityOutOfRange),
        ],
    };
    assert_eq!(suite.submit(vec![batch]), [outcome]);

    // Ann's first day, by method.
    let asked = QueryMsg::Scores {
        account: Some(ann),
        start_after: None,
        limit: Some(1),
    };
    let scores: ScoresResponse = suite.ask(&mining, &asked);
    let e18 = |thousandths: u128| thousandths * 1_000_000_000_000_000;
    let seen: Vec<u128> = scores.days[0].methods.iter().map(|one| one.score.u128()).collect();
    // A mobile's 11/24 = 0.458333333333333333 is rounded down before the two add up.
    let mobiles = 2 * 458_333_333_333_333_333;
    assert_eq!(
        seen,
        [e18(875), e18(8_750), mobiles, e18(40_000), e18(63_000), e18(1_500)]
    );

    // Day 7 is final on day 10, 06:00; a second before, six days are.
    let (hp, vrs) = (suite.at.hp.clone(), suite.at.vrs.clone());
    let claim = ExecuteMsg::ClaimFor {
        members: vec![ann, bob],
    };
    let relayer = suite.relayer.clone();
    suite.at(10, 21_599);
    suite.send(&relayer, &mining, &claim).unwrap();
    let held = |suite: &Suite, who: usize| (suite.balance(&hp, &people[who].1), suite.balance(&vrs, &people[who].1));
    assert_eq!(held(&suite, 0), (6 * 25_600 * UNIT, 6 * 17_066_666_666));
    assert_eq!(held(&suite, 1), (6 * 10_400 * UNIT, 6 * 6_933_333_333));
    suite.at(10, 21_600);
    suite
        .send(&people[0].1.clone(), &mining, &ExecuteMsg::Claim {})
        .unwrap();
    suite.send(&relayer, &mining, &claim).unwrap();
    assert_eq!(held(&suite, 0), (7 * 25_600 * UNIT, 7 * 17_066_666_666));
    assert_eq!(held(&suite, 1), (7 * 10_400 * UNIT, 7 * 6_933_333_333));

    // Each day 4,000 VRS by thirds left a unit: seven are recovered. HP came out even.
    let [hp, vrs] = [0, 1].map(|i| suite.pools(&mining)[i].clone());
    assert_eq!(
        (hp.paid.u128(), hp.claimable.u128(), hp.recovered.u128()),
        (7 * 36_000 * UNIT, 0, 0)
    );
    assert_eq!(
        (vrs.paid.u128(), vrs.claimable.u128(), vrs.recovered.u128()),
        (7 * 24_000 * UNIT - 7, 0, 7)
    );
    suite.assert_conserved();
}
