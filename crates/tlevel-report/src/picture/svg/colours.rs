//! The colours of pictures.

/// Twelve colours for groups.
///
/// Each has a contrast of at least 4.5:1 with white (WCAG 2.2, level AA), as text
/// on white or behind white text. Any two differ by at least 0.079 in Oklab, for
/// eyes with and without protanopia, deuteranopia and tritanopia. Always add a
/// number or letter to the colour: most people cannot name twelve colours.
pub const PALETTE: [&str; 12] = [
    "#286888", "#e80800", "#587810", "#3828b0", "#c80098", "#604010", "#0070d8", "#404048", "#805050", "#002068",
    "#481800", "#0038e8",
];

/// Nine blues from light to dark, each darker than the one before it.
pub const SEQUENCE: [&str; 9] =
    ["#e6f9ff", "#b0dffb", "#7fc3f1", "#55a6e2", "#3788cd", "#256bb1", "#1f4f8e", "#1b3666", "#14203c"];

/// Texts and strong lines.
pub const INK: &str = "#1a1a1a";
/// Quiet texts and lines; 7:1 with white.
pub const QUIET: &str = "#555555";
/// Lines of a grid, behind the data.
pub const GRID: &str = "#dddddd";
/// Outlines that are visible on the lightest and the darkest of [`SEQUENCE`].
pub const OUTLINE: &str = "#d65f00";
