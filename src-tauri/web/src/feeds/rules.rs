//! The reader's rules, as they stand in the library's journal.

use edito_exchange::feed::rules::{Rule, RuleError, Rules};
use edito_library::{Library, Result, SubjectKind};
use serde_json::{Map, Value};
use uuid::Uuid;

/// A rule with its identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedRule {
    /// Its identity; those made later come later.
    pub id: Uuid,
    /// What it says.
    pub rule: Rule,
}

/// All rules, in the order in which they were made.
pub fn rules(library: &Library) -> Vec<FeedRule> {
    let subjects = library.subjects(SubjectKind::FeedRule);
    let rules = subjects.into_iter().filter_map(|subject| {
        let rule = serde_json::from_value(subject.fields.get("rule")?.clone()).ok()?;
        Some(FeedRule { id: subject.id, rule })
    });
    rules.collect()
}

/// Makes a rule, or changes one; answers its identity.
///
/// # Errors
/// What is wrong with the rule, in the inner result; what writing the journal fails with.
pub fn set_rule(library: &Library, id: Option<Uuid>, rule: &Rule) -> Result<std::result::Result<Uuid, RuleError>> {
    if let Err(error) = rule.check() {
        return Ok(Err(error));
    }
    let id = id.unwrap_or_else(|| library.new_identity());
    let mut fields = Map::new();
    fields.insert("rule".into(), serde_json::to_value(rule).unwrap_or_default());
    fields.insert("on".into(), Value::Bool(true));
    library.say_of_subjects(SubjectKind::FeedRule, vec![(id, fields)])?;
    Ok(Ok(id))
}

/// Takes a rule away.
///
/// # Errors
/// What writing the journal fails with.
pub fn remove_rule(library: &Library, id: Uuid) -> Result<()> {
    let mut fields = Map::new();
    fields.insert("on".into(), Value::Bool(false));
    library.say_of_subjects(SubjectKind::FeedRule, vec![(id, fields)])
}

/// Rules ready for use. Those that another version of Edito wrote and this one can't read are passed over.
pub(super) fn ready(rules: &[FeedRule]) -> Rules {
    let rules: Vec<Rule> = rules.iter().map(|one| one.rule.clone()).collect();
    let (ready, wrong) = Rules::new(&rules);
    for (place, error) in wrong {
        tracing::warn!(%error, place, "a rule for feeds can't be used");
    }
    ready
}
