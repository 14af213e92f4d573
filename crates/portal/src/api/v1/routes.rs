//! Routes that remember how they are documented.

use axum::{Router, extract::DefaultBodyLimit, handler::Handler, routing};

use crate::State;

/// A router, and the paths and methods that its description must have.
#[derive(Default)]
pub struct Routes {
    router: Router<State>,
    /// Method in lower case, path as OpenAPI writes it.
    documented: Vec<(&'static str, String)>,
}

impl Routes {
    /// Adds a `GET`.
    pub fn get<T: 'static>(self, path: &str, handler: impl Handler<T, State>) -> Self {
        self.get_as(path, path, handler)
    }

    /// Adds a `GET` whose last segment has a fixed part, which the router cannot say.
    pub fn get_as<T: 'static>(mut self, path: &str, documented: &str, handler: impl Handler<T, State>) -> Self {
        self.documented.push(("get", documented.to_owned()));
        self.router = self.router.route(path, routing::get(handler));
        self
    }

    /// Adds a `POST` whose handler bounds its body itself, piece by piece.
    pub fn upload<T: 'static>(mut self, path: &str, handler: impl Handler<T, State>) -> Self {
        self.documented.push(("post", path.to_owned()));
        self.router = self.router.route(path, routing::post(handler).layer(DefaultBodyLimit::disable()));
        self
    }

    /// Adds a `GET` and a `POST`.
    pub fn get_and_post<T: 'static, U: 'static>(
        mut self,
        path: &str,
        get: impl Handler<T, State>,
        post: impl Handler<U, State>,
    ) -> Self {
        self.documented.extend([("get", path.to_owned()), ("post", path.to_owned())]);
        self.router = self.router.route(path, routing::get(get).post(post));
        self
    }

    /// Adds methods of a path, by their names in lower case.
    pub fn methods(mut self, path: &str, names: &[&'static str], methods: routing::MethodRouter<State>) -> Self {
        self.documented.extend(names.iter().map(|name| (*name, path.to_owned())));
        self.router = self.router.route(path, methods);
        self
    }

    /// What must be documented.
    #[cfg(test)]
    pub fn documented(&self) -> &[(&'static str, String)] {
        &self.documented
    }

    /// The router.
    pub fn into_router(self) -> Router<State> {
        self.router
    }
}
