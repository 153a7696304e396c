//! The data-flow diagram of a system, as far as it matters for a session: as text for the terminal
//! and for pasting into a chat, and as Mermaid for write-ups.

mod mermaid;
mod model;
mod text;

pub use mermaid::mermaid;
pub use model::Diagram;
pub use text::text;
