//! The site over HTTP, on loopback, for this machine alone.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::{io, thread};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HOST};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};
use tower_http::services::ServeDir;

use super::live::Live;

/// The script that each page gets; it listens to `/_postil/events`. No page of a site is below `_postil`.
const SCRIPT: &str = include_str!("live.js");
const SCRIPT_ELEMENT: &str = "<script src=\"/_postil/live.js\"></script>\n</body>";

/// The policy of a page lets it speak to nobody; the script needs this server.
const POLICY: [&str; 2] = ["default-src 'none';", "default-src 'none'; connect-src 'self';"];

/// Serves the folder from now on, in a thread of its own; the address.
pub(super) fn start(site: &Path, port: u16, live: Live) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let router = router(site, live);
    thread::Builder::new().name("http".into()).spawn(move || {
        runtime.block_on(async {
            // Both end only with the program: a connection that fails is dropped, and the next is served.
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, router).await
        })
    })?;
    Ok(address)
}

fn router(site: &Path, live: Live) -> Router {
    Router::new()
        .route("/_postil/events", get(events))
        .route("/_postil/live.js", get(script))
        .with_state(live)
        .fallback_service(ServeDir::new(site))
        .layer(from_fn(alive))
        .layer(from_fn(from_here))
}

async fn events(State(live): State<Live>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let told = WatchStream::new(live.listen()).map(|told| Ok(Event::default().data(told.json)));
    Sse::new(told).keep_alive(KeepAlive::default())
}

async fn script() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT)
}

/// A site elsewhere that gives its own name the address of this machine gets nothing to read.
async fn from_here(request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |parts| parts.0);
    if matches!(name, "localhost" | "127.0.0.1") {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "This site is served to the machine it lies on, as localhost.\n")
            .into_response()
    }
}

/// Nothing is kept by a browser unasked, and each page gets the script.
async fn alive(request: Request, next: Next) -> Response {
    let (mut head, body) = next.run(request).await.into_parts();
    head.headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let is_page = head.status == StatusCode::OK
        && head.headers.get(CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    if !is_page {
        return Response::from_parts(head, body);
    }
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return (StatusCode::INTERNAL_SERVER_ERROR, "The page cannot be read.\n").into_response();
    };
    head.headers.remove(CONTENT_LENGTH);
    let page = String::from_utf8_lossy(&bytes);
    let page = page.replacen(POLICY[0], POLICY[1], 1).replacen("</body>", SCRIPT_ELEMENT, 1);
    Response::from_parts(head, Body::from(page))
}
