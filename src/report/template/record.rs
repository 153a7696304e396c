//! What templates read: records of named fields.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object, Value};

use crate::encode::{Foreign, ForeignText};

/// Named values. All records of a kind have the same names, so that a template which works with one
/// session works with every session.
#[derive(Clone, Debug, Default)]
pub struct Record(Vec<(&'static str, Value)>);

impl Record {
    /// With one more field.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((name, value.into()));
        self
    }

    /// With one more field that is Markdown already, made by the encoders.
    #[must_use]
    pub fn with_markdown(self, name: &'static str, markdown: String) -> Self {
        self.with(name, Value::from_safe_string(markdown))
    }

    /// The names of its fields.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(name, _)| *name)
    }
}

impl Object for Record {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let (_, value) = self.0.iter().find(|(name, _)| *name == key)?;
        Some(value.clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.names().map(Value::from).collect())
    }
}

// Raw, because the engine's one way into the write-up escapes it.
impl From<Foreign<'_>> for Value {
    fn from(text: Foreign<'_>) -> Self {
        Self::from(text.raw())
    }
}

impl From<&ForeignText> for Value {
    fn from(text: &ForeignText) -> Self {
        Self::from(text.raw())
    }
}

impl From<ForeignText> for Value {
    fn from(text: ForeignText) -> Self {
        Self::from(text.into_raw())
    }
}

impl From<Record> for Value {
    fn from(record: Record) -> Self {
        Self::from_object(record)
    }
}

/// A list of values.
pub fn list<T: Into<Value>>(values: impl IntoIterator<Item = T>) -> Value {
    Value::from(values.into_iter().map(Into::into).collect::<Vec<Value>>())
}
