//! The bundled fonts, for formats that need one: `DejaVu` Sans with the letters of
//! European languages in Latin script.

pub(super) const REGULAR: &[u8] = include_bytes!("fonts/DejaVuSans-Latin.ttf");
pub(super) const BOLD: &[u8] = include_bytes!("fonts/DejaVuSans-Bold-Latin.ttf");
