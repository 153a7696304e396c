//! Systems with their threats, sorted in the ways that forms need: as the walk goes, as they were
//! recorded, by category, by component, by attack surface.

use std::cell::LazyCell;
use std::collections::HashMap;

use minijinja::Value;

use super::threats::Threats;
use crate::catalog::types::Id;
use crate::report::sections::Section;
use crate::report::source::Source;
use crate::report::template::{Names, Record, Sparse, list};
use crate::session::types::Threat;
use crate::stride::Category;

/// The systems that have something to say or that the brief asks about, then what is left over.
pub fn systems(source: &Source<'_>, threats: &Threats<'_>, names: &Names) -> Value {
    let recorded: LazyCell<HashMap<_, usize>, _> = LazyCell::new(|| {
        let in_time = source.session.threats.iter().enumerate();
        in_time.map(|(at, threat)| (&threat.id, at)).collect()
    });
    list(source.sections.iter().map(|section| {
        let all = &section.threats;
        let in_time = LazyCell::new(|| {
            let mut in_time = all.clone();
            in_time.sort_by_cached_key(|one| recorded.get(&one.id).copied());
            in_time
        });
        Sparse::new(names, 9)
            .with("name", || section.name.as_str())
            .with("title", || section.title.as_str())
            .with("asked", || section.asked)
            .with("threats", || threats.some(all.iter().copied()))
            .with("recorded", || threats.some(in_time.iter().copied()))
            .with("categories", || categories(all, threats))
            .with("components", || components(source, all, threats))
            .with("surfaces", || surfaces(source, &in_time, threats))
            .with("answers", || answers(source, section))
    }))
}

/// The categories that have threats, in the order of the letters.
fn categories(of: &[&Threat], threats: &Threats<'_>) -> Value {
    list(Category::ALL.into_iter().filter_map(|category| {
        let here: Vec<&Threat> = of
            .iter()
            .copied()
            .filter(|one| one.category == category)
            .collect();
        (!here.is_empty()).then(|| {
            Record::default()
                .with("name", category.name())
                .with("letter", category.letter().to_string())
                .with("threats", threats.some(here))
        })
    }))
}

/// The components that have threats. Threats of one component stand together.
fn components(source: &Source<'_>, of: &[&Threat], threats: &Threats<'_>) -> Value {
    let same = of.chunk_by(|one, other| one.component == other.component);
    list(same.map(|here| {
        let id = &here[0].component;
        Record::default()
            .with("name", name(source, id))
            .with("threats", threats.some(here.iter().copied()))
            .with("categories", categories(here, threats))
    }))
}

/// The attack surfaces in the order in which the team first named them; threats without one come last.
fn surfaces(source: &Source<'_>, of: &[&Threat], threats: &Threats<'_>) -> Value {
    let mut order: Vec<(&Id, Option<&Id>)> = Vec::new();
    let mut groups: HashMap<(&Id, Option<&Id>), Vec<&Threat>> = HashMap::new();
    for threat in of {
        let key = (&threat.component, threat.surface.as_ref());
        let group = groups.entry(key).or_default();
        if group.is_empty() {
            order.push(key);
        }
        group.push(threat);
    }
    order.sort_by_key(|(_, surface)| surface.is_none());
    list(order.into_iter().map(|key| {
        let here = groups.remove(&key).unwrap_or_default();
        let surface = here.first().map_or("", |one| source.surface(one));
        let what = key.1.and_then(|id| {
            let component = source.catalog.component(key.0.as_str())?;
            component.surfaces.iter().find(|one| one.id == *id)
        });
        Record::default()
            .with("name", surface)
            .with("what", what.map_or("", |one| one.what.as_str()))
            .with("component", name(source, key.0))
            .with("threats", threats.some(here))
    }))
}

/// Answers to cells that are not threats: where nothing applies, what was left, what was noted.
fn answers(source: &Source<'_>, section: &Section<'_>) -> Value {
    let mut answers = Vec::new();
    let mut add = |component: &Id, category: Category, kind: &str, about: &str, text: &str| {
        if !text.trim().is_empty() {
            answers.push(
                Record::default()
                    .with("component", name(source, component))
                    .with("category", category.name())
                    .with("kind", kind)
                    .with("about", about)
                    .with("text", text.trim()),
            );
        }
    };
    for cell in &section.cells {
        let (component, category) = (&cell.component, cell.category);
        if let Some(answer) = &cell.nothing_applies {
            add(component, category, "nothing applies", "", &answer.reason);
        }
        if let Some(question) = &cell.open_question {
            add(
                component,
                category,
                question.kind.name(),
                "",
                &question.text,
            );
        }
        for left in &cell.left {
            let id = left.suggestion.as_str();
            let known = source.catalog.threat(id);
            let title = known.map_or(id, |(_, known)| known.title.as_str());
            add(component, category, left.kind.name(), title, &left.reason);
        }
        add(component, category, "note", "", &cell.note);
    }
    list(answers)
}

/// A component as people call it.
pub fn name<'a>(source: &Source<'a>, id: &'a Id) -> &'a str {
    source
        .catalog
        .component(id.as_str())
        .map_or(id.as_str(), |one| one.name.as_str())
}
