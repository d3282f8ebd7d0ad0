//! One text or several, as arguments that take a list.

/// One text or several: `"call"`, `["call", "await"]`, a slice or a `Vec`.
///
/// ```
/// # use perfctl_plugin::list::IntoList;
/// fn count(names: impl IntoList) -> usize {
///     names.lend(|names| names.len())
/// }
/// assert_eq!(count("get"), 1);
/// assert_eq!(count(["get", "post"]), 2);
/// assert_eq!(count([]), 0);
/// assert_eq!(count(vec!["get".to_string()]), 1);
/// ```
pub trait IntoList: Sealed {
    /// Hands the texts to a function.
    fn lend<R>(self, to: impl FnOnce(&[&str]) -> R) -> R;
}

/// Only what stands here is a list, so that `[]` has a type.
pub trait Sealed {}

macro_rules! lists {
    ($([$($generics:tt)*] $list:ty, $self:ident => $lent:expr;)*) => {$(
        impl<$($generics)*> Sealed for $list {}

        impl<$($generics)*> IntoList for $list {
            fn lend<R>($self, to: impl FnOnce(&[&str]) -> R) -> R {
                to($lent)
            }
        }
    )*};
}

lists! {
    [] &str, self => &[self];
    [] &String, self => &[self.as_str()];
    [const N: usize] [&str; N], self => &self;
    [const N: usize] &[&str; N], self => self;
    [] &[&str], self => self;
    [] Vec<&str>, self => &self;
    [] &Vec<&str>, self => self;
    [] &[String], self => &borrowed(self);
    [] Vec<String>, self => &borrowed(&self);
    [] &Vec<String>, self => &borrowed(self);
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}
