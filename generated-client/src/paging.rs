//! Lists that come in pages: which page is next, and when there is none. The pager knows no type; what stands around it
//! does nothing but decode.

mod summary;

use crate::error::Error;
use crate::request::Request;
use crate::response::RawResponse;
use crate::transport;
use futures_core::Stream;
use futures_util::StreamExt;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Poll, ready};
use std::vec;
use summary::Summary;

/// How a list is walked through; with the number of items on a page where nobody says another one.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "which of them are used depends on the pages that the crate was generated from")]
pub(crate) enum Paging {
    /// `page` counts pages from 0, `perPage` is their size.
    Page(Option<u64>),
    /// `offset` counts items, `limit` is the size of a page.
    Offset(Option<u64>),
    /// `startingAfterId` is the id of the last item of the page before, `limit` the size of a page.
    After(Option<u64>),
}

impl Paging {
    /// The parameters of the place and of the size.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Page(_) => ("page", "perPage"),
            Self::Offset(_) => ("offset", "limit"),
            Self::After(_) => ("startingAfterId", "limit"),
        }
    }

    fn default_size(self) -> Option<u64> {
        match self {
            Self::Page(size) | Self::Offset(size) | Self::After(size) => size,
        }
    }
}

/// What a request becomes when it has been answered: itself, for the next page, and the answer.
type Fetch = Pin<Box<dyn Future<Output = (Box<Request>, Result<RawResponse, Error>)> + Send>>;

enum State {
    Ready(Box<Request>),
    Fetching(Fetch),
    /// Only while it is moved from one to the other.
    Moving,
}

/// Asks for page after page.
struct Pager {
    state: State,
    paging: Paging,
    size: Option<u64>,
    /// Where the next page is: its number, or that of its first item.
    place: u64,
    /// The id behind which it is; none before the first page.
    after: Option<String>,
    /// How many items of the list are on the pages so far and before them; none before the first page.
    counted: Option<u64>,
    /// Whether the stated totals may be believed: one that is less than what has come already is no total.
    has_total: bool,
    /// Prints of the pages so far: a page that comes again is the end, or it would go on for ever.
    seen: Vec<u64>,
    over: bool,
    failed: bool,
}

impl Pager {
    fn new(request: Request, paging: Paging) -> Self {
        let (place, size) = paging.names();
        let number = |name: &str| request.query.get(name).and_then(|text| text.parse().ok());
        Self {
            paging,
            size: number(size).or(paging.default_size()),
            place: number(place).unwrap_or(0),
            after: None,
            counted: None,
            has_total: true,
            seen: Vec::new(),
            over: false,
            failed: false,
            state: State::Ready(Box::new(request)),
        }
    }

    fn poll_page(&mut self, context: &mut std::task::Context<'_>) -> Poll<Option<Result<RawResponse, Error>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Moving) {
                State::Ready(request) if self.over || self.failed => {
                    self.state = State::Ready(request);
                    return Poll::Ready(None);
                }
                State::Ready(request) => self.state = State::Fetching(self.fetch(request)),
                State::Fetching(mut fetch) => {
                    let Poll::Ready((request, outcome)) = fetch.as_mut().poll(context) else {
                        self.state = State::Fetching(fetch);
                        return Poll::Pending;
                    };
                    self.state = State::Ready(request);
                    let next = outcome.and_then(|answer| Ok(self.turn(&answer)?.then_some(answer)));
                    self.failed = next.is_err();
                    return Poll::Ready(next.transpose());
                }
                // Not reached: every arm above puts a state back.
                State::Moving => return Poll::Ready(None),
            }
        }
    }

    fn fetch(&self, mut request: Box<Request>) -> Fetch {
        let (place, _) = self.paging.names();
        match (self.paging, &self.after) {
            (Paging::After(_), Some(id)) => request.query(place, id),
            // The caller may have said behind which one to begin.
            (Paging::After(_), None) => {}
            _ => request.query(place, self.place),
        }
        Box::pin(async move {
            let outcome = transport::answer(&mut request).await;
            (request, outcome)
        })
    }

    /// Notes a page and where the next one is; whether it is one that the caller has not seen.
    fn turn(&mut self, answer: &RawResponse) -> Result<bool, Error> {
        let page: Summary<'_> = answer.json_borrowed()?;
        let (count, last_id) =
            page.items(matches!(self.paging, Paging::After(_))).map_err(|fault| answer.undecodable(&fault))?;
        let is_first = self.seen.is_empty();
        let print = page.print();
        if self.seen.contains(&print) {
            self.over = true;
            return Ok(false);
        }
        self.seen.push(print);
        let stated = page.size(self.paging);
        let size = stated.or(self.size);
        let before = self.counted.unwrap_or_else(|| match self.paging {
            Paging::Page(_) => self.place.saturating_mul(size.unwrap_or(0)),
            Paging::Offset(_) => self.place,
            Paging::After(_) => 0,
        });
        let so_far = before.saturating_add(count);
        self.counted = Some(so_far);
        let total = page.total().filter(|total| *total > 0);
        self.has_total &= total.is_none_or(|total| so_far <= total);
        let total = total.filter(|_| self.has_total);
        let is_short = size.is_some_and(|size| count < size);
        // A server that gives less than it was asked for, and says neither, has more behind a short page.
        let has_more = stated.is_none() && total.is_some_and(|total| so_far < total);
        self.over = count == 0 || total.is_some_and(|total| so_far >= total) || is_short && !has_more;
        match self.paging {
            Paging::Page(_) => self.place = self.place.saturating_add(1),
            Paging::Offset(_) => self.place = so_far,
            Paging::After(_) => {
                self.over |= last_id.is_none();
                self.after = last_id;
            }
        }
        Ok(count > 0 || is_first)
    }
}

/// The pages of a list, one request each.
///
/// It ends behind a page that is empty, shorter than a page is, the last by the total that the API states, or the same as
/// one before. A total that is less than what has come already is not believed. After an error it has ended, too, until [`resume`](Self::resume) makes it go on.
///
/// It is a [`Stream`], and [`next`](Self::next) does without that trait:
///
/// ```no_run
/// # #[cfg(feature = "device")]
/// # async fn f(client: losant_client::Client) -> Result<(), losant_client::Error> {
/// let mut pages = client.devices("575ec8687ae143cd83dc4a97").get().per_page(500).by_page();
/// while let Some(page) = pages.next().await {
///     println!("{:?} devices of {:?}", page?.count, "…");
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "pages are not asked for until the first is read"]
pub struct Pages<T> {
    pager: Pager,
    decode: fn(RawResponse) -> Result<T, Error>,
}

impl<T> Pages<T> {
    pub(crate) fn new(request: Request, paging: Paging, decode: fn(RawResponse) -> Result<T, Error>) -> Self {
        Self { pager: Pager::new(request, paging), decode }
    }

    /// The next page, or none behind the last. Giving up the wait loses none.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        StreamExt::next(self).await
    }

    /// Goes on after an error, with the page that failed (with the one behind it, where it came and does not decode).
    pub fn resume(&mut self) {
        self.pager.failed = false;
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut std::task::Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.pager.poll_page(context)).map(|page| page.and_then(self.decode));
        self.pager.failed |= matches!(next, Some(Err(_)));
        Poll::Ready(next)
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

/// The items of a list, whatever page they are on; pages are asked for as they are needed.
///
/// It ends as [`Pages`] does. An error stands behind all items of the pages before it.
///
/// ```no_run
/// # #[cfg(feature = "device")]
/// # async fn f(client: losant_client::Client) -> Result<(), losant_client::Error> {
/// let mut devices = client.devices("575ec8687ae143cd83dc4a97").get().by_item();
/// while let Some(device) = devices.next().await {
///     println!("{:?}", device?.name);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "items are not asked for until the first is read"]
pub struct Items<T> {
    pages: Pages<Vec<T>>,
    ready: vec::IntoIter<T>,
}

impl<T> Items<T> {
    pub(crate) fn new(request: Request, paging: Paging, decode: fn(RawResponse) -> Result<Vec<T>, Error>) -> Self {
        Self { pages: Pages::new(request, paging, decode), ready: Vec::new().into_iter() }
    }

    /// The next item, or none behind the last. Giving up the wait loses none.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        StreamExt::next(self).await
    }

    /// Goes on after an error, as [`Pages::resume`] does.
    pub fn resume(&mut self) {
        self.pages.resume();
    }
}

// Items are moved out and never pinned.
impl<T> Unpin for Items<T> {}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut std::task::Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(items)) => self.ready = items.into_iter(),
                Some(Err(fault)) => return Poll::Ready(Some(Err(fault))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}
