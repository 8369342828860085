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
    let run = |part: &[T]| -> Vec<R> {
        let mut scratch = scratch();
        part.iter().map(|item| work(&mut scratch, item)).collect()
    };
    #[cfg(feature = "parallel")]
    if list.len() >= 2 * at_once {
        use std::sync::Mutex;

        let size = at_once.max(list.len().div_ceil(PARTS * rayon::current_num_threads())).max(1);
        let found: Vec<Mutex<Vec<R>>> = list.chunks(size).map(|_| Mutex::default()).collect();
        on_threads(found.len(), &|part| {
            let own = run(&list[part * size..list.len().min((part + 1) * size)]);
            if let Ok(mut place) = found[part].lock() {
                *place = own;
            }
        });
        return found.into_iter().flat_map(|own| own.into_inner().unwrap_or_default()).collect();
    }
    #[cfg(not(feature = "parallel"))]
    let _ = at_once;
    run(list)
}

/// How many parts a thread has at least, so that none waits long for another's last.
#[cfg(feature = "parallel")]
const PARTS: usize = 16;

/// Calls `work` with each number below `parts`, on several threads. Not generic: the
/// library of threads is compiled once, not for each kind of work.
#[cfg(feature = "parallel")]
fn on_threads(parts: usize, work: &(dyn Fn(usize) + Sync)) {
    use rayon::prelude::*;

    (0..parts).into_par_iter().with_max_len(1).for_each(work);
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn results_are_in_order_and_each_run_has_a_scratch_of_its_own() {
        for (many, at_once) in [(0, 1), (1, 1), (2, 1), (7, 4), (8, 4), (1_000, 1), (1_001, 64), (5, 0)] {
            let list: Vec<usize> = (0..many).collect();
            let found = each(&list, at_once, Vec::new, |seen: &mut Vec<usize>, item| {
                seen.push(*item);
                (*item, seen.len())
            });
            assert_eq!(found.iter().map(|(item, _)| *item).collect::<Vec<_>>(), list);
            // a run begins with an empty scratch and is no shorter than asked, but for the last
            let starts: Vec<usize> = (0..many).filter(|&i| found[i].1 == 1).collect();
            assert_eq!(starts.first().copied(), (many > 0).then_some(0));
            assert!(starts.windows(2).all(|two| two[1] - two[0] >= at_once), "{starts:?}");
        }
    }
}
