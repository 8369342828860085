//! Writes the JavaScript around the WebAssembly: `tlevel-bindgen INPUT.wasm FOLDER`.
//!
//! What the program `wasm-bindgen` does with `--target web`, by its library: built in
//! much less time, because that program can also run tests and serve pages.

use std::error::Error;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(input), Some(folder), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("give the file of WebAssembly and the folder to write to".into());
    };
    let mut bindgen = Bindgen::new();
    bindgen.input_path(input).web(true)?.typescript(true).out_name("tlevel").omit_default_module_path(false);
    bindgen.remove_name_section(true).remove_producers_section(true).generate(folder)?;
    Ok(())
}
