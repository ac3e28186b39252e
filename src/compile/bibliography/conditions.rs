//! What a style asks about the works that it sets, and the style that is left once this is known.
//!
//! The engine asks anew at every level of nesting whether anything will come of it, so that most of its time
//! goes into conditions (CSL 1.0.2, "Choose") whose answers the work alone decides. They are asked once for a
//! work here, of the engine itself, and the style is cut down to what they leave open.

use std::collections::{HashMap, HashSet};

use hayagriva::citationberg::taxonomy::{DateVariable, Kind, NumberVariable, StandardVariable, Variable};
use hayagriva::citationberg::{
    Choose, ChooseBranch, ChooseMatch, CslMacro, ElseBranch, IndependentStyle, InheritableNameOptions,
    LayoutRenderingElement, Name, NamesChild, Sort, SortKey, Text, TextTarget,
};

/// A condition that a work meets or not, wherever it is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Question {
    IsOfKind(Kind),
    Has(Variable),
    IsNumeric(Variable),
    IsUncertain(DateVariable),
}

impl Question {
    /// Whether a variable belongs to the work, not to the citation.
    fn is_of_work(variable: &Variable) -> bool {
        !matches!(
            variable,
            Variable::Standard(StandardVariable::YearSuffix)
                | Variable::Number(
                    NumberVariable::CitationNumber
                        | NumberVariable::FirstReferenceNoteNumber
                        | NumberVariable::Locator
                )
        )
    }

    fn of(branch: &ChooseBranch) -> impl Iterator<Item = Question> {
        let kinds = branch.type_.iter().flatten().copied().map(Question::IsOfKind);
        let of_work = |variable: &&Variable| Question::is_of_work(variable);
        let present = branch.variable.iter().flatten().filter(of_work).copied().map(Question::Has);
        let numeric = branch.is_numeric.iter().flatten().filter(of_work).copied().map(Question::IsNumeric);
        let uncertain = branch.is_uncertain_date.iter().flatten().copied().map(Question::IsUncertain);
        kinds.chain(present).chain(numeric).chain(uncertain)
    }

    /// What is asked for, if it is not the kind of the work.
    pub(super) fn variable(self) -> Option<Variable> {
        match self {
            Question::IsOfKind(_) => None,
            Question::Has(variable) | Question::IsNumeric(variable) => Some(variable),
            Question::IsUncertain(date) => Some(Variable::Date(date)),
        }
    }

    /// The condition that asks this and nothing else.
    fn branch(self, children: Vec<LayoutRenderingElement>) -> ChooseBranch {
        let mut branch = unconditional(children);
        match self {
            Question::IsOfKind(kind) => branch.type_ = Some(vec![kind]),
            Question::Has(variable) => branch.variable = Some(vec![variable]),
            Question::IsNumeric(variable) => branch.is_numeric = Some(vec![variable]),
            Question::IsUncertain(date) => branch.is_uncertain_date = Some(vec![date]),
        }
        branch
    }
}

/// A branch that is always taken.
fn unconditional(children: Vec<LayoutRenderingElement>) -> ChooseBranch {
    ChooseBranch {
        disambiguate: None,
        is_numeric: None,
        is_uncertain_date: None,
        locator: None,
        position: None,
        type_: None,
        variable: None,
        match_: ChooseMatch::All,
        children,
    }
}

/// All that the style asks of works, in its order.
pub(super) fn questions(style: &IndependentStyle) -> Vec<Question> {
    let mut seen = HashSet::new();
    let mut questions = Vec::new();
    visit_style(style, &mut |element| {
        if let LayoutRenderingElement::Choose(choose) = element {
            questions.extend(choose.branches().flat_map(Question::of).filter(|it| seen.insert(*it)));
        }
    });
    questions
}

/// Whether citations look otherwise where their work was cited before.
pub(super) fn looks_at_position(style: &IndependentStyle) -> bool {
    let shortens = |name: &Name, inherited: &InheritableNameOptions| {
        let options = name.options(inherited);
        options.et_al_subsequent_min.is_some() || options.et_al_subsequent_use_first.is_some()
    };
    let plain = Name::default();
    let mut found =
        [&style.citation.name_options, &style.settings.options].into_iter().any(|it| shortens(&plain, it));
    let nothing = InheritableNameOptions::default();
    let mut see = |element: &LayoutRenderingElement| match element {
        LayoutRenderingElement::Choose(choose) => {
            found |= choose.branches().any(|branch| branch.position.is_some());
        }
        LayoutRenderingElement::Names(names) => {
            found |= names
                .children
                .iter()
                .any(|child| matches!(child, NamesChild::Name(name) if shortens(name, &nothing)));
        }
        _ => {}
    };
    let elements = &style.citation.layout.elements;
    visit(elements, &mut see);
    let macros = called_macros(style, elements, None, &Answers::default());
    macros.iter().for_each(|it| visit(&it.children, &mut see));
    found
}

/// Variables that names may be replaced with. What stood in for names is left out afterwards (CSL 1.0.2,
/// "Substitute"), as if the work did not have it.
pub(super) fn substitutes(style: &IndependentStyle) -> HashSet<Variable> {
    let mut variables = HashSet::new();
    let mut calls = Vec::new();
    visit_style(style, &mut |element| {
        let LayoutRenderingElement::Names(names) = element else { return };
        for child in &names.children {
            if let NamesChild::Substitute(substitute) = child {
                variables.extend(names.variable.iter().copied().map(Variable::Name));
                take_variables(&substitute.children, &mut variables, &mut calls);
            }
        }
    });
    let mut called = HashSet::new();
    while let Some(name) = calls.pop() {
        let found = style.macros.iter().find(|it| it.name == name);
        if let Some(found) = found.filter(|it| called.insert(&it.name)) {
            take_variables(&found.children, &mut variables, &mut calls);
        }
    }
    variables
}

/// What the elements set, and the macros that they call.
fn take_variables(
    elements: &[LayoutRenderingElement],
    variables: &mut HashSet<Variable>,
    calls: &mut Vec<String>,
) {
    visit(elements, &mut |element| match element {
        LayoutRenderingElement::Text(Text { target: TextTarget::Variable { var, .. }, .. }) => {
            variables.insert(*var);
        }
        LayoutRenderingElement::Text(Text { target: TextTarget::Macro { name }, .. }) => {
            calls.push(name.clone());
        }
        LayoutRenderingElement::Number(number) => {
            variables.insert(number.variable.into());
        }
        LayoutRenderingElement::Date(date) => variables.extend(date.variable.map(Variable::Date)),
        LayoutRenderingElement::Names(names) => {
            variables.extend(names.variable.iter().copied().map(Variable::Name));
        }
        _ => {}
    });
}

/// A style that answers with the positions of the questions that a work meets, as `<0><7>`.
pub(super) fn questionnaire(style: &IndependentStyle, questions: &[Question]) -> IndependentStyle {
    let ask = |(position, question): (usize, &Question)| {
        let answer = Text::with_target(TextTarget::Value { val: format!("<{position}>") });
        let if_ = question.branch(vec![LayoutRenderingElement::Text(answer)]);
        LayoutRenderingElement::Choose(Choose { if_, else_if: Vec::new(), otherwise: None })
    };
    let mut asking = without_works(style);
    asking.citation.layout.elements = questions.iter().enumerate().map(ask).collect();
    asking
}

/// The style without macros, bibliography and what citations stand in.
pub(super) fn without_works(style: &IndependentStyle) -> IndependentStyle {
    let mut citation = style.citation.clone();
    citation.layout.elements.clear();
    citation.layout.prefix = None;
    citation.layout.suffix = None;
    citation.sort = None;
    IndependentStyle {
        citation,
        bibliography: None,
        macros: Vec::new(),
        version: style.version.clone(),
        info: style.info.clone(),
        settings: style.settings.clone(),
        default_locale: style.default_locale.clone(),
        locale: style.locale.clone(),
    }
}

/// What is known of the works that a style is cut down for.
#[derive(Debug, Default)]
pub(super) struct Answers {
    pub(super) known: HashMap<Question, bool>,
    /// Whether entries of the bibliography are meant, which have no position (CSL 1.0.2, "Choose").
    pub(super) is_list: bool,
}

impl Answers {
    /// Elements without the conditions that are decided.
    pub(super) fn settle(&self, elements: &[LayoutRenderingElement]) -> Vec<LayoutRenderingElement> {
        elements.iter().filter_map(|element| self.settle_element(element)).collect()
    }

    fn settle_element(&self, element: &LayoutRenderingElement) -> Option<LayoutRenderingElement> {
        let mut element = match element {
            LayoutRenderingElement::Choose(choose) => {
                return self.settle_choose(choose).map(LayoutRenderingElement::Choose);
            }
            other => other.clone(),
        };
        match &mut element {
            LayoutRenderingElement::Group(group) => group.children = self.settle(&group.children),
            LayoutRenderingElement::Names(names) => {
                for child in &mut names.children {
                    if let NamesChild::Substitute(substitute) = child {
                        substitute.children = self.settle(&substitute.children);
                    }
                }
            }
            _ => {}
        }
        Some(element)
    }

    fn settle_choose(&self, choose: &Choose) -> Option<Choose> {
        let mut open = Vec::new();
        let mut otherwise = choose.otherwise.as_ref().map(|branch| &branch.children);
        for branch in choose.branches() {
            match self.settle_branch(branch) {
                Settled::Never => {}
                Settled::Always => {
                    otherwise = Some(&branch.children);
                    break;
                }
                Settled::Open(condition) => {
                    open.push(ChooseBranch { children: self.settle(&branch.children), ..condition });
                }
            }
        }
        let otherwise = otherwise.map(|children| self.settle(children)).filter(|left| !left.is_empty());
        let mut open = open.into_iter();
        match open.next() {
            Some(if_) => Some(Choose {
                if_,
                else_if: open.collect(),
                otherwise: otherwise.map(|children| ElseBranch { children }),
            }),
            None => Some(Choose { if_: unconditional(otherwise?), else_if: Vec::new(), otherwise: None }),
        }
    }

    fn settle_branch(&self, branch: &ChooseBranch) -> Settled {
        let mut tests = Tests { mode: branch.match_, verdict: None };
        let answer = |question: Question| self.known.get(&question).copied();
        let of_work = |variable: &Variable, question: fn(Variable) -> Question| {
            answer(question(*variable)).filter(|_| Question::is_of_work(variable))
        };
        let left = ChooseBranch {
            disambiguate: branch.disambiguate,
            type_: tests.open(&branch.type_, |kind| answer(Question::IsOfKind(*kind))),
            variable: tests.open(&branch.variable, |variable| of_work(variable, Question::Has)),
            is_numeric: tests.open(&branch.is_numeric, |variable| of_work(variable, Question::IsNumeric)),
            is_uncertain_date: tests
                .open(&branch.is_uncertain_date, |date| answer(Question::IsUncertain(*date))),
            position: tests.open(&branch.position, |_| self.is_list.then_some(false)),
            locator: branch.locator.clone(),
            ..unconditional(Vec::new())
        };
        let left = ChooseBranch { match_: branch.match_, ..left };
        let is_open = left.disambiguate.is_some()
            || left.type_.is_some()
            || left.variable.is_some()
            || left.is_numeric.is_some()
            || left.is_uncertain_date.is_some()
            || left.position.is_some()
            || left.locator.is_some();
        match tests.verdict {
            Some(true) => Settled::Always,
            Some(false) => Settled::Never,
            None if is_open => Settled::Open(left),
            None if branch.match_ == ChooseMatch::Any => Settled::Never,
            None => Settled::Always,
        }
    }
}

enum Settled {
    Always,
    Never,
    /// The condition with what could not be answered.
    Open(ChooseBranch),
}

/// The tests of one branch, as they are answered.
struct Tests {
    mode: ChooseMatch,
    verdict: Option<bool>,
}

impl Tests {
    /// Leaves what has no answer; one answer may decide the branch.
    fn open<T: Copy>(
        &mut self,
        tests: &Option<Vec<T>>,
        answer: impl Fn(&T) -> Option<bool>,
    ) -> Option<Vec<T>> {
        let mut open = Vec::new();
        for test in tests.iter().flatten() {
            match (self.mode, answer(test)) {
                (_, None) => open.push(*test),
                (ChooseMatch::All, Some(false)) | (ChooseMatch::None, Some(true)) => {
                    self.verdict = Some(false);
                }
                (ChooseMatch::Any, Some(true)) => self.verdict = Some(true),
                _ => {}
            }
        }
        Some(open).filter(|open| !open.is_empty())
    }
}

/// The macros that the elements and the keys of `sort` call, directly or through others, as the answers
/// leave them.
pub(super) fn called_macros(
    style: &IndependentStyle,
    elements: &[LayoutRenderingElement],
    sort: Option<&Sort>,
    answers: &Answers,
) -> Vec<CslMacro> {
    let mut called: HashMap<String, Vec<LayoutRenderingElement>> = HashMap::new();
    let mut order = Vec::new();
    let keys = sort.iter().flat_map(|sort| &sort.keys);
    let named = |key: &SortKey| match key {
        SortKey::MacroName { name, .. } => Some(name.clone()),
        SortKey::Variable { .. } => None,
    };
    let mut waiting: Vec<String> = keys.filter_map(named).collect();
    let mut variables = HashSet::new();
    take_variables(elements, &mut variables, &mut waiting);
    while let Some(name) = waiting.pop() {
        if called.contains_key(&name) {
            continue;
        }
        let Some(found) = style.macros.iter().find(|it| it.name == name) else { continue };
        let children = answers.settle(&found.children);
        take_variables(&children, &mut variables, &mut waiting);
        order.push(name.clone());
        called.insert(name, children);
    }
    let written = |name: String| CslMacro { children: called.remove(&name).unwrap_or_default(), name };
    order.into_iter().map(written).collect()
}

fn visit_style(style: &IndependentStyle, see: &mut impl FnMut(&LayoutRenderingElement)) {
    let macros = style.macros.iter().map(|it| &it.children);
    let bibliography = style.bibliography.iter().map(|it| &it.layout.elements);
    for elements in macros.chain([&style.citation.layout.elements]).chain(bibliography) {
        visit(elements, see);
    }
}

/// Shows every element, those around others first.
fn visit(elements: &[LayoutRenderingElement], see: &mut impl FnMut(&LayoutRenderingElement)) {
    for element in elements {
        see(element);
        match element {
            LayoutRenderingElement::Group(group) => visit(&group.children, see),
            LayoutRenderingElement::Choose(choose) => {
                let branches = choose.branches().map(|branch| &branch.children);
                let otherwise = choose.otherwise.iter().map(|branch| &branch.children);
                branches.chain(otherwise).for_each(|children| visit(children, see));
            }
            LayoutRenderingElement::Names(names) => {
                for child in &names.children {
                    if let NamesChild::Substitute(substitute) = child {
                        visit(&substitute.children, see);
                    }
                }
            }
            _ => {}
        }
    }
}
