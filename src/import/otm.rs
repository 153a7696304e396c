//! Open Threat Model 0.1 and 0.2. What Astride itself wrote into `attributes` comes back.

use serde_json::Value;

use super::builder::{Builder, Known};
use super::category;
use super::value::{list, one_line, paragraphs, text, texts};
use super::{Format, Import, ImportError};
use crate::catalog::types::{ElementKind, Id};
use crate::encode::quoted;
use crate::session::id::ThreatId;
use crate::session::types::{Impact, Likelihood, MitigationStatus, Response, Threat};

/// A place where threats stand: a component, or a flow that becomes one.
struct Holder<'v> {
    component: Id,
    instances: &'v [Value],
}

/// The model as a session.
pub fn read(document: &Value, mut builder: Builder<'_>) -> Result<Import, ImportError> {
    let project = &document["project"];
    let ours = &project["attributes"]["astride"];
    builder.about(&text(project, "name"), &text(project, "description"));
    builder.describe("Owner", &text(project, "owner"));
    builder.describe("Contact", &text(project, "ownerContact"));
    builder.describe("Tags", &texts(project, "tags").join(", "));
    for name in texts(ours, "participants") {
        builder.participant(&name);
    }
    for assumption in texts(ours, "assumptions") {
        builder.assumption("", &assumption);
    }
    let known = [
        "name",
        "id",
        "description",
        "owner",
        "ownerContact",
        "tags",
        "attributes",
    ];
    builder.notices.rest("project", project, &known);
    builder
        .notices
        .rest("project, attributes", &project["attributes"], &["astride"]);
    let known = [
        "otmVersion",
        "project",
        "trustZones",
        "components",
        "dataflows",
        "threats",
        "mitigations",
    ];
    builder.notices.rest("the file", document, &known);
    assets(document, &mut builder);

    let mut zones: Known<Id> = Known::new();
    for zone in list(document, "trustZones") {
        let id = builder.zone(&text(zone, "id"), &text(zone, "name"));
        zones.insert(text(zone, "id"), id);
        builder.notices.rest("trust zones", zone, &["id", "name"]);
    }
    let mut holders = Vec::new();
    let elements = components(document, &zones, &mut holders, &mut builder);
    flows(document, &elements, &mut holders, &mut builder);
    threats(document, &holders, &mut builder);
    builder.finish(Format::Otm)
}

/// Assets have no place of their own; their words are kept in the description.
fn assets(document: &Value, builder: &mut Builder<'_>) {
    for asset in list(document, "assets") {
        let words = paragraphs(&[
            ("", &text(asset, "name")),
            ("", &text(asset, "description")),
        ]);
        builder.describe("Asset", &one_line(&words));
        builder
            .notices
            .rest("assets", asset, &["id", "name", "description"]);
    }
}

fn components<'v>(
    document: &'v Value,
    zones: &Known<Id>,
    holders: &mut Vec<Holder<'v>>,
    builder: &mut Builder<'_>,
) -> Known<Id> {
    let all = list(document, "components");
    let by_id: Known<&Value> = all.iter().map(|one| (text(one, "id"), one)).collect();
    let mut elements = Known::new();
    let mut nested = 0;
    let mut nowhere = None;
    for component in all {
        let (id, name) = (text(component, "id"), text(component, "name"));
        let kind = text(component, "type");
        let ours = &component["attributes"]["astride"];
        let element_kind = element_kind(&kind);
        // Our own words for kinds say nothing more; those of others are kept.
        let their_kind = if ours.is_null() { kind.as_str() } else { "" };
        let what = paragraphs(&[
            ("", &text(component, "description")),
            ("Type", their_kind),
            ("Tags", &texts(component, "tags").join(", ")),
        ]);
        let in_scope = ours["inScope"].as_bool().unwrap_or(true);
        let zone = zone_of(component, &by_id, zones);
        nested += usize::from(component["parent"]["component"].is_string());
        let zone = zone.unwrap_or_else(|| {
            nowhere
                .get_or_insert_with(|| builder.zone("no-zone", "Not placed"))
                .clone()
        });
        let own = builder.component(&id, &name, &what, in_scope);
        let element = builder.element(&own, &name, element_kind, &zone);
        elements.insert(id, element);
        let instances = list(component, "threats");
        holders.push(Holder {
            component: own,
            instances,
        });
        let known = [
            "id",
            "name",
            "type",
            "description",
            "tags",
            "parent",
            "threats",
            "attributes",
        ];
        builder.notices.rest("components", component, &known);
        builder.notices.rest(
            "components, attributes",
            &component["attributes"],
            &["astride"],
        );
    }
    builder.notices.count(
        nested,
        "component inside another: it stands in the same trust zone",
        "components inside others: they stand in the same trust zone",
    );
    elements
}

/// The zone in which a component stands, if need be that of what it is part of.
fn zone_of(component: &Value, by_id: &Known<&Value>, zones: &Known<Id>) -> Option<Id> {
    let mut here = component;
    for _ in 0..64 {
        let parent = &here["parent"];
        if let Some(zone) = zones.get(&text(parent, "trustZone")) {
            return Some(zone.clone());
        }
        here = by_id.get(&text(parent, "component"))?;
    }
    None
}

fn element_kind(kind: &str) -> ElementKind {
    let kind = kind.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| kind.contains(word));
    if kind == "external-service" {
        ElementKind::ExternalService
    } else if has(&["client", "actor", "user", "browser"]) {
        ElementKind::Actor
    } else if has(&[
        "database", "store", "storage", "sql", "-db", "s3", "dynamodb", "postgres", "mongo",
        "redis",
    ]) {
        ElementKind::Store
    } else {
        ElementKind::Process
    }
}

fn flows<'v>(
    document: &'v Value,
    elements: &Known<Id>,
    holders: &mut Vec<Holder<'v>>,
    builder: &mut Builder<'_>,
) {
    for flow in list(document, "dataflows") {
        let (id, name) = (text(flow, "id"), text(flow, "name"));
        let ends = [text(flow, "source"), text(flow, "destination")];
        let instances = list(flow, "threats");
        let component = if let [Some(from), Some(to)] = ends.each_ref().map(|end| elements.get(end))
        {
            let how = paragraphs(&[
                ("", &text(flow, "description")),
                ("Tags", &texts(flow, "tags").join(", ")),
                (
                    "",
                    if flow["bidirectional"] == true {
                        "both ways"
                    } else {
                        ""
                    },
                ),
            ]);
            let own = builder.flow(&id, from, to, &name, &how);
            (!instances.is_empty()).then(|| builder.component_for(&own, &name))
        } else {
            builder.notices.say(format!(
                "the data flow {}: one of its ends is not in the file",
                quoted(&name)
            ));
            (!instances.is_empty()).then(|| builder.component(&id, &name, "A data flow.", true))
        };
        if let Some(component) = component {
            holders.push(Holder {
                component,
                instances,
            });
        }
        let known = [
            "id",
            "name",
            "description",
            "source",
            "destination",
            "threats",
            "tags",
            "bidirectional",
        ];
        builder.notices.rest("data flows", flow, &known);
    }
}

/// Threats where they stand, and the mitigations that are named with them.
fn threats(document: &Value, holders: &[Holder<'_>], builder: &mut Builder<'_>) {
    let mut ours: Known<Vec<(ThreatId, &Value)>> = Known::new();
    let by_id: Known<&Value> = list(document, "threats")
        .iter()
        .map(|one| (text(one, "id"), one))
        .collect();
    for holder in holders {
        for instance in holder.instances {
            let id = text(instance, "threat");
            let threat = by_id.get(&id).copied().unwrap_or(&Value::Null);
            if threat.is_null() {
                builder.notices.say(format!(
                    "a threat is named {} and not described in the file",
                    quoted(&id)
                ));
            }
            let own = one_threat(threat, &id, &holder.component, builder);
            apply_state(&text(instance, "state"), own);
            let own = own.id.clone();
            ours.entry(id).or_default().push((own, instance));
            builder.notices.rest(
                "threats of components",
                instance,
                &["threat", "state", "mitigations"],
            );
        }
    }
    for threat in list(document, "threats") {
        let id = text(threat, "id");
        if !ours.contains_key(&id) {
            let whole = builder.whole();
            one_threat(threat, &id, &whole, builder);
        }
        let known = [
            "id",
            "name",
            "description",
            "categories",
            "cwes",
            "risk",
            "tags",
            "attributes",
        ];
        builder.notices.rest("threats", threat, &known);
        builder
            .notices
            .rest("threats, attributes", &threat["attributes"], &["astride"]);
    }
    mitigations(document, &ours, builder);
}

fn one_threat<'b>(
    threat: &Value,
    id: &str,
    component: &Id,
    builder: &'b mut Builder<'_>,
) -> &'b mut Threat {
    let ours = &threat["attributes"]["astride"];
    let (category, others) = category::of(&texts(threat, "categories"));
    let name = text(threat, "name");
    let own = builder.threat(
        id,
        component,
        category,
        if name.is_empty() { id } else { &name },
    );
    let weaknesses = if ours.is_null() {
        texts(threat, "cwes")
    } else {
        Vec::new()
    };
    own.what_goes_wrong = paragraphs(&[
        ("", &text(threat, "description")),
        ("Also", &others),
        ("Weaknesses", &weaknesses.join(", ")),
        ("Tags", &texts(threat, "tags").join(", ")),
    ])
    .into();
    let risk = &threat["risk"];
    own.preconditions = text(risk, "likelihoodComment").into();
    own.consequences = text(risk, "impactComment").into();
    own.likelihood = step(&risk["likelihood"]).map(|at| Likelihood::ALL[at]);
    own.impact = step(&risk["impact"]).map(|at| Impact::ALL[at]);
    own.response = Response::ALL
        .into_iter()
        .find(|one| one.name() == text(ours, "response"));
    own.response_reason = text(ours, "responseReason").into();
    own.accepted_until = text(ours, "acceptedUntil").into();
    own.controls = texts(ours, "controls")
        .into_iter()
        .filter_map(|id| Id::new(id).ok())
        .collect();
    let sentence = &ours["sentence"];
    own.sentence.who = text(sentence, "who").into();
    own.sentence.action = text(sentence, "action").into();
    own.sentence.because = text(sentence, "because").into();
    own.sentence.harm = text(sentence, "harm").into();
    own.sentence.asset = text(sentence, "asset").into();
    own
}

/// One of five steps for a number from 1 to 100; 0 is what unrated threats carry.
fn step(rating: &Value) -> Option<usize> {
    let rating = rating.as_f64().filter(|rating| *rating > 0.0)?;
    // At most 100 before it is cut to a whole number.
    #[allow(clippy::cast_sign_loss)]
    let steps = (rating.min(100.0) / 20.0).ceil() as usize;
    Some(steps.saturating_sub(1).min(4))
}

/// States that say more than that something is to be done.
fn apply_state(state: &str, threat: &mut Threat) {
    if threat.response.is_none() && matches!(state, "accepted" | "accept") {
        threat.response = Some(Response::Accept);
    }
}

fn mitigations(document: &Value, ours: &Known<Vec<(ThreatId, &Value)>>, builder: &mut Builder<'_>) {
    let mut covered: Known<(Vec<ThreatId>, bool)> = Known::new();
    let mut in_order: Vec<String> = Vec::new();
    for threat in list(document, "threats") {
        for (own, instance) in ours.get(&text(threat, "id")).into_iter().flatten() {
            for one in list(instance, "mitigations") {
                let id = text(one, "mitigation");
                let done = matches!(
                    text(one, "state").as_str(),
                    "implemented" | "tested" | "done"
                );
                let (threats, all_done) = covered.entry(id.clone()).or_insert_with(|| {
                    in_order.push(id);
                    (Vec::new(), true)
                });
                if !threats.contains(own) {
                    threats.push(own.clone());
                }
                *all_done &= done;
            }
        }
    }
    for mitigation in list(document, "mitigations") {
        let id = text(mitigation, "id");
        let (threats, done) = covered.remove(&id).unwrap_or_default();
        let (name, description) = (text(mitigation, "name"), text(mitigation, "description"));
        let what = if !description.is_empty() && description.starts_with(name.trim_end_matches('…'))
        {
            description
        } else {
            paragraphs(&[("", &name), ("", &description)])
        };
        let ours = &mitigation["attributes"]["astride"];
        let own = builder.mitigation(&id, &what, threats);
        own.status = match text(ours, "status").as_str() {
            "verified" => MitigationStatus::Verified,
            "done" => MitigationStatus::Done,
            "planned" => MitigationStatus::Planned,
            _ if done => MitigationStatus::Done,
            _ => MitigationStatus::Planned,
        };
        own.owner = text(ours, "owner").into();
        own.due = text(ours, "due").into();
        own.verify = text(ours, "verify").into();
        own.evidence = text(ours, "evidence").into();
        own.controls = texts(ours, "controls")
            .into_iter()
            .filter_map(|id| Id::new(id).ok())
            .collect();
        let known = ["id", "name", "description", "attributes"];
        let rated = mitigation["riskReduction"]
            .as_f64()
            .is_some_and(|one| one > 0.0);
        let known = if rated {
            &known[..]
        } else {
            &["id", "name", "description", "attributes", "riskReduction"]
        };
        builder.notices.rest("mitigations", mitigation, known);
        builder.notices.rest(
            "mitigations, attributes",
            &mitigation["attributes"],
            &["astride"],
        );
    }
    for id in in_order {
        if let Some((threats, done)) = covered.remove(&id) {
            builder.notices.say(format!(
                "a mitigation is named {} and not described in the file",
                quoted(&id)
            ));
            let own = builder.mitigation(&id, &id, threats);
            own.status = if done {
                MitigationStatus::Done
            } else {
                MitigationStatus::Planned
            };
        }
    }
}
