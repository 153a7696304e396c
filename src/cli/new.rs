//! `astride new`: a session from the command line.

use jiff::Timestamp;

use super::output::{self, Ending, Failure};
use super::{Context, refusal};
use crate::catalog::Catalog;
use crate::catalog::types::Id;
use crate::encode;
use crate::session::edit::{Editor, Operation};
use crate::session::id::IdSource;
use crate::session::types::Session;
use crate::store::Owner;

/// Makes a session, and opens it unless told not to.
pub fn run(
    context: &Context,
    name: &str,
    brief: &str,
    systems: &[String],
    participants: &[String],
    no_open: bool,
) -> Result<Ending, Failure> {
    if !no_open {
        // A session that nobody can then see would be a surprise in the list.
        Context::needs_terminal()?;
    }
    let catalog = context.catalog()?;
    if name.trim().is_empty() {
        return Err(Failure::new(
            "A session needs a title.",
            "Give it one: astride new 'Team blue'",
        ));
    }
    let now = Timestamp::now();
    let Some(found) = catalog.brief(brief) else {
        let known: Vec<&str> = catalog
            .briefs
            .iter()
            .map(|brief| brief.id.as_str())
            .collect();
        return Err(Failure::new(
            format!("There is no brief {}.", encode::quoted(brief)),
            format!("Choose one of: {}.", known.join(", ")),
        ));
    };
    let components = if systems.is_empty() {
        found.components.clone()
    } else {
        of(&catalog, systems)?
    };
    let mut session = Session::new(name.trim(), found.id.clone(), components, now);
    session = with_participants(session, participants, now)?;
    let owner = Owner::this_process(now);
    let location = context
        .folder
        .create(&session, &owner)
        .map_err(|error| refusal::to_use(&context.folder, &error))?;
    let argument = location.name().map_or_else(
        || location.path().display().to_string(),
        ToString::to_string,
    );
    if no_open {
        output::say(&format!("Made {}", location.path().display()));
        output::raw(&argument)?;
        return Ok(Ending::Done);
    }
    context.terminal(Some(argument))
}

/// The components of the named systems, in the order of the walk.
fn of(catalog: &Catalog, systems: &[String]) -> Result<Vec<Id>, Failure> {
    for system in systems {
        if catalog.system(system).is_none() {
            let known: Vec<&str> = catalog.systems.iter().map(|one| one.id.as_str()).collect();
            return Err(Failure::new(
                format!("There is no system {}.", encode::quoted(system)),
                format!("Choose one of: {}.", known.join(", ")),
            ));
        }
    }
    Ok(catalog
        .components
        .iter()
        .filter(|component| {
            systems
                .iter()
                .any(|system| component.system == *system.as_str())
        })
        .map(|component| component.id.clone())
        .collect())
}

fn with_participants(
    session: Session,
    names: &[String],
    now: Timestamp,
) -> Result<Session, Failure> {
    let mut editor = Editor::new(session, IdSource::new(now.as_second().unsigned_abs()));
    for name in names {
        editor
            .perform(
                Operation::AddParticipant {
                    name: name.as_str().into(),
                },
                now,
            )
            .map_err(|refusal| {
                Failure::new(
                    format!("--participant {}: {refusal}.", encode::quoted(name)),
                    "Give a name or initials.",
                )
            })?;
    }
    Ok(editor.session().clone())
}
