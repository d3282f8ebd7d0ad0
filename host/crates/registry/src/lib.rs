//! OCI registries: what names in them mean, and HTTP with one of them, reading and writing.
//!
//! A registry that asks for a token gets one from the address that it names, anonymously or with an account; an account is shown to its
//! own site only. Plain HTTP is spoken to this machine, and to those that the caller names. Nothing here knows what the content is:
//! images and plugins are read by their own rooms.

mod challenge;
mod client;
mod digest;
mod follow;
mod reference;
mod secret;
mod waiting;

pub use self::client::{Access, Account, Client, MOST_OF_A_MANIFEST, RegistryError};
pub use self::digest::{digest, is_digest, is_digest_of};
pub use self::follow::{follow, reason};
pub use self::reference::{Reference, is_loopback};
pub use self::secret::Secret;
pub use self::waiting::{Unread, Waiting};
