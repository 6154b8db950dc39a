//! Years that are not certain. Most styles say so with « c. » or « v. »; a style that never asks whether a date is certain
//! would set a guess as a fact, so the word of its language is put before it.

use citationberg::taxonomy::{DateVariable, OtherTerm, Term};
use citationberg::{
    Affixes, Choose, ChooseBranch, ChooseMatch, CslMacro, Date, Group, IndependentStyle, LayoutRenderingElement,
    NamesChild, SortKey, TermForm, Text, TextTarget,
};

/// Has a style say of dates that are not certain that they are not, unless it does by itself. It sorts as it did.
pub(super) fn tell(style: &mut IndependentStyle) {
    let mut says = false;
    for elements in layouts(style) {
        each(elements, &mut |element| says |= asks(element));
    }
    if says {
        return;
    }
    let mut plain: Vec<CslMacro> = style.macros.clone();
    for elements in layouts(style) {
        each(elements, &mut mark);
    }
    // Years are sorted by what they are, not by the word before them.
    let list = style.bibliography.as_mut().and_then(|list| list.sort.as_mut());
    for sort in style.citation.sort.iter_mut().chain(list) {
        for key in &mut sort.keys {
            if let SortKey::MacroName { name, .. } = key {
                *name = sorted(name);
            }
        }
    }
    for one in &mut plain {
        one.name = sorted(&one.name);
        each(&mut one.children, &mut |element| {
            if let LayoutRenderingElement::Text(text) = element
                && let TextTarget::Macro { name } = &mut text.target
            {
                *name = sorted(name);
            }
        });
    }
    style.macros.append(&mut plain);
}

/// The name of a macro as it was written, by which is sorted.
fn sorted(name: &str) -> String {
    format!("{name} (sorting)")
}

fn layouts(style: &mut IndependentStyle) -> impl Iterator<Item = &mut Vec<LayoutRenderingElement>> {
    let list = style.bibliography.iter_mut().map(|list| &mut list.layout.elements);
    let macros = style.macros.iter_mut().map(|one| &mut one.children);
    std::iter::once(&mut style.citation.layout.elements)
        .chain(list)
        .chain(macros)
}

/// Calls something for each element, what lies within before what it lies in. How deep they lie is bounded.
fn each(elements: &mut [LayoutRenderingElement], call: &mut dyn FnMut(&mut LayoutRenderingElement)) {
    for element in elements {
        match element {
            LayoutRenderingElement::Group(group) => each(&mut group.children, call),
            LayoutRenderingElement::Names(names) => {
                for child in &mut names.children {
                    if let NamesChild::Substitute(other) = child {
                        each(&mut other.children, call);
                    }
                }
            }
            LayoutRenderingElement::Choose(choose) => {
                each(&mut choose.if_.children, call);
                for branch in &mut choose.else_if {
                    each(&mut branch.children, call);
                }
                if let Some(otherwise) = &mut choose.otherwise {
                    each(&mut otherwise.children, call);
                }
            }
            _ => {}
        }
        call(element);
    }
}

fn asks(element: &LayoutRenderingElement) -> bool {
    matches!(element, LayoutRenderingElement::Choose(choose)
        if choose.branches().any(|branch| branch.is_uncertain_date.is_some()))
}

/// Puts the word before a date of publication.
fn mark(element: &mut LayoutRenderingElement) {
    let LayoutRenderingElement::Date(date) = element else {
        return;
    };
    let Some(variable @ (DateVariable::Issued | DateVariable::OriginalDate | DateVariable::EventDate)) = date.variable
    else {
        return;
    };
    let date = date.clone();
    *element = LayoutRenderingElement::Group(with_word(date, variable));
}

fn with_word(mut date: Date, variable: DateVariable) -> Group {
    let mut word = Text::with_target(TextTarget::Term {
        term: Term::Other(OtherTerm::Circa),
        form: TermForm::Short,
        plural: false,
    });
    word.affixes.suffix = Some("\u{a0}".to_owned());
    let Affixes { prefix, suffix } = std::mem::take(&mut date.affixes);
    let branch = ChooseBranch {
        disambiguate: None,
        is_numeric: None,
        is_uncertain_date: Some(vec![variable]),
        locator: None,
        position: None,
        type_: None,
        variable: None,
        match_: ChooseMatch::All,
        children: vec![LayoutRenderingElement::Text(word)],
    };
    let choose = Choose {
        if_: branch,
        else_if: Vec::new(),
        otherwise: None,
    };
    Group {
        display: date.display.take(),
        children: vec![
            LayoutRenderingElement::Choose(choose),
            LayoutRenderingElement::Date(date),
        ],
        font_style: None,
        font_variant: None,
        font_weight: None,
        text_decoration: None,
        vertical_align: None,
        prefix,
        suffix,
        delimiter: None,
    }
}
