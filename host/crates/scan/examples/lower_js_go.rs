//! How long parsing and lowering JavaScript, TypeScript and Go takes: `lower_js_go DIRECTORY [REPEATS]`.
//!
//! Reads every file of those languages below the directory once, then times the parsers alone and the lowerings, the best
//! of some repeats on one thread. Also counts files that have no node or an error, and checks that spans nest.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for people"
)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use oxc_allocator::Allocator;
use oxc_parser::{ParseOptions, Parser};
use oxc_span::SourceType;
use perfctl_scan::lower::{Language, go, javascript};
use perfctl_scan::tree::Tree;

struct File {
    path: String,
    language: Language,
    text: String,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(root) = arguments.next() else {
        eprintln!("usage: lower_js_go DIRECTORY [REPEATS]");
        return ExitCode::from(2);
    };
    let repeats = arguments
        .next()
        .and_then(|count| count.parse().ok())
        .unwrap_or(5);
    let files = read(PathBuf::from(root));
    let is_go = |file: &File| file.language == Language::Go;
    let (go_files, js_files): (Vec<File>, Vec<File>) = files.into_iter().partition(is_go);
    report("javascript", &js_files, repeats, parse_javascript);
    report("go", &go_files, repeats, parse_go());
    ExitCode::SUCCESS
}

fn read(root: PathBuf) -> Vec<File> {
    let mut files = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten() {
            let (path, Ok(kind)) = (entry.path(), entry.file_type()) else {
                continue;
            };
            if kind.is_dir() {
                folders.push(path);
                continue;
            }
            let path_text = path.to_string_lossy().into_owned();
            let language = Language::from_path(&path_text)
                .filter(|language| *language != Language::Python && kind.is_file());
            if let (Some(language), Ok(text)) = (language, std::fs::read_to_string(&path)) {
                files.push(File {
                    path: path_text,
                    language,
                    text,
                });
            }
        }
    }
    files
}

fn parse_javascript(files: &[File]) -> usize {
    let mut arena = Allocator::new();
    let mut statements = 0;
    for file in files {
        arena.reset();
        let kind = SourceType::from_path(&file.path).unwrap_or_default();
        let options = ParseOptions {
            allow_return_outside_function: true,
            preserve_parens: false,
            enable_ident_hashes: false,
            ..ParseOptions::default()
        };
        let parsed = Parser::new(&arena, &file.text, kind)
            .with_options(options)
            .parse();
        statements += parsed.program.body.len();
    }
    statements
}

fn parse_go() -> impl FnMut(&[File]) -> usize {
    let mut parser = tree_sitter::Parser::new();
    let ready = parser
        .set_language(&tree_sitter_go::LANGUAGE.into())
        .is_ok();
    move |files| {
        let trees = files.iter().filter(|_| ready);
        trees
            .filter_map(|file| parser.parse(&file.text, None))
            .count()
    }
}

fn lower(file: &File) -> Tree {
    match file.language {
        Language::Go => go::lower(&file.text, false),
        _ => javascript::lower(&file.text, &file.path, false),
    }
}

fn report(name: &str, files: &[File], repeats: usize, mut parse: impl FnMut(&[File]) -> usize) {
    if files.is_empty() {
        return;
    }
    let bytes: usize = files.iter().map(|file| file.text.len()).sum();
    println!(
        "{name}: {} files, {:.1} MB",
        files.len(),
        bytes as f64 / 1e6
    );
    let mut best = [Duration::MAX; 2];
    for _ in 0..repeats {
        let start = Instant::now();
        std::hint::black_box(parse(files));
        best[0] = best[0].min(start.elapsed());
        let start = Instant::now();
        for file in files {
            std::hint::black_box(lower(file).len());
        }
        best[1] = best[1].min(start.elapsed());
    }
    for (what, time) in ["parse", "parse+lower"].iter().zip(best) {
        let rate = bytes as f64 / 1e6 / time.as_secs_f64();
        println!(
            "  {what:12} {:8.1} ms  {rate:6.1} MB/s",
            time.as_secs_f64() * 1e3
        );
    }
    println!(
        "  ratio        {:8.2}",
        best[1].as_secs_f64() / best[0].as_secs_f64()
    );
    let (mut nodes, mut heap) = (0, 0);
    for file in files {
        let tree = lower(file);
        nodes += tree.len();
        heap += tree.heap_size();
        if tree.len() < 2 && !tree.errors.is_empty() {
            println!("  no tree: {}", file.path);
        }
        for (span, message) in &tree.errors {
            println!("  error: {} at {}: {message}", file.path, span.start);
        }
        check_spans(file, &tree);
    }
    println!(
        "  {nodes} nodes, {:.1} bytes of source each; {heap} bytes held",
        bytes as f64 / nodes as f64
    );
}

fn check_spans(file: &File, tree: &Tree) {
    for id in tree.ids().skip(1) {
        let node = tree.node(id);
        let outer = tree.node(node.parent).span;
        let on_characters = file.text.get(node.span.range()).is_some();
        if !outer.contains(node.span) || !on_characters {
            println!(
                "  span: {} {:?} {:?} outside of {outer:?}",
                file.path, node.kind, node.span
            );
        }
    }
}
