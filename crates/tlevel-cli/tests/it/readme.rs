//! The README's commands, run: what it shows is what they print.

use crate::program::tlevel;
use std::path::Path;

const README: &str = include_str!("../../../../README.md");

/// The commands of the console blocks, each with the output shown for it.
fn commands() -> Vec<(String, Vec<String>)> {
    let mut commands: Vec<(String, Vec<String>)> = Vec::new();
    for block in README.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap_or_default();
        for line in block.lines() {
            match line.strip_prefix("$ ") {
                Some(command) => commands.push((command.to_owned(), Vec::new())),
                None => commands.last_mut().expect("a command comes first").1.push(line.to_owned()),
            }
        }
    }
    commands
}

/// Whether the output matches what is shown, in which `...` means any lines.
fn matches(shown: &[String], output: &[&str]) -> bool {
    match shown.split_first() {
        None => output.is_empty(),
        Some((line, rest)) if line == "..." => (0..=output.len()).any(|skip| matches(rest, &output[skip..])),
        Some((line, rest)) => {
            output.split_first().is_some_and(|(first, others)| first == line && matches(rest, others))
        }
    }
}

#[test]
fn commands_print_what_the_readme_shows() {
    let mut ran = 0;
    for (command, shown) in commands() {
        let Some(arguments) = command.strip_prefix("cargo tlevel ") else { continue };
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        // it writes a file, and needs the page: `workbench_command` runs it
        if arguments[0] == "workbench" {
            continue;
        }
        let output = tlevel(&arguments);
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.iter().all(|line| line.chars().count() <= 80), "{command}: a line over 80 columns");
        if !shown.is_empty() {
            assert!(matches(&shown, &lines), "{command} prints:\n{text}");
            ran += 1;
        }
    }
    assert!(ran >= 2, "the README shows commands with their output");
}

#[test]
fn the_test_command_is_the_one_that_ci_runs() {
    let ci = Path::new(crate::ROOT).join(".ci/run");
    // a packaged copy has no CI
    let Ok(ci) = std::fs::read_to_string(ci) else { return };
    let tests: Vec<String> = commands().into_iter().map(|(c, _)| c).filter(|c| c.starts_with("cargo test")).collect();
    assert_eq!(tests.len(), 1);
    assert!(ci.contains(&tests[0]));
}

#[test]
fn the_alias_is_there() {
    let config = Path::new(crate::ROOT).join(".cargo/config.toml");
    let Ok(config) = std::fs::read_to_string(config) else { return };
    assert!(config.contains("tlevel = \"run --profile quick --quiet --package tlevel-cli --\""));
}

#[test]
fn linked_files_exist() {
    for link in README.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(Path::new(crate::ROOT).join(link).exists(), "{link}");
    }
}
