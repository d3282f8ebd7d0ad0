//! Dockerfiles and commands of shells.

// Written by `cargo run -p perfctl-sdk-generate` from sdk/wit and sdk/lua/perfctl.d.luau. Do not edit.

use crate::bindings::rule_pack::perfctl::plugin as raw;
use crate::model::{Feed, Image, Span};

/// A Dockerfile.
#[derive(Clone, Copy)]
pub struct Dockerfile(pub(crate) u32);

impl Dockerfile {
    /// Its stages in order.
    #[inline]
    pub fn stages(self) -> Vec<DockerStage> {
        raw::dockerfile::stages(self.0).into_iter().map(DockerStage).collect()
    }

    /// The stage that ships unless a build names another target: the last.
    #[inline]
    pub fn shipped(self) -> Option<DockerStage> {
        raw::dockerfile::shipped(self.0).map(DockerStage)
    }
}

/// A stage of a Dockerfile.
#[derive(Clone, Copy)]
pub struct DockerStage(pub(crate) u32);

impl DockerStage {
    /// Its position.
    #[inline]
    pub fn index(self) -> u32 {
        raw::docker_stage::index(self.0)
    }

    /// Its name, as in `AS build`.
    #[inline]
    pub fn name(self) -> Option<String> {
        raw::docker_stage::name(self.0)
    }

    /// What its FROM names.
    #[inline]
    pub fn image(self) -> Image {
        Image::read(raw::docker_stage::image(self.0))
    }

    /// The image that it builds on in the end, through other stages.
    #[inline]
    pub fn base(self) -> Image {
        Image::read(raw::docker_stage::base(self.0))
    }

    /// The stage that its FROM names.
    #[inline]
    pub fn parent(self) -> Option<DockerStage> {
        raw::docker_stage::parent(self.0).map(DockerStage)
    }

    /// Whether its layers are in the image that ships.
    #[inline]
    pub fn ships(self) -> bool {
        raw::docker_stage::ships(self.0)
    }

    /// Whether files of it are copied, maybe through other stages, into one that ships.
    #[inline]
    pub fn flows_into_shipped(self) -> bool {
        raw::docker_stage::flows_into_shipped(self.0)
    }

    /// Its FROM.
    #[inline]
    pub fn from(self) -> Instruction {
        Instruction(raw::docker_stage::from(self.0))
    }

    /// Its instructions behind FROM.
    #[inline]
    pub fn instructions(self) -> Vec<Instruction> {
        raw::docker_stage::instructions(self.0).into_iter().map(Instruction).collect()
    }

    /// What it takes from other stages and images.
    #[inline]
    pub fn feeds(self) -> Vec<Feed> {
        raw::docker_stage::feeds(self.0).into_iter().map(Feed::read).collect()
    }

    /// The value of an ARG or ENV at its end, and whether it is known: none and true when the file does not set it.
    #[inline]
    pub fn variable(self, name: &str) -> (Option<String>, bool) {
        raw::docker_stage::variable(self.0, name)
    }
}

/// An instruction of a Dockerfile.
#[derive(Clone, Copy)]
pub struct Instruction(pub(crate) u32);

impl Instruction {
    /// In capitals: `RUN`.
    #[inline]
    pub fn keyword(self) -> String {
        raw::instruction::keyword(self.0)
    }

    /// On one line: continuations joined, comments left out.
    #[inline]
    pub fn text(self) -> String {
        raw::instruction::text(self.0)
    }

    /// The words behind the flags, quotes removed.
    #[inline]
    pub fn args(self) -> Vec<String> {
        raw::instruction::args(self.0)
    }

    /// For COPY and ADD all words but the last.
    #[inline]
    pub fn sources(self) -> Vec<String> {
        raw::instruction::sources(self.0)
    }

    /// For COPY and ADD the last word.
    #[inline]
    pub fn destination(self) -> Option<String> {
        raw::instruction::destination(self.0)
    }

    /// Whether it stands behind ONBUILD.
    #[inline]
    pub fn is_onbuild(self) -> bool {
        raw::instruction::is_onbuild(self.0)
    }

    /// Its place in its stage; FROM has 0.
    #[inline]
    pub fn position(self) -> u32 {
        raw::instruction::position(self.0)
    }

    /// All its bytes.
    #[inline]
    pub fn span(self) -> Span {
        Span(raw::instruction::span(self.0))
    }

    /// Its stage.
    #[inline]
    pub fn stage(self) -> DockerStage {
        DockerStage(raw::instruction::stage(self.0))
    }

    /// Its first line.
    #[inline]
    pub fn line(self) -> u32 {
        raw::instruction::line(self.0)
    }

    /// For RUN, CMD, ENTRYPOINT and HEALTHCHECK: the commands that are run.
    #[inline]
    pub fn commands(self) -> Vec<ShellCommand> {
        raw::instruction::commands(self.0).into_iter().map(ShellCommand).collect()
    }

    /// Each `--mount` as pairs of key and value.
    #[inline]
    pub fn mounts(self) -> Vec<Vec<(String, String)>> {
        raw::instruction::mounts(self.0)
    }

    /// The value of a flag such as `--from`, without the dashes; empty for a flag without value.
    #[inline]
    pub fn flag(self, name: &str) -> Option<String> {
        raw::instruction::flag(self.0, name)
    }

    /// A text with the variables filled in that this instruction sees, and whether all of them are known.
    #[inline]
    pub fn expand(self, text: &str) -> (String, bool) {
        raw::instruction::expand(self.0, text)
    }

    /// Where one word of `args` stands.
    #[inline]
    pub fn arg_at(self, at: u32) -> Option<Span> {
        raw::instruction::arg_at(self.0, at).map(Span)
    }
}

/// One command of a shell: of a RUN, a script, a makefile, a workflow.
#[derive(Clone, Copy)]
pub struct ShellCommand(pub(crate) u32);

impl ShellCommand {
    /// The program's name without its folder.
    #[inline]
    pub fn name(self) -> String {
        raw::shell_command::name(self.0)
    }

    /// The program as written.
    #[inline]
    pub fn program(self) -> String {
        raw::shell_command::program(self.0)
    }

    /// Its arguments, quotes removed; what is filled in later stands in them as written: `$NAME`, `${{ inputs.name }}`.
    #[inline]
    pub fn args(self) -> Vec<String> {
        raw::shell_command::args(self.0)
    }

    /// Variables that are set for it, as pairs of name and value.
    #[inline]
    pub fn env(self) -> Vec<(String, String)> {
        raw::shell_command::env(self.0)
    }

    /// Whether it runs only under some condition: behind `||`, in the branch of an `if`, in a loop. Behind `&&` it does not.
    #[inline]
    pub fn is_conditional(self) -> bool {
        raw::shell_command::is_conditional(self.0)
    }

    /// Its bytes.
    #[inline]
    pub fn span(self) -> Span {
        Span(raw::shell_command::span(self.0))
    }

    /// Its instruction, in a Dockerfile.
    #[inline]
    pub fn instruction(self) -> Option<Instruction> {
        raw::shell_command::instruction(self.0).map(Instruction)
    }

    /// Whether one of its arguments is this.
    #[inline]
    pub fn has(self, argument: &str) -> bool {
        raw::shell_command::has(self.0, argument)
    }

    /// Where one word of `args` stands.
    #[inline]
    pub fn arg_at(self, at: u32) -> Option<Span> {
        raw::shell_command::arg_at(self.0, at).map(Span)
    }

    /// Whether one word of `args` is known: nothing in it is filled in before the command runs.
    #[inline]
    pub fn is_known(self, at: u32) -> bool {
        raw::shell_command::is_known(self.0, at)
    }
}
