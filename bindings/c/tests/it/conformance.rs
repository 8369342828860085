//! What the functions return is what all bindings return, and what the command line
//! prints, byte for byte, for the inputs of all bindings.
//!
//! The command line is `$TLEVEL`, or the program beside the tests. If there is none, the
//! comparison with it is skipped, and said.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::{Map as Members, Value};
use tlevel_bindings::{Answer, functions};

use crate::caller::{self, c};

/// The root of the project.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn file(path: &str) -> Vec<u8> {
    fs::read(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// An option of the set: files are named in it.
fn given(value: &Value) -> Value {
    match value.as_str() {
        Some(text) if text.starts_with("FILE:") => String::from_utf8(file(&text[5..])).unwrap().into(),
        Some(text) if text.starts_with("JSON:") => serde_json::from_slice(&file(&text[5..])).unwrap(),
        _ => value.clone(),
    }
}

/// The built command line.
fn program() -> Option<PathBuf> {
    let beside = || Some(env::current_exe().ok()?.parent()?.parent()?.join("tlevel"));
    env::var_os("TLEVEL").map(PathBuf::from).or_else(beside).filter(|path| path.is_file())
}

/// What the command line prints, or writes to the file that the set names.
fn command_line(program: &Path, set: &Value, options: &Members<String, Value>, folder: &Path) -> Vec<u8> {
    let words = set["command"].as_array().unwrap().iter().map(|word| match word.as_str().unwrap() {
        "MAP" => set["map"].as_str().unwrap().into(),
        "NEW" => set["new"].as_str().unwrap().into(),
        word => match word.split_once(':') {
            Some(("OUT", name)) => folder.join(name),
            Some(("FILE", name)) => {
                let content = if name == "argument" { &set["argument"] } else { &options[name] };
                fs::write(folder.join(name), content.as_str().unwrap()).unwrap();
                folder.join(name)
            }
            _ => word.into(),
        },
    });
    let output = Command::new(program).args(words).current_dir(root()).output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    set["read"].as_str().map_or(output.stdout, |name| fs::read(folder.join(name)).unwrap())
}

#[test]
fn results_are_those_of_all_bindings_and_of_the_command_line() {
    let sets: Vec<Value> = serde_json::from_slice(&file("bindings/web/tests/conformance.json")).unwrap();
    let folder = env::temp_dir().join(format!("tlevel-c-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let program = program();
    if program.is_none() {
        eprintln!("skipped: the comparison with the command line, which is not built (cargo build -p tlevel-cli)");
    }
    let mut compared = 0;
    for set in &sets {
        let (name, call) = (set["name"].as_str().unwrap(), set["call"].as_str().unwrap());
        let bytes = file(set["map"].as_str().unwrap());
        let options = set.get("options").map(|options| {
            options.as_object().unwrap().iter().map(|(k, v)| (k.clone(), given(v))).collect::<Members<_, _>>()
        });
        let text = options.as_ref().map(|options| Value::Object(options.clone()).to_string());
        let json = text.as_ref().map(|text| c(text.as_bytes()));
        let (json, text) = (json.as_deref(), text.as_deref());
        let argument = set["argument"].as_str().unwrap_or_default();
        let map = caller::read(&bytes).unwrap();
        let theirs: Answer<String>;
        let ours = match call {
            "read" => {
                theirs = functions::read(&bytes);
                caller::native(&map)
            }
            "check" => {
                theirs = functions::check(&bytes);
                caller::check(&bytes)
            }
            "harmonise" => {
                theirs = functions::harmonise(&bytes, text);
                caller::harmonise(&map, json)
            }
            "topics" => {
                theirs = functions::topics(&bytes, text);
                caller::topics(&map, json)
            }
            "derive" => {
                theirs = functions::derive(&bytes, text);
                caller::derive(&map, json)
            }
            "explain" => {
                theirs = functions::explain(&bytes, argument, text);
                caller::explain(&map, &c(argument.as_bytes()), json)
            }
            "suggest" => {
                theirs = functions::suggest(&bytes, argument, text);
                // each function takes the options that are its own
                caller::placer(&map, json).and_then(|placer| caller::suggest(&placer, &c(argument.as_bytes()), json))
            }
            "diff" => {
                let new = file(set["new"].as_str().unwrap());
                theirs = functions::diff(&bytes, &new, text);
                caller::diff(&map, &caller::read(&new).unwrap(), json)
            }
            // drafts are files for people; C has no function for them
            "spec" => continue,
            _ => panic!("{name}: {call} is not compared; add it here"),
        };
        let ours = ours.unwrap_or_else(|failed| panic!("{name}: {failed:?}"));
        assert!(ours.len() > 100, "{name}: says something");
        assert!(ours == theirs.unwrap(), "{name}: differs from the other bindings");
        if let Some(program) = &program {
            let printed = command_line(program, set, &options.unwrap_or_default(), &folder);
            assert!(ours.as_bytes() == printed, "{name}: differs from the command line");
        }
        compared += 1;
    }
    fs::remove_dir_all(&folder).unwrap();
    assert!(compared > 20, "{compared} of {} sets", sets.len());
}
