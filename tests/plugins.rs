//! Plugins as a whole: the contract that is released, one rule in every language, what builds come to, examples of organisations.

mod conformance;
mod cut;
mod examples;
mod guide;
mod lasting;
mod python;
mod released;
mod renamed;
mod reproducible;
mod sdks;
mod sizes;
mod slips;
mod watched;
