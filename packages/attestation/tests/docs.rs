//! `docs/attestation.md` says what is true: its C stands in `attest.c`, its hex in the vectors.

const PAGE: &str = include_str!("../../../docs/attestation.md");
const C: &str = include_str!("../examples/c/attest.c");
const VECTORS: &str = include_str!("../vectors.json");

#[test]
fn every_c_snippet_is_compiled_elsewhere() {
    let snippets: Vec<&str> = PAGE
        .split("```c\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect();
    assert!(snippets.len() >= 3, "found {}", snippets.len());
    for snippet in snippets {
        assert!(C.contains(snippet), "not in attest.c:\n{snippet}");
    }
}

#[test]
fn every_hex_value_is_a_vector() {
    let values: Vec<&str> = PAGE
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.len() >= 16 && word.chars().all(|c| c.is_ascii_hexdigit() && !c.is_ascii_uppercase()))
        .collect();
    assert!(values.len() >= 15, "found {}", values.len());
    for value in values {
        assert!(VECTORS.contains(value), "not in vectors.json: {value}");
    }
}
