//! Comparison of texts and names. None of these forms is ever shown to people,
//! who see the verbatim text.
//!
//! Five forms, from strict to loose:
//!
//! | Form | Made by | Question |
//! |---|---|---|
//! | normal form | [`normal_form`] | are two statements worded the same? |
//! | name key | [`name_key`] | is this the same route, pathway or cluster, spelt another way? |
//! | title key | [`title_key`] | is this the same title, in the plural or written as one word? |
//! | terms | [`Stems`] | do two statements say something similar? |
//! | nearness | [`nearly_same`], [`closest`] | is this a misspelling, and of what? |

mod abbreviations;
mod fingerprint;
mod function_words;
mod level;
mod likeness;
mod nearness;
mod normal;
mod placeholder;
mod relatives;
mod short_title;
mod spelling;
mod spellings;
mod terms;
mod title_key;
mod unused;
mod word_list;
mod words;

pub(crate) use abbreviations::{in_full, with_words};
pub use fingerprint::fingerprint_bytes;
pub(crate) use fingerprint::{fingerprint, text_hash};
pub(crate) use function_words::is_function_word;
pub use level::level_number;
pub(crate) use likeness::WordBag;
pub(crate) use nearness::keys_nearly_same;
pub use nearness::{DidYouMean, closest, nearly_same};
pub(crate) use normal::sketch;
pub use normal::{name_key, normal_form, slug};
pub use placeholder::{is_placeholder, says_something};
pub(crate) use relatives::roots;
pub(crate) use short_title::capitalised;
pub use short_title::short_title;
pub(crate) use spelling::{meant, shorter, swapped};
pub(crate) use spellings::other_spelling;
pub use terms::{Stems, Term};
pub use title_key::title_key;
pub(crate) use title_key::without_brackets;
pub(crate) use unused::unused;
pub use word_list::WordList;
pub(crate) use words::Words;
