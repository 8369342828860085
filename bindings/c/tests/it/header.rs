//! `include/tlevel.h` is what cbindgen writes from the sources.
//!
//! `TLEVEL_UPDATE=1 cargo test -p tlevel-c --test it header` writes it again.

use std::path::Path;
use std::{env, fs};

#[test]
fn the_header_is_that_of_the_sources() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = cbindgen::Config::from_file(folder.join("cbindgen.toml")).unwrap();
    let sources = ["src/fault.rs", "src/abi.rs"].map(|name| folder.join(name));
    let mut builder = cbindgen::Builder::new().with_config(config);
    for source in sources {
        builder = builder.with_src(source);
    }
    let mut written = Vec::new();
    builder.generate().unwrap().write(&mut written);
    let written = String::from_utf8(written).unwrap();
    let path = folder.join("include/tlevel.h");
    if env::var_os("TLEVEL_UPDATE").is_some() {
        fs::write(&path, &written).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == written,
        "include/tlevel.h is not that of the sources; write it again with\n  \
         TLEVEL_UPDATE=1 cargo test -p tlevel-c --test it header"
    );
}
