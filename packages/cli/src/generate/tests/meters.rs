use super::{rows, sha256};
use crate::failure::UsageError;
use crate::generate::{write_meters, MeterPlan, Summary, METER_HEADER};
use crate::input::meters::{read, MeterRow};
use std::collections::BTreeSet;
use vrs_attestation::Measured;
use vrs_interface::mining::Method;
use vrs_scoring::MiningTables;

fn plan() -> MeterPlan {
    MeterPlan {
        seed: 3,
        accounts: 120,
        days: 31,
        first_day: jiff::civil::date(2017, 1, 1),
    }
}

fn file(plan: &MeterPlan) -> (Vec<u8>, Summary) {
    let mut out = vec![];
    let summary = write_meters(plan, &mut out).expect("a plan that holds");
    (out, summary)
}

fn readings(plan: &MeterPlan) -> Vec<MeterRow> {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("m.csv");
    std::fs::write(&path, file(plan).0).expect("written");
    read(&path).expect("readable")
}

#[test]
fn the_same_plan_gives_the_same_bytes_for_ever() {
    let (out, _) = file(&plan());
    assert_eq!(
        sha256(&out),
        "1c5474df612c6f92b8f1042de63f5c4c808d199d385df24f564c99e2e04c7bb3"
    );
    assert_ne!(out, file(&MeterPlan { seed: 4, ..plan() }).0);
}

#[test]
fn the_header_names_the_columns_that_the_reader_knows() {
    let columns = [
        crate::input::meters::REQUIRED.as_slice(),
        &crate::input::meters::OPTIONAL,
    ]
    .concat();
    assert_eq!(METER_HEADER, columns.join(","));
}

#[test]
fn each_unit_reports_once_a_day() {
    let (out, summary) = file(&plan());
    let rows = rows(&out);
    assert_eq!(rows.len() as u64, summary.rows);
    assert_eq!(summary.rows, summary.buyers * 31);
    let keys: BTreeSet<_> = rows
        .iter()
        .map(|row| (&row[0][..10], &row[1], &row[3], &row[4]))
        .collect();
    assert_eq!(keys.len(), rows.len());
}

#[test]
fn six_accounts_have_all_methods() {
    let methods: BTreeSet<Method> = readings(&MeterPlan {
        accounts: 6,
        days: 1,
        ..plan()
    })
    .iter()
    .map(|row| row.method)
    .collect();
    assert_eq!(methods.len(), 6);
}

#[test]
fn some_meters_report_several_accounts() {
    let mut accounts = BTreeSet::new();
    let mut meters = BTreeSet::new();
    for row in readings(&plan()) {
        accounts.insert(row.account);
        meters.insert(row.device);
    }
    assert_eq!((accounts.len(), meters.len()), (120, 109));
}

/// Which steps of which table the readings reach; 0 is below the first.
#[derive(Default)]
struct Reached(BTreeSet<(&'static str, usize)>);

impl Reached {
    fn see(&mut self, table: &'static str, bounds: impl Iterator<Item = u64>, amount: u64) {
        self.0.insert((table, bounds.filter(|bound| amount >= *bound).count()));
    }
}

#[test]
fn every_band_is_reached() {
    let tables = MiningTables::default();
    let mut reached = Reached::default();
    for row in readings(&plan()) {
        let mut bands = |name, bands: &vrs_scoring::Bands, amount| {
            reached.see(name, bands.steps().iter().map(|step| step.from), amount);
        };
        match row.measured {
            Measured::Platform(hosting) | Measured::Server(hosting) => {
                bands("traffic", &tables.traffic, hosting.traffic_mb);
                bands("nodes", &tables.nodes, hosting.nodes);
                reached.see("hours", [3_600, 86_400].into_iter(), hosting.seconds);
                assert!(
                    (1..=1_000_000_000).contains(&hosting.share_e9),
                    "share {}",
                    hosting.share_e9
                );
            }
            Measured::Node(node) => {
                bands("bandwidth", &tables.bandwidth, node.mbps);
                bands("storage", &tables.storage, node.storage_mb);
                reached.see("hardware", [2].into_iter(), node.hardware);
                assert!(node.seconds <= 86_400, "{} seconds", node.seconds);
            }
            Measured::Upload(file) => {
                bands("downloads", &tables.downloads, file.downloads);
                bands("upload size", &tables.upload_size, file.size_mb);
                reached.see(
                    "views",
                    [10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000].into_iter(),
                    file.views,
                );
            }
            Measured::Content(channel) => {
                bands("content size", &tables.content_size, channel.size_mb);
                let most = [channel.dislikes + 1];
                reached.see("liked more than disliked", most.into_iter(), channel.recommendations);
            }
            Measured::Streaming(streamed) => {
                reached.see("product", [2, 3].into_iter(), streamed.product);
            }
        }
    }
    let count = |table: &str| reached.0.iter().filter(|(name, _)| *name == table).count();
    // One more than the table has steps where readings lie below the first step too.
    for (table, expected) in [
        ("traffic", 5),
        ("nodes", 3),
        ("hours", 3),
        ("bandwidth", 3),
        ("storage", 6),
        ("hardware", 2),
        ("downloads", 5),
        ("upload size", 4),
        ("views", 10),
        ("content size", 3),
        ("liked more than disliked", 2),
        ("product", 3),
    ] {
        assert_eq!(count(table), expected, "{table}: {:?}", reached.0);
    }
}

#[test]
fn a_plan_that_cannot_hold_is_refused_with_what_was_expected() {
    let none = MeterPlan { accounts: 0, ..plan() };
    let error = UsageError("accounts: expected 1 to 10000000, got 0".to_owned());
    assert_eq!(none.check().expect_err("refused"), error);
}
