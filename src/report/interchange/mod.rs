//! Interchange: a session in the file formats of other programs. One file for each format; what they
//! share (components with their places, ids, states, what is left out) stands beside them.
//!
//! Not for reading such files: that is `import`. Every text goes out through `encode`.

mod csv;
mod document;
mod ids;
mod json;
mod left_out;
mod model;
mod otm;
mod sarif;
mod threat_composer;
mod threat_dragon;
mod tm_bom;
mod words;

use super::{Form, Kind};

/// Open Threat Model.
pub const OTM: Form = Form {
    id: "otm",
    name: "Open Threat Model 0.2.0",
    description: "for tools that read OTM: components, trust zones, data flows, threats, mitigations",
    extension: "otm.json",
    template: None,
    kind: Kind::Interchange(otm::left_out),
    write: otm::write,
};

/// OWASP Threat Dragon.
pub const THREAT_DRAGON: Form = Form {
    id: "threat-dragon",
    name: "OWASP Threat Dragon 2",
    description: "a model that Threat Dragon opens: a diagram for each system with its threats",
    extension: "json",
    template: None,
    kind: Kind::Interchange(threat_dragon::left_out),
    write: threat_dragon::write,
};

/// AWS Threat Composer.
pub const THREAT_COMPOSER: Form = Form {
    id: "threat-composer",
    name: "Threat Composer 1",
    description: "a workspace that Threat Composer imports: statements, mitigations, assumptions",
    extension: "tc.json",
    template: None,
    kind: Kind::Interchange(threat_composer::left_out),
    write: threat_composer::write,
};

/// OWASP Threat Model Library.
pub const TM_BOM: Form = Form {
    id: "tm-bom",
    name: "TM-BOM 1.0.2",
    description: "for the OWASP Threat Model Library: scope, diagram, threats, controls and risks",
    extension: "json",
    template: None,
    kind: Kind::Interchange(tm_bom::left_out),
    write: tm_bom::write,
};

/// A table of threats.
pub const CSV: Form = Form {
    id: "csv",
    name: "CSV",
    description: "a table of the threats for a spreadsheet; no cell is taken for a formula",
    extension: "csv",
    template: None,
    kind: Kind::Interchange(csv::left_out),
    write: csv::write,
};

/// Results for code scanning.
pub const SARIF: Form = Form {
    id: "sarif",
    name: "SARIF 2.1.0",
    description: "open threats as results, for tools that show the results of scanners",
    extension: "sarif",
    template: None,
    kind: Kind::Interchange(sarif::left_out),
    write: sarif::write,
};

/// The session itself.
pub const JSON: Form = Form {
    id: "json",
    name: "JSON",
    description: "the whole session for a program of your own; docs/json.md describes it",
    extension: "json",
    template: None,
    kind: Kind::Interchange(json::left_out),
    write: json::write,
};
