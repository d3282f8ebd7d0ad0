//! One file or folder per tool output. A collector sees bytes and options, never the machine they came from.

pub(crate) mod du;
pub(crate) mod grep;
pub(crate) mod hyperfine;
pub(crate) mod image_history;
pub(crate) mod image_inspect;
pub(crate) mod image_list;
pub(crate) mod importtime;
pub(crate) mod text;
pub(crate) mod time;
