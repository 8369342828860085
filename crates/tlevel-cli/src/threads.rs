//! As many threads as there are cores, or one where no more can be had.

/// Starts the threads that share long work. Where the computer gives none (limits of a
/// container, little memory), the one that runs does all the work.
pub(crate) fn start() {
    #[cfg(feature = "parallel")]
    {
        use rayon::ThreadPoolBuilder;

        // tried first: the threads for all work can be asked for only once
        let can = ThreadPoolBuilder::new().build().is_ok();
        let threads = ThreadPoolBuilder::new();
        let threads = if can { threads } else { threads.num_threads(1).use_current_thread() };
        drop(threads.build_global());
    }
}
