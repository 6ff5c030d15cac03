//! The worked examples that the VRS paper prints, through the contract.

use super::world::{params, World, ONE};
use vrs_attestation::leaf::Reading;
use vrs_interface::mining::{ExecuteMsg, Method, Params, Product};

const HOUR: u64 = 3_600;
const GB: u64 = 1_000;
const WHOLE_E9: u64 = 1_000_000_000;

/// Reports one reading alone and answers the account's score.
fn score_with(params: Params, method: Method, quantities: [u64; 5]) -> u128 {
    let mut world = World::with(params);
    let reading = Reading {
        method: method as u8,
        account: 1,
        unit: 1,
        quantities,
    };
    assert_eq!(world.report(1, &[reading]), []);
    let day = world.scores(Some(1)).days.remove(0);
    assert_eq!((day.methods.len(), day.methods[0].method), (1, method));
    day.methods[0].score.u128()
}

fn score(method: Method, quantities: [u64; 5]) -> u128 {
    score_with(params(), method, quantities)
}

/// Raw views that give so many points by the steps of the test's rules.
fn views(points: u64) -> u64 {
    (points - 1) * 10
}

#[test]
fn platform_and_server() {
    for (gb, nodes, hours, thousandths) in [
        (200, 1, 3, 875),
        (600, 1, 3, 1_625),
        (600, 2, 3, 2_000),
        (2_000, 6, 24, 38_000),
    ] {
        let expected = thousandths * ONE / 1_000;
        let all = [gb * GB, nodes, hours * HOUR, WHOLE_E9, 0];
        assert_eq!(score(Method::Platform, all), expected, "{gb} GB");
        // A hundredth of the servers, times 1000.
        let part = [gb * GB, nodes, hours * HOUR, WHOLE_E9 / 100, 0];
        assert_eq!(score(Method::Server, part), expected * 10, "{gb} GB");
    }
}

#[test]
fn node() {
    let (pc, mobile) = (1, 2);
    for (hardware, mbps, gb, hours, num, den) in [
        (mobile, 1, 100, 1, 11, 24),
        (mobile, 8, 300, 2, 86, 12),
        (pc, 9, 300, 10, 920, 24),
        (pc, 20, 500, 24, 147, 1),
    ] {
        let got = score(Method::Node, [hardware, mbps, gb * GB, hours * HOUR, 0]);
        assert_eq!(got, num * ONE / den, "{mbps} Mbit/s");
    }
}

#[test]
fn upload() {
    for (downloads, gb, points, expected) in [(5, 5, 3, 40), (15, 5, 5, 70), (15, 20, 5, 73), (50, 20, 10, 153)] {
        let got = score(Method::Upload, [downloads, gb * GB, views(points), 0, 0]);
        assert_eq!(got, expected * ONE, "{downloads} downloads");
    }
}

#[test]
fn content() {
    for (likes, downloads, gb, points, tenths) in [
        (10, 5, 5, 3, 630),
        (10, 15, 5, 5, 810),
        (25, 15, 20, 5, 1_416),
        (50, 50, 20, 10, 2_906),
    ] {
        // Each dislike takes one recommendation away.
        for dislikes in [0, 4] {
            let got = score(
                Method::Content,
                [likes + dislikes, dislikes, downloads, gb * GB, views(points)],
            );
            assert_eq!(got, tenths * ONE / 10, "{likes} recommendations");
        }
    }
}

#[test]
fn streaming_is_gigabytes_times_the_products_factor() {
    for (factor_e9, mb, expected) in [
        (WHOLE_E9, 1_500, 1_500 * ONE / 1_000),
        (WHOLE_E9 / 3, 1_000, 333_333_333 * (ONE / 1_000_000_000)),
        (1, 1, 1_000_000),
    ] {
        let mut world = World::new();
        let products = vec![Product { id: 5, factor_e9 }];
        world
            .run(&world.addr("owner"), ExecuteMsg::SetProducts { products })
            .unwrap();
        let reading = Reading {
            method: 6,
            account: 1,
            unit: 1,
            quantities: [mb, 5, 0, 0, 0],
        };
        assert_eq!(world.report(1, &[reading]), []);
        assert_eq!(world.scores(Some(1)).days[0].methods[0].score.u128(), expected);
    }
}

#[test]
fn the_marginal_switch_counts_each_step_at_its_own_factor() {
    let marginal = || Params {
        marginal: true,
        ..params()
    };
    // D-7: 10 downloads 50, 11 downloads 33; step by step 10 * 5 + 1 * 3.
    let eleven = [11, 0, 0, 0, 0];
    assert_eq!(score(Method::Upload, eleven), (33 + 5) * ONE);
    assert_eq!(score_with(marginal(), Method::Upload, eleven), (53 + 5) * ONE);
    // 499 GB 14.97, 500 GB 10; step by step 50 * 0.05 + 400 * 0.03 = 14.5.
    let traffic = [500 * GB, 0, 24 * HOUR, WHOLE_E9, 0];
    assert_eq!(score(Method::Platform, traffic), 10 * ONE);
    assert_eq!(score_with(marginal(), Method::Platform, traffic), 145 * ONE / 10);
}

#[test]
fn more_views_more_points() {
    for (views, points) in [(0, 1), (9, 1), (10, 2), (89, 9), (90, 10), (u64::MAX, 10)] {
        let got = score(Method::Upload, [0, 0, views, 0, 0]);
        assert_eq!(got, points * 5 * ONE, "{views} views");
    }
    let none = Params {
        view_steps: vec![],
        ..params()
    };
    assert_eq!(score_with(none, Method::Upload, [0, 0, 1_000_000, 0, 0]), 5 * ONE);
}

#[test]
fn each_reading_is_rounded_down_before_they_add_up() {
    let mut world = World::new();
    // 1/24 of 11 three times: 1.375 exactly, but each is rounded down first.
    let readings = [1, 2, 3].map(|unit| Reading {
        method: 3,
        account: 1,
        unit,
        quantities: [2, 1, 0, HOUR, 0],
    });
    assert_eq!(world.report(1, &readings), []);
    let score = world.scores(Some(1)).days[0].methods[0].score.u128();
    assert_eq!(score, 3 * 458_333_333_333_333_333);
    assert_eq!(score, 1_375 * (ONE / 1_000) - 1);
}
