//! The formats that `convert` writes, and what it writes in them.

use std::path::Path;

use clap::ValueEnum;

use crate::Stop;

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// Our own
    #[value(alias = "json")]
    Native,
    /// CASE 1.1
    #[value(alias = "case-1.1")]
    Case,
    /// CASE 1.0
    #[value(name = "case-1.0")]
    Case10,
    /// CTDL-ASN in JSON-LD
    #[value(name = "ctdl-asn", alias = "ctdl")]
    CtdlAsn,
    /// SKOS in JSON-LD
    Skos,
    /// ESCO's tables, in a folder
    Esco,
    /// Burmeister's context table
    Cxt,
    /// A tidy table
    Csv,
    /// A tidy table with types
    Parquet,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    /// The map
    Map,
    /// Concepts, and the topics over them
    Concepts,
    /// Topics
    Topics,
    /// Programmes
    Programmes,
}

impl Target {
    /// The format that a file's ending is usual for.
    pub(crate) fn of_ending(path: &Path) -> Result<Target, Stop> {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        match ending.as_deref() {
            Some("cxt") => Ok(Target::Cxt),
            Some("csv") => Ok(Target::Csv),
            Some("jsonld") => {
                let name = path.display();
                Err(Stop::new(format!("{name}: JSON-LD may be SKOS or CTDL-ASN; add --to skos or --to ctdl-asn")))
            }
            Some("parquet") => Ok(Target::Parquet),
            _ => Ok(Target::Native),
        }
    }

    /// What it is called in messages.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Target::Native => "The native format",
            Target::Case => "CASE 1.1",
            Target::Case10 => "CASE 1.0",
            Target::CtdlAsn => "CTDL-ASN",
            Target::Skos => "SKOS",
            Target::Esco => "ESCO's form",
            Target::Cxt => "A context table",
            Target::Csv | Target::Parquet => "A table",
        }
    }

    /// What is written in it unless something else is asked for.
    pub(crate) fn usual(self) -> What {
        match self {
            Target::Skos | Target::Esco | Target::Cxt => What::Concepts,
            _ => What::Map,
        }
    }

    /// Whether that can be written in it.
    pub(crate) fn fits(self, what: What) -> Result<(), Stop> {
        let is_fit = match self {
            Target::Native => matches!(what, What::Map | What::Topics),
            Target::Esco => what == What::Concepts,
            Target::Cxt => matches!(what, What::Concepts | What::Topics),
            Target::Case | Target::Case10 | Target::CtdlAsn | Target::Skos | Target::Csv | Target::Parquet => true,
        };
        if is_fit {
            return Ok(());
        }
        Err(Stop::new(match self {
            Target::Native => {
                "--what: the native format holds a map or topics; for concepts use tlevel harmonise --format json, \
                 and for programmes tlevel derive --format json"
            }
            Target::Esco => "--what: ESCO's tables hold concepts; leave --what out",
            _ => "--what: a context table shows concepts or topics of occupations",
        }))
    }
}
