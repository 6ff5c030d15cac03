//! Keys: the field's own vectors, and what an attacker or a slip of the hand would do.

use super::*;

/// The mnemonic of the BIP-39 vectors with 32 bytes of zeros.
const ZEROS: &str = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon \
    abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art";

fn ring(folder: &Path) -> Keyring {
    let passphrase = folder.join("passphrase");
    private(&passphrase, "open sesame");
    Keyring {
        prefix: "cosmos".to_owned(),
        folder: Some(folder.join("keys")),
        passphrase_file: Some(passphrase),
        mnemonic: None,
    }
}

fn private(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::write(path, text).expect("written");
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("mode");
}

#[test]
fn a_mnemonic_gives_the_address_that_wallets_show() {
    // As wallets derive the words above at m/44'/118'/0'/0/0.
    let key = Key::parse(ZEROS, "cosmos", "test").expect("a key");
    assert_eq!(key.address(), "cosmos1r5v5srda7xfth3hn2s26txvrcrntldjumt8mhl");
}

#[test]
fn a_stored_key_comes_back_with_its_passphrase_only() {
    let folder = tempfile::tempdir().expect("folder");
    let ring = ring(folder.path());
    let key = Key::parse(ZEROS, "cosmos", "test").expect("a key");
    let path = ring.add("till-1", &key).expect("stored");
    assert_eq!(ring.key("till-1").expect("opened").secret(), key.secret());
    assert_eq!(ring.address("till-1").expect("told"), key.address());
    assert_eq!(
        ring.list().expect("listed"),
        [("till-1".to_owned(), key.address().to_owned())]
    );

    let text = fs::read_to_string(&path).expect("text");
    assert!(
        !text.contains(&hex::encode(key.secret())),
        "the private key stands in the file"
    );
    private(&folder.path().join("passphrase"), "guess");
    assert_eq!(
        ring.key("till-1").expect_err("refused").to_string(),
        format!("{}: the passphrase does not open it", path.display())
    );
    assert_eq!(
        ring.add("till-1", &key).expect_err("refused").to_string(),
        format!("{} is there already; it is not overwritten", path.display())
    );
}

#[test]
fn a_file_that_others_may_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("folder");
    let ring = ring(folder.path());
    let path = ring
        .add("a", &Key::parse(ZEROS, "cosmos", "test").expect("a key"))
        .expect("stored");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("mode");
    let told = ring.key("a").expect_err("refused").to_string();
    assert_eq!(
        told,
        format!("{0}: others may read it (mode 644); chmod 600 {0}", path.display())
    );
}

#[test]
fn a_swapped_public_key_does_not_open() {
    let folder = tempfile::tempdir().expect("folder");
    let ring = ring(folder.path());
    let key = Key::parse(ZEROS, "cosmos", "test").expect("a key");
    let other = Key::of_label(1, "other", "cosmos").expect("a key");
    let path = ring.add("a", &key).expect("stored");
    let text = fs::read_to_string(&path).expect("text");
    private(
        &path,
        &text.replace(
            &hex::encode(key.public().to_bytes()),
            &hex::encode(other.public().to_bytes()),
        ),
    );
    assert_eq!(
        ring.key("a").expect_err("refused").to_string(),
        format!("{}: the passphrase does not open it", path.display())
    );
}

#[test]
fn names_are_names_of_files_and_missing_ones_say_where_they_were_looked_for() {
    let ring = Keyring {
        prefix: "wasm".to_owned(),
        ..Keyring::default()
    };
    assert_eq!(
        ring.key("../a").expect_err("refused").to_string(),
        "key name: expected 1 to 40 of a-z, 0-9, - and _, got \"../a\""
    );
    assert_eq!(
        ring.key("sender-1").expect_err("missing").to_string(),
        "no key `sender-1`: looked in and VRS_KEY_SENDER_1; `vrs keys add sender-1 --chain FILE` makes one"
    );
}

#[test]
fn what_is_no_key_is_refused_without_being_repeated() {
    let told = Key::parse("abandon art", "wasm", "VRS_KEY_A")
        .expect_err("refused")
        .to_string();
    assert_eq!(told, "VRS_KEY_A: expected a mnemonic of 24 words with a right checksum");
    let told = Key::parse("c0ffee", "wasm", "VRS_KEY_A")
        .expect_err("refused")
        .to_string();
    assert_eq!(
        told,
        "VRS_KEY_A: expected a mnemonic of 24 words or a key of 64 hex digits"
    );
    assert_eq!(
        format!("{:?}", Key::of_label(1, "a", "wasm").expect("a key")).len(),
        "Key()".len() + 43
    );
}
