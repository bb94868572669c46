//! Schemas that the API uses and no page defines.

use generator::model::{Action, Api, Auth, Body, Resource, Response};
use generator::schema::{Reason, build};
use generator::source::Sources;
use serde_json::json;

use crate::describe;

fn api() -> Api {
    let example = json!({
        "id": "575ec7417ae143cd83dc4a95", "created": "2016-06-13T04:00:00.000Z", "name": "x", "count": 3, "on": true,
        "tags": [{"key": "a"}, {"value": "b", "key": "c"}], "empty": [], "nothing": null, "open": {}
    });
    let action = Action {
        name: "post".into(),
        method: "POST".into(),
        path: "/things".into(),
        summary: String::new(),
        description: None,
        deprecated: false,
        auth: Auth::default(),
        params: Vec::new(),
        body: Some(Body {
            name: "thing".into(),
            schema: Some("thing-post".into()),
            required: true,
            example: Some(example),
            description: None,
            span: None,
        }),
        responses: vec![Response { code: 200, schema: Some("thing".into()), description: String::new(), span: None }],
        events: Vec::new(),
        sources: Vec::new(),
        provenance: std::collections::BTreeMap::new(),
        span: None,
    };
    let resource = Resource {
        name: "things".into(),
        title: "Things".into(),
        path: "/things".into(),
        description: None,
        actions: vec![action],
        span: None,
    };
    Api { resources: vec![resource], ..Api::default() }
}

#[test]
fn are_typed_from_an_example_or_stay_free_form() {
    let built = build(&api(), &Sources::default());
    assert_eq!(
        describe::schema(&built.graph, "thing-post"),
        "{count: num, created: time, empty: [any], id: id, name: str, nothing: any, on: bool, open: object, tags: [{key: str, value: str}]}"
    );
    assert_eq!(describe::schema(&built.graph, "thing"), "any");
    let reasons: Vec<_> = built.untyped.iter().map(|place| (describe::path(&place.path), place.reason)).collect();
    let expected = [
        ("thing", Reason::Undefined),
        ("thing-post.empty[]", Reason::NothingShown),
        ("thing-post.nothing", Reason::NothingShown),
    ];
    assert_eq!(reasons, expected.map(|(path, reason)| (path.to_owned(), reason)));
    assert_eq!(
        built.diagnostics.iter().map(|diagnostic| diagnostic.code.name).collect::<Vec<_>>(),
        ["schema-from-example"]
    );
}
