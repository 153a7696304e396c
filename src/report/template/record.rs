//! What templates read: records of named fields.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object, Value};

use super::names::Names;

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

/// A record of a kind of which there are many: a field is made only where the template may ask for it.
pub struct Sparse<'n> {
    names: &'n Names,
    record: Record,
}

impl<'n> Sparse<'n> {
    /// Without any field yet; there will be so many.
    pub fn new(names: &'n Names, fields: usize) -> Self {
        Self {
            names,
            record: Record(Vec::with_capacity(fields)),
        }
    }

    /// With one more field.
    #[must_use]
    pub fn with<T: Into<Value>>(mut self, name: &'static str, make: impl FnOnce() -> T) -> Self {
        let value = if self.names.may_ask_for(name) {
            make().into()
        } else {
            Value::UNDEFINED
        };
        self.record.0.push((name, value));
        self
    }
}

impl From<Sparse<'_>> for Value {
    fn from(sparse: Sparse<'_>) -> Self {
        sparse.record.into()
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

impl From<Record> for Value {
    fn from(record: Record) -> Self {
        Self::from_object(record)
    }
}

/// A list of values.
pub fn list<T: Into<Value>>(values: impl IntoIterator<Item = T>) -> Value {
    Value::from(values.into_iter().map(Into::into).collect::<Vec<Value>>())
}
