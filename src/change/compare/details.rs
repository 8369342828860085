//! Differences in the parts of an occupation that both maps have: options,
//! duties, statements.

use std::collections::{HashMap, HashSet};

use super::report::{
    DutyAt, DutyReworded, MapDiff, MatchedBy, OptionAt, OptionRenamed, OptionsChanged, Renumbered, Reworded,
    StatementAt,
};
use crate::change::matching::likeness::likeness;
use crate::change::matching::occupations;
use crate::change::matching::statements::{self, Pairs};
use crate::map::{Duty, Map, Occupation, OptionOf, Statement};
use crate::read::RawDuty;

/// The new id of each old option that is on both maps.
pub(in crate::change) fn option_ids<'o, 'n>(was: Occupation<'o>, is: Occupation<'n>) -> HashMap<&'o str, &'n str> {
    let (old, new): (Vec<OptionOf<'o>>, Vec<OptionOf<'n>>) = (was.options().collect(), is.options().collect());
    let both =
        occupations::options(was, is).into_iter().filter_map(|(i, j)| Some((old.get(i)?.id(), new.get(j)?.id())));
    both.collect()
}

pub(in crate::change) fn options(out: &mut MapDiff, was: Occupation<'_>, is: Occupation<'_>) {
    if was.options().len() + is.options().len() == 0 {
        return;
    }
    let (old, new): (Vec<OptionOf<'_>>, Vec<OptionOf<'_>>) = (was.options().collect(), is.options().collect());
    let pairs = occupations::options(was, is);
    let at = |option: &OptionOf<'_>| OptionAt {
        occupation: is.id().to_owned(),
        title: is.title().to_owned(),
        option: option.id().to_owned(),
        name: option.title().to_owned(),
    };
    let gone = old.iter().enumerate().filter(|(i, _)| !pairs.iter().any(|(old, _)| old == i));
    out.options_removed.extend(gone.map(|(_, option)| at(option)));
    for (j, option) in new.iter().enumerate() {
        let before = pairs.iter().find(|(_, new)| *new == j).and_then(|(i, _)| old.get(*i));
        match before {
            None => out.options_added.push(at(option)),
            Some(before) if before.title() != option.title() => {
                let OptionAt { occupation, title, option, name: to } = at(option);
                out.options_renamed.push(OptionRenamed {
                    occupation,
                    title,
                    option,
                    from: before.title().to_owned(),
                    to,
                });
            }
            Some(_) => {}
        }
    }
}

/// Whether all duties are the same, apart from their places in the source.
pub(in crate::change) fn same_duties(was: Occupation<'_>, is: Occupation<'_>) -> bool {
    let (a, b) = (&was.raw().duties, &is.raw().duties);
    let same = |a: &RawDuty, b: &RawDuty| {
        (&a.id, &a.text, a.core, &a.statements, &a.options) == (&b.id, &b.text, b.core, &b.statements, &b.options)
    };
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

pub(in crate::change) fn duties(out: &mut MapDiff, was: Occupation<'_>, is: Occupation<'_>) {
    if same_duties(was, is) {
        return;
    }
    let (old, new): (Vec<Duty<'_>>, Vec<Duty<'_>>) = (was.duties().collect(), is.duties().collect());
    let pairs = statements::duties(was, is);
    let (mut is_of, mut was_of) = (vec![None; old.len()], vec![None; new.len()]);
    for (i, j) in pairs {
        (is_of[i], was_of[j]) = (Some(j), Some(i));
    }
    let at = |duty: Duty<'_>| DutyAt {
        occupation: is.id().to_owned(),
        title: is.title().to_owned(),
        duty: duty.id().to_owned(),
        text: duty.text().to_owned(),
    };
    out.duties_removed.extend(old.iter().zip(&is_of).filter(|(_, new)| new.is_none()).map(|(duty, _)| at(*duty)));
    for (duty, before) in new.iter().zip(was_of) {
        let DutyAt { occupation, title, duty: id, text: to } = at(*duty);
        match before.and_then(|i| old.get(i)) {
            None => out.duties_added.push(at(*duty)),
            Some(before) if before.text() != to => {
                let (from, was) = (before.text().to_owned(), before.id().to_owned());
                let likeness = likeness(&from, &to);
                out.duties_reworded.push(DutyReworded { occupation, title, duty: id, was, from, to, likeness });
            }
            Some(_) => {}
        }
    }
}

pub(in crate::change) fn statements(
    out: &mut MapDiff,
    old: &Map,
    was: Occupation<'_>,
    is: Occupation<'_>,
    pairs: &Pairs,
) {
    let at = |s: Statement<'_>| StatementAt {
        occupation: is.id().to_owned(),
        title: is.title().to_owned(),
        statement: s.id().to_owned(),
        kind: s.kind(),
        text: s.text().to_owned(),
    };
    let recoded = option_ids(was, is);
    out.statements_removed.extend(was.statements().filter(|s| pairs.new_of(s.index()).is_none()).map(at));
    for statement in is.statements() {
        let Some(before) = pairs.old_of(statement.index()).and_then(|s| old.statement_at(s)) else {
            out.statements_added.push(at(statement));
            continue;
        };
        let StatementAt { occupation, title, statement: id, kind, text: to } = at(statement);
        if before.text() != to {
            out.reworded.push(Reworded {
                occupation: occupation.clone(),
                title: title.clone(),
                statement: id.clone(),
                was: before.id().to_owned(),
                kind,
                from: before.text().to_owned(),
                likeness: likeness(before.text(), &to),
                to,
                matched_by: if before.id() == id { MatchedBy::Id } else { MatchedBy::Likeness },
            });
        } else if before.id() != id {
            let from = before.id().to_owned();
            out.renumbered.push(Renumbered {
                occupation: occupation.clone(),
                title: title.clone(),
                from,
                to: id.clone(),
            });
        }
        if before.options().len() + statement.options().len() > 0 {
            let ids = |s: Statement<'_>| s.options().map(|o| o.id().to_owned()).collect::<Vec<_>>();
            let (from, to) = (ids(before), ids(statement));
            let now: HashSet<&str> = from.iter().map(|id| *recoded.get(id.as_str()).unwrap_or(&id.as_str())).collect();
            if now != to.iter().map(String::as_str).collect() {
                out.options_changed.push(OptionsChanged { occupation, title, statement: id, from, to });
            }
        }
    }
}
