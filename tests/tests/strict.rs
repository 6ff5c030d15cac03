//! Every message and query of every contract is strict: made from its own schema, then spoilt in one place at a time.

use cosmwasm_schema::schema_for;
use cosmwasm_schema::schemars::schema::{InstanceType, RootSchema, Schema, SchemaObject, SingleOrVec};
use cosmwasm_schema::schemars::JsonSchema;
use cosmwasm_std::from_json;
use serde::de::DeserializeOwned;
use serde_json::{json, Map, Value};
use std::collections::BTreeSet;
use vrs_interface::{identity, merchant, mining, oracle, points, token};

/// A token that is not ours calls it, and may have more fields than we know.
const OPEN: [&str; 1] = ["/receive"];

/// Values that are good enough to be read.
struct Samples<'a> {
    root: &'a RootSchema,
}

impl Samples<'_> {
    /// Every way to say this schema: one value a variant, each with all of its fields.
    fn of(&self, schema: &Schema) -> Vec<Value> {
        let Schema::Object(object) = schema else {
            return vec![json!("any")];
        };
        if let Some(name) = object.reference.as_deref().and_then(|path| path.rsplit('/').next()) {
            return match name {
                "Uint64" | "Uint128" | "Timestamp" => vec![json!("1")],
                "Binary" => vec![json!("")],
                _ => self.of(&self.root.definitions[name]),
            };
        }
        if let Some(values) = &object.enum_values {
            return values.clone();
        }
        if let Some(subschemas) = &object.subschemas {
            let all = subschemas
                .one_of
                .iter()
                .chain(&subschemas.any_of)
                .chain(&subschemas.all_of);
            let values: Vec<Value> = all.flatten().flat_map(|schema| self.of(schema)).collect();
            if !values.is_empty() {
                return values;
            }
        }
        if object.object.is_some() {
            return self.objects(object);
        }
        if let Some(array) = &object.array {
            return match &array.items {
                Some(SingleOrVec::Single(item)) => self.of(item).into_iter().map(|item| json!([item])).collect(),
                Some(SingleOrVec::Vec(items)) => vec![items.iter().map(|item| self.of(item)[0].clone()).collect()],
                None => vec![json!([])],
            };
        }
        vec![match kind(object) {
            Some(InstanceType::Integer) => json!(1),
            Some(InstanceType::Boolean) => json!(true),
            Some(InstanceType::Null) => Value::Null,
            Some(InstanceType::String) => json!("any"),
            other => panic!("{other:?}: {object:?}"),
        }]
    }

    /// One object for each value that any of its fields may have.
    fn objects(&self, object: &SchemaObject) -> Vec<Value> {
        let fields = &object.object.as_ref().unwrap().properties;
        let mut all: Map<String, Value> = Map::new();
        let mut objects = vec![];
        for (name, schema) in fields {
            all.insert(name.clone(), self.of(schema)[0].clone());
        }
        objects.push(Value::Object(all.clone()));
        for (name, schema) in fields {
            for value in self.of(schema).into_iter().skip(1) {
                let mut one = all.clone();
                one.insert(name.clone(), value);
                objects.push(Value::Object(one));
            }
        }
        objects
    }
}

fn kind(object: &SchemaObject) -> Option<InstanceType> {
    match object.instance_type.as_ref()? {
        SingleOrVec::Single(one) => Some(**one),
        SingleOrVec::Vec(many) => many.iter().copied().find(|kind| *kind != InstanceType::Null),
    }
}

/// Pointers to every object and every text of a value.
fn places(value: &Value, at: &str, objects: &mut BTreeSet<String>, texts: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            objects.insert(at.to_owned());
            for (name, inner) in fields {
                places(inner, &format!("{at}/{name}"), objects, texts);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                places(inner, &format!("{at}/{index}"), objects, texts);
            }
        }
        Value::String(text) if text == "1" => {
            texts.insert(at.to_owned());
        }
        _ => {}
    }
}

fn read<M: DeserializeOwned>(value: &Value) -> Result<M, String> {
    from_json::<M>(serde_json::to_vec(value).unwrap()).map_err(|e| e.to_string())
}

/// What was spoilt, for the counts at the end.
#[derive(Default)]
struct Spoilt {
    fields: usize,
    numbers: usize,
    absent: usize,
}

fn spoil<M: JsonSchema + DeserializeOwned>(of: &str, spoilt: &mut Spoilt) {
    let root = schema_for!(M);
    let samples = Samples { root: &root };
    for sample in samples.of(&Schema::Object(root.schema.clone())) {
        read::<M>(&sample).unwrap_or_else(|e| panic!("{of}: {sample}: {e}"));
        let (mut objects, mut texts) = (BTreeSet::new(), BTreeSet::new());
        places(&sample, "", &mut objects, &mut texts);
        for at in objects {
            if OPEN.iter().any(|inner| at.contains(inner)) {
                continue;
            }
            let mut wrong = sample.clone();
            let fields = wrong.pointer_mut(&at).unwrap().as_object_mut().unwrap();
            fields.insert("misspelt".into(), json!(1));
            let error = read::<M>(&wrong)
                .err()
                .unwrap_or_else(|| panic!("{of}: {wrong} is taken"));
            // Where one key names the variant, a second key is no field but a second variant.
            let variant = fields_are_variants(&sample, &at, &root);
            assert!(error.contains("misspelt") || variant, "{of}: {wrong}: {error}");
            spoilt.fields += 1;
        }
        for at in texts {
            if OPEN.iter().any(|inner| at.contains(inner)) {
                continue;
            }
            for text in ["+1", "01"] {
                let mut wrong = sample.clone();
                *wrong.pointer_mut(&at).unwrap() = json!(text);
                let error = read::<M>(&wrong)
                    .err()
                    .unwrap_or_else(|| panic!("{of}: {wrong} is taken"));
                assert!(error.contains(text), "{of}: {wrong}: {error}");
                spoilt.numbers += 1;
            }
        }
    }
}

/// Whether the object there has one key, the name of a variant.
fn fields_are_variants(sample: &Value, at: &str, root: &RootSchema) -> bool {
    let fields = sample.pointer(at).unwrap().as_object().unwrap();
    let [name] = fields.keys().collect::<Vec<_>>()[..] else {
        return false;
    };
    let schemas = std::iter::once(&root.schema).chain(root.definitions.values().filter_map(|schema| match schema {
        Schema::Object(object) => Some(object),
        Schema::Bool(_) => None,
    }));
    schemas
        .filter_map(|object| object.subschemas.as_ref()?.one_of.as_ref())
        .flatten()
        .any(|variant| matches!(variant, Schema::Object(object) if object.object.as_ref().is_some_and(|o| o.properties.len() == 1 && o.properties.contains_key(name))))
}

/// Options that must be written: `null` is read, absence is refused by name.
fn explicit<M: JsonSchema + DeserializeOwned>(of: &str, spoilt: &mut Spoilt) {
    let root = schema_for!(M);
    let samples = Samples { root: &root };
    for sample in samples.of(&Schema::Object(root.schema.clone())) {
        let (mut objects, mut texts) = (BTreeSet::new(), BTreeSet::new());
        places(&sample, "", &mut objects, &mut texts);
        for at in objects {
            let names: Vec<String> = sample
                .pointer(&at)
                .unwrap()
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect();
            for name in names {
                let mut null = sample.clone();
                null.pointer_mut(&at).unwrap()[&name] = Value::Null;
                if read::<M>(&null).is_err() {
                    continue;
                }
                let mut absent = sample.clone();
                absent.pointer_mut(&at).unwrap().as_object_mut().unwrap().remove(&name);
                if let Err(error) = read::<M>(&absent) {
                    assert!(
                        error.contains(&format!("missing field `{name}`")),
                        "{of}: {absent}: {error}"
                    );
                    spoilt.absent += 1;
                }
            }
        }
    }
}

macro_rules! every {
    ($check:ident, $spoilt:expr, $($contract:ident: $($message:ident)*;)*) => {
        $($($check::<$contract::$message>(concat!(stringify!($contract), "::", stringify!($message)), $spoilt);)*)*
    };
}

macro_rules! all {
    ($check:ident) => {{
        let mut spoilt = Spoilt::default();
        every!($check, &mut spoilt,
            token: InstantiateMsg ExecuteMsg QueryMsg MigrateMsg;
            points: InstantiateMsg ExecuteMsg QueryMsg MigrateMsg;
            identity: InstantiateMsg ExecuteMsg QueryMsg MigrateMsg;
            oracle: InstantiateMsg ExecuteMsg QueryMsg;
            merchant: InstantiateMsg ExecuteMsg QueryMsg MigrateMsg ReceiveMsg;
            mining: InstantiateMsg ExecuteMsg QueryMsg MigrateMsg ReceiveMsg;
        );
        spoilt
    }};
}

#[test]
fn a_misspelt_field_and_a_number_that_is_not_plain_are_refused_everywhere() {
    let spoilt = all!(spoil);
    assert!(
        spoilt.fields > 300 && spoilt.numbers > 100,
        "{} fields, {} numbers",
        spoilt.fields,
        spoilt.numbers
    );
}

/// What would be drastic where a field was left out.
#[test]
fn options_that_decide_much_must_be_written() {
    let spoilt = all!(explicit);
    assert!(spoilt.absent >= 9, "{}", spoilt.absent);
}
