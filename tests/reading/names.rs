//! Names, their kinds and roles, and which of them name the same.
//!
//! - *names*: the same span. *names, typed*: the same span, and a kind that the table takes.
//! - *roles*: at people, the right name with a role that shares more than half of the longer of the two.
//! - *entities: pairs*: of all pairs of mentions, over all articles, of people, organisations and places that were found
//!   with the right span: those that are put together against those that the table puts together; *names given*: the same
//!   with the table's mentions in place of those found.

use sheaf_core::base::Span;
use sheaf_core::extract::entities::{Named, entities};
use sheaf_core::extract::{Kind, Mention};

use crate::found::Found;
use crate::score::Score;
use crate::seeds::{Article, Seeds, common, kind_word};

pub(crate) fn scores(seeds: &Seeds, found: &[Found]) -> Vec<Score> {
    let mut spans = Score::new("names");
    let mut typed = Score::new("names, typed");
    let mut roles = Score::new("roles");
    for (article, found) in seeds.articles.iter().zip(found) {
        let entries: Vec<(Span, bool)> = article.names.iter().map(|name| (name.span, name.is_optional)).collect();
        let findings: Vec<Span> = found.names.iter().map(|name| name.span).collect();
        let is_same = |entry: usize, finding: usize| article.names[entry].span == found.names[finding].span;
        spans.count(article, &entries, &findings, |entry, finding| u32::from(is_same(entry, finding)));
        typed.count(article, &entries, &findings, |entry, finding| {
            let is_right = seeds.is_of_kind(&article.names[entry].is, found.names[finding].kind);
            u32::from(is_same(entry, finding) && is_right)
        });
        count_roles(&mut roles, article, &found.names);
    }
    let mentions: Vec<&[Mention]> = found.iter().map(|found| found.names.as_slice()).collect();
    let given: Vec<Vec<Mention>> = seeds.articles.iter().map(|article| given(seeds, article)).collect();
    let given: Vec<&[Mention]> = given.iter().map(Vec::as_slice).collect();
    let merged = count_pairs("entities: pairs", seeds, &mentions);
    vec![spans, typed, roles, merged, count_pairs("entities: pairs, names given", seeds, &given)]
}

fn count_roles(score: &mut Score, article: &Article, names: &[Mention]) {
    let roles: Vec<(Span, Span)> =
        article.table.roles.iter().map(|role| (article.at(&role.role), article.at(&role.of))).collect();
    let with_role: Vec<(Span, Span)> = names
        .iter()
        .filter(|name| name.kind == Kind::Person)
        .filter_map(|name| Some((name.role?, name.span)))
        .collect();
    let entries: Vec<(Span, bool)> = roles.iter().map(|(role, _)| (*role, false)).collect();
    let findings: Vec<Span> = with_role.iter().map(|(role, _)| *role).collect();
    score.count(article, &entries, &findings, |entry, finding| {
        let ((role, of), (found, name)) = (roles[entry], with_role[finding]);
        if of == name && 2 * common(role, found) > role.len().max(found.len()) { common(role, found) } else { 0 }
    });
}

/// The mentions of the table as an extractor would give them.
pub(crate) fn given(seeds: &Seeds, article: &Article) -> Vec<Mention> {
    let role_of = |name: Span| {
        let role = article.table.roles.iter().find(|role| article.at(&role.of) == name);
        role.map(|role| article.at(&role.role))
    };
    let kinds = [Kind::Person, Kind::Organisation, Kind::Place, Kind::Other];
    let kind_of = |is: &str| {
        let first = &seeds.entities[is].kind[0];
        kinds.into_iter().find(|kind| kind_word(*kind) == first).unwrap_or(Kind::Other)
    };
    let mention = |span, is: &str| Mention { span, kind: kind_of(is), role: role_of(span), certainty: 100, reason: "" };
    article.names.iter().map(|name| mention(name.span, &name.is)).collect()
}

fn count_pairs(figure: &'static str, seeds: &Seeds, mentions: &[&[Mention]]) -> Score {
    let documents: Vec<Named> = seeds
        .articles
        .iter()
        .zip(mentions)
        .map(|(article, mentions)| Named { text: &article.text, mentions })
        .collect();
    let of = entities(&documents).of;
    let mut score = Score::new(figure);
    let mut all: Vec<(&str, u32, &Article, Span)> = Vec::new();
    for ((article, mentions), of) in seeds.articles.iter().zip(mentions).zip(&of) {
        for (mention, entity) in mentions.iter().zip(of) {
            let named = article.names.iter().find(|name| name.span == mention.span && !name.is_optional);
            if let Some(named) = named.filter(|name| seeds.entities[&name.is].kind[0] != "other") {
                all.push((&named.is, *entity, article, mention.span));
            }
        }
    }
    for (n, (is, entity, article, span)) in all.iter().enumerate() {
        for (other, other_entity, _, other_span) in &all[..n] {
            let (together, should) = (entity == other_entity, is == other);
            score.right += usize::from(together && should);
            score.found += usize::from(together);
            score.expected += usize::from(should);
            if together != should {
                let what = if should { "apart from" } else { "together with" };
                score.note(article, *span, format_args!("{what} {other} at {}", other_span.start));
            }
        }
    }
    score
}
