//! `docs/gas.md`.

use super::Figure;
use std::fmt::Write as _;
use vrs_cli::decimal::counted;

const HEAD: &str = "\
# Gas

Written by `scripts/gas`, which also keeps the figures in `docs/gas.json`; `scripts/gas --check` measures again and fails
where a figure has grown by more than 3%. Measured on wasmd (`scripts/localnet`) from executed transactions, each with
its one message, signature and fee, alone in its transaction. Two deployments of the same codes live through the same
days side by side: one's codes are pinned, the other's are not.

*each* is gas a unit with pinned codes: a receipt, member, reading or payment of the message. *participants*: who is
registered, holds, or takes part that day, whichever the message could depend on.

Two runs differ by less than 0.5% (keys are new with each chain, a signature's or number's length moves with them), but
for `prune_history`: 2%, by the days of history that there are. An account's first transaction, which stores its public
key, uses some 13,100 more; no account here sends its first. A contract that is not pinned costs 58,000 once in each
transaction that reaches it.
";

/// The page of all figures.
pub fn page(figures: &[Figure]) -> String {
    let mut out = String::from(HEAD);
    out.push_str(&aims(figures));
    out.push_str(&beside(figures));
    out.push_str(&super::constants::told(figures));
    let mut told: Vec<&str> = vec!["nothing"];
    for contract in figures.iter().map(|figure| figure.contract.as_str()) {
        if told.contains(&contract) {
            continue;
        }
        told.push(contract);
        let _ = write!(out, "\n## {contract}\n\n{TABLE}");
        for figure in figures.iter().filter(|figure| figure.contract == contract) {
            out.push_str(&row(figure));
        }
    }
    out
}

const TABLE: &str = "\
| message | with | participants | pinned | not pinned | units | each | bytes |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
";

fn row(figure: &Figure) -> String {
    let numbers = [
        figure.pinned,
        figure.plain,
        u64::from(figure.units),
        figure.each(),
        figure.bytes,
    ];
    let [pinned, plain, units, each, bytes] = numbers.map(counted);
    let participants = match figure.participants {
        0 => String::new(),
        count => counted(count.into()),
    };
    format!(
        "| {} | {} | {participants} | {pinned} | {plain} | {units} | {each} | {bytes} |\n",
        figure.message, figure.with
    )
}

fn aims(figures: &[Figure]) -> String {
    let mut out = String::from(
        "\n## Aims\n\n| message | with | participants | each | aim |\n| --- | --- | ---: | ---: | ---: |\n",
    );
    for figure in figures {
        if let Some(aim) = figure.aim {
            let mark = if figure.each() <= aim { "✓" } else { "✗" };
            let _ = writeln!(
                out,
                "| {} {} | {} | {} | {} | {} {mark} |",
                figure.contract,
                figure.message,
                figure.with,
                counted(figure.participants.into()),
                counted(figure.each()),
                counted(aim)
            );
        }
    }
    out
}

/// Our token and cw20-base, message by message.
fn beside(figures: &[Figure]) -> String {
    let mut out = String::from(
        "\n## The token beside cw20-base\n\n| message | with | holders | token | cw20-base | token, not pinned | cw20-base, not pinned |\n\
         | --- | --- | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for ours in figures.iter().filter(|figure| figure.contract == "token") {
        let same = |theirs: &&Figure| {
            theirs.contract == "cw20-base"
                && theirs.message == ours.message
                && theirs.participants == ours.participants
                && (theirs.with == ours.with || (ours.message == "transfer" && theirs.with == "to a holder"))
        };
        let Some(theirs) = figures
            .iter()
            .filter(same)
            .max_by_key(|theirs| theirs.with == ours.with)
        else {
            continue;
        };
        let numbers = [ours.pinned, theirs.pinned, ours.plain, theirs.plain].map(counted);
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} |",
            ours.message,
            ours.with,
            counted(ours.participants.into()),
            numbers.join(" | ")
        );
    }
    out
}
