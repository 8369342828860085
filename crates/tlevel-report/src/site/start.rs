//! The start page.

use super::{PageOf, Site, link};
use crate::count::count;
use crate::document::{Block, Cell, Column, Figure, Span, Table};
use crate::picture::{self, at_a_glance, summary};
use tlevel::derive::{Programme, Tier};
use tlevel::map::{BranchName, Pathway};

impl Site<'_> {
    pub(super) fn start(&self) -> PageOf {
        let mut document = self.document(&self.name);
        let blocks = &mut document.blocks;
        blocks.push(Block::paragraph(
            "Draft T Level programmes derived from an occupational map; not official documents.",
        ));
        blocks.push(Block::KeyFigures { entries: self.key_figures() });
        let target = |pathway: &BranchName| {
            let pathway = self.map.pathway(&pathway.id)?;
            Some(self.drafted(pathway).map_or_else(|| self.pathway_path(pathway), |_| self.programme_path(pathway)))
        };
        blocks.push(Block::Figure(Figure::new(
            "T Levels at a glance",
            "Each box leads to the page of the T Level or of the pathway.",
            at_a_glance(&self.plan, self.derivation, &target),
        )));
        blocks.push(Block::heading(1, "programmes", "Programmes"));
        self.push_programmes(blocks);
        blocks.push(Block::heading(1, "routes", "Routes and pathways"));
        for route in self.map.routes() {
            blocks.push(Block::heading(2, format!("route-{}", route.index().index()), route.name()));
            let whole = vec![link(&format!("The map of {}", route.name()), &self.route_path(route))];
            let pathways = route.pathways().map(|pathway| self.pathway_line(pathway));
            blocks.push(Block::List { entries: std::iter::once(whole).chain(pathways).collect() });
        }
        blocks.push(Block::heading(1, "teaching", "First teaching"));
        blocks.push(Block::Figure(Figure::new(
            "Routes, pathways and first teaching",
            summary(&self.plan),
            picture::teaching_plan(&self.plan),
        )));
        blocks.push(Block::heading(1, "about", "About this site"));
        blocks.push(self.facts());
        PageOf { path: "index.html".to_owned(), trail: Vec::new(), document, after: "" }
    }

    /// Four figures: T Levels, pathways, occupations and statements.
    fn key_figures(&self) -> Vec<Vec<Span>> {
        let figure = |n: usize, of: &str| vec![Span::strong(n.to_string()), Span::text(format!(" {of}"))];
        let plural = |n: usize, one: &str| if n == 1 { one.to_owned() } else { format!("{one}s") };
        let drafted = self.derivation.programmes.iter().filter(|programme| programme.has_statements()).count();
        let with = self.map.occupations().filter(|o| o.statements().any(|s| s.says_something())).count();
        let (routes, pathways) = (self.map.routes().len(), self.map.pathways().len());
        let (occupations, statements) = (self.map.occupations().len(), self.map.statements().len());
        vec![
            figure(drafted, &plural(drafted, "draft T Level")),
            figure(pathways, &format!("{} on {}", plural(pathways, "pathway"), count(routes, "route"))),
            figure(occupations, &format!("{}, {with} with statements", plural(occupations, "occupation"))),
            figure(statements, &plural(statements, "statement")),
        ]
    }

    /// The programmes with a page; then the pathways that lack statements.
    fn push_programmes(&self, blocks: &mut Vec<Block>) {
        let programmes: Vec<Vec<Span>> =
            self.map.pathways().filter_map(|p| Some(self.programme_line(p, self.drafted(p)?))).collect();
        if self.derivation.programmes.is_empty() {
            blocks.push(Block::paragraph("No pathway has a programme."));
        } else if programmes.is_empty() {
            blocks.push(Block::paragraph("This map has no statements for the occupations of its T Levels."));
        } else {
            blocks.push(Block::List { entries: programmes });
        }
        let silent = self.map.pathways().filter(|p| self.programme(*p).is_some() && self.drafted(*p).is_none());
        let silent: Vec<Span> = silent.map(|pathway| link(pathway.name(), &self.pathway_path(pathway))).collect();
        if !silent.is_empty() {
            let said = format!("{} with a T Level but no statements in this map: ", count(silent.len(), "pathway"));
            let mut spans = vec![Span::text(said)];
            for (i, name) in silent.into_iter().enumerate() {
                spans.extend((i > 0).then(|| Span::text("; ")));
                spans.push(name);
            }
            spans.push(Span::text("."));
            blocks.push(Block::Paragraph { spans });
        }
    }

    /// The source of the site.
    fn facts(&self) -> Block {
        let mut table = Table::new("About this site", vec![Column::new("Fact", 2), Column::new("Value", 5)]);
        let source = self.map.raw().source.as_ref();
        let info = &self.derivation.map;
        let counts = format!(
            "{}, {}, {}, {}, {}",
            count(self.map.routes().len(), "route"),
            count(self.map.pathways().len(), "pathway"),
            count(self.map.occupations().len(), "occupation"),
            count(self.map.statements().len(), "statement"),
            count(self.concepts.len(), "concept")
        );
        let facts = [
            ("Map published", info.published.clone()),
            ("Source", source.and_then(|source| source.name.clone())),
            ("Licence", info.licence.clone()),
            ("Policy", Some(self.derivation.policy.name.clone())),
            ("Holds", Some(counts)),
        ];
        for (fact, value) in facts {
            if let Some(value) = value {
                table.rows.push(vec![Cell::from(fact), Cell::from(value)]);
            }
        }
        Block::Table(table)
    }

    /// A pathway and how it is delivered.
    pub(super) fn pathway_line(&self, pathway: Pathway<'_>) -> Vec<Span> {
        let mut line = vec![link(pathway.name(), &self.pathway_path(pathway))];
        line.push(Span::text(format!(": {}", count(pathway.occupations().len(), "occupation"))));
        if self.drafted(pathway).is_some() {
            line.push(Span::text("; "));
            line.push(link(&format!("T Level in {}", pathway.name()), &self.programme_path(pathway)));
        } else if self.programme(pathway).is_some() {
            line.push(Span::text("; no statements in this map"));
        } else if let Some(taught) = self.plan.pathways.iter().find(|p| p.pathway.id == pathway.id()) {
            line.push(Span::text(format!("; {}", taught.delivery.name())));
        }
        line
    }

    pub(super) fn programme_line(&self, pathway: Pathway<'_>, programme: &Programme) -> Vec<Span> {
        let size = |tier: Tier, items: usize| match programme.topics.iter().filter(|topic| topic.tier == tier).count() {
            0 if programme.topics.is_empty() => count(items, "item"),
            topics => count(topics, "topic"),
        };
        let core = [(Tier::Route, programme.route_core.len()), (Tier::Pathway, programme.pathway_core.len())];
        let parts = core.into_iter().map(|(tier, items)| (size(tier, items), tier.name()));
        let parts = parts.filter(|(size, _)| !size.starts_with("0 ")).map(|(size, tier)| format!("{size} of {tier}"));
        let specialisms = count(programme.specialisms.len(), "specialism");
        let text = format!(": {}", parts.chain([specialisms]).collect::<Vec<_>>().join(", "));
        vec![link(&format!("T Level in {}", pathway.name()), &self.programme_path(pathway)), Span::text(text)]
    }
}
