//! A screening as Markdown: everything, in headings and lists.

use super::consultation_words::{Sheet, sheet};
use super::difference_words::{effect_sections, name_of};
use super::markdown_page::{MarkdownPage, escape};
use tlevel::consult::ScreeningReport;

/// Writes a screening as Markdown (`CommonMark`): as
/// [`consultation_text`](super::consultation_text()), with everything listed.
/// Texts of the map and of responses are escaped: they cannot become markup.
///
/// # Examples
///
/// ```
/// use tlevel::consult::Consultation;
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report as write;
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../fixtures/maps/consultation.json"))?)?.map;
/// let concepts = Concepts::exact(&map);
/// let consultation = Consultation::new(&map, &concepts, &Policy::t_level())?;
/// let markdown = write::consultation_markdown(&consultation.report(consultation.gaps()));
/// assert!(markdown.starts_with("# Occupations without a standard\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn consultation_markdown(report: &ScreeningReport) -> String {
    let mut out = MarkdownPage::new();
    let sheet = sheet(&report.screening, true);
    out.line(&format!("# {}", escape(&sheet.title)));
    out.blank();
    out.line(&format!("- Map: {}", escape(&name_of(&report.map))));
    out.line(&format!("- Policy: {}", escape(&report.policy)));
    if let Some(attribution) = &report.map.attribution {
        out.line(&format!("- Source: {}", escape(attribution)));
    }
    out.blank();
    out.sheet(&sheet, "##");
    for behind in &sheet.behind {
        out.heading(&format!("## {}: {}", escape(&behind.title), escape(&behind.right)));
        out.sheet(behind, "###");
    }
    out.finish()
}

impl MarkdownPage {
    /// A sheet whose parts have headings of that depth.
    fn sheet(&mut self, sheet: &Sheet<'_>, depth: &str) {
        sheet.lead.iter().for_each(|line| self.line(&format!("- {}", escape(line))));
        for part in &sheet.parts {
            let many = if part.right.is_empty() { String::new() } else { format!(" ({})", part.right) };
            self.heading(&format!("{depth} {}{many}", escape(&part.title)));
            for line in &part.lines {
                self.line(&escape(line));
                self.blank();
            }
            for entry in &part.entries {
                self.line(&format!("- {}", escape(&entry.head)));
                for (first, text) in &entry.lines {
                    self.line(&format!("  - {}: {}", escape(first.trim()), escape(text)));
                }
            }
            let Some(effect) = part.effect else { continue };
            effect_sections(effect).iter().for_each(|line| self.line(&escape(line)));
            effect.programmes.iter().for_each(|programme| self.programme_effect(programme));
        }
    }
}
