//! Stems as the words that texts have for them: people read "values", not "valu".

use std::collections::HashMap;

use tlevel::text::Stems;

/// The words of some texts by their stems.
#[derive(Default)]
pub(super) struct Spoken {
    stems: Stems,
}

impl Spoken {
    /// The first word with each stem, in lower case unless it has capitals inside.
    pub(super) fn words<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) -> Words {
        let mut words = HashMap::new();
        let is_word = |c: char| c.is_alphanumeric() || c == '\'' || c == '\u{2019}';
        let all = texts.into_iter().flat_map(|text| text.split(move |c| !is_word(c)));
        for word in all.filter(|word| !word.is_empty()) {
            if let [term] = self.stems.terms(word)[..] {
                words.entry(self.stems.stem(term.stem).to_owned()).or_insert_with(|| plain(word));
            }
        }
        Words(words)
    }
}

fn plain(word: &str) -> String {
    let has_capitals_inside = word.chars().skip(1).any(char::is_uppercase);
    if has_capitals_inside { word.to_owned() } else { word.to_lowercase() }
}

/// Words by their stems.
pub(super) struct Words(HashMap<String, String>);

impl Words {
    /// The word for a stem; what is no stem of the texts stays as it is.
    pub(super) fn of<'w>(&'w self, stem: &'w str) -> &'w str {
        self.0.get(stem).map_or(stem, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::Spoken;

    #[test]
    fn a_stem_is_shown_as_a_text_has_it() {
        let words = Spoken::default().words(["Business values, and what IT operates", "valued"]);
        let shown = ["valu", "busi", "oper", "it", "custom", "(company)"].map(|stem| words.of(stem).to_owned());
        assert_eq!(shown, ["values", "business", "operates", "IT", "custom", "(company)"]);
    }
}
