//! The library's HTTP over the program's own client, which reaches nothing but what is allowed.

use std::future::Future;
use std::pin::Pin;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http};

use crate::fetch::{Exchanger, FetchError};

/// Sends the library's requests.
#[derive(Debug, Clone)]
pub(super) struct Transport(pub Exchanger);

impl<'c> AsyncHttpClient<'c> for Transport {
    type Error = FetchError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, FetchError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let url = request.uri().to_string();
            let wrong = |detail: String| FetchError::Url { url: url.clone(), detail };
            let request = reqwest::Request::try_from(request).map_err(|error| wrong(error.to_string()))?;
            let answered = self.0.send(request).await?;
            let mut response = http::Response::builder().status(answered.status);
            for (name, value) in &answered.headers {
                response = response.header(name, value);
            }
            response.body(answered.body).map_err(|error| wrong(error.to_string()))
        })
    }
}
