//! Messages held against their contract's own schema before anything is sent.
//!
//! A chain answers a misspelt field with a few words, or drops it. Here it is refused with the fields that there are,
//! and the type that each must have. What is checked follows from the types of the messages, as the contracts' schema
//! files do.

use crate::chain::Code;
use crate::failure::UsageError;
use cosmwasm_schema::schema_for;
use serde_json::{Map, Value};

/// What a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A message that changes state.
    Execute,
    /// A query.
    Query,
}

/// The JSON schema of a contract's messages.
///
/// Errors: where it can't be written as JSON, which does not happen.
pub fn schema(code: Code, entry: Entry) -> Result<Value, serde_json::Error> {
    macro_rules! of {
        ($module:ident) => {
            match entry {
                Entry::Execute => serde_json::to_value(schema_for!(vrs_interface::$module::ExecuteMsg)),
                Entry::Query => serde_json::to_value(schema_for!(vrs_interface::$module::QueryMsg)),
            }
        };
    }
    match code {
        Code::Token => of!(token),
        Code::Points => of!(points),
        Code::Identity => of!(identity),
        Code::Oracle => of!(oracle),
        Code::Merchant => of!(merchant),
        Code::Mining => of!(mining),
    }
}

/// Checks a message.
///
/// Errors: [`UsageError`] that names the place, what was expected there and what was got.
pub fn check(code: Code, entry: Entry, message: &Value) -> Result<(), UsageError> {
    let schema = schema(code, entry).map_err(|error| UsageError(format!("schema: {error}")))?;
    let root = Root { schema: &schema };
    root.check(&schema, message, "").map_err(UsageError)
}

/// A schema with its definitions.
struct Root<'a> {
    schema: &'a Value,
}

impl<'a> Root<'a> {
    /// Checks a value at a place: `visits.customer`, empty for the whole message.
    fn check(&self, schema: &'a Value, value: &Value, at: &str) -> Result<(), String> {
        if let Some(name) = definition(schema) {
            if let Some(max) = max_of(name) {
                return number_text(name, max, value, at);
            }
            return self.check(self.resolve(schema), value, at);
        }
        for part in list(schema, "allOf") {
            self.check(part, value, at)?;
        }
        let any = list(schema, "anyOf");
        if !any.is_empty() {
            return self.check_any(any, value, at);
        }
        let one = list(schema, "oneOf");
        if !one.is_empty() {
            return self.check_variant(one, value, at);
        }
        let allowed = list(schema, "enum");
        if !allowed.is_empty() && !allowed.contains(value) {
            return Err(unexpected(&self.describe(schema), value, at));
        }
        let types = types(schema);
        if !types.is_empty() && !types.iter().any(|kind| is_of(kind, value)) {
            return Err(unexpected(&self.describe(schema), value, at));
        }
        match value {
            Value::Object(fields) => self.check_fields(schema, fields, at),
            Value::Array(items) => self.check_items(schema, items, at),
            Value::Number(number) if !in_range(schema, number) => Err(unexpected(&self.describe(schema), value, at)),
            _ => Ok(()),
        }
    }

    /// A value that may be null, or one of several forms.
    fn check_any(&self, any: &'a [Value], value: &Value, at: &str) -> Result<(), String> {
        let mut first = None;
        for form in any {
            match self.check(form, value, at) {
                Ok(()) => return Ok(()),
                // What is wrong within the form that is no null says more than that it is no null.
                Err(reason) if types(form) != ["null"] => first = first.or(Some(reason)),
                Err(_) => {}
            }
        }
        Err(first.unwrap_or_else(|| unexpected("null", value, at)))
    }

    /// A value of an enum: the name of a variant, or an object with it as its only key.
    fn check_variant(&self, variants: &'a [Value], value: &Value, at: &str) -> Result<(), String> {
        let mut names = vec![];
        for variant in variants {
            names.extend(list(variant, "enum").iter().filter_map(Value::as_str));
            names.extend(properties(variant).into_iter().flat_map(Map::keys).map(String::as_str));
        }
        let known = || format!("one of {}", names.join(", "));
        let key = match value {
            Value::String(name) => name,
            Value::Object(fields) if fields.len() == 1 => match fields.keys().next() {
                Some(name) => name,
                None => return Err(unexpected(&known(), value, at)),
            },
            Value::Object(fields) => {
                let expected = format!("an object with one key, {}", known());
                return Err(format!("{}expected {expected}, got {} keys", place(at), fields.len()));
            }
            _ => return Err(unexpected(&known(), value, at)),
        };
        if !names.contains(&key.as_str()) {
            let hint = nearest(key, names.iter().copied());
            return Err(format!(
                "{}unknown variant `{key}`{hint}; there is {}",
                place(at),
                known()
            ));
        }
        let is_its = |variant: &&Value| match value {
            Value::String(_) => list(variant, "enum").contains(value),
            _ => properties(variant).is_some_and(|fields| fields.contains_key(key)),
        };
        match variants.iter().find(is_its) {
            Some(variant) => self.check(variant, value, at),
            None if value.is_string() => Err(format!("{}expected {{\"{key}\":...}}, got \"{key}\"", place(at))),
            None => Err(format!("{}expected \"{key}\", got an object", place(at))),
        }
    }

    fn check_fields(&self, schema: &'a Value, fields: &Map<String, Value>, at: &str) -> Result<(), String> {
        let empty = Map::new();
        let known = properties(schema).unwrap_or(&empty);
        let is_closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
        for key in fields.keys() {
            if is_closed && !known.contains_key(key) {
                let hint = nearest(key, known.keys().map(String::as_str));
                return Err(format!(
                    "unknown field `{}`{hint}; {}",
                    join(at, key),
                    self.fields(schema)
                ));
            }
        }
        let required = list(schema, "required").iter().filter_map(Value::as_str);
        for key in required {
            if !fields.contains_key(key) {
                return Err(format!("missing field `{}`; {}", join(at, key), self.fields(schema)));
            }
        }
        for (key, value) in fields {
            // A schema that lets further fields in may tell their type.
            let further = schema.get("additionalProperties").filter(|further| further.is_object());
            if let Some(schema) = properties(schema).and_then(|known| known.get(key)).or(further) {
                self.check(schema, value, &join(at, key))?;
            }
        }
        Ok(())
    }

    fn check_items(&self, schema: &'a Value, items: &[Value], at: &str) -> Result<(), String> {
        let length = |key| schema.get(key).and_then(Value::as_u64);
        let count = items.len() as u64;
        if length("minItems").is_some_and(|min| count < min) || length("maxItems").is_some_and(|max| count > max) {
            return Err(format!(
                "{}expected {}, got {count} items",
                place(at),
                self.describe(schema)
            ));
        }
        for (index, item) in items.iter().enumerate() {
            let of_item = match schema.get("items") {
                Some(Value::Array(each)) => each.get(index),
                other => other,
            };
            if let Some(of_item) = of_item {
                self.check(of_item, item, &format!("{at}[{index}]"))?;
            }
        }
        Ok(())
    }

    /// The fields of an object with their types.
    fn fields(&self, schema: &'a Value) -> String {
        let required = list(schema, "required");
        let told = |(name, of): (&'a String, &'a Value)| {
            let optional = if required.iter().any(|r| r == name) {
                ""
            } else {
                ", optional"
            };
            format!("{name} ({}{optional})", self.describe(of))
        };
        let all: Vec<String> = properties(schema).into_iter().flatten().map(told).collect();
        match all.as_slice() {
            [] => "it has no fields".to_owned(),
            all => format!("fields are {}", all.join(", ")),
        }
    }

    /// A type in words.
    fn describe(&self, schema: &'a Value) -> String {
        if let Some(name) = definition(schema) {
            return match (max_of(name), name) {
                (Some(max), _) => format!("digits in quotes, 0 to {max}"),
                (None, "Decimal") => "a decimal in quotes".to_owned(),
                (None, "Binary") => "base64 in quotes".to_owned(),
                (None, "Timestamp") => "nanoseconds in quotes".to_owned(),
                _ => self.describe(self.resolve(schema)),
            };
        }
        if let [only] = list(schema, "allOf") {
            return self.describe(only);
        }
        let variants = list(schema, "oneOf");
        if !variants.is_empty() {
            let names = variants.iter().flat_map(|form| {
                let keys = properties(form)
                    .into_iter()
                    .flat_map(Map::keys)
                    .map(|key| format!("{{\"{key}\":...}}"));
                let texts = list(form, "enum").iter().map(Value::to_string);
                keys.chain(texts).collect::<Vec<_>>()
            });
            return names.collect::<Vec<_>>().join(" or ");
        }
        let any = list(schema, "anyOf");
        if !any.is_empty() {
            let words: Vec<String> = any.iter().map(|form| self.describe(form)).collect();
            return words.join(" or ");
        }
        let allowed = list(schema, "enum");
        if !allowed.is_empty() {
            let words: Vec<String> = allowed.iter().map(Value::to_string).collect();
            return words.join(" or ");
        }
        let words: Vec<String> = types(schema).iter().map(|kind| self.word(kind, schema)).collect();
        match words.as_slice() {
            [] => "any value".to_owned(),
            words => words.join(" or "),
        }
    }

    fn word(&self, kind: &str, schema: &'a Value) -> String {
        match kind {
            "integer" => match range(schema) {
                Some((min, max)) => format!("a whole number, {min} to {max}"),
                None => "a whole number".to_owned(),
            },
            "string" => "a text".to_owned(),
            "boolean" => "true or false".to_owned(),
            "array" => match schema.get("items") {
                Some(Value::Array(each)) => {
                    let each: Vec<String> = each.iter().map(|of| self.describe(of)).collect();
                    format!("[{}]", each.join(", "))
                }
                Some(of) => format!("a list of {}", self.describe(of)),
                None => "a list".to_owned(),
            },
            "object" => {
                let names: Vec<&str> = properties(schema)
                    .into_iter()
                    .flat_map(Map::keys)
                    .map(String::as_str)
                    .collect();
                format!("an object {{{}}}", names.join(", "))
            }
            other => other.to_owned(),
        }
    }

    /// Follows a reference to its definition.
    fn resolve(&self, schema: &'a Value) -> &'a Value {
        let found = definition(schema).and_then(|name| self.schema.get("definitions")?.get(name));
        found.unwrap_or(&Value::Null)
    }
}

/// The name of the definition that a schema refers to.
fn definition(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix("#/definitions/")
}

/// The largest number of a type that is written as digits in quotes.
fn max_of(name: &str) -> Option<&'static str> {
    match name {
        "Uint64" => Some("18446744073709551615"),
        "Uint128" => Some("340282366920938463463374607431768211455"),
        _ => None,
    }
}

fn number_text(name: &str, max: &str, value: &Value, at: &str) -> Result<(), String> {
    let is_plain = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits && (text == "0" || !text.starts_with('0'))
    };
    let fits = |text: &str| match name {
        "Uint64" => text.parse::<u64>().is_ok(),
        _ => text.parse::<u128>().is_ok(),
    };
    match value {
        Value::String(text) if is_plain(text) && fits(text) => Ok(()),
        other => Err(unexpected(&format!("digits in quotes, 0 to {max}"), other, at)),
    }
}

fn list<'a>(schema: &'a Value, key: &str) -> &'a [Value] {
    schema.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn properties(schema: &Value) -> Option<&Map<String, Value>> {
    schema.get("properties").and_then(Value::as_object)
}

fn types(schema: &Value) -> Vec<&str> {
    match schema.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => vec![],
    }
}

fn is_of(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

/// What an integer of a format may be.
fn range(schema: &Value) -> Option<(i64, u64)> {
    Some(match schema.get("format")?.as_str()? {
        "uint8" => (0, u64::from(u8::MAX)),
        "uint16" => (0, u64::from(u16::MAX)),
        "uint32" => (0, u64::from(u32::MAX)),
        "uint64" | "uint" => (0, u64::MAX),
        "int8" => (i64::from(i8::MIN), i8::MAX as u64),
        "int16" => (i64::from(i16::MIN), i16::MAX as u64),
        "int32" => (i64::from(i32::MIN), i32::MAX as u64),
        "int64" | "int" => (i64::MIN, i64::MAX as u64),
        _ => return None,
    })
}

fn in_range(schema: &Value, number: &serde_json::Number) -> bool {
    let Some((min, max)) = range(schema) else { return true };
    match (number.as_u64(), number.as_i64()) {
        (Some(number), _) => number <= max,
        (None, Some(number)) => number >= min,
        (None, None) => false,
    }
}

fn unexpected(expected: &str, value: &Value, at: &str) -> String {
    let got = match value {
        Value::Object(_) => "an object".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        other => other.to_string(),
    };
    format!("{}expected {expected}, got {got}", place(at))
}

/// A place before its reason.
fn place(at: &str) -> String {
    match at {
        "" => String::new(),
        at => format!("{at}: "),
    }
}

fn join(at: &str, key: &str) -> String {
    match at {
        "" => key.to_owned(),
        at => format!("{at}.{key}"),
    }
}

/// The name that was most likely meant, where one is near.
fn nearest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> String {
    let near = |name: &'a str| (strsim::damerau_levenshtein(wrong, name), name);
    match names.map(near).min() {
        Some((distance, name)) if distance <= wrong.len().max(name.len()) / 2 => format!(", did you mean `{name}`?"),
        _ => String::new(),
    }
}
