//! Personal details in free text, and their replacement.
//!
//! | Details | How they are found |
//! |---|---|
//! | e-mail and web addresses | by their form; those of public bodies (`gov.uk`) stay |
//! | names of respondents and organisations | by the cells of all rows: whole in any case, in part where a capital shows that it is a name |
//! | names that the text introduces | after a title, in a signature, after "my name is", before "says" |
//! | other names | common first names, with the surname after them; two words with capitals that no text writes without |
//! | telephone, National Insurance, NHS and passport numbers, postcodes, streets | by their form |
//! | dates of birth | after "born" or "date of birth" |
//!
//! What is not found: a rare first name alone of somebody who is no respondent, and what
//! only the context gives away. Any number of nine or ten digits is taken for one of a
//! person. A person must read a text before it is published.

mod addresses;
mod introduced;
mod learnt;
mod left_out;
mod lists;
mod numbers;
mod words;

pub(crate) use learnt::Names;
