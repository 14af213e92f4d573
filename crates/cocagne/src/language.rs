//! The language of the command line: French unless the environment asks for English.

use clap::Command;
use portal::i18n::{Language, Text};

/// The sentences of the language that `LC_ALL`, `LC_MESSAGES` or `LANG` asks for; French when they don't say.
pub fn text() -> Text {
    let asked = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    Text::new(asked.as_deref().and_then(Language::from_tag).unwrap_or(Language::French))
}

/// Puts the help of commands and options in the reader's language: keys `help-publish`, `option-data`.
/// What has no sentence keeps the English of the code, which is the reference.
pub fn localize(command: Command, text: Text) -> Command {
    let command = match text.find(&format!("help-{}", command.get_name())) {
        Some(sentence) => command.about(sentence),
        None => command,
    };
    let command = command.mut_args(|argument| {
        match text.find(&format!("option-{}", argument.get_id().as_str().replace('_', "-"))) {
            Some(sentence) => argument.help(sentence),
            None => argument,
        }
    });
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, |sub| localize(sub, text)))
}
