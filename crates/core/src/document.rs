//! JSON documents that libchar wrote, read back: their schema is checked, and every fault has its place.

use crate::fault::{Fault, Faults};
use crate::input;
use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, IgnoredAny, IntoDeserializer, MapAccess, Visitor,
};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};
use std::fmt;

/// The member that every document begins with.
#[derive(Deserialize)]
struct Head {
    schema: Option<Schema>,
}

#[derive(Deserialize)]
struct Schema {
    name: String,
    version: u64,
}

/// Reads the members of a document of this schema and version; `origin` says where such documents come from, as
/// in "a baseline that `libchar spc limits` wrote".
///
/// # Errors
/// Bytes that are not JSON, another schema, and members that are unknown, missing or of another
/// type.
pub fn read<T: DeserializeOwned>(
    file: &str,
    bytes: &[u8],
    (name, version): (&str, u32),
    origin: &str,
) -> Result<T, Faults> {
    let text = input::text(file, bytes)?;
    let expected = || format!("{origin} (schema {name}, version {version})");
    let fault = |e: serde_json::Error| Fault::json(file, &e).expected(expected());
    let head: Head = serde_json::from_str(text).map_err(fault)?;
    let found = match head.schema {
        Some(schema) if schema.name == name && schema.version == u64::from(version) => None,
        Some(schema) => {
            Some(format!("a document of schema {}, version {}", schema.name, schema.version))
        }
        None => Some("no `schema` in the document".to_owned()),
    };
    if let Some(found) = found {
        return Err(Fault::at(file, 1, 1, found).expected(expected()).into());
    }
    let mut json = serde_json::Deserializer::from_str(text);
    Ok(T::deserialize(Body(&mut json)).map_err(fault)?)
}

/// A document without its `schema`, so that types need not know of it.
struct Body<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Body<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(WithoutSchema(visitor))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct WithoutSchema<T>(T);

impl<'de, V: Visitor<'de>> Visitor<'de> for WithoutSchema<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(WithoutSchema(members))
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for WithoutSchema<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        while let Some(key) = self.0.next_key::<String>()? {
            if key != "schema" {
                let key: StringDeserializer<A::Error> = key.into_deserializer();
                return seed.deserialize(key).map(Some);
            }
            self.0.next_value::<IgnoredAny>()?;
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.0.next_value_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Point {
        x: f64,
    }

    fn point(text: &str) -> Result<Point, String> {
        let schema = ("libchar.point", 1);
        read("p.json", text.as_bytes(), schema, "a point that `x` wrote").map_err(|e| e.to_string())
    }

    #[test]
    fn a_document_gives_its_members() {
        let text = r#"{"schema": {"name": "libchar.point", "version": 1}, "x": 2}"#;
        assert_eq!(point(text), Ok(Point { x: 2.0 }));
    }

    #[test]
    fn faults_have_their_place() {
        let schema = "{\"schema\": {\"name\": \"libchar.point\", \"version\": 1},\n";
        for (text, fault) in [
            (format!("{schema} \"y\": 2}}"), "p.json:2:4: unknown field `y`, expected `x`"),
            (
                format!("{schema} \"x\": \"2\"}}"),
                "p.json:2:9: invalid type: string \"2\", expected f64",
            ),
            ("{".to_owned(), "p.json:1:1: EOF while parsing an object"),
            ("{}".to_owned(), "p.json:1:1: no `schema` in the document"),
            (
                r#"{"schema": {"name": "libchar.line", "version": 2}}"#.to_owned(),
                "p.json:1:1: a document of schema libchar.line, version 2",
            ),
        ] {
            let found = point(&text).unwrap_err();
            let expected = "\n  expected a point that `x` wrote (schema libchar.point, version 1)";
            assert_eq!(found, format!("{fault}{expected}"));
        }
    }
}
