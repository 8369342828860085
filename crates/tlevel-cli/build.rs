//! Embeds the page of the workbench, compressed, if it was built.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rustc-check-cfg=cfg(has_workbench)");
    println!("cargo::rerun-if-changed=build.rs");
    // the folder is always there: a missing file would build the program each time
    println!("cargo::rerun-if-changed=page");
    let (Some(root), Some(out)) = (env::var_os("CARGO_MANIFEST_DIR"), env::var_os("OUT_DIR")) else { return };
    let Ok(page) = fs::read(Path::new(&root).join("page/workbench.html")) else { return };
    let compressed = miniz_oxide::deflate::compress_to_vec(&page, 9);
    fs::write(PathBuf::from(out).join("workbench.deflate"), compressed).expect("the folder for it can be written");
    println!("cargo::rustc-cfg=has_workbench");
}
