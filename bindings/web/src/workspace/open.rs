//! Reading a map, the findings, what the file is.

use serde::Serialize;
use tlevel::check::Rejected;
use tlevel_exchange::Read;

use super::Workspace;
use crate::{Answer, Failure, join, output, stages};

/// The map that the command line carries, too.
const BUNDLED: &[u8] = include_bytes!("../../../../fixtures/maps/england.json");

/// The stages of opening, in order.
const STAGES: [&str; 5] = ["reading", "checking", "joining", "topics", "deriving"];

#[derive(Serialize)]
struct Info<'m> {
    name: &'m str,
    title: Option<&'m str>,
    published: Option<&'m str>,
    source: Option<&'m str>,
    url: Option<&'m str>,
    licence: Option<&'m str>,
    attribution: Option<&'m str>,
    occupations: usize,
    statements: usize,
    routes: usize,
    pathways: usize,
    clusters: usize,
    set_aside: usize,
}

impl Workspace {
    /// Opens a map; without bytes, the bundled one. `progress` is told each stage, how
    /// many are done, and how many there are.
    ///
    /// # Errors
    ///
    /// What is not a map, or has no record that can be used: `no map`.
    pub fn open(bytes: Option<Vec<u8>>, name: &str, mut progress: impl FnMut(&str, usize, usize)) -> Answer<Workspace> {
        let mut stage = |stage: &'static str| {
            progress(stage, STAGES.iter().position(|of| *of == stage).unwrap_or_default(), STAGES.len());
        };
        stage("reading");
        let bytes = bytes.unwrap_or_else(|| BUNDLED.to_vec());
        let Read { map: raw, places, .. } = join::opened(&bytes, name)?;
        stage("checking");
        let checked = tlevel::check(raw).map_err(|rejected| {
            let Rejected { findings, .. } = &rejected;
            let first = findings.first().map(|finding| format!("; first: {}", finding.message));
            Failure::new(format!("{rejected}{}", first.unwrap_or_default()))
        })?;
        let findings = stages::located(Some(&checked.map), checked.findings, &places, &bytes);
        drop(places);
        // a large file need not be kept while statements are joined
        drop(bytes);
        let opened = Workspace::begin(name.to_owned(), checked.map, findings, &mut stage)?;
        progress("ready", STAGES.len(), STAGES.len());
        Ok(opened)
    }

    /// What the file is, and how much it holds.
    ///
    /// # Errors
    ///
    /// None.
    pub fn info(&self) -> Answer<String> {
        let (map, raw) = (&self.map, self.map.raw());
        let source = raw.source.as_ref();
        output::line(&Info {
            name: &self.name,
            title: map.title(),
            published: raw.published.as_deref(),
            source: source.and_then(|source| source.name.as_deref()),
            url: source.and_then(|source| source.url.as_deref()),
            licence: source.and_then(|source| source.licence.as_deref()),
            attribution: source.and_then(|source| source.attribution.as_deref()),
            occupations: map.occupations().len(),
            statements: map.statements().len(),
            routes: map.routes().len(),
            pathways: map.pathways().len(),
            clusters: map.clusters().len(),
            set_aside: map.set_aside().len(),
        })
    }

    /// What the rules found, as `tlevel check --format json`.
    ///
    /// # Errors
    ///
    /// None.
    pub fn findings(&self) -> Answer<String> {
        output::json(&self.findings)
    }
}
