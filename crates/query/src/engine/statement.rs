//! How large a statement may be before it is planned.
//!
//! Plans and expressions are walked by recursion, in part on the stack of a thread that serves; and what a `WITH` names
//! is planned anew wherever the name stands. Without bounds a text of some kilobytes would overflow the stack, which
//! ends the program, or make a plan that fills the memory.

use std::{collections::HashMap, ops::ControlFlow};

use datafusion::sql::sqlparser::{
    ast::{Expr, ObjectName, Query, Statement, Visit, Visitor},
    dialect::GenericDialect,
    keywords::Keyword,
    tokenizer::{Token, Tokenizer},
};

use crate::{Error, Result};

/// Most operators: each may nest the expression or the query one level deeper.
const MOST_OPERATORS: usize = 400;
/// Most tables and subqueries, once every name of a `WITH` stands for its query.
const MOST_RELATIONS: u64 = 200;

/// Most functions that put texts together: each may double its value, through the names of a `WITH` too.
const MOST_JOINTS: usize = 10;
/// Most functions that put a text in place of each of many others.
const MOST_SUBSTITUTIONS: usize = 2;
/// Longest literal beside a substitution, in characters.
const LONGEST_SUBSTITUTE: usize = 100;

fn refused(message: String) -> Error {
    Error::Sql { message, line: None, column: None }
}

/// Looks at the text, before a tree is made of it.
pub(super) fn check_text(text: &str) -> Result<()> {
    // What can't be read as tokens is for the parser to explain.
    let Ok(tokens) = Tokenizer::new(&GenericDialect {}, text).tokenize() else { return Ok(()) };
    let operators = tokens.iter().filter(|token| is_operator(token)).count();
    if operators > MOST_OPERATORS {
        return Err(refused(format!(
            "the statement has {operators} operators, at most {MOST_OPERATORS} are taken: write a long list of values with IN (…)"
        )));
    }
    check_growth(&tokens)
}

/// Texts are built outside of what the memory limit sees, so how much longer than the table's they can get is bounded
/// by what the statement may say.
fn check_growth(tokens: &[Token]) -> Result<()> {
    let words = |names: &[&str]| {
        let named = |token: &&Token| matches!(token, Token::Word(word) if names.iter().any(|name| word.value.eq_ignore_ascii_case(name)));
        tokens.iter().filter(named).count()
    };
    let pipes = tokens.iter().filter(|token| matches!(token, Token::StringConcat)).count();
    let joints =
        pipes + words(&["concat", "concat_ws", "array_to_string", "array_join", "list_to_string", "list_join"]);
    let substitutions = words(&["replace", "regexp_replace", "overlay", "translate"]);
    let longest = tokens.iter().map(|token| match token {
        Token::SingleQuotedString(text) => text.chars().count(),
        _ => 0,
    });
    let most_joints = if substitutions == 0 { MOST_JOINTS } else { MOST_JOINTS / 3 };
    if joints > most_joints || substitutions > MOST_SUBSTITUTIONS {
        return Err(refused(format!(
            "the statement builds texts from texts {} times, at most {most_joints} times by joining and {MOST_SUBSTITUTIONS} by replacing are taken",
            joints + substitutions
        )));
    }
    if substitutions > 0 && longest.max().unwrap_or(0) > LONGEST_SUBSTITUTE {
        return Err(refused(format!(
            "texts beside replace, translate or overlay have at most {LONGEST_SUBSTITUTE} characters"
        )));
    }
    Ok(())
}

/// Everything but names, literals and punctuation, whose number nests nothing.
fn is_operator(token: &Token) -> bool {
    match token {
        Token::Word(word) => word.quote_style.is_none() && is_operator_word(word.keyword),
        Token::EOF
        | Token::Number(..)
        | Token::SingleQuotedString(_)
        | Token::Comma
        | Token::LParen
        | Token::RParen
        | Token::Period
        | Token::SemiColon
        | Token::Whitespace(_) => false,
        _ => true,
    }
}

fn is_operator_word(keyword: Keyword) -> bool {
    use Keyword as K;
    matches!(
        keyword,
        K::AND
            | K::OR
            | K::XOR
            | K::NOT
            | K::IS
            | K::NOTNULL
            | K::IN
            | K::LIKE
            | K::ILIKE
            | K::RLIKE
            | K::REGEXP
            | K::SIMILAR
            | K::BETWEEN
            | K::COLLATE
            | K::AT
            | K::DIV
            | K::OVERLAPS
            | K::OPERATOR
            | K::MEMBER
            | K::UNION
            | K::EXCEPT
            | K::INTERSECT
            | K::MINUS
            | K::JOIN
    )
}

/// Looks at the tree, before it is planned.
pub(super) fn check(statement: &Statement) -> Result<()> {
    match statement.visit(&mut Weighing::default()) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(error),
    }
}

/// Counts the relations of each query, and how deep expressions are.
#[derive(Default)]
struct Weighing {
    /// Names that queries of a `WITH` have, by where they are in memory.
    named: HashMap<usize, String>,
    /// What each name stands for; the heaviest, when several have one name.
    weights: HashMap<String, u64>,
    /// The queries being looked at, the outermost first.
    open: Vec<u64>,
    depth: usize,
}

fn place(query: &Query) -> usize {
    std::ptr::from_ref(query).addr()
}

impl Weighing {
    fn add(&mut self, weight: u64) -> ControlFlow<Error> {
        let Some(query) = self.open.last_mut() else { return ControlFlow::Continue(()) };
        *query = query.saturating_add(weight);
        if *query > MOST_RELATIONS {
            return ControlFlow::Break(refused(format!(
                "the statement reads more than {MOST_RELATIONS} tables and subqueries, counting those of a WITH at each use"
            )));
        }
        ControlFlow::Continue(())
    }
}

impl Visitor for Weighing {
    type Break = Error;

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<Error> {
        for table in query.with.iter().flat_map(|with| &with.cte_tables) {
            self.named.insert(place(&table.query), table.alias.name.value.clone());
        }
        self.open.push(1);
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, query: &Query) -> ControlFlow<Error> {
        let weight = self.open.pop().unwrap_or_default();
        match self.named.remove(&place(query)) {
            Some(name) => {
                let known = self.weights.entry(name).or_default();
                *known = weight.max(*known);
                ControlFlow::Continue(())
            }
            None => self.add(weight),
        }
    }

    fn pre_visit_relation(&mut self, relation: &ObjectName) -> ControlFlow<Error> {
        let name = relation.0.last().and_then(|part| part.as_ident());
        let weight = name.and_then(|name| self.weights.get(&name.value)).copied();
        self.add(weight.unwrap_or(1))
    }

    fn pre_visit_expr(&mut self, _: &Expr) -> ControlFlow<Error> {
        self.depth += 1;
        if self.depth > MOST_OPERATORS {
            return ControlFlow::Break(refused(format!("expressions are nested deeper than {MOST_OPERATORS}")));
        }
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, _: &Expr) -> ControlFlow<Error> {
        self.depth = self.depth.saturating_sub(1);
        ControlFlow::Continue(())
    }
}
