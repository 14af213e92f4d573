//! The catalogue's part of a publication: all in one transaction.

use std::collections::HashSet;

use tabular::Profile;
use tabular::typing::FieldType;

use super::prepare::{PreparedTable, Source};
use super::published::{self, PublishWarning, Published};
use super::treat::Ready;
use super::{Publication, SourceLocation, media_type, naming};
use crate::error::{Error, Result};
use crate::model::{Dataset, Justified, Resource, Version};
use crate::place::{self, Told};
use crate::records::{Change, DatasetDraft, NewVersion, Provenance};
use crate::slug::fold;

/// Years between the first and the last date of a column, beyond which its dates tell something else than what the
/// data is about (dates of birth, of construction).
const LONGEST_PERIOD: i16 = 15;

/// Refuses what will be refused.
pub(super) async fn rehearse(
    change: &mut Change<'_>,
    publication: &Publication,
    source: Option<&Source>,
) -> Result<()> {
    let file_name = match (source, &publication.source) {
        (Some(source), _) => source.file_name.as_str(),
        (None, SourceLocation::File { name, .. }) => name,
        (None, SourceLocation::Url(_)) => "fichier",
    };
    let dataset = place_dataset(change, publication, file_name, &[], None).await?;
    if let Some(id) = publication.resource {
        let resources = change.resources(dataset.id).await?;
        if !resources.iter().any(|(resource, _)| resource.id == id) {
            return Err(Error::not_found("resource", id));
        }
    }
    Ok(())
}

/// `name` is that of the file that came.
pub(super) async fn apply(
    change: &mut Change<'_>,
    publication: &Publication,
    name: &str,
    ready: Vec<Ready>,
) -> Result<Published> {
    let tables = || ready.iter().flat_map(|one| &one.prepared.tables);
    let profiles: Vec<&Profile> = tables().map(|table| &table.profile).collect();
    let told = place::together(tables().filter_map(|table| table.place.as_ref()));
    let dataset = place_dataset(change, publication, name, &profiles, told.as_ref()).await?;
    let contents = contents(publication, &ready)?;
    let mut existing = change.resources(dataset.id).await?;
    let mut published = Published { dataset: (&dataset).into(), resources: Vec::new(), warnings: Vec::new() };
    for (title, profile, version) in contents {
        let snapshot = version.snapshot.clone();
        let before = take_match(&mut existing, publication, &title, &version)?;
        let resource = match before {
            Some((resource, current)) if is_unchanged(&current, &version) => {
                published.warnings.push(unchanged(&resource, &current));
                resource
            }
            Some((resource, _)) => change.publish_version(&resource, version).await?.0,
            None => change.create_resource(dataset.id, &title, version).await?.0,
        };
        published
            .warnings
            .extend(profile.map(|profile| published::warnings(&resource.title, profile)).unwrap_or_default());
        published.resources.push(published::resource(&dataset, &resource, snapshot, profile));
    }
    Ok(published)
}

/// The same table of the same bytes, and nothing new that a schema or a person says of it.
fn is_unchanged(current: &Version, new: &NewVersion) -> bool {
    let Provenance { schema, justifications, .. } = &new.provenance;
    let answers = |known: &Justified| justifications.iter().any(|new| new.finding == known.finding);
    current.snapshot == new.snapshot
        && current.table == new.table
        && (schema.is_none() || current.schema == *schema)
        && justifications.len() == current.justifications.iter().filter(|known| answers(known)).count()
}

/// The dataset that is meant, created or updated.
async fn place_dataset(
    change: &mut Change<'_>,
    publication: &Publication,
    file_name: &str,
    profiles: &[&Profile],
    told: Option<&Told>,
) -> Result<Dataset> {
    let title = publication.title.clone().unwrap_or_else(|| naming::title(file_name));
    let named = match &publication.dataset {
        Some(key) => change.dataset(key).await?,
        None => None,
    };
    let organization = change.publisher(publication.organization.as_deref(), named.as_ref()).await?;
    let existing = match (&publication.dataset, named) {
        (_, Some(dataset)) => Some(dataset),
        (None, None) => change.dataset_titled(organization.id, title.trim()).await?,
        (Some(key), None) if uuid::Uuid::parse_str(key).is_ok() => return Err(Error::not_found("dataset", key)),
        (Some(_), None) => None,
    };
    let guessed = guess_years(file_name, &title, profiles);
    let territory = place::choose(told.map(|told| told.territory), organization.territory.as_deref());
    match existing {
        Some(dataset) => {
            let mut draft = overlay(DatasetDraft::from(&dataset), publication);
            if publication.years.is_none() {
                draft.years.extend(guessed);
            }
            draft.territory = draft.territory.or(territory);
            change.update_dataset(&dataset, draft).await
        }
        None => {
            let draft = new_draft(title, publication, territory);
            let years = publication.years.clone().unwrap_or(guessed);
            change.create_dataset(&organization, DatasetDraft { years, ..draft }).await
        }
    }
}

fn new_draft(title: String, publication: &Publication, territory: Option<String>) -> DatasetDraft {
    let slug = publication.dataset.clone();
    overlay(DatasetDraft { slug, title, territory, ..DatasetDraft::default() }, publication)
}

/// What is said replaces what was.
fn overlay(mut draft: DatasetDraft, publication: &Publication) -> DatasetDraft {
    let said = publication.clone();
    let replace = |field: &mut String, value: Option<String>| {
        if let Some(value) = value {
            *field = value;
        }
    };
    replace(&mut draft.title, said.title);
    replace(&mut draft.description, said.description);
    replace(&mut draft.licence, said.licence);
    replace(&mut draft.frequency, said.frequency);
    draft.themes = said.themes.unwrap_or(draft.themes);
    draft.keywords = said.keywords.unwrap_or(draft.keywords);
    draft.territory = said.territory.or(draft.territory);
    draft.years = said.years.unwrap_or(draft.years);
    draft.contact_email = said.contact_email.or(draft.contact_email);
    draft.source = said.source_note.or(draft.source);
    draft
}

/// Years of the file's name and title, else of its dates.
fn guess_years(file_name: &str, title: &str, profiles: &[&Profile]) -> Vec<i16> {
    let mut named = naming::years(file_name);
    named.extend(naming::years(title));
    if named.is_empty() {
        profiles.iter().filter_map(|profile| dated_years(profile)).flat_map(|(_, years)| years).collect()
    } else {
        named
    }
}

/// The first column of dates that spans a short period, and its years.
pub(crate) fn dated_years(profile: &Profile) -> Option<(String, Vec<i16>)> {
    let this_year = jiff::Zoned::now().year();
    let dated = |field| matches!(field, FieldType::Date | FieldType::Datetime | FieldType::Year);
    profile.columns.iter().filter(|column| dated(column.field_type)).find_map(|column| {
        let (first, last) = (year(column.min.as_ref()?)?, year(column.max.as_ref()?)?);
        let plausible = first >= 1900 && last <= this_year + 1 && last - first < LONGEST_PERIOD;
        plausible.then(|| (column.label.clone(), (first..=last).collect()))
    })
}

fn year(value: &serde_json::Value) -> Option<i16> {
    match value {
        serde_json::Value::Number(number) => i16::try_from(number.as_i64()?).ok(),
        serde_json::Value::String(text) => text.get(..4)?.parse().ok(),
        _ => None,
    }
}

type Content<'a> = (String, Option<&'a Profile>, NewVersion);

/// The title, the profile and the version of each table; of the file itself when it's a document.
fn contents<'a>(publication: &Publication, ready: &'a [Ready]) -> Result<Vec<Content<'a>>> {
    let count: usize = ready.iter().map(|one| one.prepared.tables.len().max(1)).sum();
    if publication.resource.is_some() && count > 1 {
        let detail = format!("the file has {count} tables: publish it without naming a resource");
        return Err(Error::invalid("resource", detail));
    }
    let mut titles = HashSet::new();
    let mut contents = Vec::new();
    for one in ready {
        let source = &one.prepared.source;
        let chosen = |n: usize| one.titles.get(n).cloned().flatten();
        let own_title = || match chosen(0) {
            Some(title) => title,
            None if count == 1 => {
                publication.resource_title.clone().unwrap_or_else(|| naming::title(&source.file_name))
            }
            None => naming::title(&source.file_name),
        };
        match one.prepared.tables.as_slice() {
            [] => contents.push((unique(own_title(), &mut titles), None, document(source)?)),
            [only] => {
                let version = table(one, 0, only)?;
                contents.push((unique(own_title(), &mut titles), Some(&only.profile), version));
            }
            several => {
                for (index, (n, of)) in (0..u32::MAX).zip(several).enumerate() {
                    let title = chosen(index).unwrap_or_else(|| table_title(n, &of.profile));
                    let title = unique(title, &mut titles);
                    contents.push((title, Some(&of.profile), table(one, n, of)?));
                }
            }
        }
    }
    Ok(contents)
}

/// The table's own name.
fn table_title(number: u32, profile: &Profile) -> String {
    let name = profile.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let name: String = name.map_or_else(|| format!("Table {}", number + 1), |name| name.chars().take(200).collect());
    name.replace(char::is_control, " ")
}

/// A title that no other content has.
fn unique(name: String, taken: &mut HashSet<String>) -> String {
    let mut title = name.clone();
    let mut copy = 1;
    while !taken.insert(fold(&title)) {
        copy += 1;
        title = format!("{name} ({copy})");
    }
    title
}

fn document(source: &Source) -> Result<NewVersion> {
    Ok(NewVersion {
        snapshot: source.snapshot.clone(),
        table: None,
        file_name: source.file_name.clone(),
        file_size: i64::try_from(source.size).map_err(|error| Error::Record(error.to_string()))?,
        format: media_type::extension(&source.file_name),
        media_type: media_type::of_name(&source.file_name).to_owned(),
        rows: None,
        column_names: Vec::new(),
        located: false,
        origin: source.origin.clone(),
        provenance: Provenance::default(),
    })
}

fn table(of: &Ready, number: u32, table: &PreparedTable) -> Result<NewVersion> {
    let (source, profile) = (&of.prepared.source, &table.profile);
    let justified = usize::try_from(number).ok().and_then(|number| of.justified.get(number));
    let format = format_name(profile)?;
    Ok(NewVersion {
        table: Some(number),
        // A container keeps its own type; a table whose name lies is given the type of what it is.
        media_type: match profile.source.containers.is_empty() {
            true => media_type::of_name(&format!(".{}", typed_extension(&format, &source.file_name))).to_owned(),
            false => media_type::of_name(&source.file_name).to_owned(),
        },
        format,
        rows: Some(i64::try_from(profile.rows).map_err(|error| Error::Record(error.to_string()))?),
        column_names: profile.columns.iter().map(|column| column.name.clone()).collect(),
        located: profile.geometry.is_some(),
        provenance: Provenance {
            schema: table.conformity.clone(),
            derived_from: of.derived_from.clone(),
            treatments: of.treatments.clone(),
            justifications: justified.cloned().unwrap_or_default(),
        },
        ..document(source)?
    })
}

fn typed_extension(format: &str, file_name: &str) -> String {
    let own = media_type::extension(file_name);
    if format == "csv" && own == "tsv" { own } else { format.to_owned() }
}

/// `csv`, `xlsx`…, as in JSON.
pub(crate) fn format_name(profile: &Profile) -> Result<String> {
    match serde_json::to_value(profile.source.format) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        _ => Err(Error::Record(format!("{:?} has no name", profile.source.format))),
    }
}

/// Takes the resource that the content is a version of: the one named; else the one of this title; else the one
/// whose current file has the same name and place in the file.
fn take_match(
    existing: &mut Vec<(Resource, Version)>,
    publication: &Publication,
    title: &str,
    version: &NewVersion,
) -> Result<Option<(Resource, Version)>> {
    let place = match publication.resource {
        Some(id) => {
            let place = existing.iter().position(|(resource, _)| resource.id == id);
            Some(place.ok_or_else(|| Error::not_found("resource", id))?)
        }
        None => existing.iter().position(|(resource, _)| fold(&resource.title) == fold(title)).or_else(|| {
            let same_file =
                |current: &Version| current.file_name == version.file_name && current.table == version.table;
            existing.iter().position(|(_, current)| same_file(current))
        }),
    };
    Ok(place.map(|place| existing.remove(place)))
}

fn unchanged(resource: &Resource, current: &Version) -> PublishWarning {
    PublishWarning {
        code: "unchanged".to_owned(),
        resource: Some(resource.title.clone()),
        line: None,
        column: None,
        detail: current.number.to_string(),
    }
}
