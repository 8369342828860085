//! Results, to standard output or to files, without ever destroying anything.
//!
//! A command names what it reads and gets its outputs from [`Files`] before it does
//! any work. An output is refused if the command reads it, if it is given twice, or
//! if it is read-only. What is at its path, with links followed, decides how it is
//! written:
//!
//! | At the path | Action |
//! |---|---|
//! | nothing | writes a file next to it, which gets its name when it is complete |
//! | a file | the same; the file keeps its mode and owner |
//! | a file with several names (hard links), or whose owner cannot be kept | writes the new content next to it, then copies it into the file: the part that makes it longer first, so a full disk leaves the old content |
//! | a device, a pipe, a stream of this process (`/dev/stdout`, `/dev/fd/N`) | writes straight to it |

mod files;
mod folder;
mod json;
mod place;
mod replace;
use files::unwritable;
pub(crate) use files::{Files, Output, Sink};
pub(crate) use folder::Folder;
pub(crate) use json::{JsonList, json};
