//! The query string, parameter by parameter.

use query::model::{Cursor, Filter, Query, Sort};
use tabular::{Profile, snapshot::ROW_ID, typing::FieldType};

use super::{
    condition::{Columns, Operand, split_operator},
    error::{ParamError, Reason},
    is_grouped, limits, nested, order, page,
    pairs::{Pair, pairs},
};

/// Who is spoken with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Everything of the grammar.
    Native,
    /// Only what api-tabular knows; `null` as a value means nothing.
    Tabular,
}

/// What a query string asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The question; its page is complete once [`Parsed::paged`] was called.
    pub query: Query,
    /// `page`, from 1.
    pub page: Option<u64>,
    cursor: Option<String>,
    by_offset: bool,
}

impl Parsed {
    /// Whether a place was given by `offset` or `page`.
    pub fn by_offset(&self) -> bool {
        self.by_offset || self.page.is_some()
    }

    /// Completes the page: `default` rows when none were asked, never more than `most`.
    ///
    /// # Errors
    /// When more rows are asked.
    pub fn paged(mut self, default: u64, most: u64) -> Result<Self, ParamError> {
        let size = self.query.page.limit.unwrap_or(default);
        if size > most {
            return Err(ParamError::new(format!("page_size={size}"), Reason::PageTooLarge(most)));
        }
        self.query.page.limit = Some(size);
        if let Some(page) = self.page {
            self.query.page.offset = (page - 1).saturating_mul(size);
        }
        Ok(self)
    }

    /// Reads the cursor, if there is one, as a place in this snapshot.
    ///
    /// # Errors
    /// When it isn't a cursor, or belongs to another version of the data.
    pub fn on(mut self, snapshot: &str) -> Result<Self, ParamError> {
        if let Some(text) = self.cursor.take() {
            let after =
                Cursor::from_text(&text, snapshot).map_err(|_| ParamError::new("cursor", Reason::StaleCursor))?;
            self.query.page.after = Some(after);
        }
        Ok(self)
    }
}

/// Reads a whole query string.
///
/// # Errors
/// When a parameter is unknown or malformed, or names a column that the table doesn't have. A cursor, which only has
/// a meaning for one snapshot, goes through [`parse_with`] and [`Parsed::on`].
pub fn parse(query_string: &str, profile: &Profile) -> Result<Query, ParamError> {
    let parsed = parse_with(query_string, profile, Dialect::Native, &[])?;
    if parsed.cursor.is_some() {
        return Err(ParamError::new("cursor", Reason::UnknownParameter));
    }
    let size = parsed.query.page.limit;
    match size {
        Some(size) => Ok(parsed.paged(size, u64::MAX)?.query),
        None if parsed.page.is_some() => Ok(parsed.paged(20, u64::MAX)?.query),
        None => Ok(parsed.query),
    }
}

/// Reads a query string in which `others` are parameters of something else, passed over here.
///
/// # Errors
/// As [`parse`].
pub fn parse_with(
    query_string: &str,
    profile: &Profile,
    dialect: Dialect,
    others: &[&str],
) -> Result<Parsed, ParamError> {
    let mut reader = Reader::new(Columns { profile, dialect });
    for pair in pairs(query_string) {
        let pair = pair?;
        if !others.contains(&pair.name.as_ref()) {
            reader.pair(&pair).map_err(|reason| ParamError::new(pair.argument(), reason))?;
        }
    }
    reader.finish()
}

struct Reader<'a> {
    columns: Columns<'a>,
    filters: Vec<Filter>,
    conditions: usize,
    row_id_selected: bool,
    parsed: Parsed,
}

impl<'a> Reader<'a> {
    fn new(columns: Columns<'a>) -> Self {
        let parsed = Parsed { query: Query::default(), page: None, cursor: None, by_offset: false };
        Self { columns, filters: Vec::new(), conditions: 0, row_id_selected: false, parsed }
    }

    fn pair(&mut self, pair: &Pair<'_>) -> Result<(), Reason> {
        let value = pair.value.as_deref();
        let native = self.columns.dialect == Dialect::Native;
        let text = || value.filter(|text| !text.is_empty()).ok_or(Reason::Malformed("a value after `=`"));
        match pair.name.as_ref() {
            "page" => self.parsed.page = Some(page::whole(text()?, 1, 1_000_000_000)?),
            "page_size" => self.parsed.query.page.limit = Some(page::whole(text()?, 1, page::FURTHEST)?),
            "columns" => self.select(text()?)?,
            "or" => self.nested(text()?, Filter::Or)?,
            "and" => self.nested(text()?, Filter::And)?,
            name if native && self.native(name, value)? => {}
            name => self.on_column(name, pair)?,
        }
        Ok(())
    }

    /// Parameters that api-tabular doesn't have; says whether it was one.
    fn native(&mut self, name: &str, value: Option<&str>) -> Result<bool, Reason> {
        let text = || value.filter(|text| !text.is_empty()).ok_or(Reason::Malformed("a value after `=`"));
        let query = &mut self.parsed.query;
        match name {
            // An empty search box sends `q=`: nothing is asked.
            "q" if value.is_none_or(str::is_empty) => {}
            "q" => return self.keep(Filter::Search { value: text()?.to_owned() }).map(|()| true),
            "bbox" => return self.keep(page::bbox(text()?, self.columns.profile)?).map(|()| true),
            "near" => return self.keep(page::near(text()?, self.columns.profile)?).map(|()| true),
            "sort" => query.sort.extend(order::sort(text()?)?),
            "select" => self.select(text()?)?,
            "group_by" => query.group_by.extend(order::groups(text()?, self.columns)?),
            "aggregate" => query.aggregates.extend(order::aggregates(text()?, self.columns)?),
            "limit" => query.page.limit = Some(page::whole(text()?, 1, page::FURTHEST)?),
            "raw" => query.raw = page::flag(value)?,
            "offset" => {
                query.page.offset = page::whole(text()?, 0, page::FURTHEST)?;
                self.parsed.by_offset = true;
            }
            "cursor" => self.parsed.cursor = Some(text()?.to_owned()),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// `column__something`, with a value or bare.
    fn on_column(&mut self, name: &str, pair: &Pair<'_>) -> Result<(), Reason> {
        if self.columns.dialect == Dialect::Tabular && pair.written.matches('=').count() > 1 {
            return Err(Reason::UnknownParameter);
        }
        if let Some((column, operator)) = split_operator(name) {
            let operand = match &pair.value {
                Some(text) if !operator.is_bare() => Operand::Plain(text.clone().into_owned()),
                _ => Operand::Absent,
            };
            let filter = self.columns.condition(column, operator, operand)?;
            return self.keep(filter);
        }
        let (column, word) = name.rsplit_once("__").ok_or(Reason::UnknownParameter)?;
        let query = &mut self.parsed.query;
        if word.eq_ignore_ascii_case("sort") {
            let descending = match pair.value.as_deref() {
                Some("asc") => false,
                Some("desc") => true,
                _ => return Err(Reason::Malformed("`asc` or `desc`")),
            };
            query.sort.push(Sort { field: column.to_owned(), descending });
        } else if word.eq_ignore_ascii_case("groupby") {
            order::group(column, self.columns)?;
            query.group_by.push(column.to_owned());
        } else {
            let function = order::function(word).ok_or(Reason::UnknownParameter)?;
            query.aggregates.push(order::aggregate(function, Some(column.to_owned()), self.columns)?);
        }
        Ok(())
    }

    fn nested(&mut self, text: &str, combine: fn(Vec<Filter>) -> Filter) -> Result<(), Reason> {
        let filter = combine(nested::parse(text, self.columns)?);
        self.keep(filter)
    }

    fn keep(&mut self, filter: Filter) -> Result<(), Reason> {
        self.conditions += size(&filter);
        if self.conditions > limits::CONDITIONS {
            return Err(Reason::TooMany("conditions", limits::CONDITIONS));
        }
        self.filters.push(filter);
        Ok(())
    }

    fn select(&mut self, text: &str) -> Result<(), Reason> {
        for name in order::fields(text, self.columns)? {
            if name == ROW_ID {
                self.row_id_selected = true;
            } else if !self.parsed.query.select.contains(&name) {
                self.parsed.query.select.push(name);
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Parsed, ParamError> {
        let query = &mut self.parsed.query;
        query.filter = match self.filters.len() {
            0 | 1 => self.filters.pop(),
            _ => Some(Filter::And(self.filters)),
        };
        if self.row_id_selected && query.select.is_empty() {
            query.select.push(ROW_ID.to_owned());
        }
        query.with_row_id = !is_grouped(query) && (query.select.is_empty() || self.row_id_selected);
        check_whole(&self.parsed, self.columns)?;
        Ok(self.parsed)
    }
}

/// Rules between parameters.
fn check_whole(parsed: &Parsed, columns: Columns<'_>) -> Result<(), ParamError> {
    let query = &parsed.query;
    let conflict = |argument: &str, why| Err(ParamError::new(argument, Reason::Conflict(why)));
    if is_grouped(query) && !query.select.is_empty() {
        return conflict("columns", "the argument `columns` cannot be set alongside aggregators");
    }
    if query.group_by.len() + query.aggregates.len() > 2 * limits::KEYS || query.sort.len() > limits::KEYS {
        return Err(ParamError::new("sort", Reason::TooMany("keys", limits::KEYS)));
    }
    if let Some(twice) = repeated(query) {
        return conflict(&twice, "it is asked twice");
    }
    if parsed.page.is_some() && parsed.by_offset {
        return conflict("offset", "`page` and `offset` both say where to begin; keep one");
    }
    if parsed.cursor.is_some() && parsed.by_offset() {
        return conflict("cursor", "a cursor says where to begin; leave out `offset` and `page`");
    }
    query.sort.iter().try_for_each(|key| {
        sortable(&key.field, query, columns).map_err(|reason| ParamError::new(format!("sort={}", key.field), reason))
    })
}

/// A name of an answer's field, or a sort key, that comes twice.
fn repeated(query: &Query) -> Option<String> {
    let results = query.group_by.iter().chain(query.aggregates.iter().map(|aggregate| &aggregate.name));
    let keys = query.sort.iter().map(|key| &key.field);
    twice(results).or_else(|| twice(keys)).cloned()
}

fn twice<'a>(names: impl Iterator<Item = &'a String>) -> Option<&'a String> {
    let mut seen = std::collections::HashSet::new();
    names.into_iter().find(|name| !seen.insert(*name))
}

fn sortable(field: &str, query: &Query, columns: Columns<'_>) -> Result<(), Reason> {
    if is_grouped(query) {
        let known = query.group_by.iter().any(|key| key == field) || query.aggregates.iter().any(|a| a.name == field);
        return if known {
            Ok(())
        } else {
            Err(Reason::NotForColumn("groups are sorted by a key or by an aggregate, such as `montant__sum`"))
        };
    }
    if field == ROW_ID {
        return Ok(());
    }
    match columns.find(field)?.field_type {
        FieldType::Geometry => Err(Reason::NotForColumn("rows cannot be sorted by a geometry")),
        _ => Ok(()),
    }
}

/// Conditions in a filter.
fn size(filter: &Filter) -> usize {
    match filter {
        Filter::And(filters) | Filter::Or(filters) => filters.iter().map(size).sum(),
        Filter::Not(filter) => size(filter),
        _ => 1,
    }
}
