//! From a recipe and a checkout to the record of a run: plan, observe, judge, record.
//!
//! Each arrow is one function from one noun to the next: [`plan::plan`] binds a recipe to one repository,
//! [`observe::observe`] runs what the plan decided, [`judge::judge`] is pure, [`run::run`] is the whole way. What
//! differs between machines and tests comes in through the traits of [`seams`] and [`rules`].
//!
//! This crate knows no rule by name, no wire format, no scripting runtime, no HTTP and no terminal.

pub mod compare;
pub mod excluded;
pub mod given;
pub mod history;
pub mod image;
pub mod interpreter;
pub mod judge;
pub mod machine;
mod nearness;
pub mod observe;
mod pairing;
pub mod params;
pub mod plan;
pub mod prepare;
pub mod redact;
pub mod rules;
pub mod run;
pub mod score;
pub mod seams;
pub mod values;

#[cfg(test)]
mod fakes;
