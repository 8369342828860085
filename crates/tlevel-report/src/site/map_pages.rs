//! The pages of routes, pathways and occupations.

use std::fmt::Write as _;

use super::{PageOf, Site, link};
use crate::count::count;
use crate::document::{Block, Cell, Column, ContentItem, Figure, Span, Table, Tone};
use crate::picture::{capital, map_linked, reasons_in_words};
use tlevel::derive::{CoreTopic, NoProgramme, Programme, Support, Tier};
use tlevel::map::{Cluster, Kind, Occupation, Pathway, Route, Status};
use tlevel::teaching::Delivery;

impl Site<'_> {
    pub(super) fn programme(&self, pathway: Pathway<'_>) -> Option<&Programme> {
        self.derivation.programme(pathway.id())
    }

    /// The programme of a pathway that has statements to draft from.
    pub(super) fn drafted(&self, pathway: Pathway<'_>) -> Option<&Programme> {
        self.programme(pathway).filter(|programme| programme.has_statements())
    }

    fn no_programme(&self, pathway: Pathway<'_>) -> Option<&NoProgramme> {
        self.derivation.no_programme.iter().find(|none| none.pathway.id == pathway.id())
    }

    pub(super) fn route_page(&self, route: Route<'_>) -> PageOf {
        let mut document = self.document(route.name());
        let blocks = &mut document.blocks;
        blocks.push(Block::heading(1, "pathways", "Pathways"));
        let pathways: Vec<Vec<Span>> = route.pathways().map(|pathway| self.pathway_line(pathway)).collect();
        blocks.push(if pathways.is_empty() {
            Block::paragraph("The route has no pathway.")
        } else {
            Block::List { entries: pathways }
        });
        blocks.push(Block::heading(1, "map", "The map of the route"));
        let target = |occupation: &Occupation<'_>| Some(format!("../{}", self.occupation_path(*occupation)));
        blocks.push(Block::Figure(Figure::new(
            format!("Pathways, bands and clusters of {}", route.name()),
            "Each occupation links to its page. The pages of the pathways list the same in words.",
            map_linked(self.map, &[route], &self.derivation.policy, &target),
        )));
        blocks.push(Block::heading(1, "route-core", "Route core"));
        let programmes: Vec<&Programme> = route.pathways().filter_map(|p| self.programme(p)).collect();
        let topics = route_topics(&programmes);
        match programmes.first() {
            Some(_) if !topics.is_empty() => {
                let entry = |topic: &&CoreTopic| {
                    let Support { have, of } = topic.support;
                    vec![Span::text(format!("{}: shared by {have} of {of} occupations", topic.heading))]
                };
                blocks.push(Block::List { entries: topics.iter().map(entry).collect() });
            }
            Some(first) if !first.route_core.is_empty() => {
                let items = first.route_core.iter().enumerate().map(|(i, item)| {
                    let words = item.label.as_deref().unwrap_or(&item.text);
                    let mut content = ContentItem::new(format!("R{}", i + 1), item.concept.as_str(), words);
                    let shared = format!("shared by {} of {} occupations", item.support.have, item.support.of);
                    content.detail.push(Span::text(shared));
                    content
                });
                let caption = "What the route's pathways share".to_owned();
                blocks.push(Block::Content { caption, items: items.collect(), review: None });
            }
            Some(_) => blocks.push(Block::paragraph("Nothing is core for the whole route.")),
            None => blocks.push(Block::paragraph("No pathway of the route has a programme.")),
        }
        PageOf { path: self.route_path(route), trail: vec![self.route_entry(route)], document, after: "" }
    }

    pub(super) fn pathway_page(&self, pathway: Pathway<'_>) -> PageOf {
        let route = pathway.route();
        let mut document = self.document(pathway.name());
        let blocks = &mut document.blocks;
        if let Some(programme) = self.drafted(pathway) {
            blocks.push(Block::Paragraph { spans: self.programme_line(pathway, programme) });
            if !programme.topics.is_empty() {
                let entry = |topic: &CoreTopic| {
                    let (tier, Support { have, of }) = (topic.tier.name(), topic.support);
                    vec![Span::text(format!("{}: {tier}, {have} of {of} occupations", topic.heading))]
                };
                blocks.push(Block::heading(1, "core-topics", "Core topics"));
                blocks.push(Block::List { entries: programme.topics.iter().map(entry).collect() });
            }
        } else if self.programme(pathway).is_some() {
            let why = "The pathway has occupations for a T Level, but this map has no statements for them: there is \
                       nothing to draft from.";
            blocks.push(Block::Note { tone: Tone::Information, spans: vec![Span::text(why)] });
        } else if let Some(none) = self.no_programme(pathway) {
            let taught = self.plan.pathways.iter().find(|p| p.pathway.id == pathway.id());
            let why = match taught.filter(|p| p.delivery == Delivery::ApprenticeshipOnly && !p.reasons.is_empty()) {
                Some(taught) => format!("apprenticeships only: {}", reasons_in_words(&taught.reasons)),
                None => none.reason.name().replace('-', " "),
            };
            let spans = vec![Span::text(format!("The pathway has no programme ({why})."))];
            blocks.push(Block::Note { tone: Tone::Information, spans });
        }
        for cluster in pathway.clusters() {
            let anchor = format!("cluster-{}", cluster.index().index());
            blocks.push(Block::heading(1, anchor, cluster.name()));
            blocks.push(self.cluster_list(cluster));
        }
        let trail = vec![self.route_entry(route), self.pathway_entry(pathway)];
        PageOf { path: self.pathway_path(pathway), trail, document, after: "" }
    }

    fn cluster_list(&self, cluster: Cluster<'_>) -> Block {
        let entry = |occupation: Occupation<'_>| {
            let mut facts = format!(": level {}, {}", occupation.level(), status(occupation.status()));
            if occupation.statements().len() > 0 {
                let _ = write!(facts, "; {}", count(occupation.statements().len(), "statement"));
            }
            vec![self.link_to_occupation(occupation), Span::text(facts)]
        };
        let entries: Vec<Vec<Span>> = cluster.occupations().map(entry).collect();
        if entries.is_empty() { Block::paragraph("No occupation.") } else { Block::List { entries } }
    }

    pub(super) fn occupation_page(&self, occupation: Occupation<'_>) -> PageOf {
        let mut document = self.document(occupation.title());
        let blocks = &mut document.blocks;
        let raw = occupation.raw();
        if let Some(overview) = raw.overview.as_deref().filter(|text| !text.trim().is_empty()) {
            blocks.push(Block::paragraph(overview));
        }
        blocks.push(occupation_facts(occupation));
        let mut links: Vec<Vec<Span>> = Vec::new();
        let standard = raw.standard.as_ref().and_then(|standard| standard.url.as_deref());
        for (name, address) in [("The standard", standard), ("The description", raw.url.as_deref())] {
            links.extend(address.map(|address| vec![Span::link(name, address)]));
        }
        for id in &raw.progresses_to {
            if let Some(next) = self.map.occupation(id) {
                links.push(vec![Span::text("Leads on to "), self.link_to_occupation(next)]);
            }
        }
        if !links.is_empty() {
            blocks.push(Block::List { entries: links });
        }
        for (kind, anchor, heading) in [
            (Kind::Knowledge, "knowledge", "Knowledge"),
            (Kind::Skill, "skills", "Skills"),
            (Kind::Behaviour, "behaviours", "Behaviours"),
        ] {
            let items: Vec<ContentItem> =
                occupation.statements().filter(|s| s.kind() == kind).map(|s| self.statement_item(s)).collect();
            if !items.is_empty() {
                blocks.push(Block::heading(1, anchor, heading));
                let caption = format!("{heading} of {}", occupation.title());
                blocks.push(Block::Content { caption, items, review: None });
            }
        }
        if occupation.statements().len() == 0 {
            blocks.push(Block::paragraph("This map has no statements for the occupation."));
        }
        let duties: Vec<ContentItem> = occupation
            .duties()
            .map(|duty| {
                let mut item = ContentItem::new(duty.id(), "", duty.text());
                let cited: Vec<&str> = duty.statements().map(|s| s.id()).collect();
                if !cited.is_empty() {
                    item.detail.push(Span::text(format!("uses {}", cited.join(", "))));
                }
                item
            })
            .collect();
        if !duties.is_empty() {
            blocks.push(Block::heading(1, "duties", "Duties"));
            blocks.push(Block::Content {
                caption: format!("Duties of {}", occupation.title()),
                items: duties,
                review: None,
            });
        }
        let pathway = occupation.pathway();
        let here = (occupation.title().to_owned(), self.occupation_path(occupation));
        let trail = vec![self.route_entry(pathway.route()), self.pathway_entry(pathway), here];
        PageOf { path: self.occupation_path(occupation), trail, document, after: "" }
    }

    /// A statement, with the concepts that it words.
    fn statement_item(&self, statement: tlevel::map::Statement<'_>) -> ContentItem {
        let mut item = ContentItem::new(statement.id(), "", statement.text());
        let shared = self.concepts.of(statement.index()).iter().filter_map(|concept| {
            let (of, page) = (self.concepts.get(*concept)?, self.concept_path(*concept)?);
            let others = self.occupations_of(of) - 1;
            let text =
                of.label().map_or_else(|| format!("shared with {}", count(others, "other occupation")), str::to_owned);
            Some(link(&text, &page))
        });
        for (i, shared) in shared.enumerate() {
            item.detail.extend((i > 0).then(|| Span::text("; ")));
            item.detail.push(shared);
        }
        item
    }
}

fn occupation_facts(occupation: Occupation<'_>) -> Block {
    let mut table = Table::new("About the occupation", vec![Column::new("Fact", 2), Column::new("Value", 5)]);
    let raw = occupation.raw();
    let standard = raw.standard.as_ref().map(|standard| {
        let parts = [standard.reference.as_deref(), standard.version.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", version ")
    });
    let options: Vec<&str> = occupation.options().map(|option| option.title()).collect();
    let regulated = match (occupation.regulated(), occupation.regulated_by()) {
        (Some(true), Some(by)) => format!("by {by}"),
        (Some(true), None) => "yes".to_owned(),
        (Some(false), _) => "no".to_owned(),
        (None, _) => String::new(),
    };
    let facts = [
        ("Code", occupation.id().to_owned()),
        ("Level", format!("{} ({})", occupation.level(), occupation.band())),
        ("Standard", standard.unwrap_or_default()),
        ("Status", capital(status(occupation.status()))),
        ("Cluster", occupation.cluster().name().to_owned()),
        ("Options", options.join("; ")),
        ("Job titles", raw.job_titles.join("; ")),
        ("Mandatory qualifications", raw.mandatory_qualifications.join("; ")),
        ("Regulated", regulated),
        ("Degree", raw.degree.as_deref().unwrap_or_default().replace('-', " ")),
        ("Typical duration", raw.duration_months.map(|months| format!("{months} months")).unwrap_or_default()),
        ("Funding", raw.max_funding.map(|pounds| format!("up to £{pounds}")).unwrap_or_default()),
        ("Barriers", raw.barriers.join("; ")),
    ];
    for (fact, value) in facts.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
        table.rows.push(vec![Cell::from(fact), Cell::from(value)]);
    }
    Block::Table(table)
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Approved => "approved",
        Status::PlanInDevelopment => "plan in development",
        Status::InDevelopment => "in development",
        Status::None => "no standard",
        _ => "status unknown",
    }
}

/// The route core topics of some programmes, each once: a pathway has those that
/// one of its occupations has.
fn route_topics<'p>(programmes: &[&'p Programme]) -> Vec<&'p CoreTopic> {
    let mut topics: Vec<&CoreTopic> = Vec::new();
    for topic in programmes.iter().flat_map(|programme| &programme.topics).filter(|topic| topic.tier == Tier::Route) {
        if topics.iter().all(|known| known.id != topic.id) {
            topics.push(topic);
        }
    }
    topics
}
