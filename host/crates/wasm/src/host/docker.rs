//! Dockerfiles.

use perfctl_runtime::api::{FeedSource, Image};
use wasmtime::Result;

use super::State;
use crate::bindings::perfctl::plugin::{docker_stage, dockerfile, instruction, types};

fn image(image: &Image) -> types::Image {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    types::Image {
        written: image.written().to_owned(),
        resolved: image.resolved().to_owned(),
        name: owned(image.name()),
        short_name: owned(image.short_name()),
        registry: owned(image.registry()),
        tag: owned(image.tag()),
        digest: owned(image.digest()),
        is_scratch: image.is_scratch(),
        is_unknown: image.is_unknown(),
    }
}

fn owned(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

impl dockerfile::Host for State {
    fn stages(&mut self, this: u32) -> Result<Vec<u32>> {
        let found = self.docker(this)?.stages()?;
        Ok(self.things.put_all(found)?)
    }

    fn shipped(&mut self, this: u32) -> Result<Option<u32>> {
        let found = self.docker(this)?.shipped()?;
        Ok(self.things.put_maybe(found)?)
    }
}

impl docker_stage::Host for State {
    fn index(&mut self, this: u32) -> Result<u32> {
        Ok(self.stage(this)?.index() as u32)
    }

    fn name(&mut self, this: u32) -> Result<Option<String>> {
        Ok(self.stage(this)?.name()?.map(str::to_owned))
    }

    fn image(&mut self, this: u32) -> Result<types::Image> {
        Ok(image(&self.stage(this)?.image()?))
    }

    fn base(&mut self, this: u32) -> Result<types::Image> {
        Ok(image(&self.stage(this)?.base()?))
    }

    fn parent(&mut self, this: u32) -> Result<Option<u32>> {
        let found = self.stage(this)?.parent()?;
        Ok(self.things.put_maybe(found)?)
    }

    fn ships(&mut self, this: u32) -> Result<bool> {
        Ok(self.stage(this)?.ships()?)
    }

    fn flows_into_shipped(&mut self, this: u32) -> Result<bool> {
        Ok(self.stage(this)?.flows_into_shipped()?)
    }

    fn from(&mut self, this: u32) -> Result<u32> {
        let from = self.stage(this)?.from();
        Ok(self.things.put(from)?)
    }

    fn instructions(&mut self, this: u32) -> Result<Vec<u32>> {
        let found = self.stage(this)?.instructions()?;
        Ok(self.things.put_all(found)?)
    }

    fn feeds(&mut self, this: u32) -> Result<Vec<types::Feed>> {
        let mut all = Vec::new();
        for feed in self.stage(this)?.feeds()? {
            let (stage, taken) = match feed.source {
                FeedSource::Stage(stage) => (Some(self.things.put(stage)?), None),
                FeedSource::Image(taken) => (None, Some(image(&taken))),
            };
            all.push(types::Feed {
                stage,
                image: taken,
                kind: feed.kind.to_owned(),
                instruction: self.things.put(feed.instruction)?,
                at: self.things.put(feed.at)?,
            });
        }
        Ok(all)
    }

    fn variable(&mut self, this: u32, name: String) -> Result<(Option<String>, bool)> {
        Ok(self.stage(this)?.variable(&name)?)
    }
}

impl instruction::Host for State {
    fn keyword(&mut self, this: u32) -> Result<String> {
        Ok(self.instruction(this)?.keyword()?.to_owned())
    }

    fn text(&mut self, this: u32) -> Result<String> {
        Ok(self.instruction(this)?.text()?.to_owned())
    }

    fn args(&mut self, this: u32) -> Result<Vec<String>> {
        Ok(owned(self.instruction(this)?.args()?))
    }

    fn sources(&mut self, this: u32) -> Result<Vec<String>> {
        Ok(owned(self.instruction(this)?.sources()?))
    }

    fn destination(&mut self, this: u32) -> Result<Option<String>> {
        Ok(self.instruction(this)?.destination()?.map(str::to_owned))
    }

    fn is_onbuild(&mut self, this: u32) -> Result<bool> {
        Ok(self.instruction(this)?.is_onbuild()?)
    }

    fn position(&mut self, this: u32) -> Result<u32> {
        Ok(self.instruction(this)?.position() as u32)
    }

    fn span(&mut self, this: u32) -> Result<u32> {
        let span = self.instruction(this)?.span()?;
        Ok(self.things.put(span)?)
    }

    fn stage(&mut self, this: u32) -> Result<u32> {
        let stage = self.instruction(this)?.stage();
        Ok(self.things.put(stage)?)
    }

    fn line(&mut self, this: u32) -> Result<u32> {
        Ok(self.instruction(this)?.line()?)
    }

    fn commands(&mut self, this: u32) -> Result<Vec<u32>> {
        let found = self.instruction(this)?.commands()?;
        Ok(self.things.put_all(found)?)
    }

    fn mounts(&mut self, this: u32) -> Result<Vec<Vec<(String, String)>>> {
        let pair = |(key, value): (&str, &str)| (key.to_owned(), value.to_owned());
        let mounts = self.instruction(this)?.mounts()?;
        Ok(mounts
            .into_iter()
            .map(|mount| mount.into_iter().map(pair).collect())
            .collect())
    }

    fn flag(&mut self, this: u32, name: String) -> Result<Option<String>> {
        Ok(self.instruction(this)?.flag(&name)?.map(str::to_owned))
    }

    fn expand(&mut self, this: u32, text: String) -> Result<(String, bool)> {
        Ok(self.instruction(this)?.expand(&text)?)
    }

    fn arg_at(&mut self, this: u32, at: u32) -> Result<Option<u32>> {
        let found = self.instruction(this)?.arg_at(at as usize)?;
        Ok(self.things.put_maybe(found)?)
    }
}
