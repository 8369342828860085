//! Indexes as bytes: the name of the format, its version, a checksum, and the
//! index itself, in that order. Numbers are little-endian; the index is in the
//! wire format of postcard.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::calibration::Calibration;
use super::error::VERSION;
use super::meaning_of::MeaningOf;
use super::member::Member;
use super::placer::{Cluster, Placer};
use super::reading::Reading;
use super::saved_terms::SavedTerms;
use super::{IndexError, TitleList, terms::Terms};
use crate::meaning::{Vectors, WordTable};
use crate::text::fingerprint_bytes;

const NAME: &[u8; 12] = b"tlevel-place";
/// The name, the version and the checksum.
const HEAD: usize = NAME.len() + 4 + 8;

#[derive(Serialize, Deserialize)]
struct Saved {
    terms: SavedTerms,
    clusters: Vec<Cluster>,
    members: Vec<Member>,
    meaning: Option<SavedMeaning>,
    calibration: Calibration,
    least: f64,
    titles: TitleList,
}

/// A table of words as bytes, or a caller's vectors by id.
#[derive(Serialize, Deserialize)]
enum SavedMeaning {
    Table(Vec<u8>),
    Own(Vec<(String, Vec<f32>)>),
}

impl SavedMeaning {
    fn of(meaning: &MeaningOf) -> Self {
        match meaning {
            MeaningOf::Table(table) => SavedMeaning::Table(table.to_bytes()),
            MeaningOf::Own(vectors) => {
                SavedMeaning::Own(vectors.iter().map(|(id, v)| (id.to_owned(), v.values().to_vec())).collect())
            }
        }
    }

    fn load(self) -> Result<MeaningOf, IndexError> {
        match self {
            SavedMeaning::Table(bytes) => WordTable::from_bytes(&bytes).map(|table| MeaningOf::Table(Arc::new(table))),
            SavedMeaning::Own(rows) => Vectors::new(rows).map(|vectors| MeaningOf::Own(Arc::new(vectors))),
        }
        .map_err(|_| IndexError::Broken("its table of words"))
    }
}

impl Placer {
    /// Returns the index as bytes, for [`Placer::load`]. The same index gives
    /// the same bytes.
    ///
    /// # Complexity
    ///
    /// `O(t log t)` in the terms of all occupations.
    pub fn save(&self) -> Vec<u8> {
        let saved = Saved {
            terms: self.terms.saved(),
            clusters: self.clusters.to_vec(),
            members: self.members.iter().map(|member| Member::clone(member)).collect(),
            meaning: self.meaning.as_ref().map(SavedMeaning::of),
            calibration: self.calibration,
            least: self.least,
            titles: self.titles.clone(),
        };
        // nothing in it can fail to be written to memory
        let content = postcard::to_stdvec(&saved).unwrap_or_default();
        let mut bytes = Vec::with_capacity(HEAD + content.len());
        bytes.extend(NAME);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(fingerprint_bytes(&content).to_le_bytes());
        bytes.extend(content);
        bytes
    }

    /// Returns the placer whose index [`Placer::save`] wrote. Its answers are
    /// the same, to the bit.
    ///
    /// # Errors
    ///
    /// [`IndexError`] for any other bytes: `b"{}"` is not an index.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::place::{NewOccupation, Placer};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let placer = Placer::new(&map);
    /// let bytes = placer.save();
    /// let loaded = Placer::load(&bytes)?;
    /// let roofer = NewOccupation::titled("Roofer");
    /// assert_eq!(loaded.suggest(&roofer, 5), placer.suggest(&roofer, 5));
    /// assert!(Placer::load(&bytes[..1_000]).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(t log t)` in the terms of all occupations; nothing is learnt again.
    pub fn load(bytes: &[u8]) -> Result<Placer, IndexError> {
        let rest = bytes.strip_prefix(NAME).ok_or(IndexError::NotAnIndex)?;
        let (version, rest) = rest.split_first_chunk::<4>().ok_or(IndexError::Damaged)?;
        let version = u32::from_le_bytes(*version);
        if version != VERSION {
            return Err(IndexError::Version(version));
        }
        let (checksum, content) = rest.split_first_chunk::<8>().ok_or(IndexError::Damaged)?;
        if u64::from_le_bytes(*checksum) != fingerprint_bytes(content) {
            return Err(IndexError::Damaged);
        }
        let saved: Saved = postcard::from_bytes(content).map_err(|_| IndexError::Broken("its parts"))?;
        let terms = Terms::load(saved.terms).ok_or(IndexError::Broken("its terms"))?;
        let meaning = saved.meaning.map(SavedMeaning::load).transpose()?;
        let dimensions = meaning.as_ref().map_or(0, MeaningOf::dimensions);
        let is_sound = |member: &Member| {
            member.cluster < saved.clusters.len()
                && member.band < 3
                && member.length.is_finite()
                && member.vector.is_sound(terms.len(), dimensions)
        };
        if !saved.members.iter().all(is_sound) {
            return Err(IndexError::Broken("its occupations"));
        }
        if !saved.calibration.is_sound() || !saved.least.is_finite() {
            return Err(IndexError::Broken("its calibration"));
        }
        let members = saved.members.into_iter().map(Arc::new).collect();
        let mut placer = Placer::of(terms, Arc::new(saved.clusters), members, meaning, &mut Reading::default());
        (placer.calibration, placer.least) = (saved.calibration, saved.least);
        Ok(if saved.titles.is_empty() { placer } else { placer.with_titles(&saved.titles).0 })
    }
}
