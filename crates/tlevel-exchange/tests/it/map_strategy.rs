//! Maps with every odd thing in them: ids that are missing or there twice, texts that
//! cells show differently, unknown members, rows that are the same.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

fn text() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "a", "b", "", " ", " a ", "a\r\nb", "a\rb", "a\nb", "a, b", "a;b", "=1+1", "+a", "-", "@x", "'=x", "''+", "'",
            "1.10", "007", "1e5", "yes", "TRUE", "row 1", "row 2", "Level 3", "_x000D_", "_x0041_b", "\u{1}", "\u{b}",
            "\u{fffe}", "\t=x", "<b>&amp;</b>", "\"quoted\"", "{\"a\":1}", "é\u{301}", "\u{1F600}", "\u{a0}a", "sep=;",
            "approved", "Approved", "Skill", "k", "policy", "Id", "2026-09-01", "#N/A", "\u{feff}a", "a\u{200b}",
        ]).prop_map(|text| json!(text)),
        2 => "[a-z ,;]{0,6}".prop_map(|text| json!(text)),
        1 => any::<String>().prop_map(|text| json!(text)),
        1 => Just(Value::Null),
    ]
}

fn texts() -> impl Strategy<Value = Value> {
    let text = text().prop_map(|text| if text.is_null() { json!("") } else { text });
    vec(text, 0..3).prop_map(Value::Array)
}

fn truth() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![Value::Null, json!(true), json!(false)])
}

fn number() -> impl Strategy<Value = Value> {
    prop_oneof![Just(Value::Null), (2_i64..8).prop_map(|n| json!(n)), any::<i64>().prop_map(|n| json!(n))]
}

/// Adds unknown members to a record, and none for a name that it has.
fn with_more(record: Value, more: Vec<(String, Value)>) -> Value {
    let Value::Object(mut members) = record else { return record };
    for (name, value) in more {
        members.entry(name).or_insert(value);
    }
    Value::Object(members)
}

fn more() -> impl Strategy<Value = Vec<(String, Value)>> {
    let value = prop_oneof![
        text(),
        number(),
        Just(json!(0.1)),
        Just(json!({"z": [1, null, {"b": true, "a": ""}], "a": 1e300})),
    ];
    prop_oneof![4 => Just(Vec::new()), 1 => vec(("x[a-z]{0,2}", value), 0..3)]
}

/// An object inside a record: missing, empty or full.
fn object(members: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    prop_oneof![
        2 => Just(Value::Null),
        1 => Just(json!({})),
        2 => (members, more()).prop_map(|(members, more)| with_more(members, more)),
    ]
}

fn mark() -> impl Strategy<Value = Value> {
    object((texts(), text()).prop_map(|(reasons, note)| json!({"reasons": reasons, "note": note})))
}

fn statement() -> impl Strategy<Value = Value> {
    let option = prop_oneof![text(), texts()];
    (text(), text(), text(), option, text(), more()).prop_map(|(id, kind, words, option, source, more)| {
        with_more(json!({"id": id, "kind": kind, "text": words, "option": option, "source_text": source}), more)
    })
}

fn duty() -> impl Strategy<Value = Value> {
    (text(), text(), truth(), texts(), texts(), more()).prop_map(|(id, words, core, statements, options, more)| {
        with_more(json!({"id": id, "text": words, "core": core, "statements": statements, "options": options}), more)
    })
}

fn option() -> impl Strategy<Value = Value> {
    (text(), text(), more()).prop_map(|(id, title, more)| with_more(json!({"id": id, "title": title}), more))
}

fn occupation() -> impl Strategy<Value = Value> {
    let standard =
        object((text(), text()).prop_map(|(reference, version)| json!({"reference": reference, "version": version})));
    let facts = (text(), text(), number(), text(), standard, texts(), texts(), text());
    let more_facts = (truth(), number(), text(), texts(), texts());
    let inside = (vec(statement(), 0..4), vec(duty(), 0..3), vec(option(), 0..3));
    (facts, more_facts, inside, more()).prop_map(|(facts, more_facts, inside, more)| {
        let (id, title, level, status, standard, jobs, leads, overview) = facts;
        let (regulated, months, degree, barriers, product_of) = more_facts;
        let (statements, duties, options) = inside;
        let record = json!({
            "id": id, "title": title, "level": level, "status": status, "standard": standard, "job_titles": jobs,
            "progresses_to": leads, "overview": overview, "regulated": regulated, "duration_months": months,
            "degree": degree, "barriers": barriers, "product_of": product_of, "statements": statements,
            "duties": duties, "options": options,
        });
        with_more(record, more)
    })
}

fn branch(inside: &'static str, below: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    (text(), text(), text(), mark(), vec(below, 0..3), more()).prop_map(move |(id, name, date, mark, below, more)| {
        let mut record = json!({"id": id, "name": name, "apprenticeship_only": mark, inside: below});
        if inside != "occupations" {
            record["last_teaching"] = date.clone();
            record["first_teaching"] = date;
        }
        with_more(record, more)
    })
}

fn aside() -> impl Strategy<Value = Value> {
    (text(), text(), text(), occupation(), more()).prop_map(|(reason, route, cluster, occupation, more)| {
        with_more(json!({"reason": reason, "route": route, "cluster": cluster, "occupation": occupation}), more)
    })
}

/// The text of a native map.
pub(crate) fn map() -> impl Strategy<Value = String> {
    let source = object((text(), text()).prop_map(|(name, licence)| json!({"name": name, "licence": licence})));
    let routes = vec(branch("pathways", branch("clusters", branch("occupations", occupation()))), 0..3);
    (text(), text(), source, routes, vec(aside(), 0..3), more()).prop_map(
        |(title, published, source, routes, set_aside, more)| {
            let map = json!({
                "format": "tlevel-map", "version": 1, "title": title, "published": published, "source": source,
                "routes": routes, "set_aside": set_aside,
            });
            with_more(map, more).to_string()
        },
    )
}
