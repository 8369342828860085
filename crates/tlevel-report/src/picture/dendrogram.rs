//! A tree of merges, as a picture.

use super::axis::Axis;
use super::groups::{Groups, heading, whole_order};
use super::svg::{Anchor, Font, GRID, Path, Picture, QUIET, Style, Svg, Text};

const NAME: Font = Font { size: 11.0, bold: false };
const SMALL: Font = Font { size: 10.0, bold: false };
const MARGIN: f64 = 14.0;
/// The height of a leaf's row.
const ROW: f64 = 16.0;
/// The most room for a name.
const NAMES: f64 = 460.0;
/// The width of the tree.
const TREE: f64 = 480.0;
/// The room of the axis above the tree, and below it.
const AXIS: f64 = 34.0;
/// The fewest leaves for which the axis is also drawn below.
const TALL: usize = 40;

/// The data of a dendrogram.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dendrogram {
    /// Its name, above the tree.
    pub title: String,
    /// A description for readers who cannot see it.
    pub description: String,
    /// The points that were merged.
    pub leaves: Vec<Leaf>,
    /// The merges, each after the merges that it builds on.
    pub merges: Vec<Merge>,
}

/// A point of a dendrogram.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaf {
    /// Its name.
    pub label: String,
    /// The group that it is known to belong to, such as its official cluster;
    /// empty for none.
    pub group: String,
}

/// Two nodes that become one. Of `n` leaves, nodes below `n` are the leaves,
/// and node `n + i` is what merge `i` makes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Merge {
    /// The node that is drawn above.
    pub left: usize,
    /// The node that is drawn below.
    pub right: usize,
    /// How different the two are, from 0 up.
    pub height: f64,
}

/// Draws a dendrogram: names on the left, the tree to the right of them, and an
/// axis of heights.
///
/// Each group has a colour and a number, from 1 in the order of its first
/// occurrence among the leaves. After twelve, the colours repeat but the numbers
/// do not. A branch whose leaves are all in one group has that group's colour. A
/// negative height is drawn at 0; one that is not finite is drawn dashed at the
/// end of the axis. Invalid merges are left out, as by [`leaf_order`].
///
/// # Examples
///
/// ```
/// use tlevel_report::picture::{Dendrogram, Leaf, Merge, dendrogram};
///
/// let leaf = |label: &str, group: &str| Leaf { label: label.to_owned(), group: group.to_owned() };
/// let picture = Dendrogram {
///     title: "Three occupations".to_owned(),
///     description: "The plumber joins the heating engineer first.".to_owned(),
///     leaves: vec![leaf("Plumber", "Building services"), leaf("Midwife", "Care"), leaf("Heating engineer", "")],
///     merges: vec![Merge { left: 0, right: 2, height: 0.4 }, Merge { left: 3, right: 1, height: 0.9 }],
/// };
/// let drawn = dendrogram(&picture);
/// assert!(drawn.svg().starts_with("<svg ") && drawn.svg().contains(">Heating engineer</text>"));
/// ```
pub fn dendrogram(picture: &Dendrogram) -> Picture {
    let leaves = &picture.leaves;
    let groups = Groups::new(leaves.iter().map(|leaf| leaf.group.as_str()));
    let mut svg = Svg::new(&picture.title, &picture.description);
    if leaves.is_empty() {
        svg.text(&Text::new(MARGIN, 24.0, "There is nothing to show.").font(NAME));
        return svg.finish(240.0, 40.0);
    }
    let children = children(leaves.len(), &picture.merges);
    let order = order(leaves.len(), &children);
    let names = leaves.iter().map(|leaf| NAME.width(&leaf.label)).fold(0.0, f64::max).min(NAMES);
    let chip_left = MARGIN + names + 6.0;
    let left = chip_left + groups.chip_width() + if groups.is_empty() { 2.0 } else { 8.0 };
    let right = left + TREE;
    let width = right + MARGIN + 16.0;
    let top = heading(&mut svg, &picture.title, [MARGIN, MARGIN, width - 2.0 * MARGIN]) + AXIS;
    let bottom = top + leaves.len() as f64 * ROW;

    let heights: Vec<Option<f64>> =
        picture.merges.iter().map(|m| m.height.is_finite().then(|| m.height.max(0.0))).collect();
    let highest = heights.iter().flatten().copied().fold(0.0, f64::max);
    let axis = Axis::over(0.0, if highest > 0.0 { highest } else { 1.0 }, 6);
    draw_axis(&mut svg, &axis, [left, right, top, bottom], leaves.len() >= TALL);

    for (row, &leaf) in order.iter().enumerate() {
        let y = top + row as f64 * ROW;
        let text = Text::new(MARGIN + names, y + 12.0, &leaves[leaf].label).font(NAME);
        svg.text(&text.anchor(Anchor::End).fit(names));
        if let Some(group) = groups.of(leaf) {
            Groups::chip(&mut svg, group, [chip_left, y + 1.0, groups.chip_width(), ROW - 2.0]);
        }
    }
    let tree = Tree { heights: &heights, children: &children, order: &order };
    tree.draw(&mut svg, &groups, &axis, [left, right, top]);

    let below = bottom + if leaves.len() >= TALL { AXIS } else { 0.0 } + 12.0;
    let legend = groups.legend(&mut svg, [MARGIN, below, width - 2.0 * MARGIN]);
    svg.finish(width, below + legend + MARGIN)
}

fn draw_axis(svg: &mut Svg, axis: &Axis, [left, right, top, bottom]: [f64; 4], below: bool) {
    let middle = f64::midpoint(left, right);
    let name = "Difference where two branches join";
    let sides: &[(f64, f64)] =
        if below { &[(top - 22.0, top - 6.0), (bottom + 30.0, bottom + 14.0)] } else { &[(top - 22.0, top - 6.0)] };
    for &(name_at, figures_at) in sides {
        svg.text(&Text::new(middle, name_at, name).font(NAME).anchor(Anchor::Middle).quiet());
        for &tick in &axis.ticks {
            let x = axis.at(tick, left, right);
            let label = axis.label(tick);
            svg.text(&Text::new(x, figures_at, &label).font(SMALL).anchor(Anchor::Middle).quiet().fit(60.0));
        }
    }
    for &tick in &axis.ticks {
        let x = axis.at(tick, left, right);
        svg.line([x, top - 2.0, x, bottom + 2.0], &Style::lined(GRID, 1.0));
    }
}

struct Tree<'p> {
    /// The position of each merge; `None` if it has no value.
    heights: &'p [Option<f64>],
    children: &'p [[Option<usize>; 2]],
    order: &'p [usize],
}

/// The position of a node in the picture.
#[derive(Clone, Copy)]
struct Node {
    x: f64,
    y: f64,
    group: Purity,
}

/// Whether the leaves below a node are all in one group.
#[derive(Clone, Copy, PartialEq)]
enum Purity {
    Of(usize),
    Mixed,
}

impl Tree<'_> {
    fn draw(&self, svg: &mut Svg, groups: &Groups<'_>, axis: &Axis, [left, right, top]: [f64; 3]) {
        let mut nodes = vec![Node { x: left, y: top, group: Purity::Mixed }; self.order.len()];
        for (row, &leaf) in self.order.iter().enumerate() {
            nodes[leaf].y = top + (row as f64 + 0.5) * ROW;
            nodes[leaf].group = groups.of(leaf).map_or(Purity::Mixed, Purity::Of);
        }
        // children come before their merges, so one pass is enough
        for (&pair, height) in self.children.iter().zip(self.heights) {
            let x = height.map_or(right, |height| axis.at(height, left, right));
            let node = match pair {
                [Some(a), Some(b)] => {
                    let (a, b) = (nodes[a], nodes[b]);
                    let mut path = Path::new();
                    path.move_to(a.x, a.y).across_to(x).down_to(b.y).across_to(b.x);
                    let group = if a.group == b.group { a.group } else { Purity::Mixed };
                    svg.path(&path, &line(group, *height));
                    Node { x, y: f64::midpoint(a.y, b.y), group }
                }
                [Some(only), None] | [None, Some(only)] => {
                    let only = nodes[only];
                    svg.line([only.x, only.y, x, only.y], &line(only.group, *height));
                    Node { x, ..only }
                }
                [None, None] => Node { x: left, y: top, group: Purity::Mixed },
            };
            nodes.push(node);
        }
    }
}

/// The line of a merge, in the colour of its leaves' group if they share one.
fn line(group: Purity, height: Option<f64>) -> Style<'static> {
    let style = match group {
        Purity::Of(group) => Style::lined(Groups::colour(group), 1.75),
        Purity::Mixed => Style::lined(QUIET, 1.25),
    };
    if height.is_none() { style.dashed() } else { style }
}

/// Returns the order of the leaves in which no two lines of the tree cross.
///
/// Every number below `leaves` occurs once, whatever the merges are. A merge
/// ignores a node that does not exist yet or that another merge has taken. Separate
/// trees follow one another, the latest merge first; leaves in no merge come last.
///
/// # Examples
///
/// ```
/// use tlevel_report::picture::{Merge, leaf_order};
///
/// let merges = [Merge { left: 2, right: 0, height: 0.1 }, Merge { left: 1, right: 3, height: 0.5 }];
/// assert_eq!(leaf_order(3, &merges), [1, 2, 0]);
/// assert_eq!(leaf_order(3, &[Merge { left: 7, right: 2, height: 0.1 }]), [2, 0, 1]);
/// ```
///
/// # Complexity
///
/// Linear in leaves and merges, without recursion.
pub fn leaf_order(leaves: usize, merges: &[Merge]) -> Vec<usize> {
    order(leaves, &children(leaves, merges))
}

/// The nodes of each merge that exist and are not taken.
fn children(leaves: usize, merges: &[Merge]) -> Vec<[Option<usize>; 2]> {
    let mut free = vec![true; leaves];
    let mut out = Vec::with_capacity(merges.len());
    for merge in merges {
        let pair = [merge.left, merge.right].map(|node| {
            let there = free.get_mut(node).filter(|free| **free)?;
            *there = false;
            Some(node)
        });
        free.push(pair != [None, None]);
        out.push(pair);
    }
    out
}

fn order(leaves: usize, children: &[[Option<usize>; 2]]) -> Vec<usize> {
    let mut root = vec![true; leaves + children.len()];
    children.iter().flatten().flatten().for_each(|&child| root[child] = false);
    let mut out = Vec::with_capacity(leaves);
    // the last one pushed is visited first
    let mut stack: Vec<usize> = (leaves..root.len()).filter(|&node| root[node]).collect();
    while let Some(node) = stack.pop() {
        match node.checked_sub(leaves) {
            None => out.push(node),
            Some(merge) => stack.extend(children[merge].iter().rev().flatten()),
        }
    }
    whole_order(&out, leaves)
}
