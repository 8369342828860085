//! Flags of an earlier release, and what they become.

#[path = "../../src/old_flags.rs"]
mod source;

use source::renewed;

fn shown(line: &str) -> (String, bool) {
    let (arguments, hint) = renewed(line.split(' ').map(Into::into).collect());
    let arguments: Vec<String> = arguments.iter().map(|argument| argument.display().to_string()).collect();
    (arguments.join(" "), hint.is_some())
}

#[test]
fn old_flags_become_subcommands() {
    for (old, new) in [
        ("tlevel draw", "tlevel draw map"),
        ("tlevel draw m.json -o m.svg", "tlevel draw map m.json -o m.svg"),
        ("tlevel draw --route digital -o m.svg", "tlevel draw map --route digital -o m.svg"),
        ("tlevel draw m.json --overview -o o.html", "tlevel draw plan m.json -o o.html"),
        ("tlevel draw --programme retail m.json", "tlevel draw programme m.json retail"),
        ("tlevel draw m.json --programme=retail", "tlevel draw programme m.json retail"),
        ("tlevel draw --programme", "tlevel draw programme"),
        (
            "tlevel draw --exact -o p.svg --programme retail - --stats",
            "tlevel draw programme --exact -o p.svg - retail --stats",
        ),
        ("tlevel draw --programme retail -op.svg", "tlevel draw programme -op.svg retail"),
        ("tlevel consult m.json --new n.json", "tlevel consult new m.json --file n.json"),
        ("tlevel consult --title=Roofer --to x", "tlevel consult new --title Roofer --to x"),
        ("tlevel consult m.json --move A --to b", "tlevel consult move m.json A --to b"),
        ("tlevel consult m.json --open b --full", "tlevel consult open m.json b --full"),
        ("tlevel consult --responses r.csv", "tlevel consult responses r.csv"),
        ("tlevel consult m.json --gaps --stats", "tlevel consult gaps m.json --stats"),
    ] {
        assert_eq!(shown(old), (new.to_owned(), true), "{old}");
    }
}

#[test]
fn everything_else_stays() {
    for line in [
        "tlevel",
        "tlevel derive --pathway draw",
        "tlevel draw map m.json",
        "tlevel draw --help",
        "tlevel draw help plan",
        "tlevel consult",
        "tlevel consult m.json",
        "tlevel consult new --title x",
    ] {
        assert_eq!(shown(line), (line.to_owned(), false), "{line}");
    }
}
