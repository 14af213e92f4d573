//! The language of the command line: French unless the environment asks for English.

use clap::{Arg, ArgAction, Command};
use portal::i18n::{Language, Text};

/// The sentences of the language that `LC_ALL`, `LC_MESSAGES` or `LANG` asks for; French when they don't say.
pub fn text() -> Text {
    let asked = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    Text::new(asked.as_deref().and_then(Language::from_tag).unwrap_or(Language::French))
}

/// Puts the help of the program, its commands and their options in the reader's language. What has no sentence keeps
/// the English of the code.
pub fn localize(command: Command, text: Text) -> Command {
    let command = command.disable_version_flag(true).arg(
        Arg::new("version").short('V').long("version").action(ArgAction::Version).help(text.get("option-version")),
    );
    let mut command = localize_command(command.propagate_version(false), text);
    // The command `help` exists only once the others are built.
    command.build();
    command.mut_subcommand("help", |help| help.about(text.get("option-help")))
}

fn localize_command(command: Command, text: Text) -> Command {
    let name = command.get_name().to_owned();
    let command = match text.find(&format!("help-{name}")) {
        Some(sentence) => command.about(sentence),
        None => command,
    };
    let command = command
        .disable_help_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help))
        .mut_args(|argument| localize_argument(argument, &name, text))
        .subcommand_help_heading(text.get("heading-commands"))
        .help_template(format!("{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}", text.get("heading-usage")));
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, |sub| localize_command(sub, text)))
}

/// An option has one sentence wherever it is (`option-data`), unless a command gives it another (`option-check-file`).
fn localize_argument(argument: Arg, command: &str, text: Text) -> Arg {
    let id = argument.get_id().as_str().replace('_', "-");
    let argument = match argument.get_help_heading().and_then(|name| text.find(&heading_key(name))) {
        Some(heading) => argument.help_heading(heading),
        None => argument,
    };
    let sentence = text.find(&format!("option-{command}-{id}")).or_else(|| text.find(&format!("option-{id}")));
    match sentence {
        Some(sentence) => argument.help(sentence),
        None => argument,
    }
}

fn heading_key(name: &str) -> String {
    format!("heading-{}", name.to_lowercase().replace(' ', "-"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::command::Cocagne;

    fn untranslated(command: &Command, path: &str, missing: &mut Vec<String>) {
        let text = Text::new(Language::French);
        let path = format!("{path} {}", command.get_name());
        if text.find(&format!("help-{}", command.get_name())).is_none() {
            missing.push(format!("{path}: help-{}", command.get_name()));
        }
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            let id = argument.get_id().as_str().replace('_', "-");
            let keys = [format!("option-{}-{id}", command.get_name()), format!("option-{id}")];
            if keys.iter().all(|key| text.find(key).is_none()) {
                missing.push(format!("{path}: option-{id} ({})", argument.get_help().unwrap_or_default()));
            }
            if let Some(heading) = argument.get_help_heading().filter(|name| text.find(&heading_key(name)).is_none()) {
                missing.push(format!("{path}: {}", heading_key(heading)));
            }
        }
        for sub in command.get_subcommands() {
            untranslated(sub, &path, missing);
        }
    }

    #[test]
    fn every_command_and_every_option_is_explained_in_french() {
        let mut missing = Vec::new();
        untranslated(&Cocagne::command(), "", &mut missing);
        assert!(missing.is_empty(), "{}", missing.join("\n"));
    }

    #[test]
    fn the_help_of_the_whole_program_speaks_one_language() {
        let mut command = localize(Cocagne::command(), Text::new(Language::French));
        command.build();
        let publish = command.find_subcommand_mut("publish").unwrap().render_long_help().to_string();
        assert!(publish.contains("Utilisation"), "{publish}");
        assert!(!publish.contains("Print help"), "{publish}");
        let whole = command.render_long_help().to_string();
        assert!(!whole.contains("Print this message"), "{whole}");
        let asked = command.try_get_matches_from(["cocagne", "help", "publish"]).unwrap_err().to_string();
        assert!(asked.contains("Utilisation"), "{asked}");
    }
}
