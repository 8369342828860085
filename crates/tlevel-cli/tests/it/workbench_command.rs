//! The page of the workbench: written whole if the program carries it, and otherwise a
//! message that says how to build it. Files of others stay.

use std::path::Path;

use crate::program::{folder, stops, tlevel};

/// The page that a build carries.
fn page() -> Option<Vec<u8>> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("page/workbench.html")).ok()
}

#[test]
fn the_page_is_written_or_the_message_says_how_to_build_it() {
    let folder = folder("workbench");
    let path = folder.join("workbench.html");
    let name = path.to_str().expect("UTF-8");
    let output = tlevel(&["workbench", "-o", name]);
    let Some(page) = page() else {
        assert_eq!(
            stops(&output),
            "error: this program was built without the page of the workbench; build the page with \
             `bindings/web/build`, then the program with `cargo build --release -p tlevel-cli`\n"
        );
        assert!(!path.exists());
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let written = std::fs::read(&path).expect("is written");
    assert!(written.starts_with(&page), "the page comes first, as it was built");
    // its own page is replaced, an edited one is not
    assert!(tlevel(&["workbench", "-o", name]).status.success());
    let edited = [&written[..], b"<!-- my notes -->\n"].concat();
    std::fs::write(&path, &edited).expect("is written");
    let message = stops(&tlevel(&["workbench", "-o", name])).to_owned();
    assert_eq!(
        message,
        format!(
            "error: {name}: someone has edited this file, or this command did not write it; give another name, or \
             --force to replace it\n"
        )
    );
    assert_eq!(std::fs::read(&path).expect("is there"), edited);
    assert!(tlevel(&["workbench", "-o", name, "--force"]).status.success());
    assert_eq!(std::fs::read(&path).expect("is there"), written);
}

#[test]
fn a_folder_is_not_a_file() {
    let folder = folder("workbench-folder");
    let output = tlevel(&["workbench", "-o", folder.to_str().expect("UTF-8")]);
    assert!(stops(&output).ends_with(": is a directory; give a file to write\n"));
}
