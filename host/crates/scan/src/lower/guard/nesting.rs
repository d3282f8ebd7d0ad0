//! Depth, chains and guesses while a scan goes through a source. It knows no language.

use super::{Limits, Refusal};

/// What a scan found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// The deepest nesting of brackets.
    pub(super) deepest: usize,
    /// The longest chain, as far as it was looked at.
    pub(super) chain: usize,
    /// Pairs of brackets of which the outer one has the inner one read again.
    pub(super) guesses: usize,
    /// Whether a string or bracket does not close, a closing bracket closes nothing, or a character is none of the language's.
    pub(super) is_irregular: bool,
}

/// The brackets that are open. `T` is what a scan goes back to when a bracket closes: the string around it.
pub(super) struct Nesting<'l, T> {
    limits: &'l Limits,
    levels: Vec<Level<T>>,
    /// How many of the open levels close with `)`, `]` and `}`.
    waiting: [usize; 3],
    /// Where the chain of the innermost level begins, moved past everything in it that does not count.
    start: usize,
    /// The chains of the levels around it.
    outer_chain: usize,
    /// Brackets at this level, since its last separator, that what follows may have read again.
    guesses: usize,
    angles: usize,
    /// The same of the levels around it.
    outer_guesses: usize,
    pub(super) shape: Shape,
}

/// What is kept of the level around an opened one.
struct Level<T> {
    closer: u8,
    resume: Option<T>,
    chain: usize,
    guesses: usize,
    angles: usize,
}

impl<'l, T> Nesting<'l, T> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            levels: Vec::new(),
            waiting: [0; 3],
            start: 0,
            outer_chain: 0,
            guesses: 0,
            angles: 0,
            outer_guesses: 0,
            shape: Shape::default(),
        }
    }

    pub(super) fn depth(&self) -> usize {
        self.levels.len()
    }

    /// What the innermost bracket goes back to, if it stands in a string.
    pub(super) fn resume(&self) -> Option<&T> {
        self.levels.last().and_then(|level| level.resume.as_ref())
    }

    /// A bracket at `at` that `closer` will close; then the scan goes back to `resume`.
    pub(super) fn open(&mut self, at: usize, closer: u8, resume: Option<T>) -> Result<(), Refusal> {
        let chain = self.measure(at)?;
        self.levels.push(Level {
            closer,
            resume,
            chain,
            guesses: self.guesses,
            angles: self.angles,
        });
        self.waiting[slot(closer)] += 1;
        self.outer_chain += chain;
        self.outer_guesses += self.guesses + self.angles;
        (self.guesses, self.angles, self.start) = (0, 0, at);
        self.shape.deepest = self.shape.deepest.max(self.levels.len());
        if self.levels.len() > self.limits.depth {
            let limit = self.limits.depth;
            return Err(Refusal::TooDeep { at, limit });
        }
        Ok(())
    }

    /// A closing bracket at `at`. It closes the nearest level that waits for it and all within, as parsers recover; one that
    /// nothing waits for closes nothing, since parsers pass over it.
    pub(super) fn close(&mut self, at: usize, closer: u8) -> Result<Option<T>, Refusal> {
        self.measure(at)?;
        if self.waiting[slot(closer)] == 0 {
            self.shape.is_irregular = true;
            return Ok(None);
        }
        while let Some(level) = self.levels.pop() {
            self.waiting[slot(level.closer)] -= 1;
            self.outer_chain -= level.chain;
            self.outer_guesses -= level.guesses + level.angles;
            (self.guesses, self.angles) = (level.guesses, level.angles);
            // A bracket that is closed counts as one byte of the level around it: `a()()()` nests too.
            self.start = (at + 1).saturating_sub(level.chain + 1);
            if level.closer == closer {
                return Ok(level.resume);
            }
            self.shape.is_irregular = true;
        }
        Ok(None)
    }

    /// White space, a string, a comment: it nests nothing, so it does not count.
    pub(super) fn skip(&mut self, from: usize, to: usize) {
        self.start += to - from;
    }

    /// A separator at `at`: what comes next does not nest in what came before, at this level.
    pub(super) fn separate(&mut self, at: usize) -> Result<(), Refusal> {
        self.measure(at)?;
        self.start = at + 1;
        self.guesses = 0;
        Ok(())
    }

    /// The end of a statement at `at`.
    pub(super) fn end_statement(&mut self, at: usize) -> Result<(), Refusal> {
        self.angles = 0;
        self.separate(at)
    }

    /// A bracket at `at` where the parser has to try what follows.
    pub(super) fn guess(&mut self, at: usize) -> Result<(), Refusal> {
        self.shape.guesses += self.outer_guesses + self.guesses + self.angles;
        self.guesses += 1;
        if self.shape.guesses > self.limits.guesses {
            let limit = self.limits.guesses;
            return Err(Refusal::TooAmbiguous { at, limit });
        }
        Ok(())
    }

    /// An angle bracket at `at`: a guess until it closes, whatever separators come.
    pub(super) fn open_angle(&mut self, at: usize) -> Result<(), Refusal> {
        self.guess(at)?;
        self.guesses -= 1;
        self.angles += 1;
        Ok(())
    }

    pub(super) fn close_angle(&mut self) {
        self.angles = self.angles.saturating_sub(1);
    }

    /// The end of the source.
    pub(super) fn finish(mut self, length: usize) -> Result<Shape, Refusal> {
        self.measure(length)?;
        self.shape.is_irregular |= !self.levels.is_empty();
        Ok(self.shape)
    }

    /// The chain of the innermost level up to `at`.
    fn measure(&mut self, at: usize) -> Result<usize, Refusal> {
        let own = at.saturating_sub(self.start);
        let chain = self.outer_chain + own;
        self.shape.chain = self.shape.chain.max(chain);
        if chain > self.limits.chain {
            let limit = self.limits.chain;
            return Err(Refusal::TooLong { at, limit });
        }
        Ok(own)
    }
}

fn slot(closer: u8) -> usize {
    match closer {
        b')' => 0,
        b']' => 1,
        _ => 2,
    }
}
