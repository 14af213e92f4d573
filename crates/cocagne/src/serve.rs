//! `serve`: the portal and its APIs.

use std::{future::Future, net::SocketAddr, time::Duration};

use axum::serve::ListenerExt;
use catalog::account::SessionLimits;
use clap::Args;
use portal::{Config, State};
use query::{Engine, EngineLimits};
use tokio::{net::TcpListener, signal::unix::SignalKind};

use crate::{accounts::Accounts, addresses, exit::Failure, installation::Installation, openid::OpenId};

/// How long requests under way may take once the program is asked to end.
const GRACE: Duration = Duration::from_secs(4);

/// Time between two looks at whether other files took the place of what towns published.
const ADDRESSES: Duration = Duration::from_secs(30);

/// Time between two sweeps.
const SWEEP: Duration = Duration::from_secs(3_600);

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    pub installation: Installation,
    #[command(flatten)]
    pub portal: Portal,
}

/// What whoever runs a portal decides.
#[derive(Debug, Clone, Args)]
pub struct Portal {
    /// Address and port; port 0 takes a free one.
    #[arg(long, env = "COCAGNE_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Address under which the portal is seen, such as https://data.example.fr; by default that of each request.
    #[arg(long, env = "COCAGNE_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Name of the portal.
    #[arg(long, env = "COCAGNE_SITE_NAME")]
    pub site_name: Option<String>,
    /// Where security problems are told: mailto:… or https://…
    #[arg(long, env = "COCAGNE_SECURITY_CONTACT")]
    pub security_contact: Option<String>,
    /// Memory for queries, in bytes.
    #[arg(long, env = "COCAGNE_QUERY_MEMORY", default_value_t = EngineLimits::default().memory_bytes)]
    pub query_memory: usize,
    /// Time for one query, in seconds.
    #[arg(long, env = "COCAGNE_QUERY_SECONDS", default_value_t = EngineLimits::default().time.as_secs())]
    pub query_seconds: u64,
    /// Rows of a page of an API, at most.
    #[arg(long, env = "COCAGNE_PAGE_SIZE_MAX", default_value_t = Config::default().limits.page_size_max)]
    pub page_size_max: u64,
    #[command(flatten)]
    pub accounts: Accounts,
    #[command(flatten)]
    pub openid: OpenId,
    #[command(flatten)]
    pub addresses: addresses::Options,
}

pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let platform = arguments.installation.open().await?;
    serve(platform, &arguments.portal, |_| ()).await
}

/// Serves until SIGTERM or SIGINT; says on stdout where, once it answers, and tells `ready` the address of the portal.
pub async fn serve(platform: catalog::Platform, options: &Portal, ready: impl FnOnce(&str)) -> Result<(), Failure> {
    let limits = EngineLimits {
        memory_bytes: options.query_memory,
        time: Duration::from_secs(options.query_seconds),
        ..EngineLimits::default()
    };
    let config = Config { openid: options.openid.provider(&platform)?, ..options.config()? };
    tokio::spawn(prepare_addresses(platform.prepare_addresses(), platform.clone()));
    tokio::spawn(keep(platform.clone(), config.sessions));
    let router = portal::router(State::new(platform, Engine::new(limits), config));
    let listener = TcpListener::bind(options.listen)
        .await
        .map_err(|error| Failure::failed(format!("{}: {error}", options.listen)))?;
    let address = format!("http://{}", listener.local_addr().map_err(Failure::failed)?);
    println!("listening on {address}");
    ready(options.public_url.as_deref().unwrap_or(&address).trim_end_matches('/'));
    let (stop, stopped) = tokio::sync::watch::channel(());
    let asked = stop_asked()?;
    // Small answers must not wait for the client's acknowledgement of earlier ones.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps its delay");
        }
    });
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        asked.await;
        drop(stop);
    });
    tokio::select! {
        ended = server.into_future() => ended.map_err(Failure::failed),
        () = grace_over(stopped) => Ok(()),
    }
}

/// At a first start, makes an index of the communes while the first requests come.
async fn prepare_addresses(first: impl Future<Output = catalog::Result<()>>, platform: catalog::Platform) {
    if let Err(error) = first.await {
        tracing::warn!(%error, "the communes could not be indexed; addresses are not answered until some are imported");
    }
    // What towns published here wins over other files: an import, which another process does, may have replaced it.
    let mut seen = None;
    loop {
        let serving = || platform.geocoder.current().map(|index| index.path().to_owned());
        if seen != serving() {
            match platform.refresh_published_addresses().await {
                Ok(0) => {}
                Ok(towns) => tracing::info!(towns, "the address bases of towns are in the index again"),
                Err(error) => tracing::warn!(%error, "the address bases of towns could not be indexed"),
            }
            seen = serving();
        }
        tokio::time::sleep(ADDRESSES).await;
    }
}

/// Prepares the search while the first requests come, and removes now and then what interrupted publications left.
async fn keep(platform: catalog::Platform, sessions: SessionLimits) {
    if let Err(error) = platform.search.refresh().await {
        tracing::warn!(%error, "the search index could not be built; the next search tries again");
    }
    loop {
        if let Err(error) = platform.sweep().await {
            tracing::warn!(%error, "leftovers could not be swept");
        }
        if let Err(error) = platform.records.sweep_sessions(&sessions).await {
            tracing::warn!(%error, "sessions that are over could not be swept");
        }
        tokio::time::sleep(SWEEP).await;
    }
}

/// Ends when SIGTERM or SIGINT comes.
fn stop_asked() -> Result<impl Future<Output = ()>, Failure> {
    let mut terminate = tokio::signal::unix::signal(SignalKind::terminate()).map_err(Failure::failed)?;
    let mut interrupt = tokio::signal::unix::signal(SignalKind::interrupt()).map_err(Failure::failed)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Ends [`GRACE`] after the sender is gone: an open connection must not keep the program alive.
async fn grace_over(mut stopped: tokio::sync::watch::Receiver<()>) {
    while stopped.changed().await.is_ok() {}
    tokio::time::sleep(GRACE).await;
}

impl Portal {
    fn config(&self) -> Result<Config, Failure> {
        let mut config = Config::default();
        config.public_url.clone_from(&self.public_url);
        config.security_contact.clone_from(&self.security_contact);
        config.site_name = self.site_name.clone().unwrap_or(config.site_name);
        config.limits.query_time = Duration::from_secs(self.query_seconds);
        config.limits.page_size_max = self.page_size_max;
        self.accounts.configure(&mut config)?;
        self.addresses.configure(&mut config);
        Ok(config)
    }
}
