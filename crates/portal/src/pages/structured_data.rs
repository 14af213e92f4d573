//! schema.org description of a dataset, for search engines of data.

use catalog::licence;
use catalog::model::{DatasetDetail, ResourceDetail};
use serde_json::{Value, json};

use super::card::{dataset_href, organization_href};
use super::dataset::{exports, file_href};
use super::markdown;

/// JSON-LD of a dataset, safe inside a script element.
pub fn dataset(detail: &DatasetDetail, base: &str, sentence: &str) -> String {
    let dataset = &detail.dataset;
    let about = markdown::to_text(&dataset.description);
    let described = if about.is_empty() { sentence.to_owned() } else { about };
    let mut value = json!({
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": format!("{base}{}", dataset_href(&dataset.slug)),
        "url": format!("{base}{}", dataset_href(&dataset.slug)),
        "identifier": dataset.id,
        "name": dataset.title,
        "description": described,
        "inLanguage": "fr",
        "isAccessibleForFree": true,
        "keywords": dataset.keywords,
        "dateCreated": dataset.created_at,
        "dateModified": dataset.modified_at,
        "license": licence::find(&dataset.licence).map_or(dataset.licence.as_str(), |licence| &licence.url),
        "creator": {
            "@type": "GovernmentOrganization",
            "name": detail.organization.name,
            "url": format!("{base}{}", organization_href(&detail.organization.slug)),
        },
        "distribution": detail.resources.iter().flat_map(|resource| distributions(resource, base)).collect::<Vec<_>>(),
    });
    if let (Some(first), Some(last)) = (dataset.years.iter().min(), dataset.years.iter().max()) {
        value["temporalCoverage"] = json!(if first == last { first.to_string() } else { format!("{first}/{last}") });
    }
    escape(&value)
}

fn distributions(resource: &ResourceDetail, base: &str) -> Vec<Value> {
    let version = &resource.version;
    let source = json!({
        "@type": "DataDownload",
        "name": resource.resource.title,
        "contentUrl": format!("{base}{}", file_href(version)),
        "encodingFormat": version.media_type,
        "contentSize": version.file_size.to_string(),
        "sha256": version.snapshot.as_str(),
    });
    let export = |link: super::frame::Link| {
        json!({
            "@type": "DataDownload",
            "name": format!("{} ({})", resource.resource.title, link.label),
            "contentUrl": format!("{base}{}", link.href),
        })
    };
    let exported = version.table.map(|_| exports(resource)).unwrap_or_default();
    std::iter::once(source).chain(exported.into_iter().map(export)).collect()
}

/// Inside a script element only `</script` and `<!--` could end the data: no `<` is left.
fn escape(value: &Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_leave_the_script() {
        let text = escape(&json!({"name": "</script><script>alert(1)</script><!--"}));
        assert!(!text.contains('<'));
        let back: Value = serde_json::from_str(&text).unwrap_or_default();
        assert_eq!(back["name"], "</script><script>alert(1)</script><!--");
    }
}
