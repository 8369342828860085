//! The routes that a difference may affect: only these are derived.

use super::affected_topics::SameTopics;
use super::compare::details::{option_ids, same_duties};
use super::effects::programmes::Matched;
use super::matching::occupations::Records;
use super::scope::Within;
use crate::concept::Concepts;
use crate::derive::{Eligibility, Policy};
use crate::map::{Map, Occupation, OptionOf, Route, RouteIndex, Statement};

/// Two maps with their concepts, each under a policy.
pub(super) struct AffectedRoutes<'a> {
    pub(super) old: (&'a Map, &'a Concepts),
    pub(super) new: (&'a Map, &'a Concepts),
    pub(super) policies: [&'a Policy; 2],
    pub(super) matched: &'a Matched,
    pub(super) records: &'a Records,
    pub(super) within: &'a Within,
}

/// By what two sides are compared.
type By<'b> = (&'b [Eligibility<'b>; 2], &'b SameTopics<'b>);

impl AffectedRoutes<'_> {
    /// The routes of the old and of the new map whose programmes may change
    /// through any difference: of the maps, of the policies, or of the concepts
    /// alone.
    ///
    /// A route is unaffected if it has the same occupations in the same places,
    /// with the same titles, duties and standing, and their statements belong
    /// to the same options and to matching concepts (and topics, if topics are
    /// shared). Its derivation is then the same except for wordings of statements and names of routes and pathways,
    /// which no effect depends on.
    pub(super) fn routes(&self) -> [Vec<RouteIndex>; 2] {
        let [policy_old, policy_new] = self.policies;
        let [old, new] = [self.old.0, self.new.0];
        let in_scope = |map: &Map, side: usize| -> Vec<RouteIndex> {
            map.routes().filter(|route| self.within.route(*route, side)).map(|route| route.index()).collect()
        };
        let topics = SameTopics::new(self.old.1, self.new.1, self.matched);
        if policy_old != policy_new || topics.is_other_vocabulary() {
            return [in_scope(old, 0), in_scope(new, 1)];
        }
        let eligibility = [Eligibility::of(old, policy_old), Eligibility::of(new, policy_new)];
        let untouched: Vec<[RouteIndex; 2]> = old
            .routes()
            .filter_map(|was| Some([was, self.records.new_route(was, new)?]))
            .filter(|[was, is]| self.same_route((&eligibility, &topics), *was, *is))
            .map(|both| both.map(|route| route.index()))
            .collect();
        let touched = |map: &Map, side: usize| {
            let is_touched = |route: &RouteIndex| untouched.iter().all(|both| both[side] != *route);
            in_scope(map, side).into_iter().filter(is_touched).collect()
        };
        [touched(old, 0), touched(new, 1)]
    }

    fn same_route(&self, by: By<'_>, was: Route<'_>, is: Route<'_>) -> bool {
        all(was.pathways(), is.pathways(), |was, is| {
            self.records.same_pathway(was, is)
                && all(was.occupations(), is.occupations(), |was, is| self.same_occupation(by, was, is))
        })
    }

    fn same_occupation(&self, by: By<'_>, was: Occupation<'_>, is: Occupation<'_>) -> bool {
        let ([old, new], topics) = by;
        if !self.records.same_occupation(was, is) || was.title() != is.title() || !same_duties(was, is) {
            return false;
        }
        let ids = option_ids(was, is);
        let same_option = |was: OptionOf<'_>, is: OptionOf<'_>| ids.get(was.id()) == Some(&is.id());
        self.records.same_cluster(was.cluster(), is.cluster())
            && was.cluster().name() == is.cluster().name()
            && old.standing(was) == new.standing(is)
            && all(was.options(), is.options(), |was, is| same_option(was, is) && was.title() == is.title())
            && all(was.statements(), is.statements(), |was, is| {
                all(was.options(), is.options(), same_option)
                    && self.same_concepts(was, is)
                    && topics.same(was.index(), is.index())
            })
    }

    fn same_concepts(&self, was: Statement<'_>, is: Statement<'_>) -> bool {
        let (was, is) = (self.old.1.of(was.index()), self.new.1.of(is.index()));
        let new_of = |concept| self.matched.new_of(concept);
        match (was, is) {
            // most have one
            ([was], [is]) => new_of(*was) == Some(*is),
            _ => was.len() == is.len() && was.iter().all(|was| new_of(*was).is_some_and(|new| is.contains(&new))),
        }
    }
}

/// Whether two lists have the same length and all pairs of entries are the
/// same.
fn all<A, B>(
    a: impl ExactSizeIterator<Item = A>,
    b: impl ExactSizeIterator<Item = B>,
    same: impl Fn(A, B) -> bool,
) -> bool {
    a.len() == b.len() && a.zip(b).all(|(a, b)| same(a, b))
}

#[cfg(test)]
mod tests {
    use super::super::matching::statements::Pairs;
    use super::super::scope::Within;
    use super::super::{Changes, apply, carry_over};
    use super::*;
    use crate::concept::Group;

    /// The ids of the routes that changes affect.
    fn touched(changes: &str, policies: [&Policy; 2]) -> Vec<String> {
        let raw = crate::read(include_bytes!("../../fixtures/maps/consultation.json")).unwrap();
        let old = crate::check(raw).unwrap().map;
        let new = apply(&old, &Changes::from_csv(changes).unwrap()).unwrap();
        let new = crate::check(new).unwrap().map;
        let of = |occupation: &str| (occupation.to_owned(), "K1".to_owned());
        let same = Group { id: "same".to_owned(), statements: vec![of("LARS51"), of("LARS199")], ..Group::default() };
        let before = Concepts::from_groups(&old, [same]).unwrap();
        let after = carry_over(&old, &before, &new, &Concepts::exact(&new)).unwrap();
        let pairs = Pairs::of(&old, &new);
        let matched = Matched::of(&before, &after, &pairs);
        let (old_side, new_side) = ((&old, &before), (&new, &after));
        let (records, within) = (&pairs.records, &Within::WHOLE);
        let touched = AffectedRoutes { old: old_side, new: new_side, policies, matched: &matched, records, within };
        let [was, is] = touched.routes();
        assert_eq!(was, is, "none of these adds or removes a route");
        old.routes().filter(|route| was.contains(&route.index())).map(|route| route.id().to_owned()).collect()
    }

    #[test]
    fn no_more_than_what_changes_may_touch() {
        let policy = Policy::t_level();
        for (changes, routes) in [
            ("change,occupation,level\nre-level,LARS287,3\n", &["construction"][..]),
            ("change,occupation,statement\ndrop-statement,LARS82,K1\n", &["digital"]),
            ("change,branch\nunmark,protective-services\n", &["protective-services"]),
            // a specialism may have the occupation's title
            ("change,occupation,title\nre-title,LARS287,Layer of bricks\n", &["construction"]),
            // a wording that nobody else has makes no difference
            ("change,occupation,statement,text\nreword-statement,LARS82,K1,Quite another\n", &[]),
            ("change,occupation,statement,text\nreword-statement,LARS51,K1,Quite another\n", &["construction"]),
            ("change\npolicy\n", &[]),
        ] {
            assert_eq!(touched(changes, [&policy; 2]), routes, "{changes}");
        }
        assert_eq!(touched("change\npolicy\n", [&policy, &Policy::panel()]).len(), 7, "another policy touches all");
    }
}
