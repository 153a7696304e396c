use pretty_assertions::assert_eq;

use super::*;
use crate::encode::ForeignText;
use crate::review::testing::{Team, cell, id};
use crate::session::edit::Operation;
use crate::stride::Category;

const HOST: &str = "docker-host";

fn takes(team: &mut Team, suggestion: &str) {
    let (component, threat) = team.catalog.threat(suggestion).expect("it ships");
    let operation = Operation::TakeSuggestion {
        component: component.id.clone(),
        suggestion: Box::new(threat.clone()),
    };
    team.does(operation);
}

fn compared(team: &Team) -> Comparison<'_> {
    let cell = cell(HOST, Category::ElevationOfPrivilege);
    compare(team.session(), &team.catalog, &cell)
}

fn both(team: &Team) -> Vec<(ForeignText, String)> {
    let both = compared(team).both;
    both.iter()
        .map(|(ours, theirs)| (ours.title.clone(), theirs.id.to_string()))
        .collect()
}

#[test]
fn an_empty_cell_misses_everything_and_has_a_sample_answer() {
    let team = Team::with_brief("course");
    let compared = compared(&team);
    assert_eq!(compared.samples.len(), 1);
    assert!(compared.both.is_empty() && compared.only_ours.is_empty());
    let offered = team
        .catalog
        .suggestions(&id(HOST), Category::ElevationOfPrivilege);
    assert_eq!(compared.missed.len(), offered.count());
    // What the sample answer is about comes first.
    let in_sample: Vec<bool> = compared.missed.iter().map(|one| one.in_sample).collect();
    assert!(in_sample[0] && in_sample.is_sorted_by(|before, after| before >= after));
}

#[test]
fn a_suggestion_that_was_taken_is_had_by_both_whatever_its_title_became() {
    let mut team = Team::with_brief("course");
    takes(&mut team, "host-docker-sock-mounted");
    let threat = team.session().threats[0].id.clone();
    let title = crate::session::place::ThreatText::Title;
    team.writes(
        crate::session::place::TextField::Threat(threat, title),
        "Whoever has the socket has the host",
    );
    let expected = (
        "Whoever has the socket has the host".into(),
        "host-docker-sock-mounted".to_owned(),
    );
    assert_eq!(both(&team), [expected]);
    assert!(compared(&team).only_ours.is_empty());
}

#[test]
fn near_the_same_words_are_the_same_threat_and_others_are_only_ours() {
    let mut team = Team::with_brief("course");
    let catalog = &team.catalog;
    let (_, known) = catalog
        .threat("host-docker-sock-mounted")
        .expect("it ships");
    let reworded = format!("The {}!", known.title.to_uppercase());
    let elevation = Category::ElevationOfPrivilege;
    team.threat(HOST, elevation, &reworded);
    team.threat(HOST, elevation, "The night shift shares one root password");
    assert_eq!(
        both(&team),
        [(reworded.into(), "host-docker-sock-mounted".to_owned())]
    );
    let only_ours: Vec<_> = compared(&team)
        .only_ours
        .iter()
        .map(|one| one.title.clone())
        .collect();
    assert_eq!(only_ours, ["The night shift shares one root password"]);
}

#[test]
fn one_of_ours_is_paired_with_one_of_theirs() {
    let mut team = Team::with_brief("course");
    takes(&mut team, "host-docker-sock-mounted");
    let (_, known) = team
        .catalog
        .threat("host-docker-sock-mounted")
        .expect("it ships");
    let again = known.title.clone();
    team.threat(HOST, Category::ElevationOfPrivilege, &again);
    assert_eq!(both(&team).len(), 1);
    assert_eq!(compared(&team).only_ours.len(), 1);
}

#[test]
fn what_was_left_was_considered() {
    let mut team = Team::with_brief("course");
    let missed = compared(&team).missed.len();
    team.does(Operation::LeaveSuggestion {
        cell: cell(HOST, Category::ElevationOfPrivilege),
        suggestion: id("host-docker-sock-mounted"),
    });
    let compared = compared(&team);
    assert_eq!(compared.left.len(), 1);
    assert_eq!(compared.missed.len(), missed - 1);
}

#[test]
fn a_threat_of_another_cell_does_not_count() {
    let mut team = Team::with_brief("course");
    team.threat(HOST, Category::Spoofing, "Elsewhere");
    assert!(compared(&team).only_ours.is_empty());
}
