//! Nobody pays twice: whatever is lost on the way to the node and back, a message is carried out at most once, and what is
//! told of it is so.

mod support;

use support::{Node, Way, World};
use vrs_client::{Look, RpcError, TxError, Watch};

fn world(way: &[(&'static str, Way)]) -> World {
    let node = Node {
        way: way.to_vec(),
        ..Node::default()
    };
    World::new(node, "timeout_seconds = 8\n")
}

#[test]
fn an_answer_to_a_broadcast_that_is_lost_does_not_pay_twice() {
    for way in [
        Way::Lost,
        Way::Broken,
        Way::Status(429),
        Way::Status(408),
        Way::Status(502),
    ] {
        let mut world = world(&[("broadcast_tx_sync", way)]);
        let outcome = world.send().expect("carried out");
        assert_eq!(world.node().done(), 1, "{way:?}");
        assert_eq!(world.written(), [outcome.hash], "{way:?}: one transaction was signed");
        assert_eq!(world.sender.sequence, 1);
    }
}

#[test]
fn what_the_node_lost_is_handed_over_as_the_same_bytes() {
    let mut world = world(&[("broadcast_tx_sync", Way::Lost)]);
    world.node().drops = true;
    let node = world.node.clone();
    let helper = std::thread::spawn(move || loop {
        std::thread::sleep(std::time::Duration::from_millis(5));
        let mut node = node.lock().unwrap();
        if node.asked.iter().any(|method| method == "broadcast_tx_sync") {
            node.drops = false;
            return;
        }
    });
    let outcome = world.send().expect("carried out");
    helper.join().unwrap();
    assert_eq!((world.node().done(), world.written()), (1, vec![outcome.hash]));
}

#[test]
fn without_an_index_it_is_found_by_its_block() {
    let mut world = world(&[]);
    world.node().unindexed = true;
    let outcome = world.send().expect("carried out");
    assert_eq!((world.node().done(), world.written()), (1, vec![outcome.hash]));
}

#[test]
fn what_is_late_becomes_never_and_then_may_be_sent_anew() {
    let mut world = world(&[]);
    world.client.file.timeout_blocks = 4;
    world.node().drops = true;
    let error = world.send().expect_err("in no block");
    let hash = world.written().remove(0);
    assert!(
        matches!(&error, TxError::Never { hash: told, .. } if *told == hash),
        "{error}"
    );
    assert!(
        error
            .to_string()
            .starts_with(&format!("{hash} did not happen: it is in no block up to ")),
        "{error}"
    );
    world.node().drops = false;
    world.send().expect("carried out");
    assert_eq!((world.node().done(), world.sender.sequence), (1, 1));
}

#[test]
fn what_is_not_known_in_time_may_still_happen_and_says_where_to_look() {
    let mut world = world(&[]);
    world.client.file.timeout_blocks = 1_000_000;
    world.client.file.timeout_seconds = 1;
    world.node().drops = true;
    let error = world.send().expect_err("not known");
    let hash = world.written().remove(0);
    let words = error.to_string();
    assert!(
        matches!(&error, TxError::Late { hash: told, .. } if *told == hash),
        "{words}"
    );
    assert!(
        words.contains("may still happen, until block ") && words.contains(&format!("look with `vrs tx {hash}`")),
        "{words}"
    );
    assert_eq!(world.node().done(), 0);
}

#[test]
fn a_transaction_is_written_down_before_the_node_has_it() {
    let mut world = world(&[]);
    world.client.journal.as_mut().unwrap().path = "/proc/nowhere/sent.jsonl".into();
    let error = world.send().expect_err("not sent");
    assert!(matches!(&error, TxError::Journal { .. }), "{error}");
    assert!(!world.node().asked.iter().any(|method| method == "broadcast_tx_sync"));
}

#[test]
fn a_hash_that_was_written_down_is_looked_for_by_blocks() {
    let mut world = world(&[]);
    let outcome = world.send().expect("carried out");
    let journal = world.client.journal.clone().unwrap();
    let entry = journal.find(&outcome.hash.to_lowercase()).unwrap().expect("an entry");
    assert!(entry.after < outcome.height && outcome.height <= entry.until);
    let look = Watch::of(&entry.hash, entry.after, entry.until).look(&world.client.node);
    assert!(
        matches!(&look, Look::Found(found) if found.height == outcome.height),
        "{look:?}"
    );
    assert_eq!(journal.find("00").unwrap(), None);
}

#[test]
fn reads_are_asked_again_and_a_limit_is_named() {
    for way in [
        Way::Lost,
        Way::Broken,
        Way::Status(429),
        Way::Status(408),
        Way::Status(500),
        Way::Status(503),
    ] {
        let world = world(&[("status", way), ("status", way)]);
        world
            .client
            .node
            .status()
            .unwrap_or_else(|error| panic!("{way:?}: {error}"));
    }
    let world = world(&[("status", Way::Status(429)); 20]);
    let hasty = vrs_client::Node::hasty(world.client.node.rpc.url());
    let error = hasty.status().expect_err("limited");
    assert!(
        matches!(&error, RpcError::NoAnswer { after: Some(after), .. } if after.as_secs() == 1),
        "{error}"
    );
    assert!(
        error.is_passing() && error.to_string().ends_with("a rate limit"),
        "{error}"
    );
}

#[test]
fn raw_and_info_are_asked_at_a_height() {
    let world = world(&[]);
    world.client.node.raw_at("wasm1contract", b"k", 17).expect("an answer");
    world.client.node.contract_at("wasm1contract", 17).expect("an answer");
    assert_eq!(world.node().heights, ["17", "17"]);
}
