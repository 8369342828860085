//! Specifications, pictures and reports to take away.

use tlevel::map::{Route, Unit};
use tlevel::teaching::TeachingPlan;
use tlevel::topics::TopicMatrix;
use tlevel_report::document::Document;
use tlevel_report::{picture, report};

use super::Workspace;
use super::overview::programme;
use crate::{Answer, Failure, output, stages};

impl Workspace {
    /// A draft specification, in a format: `docx`, `xlsx`, `html`, `md`, `csv`, `json`.
    ///
    /// # Errors
    ///
    /// A pathway that the map does not have, or that has no programme; another format.
    pub fn spec(&mut self, pathway: &str, format: &str) -> Answer<Vec<u8>> {
        let id = self.pathway_id(pathway)?;
        self.decided()?;
        let Some(decided) = self.kept() else { return Err(Failure::new("nothing was derived")) };
        let specification = stages::specification(&self.map, self.concepts(), decided, &id, None)?;
        output::result(format, &specification, || report::specification(&specification))
    }

    /// A picture: of the `map`, a `route`, a `programme`, the `plan` of first teaching, or
    /// the `matrix` of a pathway; as `svg`, or as a document that holds it.
    ///
    /// # Errors
    ///
    /// What is not there to be drawn, and formats that the result cannot have.
    pub fn picture(&mut self, what: &str, id: &str, format: &str) -> Answer<Vec<u8>> {
        let document = match what {
            "map" => {
                let routes: Vec<Route<'_>> = self.map.routes().collect();
                self.routes(&routes)
            }
            "route" => self.routes(&[self.map.find_route(id).map_err(Failure::new)?]),
            "plan" => {
                let plan = TeachingPlan::of(&self.map, &self.policy());
                let mut document = report::teaching_plan(&plan);
                let source = self.map.raw().source.as_ref();
                document.rights = source.and_then(|s| s.attribution.clone().or_else(|| s.licence.clone()));
                document
            }
            "programme" => {
                let id = self.pathway_id(id)?;
                let programme = programme(self.of_route(&id)?, &id)?.clone();
                let drawn = picture::programme(&programme, |id| self.map.occupation(id).map(|o| o.title()));
                let title = format!("T Level: {}", programme.pathway.name);
                output::page(
                    &title,
                    "Route core above pathway core above specialisms; each square is an item of content.",
                    drawn,
                )
            }
            "matrix" => self.topic_matrix(id)?,
            _ => {
                let found: String = what.chars().take(40).collect();
                return Err(Failure::new(format!("\"{found}\": expected map, route, programme, plan or matrix")));
            }
        };
        output::written(format, &document)
    }

    fn routes(&self, routes: &[Route<'_>]) -> Document {
        output::page(
            self.map.title().unwrap_or("Occupational map"),
            "Pathways side by side, bands as rows, clusters as boxes with their occupations.",
            picture::map(&self.map, routes, &self.policy()),
        )
    }

    fn topic_matrix(&mut self, pathway: &str) -> Answer<Document> {
        let id = self.pathway_id(pathway)?;
        let programme = programme(self.of_route(&id)?, &id)?.clone();
        let counting = programme.counting.iter().filter_map(|occupation| self.map.occupation(&occupation.id));
        let units: Vec<Unit<'_>> = counting.flat_map(|occupation| occupation.units()).collect();
        let matrix = TopicMatrix::new(&self.topics, &units);
        let title = |id: &str| self.map.occupation(id).map(|o| o.title());
        Ok(report::topic_matrix(&matrix, &programme.pathway.name, title))
    }

    /// A report: of the `derivation`, the `findings`, the `responses` or the `effects` that
    /// were asked for last, in a format.
    ///
    /// # Errors
    ///
    /// What was not asked for yet, and other words.
    pub fn report(&mut self, what: &str, format: &str) -> Answer<Vec<u8>> {
        let nothing = |what: &str| Failure::new(format!("there are no {what} yet; give some first"));
        match what {
            "derivation" => {
                let derivation = &self.decided()?.derivation;
                let is_table = format == "csv";
                let table = || report::programme_table(derivation);
                output::result(format, derivation, || if is_table { table() } else { report::programmes(derivation) })
            }
            "findings" => {
                output::result(format, &self.findings, || report::findings(&self.findings.findings, &self.name))
            }
            "responses" => {
                let screening = self.responses.as_ref().ok_or_else(|| nothing("responses"))?;
                let tracker = || report::tracker(screening).unwrap_or_else(|| report::consultation(screening));
                let is_table = matches!(format, "csv" | "xlsx");
                output::result(format, screening, || if is_table { tracker() } else { report::consultation(screening) })
            }
            "effects" => {
                let effects = self.effects.as_ref().ok_or_else(|| nothing("changes"))?;
                output::result(format, effects, || report::difference(effects))
            }
            _ => {
                let found: String = what.chars().take(40).collect();
                Err(Failure::new(format!("\"{found}\": expected derivation, findings, responses or effects")))
            }
        }
    }
}
