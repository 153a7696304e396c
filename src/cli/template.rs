//! `astride template`: the layout of a form, to copy and change.

use super::output::{self, Ending, Failure};
use crate::encode;
use crate::report::Form;

/// Prints a template of the program's own.
pub fn run(form: &str) -> Result<Ending, Failure> {
    let template = Form::by_id(form).and_then(|form| form.template);
    let Some(template) = template else {
        let known: Vec<&str> = Form::ALL
            .iter()
            .filter(|form| form.template.is_some())
            .map(|form| form.id)
            .collect();
        return Err(Failure::new(
            format!(
                "There is no template for the form {}.",
                encode::quoted(form)
            ),
            format!("Choose one of: {}.", known.join(", ")),
        ));
    };
    output::raw(template)?;
    Ok(Ending::Done)
}
