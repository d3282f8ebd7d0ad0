//! What a plugin shows its author.

/// Shows a line to the rule's author: `perfctl plugin test` beneath the case, `perfctl check -v` in the log. 100 lines of a call are kept.
/// Takes what [`format!`](std::format!) takes. The standard library's `println!` goes nowhere in a plugin.
#[macro_export]
macro_rules! print {
    ($($format:tt)+) => {
        $crate::log::show(&::std::format!($($format)+))
    };
}

/// Shows a line.
#[doc(hidden)]
pub fn show(line: &str) {
    #[cfg(target_arch = "wasm32")]
    crate::bindings::log::print(line);
    // a unit test of a plugin runs where there is no host
    #[cfg(not(target_arch = "wasm32"))]
    std::io::Write::write_all(&mut std::io::stdout(), format!("{line}\n").as_bytes()).ok();
}
