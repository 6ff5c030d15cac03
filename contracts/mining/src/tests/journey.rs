//! The straight path: readings, a day that closes by itself, claims.

use super::world::{node, upload, World, ONE};
use vrs_days::Stage;
use vrs_interface::mining::{ExecuteMsg, Method, QueryMsg};
use vrs_interface::settlement::{DayResponse, SimulateClaimResponse};

#[test]
fn a_day_from_reading_to_payment() {
    let mut world = World::new();
    // Two mobiles of member 1, one of member 2: 81/24 an hour, rounded down for each, 3.375 an hour.
    assert_eq!(world.report(1, &[node(1, 1, 8), node(1, 2, 8), node(2, 3, 8)]), []);
    // Member 2 shares a file: 10 downloads at 5 and one view point at 5.
    assert_eq!(world.report(1, &[upload(2, 9, 10)]), []);
    let days = world.scores(None).days;
    assert_eq!(days.len(), 2);
    assert_eq!(days[0].methods[0].score.u128(), 54 * ONE);
    assert_eq!(
        days[1]
            .methods
            .iter()
            .map(|m| (m.method, m.score.u128()))
            .collect::<Vec<_>>(),
        [(Method::Node, 27 * ONE), (Method::Upload, 55 * ONE)]
    );
    // As if the day closed now.
    assert_eq!(days[0].methods[0].reward_hp.u128(), 666);
    let day: DayResponse = world.ask(QueryMsg::Day { day: 1 });
    assert_eq!((day.stage, day.participants, day.tranches.len()), (Stage::Open, 2, 4));
    assert_eq!(day.reserved, []);

    world.go(1, Stage::Provisional);
    let day: DayResponse = world.ask(QueryMsg::Day { day: 1 });
    assert_eq!(day.stage, Stage::Provisional);
    assert_eq!(
        day.reserved,
        [
            ("hp_mining".to_string(), 2_000u128.into()),
            ("vrs_mining".to_string(), 1_000u128.into())
        ]
    );
    let [hp, vrs] = world.pools();
    assert_eq!((hp.claimable.u128(), hp.remaining.u128()), (2_000, 998_000));
    assert_eq!((vrs.claimable.u128(), vrs.remaining.u128()), (1_000, 999_000));
    world.claim(&[1, 2]).unwrap();
    assert_eq!(world.got(1), (0, 0));

    world.go(1, Stage::Final);
    let simulated: SimulateClaimResponse = world.ask(QueryMsg::SimulateClaim { member: 1 });
    assert_eq!(
        simulated.amounts,
        [
            ("hp_mining".to_string(), 666u128.into()),
            ("vrs_mining".to_string(), 333u128.into())
        ]
    );
    world.claim(&[1]).unwrap();
    let own = world.addr("m2");
    world.run(&own, ExecuteMsg::Claim {}).unwrap();
    assert_eq!((world.got(1), world.got(2)), ((666, 333), (1_333, 666)));
    let [hp, vrs] = world.pools();
    assert_eq!((hp.claimable.u128(), hp.recovered.u128()), (0, 1));
    assert_eq!((vrs.claimable.u128(), vrs.recovered.u128()), (0, 1));
    assert!(world.scores(None).days.iter().all(|day| day.claimed));
}
