//! What a team decided: the saved document, the words for it, and its edits with undo.

pub mod all_texts;
pub mod coverage;
pub mod edit;
pub mod id;
pub mod own;
pub mod place;
pub mod recorded;
pub mod removed;
pub mod search;
pub mod stamps;
pub mod texts;
pub mod types;
pub mod words;
