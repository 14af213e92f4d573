//! Progress on a terminal; nothing elsewhere.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar over `total` bytes; hidden when stderr is not a terminal.
pub fn bytes(total: u64, label: &str) -> ProgressBar {
    let target =
        if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(total), target).with_message(label.to_owned());
    let style = ProgressStyle::with_template("{msg:30} {bar:30.blue} {bytes}/{total_bytes} {eta}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A bar over steps whose number is told later; hidden when stderr is not a terminal.
pub fn steps() -> ProgressBar {
    let bar = bytes(0, "");
    bar.set_style(step_style());
    bar
}

/// How steps are shown.
pub fn step_style() -> ProgressStyle {
    ProgressStyle::with_template("{msg} {bar:30.blue} {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar())
}
