//! The sessions that are exported: the shipped examples, one with hostile text everywhere, an empty one and
//! a large one.

use std::fs;
use std::path::Path;

use astride::catalog::Catalog;
use astride::session::edit::Operation;
use astride::session::types::{Impact, Likelihood, Response, Session};
use astride::store::decode;
use astride::stride::Category;

use super::team::{self, Team};

/// A session with a name for messages and the catalog that it is looked at with.
pub struct Sample {
    pub name: String,
    pub session: Session,
    pub catalog: Catalog,
}

/// Text that acts wherever somebody forgets to encode it, longer than any short field.
pub fn hostile(field: &str) -> String {
    let long = "wide 中文 ".repeat(60);
    format!(
        "=cmd|'/C calc'!A0 \"{field}\" </script><b>&amp; \u{1b}[2J\u{202e}\r\n\t{{{{7*7}}}} {long}"
    )
}

fn shipped() -> Vec<Sample> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|one| one.unwrap().path())
        .collect();
    paths.sort();
    let paths = paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "ron"));
    paths
        .map(|path| Sample {
            name: path.file_name().unwrap().to_string_lossy().into_owned(),
            session: decode(&fs::read(&path).unwrap()).unwrap().session,
            catalog: Catalog::embedded(),
        })
        .collect()
}

/// A team that filled every field.
pub fn full(name: &str, word: impl Fn(&str) -> String) -> Sample {
    let Team { catalog, editor } = team::full(word);
    let mut session = editor.session().clone();
    // What the walk does not reach: a component that nobody knows any more.
    let mut lost = session.threats[0].clone();
    lost.id = ron::from_str("\"t-lost\"").unwrap();
    lost.component = team::id("gone.since-then");
    lost.likelihood = Some(Likelihood::Expected);
    lost.impact = Some(Impact::Severe);
    lost.response = Some(Response::Transfer);
    lost.sentence.who.clone_from(&session.title);
    lost.sentence.asset.clone_from(&session.description);
    session.threats.push(lost);
    Sample {
        name: name.into(),
        session,
        catalog,
    }
}

fn empty() -> Sample {
    let team = Team::new("");
    Sample {
        name: "empty".into(),
        session: team.session().clone(),
        catalog: team.catalog,
    }
}

/// A session with so many threats, each with a mitigation.
pub fn large(threats: usize) -> Sample {
    let mut team = Team::new("Large");
    let threat = team.threat("docker-host", Category::Tampering, "One");
    team.does(Operation::AddMitigation {
        threat,
        what: "Do something about it, in a sentence of ordinary length.".into(),
        verify: "Look whether it was done.".into(),
        controls: Vec::new(),
    });
    let mut session = team.session().clone();
    let (threat, mitigation) = (session.threats.remove(0), session.mitigations.remove(0));
    for number in 0..threats {
        let mut one = threat.clone();
        one.id = ron::from_str(&format!("\"t-{number}\"")).unwrap();
        one.title = format!("Threat number {number} of a large session").into();
        one.what_goes_wrong = "What goes wrong, in two sentences of ordinary length. "
            .repeat(4)
            .into();
        one.likelihood = Likelihood::ALL.get(number % 6).copied();
        one.impact = Impact::ALL.get(number % 7).copied();
        let mut done = mitigation.clone();
        done.id = ron::from_str(&format!("\"m-{number}\"")).unwrap();
        done.threats = vec![one.id.clone()];
        session.threats.push(one);
        session.mitigations.push(done);
    }
    Sample {
        name: "large".into(),
        session,
        catalog: team.catalog,
    }
}

pub fn all() -> Vec<Sample> {
    let mut all = shipped();
    all.push(full("sensible", team::sensible));
    all.push(full("hostile", hostile));
    all.push(empty());
    all
}
