//! Puts a session together while a model is read: ids that fit, components that the catalog knows or that
//! the session gets as its own, bounds at the end.
//!
//! Not for what a format means: that is in the file of each.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::notices::Notices;
use super::value::{one_line, paragraphs};
use super::{Format, Import, ImportError};
use crate::catalog::Catalog;
use crate::catalog::types::{DataFlow, Element, ElementKind, Id, TrustZone};
use crate::encode::ForeignText;
use crate::session::edit::MAX_TEXT;
use crate::session::id::{
    AssumptionId, IdSource, MitigationId, NoteId, ParkedId, ParticipantId, ThreatId,
};
use crate::session::own::{OwnComponent, OwnSystem};
use crate::session::place::CellKey;
use crate::session::types::{
    Assumption, Mitigation, MitigationStatus, ParkedThought, Participant, ReviewNote, Session,
    Stamp, Threat, to_the_second,
};
use crate::stride::Category;

/// No list of a session is longer.
const LONGEST_LIST: usize = 10_000;

/// A session that is being put together.
pub struct Builder<'c> {
    catalog: &'c Catalog,
    ids: IdSource,
    stamp: Stamp,
    session: Session,
    system: OwnSystem,
    /// Ids of the session's own components, elements, zones and flows: one name is given once.
    taken: HashSet<String>,
    threats: HashSet<ThreatId>,
    mitigations: HashSet<MitigationId>,
    /// The component for threats that stand nowhere.
    whole: Option<Id>,
    /// What was not understood.
    pub notices: Notices,
}

impl<'c> Builder<'c> {
    /// Nothing yet.
    pub fn new(catalog: &'c Catalog, ids: IdSource, now: Timestamp) -> Self {
        let brief = id_of("free").expect("`free` is letters only");
        let system = ["imported", "imported-model", "imported-from-elsewhere"]
            .into_iter()
            .find(|id| catalog.system(id).is_none())
            .and_then(id_of)
            .unwrap_or_else(|| brief.clone());
        Self {
            catalog,
            ids,
            stamp: Stamp {
                by: None,
                at: to_the_second(now),
            },
            session: Session::new("", brief, Vec::new(), now),
            system: OwnSystem {
                id: system,
                name: ForeignText::new(),
                what: ForeignText::new(),
                components: Vec::new(),
                trust_zones: Vec::new(),
                elements: Vec::new(),
                data_flows: Vec::new(),
            },
            taken: HashSet::new(),
            threats: HashSet::new(),
            mitigations: HashSet::new(),
            whole: None,
            notices: Notices::default(),
        }
    }

    /// Title and description of the whole model.
    pub fn about(&mut self, title: &str, description: &str) {
        self.session.title = match one_line(title) {
            title if title.is_empty() => "Imported model".into(),
            title => title.into(),
        };
        self.system.name.clone_from(&self.session.title);
        self.session.description = description.into();
    }

    /// Adds a paragraph to the description.
    pub fn describe(&mut self, label: &str, text: &str) {
        self.session.description =
            paragraphs(&[("", self.session.description.raw()), (label, text)]).into();
    }

    /// A name that fits and that nothing else has, as near to theirs as possible.
    fn name(&mut self, theirs: &str) -> Id {
        let base = kebab(theirs);
        let mut number = 1;
        loop {
            let name = match number {
                1 => base.clone(),
                number => format!("{base}-{number}"),
            };
            if self.catalog.component(&name).is_none()
                && !self.taken.contains(&name)
                && let Some(id) = id_of(&name)
            {
                self.taken.insert(name);
                return id;
            }
            number += 1;
        }
    }

    /// A component: the catalog's of the same name, or one of the session's own.
    pub fn component(&mut self, id: &str, name: &str, what: &str, in_scope: bool) -> Id {
        let shown = one_line(name);
        let known = self.catalog.components.iter().find(|one| {
            one.name.eq_ignore_ascii_case(&shown) && !self.session.components.contains(&one.id)
        });
        let component = if let Some(known) = known {
            let known = known.id.clone();
            if !what.trim().is_empty() {
                self.describe(&shown, what);
            }
            known
        } else {
            let own = self.name(id);
            self.system.components.push(OwnComponent {
                id: own.clone(),
                name: if shown.is_empty() {
                    own.as_str().into()
                } else {
                    shown.into()
                },
                what: what.into(),
            });
            own
        };
        if in_scope {
            self.session.components.push(component.clone());
        }
        component
    }

    /// A component that stands for a data flow: it has the flow's id.
    pub fn component_for(&mut self, flow: &Id, name: &str) -> Id {
        if !self.system.components.iter().any(|one| one.id == *flow) {
            self.system.components.push(OwnComponent {
                id: flow.clone(),
                name: one_line(name).into(),
                what: "A data flow.".into(),
            });
            self.session.components.push(flow.clone());
        }
        flow.clone()
    }

    /// The component for threats that belong to no part of the model.
    pub fn whole(&mut self) -> Id {
        if let Some(whole) = &self.whole {
            return whole.clone();
        }
        let name = self.session.title.clone();
        let whole = self.component("whole-model", name.raw(), "The model as a whole.", true);
        self.whole = Some(whole.clone());
        whole
    }

    /// A trust zone.
    pub fn zone(&mut self, id: &str, name: &str) -> Id {
        let zone = self.name(id);
        let name = one_line(name);
        self.system.trust_zones.push(TrustZone {
            id: zone.clone(),
            name: if name.is_empty() {
                zone.as_str().into()
            } else {
                name.into()
            },
        });
        zone
    }

    /// A box of the diagram for a component; what flows refer to.
    pub fn element(&mut self, component: &Id, name: &str, kind: ElementKind, zone: &Id) -> Id {
        let id = if self.system.elements.iter().any(|one| one.id == *component) {
            self.name(component.as_str())
        } else {
            component.clone()
        };
        let name = one_line(name);
        self.system.elements.push(Element {
            id: id.clone(),
            name: if name.is_empty() {
                component.as_str().into()
            } else {
                name.into()
            },
            kind,
            zone: zone.clone(),
            component: Some(component.clone()),
        });
        id
    }

    /// An arrow of the diagram.
    pub fn flow(&mut self, id: &str, from: &Id, to: &Id, what: &str, how: &str) -> Id {
        let flow = self.name(id);
        let what = one_line(what);
        self.system.data_flows.push(DataFlow {
            id: flow.clone(),
            from: from.clone(),
            to: to.clone(),
            what: if what.is_empty() {
                "Data".into()
            } else {
                what.into()
            },
            how: one_line(how).into(),
        });
        flow
    }

    /// A threat under its own id, or a fresh one where that does not fit or is taken.
    pub fn threat(
        &mut self,
        id: &str,
        component: &Id,
        category: Category,
        title: &str,
    ) -> &mut Threat {
        let (threats, ids) = (&mut self.threats, &mut self.ids);
        let id = kept(id)
            .filter(|id| !threats.contains(id))
            .unwrap_or_else(|| ThreatId::fresh(ids, |id| threats.contains(id)));
        threats.insert(id.clone());
        let cell = CellKey {
            component: component.clone(),
            category,
        };
        let threat = Threat::new(id, cell, one_line(title), &self.stamp);
        self.session.threats.push(threat);
        let last = self.session.threats.len() - 1;
        &mut self.session.threats[last]
    }

    /// A mitigation for threats of the session.
    pub fn mitigation(&mut self, id: &str, what: &str, threats: Vec<ThreatId>) -> &mut Mitigation {
        let (mitigations, ids) = (&mut self.mitigations, &mut self.ids);
        let id = kept(id)
            .filter(|id| !mitigations.contains(id))
            .unwrap_or_else(|| MitigationId::fresh(ids, |id| mitigations.contains(id)));
        mitigations.insert(id.clone());
        self.session.mitigations.push(Mitigation {
            id,
            threats,
            what: what.into(),
            status: MitigationStatus::Planned,
            owner: ForeignText::new(),
            due: ForeignText::new(),
            verify: ForeignText::new(),
            evidence: ForeignText::new(),
            controls: Vec::new(),
            created: self.stamp.clone(),
            changed: self.stamp.clone(),
        });
        let last = self.session.mitigations.len() - 1;
        &mut self.session.mitigations[last]
    }

    /// Something that is taken for granted.
    pub fn assumption(&mut self, id: &str, text: &str) {
        let known = &self.session.assumptions;
        let taken = |id: &AssumptionId| known.iter().any(|one| one.id == *id);
        let id = kept(id)
            .filter(|id| !taken(id))
            .unwrap_or_else(|| AssumptionId::fresh(&mut self.ids, taken));
        let created = self.stamp.clone();
        self.session.assumptions.push(Assumption {
            id,
            text: text.into(),
            created,
        });
    }

    /// Somebody who took part.
    pub fn participant(&mut self, name: &str) {
        let name = one_line(name);
        let known = &self.session.participants;
        if name.is_empty() || known.iter().any(|one| one.name == name) {
            return;
        }
        let taken = |id: &ParticipantId| known.iter().any(|one| one.id == *id);
        let id = ParticipantId::fresh(&mut self.ids, taken);
        self.session.participants.push(Participant {
            id,
            name: name.into(),
        });
    }

    /// A thought that was put aside.
    pub fn parked(&mut self, text: &str) {
        let known = &self.session.parked;
        let id = ParkedId::fresh(&mut self.ids, |id| known.iter().any(|one| one.id == *id));
        self.session.parked.push(ParkedThought {
            id,
            text: text.into(),
            cell: None,
            settled: false,
            created: self.stamp.clone(),
        });
    }

    /// The session, if it is one that can be kept.
    pub fn finish(mut self, format: Format) -> Result<Import, ImportError> {
        let system = &self.system;
        let has_parts = !system.components.is_empty() || !system.elements.is_empty();
        if has_parts || !system.trust_zones.is_empty() {
            self.session.own_systems.push(self.system);
        }
        let notices = self.notices.finish();
        if !notices.is_empty() {
            let id = NoteId::fresh(&mut self.ids, |_| false);
            let text = format!(
                "Not taken over from {}:\n{}",
                format.name(),
                notices.join("\n")
            );
            self.session.review_notes.push(ReviewNote {
                id,
                text: text.into(),
                created: self.stamp,
            });
        }
        check_bounds(&self.session)?;
        Ok(Import {
            session: self.session,
            format,
            notices,
        })
    }
}

fn check_bounds(session: &Session) -> Result<(), ImportError> {
    let own = session.own_systems.iter();
    let parts: Vec<usize> = own
        .flat_map(|one| {
            [
                one.components.len(),
                one.elements.len(),
                one.data_flows.len(),
                one.trust_zones.len(),
            ]
        })
        .collect();
    let lists = [
        ("threats", session.threats.len()),
        ("mitigations", session.mitigations.len()),
        ("assumptions", session.assumptions.len()),
        ("participants", session.participants.len()),
        ("brainstormed lines", session.parked.len()),
        (
            "components, zones or flows",
            parts.into_iter().max().unwrap_or(0),
        ),
        ("components", session.components.len()),
    ];
    for (what, count) in lists {
        if count > LONGEST_LIST {
            return Err(ImportError::TooMany { count, what });
        }
    }
    // Every text of a session is one of its document's texts.
    let document = serde_json::to_value(session).unwrap_or(Value::Null);
    if longest(&document) > MAX_TEXT {
        return Err(ImportError::TextTooLong);
    }
    Ok(())
}

fn longest(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(list) => list.iter().map(longest).max().unwrap_or(0),
        Value::Object(fields) => fields.values().map(longest).max().unwrap_or(0),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}

/// Their id as one of ours, where it fits.
fn kept<T: DeserializeOwned>(theirs: &str) -> Option<T> {
    serde_json::from_value(Value::String(theirs.to_ascii_lowercase())).ok()
}

fn id_of(text: &str) -> Option<Id> {
    Id::new(text).ok()
}

/// Lower-case letters and digits with single hyphens between, of a length that leaves room for a number.
fn kebab(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        let character = character.to_ascii_lowercase();
        if character.is_ascii_lowercase() || character.is_ascii_digit() {
            out.push(character);
        } else if character == '.' && out.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            out.push('.');
        } else if out.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            out.push('-');
        }
        if out.len() >= Id::MAX - 8 {
            break;
        }
    }
    let kept = out.trim_end_matches(['-', '.']).len();
    out.truncate(kept);
    if out.is_empty() {
        "part".to_owned()
    } else {
        out
    }
}

/// Their ids and ours, side by side.
pub type Known<T> = HashMap<String, T>;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ids_stay_where_they_fit() {
        assert_eq!(
            kebab("f0ba7722-39b6-4c81-8290-a30a248bb8d9"),
            "f0ba7722-39b6-4c81-8290-a30a248bb8d9"
        );
        assert_eq!(kebab("Web Client"), "web-client");
        assert_eq!(kebab("7"), "7");
        assert_eq!(kebab("__"), "part");
    }

    proptest! {
        #[test]
        fn every_name_becomes_an_id(text in any::<String>()) {
            prop_assert!(Id::new(kebab(&text)).is_ok());
            let numbered = format!("{}-10000", kebab(&text));
            prop_assert!(Id::new(numbered).is_ok());
        }
    }
}
