//! What a transaction, a message and a byte cost before a contract does anything.

use super::reference::HOLDER;
use super::Figure;
use crate::lane::{Lane, Line};
use anyhow::Result;
use vrs_cli::decimal::counted;
use vrs_client::messages;

/// Calls of the contract that does nothing: one, two, three in a transaction; and one with a longer message.
pub fn measure(lane: &mut Lane, sink: &str) -> Result<()> {
    let sender = lane.address(HOLDER)?;
    let row = |what: &str, with: &str| Line::new("nothing", what, with, 0);
    for count in 1..=3 {
        let calls = vec![messages::execute(&sender, sink, b"{}"); count];
        lane.queue(
            Some(row("execute", &format!("{count} in one transaction"))),
            HOLDER,
            &calls,
        )?;
    }
    for extra in [1_000, 10_000, 100_000] {
        let body = format!("{{}}{}", " ".repeat(extra));
        let call = messages::execute(&sender, sink, body.as_bytes());
        lane.queue(Some(row("execute", &format!("{extra} bytes more"))), HOLDER, &[call])?;
    }
    let to = lane.address("sender-7")?;
    for count in 1..=2 {
        let sends = vec![messages::send(&sender, &to, 1, "ufee"); count];
        lane.queue(
            Some(row("bank send", &format!("{count} in one transaction"))),
            HOLDER,
            &sends,
        )?;
    }
    lane.flush().map(drop)
}

/// The constants that follow, for the page.
pub fn told(figures: &[Figure]) -> String {
    let find = |message: &str, with: &str| {
        let found = figures
            .iter()
            .find(|figure| figure.contract == "nothing" && figure.message == message && figure.with.starts_with(with));
        found.map_or((0, 0, 0), |figure| (figure.pinned, figure.plain, figure.bytes))
    };
    let (one, two) = (find("execute", "1 in"), find("execute", "2 in"));
    let (long, longest) = (find("execute", "10000 "), find("execute", "100000 "));
    let send = (find("bank send", "1 in"), find("bank send", "2 in"));
    let byte = |is: u64, was: u64, bytes: u64, before: u64| {
        let hundredths = is.saturating_sub(was) * 100 / bytes.saturating_sub(before).max(1);
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    };
    let mut out = String::from(
        "\n## Before a contract does anything\n\nMeasured with a contract that does nothing (`packages/bench/src/gas/sink.wat`).\n\n\
         | what | pinned | not pinned |\n| --- | ---: | ---: |\n",
    );
    let mut line = |what: &str, pinned: String, plain: String| {
        out.push_str(&format!("| {what} | {pinned} | {plain} |\n"));
    };
    let less = |a: u64, b: u64| counted(a.saturating_sub(b));
    line(
        &format!("a transaction of {} bytes with one call", one.2),
        counted(one.0),
        counted(one.1),
    );
    line(
        "a further call of the same contract in it",
        less(two.0, one.0),
        less(two.1, one.1),
    );
    let per = |a: (u64, u64, u64), b: (u64, u64, u64)| (byte(a.0, b.0, a.2, b.2), byte(a.1, b.1, a.2, b.2));
    let (pinned, plain) = per(long, one);
    line("a byte of the message, the first 10,000", pinned, plain);
    let (pinned, plain) = per(longest, long);
    line("a byte of the message, the next 90,000", pinned, plain);
    line(
        "a transaction that sends coins, no contract",
        counted(send.0 .0),
        counted(send.0 .1),
    );
    line(
        "a further such message in it",
        less(send.1 .0, send.0 .0),
        less(send.1 .1, send.0 .1),
    );
    out
}
