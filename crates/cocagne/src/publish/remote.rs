//! Publishing on a portal elsewhere, over its native API.

use std::collections::BTreeMap;

use catalog::{Publication, Published, SourceLocation};
use portal::i18n::Fault;
use reqwest::{
    Client, Response, StatusCode,
    multipart::{Form, Part},
};
use serde::Deserialize;
use tabular::error::Place;

use crate::{exit::Failure, language};

/// A portal and the right to publish there.
pub struct Remote {
    client: Client,
    address: String,
    token: String,
}

/// The part of a problem document that is shown.
#[derive(Debug, Deserialize)]
struct Problem {
    detail: String,
    /// Code of what is wrong with the file.
    reason: Option<String>,
    table: Option<String>,
    row: Option<u64>,
    column: Option<String>,
    byte: Option<u64>,
    /// Personal data that is open.
    #[serde(default)]
    findings: Vec<OpenFinding>,
}

/// The part of a finding of personal data that is shown.
#[derive(Debug, Deserialize)]
struct OpenFinding {
    id: String,
    table: Option<String>,
    #[serde(default)]
    fields: Vec<String>,
    /// By language.
    #[serde(default)]
    text: BTreeMap<String, Sentences>,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Sentences {
    message: String,
    ground: String,
}

impl Remote {
    /// A portal by its address, without trusting any proxy that the environment names.
    pub fn new(portal: &str, token: &str) -> Result<Self, Failure> {
        // The first caller chooses the cryptography of TLS; a second one changes nothing.
        let _already_installed = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().no_proxy().build().map_err(Failure::failed)?;
        let address = format!("{}/api/v1/publish", portal.trim_end_matches('/'));
        Ok(Self { client, address, token: token.to_owned() })
    }

    /// Sends one file (streamed) or URL; what is wrong with the data comes back as a fault.
    pub async fn publish(&self, publication: &Publication) -> Result<Result<Published, Vec<Fault>>, Failure> {
        let form = form(publication).await?;
        let request = self.client.post(&self.address).bearer_auth(&self.token).multipart(form);
        let response = request.send().await.map_err(Failure::failed)?;
        if response.status().is_success() {
            return Ok(Ok(response.json().await.map_err(Failure::failed)?));
        }
        refusal(response).await.map(Err)
    }
}

impl Problem {
    /// The same in the language of the person here, which the portal doesn't know.
    fn faults(self) -> Vec<Fault> {
        if self.findings.is_empty() { vec![self.fault()] } else { self.findings.into_iter().map(fault).collect() }
    }

    fn fault(self) -> Fault {
        let code = self.reason.unwrap_or_else(|| "broken-file".to_owned());
        let detail = self.detail.strip_prefix(&format!("{code}: ")).unwrap_or(&self.detail);
        let place = Place { table: self.table, row: self.row, column: self.column, byte: self.byte };
        Fault::new(language::text(), &code, detail, &place)
    }
}

fn fault(finding: OpenFinding) -> Fault {
    let text = language::text();
    let sentences = finding.text.get(text.tag()).cloned().unwrap_or_default();
    let column = (finding.fields.len() == 1).then(|| finding.fields.join(", "));
    let place = Place { table: finding.table, column, ..Place::default() };
    let detail = format!("{} {}", sentences.message, sentences.ground);
    let fault = Fault::new(text, "personal-data", &detail, &place);
    Fault { remedy: text.with("fault-personal-data-remedy", "detail", &finding.id), ..fault }
}

/// A file that can't be read is an answer; a missing right is misuse; the rest is a failure.
async fn refusal(response: Response) -> Result<Vec<Fault>, Failure> {
    let status = response.status();
    let problem: Problem =
        response.json().await.map_err(|_| Failure::failed(format!("the portal answers {status}")))?;
    match status {
        StatusCode::UNPROCESSABLE_ENTITY => Ok(problem.faults()),
        status if status.is_client_error() => Err(Failure::misuse(problem.detail)),
        _ => Err(Failure::failed(problem.detail)),
    }
}

async fn form(publication: &Publication) -> Result<Form, Failure> {
    let form = match &publication.source {
        SourceLocation::Url(url) => Form::new().text("url", url.clone()),
        SourceLocation::File { path, name } => {
            let unreadable = |error| Failure::misuse(format!("{}: {error}", path.display()));
            let part = Part::file(path).await.map_err(unreadable)?;
            Form::new().part("file", part.file_name(name.clone()))
        }
    };
    let years = publication.years.as_ref().map(|years| years.iter().map(i16::to_string).collect::<Vec<_>>());
    let fields = [
        ("organization", publication.organization.clone()),
        ("dataset", publication.dataset.clone()),
        ("resource", publication.resource.map(|id| id.to_string())),
        ("title", publication.title.clone()),
        ("description", publication.description.clone()),
        ("licence", publication.licence.clone()),
        ("themes", joined(publication.themes.as_ref())),
        ("keywords", joined(publication.keywords.as_ref())),
        ("territory", publication.territory.clone()),
        ("frequency", publication.frequency.clone()),
        ("years", joined(years.as_ref())),
        ("contact_email", publication.contact_email.clone()),
        ("schema", publication.schema.clone()),
        ("accept_repairs", publication.accept_repairs.then(|| "true".to_owned())),
        ("by", publication.justifications.first().map(|first| first.person.clone())),
    ];
    let justified = publication.justifications.iter().map(|one| format!("{}={}", one.finding, one.reason));
    let form = justified.fold(form, |form, said| form.text("justify", said));
    let mut form = form;
    for (finding, remedy) in &publication.remedies {
        let remedy = serde_json::to_string(remedy).map_err(Failure::failed)?;
        form = form.text("remedy", format!("{finding}={remedy}"));
    }
    Ok(fields.into_iter().fold(form, |form, (name, value)| match value {
        Some(value) => form.text(name, value),
        None => form,
    }))
}

fn joined(values: Option<&Vec<String>>) -> Option<String> {
    values.map(|values| values.join(","))
}
