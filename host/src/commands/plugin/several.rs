//! Several plugins, one after the other: one that fails does not keep the others from what is done with them, and who stops in the middle is told
//! how far it came.

use crate::error::{Answer, CommandError, Exit};
use crate::ui::Ui;

/// What came of plugins so far.
pub(super) struct Several<'u> {
    ui: &'u Ui,
    changed: Vec<String>,
    failed: Option<CommandError>,
}

impl<'u> Several<'u> {
    /// Nothing yet.
    pub(super) fn new(ui: &'u Ui) -> Self {
        Self {
            ui,
            changed: Vec::new(),
            failed: None,
        }
    }

    /// Whether nothing failed and nothing was changed.
    pub(super) fn is_nothing(&self) -> bool {
        self.changed.is_empty() && self.failed.is_none()
    }

    /// What came of the plugin `id`: whether it was changed.
    ///
    /// # Errors
    /// When the user asks to stop, and there shall be no next one.
    pub(super) fn came(
        &mut self,
        id: String,
        came: Result<bool, CommandError>,
    ) -> Result<(), CommandError> {
        match came {
            Ok(true) => self.changed.push(id),
            Ok(false) => {}
            Err(error) if error.exit == Exit::Interrupted => {
                if let Some(earlier) = self.failed.take() {
                    self.ui.failure(&earlier);
                }
                return Err(interrupted(&self.changed).unwrap_or(error));
            }
            Err(error) => {
                let error = of(&id, error);
                if let Some(earlier) = self.failed.replace(error) {
                    self.ui.failure(&earlier);
                }
            }
        }
        Ok(())
    }

    /// How the command ends.
    pub(super) fn end(self) -> Answer {
        match self.failed {
            Some(error) => Err(error),
            None => Ok(Exit::Clean),
        }
    }
}

/// An error that names the plugin: of several it would be anybody's.
fn of(id: &str, error: CommandError) -> CommandError {
    if error.message.contains(&format!("`{id}`")) || error.message.starts_with(&format!("{id}: ")) {
        return error;
    }
    CommandError {
        message: format!("{id}: {}", error.message),
        ..error
    }
}

/// How things are when somebody stopped; `None` where nothing was changed.
fn interrupted(changed: &[String]) -> Option<CommandError> {
    let done = match changed {
        [] => return None,
        [one] => format!("{one} is"),
        some => format!("{} are", some.join(", ")),
    };
    Some(CommandError::interrupted(format!(
        "{done} taken, and nothing else was changed"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_stops_is_told_what_was_taken_before() {
        let said = |changed: &[&str]| {
            let changed: Vec<String> = changed.iter().map(ToString::to_string).collect();
            interrupted(&changed).map(|error| error.message)
        };
        assert_eq!(said(&[]), None);
        let one = said(&["acme"]).expect("told");
        assert!(one.contains("acme is taken, and nothing else"), "{one}");
        let two = said(&["acme", "zeta"]).expect("told");
        assert!(two.contains("acme, zeta are taken"), "{two}");
    }
}
