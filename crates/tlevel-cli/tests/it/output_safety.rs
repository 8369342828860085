//! Outputs never destroy: real devices, pipes, links and modes.
#![cfg(unix)]

use std::fs::{self, Permissions};
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const MAP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/maps/consultation.json");
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/responses/consultation.csv");

/// A shell in a folder, with the program as `tlevel` and the map as `$MAP`.
fn shell(folder: &Path, line: &str) -> Output {
    let script = format!("tlevel() {{ \"$TLEVEL\" \"$@\"; }}\n{line}");
    Command::new("bash")
        .args(["-c", &script])
        .current_dir(folder)
        .env("TLEVEL", env!("CARGO_BIN_EXE_tlevel"))
        .env("MAP", MAP)
        .stdin(Stdio::null())
        .output()
        .expect("bash runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Runs a line that works, and returns what it prints.
fn done(folder: &Path, line: &str) -> String {
    let output = shell(folder, line);
    assert!(output.status.success(), "{line}: {}", text(&output.stderr));
    assert_eq!(leftovers(folder), [""; 0], "{line}");
    text(&output.stdout)
}

/// Runs a line that is refused, and returns the message.
fn refused(folder: &Path, line: &str) -> String {
    let before = contents(folder);
    let output = shell(folder, line);
    assert_eq!(output.status.code(), Some(2), "{line}: {}{}", text(&output.stdout), text(&output.stderr));
    assert_eq!(contents(folder), before, "{line}: everything is as it was");
    text(&output.stderr)
}

/// The files of a folder and below, with their content.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let data = fs::symlink_metadata(&path).expect("is there");
        if data.is_dir() {
            all.extend(contents(&path));
        } else {
            all.push((path.clone(), if data.is_file() { fs::read(&path).expect("can be read") } else { Vec::new() }));
        }
    }
    all.sort();
    all
}

fn leftovers(folder: &Path) -> Vec<String> {
    let all = contents(folder).into_iter().map(|(path, _)| path.display().to_string());
    all.filter(|path| path.contains(".part")).collect()
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("output-safety").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("is there").mode() & 0o7777
}

/// The map in the native format, as `convert` prints it.
fn converted() -> String {
    done(&folder("converted"), "tlevel convert \"$MAP\"")
}

#[test]
fn a_device_is_written_through() {
    let folder = folder("device");
    for device in ["/dev/null", "/dev/zero"] {
        let before = fs::symlink_metadata(device).unwrap();
        assert_eq!(done(&folder, &format!("tlevel convert \"$MAP\" -o {device}")), "");
        let after = fs::symlink_metadata(device).unwrap();
        assert_eq!((before.ino(), before.mode()), (after.ino(), after.mode()));
    }
    symlink("/dev/null", folder.join("null.json")).unwrap();
    done(&folder, "tlevel convert \"$MAP\" -o null.json");
    assert_eq!(fs::read_link(folder.join("null.json")).unwrap(), Path::new("/dev/null"));
}

#[test]
fn a_full_device_is_an_error() {
    let said = refused(&folder("full"), "tlevel convert \"$MAP\" -o /dev/full");
    assert!(said.starts_with("error: /dev/full: cannot be written: No space left on device"), "{said}");
    let said = refused(&folder("full"), "tlevel convert \"$MAP\" > /dev/full");
    assert!(said.starts_with("error: standard output: cannot be written: No space left"), "{said}");
}

#[test]
fn a_named_pipe_is_written_through() {
    let folder = folder("fifo");
    let got = done(
        &folder,
        "mkfifo pipe; cat pipe > got.json & tlevel convert \"$MAP\" -o pipe && wait && cat got.json; test -p pipe",
    );
    assert_eq!(got, converted());
    assert_eq!(done(&folder, "head -c 1 pipe & tlevel convert \"$MAP\" -o pipe; wait"), "{", "a reader that leaves");
}

#[test]
fn process_substitution_is_written_through() {
    let folder = folder("substitution");
    done(&folder, "tlevel convert \"$MAP\" -o >(cat > got.json); wait $!; sleep 0.2");
    assert_eq!(fs::read_to_string(folder.join("got.json")).unwrap(), converted());
    let spec = "tlevel spec \"$MAP\" --exact --pathway onsite-construction";
    done(&folder, &format!("{spec} -o >(cat > got.txt); wait $!; sleep 0.2"));
    assert_eq!(fs::read_to_string(folder.join("got.txt")).unwrap(), done(&folder, spec), "its name says no format");
}

#[test]
fn standard_output_by_its_names() {
    let folder = folder("stdout");
    for name in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "-"] {
        assert_eq!(done(&folder, &format!("tlevel convert \"$MAP\" -o {name}")), converted(), "{name}");
        let piped = done(&folder, &format!("tlevel convert \"$MAP\" -o {name} | head -c 1; echo ${{PIPESTATUS[0]}}"));
        assert_eq!(piped, "{0\n", "{name}: a reader that leaves is no error");
        let line = format!("{{ echo before; tlevel convert \"$MAP\" -o {name}; echo after; }} > all.txt; cat all.txt");
        assert_eq!(done(&folder, &line), format!("before\n{}after\n", converted()), "{name}");
    }
    let said = shell(&folder, "tlevel convert \"$MAP\" -o /dev/stderr");
    assert_eq!(text(&said.stderr), converted());
    assert_eq!(
        done(&folder, "echo before > log; tlevel convert \"$MAP\" -o /dev/fd/3 3>> log; cat log"),
        format!("before\n{}", converted())
    );
}

#[test]
fn the_target_of_a_link_is_replaced() {
    let folder = folder("links");
    fs::create_dir(folder.join("store")).unwrap();
    fs::write(folder.join("store/real.json"), "old").unwrap();
    symlink("store/real.json", folder.join("link.json")).unwrap();
    symlink("link.json", folder.join("second.json")).unwrap();
    symlink("store", folder.join("way")).unwrap();
    for name in ["link.json", "second.json", "way/real.json", "./way/../second.json"] {
        fs::write(folder.join("store/real.json"), "old").unwrap();
        done(&folder, &format!("tlevel convert \"$MAP\" -o {name}"));
        assert_eq!(fs::read_to_string(folder.join("store/real.json")).unwrap(), converted(), "{name}");
        assert_eq!(fs::read_link(folder.join("link.json")).unwrap(), Path::new("store/real.json"));
        assert_eq!(fs::read_link(folder.join("second.json")).unwrap(), Path::new("link.json"));
    }
}

#[test]
fn a_dangling_link_makes_its_target() {
    let folder = folder("dangling");
    symlink("later.json", folder.join("link.json")).unwrap();
    done(&folder, "tlevel convert \"$MAP\" -o link.json");
    assert_eq!(fs::read_to_string(folder.join("later.json")).unwrap(), converted());
    assert!(fs::symlink_metadata(folder.join("link.json")).unwrap().is_symlink());
    symlink("nowhere/later.json", folder.join("lost.json")).unwrap();
    let said = refused(&folder, "tlevel convert \"$MAP\" -o lost.json");
    assert!(
        said.contains("lost.json: cannot be written: there is no folder ") && said.contains("nowhere; create it first"),
        "{said}"
    );
}

#[test]
fn links_in_a_circle_are_an_error() {
    let folder = folder("circle");
    symlink("b", folder.join("a")).unwrap();
    symlink("a", folder.join("b")).unwrap();
    symlink("self", folder.join("self")).unwrap();
    for name in ["a", "self"] {
        let said = refused(&folder, &format!("tlevel convert \"$MAP\" -o {name}"));
        assert_eq!(said, format!("error: {name}: its links form a loop; delete them, or give another file\n"));
    }
}

#[test]
fn the_mode_of_a_file_is_kept() {
    let folder = folder("mode");
    let file = folder.join("out.json");
    for kept in [0o600, 0o640, 0o664, 0o755, 0o4755, 0o200] {
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, Permissions::from_mode(kept)).unwrap();
        done(&folder, "chmod u+r . && tlevel convert \"$MAP\" -o out.json");
        assert_eq!(mode(&file), kept, "{kept:o}");
        fs::remove_file(&file).unwrap();
    }
}

#[test]
fn a_new_file_honours_the_umask() {
    let folder = folder("umask");
    for (umask, expected) in [("022", 0o644), ("077", 0o600), ("002", 0o664)] {
        done(&folder, &format!("umask {umask}; tlevel convert \"$MAP\" -o {umask}.json"));
        assert_eq!(mode(&folder.join(format!("{umask}.json"))), expected, "{umask}");
    }
}

#[test]
fn the_owner_of_a_file_is_kept() {
    let folder = folder("owner");
    let file = folder.join("out.json");
    fs::write(&file, "old").unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o666)).unwrap();
    if std::os::unix::fs::chown(&file, Some(12_345), Some(23_456)).is_err() {
        return; // only the superuser gives files away
    }
    done(&folder, "tlevel convert \"$MAP\" -o out.json");
    let data = fs::metadata(&file).unwrap();
    assert_eq!((data.uid(), data.gid(), data.mode() & 0o7777), (12_345, 23_456, 0o666));
    assert_eq!(fs::read_to_string(&file).unwrap(), converted());
}

#[test]
fn hard_links_stay_one_file() {
    let folder = folder("hard");
    for old in [String::new(), "old".to_owned(), format!("{}{}", converted(), "x".repeat(100_000))] {
        for name in ["out.json", "other.json"] {
            let _ = fs::remove_file(folder.join(name));
        }
        fs::write(folder.join("out.json"), &old).unwrap();
        fs::hard_link(folder.join("out.json"), folder.join("other.json")).unwrap();
        let inode = fs::metadata(folder.join("out.json")).unwrap().ino();
        done(&folder, "tlevel convert \"$MAP\" -o out.json");
        assert_eq!(fs::read_to_string(folder.join("other.json")).unwrap(), converted());
        assert_eq!(fs::metadata(folder.join("out.json")).unwrap().ino(), inode);
    }
}

#[test]
fn a_read_only_file_is_refused() {
    let folder = folder("read-only");
    let file = folder.join("out.json");
    fs::write(&file, "old").unwrap();
    for mode in [0o444, 0o400, 0o555, 0o000] {
        fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
        symlink("out.json", folder.join("link.json")).unwrap();
        for name in ["out.json", "link.json"] {
            let output = shell(&folder, &format!("tlevel convert \"$MAP\" -o {name}"));
            assert_eq!(output.status.code(), Some(2));
            let said = text(&output.stderr);
            let expected = "is read-only; allow writing to it first (chmod u+w), or give another file";
            assert_eq!(said, format!("error: {name}: {expected}\n"));
        }
        fs::remove_file(folder.join("link.json")).unwrap();
    }
    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), "old");
}

#[test]
fn the_input_is_refused_by_any_of_its_names() {
    let folder = folder("input");
    fs::copy(MAP, folder.join("map.json")).unwrap();
    fs::hard_link(folder.join("map.json"), folder.join("hard.json")).unwrap();
    symlink("map.json", folder.join("soft.json")).unwrap();
    let said = refused(&folder, "tlevel convert map.json -o map.json");
    assert_eq!(said, "error: map.json: is read by this command; give another file to write\n");
    let same = "is the same file as map.json, which this command reads; give another file to write\n";
    for name in ["./map.json", "hard.json", "soft.json", "../input/map.json", "$PWD/map.json"] {
        let said = refused(&folder, &format!("tlevel convert map.json -o \"{name}\""));
        assert!(said.ends_with(same), "{name}: {said}");
    }
    let said = refused(&folder, "tlevel convert - -o map.json < soft.json");
    let from_stdin = "error: map.json: is the same file as standard input, which this command reads";
    assert!(said.starts_with(from_stdin), "{said}");
    let said = refused(&folder, "tlevel convert map.json >> map.json");
    assert!(said.starts_with("error: standard output: is the same file as map.json"), "{said}");
    refused(&folder, "tlevel convert map.json -o /dev/fd/3 3>> map.json");
    refused(&folder, "tlevel check map.json >> map.json");
}

#[test]
fn every_input_of_every_command_is_refused() {
    let folder = folder("inputs");
    fs::copy(MAP, folder.join("map.json")).unwrap();
    fs::copy(MAP, folder.join("new.json")).unwrap();
    fs::copy(SAMPLE, folder.join("in.csv")).unwrap();
    for name in ["in.json", "in.svg", "in.html", "in.xlsx", "in.index", "in.txt"] {
        fs::write(folder.join(name), "not read before the refusal").unwrap();
    }
    for line in [
        "derive map.json --policy in.json -o in.json",
        "derive map.json --decisions in.csv -o in.csv",
        "derive map.json --decisions in.xlsx -o in.xlsx",
        "derive map.json --concepts in.csv -o in.csv",
        "derive map.json --ledger in.csv -o in.csv",
        "harmonise map.json --ledger in.csv --review in.csv",
        "harmonise map.json --ledger in.csv -o in.csv",
        "harmonise map.json --review in.json --policy in.json",
        "harmonise map.json --review map.json",
        "similar map.json -o map.json",
        "suggest map.json --new in.json -o in.json",
        "suggest map.json --title x --text in.txt -o in.txt",
        "suggest map.json --title x --text-file in.txt -o in.txt",
        "suggest --index in.index --title x -o in.index",
        "suggest map.json --save-index map.json",
        "suggest map.json --new in.json --save-index in.json",
        "progress map.json LARS82 -o map.json",
        "progress map.json LARS82 --concepts in.csv -o in.csv",
        "spec in.html --pathway x -o in.html",
        "spec map.json --pathway x --policy in.json -o in.json",
        "draw map in.svg -o in.svg",
        "draw programme in.svg x -o in.svg",
        "draw plan map.json --policy in.json -o in.json",
        "diff map.json new.json -o map.json",
        "diff map.json new.json -o new.json",
        "diff map.json new.json --policy in.json -o in.json",
        "diff map.json new.json --new-policy in.json -o in.json",
        "whatif map.json in.csv --write map.json",
        "whatif map.json in.csv --write in.csv",
        "whatif map.json in.csv -o in.csv",
        "whatif map.json in.csv --policy in.json --write in.json",
        "consult new map.json --file in.json -o in.json",
        "consult responses map.json in.csv -o in.csv",
        "consult gaps map.json --ledger in.csv -o in.csv",
        "study clusters map.json --labels in.csv --save-labels in.csv",
        "study clusters in.svg --heat-map in.svg",
        "study clusters map.json --policy in.svg --dendrogram in.svg",
        "study sweep map.json --ledger in.svg --picture in.svg",
        "study compare in.csv new.json >> in.csv",
        "study harmonise map.json --gold in.csv >> in.csv",
        "study placement map.json >> map.json",
        "study misfits map.json >> map.json",
    ] {
        let said = refused(&folder, &format!("tlevel {line}"));
        let is_read = "read by this command; give another file to write\n";
        let is_same = "which this command reads; give another file to write\n";
        assert!(said.ends_with(is_read) || said.ends_with(is_same), "{line}: {said}");
    }
}

#[test]
fn two_outputs_on_one_file_are_refused() {
    let folder = folder("two");
    fs::write(folder.join("out.csv"), "old").unwrap();
    symlink("new.csv", folder.join("soft.csv")).unwrap();
    symlink("out.csv", folder.join("out.svg")).unwrap();
    for (line, expected) in [
        ("harmonise \"$MAP\" --review out.csv -o out.csv", "out.csv: is given for two outputs"),
        ("harmonise \"$MAP\" --review new.csv -o new.csv", "new.csv: is given for two outputs"),
        ("harmonise \"$MAP\" --review soft.csv -o ./new.csv", "soft.csv: is given for the same file as ./new.csv"),
        ("harmonise \"$MAP\" --review out.csv >> out.csv", "out.csv: is given for the same file as standard output"),
        ("harmonise \"$MAP\" --review -", "standard output: is given for two outputs"),
        ("harmonise \"$MAP\" --review /dev/stdout", "/dev/stdout: is given for the same file as standard output"),
        ("suggest \"$MAP\" --save-index new.csv --title x -o new.csv", "new.csv: is given for two outputs"),
        ("whatif \"$MAP\" \"$MAP\" --write new.json -o new.json", "new.json: is given for two outputs"),
        ("study clusters --save-labels out.csv --heat-map out.svg", "out.svg: is given for the same file as out.csv"),
    ] {
        let said = refused(&folder, &format!("tlevel {line}"));
        assert_eq!(said, format!("error: {expected}; give each output its own file\n"), "{line}");
    }
    done(&folder, "tlevel harmonise \"$MAP\" --review /dev/null -o /dev/null");
}

#[test]
fn what_is_no_file_is_refused() {
    let folder = folder("no-file");
    fs::create_dir(folder.join("sub")).unwrap();
    for (name, expected) in [
        ("sub", "sub: is a directory; give a file to write"),
        ("sub/", "sub/: is a directory; give a file to write"),
        (".", ".: is a directory; give a file to write"),
        ("..", "..: is a directory; give a file to write"),
        ("new/", "new/: there is no such folder; give a file to write"),
        ("new/out.json", "new/out.json: cannot be written: there is no folder new; create it first"),
    ] {
        let said = refused(&folder, &format!("tlevel derive \"$MAP\" --format json -o {name}"));
        assert_eq!(said, format!("error: {expected}\n"));
    }
}

#[test]
fn a_limit_on_size_leaves_the_old_file() {
    let folder = folder("limit");
    for name in ["out.json", "one.json", "new.json"] {
        if name != "new.json" {
            fs::write(folder.join(name), "old").unwrap();
        }
    }
    fs::hard_link(folder.join("one.json"), folder.join("two.json")).unwrap();
    let before = contents(&folder);
    for name in ["out.json", "one.json", "new.json"] {
        // with the signal ignored the write fails, as on a full disk
        let line = format!("trap '' XFSZ; ulimit -f 8; tlevel convert \"$MAP\" -o {name}");
        let output = shell(&folder, &line);
        assert_eq!(output.status.code(), Some(2));
        let said = text(&output.stderr);
        assert!(said.contains("cannot be written: File too large") && said.contains("nothing was changed"), "{said}");
        assert_eq!(contents(&folder), before, "{name}");
    }
}

#[test]
fn a_full_disk_leaves_the_old_file() {
    let folder = folder("disk");
    // a small disk of its own; not everybody may make one
    // room for the new content once, and not twice: a file with two names is written in place
    let once = converted().len() * 3 / 2;
    let script = format!(
        "mount -t tmpfs -o size=40k none . 2> /dev/null && cd \"$PWD\" || {{ echo no disk; exit 0; }}
        echo old > out.json; echo old > one.json; ln one.json two.json
        for name in out.json one.json new.json; do tlevel convert \"$MAP\" -o $name; echo $?; done
        cat out.json two.json
        mount -o remount,size={once} . && tlevel convert \"$MAP\" -o one.json; echo $?; cat two.json; ls -A"
    );
    fs::write(folder.join("script"), format!("tlevel() {{ \"$TLEVEL\" \"$@\"; }}\n{script}")).unwrap();
    fs::create_dir(folder.join("disk")).unwrap();
    let output = shell(&folder, "cd disk; unshare -m bash ../script || echo no disk");
    let said = text(&output.stdout);
    if said != "no disk\n" {
        assert_eq!(said, "2\n2\n2\nold\nold\n2\nold\none.json\nout.json\ntwo.json\n", "{}", text(&output.stderr));
    }
}

#[test]
fn an_interrupted_run_leaves_the_old_file() {
    let folder = folder("interrupted");
    for (signal, code) in [("TERM", "143"), ("INT", "130"), ("KILL", "137")] {
        fs::write(folder.join("out.json"), "old").unwrap();
        let line = format!(
            "mkfifo pipe; env --default-signal=INT,TERM \"$TLEVEL\" suggest \"$MAP\" --new - -o out.json < pipe & exec 3> pipe; echo '{{\"title\": \"x\"}}' >&3; sleep 1; set -m; kill -{signal} %1; exec 3>&-; wait %1; echo $?; rm pipe"
        );
        let output = shell(&folder, &format!("set -m; {line}"));
        assert!(text(&output.stdout).contains(code), "{signal}: {output:?}");
        assert_eq!(fs::read_to_string(folder.join("out.json")).unwrap(), "old");
    }
}

#[test]
fn an_error_leaves_nothing_behind() {
    let folder = folder("error");
    fs::write(folder.join("new.jsonl"), "{\"title\": \"Baker\"}\n{\"title\": 1}\n").unwrap();
    fs::write(folder.join("out.json"), "old").unwrap();
    refused(&folder, "tlevel suggest \"$MAP\" --new new.jsonl -o out.json");
    refused(&folder, "tlevel suggest \"$MAP\" --new new.jsonl -o new.json");
    refused(&folder, "tlevel report no-such.json -o site");
}

// ---- folders ----

#[test]
fn a_folder_keeps_what_others_put_there() {
    let folder = folder("site");
    let report = "tlevel report \"$MAP\" --exact -o site";
    done(&folder, report);
    let whole = contents(&folder);
    for name in ["CNAME", "programmes/notes.txt", "mine/letter.txt"] {
        fs::create_dir_all(folder.join("site").join(name).parent().unwrap()).unwrap();
        fs::write(folder.join("site").join(name), "mine").unwrap();
    }
    fs::write(folder.join("site/index.html"), "damaged").unwrap();
    done(&folder, report);
    let mut after = contents(&folder);
    after.retain(|(_, content)| content != b"mine");
    assert_eq!(after.len() + 3, contents(&folder).len());
    assert_eq!(after, whole);
}

#[test]
fn a_folder_loses_only_what_was_written_there_before() {
    let folder = folder("stale");
    let site = folder.join("site");
    done(&folder, "tlevel report \"$MAP\" --exact -o site");
    // as if an earlier run had written two more pages, one of which was replaced by a link
    fs::create_dir(site.join("gone")).unwrap();
    fs::write(site.join("gone/page.html"), "old").unwrap();
    fs::write(folder.join("precious.html"), "mine").unwrap();
    symlink("../precious.html", site.join("link.html")).unwrap();
    fs::create_dir(folder.join("elsewhere")).unwrap();
    fs::write(folder.join("elsewhere/page.html"), "mine").unwrap();
    symlink("../elsewhere", site.join("way")).unwrap();
    let mut list = fs::OpenOptions::new().append(true).open(site.join(".tlevel-report")).unwrap();
    list.write_all(b"gone/page.html\nlink.html\nway/page.html\n../precious.html\n/etc/hostname\n").unwrap();
    done(&folder, "tlevel report \"$MAP\" --exact -o site");
    assert!(!site.join("gone").exists(), "what was written, and the folder that it leaves empty");
    assert_eq!(fs::read_to_string(folder.join("precious.html")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(folder.join("elsewhere/page.html")).unwrap(), "mine");
    assert!(fs::symlink_metadata(site.join("link.html")).is_ok());
}

#[test]
fn a_folder_with_a_file_in_the_way_is_refused() {
    let folder = folder("in-the-way");
    done(&folder, "tlevel report \"$MAP\" --exact -o site");
    let list = fs::read_to_string(folder.join("site/.tlevel-report")).unwrap();
    // somebody's own index.html, which no run has written
    fs::write(folder.join("site/.tlevel-report"), list.replace("\nindex.html\n", "\n")).unwrap();
    fs::write(folder.join("site/index.html"), "mine").unwrap();
    let said = refused(&folder, "tlevel report \"$MAP\" --exact -o site");
    assert!(said.ends_with("site/index.html: was not written by this command; move it elsewhere first\n"), "{said}");
    fs::write(folder.join("site/.tlevel-report"), "").unwrap();
    let said = refused(&folder, "tlevel report \"$MAP\" --exact -o site");
    assert!(said.contains("site: was written by an earlier version, which kept no list of its files"), "{said}");
}

#[test]
fn a_folder_by_a_link_or_as_the_working_directory() {
    let folder = folder("folder-names");
    fs::create_dir(folder.join("real")).unwrap();
    fs::set_permissions(folder.join("real"), Permissions::from_mode(0o750)).unwrap();
    let inode = fs::metadata(folder.join("real")).unwrap().ino();
    symlink("real", folder.join("link")).unwrap();
    symlink("later", folder.join("dangling")).unwrap();
    for (at, name, there) in [
        (".", "link", "real"),
        (".", "link/", "real"),
        ("real", ".", "real"),
        ("real", "../link", "real"),
        (".", "dangling", "later"),
        (".", "a/b/site", "a/b/site"),
        (".", "./new/", "new"),
    ] {
        done(&folder, &format!("cd {at} && tlevel report \"$MAP\" --exact -o {name} && ls > /dev/null"));
        assert!(folder.join(there).join("index.html").is_file(), "{name}");
    }
    assert!(fs::symlink_metadata(folder.join("link")).unwrap().is_symlink());
    let data = fs::metadata(folder.join("real")).unwrap();
    assert_eq!((data.ino(), data.mode() & 0o777), (inode, 0o750));
}

#[test]
fn a_folder_that_holds_an_input_is_refused() {
    let folder = folder("folder-input");
    done(&folder, "tlevel report \"$MAP\" --exact -o site");
    fs::copy(MAP, folder.join("site/map.json")).unwrap();
    symlink("site/map.json", folder.join("link.json")).unwrap();
    for map in ["site/map.json", "link.json", "- < link.json"] {
        let line = format!("tlevel report {map} --exact -o site");
        if map.starts_with('-') {
            done(&folder, &line); // its origin is not known, and it is kept
            continue;
        }
        let said = refused(&folder, &line);
        assert_eq!(said, format!("error: site: holds {map}, which this command reads; give another folder to write\n"));
    }
    assert_eq!(fs::read(folder.join("site/map.json")).unwrap(), fs::read(MAP).unwrap());
    for (name, expected) in [
        ("link.json", "link.json: is a file; give a folder to write"),
        ("/dev/null", "/dev/null: is not a folder; give a folder to write"),
        (".", ".: holds files that this command did not write; give an empty folder, or a new one"),
    ] {
        assert_eq!(refused(&folder, &format!("tlevel report -o {name}")), format!("error: {expected}\n"));
    }
}

#[test]
fn a_read_only_folder_or_page_is_refused() {
    let folder = folder("folder-mode");
    done(&folder, "tlevel report \"$MAP\" --exact -o site");
    let page = folder.join("site/index.html");
    fs::set_permissions(&page, Permissions::from_mode(0o444)).unwrap();
    let said = refused(&folder, "tlevel report \"$MAP\" --exact -o site");
    assert!(said.ends_with("site/index.html: is read-only; allow writing to it first (chmod u+w)\n"), "{said}");
    fs::set_permissions(&page, Permissions::from_mode(0o600)).unwrap();
    done(&folder, "tlevel report \"$MAP\" --exact -o site");
    assert_eq!(mode(&page), 0o600);
    fs::set_permissions(folder.join("site"), Permissions::from_mode(0o555)).unwrap();
    let said = refused(&folder, "tlevel report \"$MAP\" --exact -o site");
    assert!(said.contains("site: is read-only"), "{said}");
    fs::set_permissions(folder.join("site"), Permissions::from_mode(0o755)).unwrap();
}
