//! A Dockerfile: stages and instructions.

use std::sync::Arc;

use mlua::{Result, UserData, UserDataFields, UserDataMethods};
use perfctl_core::place::ByteSpan;
use perfctl_scan::doc::docker::{self, Dockerfile, FeedKind, ImageRef, Setting, Source};
use perfctl_scan::doc::shell::Word;
use perfctl_scan::tree::NodeId;
use perfctl_scan::view::FileView;

use super::file::Span;
use super::report::SpanLike;
use super::shell::ShellCommand;

/// A Dockerfile, as a script holds it.
#[derive(Clone)]
pub(super) struct Docker {
    file: Arc<FileView>,
}

/// A stage, as a script holds it.
#[derive(Clone)]
pub(super) struct Stage {
    docker: Docker,
    index: usize,
}

/// An instruction, as a script holds it: of a stage, by position; position 0 is its FROM.
#[derive(Clone)]
pub(super) struct Instruction {
    stage: Stage,
    at: usize,
}

/// An image reference, as a script holds it.
#[derive(Clone)]
pub(super) struct Image {
    image: ImageRef,
}

impl Docker {
    pub(super) fn new(file: &Arc<FileView>) -> Self {
        Self { file: file.clone() }
    }

    fn dockerfile(&self) -> Result<&Dockerfile> {
        self.file
            .dockerfile()
            .ok_or_else(|| mlua::Error::runtime("this file is no Dockerfile"))
    }
}

impl Stage {
    fn stage(&self) -> Result<&docker::Stage> {
        let stages = self.docker.dockerfile()?.stages();
        stages
            .get(self.index)
            .ok_or_else(|| mlua::Error::runtime("there is no such stage"))
    }
}

impl Instruction {
    pub(super) fn file(&self) -> &Arc<FileView> {
        &self.stage.docker.file
    }

    pub(super) fn instruction(&self) -> Result<&docker::Instruction> {
        let stage = self.stage.stage()?;
        match self.at {
            0 => Ok(&stage.from),
            at => stage
                .instructions
                .get(at - 1)
                .ok_or_else(|| mlua::Error::runtime("there is no such instruction")),
        }
    }
}

impl UserData for Docker {
    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("stages", |_, this| {
            let count = this.dockerfile()?.stages().len();
            Ok((0..count)
                .map(|index| Stage {
                    docker: this.clone(),
                    index,
                })
                .collect::<Vec<_>>())
        });
        fields.add_field_method_get("shipped", |_, this| {
            Ok(this.dockerfile()?.shipped().map(|stage| Stage {
                docker: this.clone(),
                index: stage.index,
            }))
        });
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Dockerfile");
    }
}

impl UserData for Stage {
    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        // From 1, as Lua counts.
        fields.add_field_method_get("index", |_, this| Ok(this.index + 1));
        fields.add_field_method_get("name", |_, this| Ok(this.stage()?.name.clone()));
        fields.add_field_method_get("image", |_, this| {
            Ok(Image {
                image: this.stage()?.image.clone(),
            })
        });
        fields.add_field_method_get("base", |_, this| {
            Ok(Image {
                image: this.stage()?.base.clone(),
            })
        });
        fields.add_field_method_get("parent", |_, this| {
            Ok(this.stage()?.parent.map(|index| Stage {
                docker: this.docker.clone(),
                index,
            }))
        });
        fields.add_field_method_get("ships", |_, this| Ok(this.stage()?.ships));
        fields.add_field_method_get("flows_into_shipped", |_, this| {
            Ok(this.stage()?.flows_into_shipped)
        });
        fields.add_field_method_get("from", |_, this| {
            Ok(Instruction {
                stage: this.clone(),
                at: 0,
            })
        });
        fields.add_field_method_get("instructions", |_, this| {
            let count = this.stage()?.instructions.len();
            Ok((1..=count)
                .map(|at| Instruction {
                    stage: this.clone(),
                    at,
                })
                .collect::<Vec<_>>())
        });
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "DockerStage");
        // What the stage takes from elsewhere: {stage?, image?, kind, instruction}.
        methods.add_method("feeds", |lua, this, ()| {
            let list = lua.create_table()?;
            for feed in &this.stage()?.feeds {
                let row = lua.create_table()?;
                match &feed.source {
                    Source::Stage(index) => row.set(
                        "stage",
                        Stage {
                            docker: this.docker.clone(),
                            index: *index,
                        },
                    )?,
                    Source::Image(image) => row.set(
                        "image",
                        Image {
                            image: image.clone(),
                        },
                    )?,
                }
                row.set(
                    "kind",
                    if feed.kind == FeedKind::Copy {
                        "copy"
                    } else {
                        "mount"
                    },
                )?;
                row.set(
                    "instruction",
                    Instruction {
                        stage: this.clone(),
                        at: feed.instruction + 1,
                    },
                )?;
                row.set("at", Span::new(&this.docker.file, feed.span))?;
                list.push(row)?;
            }
            Ok(list)
        });
        // The value that an ARG or ENV has at the end of the stage; and whether it is known.
        methods.add_method("variable", |_, this, name: String| {
            let before = this.stage()?.instructions.len();
            Ok(
                match this
                    .docker
                    .dockerfile()?
                    .variable(this.index, before, &name)
                {
                    Setting::Set(text) => (text.known().map(str::to_owned), text.known().is_some()),
                    Setting::Declared => (None, false),
                    Setting::Absent => (None, true),
                },
            )
        });
    }
}

pub(super) fn texts(words: &[Word]) -> Vec<String> {
    words.iter().map(|word| word.text.clone()).collect()
}

impl UserData for Instruction {
    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("keyword", |_, this| Ok(this.instruction()?.keyword.clone()));
        fields.add_field_method_get("text", |_, this| Ok(this.instruction()?.text.clone()));
        fields.add_field_method_get("args", |_, this| Ok(texts(&this.instruction()?.args)));
        fields.add_field_method_get("sources", |_, this| {
            Ok(texts(this.instruction()?.sources()))
        });
        fields.add_field_method_get("destination", |_, this| {
            Ok(this
                .instruction()?
                .destination()
                .map(|word| word.text.clone()))
        });
        fields.add_field_method_get("is_onbuild", |_, this| Ok(this.instruction()?.onbuild));
        fields.add_field_method_get("position", |_, this| Ok(this.at));
        fields.add_field_method_get("span", |_, this| {
            Ok(Span::new(&this.stage.docker.file, this.instruction()?.span))
        });
        fields.add_field_method_get("stage", |_, this| Ok(this.stage.clone()));
        fields.add_field_method_get("line", |_, this| {
            Ok(this
                .stage
                .docker
                .file
                .lines()
                .line_of(this.instruction()?.span.start))
        });
        fields.add_field_method_get("commands", |_, this| {
            let count = this.instruction()?.commands.len();
            let of = |at| ShellCommand::of_instruction(this.clone(), at);
            Ok((0..count).map(of).collect::<Vec<_>>())
        });
        fields.add_field_method_get("mounts", |lua, this| {
            let list = lua.create_table()?;
            for mount in this.instruction()?.mounts() {
                let row = lua.create_table()?;
                for (key, value) in mount {
                    row.set(key, value)?;
                }
                list.push(row)?;
            }
            Ok(list)
        });
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Instruction");
        methods.add_method("flag", |_, this, name: String| {
            Ok(this.instruction()?.flag(&name).map(str::to_owned))
        });
        // A text with the variables filled in that this instruction sees; and whether all of them are known.
        methods.add_method("expand", |_, this, text: String| {
            let before = this.at.saturating_sub(1);
            let expanded = this
                .stage
                .docker
                .dockerfile()?
                .expand(this.stage.index, before, &text);
            Ok((expanded.display(), expanded.is_known()))
        });
        // The place of one word, from 1.
        methods.add_method("arg_at", |_, this, at: usize| {
            let word = this.instruction()?.args.get(at.max(1) - 1);
            Ok(word.map(|word| Span::new(&this.stage.docker.file, word.span)))
        });
    }
}

impl UserData for Image {
    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("written", |_, this| Ok(this.image.written.clone()));
        fields.add_field_method_get("resolved", |_, this| Ok(this.image.resolved.clone()));
        fields.add_field_method_get("name", |_, this| {
            Ok(this.image.name.known().map(str::to_owned))
        });
        fields.add_field_method_get("short_name", |_, this| {
            Ok(this.image.short_name().map(str::to_owned))
        });
        fields.add_field_method_get("registry", |_, this| {
            Ok(this.image.registry.known().map(str::to_owned))
        });
        fields.add_field_method_get("tag", |_, this| {
            Ok(this.image.tag.known().map(str::to_owned))
        });
        fields.add_field_method_get("digest", |_, this| {
            Ok(this.image.digest.known().map(str::to_owned))
        });
        fields.add_field_method_get("is_scratch", |_, this| Ok(this.image.is_scratch()));
        // Whether a part of it is decided by a variable without a value.
        fields.add_field_method_get("is_unknown", |_, this| {
            use docker::Part;
            Ok([&this.image.name, &this.image.tag, &this.image.digest]
                .iter()
                .any(|part| matches!(part, Part::Unknown(..))))
        });
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Image");
    }
}

impl SpanLike for Instruction {
    fn locate(&self) -> Result<(Arc<FileView>, ByteSpan, Option<NodeId>)> {
        Ok((
            self.stage.docker.file.clone(),
            self.instruction()?.span,
            None,
        ))
    }
}
