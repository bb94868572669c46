//! The transport in use where no other is set: HTTP through reqwest. Nothing else in the crate sees reqwest's types.

use super::seam::{RequestBody, ResponseBody, Target, Transport, TransportFuture};
use crate::error::{Error, ErrorKind};
use futures_util::TryStreamExt;
use std::fmt;
use std::time::Duration;
use url::Url;

/// What reqwest says of `https` where it was built without TLS.
const NO_TLS: &str = "scheme is not http";

/// HTTP/1.1, and with the feature `http2` HTTP/2, through a [`reqwest::Client`].
#[derive(Clone)]
pub struct HttpTransport {
    client: reqwest::Client,
    /// Whether somebody else has set it up, who may have let it follow redirects.
    is_own: bool,
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An own client may have secrets in its default headers and in the addresses of its proxies.
        f.debug_struct("HttpTransport").finish_non_exhaustive()
    }
}

impl HttpTransport {
    /// Sends through this client. Build it with `reqwest::redirect::Policy::none()` and without a total timeout.
    pub fn new(client: reqwest::Client) -> Self {
        Self { client, is_own: true }
    }

    /// The client where the user brings none. Redirects are followed in `transport`, which knows method and body.
    pub(crate) fn standard(connect_timeout: Duration, no_proxy: bool) -> Result<Self, Error> {
        // reqwest panics in this case.
        #[cfg(all(feature = "rustls-no-provider", not(any(feature = "native-tls", feature = "rustls"))))]
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            let message = "rustls has no crypto provider: install one (`CryptoProvider::install_default`) before the \
                           client is built, or use the feature `rustls`, which brings one";
            return Err(Error::new(ErrorKind::Config, message));
        }
        let none = reqwest::redirect::Policy::none();
        // Retries have one place, which knows what may be repeated.
        let builder = reqwest::Client::builder().redirect(none).retry(reqwest::retry::never());
        let builder = builder.connect_timeout(connect_timeout);
        let builder = if no_proxy { builder.no_proxy() } else { builder };
        // The features of this crate decide, not those that another one asks reqwest for.
        let builder = builder.no_brotli().no_deflate().no_zstd();
        let builder = if cfg!(feature = "gzip") { builder } else { builder.no_gzip() };
        #[cfg(feature = "native-tls")]
        let builder = builder.tls_backend_native();
        #[cfg(all(any(feature = "rustls", feature = "rustls-no-provider"), not(feature = "native-tls")))]
        let builder = builder.tls_backend_rustls();
        builder.build().map(|client| Self { client, is_own: false }).map_err(|fault| {
            Error::new(ErrorKind::Config, "the HTTP client cannot be set up").with_source(fault.without_url())
        })
    }

    pub(crate) fn client(&self) -> &reqwest::Client {
        &self.client
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: http::Request<RequestBody>) -> TransportFuture<'_> {
        // Begun here and not in the future, which would need room for all of it.
        let begun = outgoing(request).map(|attempt| {
            let origin = self.is_own.then(|| attempt.url().origin());
            (origin, self.client.execute(attempt))
        });
        Box::pin(async move {
            let (origin, sent) = begun?;
            let sent = sent.await;
            let response = sent.map_err(|fault| if lacks_tls(&fault) { without_tls(fault) } else { unsent(fault) })?;
            if origin.is_some_and(|origin| response.url().origin() != origin) {
                let message =
                    "the own HTTP client has followed a redirect to another origin; build it with Policy::none()";
                return Err(Error::new(ErrorKind::Redirect, message));
            }
            Ok(incoming(response))
        })
    }
}

fn outgoing(request: http::Request<RequestBody>) -> Result<reqwest::Request, Error> {
    let (mut parts, body) = request.into_parts();
    let url = match parts.extensions.remove::<Target>() {
        Some(target) if target.is(&parts.uri) => target.0,
        // Another transport around this one has changed the address.
        _ => Url::parse(&parts.uri.to_string())
            .map_err(|fault| Error::new(ErrorKind::Request, "the address is not a URL").with_source(fault))?,
    };
    let mut attempt = reqwest::Request::new(parts.method, url);
    *attempt.headers_mut() = parts.headers;
    *attempt.body_mut() = Some(match body.as_bytes() {
        Some(bytes) => reqwest::Body::from(bytes.clone()),
        None => reqwest::Body::wrap_stream(body.into_stream()),
    });
    Ok(attempt)
}

fn incoming(mut response: reqwest::Response) -> http::Response<ResponseBody> {
    let (status, version) = (response.status(), response.version());
    let headers = std::mem::take(response.headers_mut());
    let length = response.content_length();
    let mut answer = http::Response::new(ResponseBody::stream(response.bytes_stream().map_err(broken), length));
    *answer.status_mut() = status;
    *answer.version_mut() = version;
    *answer.headers_mut() = headers;
    answer
}

/// The error of an answer that broke off.
fn broken(fault: reqwest::Error) -> Error {
    let kind = if fault.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Body };
    caused(kind, "the answer broke off", fault)
}

/// Whether nothing was sent because reqwest was built without TLS.
fn lacks_tls(fault: &reqwest::Error) -> bool {
    let mut causes = std::iter::successors(std::error::Error::source(fault), |cause| cause.source());
    fault.is_connect() && causes.any(|cause| cause.to_string().contains(NO_TLS))
}

fn without_tls(fault: reqwest::Error) -> Error {
    let message = "https needs TLS, which the HTTP client was built without: switch on one of the features `rustls`, \
                   `native-tls` and `rustls-no-provider`, or bring a client that has TLS";
    Error::new(ErrorKind::Config, message).with_source(fault.without_url())
}

/// The error of a request that got no answer.
fn unsent(fault: reqwest::Error) -> Error {
    let (kind, message) = if fault.is_connect() {
        // A limit of the connection alone: nothing has been sent, and another attempt may fare better.
        (ErrorKind::Connect, "no connection to the server")
    } else if fault.is_timeout() {
        (ErrorKind::Timeout, "no answer in time")
    } else if fault.is_redirect() {
        (ErrorKind::Redirect, "a redirect was not followed")
    } else if fault.is_builder() {
        (ErrorKind::Request, "the request cannot be sent")
    } else {
        (ErrorKind::Transport, "the connection broke before an answer came")
    };
    caused(kind, message, fault)
}

/// An error whose message ends with its deepest cause, which is the part that tells something.
fn caused(kind: ErrorKind, message: &str, fault: reqwest::Error) -> Error {
    // The URL has the query, which may hold secrets.
    let fault = fault.without_url();
    let is_late = fault.is_timeout();
    let mut deepest: &dyn std::error::Error = &fault;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    let message = format!("{message}: {deepest}");
    let error = Error::new(kind, message).with_source(fault);
    if is_late { error.late() } else { error }
}

/// What a client says that cannot have TLS. CI runs these with the features that they are about.
#[cfg(all(test, not(any(feature = "native-tls", feature = "rustls"))))]
mod tests {
    use crate::{Client, Error, ErrorKind};

    #[cfg(not(feature = "rustls-no-provider"))]
    #[tokio::test]
    async fn https_without_tls_is_named_as_what_it_is() {
        let standard = Client::builder();
        let own = Client::builder().http_client(reqwest::Client::new());
        for builder in [standard, own] {
            let client = builder.base_url("https://127.0.0.1:9").build().expect("a client");
            let error: Error = client.request(http::Method::GET, "/me", &[]).await.expect_err("no TLS");
            assert_eq!(error.kind(), ErrorKind::Config, "{error}");
            assert!(error.to_string().contains("https needs TLS") && !error.is_retryable(), "{error}");
        }
    }

    #[cfg(feature = "rustls-no-provider")]
    #[test]
    fn a_client_without_a_crypto_provider_is_refused() {
        let error: Error = Client::builder().build().expect_err("no provider");
        assert_eq!(error.kind(), ErrorKind::Config, "{error}");
        assert!(error.to_string().contains("no crypto provider"), "{error}");
    }
}
