//! The daemon with all its threads.

mod support;

use std::fs;
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use support::batch;
use support::fake::Fake;
use tempfile::tempdir;
use vrs_days::Clock;
use vrs_relay::lane::Shared;
use vrs_relay::metrics::Metrics;
use vrs_relay::name::Name;
use vrs_relay::run::run;
use vrs_relay::spool::Spool;
use vrs_relay::{Options, Report};

/// A relayer with two senders on a chain that makes a block each 20 ms; answers what it did, and its folder.
fn relayed(once: bool, slowness: u64, during: impl FnOnce(&AtomicBool, &str)) -> (Report, tempfile::TempDir) {
    let folder = tempdir().expect("a folder");
    for (device, sequence) in (1..=2).flat_map(|device| (1..=40).map(move |sequence| (device, sequence))) {
        let path = folder.path().join(Name { device, sequence }.to_string());
        fs::write(path, batch(device, sequence, 1, 3, 1)).expect("a batch");
    }
    let chain = Arc::new(Fake::new(1, 2));
    chain.state().slowness = Duration::from_millis(slowness);
    let options = Options {
        spool: folder.path().to_owned(),
        senders: vec![String::new(); 2],
        poll: Duration::from_millis(20),
        once,
        ..Options::default()
    };
    let shared = Shared {
        chain: chain.clone(),
        spool: Arc::new(Spool::open(folder.path()).expect("a spool")),
        board: Arc::default(),
        metrics: Arc::new(Metrics::new(2)),
        options: Arc::new(options),
        clock: Clock::daily(0),
    };
    let (stop, ended) = (AtomicBool::new(false), AtomicBool::new(false));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/metrics", listener.local_addr().expect("an address"));
    let report = thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(Ordering::Relaxed) {
                chain.mine();
                thread::sleep(Duration::from_millis(20));
            }
        });
        let relayer = scope.spawn(|| run(shared, 1_300, Some(listener), &stop));
        during(&stop, &url);
        let report = relayer.join();
        ended.store(true, Ordering::Relaxed);
        report.expect("no panic")
    });
    (report.expect("a report"), folder)
}

#[test]
fn once_ends_when_all_is_done_however_long_a_call_takes() {
    let (report, folder) = relayed(true, 300, |_, _| {});
    let expected = Report {
        accepted: 80,
        items: 240,
        ..Report::default()
    };
    assert_eq!(report, expected);
    assert!(folder.path().join("done/0000000002-0000000040.batch").exists());
}

#[test]
fn a_daemon_tells_its_metrics_and_ends_when_it_is_told() {
    let (report, _) = relayed(false, 0, |stop, url| {
        let told = |page: &str| page.contains("vrs_relay_batches_total{outcome=\"accepted\"} 80\n");
        for _ in 0..500 {
            let page = ureq::get(url)
                .call()
                .expect("a page")
                .body_mut()
                .read_to_string()
                .expect("text");
            if told(&page) {
                stop.store(true, Ordering::Relaxed);
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert_eq!((report.accepted, report.left), (80, 0));
}
