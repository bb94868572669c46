//! The base URL, and the addresses below it. Touches nothing but URLs.

use crate::error::{Error, ErrorKind};
use http::Uri;
use http::uri::{Parts, PathAndQuery};
use url::{Position, Url};

/// Where the API is: scheme, host, and possibly the beginning of a path.
pub(crate) struct BaseUrl {
    url: Url,
    /// The same address once more, whose parts every request shares.
    uri: Uri,
}

/// The address of a request, in both forms that are in use.
pub(crate) struct Address {
    pub(crate) url: Url,
    pub(crate) uri: Uri,
}

impl BaseUrl {
    /// Checks the URL and brings it into its normal form.
    pub(crate) fn new(text: &str) -> Result<Self, Error> {
        // The text may hold a password, so no message repeats it.
        let fault = |message: &str| Error::new(ErrorKind::Config, format!("base_url: {message}"));
        let url = Url::parse(text).map_err(|cause| fault(&format!("not a URL: {cause}")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(fault("only http and https can be used"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(fault("a user or password in it would be sent in place of the token"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(fault("a query or fragment cannot be part of it"));
        }
        let uri = Uri::try_from(url.as_str()).map_err(|cause| fault(&format!("it cannot be sent: {cause}")))?;
        Ok(Self { url, uri })
    }

    /// Without a trailing slash; a path of the API is appended as text.
    pub(crate) fn as_str(&self) -> &str {
        self.url.as_str().trim_end_matches('/')
    }

    /// The address of a path and a query, both encoded. That it means what was built is checked, not hoped.
    pub(crate) fn address(&self, path: &str, query: &str) -> Result<Address, Error> {
        let fault =
            || Error::new(ErrorKind::Request, "the path has characters or dot segments that a URL cannot carry");
        let text = [self.as_str(), path, query].concat();
        let below = &text[self.url[..Position::BeforePath].len()..];
        // What is known of the host is not parsed again. Behind two slashes there would be another host.
        let url = if below.starts_with("//") { Url::parse(&text) } else { self.url.join(below) };
        let url = url.ok().filter(|url| url.as_str() == text).ok_or_else(fault)?;
        let mut parts = Parts::default();
        parts.scheme = self.uri.scheme().cloned();
        parts.authority = self.uri.authority().cloned();
        parts.path_and_query = Some(PathAndQuery::try_from(below).map_err(unsent)?);
        Ok(Address { url, uri: Uri::from_parts(parts).map_err(unsent)? })
    }
}

impl Address {
    /// The address that a redirect leads to.
    pub(crate) fn of(url: Url) -> Result<Self, Error> {
        let uri = Uri::try_from(url.as_str()).map_err(unsent)?;
        Ok(Self { url, uri })
    }
}

fn unsent(fault: impl Into<crate::BoxError>) -> Error {
    Error::new(ErrorKind::Request, "the URL cannot be sent").with_source(fault)
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    fn address(base: &str, path: &str, query: &str) -> Option<(String, String)> {
        let address = BaseUrl::new(base).expect("a base URL").address(path, query).ok()?;
        Some((address.url.to_string(), address.uri.to_string()))
    }

    #[test]
    fn an_address_is_the_texts_one_after_the_other() {
        for base in [
            "http://127.0.0.1:8080",
            "https://api.losant.com/",
            "https://a.b/c/d",
            "https://a.b:444/c/",
            "http://[::1]",
        ] {
            for path in ["/", "/me", "/a/%2F/b", "//other.host/x", "/x//y", "/:1@2"] {
                for query in ["", "?a=b&c=%26"] {
                    let text = format!("{}{path}{query}", base.trim_end_matches('/'));
                    assert_eq!(address(base, path, query), Some((text.clone(), text)));
                }
            }
        }
    }

    #[test]
    fn what_would_be_another_address_is_refused() {
        for base in ["http://127.0.0.1:8080", "https://a.b/c"] {
            for path in ["/a/../b", "/./a", "/%2e%2E/a", "/\\\\other.host/x", "/\t/other.host/x", "/a b", "/é", "\n/a"]
            {
                assert_eq!(address(base, path, ""), None, "{path:?}");
            }
        }
    }

    #[test]
    fn a_base_url_is_checked() {
        for text in
            ["", "a.b", "ftp://a.b", "https://user@a.b", "https://:secret@a.b", "https://a.b?c", "https://a.b#c"]
        {
            let fault = BaseUrl::new(text).err().expect("refused").to_string();
            assert!(fault.contains("base_url") && !fault.contains("secret"), "{fault}");
        }
        assert_eq!(BaseUrl::new("HTTPS://A.b:443/c//").ok().as_ref().map(BaseUrl::as_str), Some("https://a.b/c"));
    }
}
