//! Opening real repositories: in place, from this machine, from a host.

mod in_place;
mod lineage;
mod lines;
mod local;
mod moves;
mod remote;
