//! Full search: the language of queries, how they are answered, and the passages shown.

mod answer;
mod forms;
mod plan;
mod query;
mod said;
mod snippet;
