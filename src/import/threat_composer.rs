//! Threat Composer 1: statements in a grammar, mitigations and assumptions. It knows no components; the
//! application is one, unless the file came from Astride and says more.

use serde_json::Value;

use super::builder::{Builder, Known};
use super::category;
use super::value::{list, one_line, paragraphs, text, texts};
use super::{Format, Import, ImportError};
use crate::catalog::types::{ElementKind, Id};
use crate::encode::quoted;
use crate::session::id::ThreatId;
use crate::session::types::{Impact, Likelihood, MitigationStatus, Response};
use crate::session::words::{MARKED_RESOLVED, NOT_USEFUL, WILL_NOT_ACTION};

/// The keys of metadata that Astride writes for threats.
const OURS: [&str; 17] = [
    "Component",
    "Attack surface",
    "Title",
    "What goes wrong",
    "Preconditions",
    "Consequences",
    "Likelihood",
    "Impact",
    "Response",
    "Response because",
    "Accepted until",
    "Controls",
    "Who",
    "Action",
    "Because",
    "Harm",
    "Asset",
];

/// The keys of metadata that Astride writes for mitigations.
const FACTS: [&str; 7] = [
    "Text", "Status", "Owner", "Due", "Verify", "Evidence", "Controls",
];

/// The workspace as a session.
pub fn read(document: &Value, mut builder: Builder<'_>) -> Result<Import, ImportError> {
    let about = &document["applicationInfo"];
    builder.about(&text(about, "name"), &text(about, "description"));
    for (name, label) in [("architecture", "Architecture"), ("dataflow", "Data flows")] {
        let part = &document[name];
        builder.describe(label, &text(part, "description"));
        if !text(part, "image").is_empty() {
            builder.notices.say(format!("the picture under {label}"));
        }
        builder.notices.rest(name, part, &["description", "image"]);
    }
    builder
        .notices
        .rest("applicationInfo", about, &["name", "description"]);
    for one in in_order(document, "assumptions") {
        let metadata = Metadata::of(one);
        let words = metadata
            .ours("Text")
            .unwrap_or_else(|| text(one, "content"));
        let comments = metadata.comments();
        let words = paragraphs(&[("", &words), ("Comments", &comments), ("Tags", &tags(one))]);
        builder.assumption(&text(one, "id"), &words);
        metadata.rest("assumptions", &["Text"], &mut builder);
        builder.notices.rest(
            "assumptions",
            one,
            &[
                "id",
                "numericId",
                "displayOrder",
                "metadata",
                "tags",
                "content",
            ],
        );
    }
    let threats = threats(document, &mut builder);
    mitigations(document, &threats, &mut builder);
    let links = list(document, "assumptionLinks").len();
    builder.notices.count(
        links,
        "link from an assumption to a threat or mitigation",
        "links from assumptions to threats or mitigations",
    );
    brainstorm(&document["brainstorm"], &mut builder);
    let known = [
        "schema",
        "applicationInfo",
        "architecture",
        "dataflow",
        "assumptions",
        "mitigations",
        "assumptionLinks",
        "mitigationLinks",
        "threats",
        "brainstorm",
    ];
    builder.notices.rest("the file", document, &known);
    builder.finish(Format::ThreatComposer)
}

/// The entries by their number, the first first: the program keeps the newest in front.
fn in_order<'v>(document: &'v Value, name: &str) -> Vec<&'v Value> {
    let mut entries: Vec<&Value> = list(document, name).iter().collect();
    entries.sort_by(|one, other| {
        let number = |entry: &Value| entry["numericId"].as_f64().unwrap_or(f64::MAX);
        number(one).total_cmp(&number(other))
    });
    entries
}

fn tags(entry: &Value) -> String {
    texts(entry, "tags").join(", ")
}

/// The list of keys and values beside an entry.
struct Metadata<'v>(&'v [Value]);

impl<'v> Metadata<'v> {
    fn of(entry: &'v Value) -> Self {
        Self(list(entry, "metadata"))
    }

    fn get(&self, key: &str) -> Option<&'v Value> {
        self.0
            .iter()
            .find(|one| one["key"] == key)
            .map(|one| &one["value"])
    }

    /// A fact that Astride wrote.
    fn ours(&self, key: &str) -> Option<String> {
        self.get(&format!("custom:{key}"))?
            .as_str()
            .map(str::to_owned)
    }

    fn or_empty(&self, key: &str) -> String {
        self.ours(key).unwrap_or_default()
    }

    fn comments(&self) -> String {
        let comments = self.get("Comments").and_then(Value::as_str);
        comments.unwrap_or_default().to_owned()
    }

    /// Says what has no place.
    fn rest(&self, place: &str, ours: &[&str], builder: &mut Builder<'_>) {
        for one in self.0 {
            let key = text(one, "key");
            let custom = key
                .strip_prefix("custom:")
                .is_some_and(|key| ours.contains(&key));
            if !custom && !matches!(key.as_str(), "Comments" | "STRIDE" | "Priority") {
                let fields = Value::Object([(key, Value::Bool(true))].into_iter().collect());
                builder.notices.rest(place, &fields, &[]);
            }
        }
    }
}

fn threats(document: &Value, builder: &mut Builder<'_>) -> Known<ThreatId> {
    let mut ours = Known::new();
    let mut components: Known<Id> = Known::new();
    let mut zone = None;
    for one in in_order(document, "threats") {
        let metadata = Metadata::of(one);
        let component = match metadata.ours("Component") {
            Some(name) => {
                let known = components.entry(name.clone()).or_insert_with(|| {
                    let component = builder.component(&name, &name, "", true);
                    let zone =
                        zone.get_or_insert_with(|| builder.zone("application", "Application"));
                    builder.element(&component, &name, ElementKind::Process, zone);
                    component
                });
                known.clone()
            }
            None => builder.whole(),
        };
        let letters = metadata
            .get("STRIDE")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let letters: Vec<String> = letters
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        let (category, others) = category::of(&letters);
        let own = one_threat(one, &metadata, &component, category, &others, builder);
        ours.insert(text(one, "id"), own);
        metadata.rest("threats", &OURS, builder);
        let known = [
            "id",
            "numericId",
            "displayOrder",
            "metadata",
            "tags",
            "threatSource",
            "prerequisites",
            "threatAction",
            "threatImpact",
            "impactedGoal",
            "impactedAssets",
            "statement",
            "status",
        ];
        builder.notices.rest("threats", one, &known);
    }
    ours
}

fn one_threat(
    one: &Value,
    metadata: &Metadata<'_>,
    component: &Id,
    category: crate::stride::Category,
    others: &str,
    builder: &mut Builder<'_>,
) -> ThreatId {
    let statement = text(one, "statement");
    let action = text(one, "threatAction");
    let title = metadata
        .ours("Title")
        .unwrap_or_else(|| title(&action, &statement));
    let from_us = metadata.ours("Component").is_some();
    let own = builder.threat(&text(one, "id"), component, category, &title);
    let part = |key: &str, field: String| metadata.ours(key).unwrap_or(field);
    own.sentence.who = part("Who", text(one, "threatSource")).into();
    own.sentence.action = part("Action", action).into();
    own.sentence.because = part("Because", text(one, "prerequisites")).into();
    own.sentence.harm = part("Harm", text(one, "threatImpact")).into();
    own.sentence.asset = part("Asset", texts(one, "impactedAssets").join(", ")).into();
    own.what_goes_wrong = if from_us {
        metadata.or_empty("What goes wrong").into()
    } else {
        let goals = texts(one, "impactedGoal");
        // The statement names them where it was built from its parts.
        let told = goals.iter().all(|goal| statement.contains(goal.as_str()));
        paragraphs(&[
            ("", &statement),
            (
                "Impacted goals",
                &if told {
                    String::new()
                } else {
                    goals.join(", ")
                },
            ),
            ("Also", others),
            ("Comments", &metadata.comments()),
            ("Tags", &tags(one)),
        ])
        .into()
    };
    own.preconditions = metadata.or_empty("Preconditions").into();
    own.consequences = metadata.or_empty("Consequences").into();
    own.likelihood = Likelihood::ALL
        .into_iter()
        .find(|level| level.name() == metadata.or_empty("Likelihood"));
    let impact = Impact::ALL
        .into_iter()
        .find(|level| level.name() == metadata.or_empty("Impact"));
    own.impact = impact.or(match metadata.get("Priority").and_then(Value::as_str) {
        Some("Low") => Some(Impact::Minor),
        Some("Medium") => Some(Impact::Moderate),
        Some("High") => Some(Impact::Major),
        _ => None,
    });
    own.response = Response::ALL
        .into_iter()
        .find(|one| one.name() == metadata.or_empty("Response"));
    own.response_reason = metadata.or_empty("Response because").into();
    own.accepted_until = metadata.or_empty("Accepted until").into();
    own.controls = ids(&metadata.or_empty("Controls"));
    match text(one, "status").as_str() {
        "threatResolvedNotUseful" => {
            own.response = Some(Response::Accept);
            own.response_reason = NOT_USEFUL.into();
        }
        "threatResolved" if !from_us => own.response_reason = MARKED_RESOLVED.into(),
        _ => {}
    }
    own.id.clone()
}

/// A short title: what is done, or the beginning of the statement.
fn title(action: &str, statement: &str) -> String {
    let words = if action.trim().is_empty() {
        statement
    } else {
        action
    };
    let line = one_line(words);
    if line.is_empty() {
        return "Untitled threat".to_owned();
    }
    let mut letters = line.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let mut title: String = first.chain(letters.by_ref().take(119)).collect();
    if letters.next().is_some() {
        title.push('…');
    }
    title
}

fn ids(text: &str) -> Vec<Id> {
    text.split(", ").filter_map(|id| Id::new(id).ok()).collect()
}

fn mitigations(document: &Value, threats: &Known<ThreatId>, builder: &mut Builder<'_>) {
    let mut linked: Known<Vec<ThreatId>> = Known::new();
    let mut dangling = 0;
    for link in list(document, "mitigationLinks") {
        match threats.get(&text(link, "linkedId")) {
            Some(threat) => {
                let linked = linked.entry(text(link, "mitigationId")).or_default();
                if !linked.contains(threat) {
                    linked.push(threat.clone());
                }
            }
            // A mitigation can be linked to an assumption too.
            None => dangling += 1,
        }
    }
    builder.notices.count(
        dangling,
        "link from a mitigation to something that is no threat of the file",
        "links from mitigations to something that is no threat of the file",
    );
    for one in in_order(document, "mitigations") {
        let id = text(one, "id");
        let metadata = Metadata::of(one);
        let words = metadata
            .ours("Text")
            .unwrap_or_else(|| text(one, "content"));
        let what = paragraphs(&[
            ("", &words),
            ("Comments", &metadata.comments()),
            ("Tags", &tags(one)),
        ]);
        let threats = linked.remove(&id).unwrap_or_default();
        let own = builder.mitigation(&id, &what, threats);
        let status = text(one, "status");
        own.owner = metadata.or_empty("Owner").into();
        own.due = metadata.or_empty("Due").into();
        own.verify = metadata.or_empty("Verify").into();
        own.evidence = metadata.or_empty("Evidence").into();
        own.controls = ids(&metadata.or_empty("Controls"));
        own.status = match status.as_str() {
            "mitigationResolved" if metadata.or_empty("Status") == "verified" => {
                MitigationStatus::Verified
            }
            "mitigationResolved" => MitigationStatus::Done,
            _ => MitigationStatus::Planned,
        };
        if status == "mitigationResolvedWillNotAction" {
            own.evidence = WILL_NOT_ACTION.into();
        }
        let known = [
            "",
            "mitigationIdentified",
            "mitigationResolved",
            "mitigationResolvedWillNotAction",
        ];
        if !known.contains(&status.as_str()) {
            builder
                .notices
                .say(format!("the status {} of a mitigation", quoted(&status)));
        }
        metadata.rest("mitigations", &FACTS, builder);
        let known = [
            "id",
            "numericId",
            "displayOrder",
            "metadata",
            "tags",
            "content",
            "status",
        ];
        builder.notices.rest("mitigations", one, &known);
    }
}

/// Ideas that were not yet made into anything are thoughts put aside.
fn brainstorm(ideas: &Value, builder: &mut Builder<'_>) {
    for (name, label) in [
        ("assumptions", "Assumption"),
        ("threatSources", "Threat source"),
        ("threatPrerequisites", "Prerequisite"),
        ("threatActions", "Threat action"),
        ("threatImpacts", "Threat impact"),
        ("assets", "Asset"),
        ("mitigations", "Mitigation"),
    ] {
        for idea in list(ideas, name) {
            builder.parked(&format!("{label}: {}", text(idea, "content")));
            builder.notices.rest("brainstorm", idea, &["id", "content"]);
        }
    }
}
