//! Reads an economy over the defaults and refuses what no deployment takes, each fault with its place.

use super::{Budget, Coins, Economy, Token, DEFAULT, TREASURY};
use crate::failure::InputError;
use crate::input::profiles::{MAX_AREA, MAX_RATE, MAX_STAFF};
use serde::Deserialize;
use std::ops::Range;
use std::path::Path;
use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

/// Largest order that the merchant contract takes, minor units.
const MAX_ORDER: i128 = 1_000_000_000_000_000;
/// Largest factor of a streaming product: a score of 1,000 a GB.
const MAX_FACTOR: u64 = 1_000_000_000_000;
/// Tables whose keys are the user's own: given at all, they replace the default as a whole.
const FREE: [&str; 2] = ["allocations", "products"];

/// A key that the file sets: its path, its place in the text.
struct Leaf {
    path: Vec<String>,
    span: Range<usize>,
}

/// A figure out of bounds: its path and the reason.
type Fault = (Vec<String>, String);

/// Reads the text of an economy file; what it leaves out is the default's.
///
/// Errors: [`InputError`] at the first key that is unknown, of a wrong type or out of bounds.
pub fn parse(file: &Path, text: &str) -> Result<Economy, InputError> {
    let at = |span: Range<usize>, reason: String| {
        let (line, column) = place(text, span.start);
        InputError::at(file, line, column, reason)
    };
    let syntax = |error: toml::de::Error| at(error.span().unwrap_or_default(), error.message().to_owned());
    let spans = DeTable::parse(text).map_err(syntax)?;
    let given: Table = text.parse().map_err(syntax)?;
    let default: Table = DEFAULT.parse().map_err(syntax)?;
    let mut leaves = vec![];
    collect(spans.get_ref(), &mut vec![], &mut leaves);

    let mut merged = default.clone();
    for leaf in &leaves {
        let key = leaf.path.join(".");
        if find(&default, &leaf.path).is_none() {
            return Err(at(leaf.span.clone(), format!("unknown key {key}")));
        }
        let value = find(&given, &leaf.path).cloned().unwrap_or(Value::Boolean(false));
        set(&mut merged, &leaf.path, value);
        Economy::deserialize(merged.clone())
            .map_err(|error| at(leaf.span.clone(), format!("{key}: {}", error.message())))?;
    }
    let economy = Economy::deserialize(merged).map_err(syntax)?;
    check(&economy).map_err(|(path, reason)| {
        // The span of the figure itself, or of the nearest table around it that the file names.
        let under = |of: &[String]| {
            leaves
                .iter()
                .find(|leaf| of.starts_with(&leaf.path) || leaf.path.starts_with(of))
        };
        let found = (1..=path.len()).rev().find_map(|depth| under(path.get(..depth)?));
        let span = found.map(|leaf| leaf.span.clone()).unwrap_or_default();
        at(span, format!("{}: {reason}", path.join(".")))
    })?;
    Ok(economy)
}

fn collect(table: &DeTable, path: &mut Vec<String>, leaves: &mut Vec<Leaf>) {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        path.push(key.get_ref().to_string());
        match value.get_ref() {
            DeValue::Table(inner) if !FREE.contains(&key.get_ref().as_ref()) => collect(inner, path, leaves),
            _ => leaves.push(Leaf {
                path: path.clone(),
                span: key.span(),
            }),
        }
        path.pop();
    }
}

fn find<'a>(table: &'a Table, path: &[String]) -> Option<&'a Value> {
    let (last, tables) = path.split_last()?;
    let mut table = table;
    for name in tables {
        table = table.get(name)?.as_table()?;
    }
    table.get(last)
}

fn set(table: &mut Table, path: &[String], value: Value) {
    let Some((last, tables)) = path.split_last() else {
        return;
    };
    let mut table = table;
    for name in tables {
        match table.get_mut(name).and_then(Value::as_table_mut) {
            Some(inner) => table = inner,
            None => return,
        }
    }
    table.insert(last.clone(), value);
}

/// Line and column, from 1, of a byte of the text.
fn place(text: &str, offset: usize) -> (u64, u64) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() as u64 + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u64 + 1;
    (line, column)
}

fn fault<T>(path: &str, reason: impl Into<String>) -> Result<T, Fault> {
    Err((path.split('.').map(str::to_owned).collect(), reason.into()))
}

fn within(path: &str, actual: impl Into<i128>, min: i128, max: i128) -> Result<(), Fault> {
    let actual = actual.into();
    if actual < min || actual > max {
        return fault(path, format!("expected {min} to {max}, got {actual}"));
    }
    Ok(())
}

fn check(economy: &Economy) -> Result<(), Fault> {
    calendar(economy)?;
    let profile = &economy.profile;
    within("profile.area", profile.area, 1, MAX_AREA.into())?;
    within("profile.rent", profile.rent, 1, MAX_RATE.into())?;
    within("profile.staff", profile.staff, 1, MAX_STAFF.into())?;
    within("profile.wage", profile.wage, 1, MAX_RATE.into())?;
    let orders = &economy.orders;
    let smallest = orders.min_order.max(1);
    within("orders.max_order", orders.max_order, smallest.into(), MAX_ORDER)?;
    within("bizpower.weight_days", economy.bizpower.weight_days, 1, 90)?;
    let bounds: Vec<u128> = economy.bizpower.level_bounds.iter().map(|bound| bound.0).collect();
    ascending("bizpower.level_bounds", &bounds, 20)?;
    if bounds.first() == Some(&0) {
        return fault("bizpower.level_bounds", "expected the first to be above 0");
    }
    rewards(economy)?;
    mining(economy)?;
    let upkeep = &economy.upkeep;
    within("upkeep.horizon_days", upkeep.horizon_days, 30, 366)?;
    within("upkeep.expiry_days", upkeep.expiry_days, 180, 3_650)?;
    within("upkeep.history_days", upkeep.history_days, 180, 3_650)?;
    within("upkeep.raise_delay_days", upkeep.raise_delay_days, 1, 30)?;
    within("devices.items", economy.devices.items, 1, u32::MAX.into())?;
    within("devices.amount", economy.devices.amount.0, 1, u64::MAX.into())?;
    supplies(economy)
}

fn calendar(economy: &Economy) -> Result<(), Fault> {
    let calendar = &economy.calendar;
    within("calendar.offset_minutes", calendar.offset_minutes, -840, 840)?;
    within("calendar.day_seconds", calendar.day_seconds, 10, 86_400)?;
    within("calendar.close_minutes", calendar.close_minutes, 1, 1_440)?;
    let after_close = i128::from(calendar.close_minutes) + 1;
    within("calendar.final_minutes", calendar.final_minutes, after_close, 43_200)
}

fn rewards(economy: &Economy) -> Result<(), Fault> {
    let rewards = &economy.rewards;
    within("rewards.month_days", rewards.month_days, 1, 366)?;
    let months = rewards.power_bps.len();
    if !(1..=24).contains(&months) {
        return fault("rewards.power_bps", format!("expected 1 to 24 months, got {months}"));
    }
    for bps in &rewards.power_bps {
        within("rewards.power_bps", *bps, 0, 10_000)?;
    }
    budget("rewards.merchants", &rewards.merchants)?;
    budget("rewards.customers", &rewards.customers)?;
    at_most(
        "rewards.customers.pool",
        rewards.customers.pool,
        "points.time_max_supply",
        economy.points.time_max_supply,
    )
}

fn budget(path: &str, budget: &Budget) -> Result<(), Fault> {
    within(&format!("{path}.window_days"), budget.window_days, 1, 366)?;
    let max = format!("{path}.daily_max");
    at_most(&format!("{path}.per_head"), budget.per_head, &max, budget.daily_max)?;
    if budget.pool.0 == 0 {
        return fault(&format!("{path}.pool"), "expected more than 0");
    }
    Ok(())
}

fn mining(economy: &Economy) -> Result<(), Fault> {
    let mining = &economy.mining;
    within("mining.window_days", mining.window_days, 1, 366)?;
    let steps: Vec<u128> = mining.view_steps.iter().map(|step| u128::from(*step)).collect();
    ascending("mining.view_steps", &steps, 9)?;
    for (pool, amount) in [("hp_pool", mining.hp_pool), ("vrs_pool", mining.vrs_pool)] {
        if amount.0 == 0 {
            return fault(&format!("mining.{pool}"), "expected more than 0");
        }
    }
    for id in mining.products.keys() {
        if !id.parse::<u32>().is_ok_and(|number| number.to_string() == *id) {
            return fault("mining.products", format!("expected a product number, got {id:?}"));
        }
    }
    if mining.products.values().any(|factor| factor.0 > MAX_FACTOR) {
        return fault("mining.products", "expected a factor of at most 1000");
    }
    if mining.product_factor.0 > MAX_FACTOR {
        return fault("mining.product_factor", "expected a factor of at most 1000");
    }
    at_most(
        "mining.hp_pool",
        mining.hp_pool,
        "points.hp_max_supply",
        economy.points.hp_max_supply,
    )
}

fn supplies(economy: &Economy) -> Result<(), Fault> {
    let tokens = &economy.tokens;
    supply("tokens.bzky", &tokens.bzky, economy.rewards.merchants.pool)?;
    supply("tokens.vrs", &tokens.vrs, economy.mining.vrs_pool)?;
    supply("tokens.mvc", &tokens.mvc, Coins(0))
}

fn supply(path: &str, token: &Token, pool: Coins) -> Result<(), Fault> {
    if !(3..=50).contains(&token.name.len()) {
        return fault(
            &format!("{path}.name"),
            format!("expected 3 to 50 bytes, got {}", token.name.len()),
        );
    }
    let path = format!("{path}.allocations");
    let lines = token.allocations.len();
    if !(1..=100).contains(&lines) {
        return fault(&path, format!("expected 1 to 100 lines, got {lines}"));
    }
    let sum = token
        .allocations
        .values()
        .try_fold(0u128, |sum, line| sum.checked_add(line.0));
    if token.allocations.values().any(|line| line.0 == 0) {
        return fault(&path, "expected more than 0 in each line");
    }
    if sum != Some(token.supply.0) {
        let sum = sum.map_or("more".to_owned(), coins);
        return fault(
            &path,
            format!("expected a sum of {}, the supply, got {sum}", coins(token.supply.0)),
        );
    }
    let treasury = token.allocations.get(TREASURY).map_or(0, |line| line.0);
    if treasury < pool.0 {
        let pool = coins(pool.0);
        return fault(
            &path,
            format!(
                "expected at least {pool} for {TREASURY}, the pool, got {}",
                coins(treasury)
            ),
        );
    }
    Ok(())
}

fn at_most(path: &str, amount: Coins, limit_path: &str, limit: Coins) -> Result<(), Fault> {
    if amount > limit {
        let reason = format!(
            "expected at most {limit_path}, {}, got {}",
            coins(limit.0),
            coins(amount.0)
        );
        return fault(path, reason);
    }
    Ok(())
}

fn ascending(path: &str, bounds: &[u128], most: usize) -> Result<(), Fault> {
    if bounds.len() > most {
        return fault(path, format!("expected at most {most}, got {}", bounds.len()));
    }
    let rises = bounds.iter().zip(bounds.iter().skip(1)).all(|(low, high)| low < high);
    if !rises {
        return fault(path, "expected each to be above the one before");
    }
    Ok(())
}

fn coins(amount: u128) -> String {
    crate::decimal::pretty(amount, crate::decimal::COIN_DECIMALS, 6).replace(',', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        parse(Path::new("e.toml"), text).expect_err(text).to_string()
    }

    #[test]
    fn the_default_is_an_economy() {
        let economy = parse(Path::new("e.toml"), DEFAULT).expect("the default");
        assert_eq!(economy.rewards.merchants.per_head, Coins(100_000_000));
        let bounds: Vec<u128> = economy.bizpower.level_bounds.iter().map(|bound| bound.0).collect();
        assert_eq!(bounds, vrs_scoring::DEFAULT_LEVEL_BOUNDS);
        assert_eq!(parse(Path::new("e.toml"), "").expect("nothing"), economy);
    }

    #[test]
    fn what_is_left_out_is_the_default() {
        let economy = parse(Path::new("e.toml"), "[rewards.merchants]\nper_head = \"0.5\"\n").expect("one key");
        assert_eq!(economy.rewards.merchants.per_head, Coins(500_000));
        assert_eq!(economy.rewards.merchants.daily_max, Coins(3_000_000_000_000));
    }

    #[test]
    fn faults_name_their_place() {
        assert_eq!(
            refused("[rewards]\n\nshare_cup = 3\n"),
            "e.toml:3:1: unknown key rewards.share_cup"
        );
        assert_eq!(refused("[calendar\n").split(": ").next(), Some("e.toml:1:10"));
        assert_eq!(
            refused("[calendar]\nclose_minutes = 0\n"),
            "e.toml:2:1: calendar.close_minutes: expected 1 to 1440, got 0"
        );
        assert_eq!(
            refused("[calendar]\nday_seconds = 9\n"),
            "e.toml:2:1: calendar.day_seconds: expected 10 to 86400, got 9"
        );
        assert_eq!(
            refused("[tokens.mvc]\nsupply = 5\n"),
            "e.toml:2:1: tokens.mvc.allocations: expected a sum of 5, the supply, got 3000000000"
        );
        let wrong = refused("[rewards]\nshare_cap = \"many\"\n");
        assert!(wrong.starts_with("e.toml:2:1: rewards.share_cap: "), "{wrong}");
        let negative = refused("[rewards.merchants]\n  pool = -1\n");
        assert!(
            negative.starts_with("e.toml:2:3: rewards.merchants.pool: "),
            "{negative}"
        );
    }
}
