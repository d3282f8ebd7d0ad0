//! Why an import failed, read from the traceback that Python left among the timing lines.
//!
//! A module that raises is timed like one that works, so the exit code says *that* it failed and this file says *why*, in
//! a sentence that names what is absent and what would be measured with it.

use crate::display;

const TRACEBACK: &str = "Traceback (most recent call last):";

/// The exception that ended the run, and what it says is absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// The exception as Python printed it: type and message, cut to 300 characters.
    pub(super) quote: String,
    /// What kind of thing stands in the way.
    pub(super) cause: Cause,
}

/// What stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// A module that is not installed.
    Module(String),
    /// A shared library that is not installed.
    Library(String),
    /// A distribution whose metadata is not installed.
    Distribution(String),
    /// A connection that the import opens.
    Connection,
    /// A file that the import writes.
    Written,
    /// Code that is not of this interpreter's version.
    Syntax,
    /// Anything else.
    Other,
}

/// Finds the failure in the program's lines; `None` where none is written.
pub(super) fn find(text: &[&[u8]]) -> Option<Failure> {
    let lines: Vec<String> = text.iter().map(|line| display::line(line)).collect();
    if let Some(fatal) = lines
        .iter()
        .find(|line| line.starts_with("Fatal Python error:"))
    {
        return Some(Failure {
            quote: display::cut(fatal, 300),
            cause: Cause::Other,
        });
    }
    // The last traceback is the one that ended the run; earlier ones are its causes, or were printed and survived.
    let mut heads: Vec<String> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.ends_with(TRACEBACK))
        .filter_map(|(at, _)| head(&lines[at + 1..]))
        .collect();
    if heads.is_empty() {
        heads.extend(
            lines
                .iter()
                .rev()
                .find(|line| names_an_exception(line))
                .cloned(),
        );
    }
    let quote = heads.last()?;
    let cause = heads
        .iter()
        .rev()
        .map(|head| cause(head))
        .find(|cause| *cause != Cause::Other);
    Some(Failure {
        quote: display::cut(quote, 300),
        cause: cause.unwrap_or(Cause::Other),
    })
}

/// The exception line below a traceback's header: the first line that is not indented. An empty message continues on the
/// next line that has text.
fn head(lines: &[String]) -> Option<String> {
    let at = lines
        .iter()
        .position(|line| !line.is_empty() && !line.starts_with(' '))?;
    let first = lines[at].trim();
    if !first.ends_with(':') {
        return Some(first.to_owned());
    }
    let next = lines[at + 1..]
        .iter()
        .map(|line| line.trim())
        .find(|line| !line.is_empty());
    Some(
        format!("{first} {}", next.unwrap_or_default())
            .trim_end()
            .to_owned(),
    )
}

fn names_an_exception(line: &str) -> bool {
    let kind = line.split(':').next().unwrap_or_default();
    let last = kind.rsplit('.').next().unwrap_or_default();
    kind.chars()
        .all(|c| c.is_alphanumeric() || c == '.' || c == '_')
        && ["Error", "Exception", "Interrupt", "Exit"]
            .iter()
            .any(|end| last.ends_with(end))
}

fn cause(head: &str) -> Cause {
    let (kind, message) = head.split_once(": ").unwrap_or((head, ""));
    let kind = kind.rsplit('.').next().unwrap_or_default();
    if let Some(name) = message.strip_prefix("No module named ") {
        // `No module named 'a.b'; 'a' is not a package`, and without quotes in old versions.
        let name = name.split([';', ' ']).next().unwrap_or_default();
        return Cause::Module(name.trim_matches(['\'', '"']).to_owned());
    }
    if let Some((library, _)) = message.split_once(": cannot open shared object file") {
        return Cause::Library(library.rsplit(' ').next().unwrap_or_default().to_owned());
    }
    let distribution = match kind {
        "PackageNotFoundError" => message.strip_prefix("No package metadata was found for "),
        "DistributionNotFound" => message
            .strip_prefix("The '")
            .and_then(|rest| rest.split_once("' distribution").map(|(name, _)| name)),
        _ => None,
    };
    if let Some(name) = distribution {
        return Cause::Distribution(name.to_owned());
    }
    let lower = message.to_lowercase();
    if UNREACHED.iter().any(|said| lower.contains(said)) {
        return Cause::Connection;
    }
    if lower.contains("read-only file system") {
        return Cause::Written;
    }
    match kind {
        "SyntaxError" | "IndentationError" => Cause::Syntax,
        _ => Cause::Other,
    }
}

/// What libraries say, in small letters, when nobody answers: the systems' messages behind ECONNREFUSED, ENETUNREACH and the errors
/// of `getaddrinfo`, and what urllib3, psycopg and pymongo make of them.
const UNREACHED: [&str; 9] = [
    "connection refused",
    "network is unreachable",
    "name or service not known",
    "temporary failure in name resolution",
    "failed to establish a new connection",
    "max retries exceeded",
    "could not translate host name",
    "cannot assign requested address",
    "serverselectiontimeout",
];

impl Failure {
    /// The sentence for the report. `entry` is the entry module where one was named.
    pub(super) fn explain(&self, entry: Option<&str>) -> String {
        let quote = &self.quote;
        let measured = match entry {
            Some(entry) => format!("the import time of `{entry}`"),
            None => "the import time".to_owned(),
        };
        match &self.cause {
            Cause::Module(name) if entry.is_some_and(|entry| is_or_holds(name, entry)) => format!(
                "the entry module was not found ({quote}): name the module that the service starts with, or run from \
                 the folder that holds it"
            ),
            Cause::Module(name) if entry.is_some_and(|entry| package(entry) == package(name)) => {
                format!(
                    "`{name}`, a part of the audited package itself, is absent ({quote}): with it {measured} would be \
                 measured; generate it or choose another entry module"
                )
            }
            Cause::Module(name) => format!(
                "the dependency `{}` is not installed for this interpreter ({quote}): with it {measured} would be \
                 measured; install the repository's dependencies or give an interpreter that has them",
                package(name)
            ),
            Cause::Library(name) => format!(
                "the shared library `{name}` is absent ({quote}): with it {measured} would be measured; install the \
                 system package that holds it"
            ),
            Cause::Distribution(name) => format!(
                "the distribution `{name}` is not installed for this interpreter ({quote}): with it {measured} would \
                 be measured; install the repository's dependencies or give an interpreter that has them"
            ),
            Cause::Connection => format!(
                "it opens a connection while it is imported ({quote}), and nothing answers a measurement: so does every cold \
                 start before the first request; open it with the first use, or choose another entry module, and \
                 {measured} is measured"
            ),
            Cause::Written => format!(
                "it writes a file while it is imported ({quote}), and a measurement may only read the repository: write with \
                 the first use, or name another place (in quick-wins `--set env=NAME=VALUE`), and {measured} is measured"
            ),
            Cause::Syntax => format!(
                "this interpreter cannot read the code ({quote}): with the version that the service runs on, named with \
                 `--set python=...`, {measured} would be measured"
            ),
            Cause::Other => format!(
                "the import raised `{quote}`: without that {measured} would be measured; give the environment that \
                 the module needs (in quick-wins `--set env=NAME=VALUE`) or choose another entry module"
            ),
        }
    }
}

/// Whether `name` is `module` or one of the packages that hold it.
pub(super) fn is_or_holds(name: &str, module: &str) -> bool {
    module
        .strip_prefix(name)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The top-level package of a dotted name.
pub(super) fn package(module: &str) -> &str {
    module.split('.').next().unwrap_or(module)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Failure {
        let lines: Vec<&[u8]> = display::lines(text.as_bytes()).collect();
        find(&lines).expect("a failure")
    }

    #[test]
    fn what_an_import_does_beside_importing_is_told_apart() {
        let text = |last: &str| {
            let failure = found(&format!(
                "Traceback (most recent call last):\n  File \"<string>\", line 1, in <module>\n{last}\n"
            ));
            (failure.cause.clone(), failure.explain(Some("app.main")))
        };
        let refused = [
            "psycopg2.OperationalError: connection to server at \"localhost\" (127.0.0.1), port 5432 failed: Connection refused",
            "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='x', port=443): Max retries exceeded with url: /",
            "socket.gaierror: [Errno -3] Temporary failure in name resolution",
        ];
        for last in refused {
            let (cause, sentence) = text(last);
            assert_eq!(cause, Cause::Connection, "{last}");
            assert!(sentence.contains("so does every cold start"), "{sentence}");
        }
        let written = text("OSError: [Errno 30] Read-only file system: './uploads/'");
        assert_eq!(written.0, Cause::Written);
        let syntax = text("SyntaxError: f-string: unmatched '['");
        assert_eq!(syntax.0, Cause::Syntax);
        assert!(syntax.1.contains("--set python="), "{}", syntax.1);
        assert_eq!(text("KeyError: 'DATABASE_URL'").0, Cause::Other);
    }

    #[test]
    fn an_absent_dependency_is_named_by_its_top_level_package() {
        let failure = found(
            "Traceback (most recent call last):\n  File \"<string>\", line 1, in <module>\nModuleNotFoundError: No \
             module named 'google.cloud.storage'\n",
        );
        assert_eq!(
            failure.cause,
            Cause::Module("google.cloud.storage".to_owned())
        );
        let text = failure.explain(Some("app.main"));
        assert!(
            text.contains("the dependency `google`") && text.contains("`app.main`"),
            "{text}"
        );
        assert!(
            text.contains("No module named 'google.cloud.storage'"),
            "{text}"
        );
    }

    #[test]
    fn the_entry_module_itself_is_told_apart_from_a_dependency() {
        let failure =
            found("Traceback (most recent call last):\nModuleNotFoundError: No module named 'app'");
        assert!(
            failure
                .explain(Some("app.main"))
                .contains("the entry module was not found")
        );
        let part = found(
            "Traceback (most recent call last):\nModuleNotFoundError: No module named 'app._gen'",
        );
        assert!(
            part.explain(Some("app.main"))
                .contains("a part of the audited package")
        );
        assert!(part.explain(None).contains("the dependency `app`"));
    }

    #[test]
    fn the_module_behind_a_kinder_exception_is_still_named() {
        let failure = found(
            "Traceback (most recent call last):\n  File \"a.py\", line 1\nModuleNotFoundError: No module named 'httptools'\n\n\
             During handling of the above exception, another exception occurred:\n\n\
             Traceback (most recent call last):\n  File \"a.py\", line 3\nRuntimeError: please install the extra\n",
        );
        assert_eq!(failure.quote, "RuntimeError: please install the extra");
        assert_eq!(failure.cause, Cause::Module("httptools".to_owned()));
    }

    #[test]
    fn libraries_and_distributions_are_named() {
        let library = found(
            "Traceback (most recent call last):\n  x\nImportError: libGL.so.1: cannot open shared object file: No such \
             file or directory",
        );
        assert_eq!(library.cause, Cause::Library("libGL.so.1".to_owned()));
        let metadata = found(
            "Traceback (most recent call last):\n  x\nimportlib.metadata.PackageNotFoundError: No package metadata was \
             found for shop",
        );
        assert_eq!(metadata.cause, Cause::Distribution("shop".to_owned()));
        let old = found(
            "Traceback (most recent call last):\n  x\npkg_resources.DistributionNotFound: The 'six>=1.9' distribution was \
             not found and is required by shop",
        );
        assert_eq!(old.cause, Cause::Distribution("six>=1.9".to_owned()));
    }

    #[test]
    fn an_empty_message_takes_the_next_line_and_a_fatal_error_comes_first() {
        let long = found(
            "Traceback (most recent call last):\n  x\nImportError: \n\nIMPORTANT: PLEASE READ THIS\n\nmore",
        );
        assert_eq!(long.quote, "ImportError: IMPORTANT: PLEASE READ THIS");
        let fatal = found(
            "Fatal Python error: init_import_site: Failed\nPython runtime state: initialized\n",
        );
        assert_eq!(fatal.quote, "Fatal Python error: init_import_site: Failed");
    }

    #[test]
    fn an_exception_without_a_traceback_is_found_and_plain_text_is_none() {
        assert_eq!(
            found("  File \"<string>\", line 1\n    import\nSyntaxError: invalid syntax").quote,
            "SyntaxError: invalid syntax"
        );
        assert_eq!(find(&[b"a warning: Error ahead", b"done"]), None);
        assert_eq!(find(&[]), None);
    }
}
