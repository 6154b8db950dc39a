//! Tables: those that hold data, and those that only lay out a page.

use dom_query::NodeRef;

use super::block::{Block, Inline, Style};
use super::read::{Flow, Reader, flatten};
use crate::html::dom;

/// Tables beyond these are no tables that anybody reads.
const MAX_ROWS: usize = 2_000;
const MAX_COLUMNS: usize = 60;
const MAX_CELLS: usize = 20_000;

/// A cell with a longer text than this makes a table one that lays out a page.
const LONG_CELL: usize = 1_200;

/// Reads a table into a flow.
pub(super) fn read(reader: &mut Reader<'_, '_>, table: &NodeRef<'_>, flow: &mut Flow) {
    flow.end_line();
    let Some(grid) = Grid::of(table) else {
        reader.children(table, flow);
        flow.end_line();
        return;
    };
    if (reader.reading.flatten_tables && !grid.has_head) || grid.lays_out(table) {
        if grid.has_head {
            reader.reading.receipt.degrade("table-flattened", None);
        }
        grid.flat(reader, flow);
        return;
    }
    let mut rows: Vec<Vec<Vec<Inline>>> = Vec::new();
    let (mut spanned, mut degraded) = (false, false);
    // Columns that a cell of an earlier row reaches down into.
    let mut reaching: Vec<usize> = Vec::new();
    for row in &grid.rows {
        let mut cells: Vec<Vec<Inline>> = Vec::new();
        for cell in &row.cells {
            while cells.len() < MAX_COLUMNS && reaching.get(cells.len()).is_some_and(|rows| *rows > 0) {
                if let Some(rows) = reaching.get_mut(cells.len()) {
                    *rows -= 1;
                }
                cells.push(Vec::new());
            }
            if cells.len() >= MAX_COLUMNS {
                // Wider than anybody can read: what is left of the row is put into its last cell.
                let rest = reader.line(&cell.node);
                if let Some(last) = cells.last_mut()
                    && !rest.is_empty()
                {
                    last.push(Inline::Text(" ".into()));
                    last.extend(rest);
                    degraded = true;
                }
                continue;
            }
            let blocks = reader.inner(&cell.node);
            degraded |= blocks.len() > 1 || blocks.iter().any(|block| !matches!(block, Block::Paragraph(_)));
            let mut line = Vec::new();
            for block in blocks {
                if !line.is_empty() {
                    line.push(Inline::Break);
                }
                flatten(block, &mut line);
            }
            let at = cells.len();
            cells.push(line);
            cells.extend((1..cell.columns).map(|_| Vec::new()));
            spanned |= cell.columns > 1 || cell.rows > 1;
            if cell.rows > 1 {
                reaching.resize(reaching.len().max(cells.len()), 0);
                reaching
                    .iter_mut()
                    .take(cells.len())
                    .skip(at)
                    .for_each(|rows| *rows = cell.rows - 1);
            }
        }
        for rows in reaching.iter_mut().skip(cells.len()) {
            *rows = rows.saturating_sub(1);
        }
        cells.truncate(MAX_COLUMNS);
        rows.push(cells);
    }
    // Rows and columns of nothing say nothing.
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns == 0 {
        return;
    }
    rows.iter_mut().for_each(|row| row.resize(columns, Vec::new()));
    let head = if grid.has_head {
        rows.remove(0)
    } else {
        vec![Vec::new(); columns]
    };
    if let Some(caption) = &grid.caption {
        let line = reader.line(caption);
        if !line.is_empty() {
            flow.push(Block::Paragraph(vec![Inline::Span(Style::Emphasis, line)]));
        }
    }
    if spanned {
        reader.reading.receipt.degrade("table-spans", None);
    }
    if degraded {
        reader.reading.receipt.degrade("table-blocks", None);
    }
    flow.push(Block::Table { head, rows });
}

struct Cell<'a> {
    node: NodeRef<'a>,
    columns: usize,
    rows: usize,
    is_head: bool,
}

struct Row<'a> {
    cells: Vec<Cell<'a>>,
}

struct Grid<'a> {
    caption: Option<NodeRef<'a>>,
    rows: Vec<Row<'a>>,
    has_head: bool,
}

impl<'a> Grid<'a> {
    /// The rows of a table, those of tables in it not counted; nothing when it is too large or has none.
    fn of(table: &NodeRef<'a>) -> Option<Grid<'a>> {
        let mut grid = Grid {
            caption: None,
            rows: Vec::new(),
            has_head: false,
        };
        let mut in_head = false;
        let mut stack: Vec<NodeRef<'a>> = table.children_it(true).collect();
        let mut count = 0;
        while let Some(node) = stack.pop() {
            match &*dom::name(&node) {
                "caption" if grid.caption.is_none() => grid.caption = Some(node),
                name @ ("thead" | "tbody" | "tfoot") => {
                    in_head |= name == "thead" && grid.rows.is_empty();
                    stack.extend(node.children_it(true));
                }
                "tr" => {
                    let cells: Vec<Cell<'a>> = node.children_it(false).filter_map(cell).collect();
                    count += cells.len();
                    if cells.is_empty() {
                        continue;
                    }
                    if grid.rows.is_empty() {
                        grid.has_head = in_head || (cells.len() > 1 && cells.iter().all(|cell| cell.is_head));
                    }
                    grid.rows.push(Row { cells });
                    if grid.rows.len() > MAX_ROWS || count > MAX_CELLS {
                        return None;
                    }
                }
                _ => {}
            }
        }
        (!grid.rows.is_empty()).then_some(grid)
    }

    /// Whether the table only puts things beside each other.
    fn lays_out(&self, table: &NodeRef<'_>) -> bool {
        if matches!(dom::attribute(table, "role").as_deref(), Some("presentation" | "none")) {
            return true;
        }
        let columns = self
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.columns).sum::<usize>())
            .max()
            .unwrap_or(0);
        if columns <= 1 || columns > MAX_COLUMNS || (self.rows.len() == 1 && !self.has_head) {
            return true;
        }
        self.rows.iter().flat_map(|row| &row.cells).any(|cell| {
            let inner = cell.node.descendants_it().any(|inner| {
                dom::is(
                    &inner,
                    &[
                        "table",
                        "h1",
                        "h2",
                        "h3",
                        "h4",
                        "pre",
                        "blockquote",
                        "figure",
                        "form",
                        "hr",
                    ],
                )
            });
            inner || dom::length_within(&cell.node, LONG_CELL) >= LONG_CELL
        })
    }

    fn flat(&self, reader: &mut Reader<'_, '_>, flow: &mut Flow) {
        if let Some(caption) = &self.caption {
            reader.children(caption, flow);
        }
        for cell in self.rows.iter().flat_map(|row| &row.cells) {
            flow.end_line();
            reader.children(&cell.node, flow);
        }
        flow.end_line();
    }
}

fn cell(node: NodeRef<'_>) -> Option<Cell<'_>> {
    let name = dom::name(&node);
    if !matches!(&*name, "td" | "th") || dom::is_hidden(&node) {
        return None;
    }
    let span = |attribute: &str, most: usize| {
        let value = dom::attribute(&node, attribute).and_then(|value| value.parse::<usize>().ok());
        value.unwrap_or(1).clamp(1, most)
    };
    Some(Cell {
        columns: span("colspan", MAX_COLUMNS),
        rows: span("rowspan", MAX_ROWS),
        is_head: &*name == "th",
        node,
    })
}
