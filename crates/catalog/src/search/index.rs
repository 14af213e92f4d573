//! The index of texts, and the entries that its documents stand for.

use tantivy::collector::TopDocs;
use tantivy::query::AllQuery;
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument};
use uuid::Uuid;

use super::analysis;
use super::answer::{Facets, SearchQuery, Sort};
use super::entry::{Entry, Texts};
use super::{facets, text};
use crate::error::Result;

/// Memory of the writer while it builds; it is given back afterwards.
const WRITER_MEMORY: usize = 15 << 20;
/// Hits of a page.
const LARGEST_PAGE: u64 = 1_000;

/// An index that doesn't change.
pub(super) struct Index {
    reader: IndexReader,
    pub(super) fields: Fields,
    entries: Vec<Entry>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

/// The fields of a document, and how much a word found there weighs.
pub(super) struct Fields {
    pub stems: [(Field, f32); 6],
    /// Every word but those of descriptions, not stemmed: for beginnings and typos.
    pub words: Field,
    pub years: Field,
    place: Field,
}

/// Name of the field that holds the entry's place in the list.
const PLACE: &str = "place";

/// A page of what was found.
pub(super) struct Found {
    pub ids: Vec<Uuid>,
    pub total: u64,
    pub facets: Facets,
}

impl Index {
    pub(super) fn build(mut entries: Vec<Entry>) -> Result<Self> {
        let (schema, fields) = schema();
        let index = tantivy::Index::builder().schema(schema);
        let index = index.create_in_ram()?;
        index.tokenizers().register("stems", analysis::stems());
        index.tokenizers().register("words", analysis::words());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_MEMORY)?;
        for (place, entry) in (0_u64..).zip(&mut entries) {
            writer.add_document(fields.document(place, entry))?;
            // The index has the texts now.
            entry.texts = Texts::default();
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { reader, fields, entries })
    }

    /// Matches, filters, counts, orders, cuts out the page.
    pub(super) fn find(&self, query: &SearchQuery) -> Result<Found> {
        let matches = self.matches(&query.text)?;
        let counted = facets::count(&self.entries, &matches, query);
        let mut hits = counted.hits;
        let entry = |place: usize| &self.entries[place];
        let recent =
            |a: usize, b: usize| entry(b).modified.cmp(&entry(a).modified).then_with(|| entry(b).id.cmp(&entry(a).id));
        match query.sort {
            Sort::Relevance => hits.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| recent(a.0, b.0))),
            Sort::Recent => hits.sort_by(|a, b| recent(a.0, b.0)),
            Sort::Title => {
                hits.sort_by(|a, b| entry(a.0).title_key.cmp(&entry(b.0).title_key).then_with(|| recent(a.0, b.0)))
            }
        }
        let offset = usize::try_from(query.offset).unwrap_or(usize::MAX);
        let limit = usize::try_from(query.limit.min(LARGEST_PAGE)).unwrap_or(usize::MAX);
        let ids = hits.iter().skip(offset).take(limit).map(|(place, _)| entry(*place).id).collect();
        Ok(Found { ids, total: hits.len() as u64, facets: counted.facets })
    }

    /// Places of the entries that the text matches, with their scores: strictly; else with typos forgiven; else with
    /// most of the words.
    fn matches(&self, text: &str) -> Result<Vec<(usize, f32)>> {
        let words = analysis::query_words(text, text::MOST_WORDS);
        if words.is_empty() {
            return Ok(if text.trim().is_empty() { self.run(&AllQuery)? } else { Vec::new() });
        }
        for leniency in text::Leniency::ALL {
            let found = self.run(text::query(&self.fields, &words, leniency).as_ref())?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    fn run(&self, query: &dyn tantivy::query::Query) -> Result<Vec<(usize, f32)>> {
        if self.entries.is_empty() {
            return Ok(Vec::new());
        }
        let searcher = self.reader.searcher();
        let found = searcher.search(query, &TopDocs::with_limit(self.entries.len()).order_by_score())?;
        let mut places = Vec::with_capacity(found.len());
        for (score, address) in found {
            let column = searcher.segment_reader(address.segment_ord).fast_fields().u64(PLACE)?;
            let place = column.first(address.doc_id).and_then(|place| usize::try_from(place).ok());
            places.extend(place.filter(|place| *place < self.entries.len()).map(|place| (place, score)));
        }
        Ok(places)
    }
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let mut text = |name: &str, tokenizer: &str, record: IndexRecordOption| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record);
        schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
    };
    let freqs = IndexRecordOption::WithFreqs;
    let stems = [
        (text("title", "stems", freqs), 3.0),
        (text("keywords", "stems", freqs), 2.0),
        (text("resources", "stems", freqs), 1.5),
        (text("organization", "stems", freqs), 1.2),
        (text("columns", "stems", freqs), 0.8),
        (text("description", "stems", freqs), 0.8),
    ];
    let words = text("words", "words", IndexRecordOption::Basic);
    let years = text("years", "words", IndexRecordOption::Basic);
    let place = schema.add_u64_field(PLACE, FAST);
    (schema.build(), Fields { stems, words, years, place })
}

impl Fields {
    fn document(&self, place: u64, entry: &Entry) -> TantivyDocument {
        let texts = &entry.texts;
        let each =
            [&texts.title, &texts.keywords, &texts.resources, &texts.organization, &texts.columns, &texts.description];
        let mut document = TantivyDocument::new();
        for ((field, _), text) in self.stems.iter().zip(each) {
            document.add_text(*field, text);
        }
        for text in &each[..5] {
            document.add_text(self.words, text);
        }
        document.add_text(self.years, entry.values.years.join(" "));
        document.add_u64(self.place, place);
        document
    }
}
