//! What CSL lets a style leave out, and the engine does not supply.

use hayagriva::citationberg::{
    CslMacro, IndependentStyle, LayoutRenderingElement, Name, Names, NamesChild, Substitute,
};

/// Writes into the style what it means without saying so (CSL 1.0.2, "Names"): a `cs:name` where `cs:names`
/// has other children only, and in the conditions of a `cs:substitute` the children of the `cs:names` around
/// it.
pub(super) fn complete(style: &mut IndependentStyle) {
    let macros = style.macros.iter_mut().map(|CslMacro { children, .. }| children);
    let citation = [&mut style.citation.layout.elements];
    let bibliography = style.bibliography.as_mut().map(|bibliography| &mut bibliography.layout.elements);
    for elements in macros.chain(citation).chain(bibliography) {
        elements.iter_mut().for_each(|element| complete_element(element, &[]));
    }
}

/// `inherited` is what names without children have.
fn complete_element(element: &mut LayoutRenderingElement, inherited: &[NamesChild]) {
    match element {
        LayoutRenderingElement::Names(names) => complete_names(names, inherited),
        LayoutRenderingElement::Group(group) => {
            group.children.iter_mut().for_each(|child| complete_element(child, inherited));
        }
        LayoutRenderingElement::Choose(choose) => {
            let branches = std::iter::once(&mut choose.if_).chain(&mut choose.else_if);
            let branches = branches.map(|branch| &mut branch.children);
            let otherwise = choose.otherwise.as_mut().map(|branch| &mut branch.children);
            for child in branches.chain(otherwise).flatten() {
                complete_element(child, inherited);
            }
        }
        _ => {}
    }
}

fn complete_names(names: &mut Names, inherited: &[NamesChild]) {
    if names.children.is_empty() {
        names.children = inherited.to_vec();
        return;
    }
    if !names.children.iter().any(|child| matches!(child, NamesChild::Name(_))) {
        names.children.insert(0, NamesChild::Name(Name::default()));
    }
    let (mut substitutes, own): (Vec<NamesChild>, Vec<NamesChild>) = std::mem::take(&mut names.children)
        .into_iter()
        .partition(|child| matches!(child, NamesChild::Substitute(_)));
    for substitute in &mut substitutes {
        let NamesChild::Substitute(Substitute { children }) = substitute else { continue };
        for child in children {
            // The engine knows of names that stand here, not of those under a condition.
            let is_known = matches!(child, LayoutRenderingElement::Names(names) if names.children.is_empty());
            if !is_known {
                complete_element(child, &own);
            }
        }
    }
    names.children = own;
    names.children.append(&mut substitutes);
}
