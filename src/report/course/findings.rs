//! The section of findings: the scans that were read, each finding that was chosen, and what changed
//! between the scans.

use crate::catalog::types::Requirement;
use crate::report::hardening::Findings;
use crate::report::markdown::Document;
use crate::report::source::Source;

impl Source<'_> {
    pub fn findings(&self, document: &mut Document) {
        let brief = self.catalog.brief(self.session.brief.as_str());
        let asked = brief.is_some_and(|brief| {
            let findings = |one: &Requirement| matches!(one, Requirement::Findings { .. });
            brief.requirements.iter().any(findings)
        });
        let (scans, chosen) = (&self.session.scans, &self.session.hardenings);
        if scans.is_empty() && chosen.is_empty() && !asked {
            return;
        }
        let of_docker =
            scans.is_empty() || scans.iter().any(|one| one.tool.raw().starts_with("docker"));
        document.heading(
            2,
            if of_docker {
                "Docker-bench findings"
            } else {
                "Findings"
            },
        );
        let findings = Findings {
            session: self.session,
            catalog: self.catalog,
            threat: &|id| self.named_threat(id),
        };
        findings.scans(document);
        if chosen.is_empty() {
            document.paragraphs("No findings are documented yet.");
        }
        for hardening in chosen {
            findings.chosen(hardening, 3, document);
        }
        findings.before_and_after(3, document);
    }
}
