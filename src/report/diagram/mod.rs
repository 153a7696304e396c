//! The data-flow diagram of a system, as far as it matters for a session: as text for the terminal
//! and for pasting into a chat, as Mermaid for Markdown, and as a
//! picture for HTML.

mod layout;
mod mermaid;
mod model;
mod svg;
mod text;

pub use mermaid::mermaid;
pub use model::Diagram;
pub use svg::svg;
pub use text::text;
