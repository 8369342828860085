//! A user's own Word file as the template of others.

mod error;
mod merge;
mod package;
mod section;

use std::collections::BTreeMap;

pub use error::TemplateError;
use package::{Package, Relationship, relationships_of};
use section::Section;

pub(super) use merge::{numbering, restyled, styles};

/// The least width of the text, in twentieths of a point: 8 cm.
const NARROWEST: i64 = 4_536;
/// The least height of the text: 8 cm too.
const LOWEST: i64 = 4_536;

/// A Word file whose look others take over: its styles, its headers and footers with
/// their pictures, its theme, its page and its margins. Its text is left out.
///
/// A style counts by its name, which is the same in every language of Word: `heading 1`
/// is the style for main headings, `Table Grid` that of tables. A style that the file
/// lacks is added, and follows its style for plain text.
///
/// # Examples
///
/// ```
/// use tlevel_report::{document::Document, export};
///
/// // any Word file is a template
/// let corporate = export::docx(&Document::new("Our house style"))?;
/// let template = export::Template::read(&corporate)?;
/// let draft = export::docx_in(&Document::new("Onsite construction"), &template)?;
/// assert_eq!(draft, export::docx_in(&Document::new("Onsite construction"), &template)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Template {
    /// The parts that are taken over as they are, by name.
    pub(super) parts: BTreeMap<String, Vec<u8>>,
    /// Their content types.
    pub(super) types: BTreeMap<String, String>,
    /// What the document refers to: an id, a kind and a part.
    pub(super) related: Vec<(String, String, String)>,
    pub(super) styles: String,
    pub(super) numbering: Option<String>,
    /// The page, the margins, and the headers and footers.
    pub(super) section: String,
    /// Whether odd and even pages have headers of their own.
    pub(super) has_even: bool,
    /// The width and the height of the text, in twentieths of a point.
    pub(super) text: [usize; 2],
}

impl Template {
    /// Reads a template: a Word file (`.docx`) or template (`.dotx`).
    ///
    /// # Errors
    ///
    /// [`TemplateError`]: the file is no Word file, has macros or embedded objects,
    /// needs files outside of it, is damaged, or is larger than 20 MB or 64 MB
    /// unpacked.
    ///
    /// # Examples
    ///
    /// ```
    /// let error = tlevel_report::export::Template::read(b"a letter").unwrap_err();
    /// assert_eq!(error.to_string(), "is no Word file; give a .docx or .dotx file");
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)` in the size of the file, unpacked.
    pub fn read(bytes: &[u8]) -> Result<Self, TemplateError> {
        let package = Package::open(bytes)?;
        let main = package.document()?;
        let section = Section::of(&package.text(&main)?, &main)?;
        let text = section.text();
        if text[0] < NARROWEST || text[1] < LOWEST {
            return Err(TemplateError::NoRoom);
        }
        let related = relationships_of(&package, &main)?;
        let mut kept = Kept {
            package: &package,
            template: Template {
                parts: BTreeMap::new(),
                types: BTreeMap::new(),
                related: Vec::new(),
                styles: String::new(),
                numbering: None,
                section: String::new(),
                has_even: false,
                text: text.map(|twips| usize::try_from(twips).unwrap_or(0)),
            },
        };
        let mut ids = BTreeMap::new();
        for of in &related {
            match of.kind.rsplit('/').next().unwrap_or_default() {
                "styles" => kept.template.styles = package.checked(&of.target)?,
                "numbering" => kept.template.numbering = Some(package.checked(&of.target)?),
                "theme" => {
                    kept.keep(of)?;
                }
                "header" | "footer" if section.refers_to(&of.id) => {
                    let id = kept.keep(of)?;
                    ids.insert(of.id.clone(), id);
                }
                "settings" => kept.template.has_even = package.checked(&of.target)?.contains("evenAndOddHeaders"),
                _ => {}
            }
        }
        if kept.template.styles.is_empty() {
            return Err(TemplateError::Damaged {
                part: "word/styles.xml".to_owned(),
                reason: "it is missing".to_owned(),
            });
        }
        kept.template.section = section.written(&ids);
        Ok(kept.template)
    }
}

/// The parts that are taken over, as they are found.
struct Kept<'p> {
    package: &'p Package,
    template: Template,
}

impl Kept<'_> {
    /// Keeps a part of the document, and all that it refers to; returns its new id.
    fn keep(&mut self, of: &Relationship) -> Result<String, TemplateError> {
        let id = format!("rIdTemplate{}", self.template.related.len() + 1);
        self.part(&of.target, &of.kind)?;
        self.template.related.push((id.clone(), of.kind.clone(), of.target.clone()));
        Ok(id)
    }

    fn part(&mut self, first: &str, kind: &str) -> Result<(), TemplateError> {
        let mut open = vec![(first.to_owned(), kind.to_owned())];
        while let Some((name, kind)) = open.pop() {
            if self.template.parts.contains_key(&name) {
                continue;
            }
            let kind = kind.rsplit('/').next().unwrap_or_default();
            if !package::PLAIN.contains(&kind) {
                return Err(TemplateError::Embedded { part: name });
            }
            let is_xml = kind != "image";
            let bytes = if is_xml {
                package::no_fetching_fields(&name, &self.package.checked(&name)?)?.into_bytes()
            } else {
                self.package.bytes(&name)?.to_vec()
            };
            self.template.types.insert(name.clone(), self.package.type_of(&name));
            self.template.parts.insert(name.clone(), bytes);
            let related = relationships_of(self.package, &name)?;
            if !related.is_empty() {
                let (own, list) = package::written(&name, &related)?;
                self.template.parts.insert(own, list.into_bytes());
                let inside = related.into_iter().filter(|of| !of.is_external);
                open.extend(inside.map(|of| (of.target, of.kind)));
            }
        }
        Ok(())
    }
}
