//! Files that are not as described: one line with its place, exit 2, nothing written.

mod support;

use support::{Place, SMALL};

const HEADER: &str = "timestamp,merchant,customer,receipt,amount,channel\n";

/// Runs a bad receipts file and returns what stands on stderr.
fn refused(receipts: &[u8], more: &[&str], files: &[(&str, &str)]) -> String {
    let place = Place::new();
    place.write("r.csv", receipts);
    for (name, text) in files {
        place.write(name, text);
    }
    let before = place.names();
    let mut words = vec!["run", "r.csv"];
    words.extend(more);
    let said = place.vrs(&words);
    assert_eq!(said.code, 2, "{}", said.err);
    assert_eq!(said.out, "");
    assert_eq!(said.err.lines().count(), 1, "{}", said.err);
    assert_eq!(place.names(), before, "nothing is written");
    said.err.trim_end().to_owned()
}

fn row(row: &str) -> String {
    refused(
        format!("{HEADER}2017-01-01T10:00:00Z,1,11,100,1000,store\n{row}\n").as_bytes(),
        &[],
        &[],
    )
}

#[test]
fn an_empty_file() {
    assert_eq!(refused(b"", &[], &[]), "r.csv:1:1: the file is empty");
    assert_eq!(refused(b"\n\r\n", &[], &[]), "r.csv:1:1: the file is empty");
    assert_eq!(
        refused(HEADER.as_bytes(), &[], &[]),
        "r.csv:2:1: no receipt follows the header"
    );
}

#[test]
fn a_missing_column() {
    assert_eq!(
        refused(b"timestamp,merchant,customer,receipt,channel\n", &[], &[]),
        "r.csv:1:5: missing column \"amount\"; expected timestamp,merchant,customer,receipt,amount,channel"
    );
    assert_eq!(
        refused(b"timestamp,merchant,customer,receipt,amount,channel,amount\n", &[], &[]),
        "r.csv:1:5: column \"amount\" stands in the header twice"
    );
}

#[test]
fn a_field_that_is_no_number() {
    let max = u64::MAX;
    assert_eq!(
        row("2017-01-01T10:00:00Z,x,11,100,1000,store"),
        format!("r.csv:3:2: merchant: expected a whole number from 0 to {max}, got \"x\"")
    );
    assert_eq!(
        row("2017-01-01T10:00:00Z,1,-1,100,1000,store"),
        format!("r.csv:3:3: customer: expected a whole number from 0 to {max}, got \"-1\"")
    );
    assert_eq!(
        row("2017-01-01T10:00:00Z,1,1,007,1000,store"),
        format!("r.csv:3:4: receipt: expected a whole number from 0 to {max}, got \"007\"")
    );
    for amount in ["", "1.5", "1e3", "+5", " 5", "9223372036854775808"] {
        assert_eq!(
            row(&format!("2017-01-01T10:00:00Z,1,1,7,{amount},store")),
            format!("r.csv:3:5: amount: expected a whole number of minor units, got {amount:?}")
        );
    }
}

#[test]
fn a_broken_timestamp() {
    for time in [
        "",
        "yesterday",
        "2017-01-01",
        "2017-02-30T10:00:00Z",
        "2017-01-01T25:00:00Z",
        "2017-01-01T10:00:00",
    ] {
        assert_eq!(
            row(&format!("{time},1,1,7,5,store")),
            format!("r.csv:3:1: timestamp: expected a moment like 2017-01-01T11:53:26Z, got {time:?}")
        );
    }
    assert_eq!(
        row("1969-01-01T10:00:00Z,1,1,7,5,store"),
        "r.csv:3:1: timestamp: expected a year from 1971 to 2499, got \"1969-01-01T10:00:00Z\""
    );
}

#[test]
fn an_unknown_channel() {
    assert_eq!(
        row("2017-01-01T10:00:00Z,1,1,7,5,Store"),
        "r.csv:3:6: channel: expected store or external, got \"Store\""
    );
}

#[test]
fn too_few_and_too_many_fields() {
    assert_eq!(
        row("2017-01-01T10:00:00Z,1,1,7"),
        "r.csv:3:5: expected 6 fields as in the header, got 4"
    );
    assert_eq!(
        row("2017-01-01T10:00:00Z,1,1,7,5,store,x"),
        "r.csv:3:7: expected 6 fields as in the header, got 7"
    );
}

#[test]
fn bytes_that_are_no_text() {
    let bytes = [HEADER.as_bytes(), b"2017-01-01T10:00:00Z,1,\xff,7,5,store\n"].concat();
    assert_eq!(refused(&bytes, &[], &[]), "r.csv:2:3: expected UTF-8 text");
    let gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3];
    let broken = refused(&gzip, &[], &[]);
    assert!(broken.starts_with("r.csv:1:1: cannot read: "), "{broken}");
}

#[test]
fn lines_are_counted_with_either_line_ending_and_blank_lines() {
    for (end, line) in [("\n", 5), ("\r\n", 5)] {
        let text = format!("{HEADER}\n2017-01-01T10:00:00Z,1,11,100,1000,store\n\nx,1,1,1,1,store\n");
        let said = refused(text.replace('\n', end).as_bytes(), &[], &[]);
        assert!(said.starts_with(&format!("r.csv:{line}:1: timestamp: ")), "{said}");
    }
}

const NOTES: &str = "timestamp,merchant,customer,receipt,amount,channel,note\n";

/// Runs a file with a column of notes that is ignored.
fn notes(rows: &str) -> String {
    refused(format!("{NOTES}{rows}").as_bytes(), &[], &[])
}

#[test]
fn a_quote_that_is_never_closed_is_refused_by_its_line() {
    let good = "2017-01-01T10:00:00Z,1,11,100,1000,store,ok\n";
    let open = "r.csv:3:7: a quote opens here and is not closed before";
    assert_eq!(
        notes(&format!(
            "{good}2017-01-01T10:01:00Z,1,11,101,1000,store,\"ring\n{good}"
        )),
        format!("{open} the end of the file")
    );
    let many = good.repeat(2_000);
    assert_eq!(
        notes(&format!(
            "{good}2017-01-01T10:01:00Z,1,11,101,1000,store,\"ring\n{many}"
        )),
        format!("{open} the record's 65536 bytes were read")
    );
    // What stands before it is told first.
    let said = notes("x,1,11,100,1000,store,ok\n2017-01-01T10:01:00Z,1,11,101,1000,store,\"ring\n");
    assert!(said.starts_with("r.csv:2:1: timestamp: "), "{said}");
}

#[test]
fn a_quote_in_the_wrong_place_is_refused_by_its_line() {
    for (note, reason) in [
        ("\"ring\" twice", "text stands behind a closing quote"),
        (
            "ring \"twice\"",
            "a quote stands within a field that does not begin with one",
        ),
        (
            "ring\rtwice",
            "a carriage return stands within a line, outside of quotes",
        ),
    ] {
        for end in ["\n", "\r\n", ""] {
            assert_eq!(
                notes(&format!("\n2017-01-01T10:00:00Z,1,11,100,1000,store,{note}{end}")),
                format!("r.csv:3:7: {reason}")
            );
        }
    }
    // Behind a field of two lines the place is where the fault is.
    assert_eq!(
        notes("2017-01-01T10:00:00Z,1,11,100,1000,store,\"ring\ntwice\"x\n"),
        "r.csv:3:7: text stands behind a closing quote"
    );
}

#[test]
fn quotes_in_profiles_and_meters_are_looked_at_too() {
    let small = SMALL.as_bytes();
    assert_eq!(
        refused(
            small,
            &["--profiles", "p.csv"],
            &[(
                "p.csv",
                "merchant,area,rent,staff,wage,note\n1,1,1,1,1,\"a\n2,9,9,9,9,b\n"
            )]
        ),
        "p.csv:2:6: a quote opens here and is not closed before the end of the file"
    );
    assert_eq!(
        refused(
            small,
            &["--meters", "m.csv"],
            &[(
                "m.csv",
                "timestamp,account,device,method,streamed_gb\n2017-01-01T10:00:00Z,1,1,\"streaming\"s,1\n"
            )]
        ),
        "m.csv:2:4: text stands behind a closing quote"
    );
}

#[test]
fn profiles_meters_and_economy_too() {
    let small = SMALL.as_bytes();
    let profiles = |text: &str| refused(small, &["--profiles", "p.csv"], &[("p.csv", text)]);
    assert_eq!(
        profiles("merchant,area,rent,staff\n"),
        "p.csv:1:5: missing column \"wage\"; expected merchant,area,rent,staff,wage"
    );
    assert_eq!(
        profiles("merchant,area,rent,staff,wage\n1,0,1,1,1\n"),
        "p.csv:2:2: area: expected 1 to 10000000, got 0"
    );
    assert_eq!(
        profiles("merchant,area,rent,staff,wage\n1,1,1,1,1\n1,2,1,1,1\n"),
        "p.csv:3:1: merchant: merchant 1 has a row already"
    );
    let meters = |text: &str| refused(small, &["--meters", "m.csv"], &[("m.csv", text)]);
    assert_eq!(
        meters("timestamp,account,device,method\n2017-01-01T10:00:00Z,1,1,magic\n"),
        "m.csv:2:4: method: expected one of platform, server, node, upload, content, streaming, got \"magic\""
    );
    assert_eq!(
        meters("timestamp,account,device,method,nodes,streamed_gb\n2017-01-01T10:00:00Z,1,1,streaming,2,1\n"),
        "m.csv:2:5: nodes: method streaming has no such quantity, leave it blank"
    );
    assert_eq!(
        meters("timestamp,account,device,method,streamed_gb\n2017-01-01T10:00:00Z,1,1,streaming,1.0005\n"),
        "m.csv:2:5: streamed_gb: expected at most 3 decimals, got \"1.0005\""
    );
    assert_eq!(
        meters("timestamp,account,device,method,streamed_gb\n2016-12-31T10:00:00Z,1,1,streaming,1\n"),
        "m.csv:2:1: timestamp: 2016-12-31T10:00:00Z lies before the day of the first receipt"
    );
    let economy = |text: &str| refused(small, &["--economy", "e.toml"], &[("e.toml", text)]);
    assert_eq!(
        economy("[rewards]\nshare_cap = 5\n\n[rewards.merchants]\nper_heads = 1\n"),
        "e.toml:5:1: unknown key rewards.merchants.per_heads"
    );
}

#[test]
fn a_file_that_is_not_there() {
    let place = Place::new();
    let said = place.vrs(&["run", "none.csv"]);
    assert_eq!(said.code, 2);
    assert!(said.err.starts_with("none.csv:1:1: cannot read: "), "{}", said.err);
    assert_eq!(said.err.lines().count(), 1);
}

#[test]
fn an_earlier_result_is_left_as_it_was() {
    let place = Place::new();
    place.write("r.csv", SMALL);
    place.ok(&["run", "r.csv"]);
    let before = place.tables("out");
    place.write("r.csv", SMALL.replace(",store", ",shop"));
    assert_eq!(place.vrs(&["run", "r.csv"]).code, 2);
    assert_eq!(place.tables("out"), before);
}

#[test]
fn a_file_in_the_place_of_the_folder() {
    let place = Place::new();
    place.write("r.csv", SMALL);
    place.write("out", "mine");
    let said = place.vrs(&["run", "r.csv"]);
    assert_eq!((said.code, said.err.as_str()), (2, "--out: out is no folder\n"));
    assert_eq!(place.read("out"), "mine");
}

#[test]
fn nothing_hidden_is_left_behind() {
    let place = Place::new();
    place.write("r.csv", SMALL);
    place.ok(&["run", "r.csv", "--out", "a/b"]);
    place.ok(&["run", "r.csv", "--out", "a/b"]);
    assert_eq!(place.names(), ["a", "r.csv"]);
    let written: Vec<String> = std::fs::read_dir(place.path("a/b"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert_eq!(written, [".vrs-run"], "the mark alone");
    // What an earlier run wrote and this one does not is gone.
    place.write(
        "m.csv",
        "timestamp,account,device,method,streamed_gb\n2017-01-01T10:00:00Z,1,1,streaming,2\n",
    );
    place.ok(&["run", "r.csv", "--out", "a/b", "--meters", "m.csv"]);
    assert!(place.path("a/b/mining.csv").exists());
    place.ok(&["run", "r.csv", "--out", "a/b"]);
    assert!(!place.path("a/b/mining.csv").exists());
}

#[test]
fn only_an_empty_folder_or_one_that_a_run_wrote_is_written_into() {
    let place = Place::new();
    place.write("r.csv", SMALL);
    place.write("merchants.csv", "merchant,area,rent,staff,wage\n1,300,150,2,9000\n");
    place.write("customers.csv", "id,name\n11,A\n");
    place.write("mining.csv", "mine\n");
    let before = (place.names(), place.tables("."));
    let said = place.vrs(&["run", "r.csv", "--profiles", "merchants.csv", "--out", "."]);
    assert_eq!(said.code, 2, "{}", said.err);
    assert!(said.err.starts_with("--out: .: "), "{}", said.err);
    assert!(
        said.err.ends_with(
            "stands in it, which no run wrote; a run writes only into an empty folder or one that a run wrote; name \
             another one, or move the files away\n"
        ),
        "{}",
        said.err
    );
    assert_eq!((place.names(), place.tables(".")), before);
    // An empty folder is taken, and taken again.
    std::fs::create_dir(place.path("empty")).unwrap();
    place.ok(&["run", "r.csv", "--out", "empty"]);
    place.ok(&["run", "r.csv", "--out", "empty"]);
    // A folder with nothing but another's hidden file is not.
    std::fs::create_dir(place.path("hidden")).unwrap();
    place.write("hidden/.keep", "");
    let said = place.vrs(&["run", "r.csv", "--out", "hidden"]);
    assert!(
        said.err
            .starts_with("--out: hidden: .keep stands in it, which no run wrote"),
        "{}",
        said.err
    );
}

#[test]
fn what_came_into_a_runs_folder_afterwards_is_not_replaced_or_removed() {
    let place = Place::new();
    place.write("r.csv", SMALL);
    place.ok(&["run", "r.csv"]);
    place.write("out/notes.txt", "mine");
    place.ok(&["run", "r.csv"]);
    assert_eq!(place.read("out/notes.txt"), "mine");
    // A run without meters wrote no mining.csv, so this one is somebody's.
    place.write("out/mining.csv", "mine");
    let said = place.vrs(&["run", "r.csv"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err
            .starts_with("--out: out: mining.csv stands in it, which no run wrote"),
        "{}",
        said.err
    );
    assert_eq!(place.read("out/mining.csv"), "mine");
}

#[test]
fn an_input_within_a_runs_folder_is_not_replaced() {
    let place = Place::new();
    place.write("r.csv", SMALL);
    place.ok(&["run", "r.csv"]);
    let profiles = "merchant,area,rent,staff,wage\n1,300,150,2,9000\n";
    place.write("out/merchants.csv", profiles);
    let said = place.vrs(&["run", "r.csv", "--profiles", "out/merchants.csv"]);
    let reason = "--out: out: merchants.csv would replace the input out/merchants.csv; name another folder\n";
    assert_eq!((said.code, said.err.as_str()), (2, reason));
    assert_eq!(place.read("out/merchants.csv"), profiles);
}
