//! The help of every command: its width, its examples, and that these run. The
//! completions and the manual: that they name every command.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn tlevel() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tlevel"));
    command.env_remove("COLUMNS").stdin(Stdio::null());
    command
}

fn done(arguments: &[&str]) -> String {
    let output = tlevel().args(arguments).output().expect("runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn help(command: &[String]) -> String {
    let output = tlevel().args(command).arg("--help").env("COLUMNS", "200").output().expect("runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// All commands, as the words that call them; the first is the program itself.
fn commands() -> Vec<Vec<String>> {
    let mut all = vec![Vec::new()];
    let mut next = 0;
    while let Some(command) = all.get(next).cloned() {
        let help = help(&command);
        let list = help.split_once("Commands:\n").map_or("", |(_, list)| list);
        for line in list.lines().take_while(|line| !line.is_empty()) {
            // a name is set in by two columns, what is said of it by more
            let name = line.strip_prefix("  ").filter(|rest| !rest.starts_with(' '));
            let name = name.and_then(|rest| rest.split_whitespace().next()).filter(|name| *name != "help");
            all.extend(name.map(|name| [&command[..], &[name.to_owned()]].concat()));
        }
        next += 1;
    }
    all
}

/// The examples of a help, each as one line.
fn examples(help: &str) -> Vec<String> {
    let (_, examples) = help.split_once("Examples:\n").unwrap_or_else(|| panic!("no examples\n{help}"));
    let mut all: Vec<String> = Vec::new();
    for line in examples.lines().take_while(|line| !line.is_empty()) {
        match all.last_mut().filter(|last| last.ends_with('\\')) {
            Some(last) => {
                last.pop();
                last.push_str(line.trim_start());
            }
            None => {
                assert!(line.starts_with("  tlevel "), "not an example, or one that was wrapped: {line}");
                all.push(line.trim_start().to_owned());
            }
        }
    }
    all
}

/// The words of an example up to its remark, and the file that it reads as
/// standard input. What is after a pipe is left out.
fn words(example: &str) -> (Vec<String>, Option<String>) {
    let (mut words, mut word, mut quote): (Vec<String>, Option<String>, Option<char>) = (Vec::new(), None, None);
    let mut characters = example.chars().peekable();
    while let Some(c) = characters.next() {
        match quote {
            Some(end) if c == end => quote = None,
            Some(_) => word.get_or_insert_default().push(c),
            None if c == '\'' || c == '"' => {
                word.get_or_insert_default();
                quote = Some(c);
            }
            None if c == ' ' => {
                words.extend(word.take());
                if characters.peek() == Some(&' ') {
                    break;
                }
            }
            None => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    let input = words.iter().position(|word| word == "<").and_then(|at| words.get(at + 1).cloned());
    let end = words.iter().position(|word| ["|", "<", ">"].contains(&word.as_str())).unwrap_or(words.len());
    words.truncate(end);
    (words, input)
}

#[test]
fn the_help_of_every_command_fits_and_has_examples() {
    let commands = commands();
    assert!(commands.len() > 30, "{commands:?}");
    for command in &commands {
        let help = help(command);
        for line in help.lines() {
            assert!(line.chars().count() <= 80, "{command:?}: {line}");
        }
        let examples = examples(&help);
        assert!((2..=4).contains(&examples.len()), "{command:?}: {examples:?}");
        let own: Vec<&str> = ["tlevel"].into_iter().chain(command.iter().map(String::as_str)).collect();
        let is_own = |example: &String| words(example).0.iter().zip(&own).all(|(word, own)| word == own);
        assert!(examples.iter().filter(|example| is_own(example)).count() >= 2, "{command:?}: {examples:?}");
    }
}

/// A folder with the files that examples name.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("help").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let fixtures = fs::canonicalize(Path::new(crate::ROOT).join("fixtures")).expect("is there");
    let map = fs::read_to_string(fixtures.join("maps/consultation.json")).expect("is there");
    let new = map.replace("\"Bricklayer\"", "\"Bricklayer and mason\"");
    let copied = |from: &str| fs::read_to_string(fixtures.join(from)).expect("is there");
    for (file, content) in [
        ("map.json", map.as_str()),
        ("map.xlsx", &map),
        ("old.json", &map),
        ("new.json", &new),
        ("standards.json", &copied("official/standards.json")),
        ("responses.csv", &copied("responses/consultation.csv")),
        // the content decides what a file is
        ("responses.xlsx", &copied("responses/consultation.csv")),
        ("tracker.xlsx", "key,proposal,decision,decided by,reason\n"),
        ("changes.csv", "change,occupation,level\nre-level,LARS287,3\n"),
        (
            "changes.json",
            r#"{"format":"tlevel-changes","version":1,"changes":[{"change":"re-level","occupation":"LARS287","level":3}]}"#,
        ),
        ("occupations.jsonl", "{\"title\":\"Roofer\"}\n{\"title\":\"Baker\"}\n"),
        ("coding-index.csv", "title,occupation\nBrickie,LARS287\n"),
        ("drone-surveyor.json", r#"{"title":"Drone surveyor","level":3,"statements":["Plan a flight"]}"#),
        ("pairs.csv", "occupation_a,statement_a,occupation_b,statement_b,label\nLARS82,K1,LARS1,K1,same\n"),
        ("sort.csv", "occupation,statement,reader_1,core_1\nLARS82,K1,Safety,y\nLARS82,K2,Drawings,n\n"),
        ("numbers.csv", "card,reader_1,reader_2\nc1,Safety,Law\nc2,Drawings,Plans\n"),
        (
            "pairs-decided.csv",
            "decision,occupation_a,statement_a,occupation_b,statement_b\nunsure,LARS82,K1,LARS1,K1\n",
        ),
        ("cards.csv", "card,occupation,statement\nc1,LARS82,K1\nc2,LARS82,K2\n"),
        ("mine.csv", "occupation,label\nLARS82,a\nOCC0865,a\nLARS287,b\nLARS240,b\nLARS171,b\n"),
        ("theirs.csv", "occupation,label\nLARS82,x\nOCC0865,x\nLARS287,x\nLARS240,y\nLARS171,y\n"),
    ] {
        fs::write(folder.join(file), content).expect("is written");
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(fixtures, folder.join("fixtures")).expect("a link");
    folder
}

fn run(folder: &Path, example: &str) -> Output {
    let (words, input) = words(example);
    let mut command = tlevel();
    if let Some(input) = input {
        command.stdin(File::open(folder.join(input)).expect("is there"));
    }
    command.args(&words[1..]).current_dir(folder).output().expect("runs")
}

/// Runs the examples of some commands, in their order.
#[cfg(unix)]
fn run_examples(name: &str, of: impl Fn(&[String]) -> bool) {
    let mut ran = 0;
    for command in commands().iter().filter(|command| of(command)) {
        let folder = folder(&format!("{name}-{}", command.join("-")));
        for example in examples(&help(command)) {
            if !cfg!(feature = "office") && (example.contains(".docx") || example.contains(".xlsx")) {
                continue;
            }
            let output = run(&folder, &example);
            let said = String::from_utf8_lossy(&output.stderr);
            if said.contains("built without the page of the workbench") {
                continue;
            }
            // findings and differences are exit status 1
            assert!(matches!(output.status.code(), Some(0 | 1)), "{example}: {said}");
            assert!(!said.contains("hint: "), "{example}: {said}");
            ran += 1;
        }
    }
    assert!(ran > 10, "{ran}");
}

#[cfg(unix)]
#[test]
fn examples_of_studies_run() {
    run_examples("studies", |command| command.first().is_some_and(|first| first == "study"));
}

#[cfg(unix)]
#[test]
fn examples_of_pictures_and_consultations_run() {
    run_examples("pictures", |command| command.first().is_some_and(|first| first == "draw" || first == "consult"));
}

#[cfg(unix)]
#[test]
fn examples_of_all_other_commands_run() {
    let others = ["study", "draw", "consult"];
    run_examples("others", |command| command.first().is_none_or(|first| !others.contains(&first.as_str())));
}

#[test]
fn completions_name_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = done(&["completions", shell]);
        for word in commands().iter().filter_map(|command| command.last()) {
            assert!(script.contains(word), "{shell}: {word}");
        }
        assert!(script.contains("--pathway") || script.contains("-l pathway"), "{shell}");
    }
    let refused = tlevel().args(["completions", "dos"]).output().expect("runs");
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("bash, elvish, fish, powershell, zsh"));
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("help/man1");
    let _ = fs::remove_dir_all(&folder);
    let path = folder.to_str().expect("a path");
    assert_eq!(done(&["manual", "-o", path]), "");
    let mut pages: Vec<String> =
        commands().iter().map(|command| [&["tlevel".to_owned()], &command[..]].concat().join("-") + ".1").collect();
    pages.sort();
    let mut written: Vec<String> = fs::read_dir(&folder)
        .expect("is there")
        .map(|entry| entry.expect("is there").file_name().into_string().expect("UTF-8"))
        .collect();
    written.sort();
    assert_eq!(written, pages);
    let page = |name: &str| fs::read_to_string(folder.join(name)).expect("is there");
    assert_eq!(done(&["manual"]), page("tlevel.1"));
    for name in ["derive", "completions", "study", "draw"] {
        assert!(page("tlevel.1").contains(&format!("tlevel\\-{name}(1)")), "{name}");
    }
    assert!(pages.iter().all(|name| page(name).contains("\n.SH EXAMPLES\n.nf\n  tlevel ")));
    assert!(page("tlevel-draw-plan.1").contains("tlevel draw plan \\-o plan.svg"));
    // written again, over what is there
    assert_eq!(done(&["manual", "-o", path]), "");
}
