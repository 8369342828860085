//! From a map's occupations to the sums of its branches.

use super::features::{Terms, Vector, dot};
use super::model::{Branch, Model, NAME, Node};
use crate::map::Map;

/// An occupation of the map.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) cluster: usize,
    pub(super) band: usize,
    pub(super) vector: Vector,
}

/// Adds up the vectors of every branch.
pub(super) fn build<'b>(
    map: &Map,
    terms: &Terms,
    members: impl Iterator<Item = &'b Member> + Clone,
    names: &[Vector],
) -> Model {
    let mut model = Model {
        clusters: vec![Node::default(); map.clusters().len()],
        pathways: vec![Branch::default(); map.pathways().len()],
        routes: vec![Branch::default(); map.routes().len()],
        ..Model::default()
    };
    let routes: Vec<&str> = map.routes().map(|r| r.id()).collect();
    for (node, cluster) in model.clusters.iter_mut().zip(map.clusters()) {
        node.pathway = cluster.pathway().index().index();
        node.route = routes.iter().position(|id| *id == cluster.pathway().route().id()).unwrap_or(0);
        model.pathways[node.pathway].count += NAME;
        model.routes[node.route].count += NAME;
    }
    for member in members.clone() {
        let node = &mut model.clusters[member.cluster];
        node.bands[member.band] += 1.0;
        model.bands[member.band] += 1.0;
        for branch in [&mut model.pathways[node.pathway], &mut model.routes[node.route]] {
            branch.count += 1.0;
        }
    }
    // each sum as a list of what is added, then term by term
    let mut entries: Vec<Vec<(u32, f64)>> = vec![Vec::new(); model.sums()];
    for (cluster, name) in names.iter().enumerate() {
        let [c, p, r, ..] = model.numbers(cluster);
        for sum in [c, p, r] {
            entries[sum].extend(name.iter().map(|(term, v)| (*term, v * NAME)));
        }
    }
    for member in members {
        for sum in model.numbers(member.cluster) {
            entries[sum].extend(&member.vector);
        }
    }
    let mut dense = vec![0.0_f64; terms.len()];
    let sums: Vec<Vector> = entries
        .into_iter()
        .map(|list| {
            list.iter().for_each(|(term, v)| dense[*term as usize] += v);
            let mut touched: Vec<u32> = list.into_iter().map(|(term, _)| term).collect();
            touched.sort_unstable();
            touched.dedup();
            touched.into_iter().map(|term| (term, std::mem::take(&mut dense[term as usize]))).collect()
        })
        .collect();
    model.postings = vec![Vec::new(); terms.len()];
    for (sum, vector) in sums.iter().enumerate() {
        for (term, value) in vector {
            model.postings[*term as usize].push((sum as u32, *value as f32));
        }
    }
    model.of_pathways = vec![[0.0; 3]; model.pathways.len()];
    model.of_routes = vec![[0.0; 2]; model.routes.len()];
    let (mut seen_pathways, mut seen_routes) = (vec![false; model.pathways.len()], vec![false; model.routes.len()]);
    for cluster in 0..model.clusters.len() {
        let [c, p, r, plain_p, plain_r] = model.numbers(cluster).map(|sum| &sums[sum]);
        let node = &model.clusters[cluster];
        let (pathway, route) = (node.pathway, node.route);
        model.of_clusters.push([dot(c, c), dot(c, p), dot(c, r)]);
        // once for all clusters of a branch
        if !std::mem::replace(&mut seen_pathways[pathway], true) {
            model.of_pathways[pathway] = [dot(p, p), dot(p, r), dot(plain_p, plain_p)];
        }
        if !std::mem::replace(&mut seen_routes[route], true) {
            model.of_routes[route] = [dot(r, r), dot(plain_r, plain_r)];
        }
    }
    model
}
