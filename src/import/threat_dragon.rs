//! OWASP Threat Dragon 2: diagrams with boxes, flows and trust boundaries; threats stand at boxes and flows.

use serde_json::Value;

use super::builder::{Builder, Known};
use super::category;
use super::value::{list, one_line, paragraphs, text};
use super::{Format, Import, ImportError};
use crate::catalog::types::{ElementKind, Id};
use crate::encode::quoted;
use crate::session::types::{Impact, MitigationStatus, Response};
use crate::session::words::{MARKED_MITIGATED, NOT_APPLICABLE};

/// The model as a session.
pub fn read(document: &Value, mut builder: Builder<'_>) -> Result<Import, ImportError> {
    let (summary, detail) = (&document["summary"], &document["detail"]);
    builder.about(&text(summary, "title"), &text(summary, "description"));
    builder.describe("Owner", &text(summary, "owner"));
    builder.describe("Reviewer", &text(detail, "reviewer"));
    for one in list(detail, "contributors") {
        builder.participant(&text(one, "name"));
    }
    builder
        .notices
        .rest("summary", summary, &["title", "description", "owner", "id"]);
    let known = [
        "contributors",
        "diagrams",
        "diagramTop",
        "reviewer",
        "threatTop",
    ];
    builder.notices.rest("detail", detail, &known);
    builder
        .notices
        .rest("the file", document, &["version", "summary", "detail"]);
    let mut lines = 0;
    for diagram in list(detail, "diagrams") {
        lines += one_diagram(diagram, &mut builder);
    }
    builder.notices.count(
        lines,
        "trust boundary drawn as a line: a session knows areas",
        "trust boundaries drawn as lines: a session knows areas",
    );
    builder.finish(Format::ThreatDragon)
}

/// The rectangle of a cell.
#[derive(Clone, Copy)]
struct Area {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Area {
    fn of(cell: &Value) -> Option<Self> {
        Some(Self {
            x: cell["position"]["x"].as_f64()?,
            y: cell["position"]["y"].as_f64()?,
            width: cell["size"]["width"].as_f64()?,
            height: cell["size"]["height"].as_f64()?,
        })
    }

    /// Whether the middle of another lies in it.
    fn holds(&self, other: Self) -> bool {
        let (x, y) = (other.x + other.width / 2.0, other.y + other.height / 2.0);
        (self.x..=self.x + self.width).contains(&x) && (self.y..=self.y + self.height).contains(&y)
    }

    fn size(&self) -> f64 {
        self.width * self.height
    }
}

/// Reads a diagram; says how many trust boundaries are lines.
fn one_diagram(diagram: &Value, builder: &mut Builder<'_>) -> usize {
    let title = text(diagram, "title");
    // What the program itself puts there when nobody wrote anything.
    let placeholder = text(diagram, "placeholder");
    let words = if placeholder.starts_with("New ") {
        ""
    } else {
        &placeholder
    };
    builder.describe(
        &one_line(&title),
        &paragraphs(&[("", &text(diagram, "description")), ("", words)]),
    );
    let cells = list(diagram, "cells");
    let mut zones: Vec<(Area, Id)> = Vec::new();
    let mut lines = 0;
    for cell in cells {
        let data = &cell["data"];
        match text(data, "type").as_str() {
            "tm.BoundaryBox" => {
                let name = match text(data, "name") {
                    name if name.trim().is_empty() => text(&cell["attrs"]["label"], "text"),
                    name => name,
                };
                let name = match one_line(&name) {
                    name if name.is_empty() => format!("Boundary {}", zones.len() + 1),
                    name => name,
                };
                let zone = builder.zone(&text(cell, "id"), &name);
                builder.describe(&name, &text(data, "description"));
                if let Some(area) = Area::of(cell) {
                    zones.push((area, zone));
                }
            }
            "tm.Boundary" => {
                lines += 1;
                builder.describe("Trust boundary", &one_line(&text(data, "name")));
            }
            "tm.Text" => builder.describe("Text in the diagram", &text(data, "name")),
            _ => {}
        }
    }
    // The smallest area first: boundaries may stand in each other.
    zones.sort_by(|one, other| one.0.size().total_cmp(&other.0.size()));
    let elements = boxes(cells, &zones, &title, builder);
    flows(cells, &elements, builder);
    let known = [
        "id",
        "title",
        "diagramType",
        "placeholder",
        "thumbnail",
        "version",
        "description",
        "cells",
    ];
    builder.notices.rest("diagrams", diagram, &known);
    lines
}

/// A box of the diagram: its element and its name.
struct Drawn {
    element: Id,
    name: String,
}

fn boxes(
    cells: &[Value],
    zones: &[(Area, Id)],
    title: &str,
    builder: &mut Builder<'_>,
) -> Known<Drawn> {
    let mut drawn = Known::new();
    let mut outside = None;
    for cell in cells {
        let data = &cell["data"];
        let kind = match text(data, "type").as_str() {
            "tm.Process" => ElementKind::Process,
            "tm.Store" => ElementKind::Store,
            "tm.Actor" => ElementKind::Actor,
            "tm.BoundaryBox" | "tm.Boundary" | "tm.Text" | "tm.Flow" => continue,
            other => {
                let what = if other.is_empty() {
                    text(cell, "shape")
                } else {
                    other.to_owned()
                };
                builder
                    .notices
                    .say(format!("a cell of the kind {}", quoted(&what)));
                ElementKind::Process
            }
        };
        let name = one_line(&text(data, "name"));
        let in_scope = data["outOfScope"] != true;
        let what = paragraphs(&[
            ("", &text(data, "description")),
            ("Out of scope because", &text(data, "reasonOutOfScope")),
            ("Runs with", &text(data, "privilegeLevel")),
            ("", &flags(data, &FLAGS)),
        ]);
        let own = builder.component(&text(cell, "id"), &name, &what, in_scope);
        let area = Area::of(cell);
        let zone = area.and_then(|area| zones.iter().find(|(zone, _)| zone.holds(area)));
        let zone = match zone {
            Some((_, zone)) => zone.clone(),
            None => outside
                .get_or_insert_with(|| {
                    let name = format!("{}: outside of boundaries", one_line(title));
                    builder.zone("outside", &name)
                })
                .clone(),
        };
        let element = builder.element(&own, &name, kind, &zone);
        threats(cell, &own, builder);
        let known = [
            "name",
            "description",
            "type",
            "outOfScope",
            "reasonOutOfScope",
            "privilegeLevel",
            "threats",
            "isTrustBoundary",
            "hasOpenThreats",
            "threatFrequency",
        ];
        let known: Vec<&str> = known
            .into_iter()
            .chain(FLAGS.map(|(name, _)| name))
            .collect();
        builder.notices.rest("components", data, &known);
        drawn.insert(text(cell, "id"), Drawn { element, name });
    }
    drawn
}

const FLAGS: [(&str, &str); 9] = [
    ("isALog", "is a log"),
    ("storesCredentials", "stores credentials"),
    ("storesInventory", "stores an inventory"),
    ("isEncrypted", "is encrypted"),
    ("isSigned", "is signed"),
    ("isWebApplication", "is a web application"),
    ("handlesCardPayment", "handles card payments"),
    ("handlesGoodsOrServices", "handles goods or services"),
    ("providesAuthentication", "provides authentication"),
];

const FLOW_FLAGS: [(&str, &str); 3] = [
    ("isEncrypted", "encrypted"),
    ("isPublicNetwork", "over a public network"),
    ("isBidirectional", "both ways"),
];

/// The names of what is set, in words.
fn flags(data: &Value, known: &[(&str, &str)]) -> String {
    let set = known.iter().filter(|(name, _)| data[*name] == true);
    let words: Vec<&str> = set.map(|(_, words)| *words).collect();
    words.join(", ")
}

fn flows(cells: &[Value], drawn: &Known<Drawn>, builder: &mut Builder<'_>) {
    let mut loose = 0;
    for cell in cells {
        let data = &cell["data"];
        if text(data, "type") != "tm.Flow" {
            continue;
        }
        let id = text(cell, "id");
        let name = one_line(&text(data, "name"));
        let has_threats = !list(data, "threats").is_empty() || !list(cell, "threats").is_empty();
        let ends = ["source", "target"].map(|end| drawn.get(&text(&cell[end], "cell")));
        if let [Some(from), Some(to)] = ends {
            let how: Vec<String> = [
                text(data, "protocol"),
                flags(data, &FLOW_FLAGS),
                text(data, "description"),
                if data["outOfScope"] == true {
                    "out of scope".to_owned()
                } else {
                    String::new()
                },
                text(data, "reasonOutOfScope"),
            ]
            .into_iter()
            .filter(|text| !text.trim().is_empty())
            .collect();
            let flow = builder.flow(&id, &from.element, &to.element, &name, &how.join(", "));
            if has_threats {
                let what = if name.is_empty() { "Data" } else { &name };
                let component =
                    builder.component_for(&flow, &format!("{what} ({} to {})", from.name, to.name));
                threats(cell, &component, builder);
            }
        } else if has_threats || !name.is_empty() {
            // A flow that leads nowhere can be attacked all the same.
            let name = if name.is_empty() { "Data flow" } else { &name };
            let component = builder.component(&id, name, "A data flow with a loose end.", true);
            threats(cell, &component, builder);
            loose += 1;
        } else {
            loose += 1;
        }
        let known = [
            "name",
            "description",
            "type",
            "outOfScope",
            "reasonOutOfScope",
            "protocol",
            "threats",
            "isTrustBoundary",
            "hasOpenThreats",
            "threatFrequency",
        ];
        let known: Vec<&str> = known
            .into_iter()
            .chain(FLOW_FLAGS.map(|(name, _)| name))
            .collect();
        builder.notices.rest("data flows", data, &known);
    }
    builder.notices.count(
        loose,
        "data flow with a loose end",
        "data flows with loose ends",
    );
}

/// The threats of a cell: under its data, where the program keeps them, or beside it.
fn threats(cell: &Value, component: &Id, builder: &mut Builder<'_>) {
    for threat in list(&cell["data"], "threats")
        .iter()
        .chain(list(cell, "threats"))
    {
        one_threat(threat, component, builder);
        let known = [
            "id",
            "threatId",
            "title",
            "status",
            "severity",
            "type",
            "description",
            "mitigation",
            "modelType",
            "number",
            "score",
            "new",
        ];
        builder.notices.rest("threats", threat, &known);
    }
}

fn one_threat(threat: &Value, component: &Id, builder: &mut Builder<'_>) {
    let kind = text(threat, "type");
    let (category, others) = category::of(std::slice::from_ref(&kind));
    let id = match text(threat, "id") {
        id if id.is_empty() => text(threat, "threatId"),
        id => id,
    };
    let own = builder.threat(&id, component, category, &text(threat, "title"));
    own.what_goes_wrong = paragraphs(&[
        ("", &text(threat, "description")),
        ("Category there", if kind.is_empty() { "" } else { &others }),
        ("Score", &text(threat, "score")),
    ])
    .into();
    // A severity is one judgement; it says more of the harm than of how often.
    let severity = text(threat, "severity").to_lowercase();
    own.impact = match severity.as_str() {
        "low" => Some(Impact::Minor),
        "medium" => Some(Impact::Moderate),
        "high" => Some(Impact::Major),
        "critical" => Some(Impact::Severe),
        _ => None,
    };
    let unknown = own.impact.is_none() && !matches!(severity.as_str(), "" | "tbd");
    let status = text(threat, "status");
    let plain: String = status
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphabetic)
        .collect();
    if matches!(plain.as_str(), "notapplicable" | "na") {
        own.response = Some(Response::Accept);
        own.response_reason = NOT_APPLICABLE.into();
    }
    let own = own.id.clone();
    if unknown {
        builder
            .notices
            .say(format!("the severity {}", quoted(&severity)));
    }
    if !matches!(
        plain.as_str(),
        "" | "open" | "mitigated" | "notapplicable" | "na"
    ) {
        builder
            .notices
            .say(format!("the status {}", quoted(&status)));
    }
    let done = plain == "mitigated";
    let mut what = text(threat, "mitigation");
    if what.trim().is_empty() && done {
        MARKED_MITIGATED.clone_into(&mut what);
    }
    if !what.trim().is_empty() {
        let mitigation = builder.mitigation("", &what, vec![own]);
        mitigation.status = if done {
            MitigationStatus::Done
        } else {
            MitigationStatus::Planned
        };
    }
}
