//! Items in the order of their tree.

/// Returns the numbers of items in the order of their tree, each with the new number
/// of its parent: an item comes after its parent and before that one's next child.
/// Siblings are sorted by rank, then by number.
///
/// # Errors
///
/// The number of an item that is above itself.
pub(crate) fn arrange(above: &[Option<usize>], rank: &[i64]) -> Result<Vec<(usize, Option<usize>)>, usize> {
    let mut order: Vec<(i64, usize)> = rank.iter().copied().zip(0..).collect();
    order.sort_unstable();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); above.len()];
    let mut stack: Vec<(usize, Option<usize>)> = Vec::new();
    // the last first, as a stack wants them
    for &(_, item) in order.iter().rev() {
        match above[item] {
            Some(parent) => children[parent].push(item),
            None => stack.push((item, None)),
        }
    }
    let mut arranged = Vec::with_capacity(above.len());
    let mut is_seen = vec![false; above.len()];
    while let Some((item, parent)) = stack.pop() {
        is_seen[item] = true;
        let number = arranged.len();
        arranged.push((item, parent));
        stack.extend(children[item].iter().map(|child| (*child, Some(number))));
    }
    is_seen.iter().position(|seen| !seen).map_or(Ok(arranged), Err)
}
