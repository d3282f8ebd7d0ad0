//! From a parser's tree to the neutral one, one file per parser. No parser's type leaves this room.
