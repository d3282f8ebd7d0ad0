//! A Dockerfile: stages and instructions.

use std::sync::Arc;

use perfctl_scan::doc::docker::{self, Dockerfile, FeedKind, Setting, Source};
use perfctl_scan::view::FileView;

use super::file::Span;
use super::image::Image;
use super::location::{Located, Location};
use super::refusal::{Answer, Refusal};
use super::shell::{ShellCommand, texts};

/// Bytes of a text in which variables are filled in.
const LONGEST_TEXT: usize = 16 << 10;

/// A Dockerfile, as a rule holds it.
///
/// # Errors
/// Its methods and those of its parts fail where there is no such thing in the file.
#[derive(Clone)]
pub struct Docker {
    file: Arc<FileView>,
}

/// A stage, as a rule holds it.
#[derive(Clone)]
pub struct Stage {
    docker: Docker,
    index: usize,
}

/// An instruction, as a rule holds it: of a stage, by position; position 0 is its FROM.
#[derive(Clone)]
pub struct Instruction {
    stage: Stage,
    at: usize,
}

/// Something that a stage takes from elsewhere.
#[derive(Clone)]
pub struct Feed {
    /// What it comes from.
    pub source: FeedSource,
    /// How it is taken: `copy` or `mount`.
    pub kind: &'static str,
    /// The instruction that takes it.
    pub instruction: Instruction,
    /// Where the source is named.
    pub at: Span,
}

/// What a [`Feed`] comes from.
#[derive(Clone)]
pub enum FeedSource {
    /// An earlier stage.
    Stage(Stage),
    /// An image.
    Image(Image),
}

impl Docker {
    pub(super) fn new(file: &Arc<FileView>) -> Self {
        Self { file: file.clone() }
    }

    fn dockerfile(&self) -> Answer<&Dockerfile> {
        self.file
            .dockerfile()
            .ok_or_else(|| Refusal::new("this file is no Dockerfile"))
    }

    fn stage(&self, index: usize) -> Stage {
        Stage {
            docker: self.clone(),
            index,
        }
    }

    /// Its stages in order.
    pub fn stages(&self) -> Answer<Vec<Stage>> {
        let count = self.dockerfile()?.stages().len();
        Ok((0..count).map(|index| self.stage(index)).collect())
    }

    /// The stage that ships unless a build names another target: the last.
    pub fn shipped(&self) -> Answer<Option<Stage>> {
        let shipped = self.dockerfile()?.shipped();
        Ok(shipped.map(|stage| self.stage(stage.index)))
    }
}

impl Stage {
    fn stage(&self) -> Answer<&docker::Stage> {
        let stages = self.docker.dockerfile()?.stages();
        stages
            .get(self.index)
            .ok_or_else(|| Refusal::new("there is no such stage"))
    }

    fn instruction(&self, at: usize) -> Instruction {
        Instruction {
            stage: self.clone(),
            at,
        }
    }

    /// Its position.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Its name, as in `AS build`.
    pub fn name(&self) -> Answer<Option<&str>> {
        Ok(self.stage()?.name.as_deref())
    }

    /// What its FROM names.
    pub fn image(&self) -> Answer<Image> {
        Ok(Image::new(&self.stage()?.image))
    }

    /// The image that it builds on in the end, through other stages.
    pub fn base(&self) -> Answer<Image> {
        Ok(Image::new(&self.stage()?.base))
    }

    /// The stage that its FROM names.
    pub fn parent(&self) -> Answer<Option<Self>> {
        let parent = self.stage()?.parent;
        Ok(parent.map(|index| self.docker.stage(index)))
    }

    /// Whether its layers are in the image that ships.
    pub fn ships(&self) -> Answer<bool> {
        Ok(self.stage()?.ships)
    }

    /// Whether files of it are copied, maybe through other stages, into one that ships.
    pub fn flows_into_shipped(&self) -> Answer<bool> {
        Ok(self.stage()?.flows_into_shipped)
    }

    /// Its FROM.
    pub fn from(&self) -> Instruction {
        self.instruction(0)
    }

    /// Its instructions behind FROM.
    pub fn instructions(&self) -> Answer<Vec<Instruction>> {
        let count = self.stage()?.instructions.len();
        Ok((1..=count).map(|at| self.instruction(at)).collect())
    }

    /// What it takes from other stages and images.
    pub fn feeds(&self) -> Answer<Vec<Feed>> {
        let feeds = self.stage()?.feeds.iter();
        let feed = |feed: &docker::Feed| Feed {
            source: match &feed.source {
                Source::Stage(index) => FeedSource::Stage(self.docker.stage(*index)),
                Source::Image(image) => FeedSource::Image(Image::new(image)),
            },
            kind: match feed.kind {
                FeedKind::Copy => "copy",
                FeedKind::Mount => "mount",
            },
            instruction: self.instruction(feed.instruction + 1),
            at: Span::new(&self.docker.file, feed.span),
        };
        Ok(feeds.map(feed).collect())
    }

    /// The value that an ARG or ENV has at its end, and whether it is known: `None` and true when the file does not set it.
    pub fn variable(&self, name: &str) -> Answer<(Option<String>, bool)> {
        let before = self.stage()?.instructions.len();
        let dockerfile = self.docker.dockerfile()?;
        Ok(match dockerfile.variable(self.index, before, name) {
            Setting::Set(text) => (text.known().map(str::to_owned), text.is_known()),
            Setting::Declared => (None, false),
            Setting::Absent => (None, true),
        })
    }
}

impl Instruction {
    pub(super) fn file(&self) -> &Arc<FileView> {
        &self.stage.docker.file
    }

    pub(super) fn instruction(&self) -> Answer<&docker::Instruction> {
        let stage = self.stage.stage()?;
        match self.at {
            0 => Ok(&stage.from),
            at => stage
                .instructions
                .get(at - 1)
                .ok_or_else(|| Refusal::new("there is no such instruction")),
        }
    }

    /// In capitals: `RUN`.
    pub fn keyword(&self) -> Answer<&str> {
        Ok(&self.instruction()?.keyword)
    }

    /// On one line: continuations joined, comments left out.
    pub fn text(&self) -> Answer<&str> {
        Ok(&self.instruction()?.text)
    }

    /// The words behind the flags, quotes removed.
    pub fn args(&self) -> Answer<Vec<&str>> {
        Ok(texts(&self.instruction()?.args))
    }

    /// For COPY and ADD all words but the last; others have none.
    pub fn sources(&self) -> Answer<Vec<&str>> {
        Ok(texts(self.instruction()?.sources()))
    }

    /// For COPY and ADD the last word; others have none.
    pub fn destination(&self) -> Answer<Option<&str>> {
        let word = self.instruction()?.destination();
        Ok(word.map(|word| &*word.text))
    }

    /// Whether it stands behind ONBUILD.
    pub fn is_onbuild(&self) -> Answer<bool> {
        Ok(self.instruction()?.onbuild)
    }

    /// Its place in its stage; FROM has 0.
    pub fn position(&self) -> usize {
        self.at
    }

    /// All its bytes.
    pub fn span(&self) -> Answer<Span> {
        Ok(Span::new(self.file(), self.instruction()?.span))
    }

    /// Its stage.
    pub fn stage(&self) -> Stage {
        self.stage.clone()
    }

    /// Its first line.
    pub fn line(&self) -> Answer<u32> {
        let start = self.instruction()?.span.start;
        Ok(self.file().lines().line_of(start))
    }

    /// For RUN, CMD, ENTRYPOINT and HEALTHCHECK: the commands that are run.
    pub fn commands(&self) -> Answer<Vec<ShellCommand>> {
        let count = self.instruction()?.commands.len();
        let of = |at| ShellCommand::of_instruction(self.clone(), at);
        Ok((0..count).map(of).collect())
    }

    /// Each `--mount` by key.
    pub fn mounts(&self) -> Answer<Vec<Vec<(&str, &str)>>> {
        Ok(self.instruction()?.mounts().collect())
    }

    /// The value of a flag such as `--from`, without the dashes; empty for a flag without value.
    pub fn flag(&self, name: &str) -> Answer<Option<&str>> {
        Ok(self.instruction()?.flag(name))
    }

    /// A text with the variables filled in that this instruction sees, and whether all of them are known.
    pub fn expand(&self, text: &str) -> Answer<(String, bool)> {
        if text.len() > LONGEST_TEXT {
            return Err(Refusal::new(format!(
                "more than {} KiB to fill in",
                LONGEST_TEXT >> 10
            )));
        }
        let before = self.at.saturating_sub(1);
        let dockerfile = self.stage.docker.dockerfile()?;
        let expanded = dockerfile.expand(self.stage.index, before, text);
        Ok((expanded.display(), expanded.is_known()))
    }

    /// Where one word of its arguments stands.
    pub fn arg_at(&self, position: usize) -> Answer<Option<Span>> {
        let word = self.instruction()?.args.get(position);
        Ok(word.map(|word| Span::new(self.file(), word.span)))
    }
}

impl Located for Instruction {
    fn location(&self) -> Answer<Location> {
        Ok(Location {
            file: self.file().clone(),
            span: self.instruction()?.span,
            node: None,
        })
    }
}
