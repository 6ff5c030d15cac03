use vrs_cli::remote::{deploy, Place};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let place = Place::open(a[1].as_ref()).unwrap();
    let options = deploy::Options { dry_run: a.get(2).is_some(), short_days: true };
    match deploy::deploy(&place, options) { Ok(t) => print!("{t}"), Err(e) => eprintln!("{e:#}") }
}
