//! Work on each of many things: with the feature `parallel` on several threads, else one
//! after the other.

/// The results of `work` for each, in their order, the same whatever the threads. Each
/// thread has a scratch of its own for a run of at least `at_once` things: few, if a
/// scratch costs more than the work on one of them. What is too few for two threads stays
/// in the caller's.
pub(crate) fn each<T: Sync, S, R: Send>(
    list: &[T],
    at_once: usize,
    scratch: impl Fn() -> S + Sync + Send,
    work: impl Fn(&mut S, &T) -> R + Sync + Send,
) -> Vec<R> {
    #[cfg(feature = "parallel")]
    if list.len() >= 2 * at_once {
        use rayon::prelude::*;
        return list.par_iter().with_min_len(at_once).map_init(scratch, work).collect();
    }
    #[cfg(not(feature = "parallel"))]
    let _ = at_once;
    let mut scratch = scratch();
    list.iter().map(|item| work(&mut scratch, item)).collect()
}
