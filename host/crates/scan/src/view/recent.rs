//! Files of code that stay open for a while: rules that follow calls come back to the same few, and the next rule to the same file.

use std::collections::VecDeque;
use std::sync::Arc;

use super::FileView;

/// Open files, the one asked for last at the end; those asked for longest ago make room.
pub(super) struct Recent {
    files: VecDeque<(usize, Arc<FileView>)>,
    held: usize,
    room: usize,
}

impl Recent {
    /// For files of `room` bytes together, as [`FileView::heap_size`] counts them.
    pub(super) fn new(room: usize) -> Self {
        Self {
            files: VecDeque::new(),
            held: 0,
            room,
        }
    }

    /// The open file that is entry `at` of the repository.
    pub(super) fn get(&mut self, at: usize) -> Option<Arc<FileView>> {
        let place = self.files.iter().rposition(|(known, _)| *known == at)?;
        let (_, file) = self.files.remove(place)?;
        self.files.push_back((at, file.clone()));
        Some(file)
    }

    /// Keeps `file`. One that is larger than all the room is kept until the next comes.
    pub(super) fn keep(&mut self, file: Arc<FileView>) {
        self.held += file.heap_size();
        self.files.push_back((file.at(), file));
        while self.held > self.room && self.files.len() > 1 {
            if let Some((_, oldest)) = self.files.pop_front() {
                self.held -= oldest.heap_size();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::scratch::Scratch;

    #[test]
    fn what_was_asked_for_longest_ago_makes_room() {
        let source = "x = 1\n".repeat(100);
        let files = ["a.py", "b.py", "c.py", "d.py"].map(|path| (path, source.as_str()));
        let scratch = Scratch::new("schema = \"perfctl.facts/1\"\n", &files);
        let view = &scratch.survey.view;
        let open: Vec<Arc<FileView>> = (0..4).map(|at| view.open(at).expect("opens")).collect();
        let mut recent = Recent::new(open[0].heap_size() * 5 / 2);
        recent.keep(open[0].clone());
        recent.keep(open[1].clone());
        assert!(recent.get(0).is_some());
        recent.keep(open[2].clone());
        let known: Vec<bool> = (0..4).map(|at| recent.get(at).is_some()).collect();
        assert_eq!(known, [true, false, true, false]);
    }
}
