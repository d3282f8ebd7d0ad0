//! Tells back everything that a format is handed.

use perfctl_plugin::reporter::{Reporter, View};

perfctl_plugin::reporters![Conformance];

struct Conformance;

impl Reporter for Conformance {
    const NAME: &'static str = "conformance";

    fn render(&self, record: &[u8], view: View) -> Result<Vec<u8>, String> {
        let View { colour, width, suspicions, silenced } = view;
        perfctl_plugin::print!("{} columns", width);
        // Widths that nobody has stand for the ways in which a call ends badly: a format has no options.
        match width {
            1 => return Err("it was told to refuse".to_owned()),
            2 => panic!("it was told to panic"),
            _ => {}
        }
        let view = format!("colour {colour}, width {width}, suspicions {suspicions}, silenced {silenced}\n");
        // What a record holds grows from version to version: whoever wants to see the view alone says so.
        let record = if silenced { &[] } else { record };
        // No text: a document may be of any bytes.
        Ok([view.as_bytes(), &[0, 0xff], record].concat())
    }
}
