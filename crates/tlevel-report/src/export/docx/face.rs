//! The widths of texts in Arial, the font of Word files.

/// The widths of the characters from space to `~`, in thousandths of the size.
const REGULAR: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];
/// The same of the bold face.
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
    556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
    280, 389, 584,
];

/// A size of Arial in points, and its weight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Face {
    pub(super) size: f64,
    pub(super) bold: bool,
}

impl Face {
    pub(super) fn advance(self, c: char) -> f64 {
        let ascii = |c: char| {
            let at = (c as usize).checked_sub(0x20)?;
            let of = if self.bold { &BOLD } else { &REGULAR };
            of.get(at).map(|width| f64::from(*width))
        };
        let width = match c {
            '\u{2018}' | '\u{2019}' if self.bold => 278.0,
            '\u{2018}' | '\u{2019}' => 222.0,
            '\u{201c}' | '\u{201d}' if self.bold => 500.0,
            '\u{201c}' | '\u{201d}' => 333.0,
            '\u{2014}' | '\u{2026}' => 1000.0,
            '\u{2022}' => 350.0,
            '\u{a0}' => 278.0,
            '\u{300}'..='\u{36f}' => 0.0,
            '\u{1100}'.. => 1000.0,
            c => ascii(c).unwrap_or(556.0),
        };
        width * self.size / 1000.0
    }

    pub(super) fn width(self, text: &str) -> f64 {
        text.chars().map(|c| self.advance(c)).sum()
    }

    /// The width of the longest word of a text, which may break only at spaces and
    /// after hyphens.
    pub(super) fn longest_word(self, text: &str) -> f64 {
        let words = text.split(char::is_whitespace).flat_map(|word| word.split_inclusive('-'));
        words.map(|word| self.width(word)).fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::Face;

    #[test]
    fn widths_are_those_of_the_font() {
        let regular = Face { size: 1000.0, bold: false };
        assert!((regular.width("Health and safety") - 7782.0).abs() < 1e-6, "{}", regular.width("Health and safety"));
        let bold = Face { bold: true, ..regular };
        assert!(bold.width("Health") > regular.width("Health"));
        let words = "a well-known apprenticeship";
        assert!((regular.longest_word(words) - regular.width("apprenticeship")).abs() < 1e-6);
        assert!(regular.longest_word("").abs() < 1e-6);
    }
}
