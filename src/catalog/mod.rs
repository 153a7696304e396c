//! What is known: systems, questions, threats, controls, attackers, terms, references, briefs.
pub mod types;
