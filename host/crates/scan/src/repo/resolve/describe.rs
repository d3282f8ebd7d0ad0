//! Meanings as texts.

use super::Value;
use crate::repo::Repo;

impl Repo {
    /// A meaning as text for people and rules: a library path, or `path/to/file.py:symbol`.
    pub fn describe(&self, value: &Value) -> String {
        match value {
            Value::Unknown => String::new(),
            Value::Library(path) => path.to_string(),
            Value::Module(file) => self.file(*file).path.to_string(),
            Value::Package(dir) => format!("{dir}/"),
            Value::Function(file, at) => {
                let code = self.file(*file);
                format!(
                    "{}:{}",
                    code.path,
                    code.text(code.index.functions[*at as usize].symbol)
                )
            }
            Value::Class(file, at) | Value::Instance(file, at) | Value::Collection(file, at) => {
                let code = self.file(*file);
                let call = match value {
                    Value::Instance(..) => "()",
                    Value::Collection(..) => "()[*]",
                    _ => "",
                };
                format!(
                    "{}:{}{call}",
                    code.path,
                    code.text(code.index.classes[*at as usize].name)
                )
            }
            Value::Object(file, node) => self.shape(*file, *node).to_owned(),
            Value::Param(file, _) => format!("{}:$", self.file(*file).path),
        }
    }
}
