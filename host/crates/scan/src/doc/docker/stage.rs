//! The stage graph: what each FROM really builds on, and which stages end up in the image that ships.

use perfctl_core::place::ByteSpan;

use super::image::ImageRef;
use super::instruction::Instruction;
use super::variable::{Assignment, Expanded, Value, expand, is_given_by_builder};

/// One stage of a build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its number, from 0.
    pub index: usize,
    /// Its name, as written behind AS.
    pub name: Option<String>,
    /// What FROM names: an image, or an earlier stage (then [`Stage::parent`] is set).
    pub image: ImageRef,
    /// The image at the end of the chain of stages it builds on.
    pub base: ImageRef,
    /// The earlier stage that it builds on.
    pub parent: Option<usize>,
    /// `--platform`, as written.
    pub platform: Option<String>,
    /// Its FROM.
    pub from: Instruction,
    /// What follows FROM, in order.
    pub instructions: Vec<Instruction>,
    /// Its ARGs and ENVs, in order.
    pub variables: Vec<Assignment>,
    /// What it takes from other stages and images, in order.
    pub feeds: Vec<Feed>,
    /// Whether its layers are in the image that ships: the last stage, and those it builds on.
    pub ships: bool,
    /// Whether files of it are copied, maybe through other stages, into one that ships.
    pub flows_into_shipped: bool,
}

/// Something that a stage takes from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// From where.
    pub source: Source,
    /// How.
    pub kind: FeedKind,
    /// Index of the instruction in the stage.
    pub instruction: usize,
    /// Where the source is named.
    pub span: ByteSpan,
}

/// Where a [`Feed`] comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// An earlier stage.
    Stage(usize),
    /// An image, or a named build context: the file does not tell the two apart.
    Image(ImageRef),
}

/// How a [`Feed`] gets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FeedKind {
    /// COPY or ADD: its files stay.
    Copy,
    /// A mount of RUN: its files are there for one command.
    Mount,
}

impl Stage {
    /// From FROM to the end of its last instruction.
    pub fn span(&self) -> ByteSpan {
        let end = self
            .instructions
            .last()
            .map_or(self.from.span.end, |last| last.span.end);
        ByteSpan::new(self.from.span.start, end)
    }
}

/// Which stages are in the image that building `target` makes: in its layers, and copied into them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shipment {
    /// Per stage, whether its layers are in it.
    pub ships: Vec<bool>,
    /// Per stage, whether its files are copied into it.
    pub flows: Vec<bool>,
}

/// What ships when `target` is built.
pub(super) fn shipment(stages: &[Stage], target: usize) -> Shipment {
    let mut ships = vec![false; stages.len()];
    let mut flows = vec![false; stages.len()];
    let mut layer = Some(target);
    while let Some(index) = layer.filter(|index| *index < stages.len()) {
        ships[index] = true;
        layer = stages[index].parent;
    }
    // Feeds and parents only point backwards, so one pass from the end settles it.
    for index in (0..stages.len()).rev() {
        if !ships[index] && !flows[index] {
            continue;
        }
        for feed in &stages[index].feeds {
            if let (Source::Stage(from), FeedKind::Copy) = (&feed.source, feed.kind) {
                flows[*from] = true;
            }
        }
        // What a copied stage builds on is part of what may be copied.
        if let Some(parent) = stages[index].parent.filter(|_| flows[index]) {
            flows[parent] = true;
        }
    }
    Shipment { ships, flows }
}

/// ARGs and ENVs kept for one stage.
const MAX_VARIABLES: usize = 2_000;

/// Puts stages together, instruction by instruction.
#[derive(Default)]
pub(super) struct Assembly {
    pub(super) preamble: Vec<Instruction>,
    pub(super) globals: Vec<Assignment>,
    pub(super) stages: Vec<Stage>,
}

impl Assembly {
    pub(super) fn add(&mut self, instruction: Instruction) {
        if instruction.keyword == "FROM" && !instruction.onbuild {
            self.begin_stage(instruction);
            return;
        }
        let here = self
            .stages
            .last()
            .map_or(self.preamble.len(), |stage| stage.instructions.len());
        let assignments = self.assignments(&instruction, here);
        let feeds = self.feeds(&instruction, here);
        match self.stages.last_mut() {
            Some(stage) => {
                let room = MAX_VARIABLES.saturating_sub(stage.variables.len());
                stage.variables.extend(assignments.into_iter().take(room));
                stage.feeds.extend(feeds);
                stage.instructions.push(instruction);
            }
            None => {
                let room = MAX_VARIABLES.saturating_sub(self.globals.len());
                self.globals.extend(
                    assignments
                        .into_iter()
                        .filter(|assignment| !assignment.is_env)
                        .take(room),
                );
                self.preamble.push(instruction);
            }
        }
    }

    fn begin_stage(&mut self, from: Instruction) {
        let is_as = from
            .args
            .get(1)
            .is_some_and(|word| word.text.eq_ignore_ascii_case("as"));
        let name = from
            .args
            .get(2)
            .filter(|_| is_as)
            .map(|word| word.text.clone());
        let (written, span) = match from.args.first() {
            Some(word) => (word.text.clone(), word.span),
            None => (String::new(), ByteSpan::new(from.span.end, from.span.end)),
        };
        let expanded = expand(&written, &|name| self.global(name));
        let image = ImageRef::parse(&written, &expanded, span);
        let parent = expanded.known().and_then(|name| self.stage_named(name));
        let base = parent.map_or_else(|| image.clone(), |parent| self.stages[parent].base.clone());
        self.stages.push(Stage {
            index: self.stages.len(),
            name,
            image,
            base,
            parent,
            platform: from.flag("platform").map(str::to_owned),
            from,
            instructions: Vec::new(),
            variables: Vec::new(),
            feeds: Vec::new(),
            ships: false,
            flows_into_shipped: false,
        });
    }

    /// Marks what ships when the last stage is built.
    pub(super) fn settle(&mut self) {
        let Some(last) = self.stages.len().checked_sub(1) else {
            return;
        };
        let shipment = shipment(&self.stages, last);
        for (stage, (ships, flows)) in self
            .stages
            .iter_mut()
            .zip(shipment.ships.into_iter().zip(shipment.flows))
        {
            stage.ships = ships;
            stage.flows_into_shipped = flows;
        }
    }

    fn stage_named(&self, name: &str) -> Option<usize> {
        let is_named = |stage: &Stage| {
            stage
                .name
                .as_deref()
                .is_some_and(|own| own.eq_ignore_ascii_case(name))
        };
        self.stages.iter().rposition(is_named)
    }

    fn assignments(&self, instruction: &Instruction, here: usize) -> Vec<Assignment> {
        let is_env = match instruction.keyword.as_str() {
            "ENV" => true,
            "ARG" => false,
            _ => return Vec::new(),
        };
        if instruction.onbuild {
            return Vec::new();
        }
        let words = &instruction.args;
        let assignment = |name: &str, value: Option<&str>| Assignment {
            name: name.to_owned(),
            value: value.map(|value| expand(value, &|name| self.visible(name))),
            is_env,
            instruction: here,
            span: instruction.span,
        };
        // `ENV name some text` is the old form with one variable.
        if is_env
            && let Some((first, rest)) = words.split_first()
            && !first.text.contains('=')
        {
            let value: Vec<&str> = rest.iter().map(|word| word.text.as_str()).collect();
            return vec![assignment(&first.text, Some(&value.join(" ")))];
        }
        let pair = |text: &str| match text.split_once('=') {
            Some((name, value)) => assignment(name, Some(value)),
            None => assignment(text, None),
        };
        words.iter().map(|word| pair(&word.text)).collect()
    }

    fn feeds(&self, instruction: &Instruction, here: usize) -> Vec<Feed> {
        if self.stages.is_empty() || instruction.onbuild {
            return Vec::new();
        }
        let mut feeds = Vec::new();
        for flag in &instruction.flags {
            let Some(value) = &flag.value else { continue };
            let (written, kind) = match (instruction.keyword.as_str(), flag.name.as_str()) {
                ("COPY" | "ADD", "from") => (value.as_str(), FeedKind::Copy),
                ("RUN", "mount") => {
                    match value.split(',').find_map(|pair| pair.strip_prefix("from=")) {
                        Some(from) => (from, FeedKind::Mount),
                        None => continue,
                    }
                }
                _ => continue,
            };
            let expanded = expand(written, &|name| self.visible(name));
            let numbered = expanded
                .known()
                .and_then(|text| text.parse().ok())
                .filter(|number| *number + 1 < self.stages.len());
            let named = || {
                expanded
                    .known()
                    .and_then(|name| self.stage_named(name))
                    .filter(|index| index + 1 < self.stages.len())
            };
            let source = match numbered.or_else(named) {
                Some(stage) => Source::Stage(stage),
                None => Source::Image(ImageRef::parse(written, &expanded, flag.span)),
            };
            feeds.push(Feed {
                source,
                kind,
                instruction: here,
                span: flag.span,
            });
        }
        feeds
    }

    /// A variable before the first FROM.
    fn global(&self, name: &str) -> Value<'_> {
        match self
            .globals
            .iter()
            .rev()
            .find(|assignment| assignment.name == name)
        {
            Some(Assignment {
                value: Some(value), ..
            }) => Value::Set(value),
            _ if is_given_by_builder(name) => Value::Given,
            _ => Value::Unset,
        }
    }

    /// A variable at the end of what is read so far.
    fn visible(&self, name: &str) -> Value<'_> {
        let Some(last) = self.stages.len().checked_sub(1) else {
            return self.global(name);
        };
        match find(&self.stages, &self.globals, last, usize::MAX, name) {
            Found::Value(value) => Value::Set(value),
            Found::Nothing if is_given_by_builder(name) => Value::Given,
            // The image that the stage builds on may set it.
            Found::Nothing if self.stages[last].base.is_scratch() => Value::Unset,
            Found::Nothing => Value::Given,
            Found::Declared => Value::Unset,
        }
    }
}

/// What is known of a variable in a stage.
pub(super) enum Found<'s> {
    Value(&'s Expanded),
    /// An ARG without a value.
    Declared,
    Nothing,
}

/// The variable `name` as seen by instruction `before` of `stage`: its own assignments, then those of the stages it builds on.
pub(super) fn find<'s>(
    stages: &'s [Stage],
    globals: &'s [Assignment],
    stage: usize,
    before: usize,
    name: &str,
) -> Found<'s> {
    let (mut at, mut before) = (stage, before);
    let mut is_declared = false;
    loop {
        let own = stages[at]
            .variables
            .iter()
            .rev()
            .filter(|one| one.name == name && one.instruction < before);
        for assignment in own {
            let global = || {
                globals
                    .iter()
                    .rev()
                    .find(|global| global.name == name)
                    .and_then(|global| global.value.as_ref())
            };
            match (&assignment.value, assignment.is_env) {
                (Some(value), _) => return Found::Value(value),
                // `ARG x` in a stage brings in the global default.
                (None, _) => match global() {
                    Some(value) => return Found::Value(value),
                    None => is_declared = true,
                },
            }
        }
        match stages[at].parent {
            Some(parent) => (at, before) = (parent, usize::MAX),
            None if is_declared => return Found::Declared,
            None => return Found::Nothing,
        }
    }
}
