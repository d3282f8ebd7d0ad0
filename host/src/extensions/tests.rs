//! Who may bring what under which name.

use perfctl_runtime::pack::Brought;

use super::*;

/// A component that answers nothing: only its names count here.
#[derive(Debug)]
struct Mute;

impl perfctl_runtime::plugin::Component for Mute {
    fn plugin(
        self: Arc<Self>,
        _: Arc<perfctl_runtime::plugin::Declared>,
    ) -> Arc<dyn perfctl_runtime::plugin::Plugin> {
        unreachable!("it judges nothing")
    }

    fn extension(self: Arc<Self>) -> Arc<dyn Extension> {
        self
    }
}

impl Extension for Mute {
    fn collect(
        &self,
        _: &CollectorHead,
        _: Output<'_>,
        _: &BTreeMap<String, String>,
    ) -> Heard<Collected> {
        Heard {
            printed: Vec::new(),
            answer: Ok(Collected::default()),
        }
    }

    fn render(&self, _: &ReporterHead, record: &[u8], _: &View) -> Heard<Vec<u8>> {
        Heard {
            printed: Vec::new(),
            answer: Ok(record.to_vec()),
        }
    }
}

fn pack(id: &str, layer: &str, tables: &str) -> PackFiles {
    let head = format!(
        "schema = \"perfctl.pack/1\"\nid = \"{id}\"\ntitle = \"t\"\nversion = \"0.1.0\"\nedition = 1\n{tables}"
    );
    PackFiles {
        folder: id.to_owned(),
        layer: match layer {
            "user" => Layer::User("/user".into()),
            _ => Layer::Organisation("/org".into()),
        },
        shown: format!("{layer}/plugins/{id}.wasm"),
        files: BTreeMap::from([("pack.toml".to_owned(), head)]),
        program: Program::Component(Arc::new(Mute)),
        is_sealed: true,
    }
}

fn collector(name: &str) -> String {
    format!("[collector.{name}]\nabout = \"a\"\nmetrics = [\"acme.time\"]\n")
}

fn reporter(name: &str) -> String {
    format!("[reporter.{name}]\nabout = \"a\"\n")
}

fn names(extensions: &Extensions) -> Vec<String> {
    let collectors = extensions
        .collectors
        .iter()
        .map(|one| one.head.name.clone());
    let formats = extensions.formats.iter().map(|one| one.head.name.clone());
    collectors.chain(formats).collect()
}

#[test]
fn what_plugins_bring_is_known_by_name() {
    let packs = [
        pack(
            "acme",
            "user",
            &(collector("acme-b") + &collector("acme-a")),
        ),
        pack("page", "user", &reporter("page")),
        pack("rules", "user", ""),
    ];
    let all = Extensions::of(&packs);
    assert_eq!(names(&all), ["acme-a", "acme-b", "page"]);
    assert!(all.problems.is_empty(), "{:?}", all.problems);
    assert!(all.formats.get("page").is_some() && all.formats.get("acme-a").is_none());
    let one = all.collectors.iter().next().expect("a collector");
    assert!(one.is_foreign() && one.metrics() == ["acme.time"]);
    let known = adapters::collectors(&all);
    assert!(known.contains_key("acme-a") && known.contains_key("time"));
}

#[test]
fn nobody_takes_the_name_of_another() {
    let packs = [
        pack("first", "user", &(collector("time") + &collector("shared"))),
        pack(
            "second",
            "organisation",
            &(collector("shared") + &collector("image-archive") + &collector("own")),
        ),
        pack("page", "user", &(reporter("json") + &reporter("page"))),
        pack("other", "user", &reporter("page")),
    ];
    let all = Extensions::of(&packs);
    // Which of two plugins a recipe means nobody knows, so it means neither.
    assert_eq!(names(&all), ["own"]);
    let told: Vec<String> = all
        .problems
        .iter()
        .map(|one| format!("{}: {}", one.subject, one.message))
        .collect();
    for (who, says) in [
        (
            "user/plugins/first.wasm",
            "its collector `time` is not read: perfctl itself has one",
        ),
        (
            "organisation/plugins/second.wasm",
            "its collector `shared` is not read, and neither is that of the plugin `first` (user/plugins/first.wasm): ",
        ),
        (
            "organisation/plugins/second.wasm",
            "its collector `image-archive` is not read",
        ),
        ("user/plugins/page.wasm", "its format `json` is not read"),
        (
            "user/plugins/other.wasm",
            "its format `page` is not read, and neither is that of the plugin `page` (user/plugins/page.wasm): ",
        ),
    ] {
        let is_told = told
            .iter()
            .any(|line| line.starts_with(who) && line.contains(says));
        assert!(is_told, "{who}: {says}: {told:?}");
    }
    assert_eq!(told.len(), 5, "{told:?}");
    // Who asks for such a name reads why he does not get it.
    let why = all.collectors.why_not("shared").unwrap_or_default();
    assert!(
        why.starts_with("organisation/plugins/second.wasm: ") && why.contains("renamed"),
        "{why}"
    );
    assert!(all.formats.why_not("page").is_some() && all.formats.why_not("none").is_none());
    let known = adapters::collectors(&all);
    assert!(known.contains_key("time"), "perfctl's own stays");
}

#[test]
fn what_is_replaced_or_cannot_run_contends_with_nobody() {
    let unbuilt = PackFiles {
        program: Program::Scripts,
        ..pack("draft", "user", &collector("shared"))
    };
    let packs = [
        pack("acme", "user", &collector("shared")),
        unbuilt,
        pack("other", "user", &collector("shared")),
        pack("other", "organisation", &collector("else")),
    ];
    let all = Extensions::of(&packs);
    assert_eq!(names(&all), ["else", "shared"]);
    assert_eq!(all.collectors.why_not("shared"), None);
    assert_eq!(all.problems.len(), 1, "{:?}", all.problems);
    let draft = Extensions::of(&packs[1..2]);
    let why = draft.collectors.why_not("shared").unwrap_or_default();
    assert!(why.contains("perfctl plugin build"), "{why}");
}

#[test]
fn what_a_lost_plugin_would_bring_says_that_it_is_lost() {
    let lost = PackFiles {
        program: Program::Unusable {
            why: "it is not there; `perfctl plugin add` fetches it".to_owned(),
            known: Brought {
                collectors: vec!["acme-tool".to_owned()],
                formats: vec!["acme-page".to_owned()],
                ..Brought::default()
            },
        },
        files: BTreeMap::new(),
        ..pack("acme", "user", "")
    };
    let all = Extensions::of(&[lost]);
    for why in [
        all.collectors.why_not("acme-tool"),
        all.formats.why_not("acme-page"),
    ] {
        assert!(
            why.is_some_and(|why| why.contains("`perfctl plugin add` fetches it")),
            "{why:?}"
        );
    }
}

#[test]
fn a_later_layer_takes_the_place_of_an_earlier_ones_pack() {
    let packs = [
        pack("acme", "user", &(collector("old") + &collector("both"))),
        pack("acme", "organisation", &collector("both")),
        pack("acme", "organisation", &collector("again")),
    ];
    let all = Extensions::of(&packs);
    assert_eq!(names(&all), ["both"]);
    let both = all.collectors.iter().next().expect("it is there");
    assert_eq!(both.from.shown, "organisation/plugins/acme.wasm");
}

#[test]
fn a_pack_without_a_component_says_what_makes_one() {
    let unbuilt = PackFiles {
        program: Program::Scripts,
        ..pack("acme", "user", &collector("acme-tool"))
    };
    let unusable = PackFiles {
        program: Program::Unusable {
            why: "it is broken".to_owned(),
            known: Brought::default(),
        },
        ..pack("page", "user", &reporter("page"))
    };
    let all = Extensions::of(&[unbuilt, unusable]);
    assert!(names(&all).is_empty());
    assert!(
        all.problems[0]
            .message
            .contains("perfctl plugin build user/plugins/acme.wasm")
    );
    assert_eq!(all.problems[1].message, "it is broken");
    // What is wrong with a mixture is told where rules are read.
    let mut mixed = pack("acme", "user", &collector("acme-tool"));
    mixed
        .files
        .insert("ORG-001/rule.toml".to_owned(), String::new());
    let packs = perfctl_runtime::pack::Packs::load(&[mixed.clone()]);
    assert!(
        packs.problems[0].message.contains("make a pack for each"),
        "{:?}",
        packs.problems
    );
    assert!(packs.rules.is_empty() && packs.broken.is_empty());
    assert!(names(&Extensions::of(&[mixed])).is_empty());
}
