//! What the types and fields of a catalog are called in messages to its authors.
//!
//! Not for the names of entries: those are data.

/// An entry, by the name of its type.
pub fn entry(type_name: Option<&str>) -> &'static str {
    match type_name.unwrap_or_default() {
        "CatalogFile" => "kind of file",
        "System" => "system",
        "TrustZone" => "trust zone",
        "Element" => "element",
        "ElementKind" => "kind of element",
        "DataFlow" => "data flow",
        "Component" => "component",
        "Addition" => "addition",
        "Surface" => "attack surface",
        "Prompt" => "prompt",
        "Category" => "category",
        "CatalogThreat" => "threat",
        "CatalogMitigation" => "mitigation",
        "Correction" => "correction",
        "SampleAnswer" => "sample answer",
        "Control" => "control",
        "Level" => "level",
        "Assessment" => "assessment",
        "Remediation" => "remediation",
        "Snippet" => "snippet",
        "SnippetKind" => "kind of snippet",
        "AttackerProfile" => "attacker profile",
        "Term" => "term",
        "Reference" => "reference",
        "ReferenceKind" => "kind of reference",
        "Brief" => "brief",
        // Requirements are known by their own names, such as `threats`.
        "Requirement" | "threats" | "categories" | "mitigations" | "findings" | "attackers"
        | "assumptions" => "requirement",
        _ => "entry",
    }
}

/// A name from a text for a message, if it can be shown: a text may hold anything.
pub fn shown(name: &str) -> &str {
    let plain = |c: char| c.is_alphanumeric() || c == '_';
    let bracket = name.len() == 1 && "()[]{}".contains(name);
    if bracket || (!name.is_empty() && name.len() <= 40 && name.chars().all(plain)) {
        name
    } else {
        "this"
    }
}

/// The noun with its article.
pub fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}

/// What a value of the field looks like.
pub fn field_example(field: &str) -> &'static str {
    match field {
        "surfaces" | "prompts" | "threats" | "samples" | "components" | "trust_zones"
        | "elements" | "data_flows" | "mitigations" | "sources" | "categories" | "numbers"
        | "requirements" | "references" | "controls" | "snippets" => "[…]",
        "category" | "level" | "assessment" => value_of(field),
        "kind" => "…",
        "remediation" | "correction" => "(…)",
        "at_least" | "rank" | "of_own_choice" => "5",
        _ => "\"…\"",
    }
}

/// A word that the field takes.
pub fn value_of(field: &str) -> &'static str {
    match field {
        "category" | "categories" => "spoofing",
        "level" => "one",
        "assessment" => "manual",
        "kind" => "process, shell or document",
        "requirements" => "every_cell",
        _ => "component",
    }
}
