//! The domain as the API shows it: the values of the catalogue, and absolute addresses of what belongs to them.

use catalog::model::{Dataset, DatasetDetail, Event, Organization, ResourceDetail, Version};
use query::encode::Format;
use serde_json::{Map, Value, json};

use crate::api::files;

/// An organisation.
pub fn organization(base: &str, organization: &Organization) -> Value {
    let mut value = json!(organization);
    value["url"] = format!("{base}/organizations/{}", organization.slug).into();
    value["api"] = format!("{base}/api/v1/organizations/{}", organization.slug).into();
    value
}

/// What names an organisation within something else.
pub fn publisher(base: &str, organization: &Organization) -> Value {
    json!({
        "id": organization.id, "slug": organization.slug, "name": organization.name,
        "api": format!("{base}/api/v1/organizations/{}", organization.slug),
    })
}

/// A dataset with its resources.
pub fn dataset_detail(base: &str, detail: &DatasetDetail) -> Value {
    let mut value = dataset(base, &detail.dataset, &detail.organization);
    value["resources"] = detail.resources.iter().map(|detail| resource(base, detail, &detail.version)).collect();
    value
}

/// A dataset.
pub fn dataset(base: &str, dataset: &Dataset, organization: &Organization) -> Value {
    let mut value = json!(dataset);
    value["organization"] = publisher(base, organization);
    value["url"] = format!("{base}/datasets/{}", dataset.slug).into();
    value["api"] = format!("{base}/api/v1/datasets/{}", dataset.slug).into();
    value
}

/// A resource in one of its versions.
pub fn resource(base: &str, detail: &ResourceDetail, of: &Version) -> Value {
    let ResourceDetail { dataset, resource, .. } = detail;
    let current = of.number == resource.version;
    let root = format!("{base}/api/v1/resources/{}", resource.id);
    let target = if current { root.clone() } else { format!("{root}/versions/{}", of.number) };
    let mut links =
        Map::from_iter([("api".to_owned(), json!(target)), ("versions".to_owned(), json!(format!("{root}/versions")))]);
    if of.table.is_some() {
        for part in ["rows", "profile", "exceptions"] {
            links.insert(part.to_owned(), format!("{target}/{part}").into());
        }
        let exports = Format::ALL.iter().filter(|format| **format != Format::Geojson || of.located);
        let exports = exports
            .map(|format| (format.extension().to_owned(), json!(format!("{target}/export.{}", format.extension()))));
        links.insert("exports".to_owned(), Value::Object(exports.collect()));
        if of.located {
            links.insert("tiles".to_owned(), format!("{target}/tiles/{{z}}/{{x}}/{{y}}.mvt").into());
        }
    }
    json!({
        "id": resource.id,
        "title": resource.title,
        "position": resource.position,
        "created_at": resource.created_at,
        "modified_at": resource.modified_at,
        "dataset": {"id": dataset.id, "slug": dataset.slug, "title": dataset.title},
        "version": version(base, of),
        "url": format!("{base}/datasets/{}/resources/{}", dataset.slug, resource.id),
        "links": links,
    })
}

/// A version.
pub fn version(base: &str, version: &Version) -> Value {
    let mut value = json!(version);
    if let Value::Object(members) = &mut value {
        members.shift_remove("resource");
        // That somebody answers for it is public; who does is the organisation's affair.
        let justified = version.justifications.iter();
        let justified = justified.map(|one| json!({ "finding": one.finding, "reason": one.reason, "at": one.at }));
        members.insert("justifications".to_owned(), justified.collect());
        members.insert("file".to_owned(), files::address(base, version).into());
        members.insert(
            "api".to_owned(),
            format!("{base}/api/v1/resources/{}/versions/{}", version.resource, version.number).into(),
        );
    }
    value
}

/// A fact of the history. Who is told by kind only: addresses of persons are not public.
pub fn event(event: &Event) -> Value {
    let kind = event.actor.split(':').next().unwrap_or_default();
    json!({
        "id": event.id, "at": event.at, "actor": kind, "action": event.action,
        "subject": event.subject, "dataset": event.dataset, "detail": event.detail,
    })
}
