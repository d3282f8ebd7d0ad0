//! Renders run records: one file per output format, and Handlebars templates for reports.
//!
//! Pure: everything comes from the record and the view. Must not know files, processes, clocks, the store or the engine.

mod change;
mod column;
mod comparison;
mod context;
mod diff;
mod escape;
mod format;
mod frame;
mod help_text;
mod json_text;
mod moment;
mod neutral;
mod overview;
mod prose;
mod record_json;
mod sarif;
mod select;
mod shown_finding;
mod source_link;
mod summary;
mod template;
mod terminal;

pub use comparison::{COMPARISON_FORMATS, render_comparison};
pub use context::SCHEMA as TEMPLATE_CONTEXT_SCHEMA;
pub use format::{Entry, FORMATS, find};
pub use help_text::{first_paragraph, to_html as help_to_html, to_markdown as help_to_markdown};
pub use json_text::{compact as json_compact, pretty as json_pretty};
pub use neutral::{block as neutral_block, line as neutral_line, sentence as neutral_sentence};
pub use summary::{headline, next_step};
pub use template::{Flavour, Templates};

/// Draws one finding as the format `human` does, with why and how to fix it: what a live run prints as things are found.
/// Ends with a line end.
pub fn draw_finding(
    finding: &perfctl_core::finding::Finding,
    rule: Option<&perfctl_core::rule::Rule>,
    view: &perfctl_core::seams::View,
) -> String {
    shown_finding::draw(finding, rule, true, view)
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod testing;

#[cfg(test)]
mod scratch {
    #[test]
    #[ignore]
    fn dump() {
        use perfctl_core::seams::View;
        let t = std::sync::Arc::new(crate::template::embedded_for_tests());
        for (n, r) in [("rich", crate::fixture::rich()), ("small", crate::fixture::small()), ("clean", crate::fixture::clean())] {
            for e in crate::FORMATS {
                let v = View { width: 100, colour: false, ..View::default() };
                let b = e.build(&t).render(&r, &v).map_err(|e| e.message).unwrap();
                std::fs::write(format!("/tmp/rep/out/{n}.{}", e.name), b).unwrap();
            }
        }
        let mut big = crate::fixture::rich();
        let base = big.findings.clone();
        for i in 0..2000 { let mut f = base[i % 7].clone(); f.fingerprint = format!("{i}"); f.place.path = format!("app/mod{i}/x.py").into(); big.findings.push(f); }
        for e in crate::FORMATS {
            let s = std::time::Instant::now();
            let b = e.build(&t).render(&big, &View::default()).unwrap();
            println!("{} {} bytes {:?}", e.name, b.len(), s.elapsed());
            std::fs::write(format!("/tmp/rep/out/big.{}", e.name), b).unwrap();
        }
    }
}
