//! Why nothing could be derived.

/// Why nothing could be derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The concepts group the statements of another map.
    #[error("the concepts were made for another map; make them again for this one")]
    OtherMap,
    /// The policy shares topics, and the concepts have none:
    /// `derive(&map, &Concepts::exact(&map), &policy)` with `"share": "topic"`.
    #[error("the policy shares topics, and the concepts have none; assign topics first, or share statements")]
    NoTopics,
}
