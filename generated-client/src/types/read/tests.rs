//! Which values a place takes, and what becomes of the others.

use super::*;
use crate::types::{Id, Patch, Secret, Timestamp, TypedMap};

fn came<T: Json>(otherwise: Otherwise, text: &str) -> Result<(Came, T), serde_json::Error> {
    let mut value = T::blank();
    let mut input = serde_json::Deserializer::from_str(text);
    let came = Reader::new(value.place(), otherwise).deserialize(&mut input)?;
    input.end()?;
    Ok((came, value))
}

/// Which of a value of every kind a type takes; the others come back as they are, or are errors.
fn fits<T: Json>() -> Vec<&'static str> {
    let texts = ["null", "true", "-5", "5.0", "5.5", "18446744073709551615", "\"a\\n\"", "[]", "{\"a\":[1,null]}"];
    let fits = |text: &&str| match came::<T>(Otherwise::Whole, text).expect(text).0 {
        Came::Misfit(value) => {
            assert_eq!(*value, serde_json::from_str::<Value>(text).expect(text));
            assert!(came::<T>(Otherwise::Fail, text).is_err(), "{text}");
            false
        }
        _ => came::<T>(Otherwise::Fail, text).is_ok(),
    };
    texts.into_iter().filter(fits).collect()
}

#[test]
fn a_value_of_another_kind_is_no_error() {
    assert_eq!(fits::<bool>(), ["true"]);
    assert_eq!(fits::<i64>(), ["-5", "5.0"]);
    assert_eq!(fits::<Option<i64>>(), ["null", "-5", "5.0"]);
    assert_eq!(fits::<Patch<i64>>(), ["null", "-5", "5.0"]);
    for numbers in [fits::<Number>(), fits::<f64>()] {
        assert_eq!(numbers, ["-5", "5.0", "5.5", "18446744073709551615"]);
    }
    for texts in [fits::<String>(), fits::<Id>(), fits::<Timestamp>(), fits::<Secret>()] {
        assert_eq!(texts, ["\"a\\n\""]);
    }
    assert_eq!(fits::<Vec<String>>(), ["[]"]);
    for objects in [fits::<serde_json::Map<String, Value>>(), fits::<TypedMap<Value>>()] {
        assert_eq!(objects, ["{\"a\":[1,null]}"]);
    }
    assert_eq!(fits::<Value>().len(), 9);
    assert_eq!(fits::<Scalar>().len(), 9);
}

#[test]
fn a_place_holds_what_came_for_it() {
    let read = |text: &str| came::<Option<i64>>(Otherwise::Whole, text).expect(text).1;
    assert_eq!((read("5"), read("5.0"), read("null"), read("\"5\"")), (Some(5), Some(5), None, None));
    let read = |text: &str| came::<Patch<i64>>(Otherwise::Whole, text).expect(text).1;
    assert_eq!((read("5"), read("null"), read("[]")), (Patch::Set(5), Patch::Clear, Patch::Keep));
}

#[test]
fn a_fault_of_the_text_is_one() {
    for text in ["", "tru", "[1", "{\"a\"}", "\"a", "5 5"] {
        for otherwise in [Otherwise::Fail, Otherwise::Whole, Otherwise::Part] {
            assert!(came::<bool>(otherwise, text).is_err(), "{text}");
            assert!(came::<Option<Vec<i64>>>(otherwise, text).is_err(), "{text}");
            assert!(came::<TypedMap<i64>>(otherwise, text).is_err(), "{text}");
        }
    }
}

#[test]
fn a_strict_place_says_what_it_expects() {
    let said = |fault: Result<(Came, Option<String>), serde_json::Error>| fault.err().expect("an error").to_string();
    assert_eq!(said(came(Otherwise::Fail, "[1]")), "invalid type: sequence, expected a string at line 1 column 3");
    let said = |fault: Result<(Came, i64), serde_json::Error>| fault.err().expect("an error").to_string();
    assert_eq!(said(came(Otherwise::Fail, "5.5")), "invalid type: number, expected an integer at line 1 column 3");
}

#[test]
fn a_list_in_a_list_is_whole() {
    let text = "[[1,\"a\",2],[3],\"b\"]";
    let (came, lists) = came::<Vec<Vec<i64>>>(Otherwise::Part, text).expect(text);
    let Came::Part(odd) = came else { panic!("some of it fits") };
    assert_eq!(lists, [[3]]);
    assert_eq!(*odd, [(0, serde_json::json!([1, "a", 2])), (2, Value::from("b"))]);
}
