//! How long articles are to be. A desk agrees on it: it is said in the journal, each field by itself.

use super::Library;
use crate::error::{Error, ErrorKind, Result};
use crate::identity::ArticleId;
use crate::journal::{Subject, SubjectKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// How long an article is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// The length, in units; at least 1.
    pub length: u32,
    /// What is counted.
    pub unit: GoalUnit,
    /// The last day for it.
    pub due: Option<Date>,
}

/// What a length is counted in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum GoalUnit {
    /// Words.
    #[default]
    Words,
    /// Signs, spaces included.
    Signs,
}

impl Library {
    /// How long an article is to be, when that was said.
    pub fn goal(&self, id: &ArticleId) -> Option<Goal> {
        let subject = identity(id);
        self.subjects(SubjectKind::Goal)
            .into_iter()
            .find(|one| one.id == subject)
            .and_then(|one| goal(&one))
    }

    /// Says how long an article is to be; `None` takes it back.
    ///
    /// # Errors
    /// `NotFound` when there is no such article, `Invalid` for a length of nothing, or what writing the journal fails
    /// with.
    pub fn set_goal(&self, id: &ArticleId, goal: Option<&Goal>) -> Result<()> {
        self.path_of(id)?;
        // What is said has to stay with the article, wherever its file goes.
        self.identify(id)?;
        let mut fields = Map::new();
        fields.insert("on".into(), goal.is_some().into());
        if let Some(goal) = goal {
            if !(1..=LONGEST).contains(&goal.length) {
                return Err(Error::new(ErrorKind::Invalid, "this is no length of a text"));
            }
            fields.insert("of".into(), id.as_str().into());
            fields.insert("length".into(), goal.length.into());
            fields.insert("unit".into(), goal.unit.word().into());
            let due = goal.due.map(|due| due.to_string());
            fields.insert("due".into(), due.map_or(Value::Null, Value::from));
        }
        self.say_of_subjects(SubjectKind::Goal, vec![(identity(id), fields)])
    }
}

/// No text is longer.
const LONGEST: u32 = 10_000_000;

/// Two desks that set a goal for the same article speak of the same subject.
fn identity(id: &ArticleId) -> Uuid {
    const GOALS: Uuid = Uuid::from_u128(0x5d1f_8a52_6c1e_5b7a_9d33_6f0a_4be1_27c4);
    Uuid::new_v5(&GOALS, id.as_str().as_bytes())
}

impl GoalUnit {
    fn word(self) -> &'static str {
        match self {
            GoalUnit::Words => "words",
            GoalUnit::Signs => "signs",
        }
    }
}

/// What the journal says of a subject, when that makes a goal: another program may have written it.
fn goal(subject: &Subject) -> Option<Goal> {
    let length = subject.fields.get("length")?.as_u64()?;
    let unit = match subject.fields.get("unit").and_then(Value::as_str) {
        Some("signs") => GoalUnit::Signs,
        _ => GoalUnit::Words,
    };
    Some(Goal {
        length: u32::try_from(length)
            .ok()
            .filter(|length| (1..=LONGEST).contains(length))?,
        unit,
        due: subject
            .fields
            .get("due")
            .and_then(Value::as_str)
            .and_then(|due| due.parse().ok()),
    })
}
