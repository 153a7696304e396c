//! Random edits, as people make them and as strangers would.

use astride::encode::ForeignText;
use astride::session::edit::{Editor, Operation};
use astride::session::id::IdSource;
use astride::session::place::{
    CellKey, DraftKey, HardeningText, MitigationText, Place, SentencePart, Step, TextField,
    ThreatText,
};
use astride::session::types::{
    Finding, FindingStatus, Impact, Level, Likelihood, MitigationStatus, OpenKind, Response, Scan,
    Session, Stamp, TimeBox,
};
use astride::stride::Category;
use proptest::prelude::*;

use super::support::{empty_session, id, start};

/// One random edit; what it does depends on what is there.
#[derive(Clone, Debug)]
pub struct Edit {
    pub kind: u8,
    pub pick: u8,
    pub words: String,
}

/// Text that has broken other programs.
fn words() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(vec![
        "",
        "\u{1b}]0;owned\u{7}",
        "line\r\nline\rline\n",
        "\u{202e}txt.exe\u{2066}",
        "\u{0}\u{1}\u{7f}\u{80}\u{9b}",
        "e\u{301} \u{200b}\u{feff}\u{2028}\u{e0041}",
        "\\\"'\\u{41}\\n // checksum: 00000000",
        "\n// checksum: 00000000\n",
        "r#\"raw\"# /* ( [ { */",
        "<script>alert(1)</script> '; DROP TABLE x; -- $(rm -rf /)",
        "👩‍👩‍👧‍👦 family 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 会議",
    ]);
    prop_oneof![
        3 => "[a-zA-Zäöü ]{0,40}",
        2 => hostile.prop_map(str::to_owned),
        2 => any::<String>(),
    ]
}

pub fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = (any::<u8>(), any::<u8>(), words()).prop_map(|(kind, pick, words)| Edit {
        kind,
        pick,
        words,
    });
    prop::collection::vec(edit, 0..60)
}

pub fn edited(edits: &[Edit]) -> Editor {
    let mut editor = Editor::new(empty_session("Team blue"), IdSource::new(7));
    for edit in edits {
        perform(&mut editor, edit);
    }
    editor.take_changes();
    editor
}

/// Makes the edit if it is possible. Refusals are as good: nothing changes.
pub fn perform(editor: &mut Editor, edit: &Edit) {
    if let Some(operation) = operation(editor.session(), edit) {
        let _ = editor.perform(operation, start());
    } else {
        match edit.kind % 50 {
            38 => drop(editor.undo()),
            39 => drop(editor.redo()),
            _ => editor.set_place(Place {
                step: Step::Threats,
                cell: Some(cell(edit)),
                field: pick(&fields(editor.session()), edit),
                cursor: usize::from(edit.pick),
            }),
        }
    }
}

fn pick<T: Clone>(list: &[T], edit: &Edit) -> Option<T> {
    (!list.is_empty()).then(|| list[usize::from(edit.pick) % list.len()].clone())
}

fn cell(edit: &Edit) -> CellKey {
    let components = ["docker-client", "docker-host", "kube-apiserver"].map(id);
    CellKey {
        component: components[usize::from(edit.pick) % 3].clone(),
        category: Category::ALL[usize::from(edit.pick / 3) % 6],
    }
}

fn fields(session: &Session) -> Vec<TextField> {
    let mut fields = vec![TextField::Title, TextField::Description];
    fields.extend([
        TextField::Draft(DraftKey::Assumption),
        TextField::Draft(DraftKey::ReviewNote),
    ]);
    for one in &session.cells {
        let key = CellKey {
            component: one.component.clone(),
            category: one.category,
        };
        fields.push(TextField::NothingAppliesReason(key.clone()));
        for left in &one.left {
            fields.push(TextField::LeftReason(key.clone(), left.suggestion.clone()));
        }
        fields.push(TextField::OpenQuestion(key.clone()));
        for part in SentencePart::ALL {
            fields.push(TextField::Draft(DraftKey::Sentence(key.clone(), part)));
        }
        fields.push(TextField::Draft(DraftKey::Threat(key)));
    }
    for one in &session.attackers {
        fields.push(TextField::AttackerNote(one.profile.clone()));
    }
    for one in &session.threats {
        for part in [
            ThreatText::Title,
            ThreatText::WhatGoesWrong,
            ThreatText::AcceptedUntil,
            ThreatText::Sentence(SentencePart::Because),
            ThreatText::VotesNote,
        ] {
            fields.push(TextField::Threat(one.id.clone(), part));
        }
    }
    for one in &session.mitigations {
        for part in [MitigationText::Owner, MitigationText::Evidence] {
            fields.push(TextField::Mitigation(one.id.clone(), part));
        }
    }
    for one in &session.hardenings {
        for part in [HardeningText::Issue, HardeningText::Result] {
            fields.push(TextField::Hardening(one.id.clone(), part));
        }
    }
    fields
}

/// The edits that belong to the people in the room, and decisions.
fn room_operation(session: &Session, edit: &Edit) -> Option<Operation> {
    let text = ForeignText::from(edit.words.as_str());
    let yes = edit.pick.is_multiple_of(2);
    Some(match edit.kind % 50 {
        40 => Operation::Park {
            text,
            cell: Some(cell(edit)),
        },
        41 => Operation::SettleParked(pick(&session.parked, edit)?.id, yes),
        42 => Operation::RemoveParked(pick(&session.parked, edit)?.id),
        43 => Operation::SetOpenQuestion {
            cell: cell(edit),
            kind: pick(
                &[None, Some(OpenKind::NotKnown), Some(OpenKind::Disagree)],
                edit,
            )?,
        },
        44 => Operation::AddSentence { cell: cell(edit) },
        45 => Operation::CountHands {
            threat: pick(&session.threats, edit)?.id,
            level: Level::Impact(pick(&Impact::ALL, edit)?),
            hands: edit.pick,
        },
        46 => Operation::AcceptCheck {
            check: "threat-without-response".into(),
            subject: text,
        },
        47 => Operation::SetTurn(
            yes.then(|| pick(&session.participants, edit))
                .flatten()
                .map(|one| one.id),
        ),
        48 => Operation::SetTimeBox(yes.then(|| TimeBox {
            step: Step::Threats,
            minutes: u16::from(edit.pick),
            started: start(),
        })),
        _ => Operation::VerifyMitigation {
            mitigation: pick(&session.mitigations, edit)?.id,
            evidence: text,
        },
    })
}

fn finding(words: &str) -> Finding {
    Finding {
        number: "5.10".into(),
        title: words.into(),
        printed_status: "WARN".into(),
        status: FindingStatus::Failed,
        control: Some(id("memory-limit")),
        details: vec![words.into(), "".into()],
        remediation: words.into(),
    }
}

fn operation(session: &Session, edit: &Edit) -> Option<Operation> {
    let words = ForeignText::from(edit.words.as_str());
    let threat = pick(&session.threats, edit).map(|one| one.id);
    let mitigation = pick(&session.mitigations, edit).map(|one| one.id);
    Some(match edit.kind % 50 {
        0..=9 => {
            let field = pick(&fields(session), edit)?;
            let text = session.text(&field).unwrap_or_default().raw();
            let ends: Vec<usize> = (0..=text.len())
                .filter(|at| text.is_char_boundary(*at))
                .collect();
            let at = ends[usize::from(edit.pick) % ends.len()];
            let end = ends[(usize::from(edit.pick) * 7 + 3) % ends.len()];
            Operation::EditText {
                field,
                at: at.min(end),
                remove: at.abs_diff(end),
                insert: edit.words.clone(),
                typing: edit.pick.is_multiple_of(2),
            }
        }
        10 => Operation::AddParticipant { name: words },
        11 => Operation::RemoveParticipant(pick(&session.participants, edit)?.id),
        12 | 13 => Operation::SetInScope {
            component: cell(edit).component,
            in_scope: edit.kind.is_multiple_of(2),
            walk_order: Vec::new(),
        },
        14 => Operation::AddAssumption { text: words },
        15 => Operation::RemoveAssumption(pick(&session.assumptions, edit)?.id),
        16 => {
            Operation::ChooseAttacker(id(["insider", "crypto-miner"][usize::from(edit.pick) % 2]))
        }
        17 => Operation::LeaveSuggestion {
            cell: cell(edit),
            suggestion: id(["runs-as-root", "socket-mounted"][usize::from(edit.pick) % 2]),
        },
        18 => Operation::SetNothingApplies {
            cell: cell(edit),
            applies: edit.pick.is_multiple_of(3),
        },
        19..=22 => Operation::AddThreat {
            cell: cell(edit),
            title: words,
        },
        23 => Operation::RemoveThreat(threat?),
        24 => Operation::SetLikelihood(threat?, pick(&Likelihood::ALL, edit)),
        25 => Operation::SetImpact(threat?, pick(&Impact::ALL, edit)),
        26 => Operation::SetResponse(threat?, pick(&Response::ALL, edit)),
        27..=29 => Operation::AddMitigation {
            threat: threat?,
            what: words.clone(),
            verify: words,
            controls: vec![id("userns-remap")],
        },
        30 => Operation::LinkMitigation(mitigation?, threat?),
        31 => Operation::UnlinkMitigation(mitigation?, threat?),
        32 => Operation::SetMitigationStatus(mitigation?, MitigationStatus::Verified),
        33 => {
            let known = session.scans.len();
            let id = ron::from_str(&format!("\"s-{known}\"")).unwrap();
            let taken = session.scans.iter().any(|scan| scan.id == id);
            (!taken).then(|| {
                Operation::AddScan(Box::new(Scan {
                    id,
                    file: words.clone(),
                    tool: "docker-bench-security".into(),
                    tool_version: "1.6.0".into(),
                    benchmark: "CIS Docker 1.6.0".into(),
                    findings: vec![finding(&edit.words)],
                    created: Stamp {
                        by: None,
                        at: start(),
                    },
                }))
            })?
        }
        34 | 35 => Operation::ChooseFinding {
            finding: Box::new(finding(&edit.words)),
            benchmark: "CIS Docker 1.6.0".into(),
        },
        36 => Operation::SetHardeningThreat {
            hardening: pick(&session.hardenings, edit)?.id,
            threat: threat?,
            linked: true,
        },
        37 => Operation::AddReviewNote { text: words },
        40..=49 => return room_operation(session, edit),
        _ => return None,
    })
}
