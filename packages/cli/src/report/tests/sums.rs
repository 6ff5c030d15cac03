use super::{pool, sample};
use crate::report::data::PoolData;
use crate::report::render;
use crate::report::view;

#[test]
fn parts_that_add_up_have_a_tick() {
    let sum = view::pool(&pool(325_299_998_367));
    assert!(sum.holds && sum.assigned_holds, "{sum:?}");
    let page = render(&sample(31)).expect("a page");
    assert!(page.contains("Every pool adds up, to the last unit."));
    assert!(!page.contains('✗'), "a cross without a reason");
}

#[test]
fn one_unit_too_few_has_a_cross() {
    let short = PoolData {
        remaining: pool(5).remaining - 1,
        ..pool(5)
    };
    let sum = view::pool(&short);
    assert!(!sum.holds, "{sum:?}");
    assert_eq!(sum.difference, "0.000001 missing");
    let mut data = sample(31);
    data.pools[0] = short;
    let page = render(&data).expect("a page");
    assert!(page.contains("At least one pool does not add up."));
    assert!(page.contains("The parts are not what was put in: 0.000001 missing."));
    assert!(!page.contains("Every pool adds up"), "both a tick and a cross");
}

#[test]
fn one_unit_too_many_has_a_cross() {
    let sum = view::pool(&PoolData {
        claimable: 1,
        ..pool(5)
    });
    assert!(!sum.holds, "{sum:?}");
    assert_eq!(sum.difference, "0.000001 too much");
}

#[test]
fn rewards_that_are_not_what_was_paid_have_a_cross() {
    let mut data = sample(31);
    data.pools[0].assigned = Some(1);
    let sum = view::pool(&data.pools[0]);
    assert!(sum.holds && !sum.assigned_holds, "{sum:?}");
    let page = render(&data).expect("a page");
    assert!(page.contains("added up: 0.000001, which is not what is paid out and ready."));
    assert!(page.contains("At least one pool does not add up."));
}

#[test]
fn parts_beyond_128_bits_are_no_sum() {
    let sum = view::pool(&PoolData {
        remaining: u128::MAX,
        ..pool(5)
    });
    assert!(!sum.holds, "{sum:?}");
    assert_eq!(sum.difference, "more than 128 bits hold");
}
