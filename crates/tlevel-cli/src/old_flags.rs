//! The flags that `draw` and `consult` had before they had subcommands. For one
//! release they still work, with a hint.

use std::ffi::{OsStr, OsString};

/// A flag that chose what a command did.
struct Flag {
    name: &'static str,
    /// The subcommand that does it now.
    subcommand: &'static str,
    becomes: Becomes,
}

/// What a flag turns into.
#[derive(Clone, Copy)]
enum Becomes {
    /// Nothing, as the subcommand replaces it.
    Nothing,
    /// Its value, as an argument after the map.
    AfterMap,
    /// An option of the subcommand.
    Option(&'static str),
}

const DRAW: [Flag; 2] = [
    Flag { name: "--overview", subcommand: "plan", becomes: Becomes::Nothing },
    Flag { name: "--programme", subcommand: "programme", becomes: Becomes::AfterMap },
];

const CONSULT: [Flag; 6] = [
    Flag { name: "--new", subcommand: "new", becomes: Becomes::Option("--file") },
    Flag { name: "--title", subcommand: "new", becomes: Becomes::Option("--title") },
    Flag { name: "--move", subcommand: "move", becomes: Becomes::AfterMap },
    Flag { name: "--open", subcommand: "open", becomes: Becomes::AfterMap },
    Flag { name: "--responses", subcommand: "responses", becomes: Becomes::AfterMap },
    Flag { name: "--gaps", subcommand: "gaps", becomes: Becomes::Nothing },
];

const DRAWINGS: [&str; 5] = ["map", "route", "programme", "plan", "help"];
const QUESTIONS: [&str; 6] = ["new", "move", "open", "responses", "gaps", "help"];

/// Returns a command line in today's form, and a hint if it was in the old one.
pub(crate) fn renewed(arguments: Vec<OsString>) -> (Vec<OsString>, Option<String>) {
    let first = arguments.get(2).and_then(|argument| argument.to_str()).unwrap_or_default();
    let asks_for_help = arguments.iter().any(|argument| argument == "--help" || argument == "-h");
    let (flags, subcommands, default) = match arguments.get(1).and_then(|command| command.to_str()) {
        Some("draw") => (&DRAW[..], &DRAWINGS[..], Some("map")),
        Some("consult") => (&CONSULT[..], &QUESTIONS[..], None),
        _ => return (arguments, None),
    };
    if asks_for_help || subcommands.contains(&first) {
        return (arguments, None);
    }
    let found = arguments
        .iter()
        .enumerate()
        .skip(2)
        .find_map(|(at, argument)| flags.iter().find(|flag| is_named(argument, flag.name)).map(|flag| (at, flag)));
    let subcommand = match (&found, default) {
        (Some((_, flag)), _) => flag.subcommand,
        (None, Some(default)) => default,
        (None, None) => return (arguments, None),
    };
    let command = arguments.get(1).map_or_else(String::new, |command| command.display().to_string());
    let hint = format!("hint: use `tlevel {command} {subcommand}`; see: tlevel {command} {subcommand} --help");
    (with_subcommand(arguments, subcommand, found), Some(hint))
}

/// Whether an argument is this option, with or without its value.
fn is_named(argument: &OsStr, name: &str) -> bool {
    argument
        .to_str()
        .and_then(|text| text.strip_prefix(name))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
}

fn with_subcommand(arguments: Vec<OsString>, subcommand: &str, found: Option<(usize, &Flag)>) -> Vec<OsString> {
    let mut renewed: Vec<OsString> = Vec::with_capacity(arguments.len() + 2);
    let mut last = None;
    let mut rest = arguments.into_iter().enumerate();
    while let Some((at, argument)) = rest.next() {
        let flag = found.filter(|(place, _)| *place == at).map(|(_, flag)| flag);
        let Some(flag) = flag else {
            renewed.push(argument);
            if at == 1 {
                renewed.push(subcommand.into());
            }
            continue;
        };
        let own_value = argument.to_str().and_then(|text| text.split_once('=')).map(|(_, value)| OsString::from(value));
        match flag.becomes {
            Becomes::Nothing => {}
            Becomes::AfterMap => last = own_value.or_else(|| rest.next().map(|(_, value)| value)),
            Becomes::Option(name) => {
                renewed.push(name.into());
                renewed.extend(own_value);
            }
        }
    }
    if let Some(last) = last {
        let at = place_of_map(&renewed).map_or(renewed.len(), |map| map + 1);
        renewed.insert(at, last);
    }
    renewed
}

/// The options of both commands that take no value.
const SWITCHES: [&str; 4] = ["--exact", "--full", "--stats", "--with-respondents"];

/// The position of the map: the first argument after the subcommand that is neither
/// an option nor its value.
fn place_of_map(arguments: &[OsString]) -> Option<usize> {
    let mut at = 3;
    while let Some(argument) = arguments.get(at) {
        let text = argument.to_string_lossy();
        if text == "-" || !text.starts_with('-') {
            return Some(at);
        }
        let is_whole = SWITCHES.contains(&&*text) || text.contains('=') || (!text.starts_with("--") && text.len() > 2);
        at += if is_whole { 1 } else { 2 };
    }
    None
}
