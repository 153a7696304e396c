//! The form `json`: the session as it is, for programs. docs/json.md describes it.

use serde::Serialize;
use serde_json::Value;

use super::document::to_text;
use crate::catalog::Catalog;
use crate::report::Options;
use crate::session::types::Session;

#[derive(Serialize)]
struct Exported<'a> {
    schema: &'static str,
    #[serde(flatten)]
    session: &'a Session,
}

/// The whole session; without names, nobody in it is named.
pub fn write(session: &Session, _catalog: &Catalog, options: &Options) -> String {
    let schema = "astride.export/1";
    if options.names {
        return to_text(&Exported { schema, session });
    }
    let session = &without_names(session.clone());
    let document = serde_json::to_value(Exported { schema, session })
        .expect("a session has only text, numbers and lists under text names");
    to_text(&without_stamped_names(document))
}

/// Nothing with names; without them, who did what.
pub fn left_out(session: &Session, _catalog: &Catalog, options: &Options) -> Vec<String> {
    if options.names || session.participants.is_empty() {
        return Vec::new();
    }
    vec!["the names of people, as asked".to_owned()]
}

fn without_names(mut session: Session) -> Session {
    session.participants.clear();
    session.room.turn = None;
    for mitigation in &mut session.mitigations {
        mitigation.owner.clear();
    }
    session
}

/// Takes `by` out of every stamp: an object of `at` and `by`.
fn without_stamped_names(value: Value) -> Value {
    match value {
        Value::Array(list) => list.into_iter().map(without_stamped_names).collect(),
        Value::Object(mut fields) => {
            if fields.contains_key("at") && fields.len() == 2 {
                fields.remove("by");
            }
            let fields = fields.into_iter();
            fields
                .map(|(name, value)| (name, without_stamped_names(value)))
                .collect()
        }
        other => other,
    }
}
