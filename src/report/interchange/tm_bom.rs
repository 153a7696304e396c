//! The form `tm-bom`: the OWASP Threat Model Library's schema 1.0.2. It asks for judgements that a session
//! does not hold (how critical the business is, how able an attacker); the middle value stands there,
//! and [`left_out`] says so.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;
use serde_json::{Value, json};

use super::document::{Each, to_text};
use super::ids::{Names, symbolic};
use super::left_out::{Part, sentences};
use super::model::{Flow, Model, Node, Zone};
use super::words::{cut, filled, first_line, or_untitled, paragraphs, severity};
use crate::catalog::Catalog;
use crate::catalog::types::{ElementKind, ReferenceKind};
use crate::report::{Options, diagram};
use crate::session::types::{
    Assumption, Impact, Likelihood, Mitigation, MitigationStatus, Session, Threat,
};
use crate::session::words::Risk;

const SCHEMA: &str = "https://github.com/OWASP/www-project-threat-model-library/blob/v1.0.2/threat-model.schema.json";

/// The persona of threats: a session chooses attackers for the whole model, not for each threat.
const ANYBODY: &str = "any-attacker";

#[derive(Serialize)]
struct Document<'a, T: Serialize, C: Serialize, R: Serialize> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    scope: Value,
    description: &'a str,
    diagrams: Vec<Value>,
    trust_zones: Value,
    trust_boundaries: Value,
    actors: Value,
    components: Value,
    data_stores: Value,
    data_sets: [Value; 0],
    data_flows: Value,
    assumptions: Value,
    threat_personas: Vec<Value>,
    threats: T,
    controls: C,
    risks: R,
}

/// The session as a TM-BOM.
pub fn write(session: &Session, catalog: &Catalog, options: &Options) -> String {
    let model = &Model::of(session, catalog, options);
    let named = &Named::of(model);
    let title = or_untitled(&session.title, "Untitled");
    let of_kind = |wanted: &[ElementKind], more: &dyn Fn(&Node<'_>) -> Option<&'static str>| {
        let all = model.nodes.iter().enumerate();
        let wanted = all.filter(|(_, node)| wanted.contains(&node.kind));
        let nodes = wanted.map(|(at, node)| named.node(model, at, more(node)));
        nodes.collect::<Value>()
    };
    let people = |node: &Node<'_>| match node.kind {
        ElementKind::Actor => Some("user"),
        _ => Some("system"),
    };
    let zone = |(zone, name): (&Zone<'_>, &String)| {
        json!({
            "symbolic_name": name,
            "title": or_untitled(zone.name, name),
            "description": "",
        })
    };
    let boundary = |(a, b): &(usize, usize)| {
        json!({
            "trust_zone_a": named.zones[*a],
            "trust_zone_b": named.zones[*b],
        })
    };
    let flow = |(flow, name): (&Flow<'_>, &String)| {
        json!({
            "symbolic_name": name,
            "title": or_untitled(flow.what, name),
            "description": flow.how,
            "source": named.end(model, flow.from),
            "destination": named.end(model, flow.to),
            "has_sensitive_data": false,
            "encrypted": is_encrypted(flow.how),
        })
    };
    let assumption = |one: &Assumption| {
        json!({
            "description": one.text,
            "validity": "unconfirmed",
        })
    };
    let threats = || session.threats.iter().zip(&named.threats);
    let by_id: HashMap<&str, (&Threat, &String)> = threats()
        .map(|(one, name)| (one.id.as_str(), (one, name)))
        .collect();
    let controls = session.mitigations.iter().zip(&named.mitigations);
    to_text(&Document {
        schema: SCHEMA,
        version: "1.0",
        scope: json!({
            "title": title,
            "description": or_untitled(&session.description, title),
            "business_criticality": "moderate",
            "data_sensitivity": [],
            "exposure": "external",
            "tier": "important",
        }),
        description: &session.description,
        diagrams: diagrams(session, catalog),
        trust_zones: model.zones.iter().zip(&named.zones).map(zone).collect(),
        trust_boundaries: boundaries(model).iter().map(boundary).collect(),
        actors: of_kind(&[ElementKind::Actor, ElementKind::ExternalService], &people),
        components: of_kind(&[ElementKind::Process], &|_| None),
        data_stores: of_kind(&[ElementKind::Store], &|_| Some("object")),
        data_sets: [],
        data_flows: model.flows.iter().zip(&named.flows).map(flow).collect(),
        assumptions: session.assumptions.iter().map(assumption).collect(),
        threat_personas: personas(model),
        threats: Each::of(threats().map(|(one, name)| named.threat(model, one, name))),
        controls: Each::of(controls.map(|(one, name)| control(model, one, name, &by_id))),
        risks: Each::of(threats().filter_map(|(one, name)| risk(one, name))),
    })
}

/// What the schema has no place for, and what it asks for that nobody judged.
pub fn left_out(session: &Session, catalog: &Catalog, options: &Options) -> Vec<String> {
    let model = Model::of(session, catalog, options);
    let mut lines = sentences(
        &model,
        &[
            Part::Participants,
            Part::Answers,
            Part::Decisions,
            Part::MitigationFacts,
            Part::Controls,
            Part::Votes,
            Part::Sentences,
            Part::Scans,
            Part::Hardenings,
            Part::ReviewNotes,
            Part::Parked,
            Part::Drafts,
            Part::Stamps,
        ],
    );
    lines.push(
        "how critical and how exposed the application is: the middle stands there, to be corrected"
            .to_owned(),
    );
    if !model.flows.is_empty() {
        lines.push(
            "whether data flows are sensitive: nobody was asked, so 'no' stands there".to_owned(),
        );
    }
    if !session.attackers.is_empty() {
        lines.push("how able and how likely each attacker is: the middle stands there".to_owned());
    }
    let half = |one: &&Threat| one.likelihood.is_some() != one.impact.is_some();
    let half = session.threats.iter().filter(half).count();
    if half > 0 {
        lines.push(format!(
            "{half} ratings of likelihood or impact alone: a risk wants both"
        ));
    }
    lines
}

/// The plain names that the schema wants, each given once.
struct Named {
    zones: Vec<String>,
    nodes: Vec<String>,
    flows: Vec<String>,
    threats: Vec<String>,
    mitigations: Vec<String>,
}

impl Named {
    fn of(model: &Model<'_>) -> Self {
        let give = |ids: &mut dyn Iterator<Item = &str>| -> Vec<String> {
            let mut names = Names::default();
            ids.map(|id| names.give(&symbolic(id))).collect()
        };
        Self {
            zones: give(&mut model.zones.iter().map(|one| one.id.as_str())),
            nodes: give(&mut model.nodes.iter().map(|one| one.id.as_str())),
            flows: give(&mut model.flows.iter().map(|one| one.id.as_str())),
            threats: give(&mut model.session.threats.iter().map(|one| one.id.as_str())),
            mitigations: give(&mut model.session.mitigations.iter().map(|one| one.id.as_str())),
        }
    }

    fn node(&self, model: &Model<'_>, at: usize, kind: Option<&str>) -> Value {
        let node = &model.nodes[at];
        let mut value = json!({
            "symbolic_name": self.nodes[at],
            "title": or_untitled(node.name, &node.id),
            "description": node.what,
            "trust_zone": self.zones[node.zone],
        });
        if let Some(kind) = kind {
            value["type"] = json!(kind);
        }
        value
    }

    fn end(&self, model: &Model<'_>, at: usize) -> Value {
        json!({ "type": kind(&model.nodes[at]), "object": self.nodes[at] })
    }

    fn threat(&self, model: &Model<'_>, threat: &Threat, name: &str) -> Value {
        let number = |id: &str| {
            id.rsplit('-')
                .next()
                .and_then(|digits| digits.parse::<u32>().ok())
        };
        let titled = |id: &str| {
            model
                .catalog
                .reference(id)
                .map_or("", |one| one.name.as_str())
                .to_owned()
        };
        let patterns = model.references_of(threat, ReferenceKind::Capec);
        let patterns = patterns
            .iter()
            .filter_map(|id| Some(json!({ "capec_id": number(id)?, "capec_title": titled(id) })));
        let weaknesses = model.references_of(threat, ReferenceKind::Cwe);
        let weaknesses = weaknesses
            .iter()
            .filter_map(|id| Some(json!({ "cwe_id": number(id)?, "cwe_title": titled(id) })));
        let title = or_untitled(&threat.title, "Untitled threat");
        let affected = model.position_of(threat).map(|at| &self.nodes[at]);
        let affected: Vec<&String> = affected.into_iter().collect();
        let mut value = json!({
            "symbolic_name": name,
            "title": title,
            "description": paragraphs(&[
                ("", &threat.what_goes_wrong),
                ("Category", threat.category.name()),
                ("Attack surface", model.surface_of(threat)),
                ("Preconditions", &threat.preconditions),
                ("Response", threat.response.map_or("", |one| one.name())),
                ("Why this response", &threat.response_reason),
                ("Accepted until", &threat.accepted_until),
            ]),
            "components_affected": affected,
            "threat_persona": ANYBODY,
            "event": or_untitled(&threat.consequences, title),
            "sources": ["adversary"],
        });
        let lists = filled([
            ("attack_mechanisms", patterns.collect()),
            ("weaknesses", weaknesses.collect()),
        ]);
        if let (Value::Object(fields), Value::Object(lists)) = (&mut value, lists) {
            fields.extend(lists);
        }
        value
    }
}

/// As the schema calls the three lists of what stands in a diagram.
const fn kind(node: &Node<'_>) -> &'static str {
    match node.kind {
        ElementKind::Actor | ElementKind::ExternalService => "actor",
        ElementKind::Process => "component",
        ElementKind::Store => "data-store",
    }
}

fn diagrams(session: &Session, catalog: &Catalog) -> Vec<Value> {
    let drawn = catalog.systems.iter().filter_map(|system| {
        let source = diagram::mermaid(session, catalog, &system.id)?;
        Some(json!({ "title": system.name, "type": "mermaid", "source": source }))
    });
    drawn.collect()
}

/// Pairs of zones with a flow between them.
fn boundaries(model: &Model<'_>) -> BTreeSet<(usize, usize)> {
    let pairs = model.flows.iter().map(|flow| {
        let (a, b) = (model.nodes[flow.from].zone, model.nodes[flow.to].zone);
        (a.min(b), a.max(b))
    });
    pairs.filter(|(a, b)| a != b).collect()
}

fn is_encrypted(how: &str) -> bool {
    let how = how.to_ascii_lowercase();
    ["https", "tls", "ssh", "mtls", "encrypted"]
        .iter()
        .any(|word| how.contains(word))
}

fn personas(model: &Model<'_>) -> Vec<Value> {
    let persona = |name: String, title: &str, description: String| {
        json!({
            "symbolic_name": name,
            "title": title,
            "description": description,
            "is_person": true,
            "skill_level": "engineer",
            "access_level": "anonymous",
            "malicious_intent": true,
            "applicability_to_org": "moderate",
        })
    };
    let mut names = Names::default();
    let anybody = persona(
        names.give(ANYBODY),
        "Any attacker",
        "Whoever could bring a threat about; the session does not tie threats to attackers."
            .to_owned(),
    );
    let mut personas = vec![anybody];
    for chosen in &model.session.attackers {
        let known = model.catalog.attacker(chosen.profile.as_str());
        let title = known.map_or(chosen.profile.as_str(), |one| one.name.as_str());
        let (goal, methods) = known.map_or(("", ""), |one| (&one.goal, &one.methods));
        let words = paragraphs(&[("Goal", goal), ("Methods", methods), ("Note", &chosen.note)]);
        personas.push(persona(
            names.give(&symbolic(chosen.profile.as_str())),
            title,
            words,
        ));
    }
    personas
}

fn control(
    model: &Model<'_>,
    one: &Mitigation,
    name: &str,
    threats: &HashMap<&str, (&Threat, &String)>,
) -> Value {
    let covered: Vec<&(&Threat, &String)> = one
        .threats
        .iter()
        .filter_map(|id| threats.get(id.as_str()))
        .collect();
    let worst = covered
        .iter()
        .filter_map(|(threat, _)| severity(threat))
        .max();
    json!({
        "symbolic_name": name,
        "title": first_line(&one.what),
        "description": paragraphs(&[
            ("", &one.what),
            ("Owner", model.owner_of(one)),
            ("Due", &one.due),
            ("How to verify", &one.verify),
            ("Evidence", &one.evidence),
        ]),
        "threats": covered.iter().map(|(_, name)| name).collect::<Vec<_>>(),
        "status": match one.status {
            MitigationStatus::Planned => "approved",
            MitigationStatus::Done | MitigationStatus::Verified => "active",
        },
        "priority": worst.map_or("none", Risk::name),
    })
}

/// The risk of a threat that was rated on both scales.
fn risk(threat: &Threat, name: &str) -> Option<Value> {
    let (likelihood, impact) = (threat.likelihood?, threat.impact?);
    let title = or_untitled(&threat.title, "Untitled threat");
    Some(json!({
        "symbolic_name": format!("risk-{name}"),
        "title": cut(title, 200),
        "description": or_untitled(&threat.what_goes_wrong, title),
        "threats": [name],
        "likelihood": match likelihood {
            Likelihood::Expected => "certain",
            other => other.name(),
        },
        "impact": impact.name(),
        "impact_description": or_untitled(&threat.consequences, Impact::meaning(impact)),
        "score": (likelihood as u8 + 1) * (impact as u8 + 1),
        "level": Risk::of(likelihood, impact).name(),
    }))
}
