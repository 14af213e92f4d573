//! `/geo`: the language of the API Géo (administrative geography), so that its clients work here by changing the base URL.
//!
//! What is answered is a function of the file of territories that the program ships and of the address asked for: no
//! catalogue is read.

mod asked;
mod definition;
mod place;
#[cfg(test)]
mod tests;
mod write;

use axum::{
    Router,
    extract::{Path, Request},
    http::{StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use geography::{CommuneKind, CommuneQuery, Departement, Epci, Geography, Region, Zone};

use crate::{State, caching::Validator, guard::AsItIs};

use asked::{Asked, Kind};
use place::Place;

/// The routes, each with and without its final slash.
pub fn router() -> Router<State> {
    let both = |router: Router<State>, path: &str, method: MethodRouter<State>| {
        router.route(path, method.clone()).route(&format!("{path}/"), method)
    };
    let routes: [(&str, MethodRouter<State>); 13] = [
        ("/geo/communes", get(communes)),
        ("/geo/communes/{code}", get(commune)),
        ("/geo/communes_associees_deleguees", get(parts)),
        ("/geo/communes_associees_deleguees/{code}", get(part)),
        ("/geo/epcis", get(epcis)),
        ("/geo/epcis/{code}", get(epci)),
        ("/geo/epcis/{code}/communes", get(communes_of_epci)),
        ("/geo/departements", get(departements)),
        ("/geo/departements/{code}", get(departement)),
        ("/geo/departements/{code}/communes", get(communes_of_departement)),
        ("/geo/regions", get(regions)),
        ("/geo/regions/{code}", get(region)),
        ("/geo/regions/{code}/departements", get(departements_of_region)),
    ];
    let router = routes.into_iter().fold(Router::new(), |router, (path, method)| both(router, path, method));
    router.route("/geo/definition.yml", get(definition::show))
}

/// Why there is no answer.
enum Refused {
    /// A parameter that can't be taken, and how it can.
    Bad(String),
    /// Nothing has this code.
    Unknown,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::Unknown => {
                let mut response = StatusCode::NOT_FOUND.into_response();
                response.extensions_mut().insert(AsItIs);
                response
            }
            Self::Bad(description) => {
                let body = serde_json::json!({"code": 400, "message": "Bad Request", "description": description});
                (StatusCode::BAD_REQUEST, axum::Json(body)).into_response()
            }
        }
    }
}

type Answer = Result<Vec<u8>, Refused>;

/// Answers, or says that the client's copy is still good.
fn answer(parts: &Parts, make: impl FnOnce(&Uri) -> Answer) -> Response {
    let source = format!("{:x}", Geography::shipped().fingerprint());
    let validator = Validator::of(&source, &parts.uri, "geo").lasting();
    if let Some(unchanged) = validator.unchanged(&parts.method, &parts.headers) {
        return unchanged;
    }
    match make(&parts.uri) {
        Ok(body) => {
            let mut response = ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response();
            validator.apply(&mut response);
            response
        }
        Err(refused) => refused.into_response(),
    }
}

/// The same away from the threads that serve: a whole département or the whole country takes milliseconds.
async fn long_answer(request: Request, make: impl FnOnce(&Uri) -> Answer + Send + 'static) -> Response {
    let parts = request.into_parts().0;
    let answered = tokio::task::spawn_blocking(move || answer(&parts, make)).await;
    answered.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Whether little can be found.
fn is_narrow(uri: &Uri) -> bool {
    let query = uri.query().unwrap_or_default();
    ["code=", "codePostal=", "nom=", "siren=", "lat=", "ancienCode="]
        .iter()
        .any(|name| query.split('&').any(|pair| pair.starts_with(name)))
}

async fn communes(request: Request) -> Response {
    if is_narrow(request.uri()) {
        return answer(&request.into_parts().0, list_communes);
    }
    long_answer(request, list_communes).await
}

fn list_communes(uri: &Uri) -> Answer {
    let asked = Asked::of(uri, Kind::Commune)?;
    let mut kinds = asked.kinds("type", &[CommuneKind::Current])?;
    if asked.get("codeParent").is_some() && asked.get("type").is_none() {
        kinds = vec![CommuneKind::Arrondissement];
    }
    asked.many(search(&asked, kinds)?.into_iter())
}

/// Communes that are all that is asked.
fn search(asked: &Asked, kinds: Vec<CommuneKind>) -> Result<Vec<(Place, Option<f64>)>, Refused> {
    let geography = Geography::shipped();
    let codes: Vec<&str> = asked.list("code").collect();
    // A code that none of the kinds asked for has stands for the commune of today that it is part of.
    let current = |code: &&'_ str| {
        let known = kinds.iter().find_map(|kind| geography.commune_of_kind(code, *kind));
        match (known, geography.resolve(code).as_slice()) {
            (Some(known), _) => known.code(),
            (None, [only]) => only.code(),
            (None, _) => "",
        }
    };
    let codes: Vec<&str> = codes.iter().map(current).collect();
    let query = CommuneQuery {
        name: asked.get("nom"),
        postcode: asked.get("codePostal"),
        codes,
        siren: asked.get("siren"),
        epci: asked.get("codeEpci"),
        departement: asked.get("codeDepartement"),
        region: asked.get("codeRegion"),
        parent: asked.get("codeParent"),
        former_code: asked.get("ancienCode"),
        kinds,
        zones: asked.zones(&[])?,
        position: asked.position()?,
        boost_population: asked.get("boost") == Some("population"),
        limit: asked.limit()?,
    };
    let found = geography.search(&query);
    Ok(found.into_iter().map(|found| (Place::Commune(found.commune), found.score)).collect())
}

async fn commune(Path(code): Path<String>, request: Request) -> Response {
    answer(&request.into_parts().0, |uri| {
        let geography = Geography::shipped();
        let kinds = [CommuneKind::Current, CommuneKind::Arrondissement];
        let known = kinds.into_iter().find_map(|kind| geography.commune_of_kind(&code, kind));
        let found = known.or_else(|| match geography.resolve(&code).as_slice() {
            [only] => Some(*only),
            _ => None,
        });
        Asked::of(uri, Kind::Commune)?.one(Place::Commune(found.ok_or(Refused::Unknown)?))
    })
}

async fn parts(request: Request) -> Response {
    long_answer(request, |uri| {
        let asked = Asked::of(uri, Kind::Part)?;
        let kinds = asked.kinds("type", &[CommuneKind::Associated, CommuneKind::Delegated])?;
        asked.many(search(&asked, kinds)?.into_iter())
    })
    .await
}

async fn part(Path(code): Path<String>, request: Request) -> Response {
    answer(&request.into_parts().0, |uri| {
        let found = Geography::shipped().commune_of_kind(&code, CommuneKind::Delegated);
        Asked::of(uri, Kind::Part)?.one(Place::Commune(found.ok_or(Refused::Unknown)?))
    })
}

async fn epcis(request: Request) -> Response {
    long_answer(request, |uri| {
        let asked = Asked::of(uri, Kind::Epci)?;
        let geography = Geography::shipped();
        let boost = asked.get("boost") == Some("population");
        let mut found: Vec<(Epci, Option<f64>)> = match asked.get("nom") {
            Some(name) => geography.epcis_named(name).into_iter().map(|(epci, score)| (epci, Some(score))).collect(),
            None => geography.epcis().map(|epci| (epci, None)).collect(),
        };
        for (epci, score) in found.iter_mut().filter(|_| boost) {
            *score = score.map(|score| score * (1.0 + f64::from(epci.population().unwrap_or(0)) / 100_000.0));
        }
        found.sort_by(|(_, a), (_, b)| b.unwrap_or(0.0).total_cmp(&a.unwrap_or(0.0)));
        let codes: Vec<&str> = asked.list("code").chain(asked.list("codeEpci")).collect();
        let zones = asked.zones(&[Zone::Metro, Zone::Drom])?;
        found.retain(|(epci, _)| {
            (codes.is_empty() || codes.contains(&epci.code()))
                && zones.contains(&epci.zone())
                && asked.is("codeDepartement", |code| epci.departements().any(|one| one.code() == code))
                && asked.is("codeRegion", |code| epci.regions().any(|one| one.code() == code))
        });
        asked.many(found.into_iter().map(|(epci, score)| (Place::Epci(epci), score)))
    })
    .await
}

async fn epci(Path(code): Path<String>, request: Request) -> Response {
    answer(&request.into_parts().0, |uri| {
        let found = Geography::shipped().epci(&code).ok_or(Refused::Unknown)?;
        Asked::of(uri, Kind::Epci)?.one(Place::Epci(found))
    })
}

async fn communes_of_epci(Path(code): Path<String>, request: Request) -> Response {
    long_answer(request, move |uri| {
        let found = Geography::shipped().epci(&code).ok_or(Refused::Unknown)?;
        let places = found.communes().map(|commune| (Place::Commune(commune), None));
        Asked::of(uri, Kind::Commune)?.within().many(places)
    })
    .await
}

async fn departements(request: Request) -> Response {
    long_answer(request, |uri| {
        let asked = Asked::of(uri, Kind::Departement)?;
        let geography = Geography::shipped();
        let mut found: Vec<(Departement, Option<f64>)> = match asked.get("nom") {
            Some(name) => {
                geography.departements_named(name).into_iter().map(|(one, score)| (one, Some(score))).collect()
            }
            None => geography.departements().map(|one| (one, None)).collect(),
        };
        let codes: Vec<&str> = asked.list("code").collect();
        let zones = asked.zones(&[Zone::Metro, Zone::Drom])?;
        found.retain(|(one, _)| {
            (codes.is_empty() || codes.contains(&one.code()))
                && zones.contains(&one.zone())
                && asked.is("codeRegion", |code| one.region().code() == code)
        });
        asked.many(found.into_iter().map(|(one, score)| (Place::Departement(one), score)))
    })
    .await
}

async fn departement(Path(code): Path<String>, request: Request) -> Response {
    answer(&request.into_parts().0, |uri| {
        let found = Geography::shipped().departement(&code).ok_or(Refused::Unknown)?;
        Asked::of(uri, Kind::Departement)?.one(Place::Departement(found))
    })
}

async fn communes_of_departement(Path(code): Path<String>, request: Request) -> Response {
    long_answer(request, move |uri| {
        let found = Geography::shipped().departement(&code).ok_or(Refused::Unknown)?;
        let places = found.communes().map(|commune| (Place::Commune(commune), None));
        Asked::of(uri, Kind::Commune)?.within().many(places)
    })
    .await
}

async fn regions(request: Request) -> Response {
    long_answer(request, |uri| {
        let asked = Asked::of(uri, Kind::Region)?;
        let geography = Geography::shipped();
        let mut found: Vec<(Region, Option<f64>)> = match asked.get("nom") {
            Some(name) => geography.regions_named(name).into_iter().map(|(one, score)| (one, Some(score))).collect(),
            None => geography.regions().map(|one| (one, None)).collect(),
        };
        let codes: Vec<&str> = asked.list("code").collect();
        let zones = asked.zones(&[Zone::Metro, Zone::Drom])?;
        found.retain(|(one, _)| (codes.is_empty() || codes.contains(&one.code())) && zones.contains(&one.zone()));
        asked.many(found.into_iter().map(|(one, score)| (Place::Region(one), score)))
    })
    .await
}

async fn region(Path(code): Path<String>, request: Request) -> Response {
    answer(&request.into_parts().0, |uri| {
        let found = Geography::shipped().region(&code).ok_or(Refused::Unknown)?;
        Asked::of(uri, Kind::Region)?.one(Place::Region(found))
    })
}

async fn departements_of_region(Path(code): Path<String>, request: Request) -> Response {
    answer(&request.into_parts().0, |uri| {
        let found = Geography::shipped().region(&code).ok_or(Refused::Unknown)?;
        let places = found.departements().map(|one| (Place::Departement(one), None));
        Asked::of(uri, Kind::Departement)?.within().many(places)
    })
}
