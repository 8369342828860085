//! Writes the JavaScript around the WebAssembly: `tlevel-bindgen INPUT.wasm FOLDER`.
//!
//! What the program `wasm-bindgen` does with `--target web`, by its library: built in
//! much less time, because that program can also run tests and serve pages. Beside the
//! WebAssembly stands the same packed by xz, which the page of the workbench carries:
//! a fifth smaller than by gzip, because xz looks back further.

use std::error::Error;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use lzma_rust2::{XzOptions, XzWriter};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(input), Some(folder), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("give the file of WebAssembly and the folder to write to".into());
    };
    let mut bindgen = Bindgen::new();
    bindgen.input_path(input).web(true)?.typescript(true).out_name("tlevel").omit_default_module_path(false);
    bindgen.remove_name_section(true).remove_producers_section(true).generate(&folder)?;
    let folder = Path::new(&folder);
    pack(&fs::read(folder.join("tlevel_bg.wasm"))?, &folder.join("tlevel_bg.wasm.xz"))
}

/// Writes bytes packed. Who unpacks needs 16 MB of memory for it.
fn pack(bytes: &[u8], path: &Path) -> Result<(), Box<dyn Error>> {
    let mut options = XzOptions::with_preset(9);
    options.lzma_options.dict_size = 16 << 20;
    let mut packed = XzWriter::new(File::create(path)?, options)?;
    packed.write_all(bytes)?;
    packed.finish()?.flush()?;
    Ok(())
}
