//! Turning the pages of a list.

use super::address::Address;
use crate::i18n::Text;

/// Where a reader is in a list.
pub struct Pager {
    pub pages: u64,
    pub previous: Option<String>,
    pub next: Option<String>,
    /// “Page 2 sur 12”.
    pub sentence: String,
}

impl Pager {
    /// The pager of a page (from 1) of so many.
    pub fn new(address: &Address, page: u64, pages: u64, t: &Text) -> Self {
        let plain = address.only(|name, _| name != "page" && name != "offset");
        let to = |page: u64| if page == 1 { plain.href() } else { plain.with("page", &page.to_string()).href() };
        Self {
            pages,
            previous: (page > 1).then(|| to((page - 1).min(pages.max(1)))),
            next: (page < pages).then(|| to(page + 1)),
            sentence: t.with2("pager-sentence", "page", &t.integer(&page), "pages", &t.integer(&pages)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pager(page: u64, pages: u64) -> (Option<String>, Option<String>) {
        let address = Address::path("/datasets").with("q", "eau").with("page", &page.to_string());
        let pager = Pager::new(&address, page, pages, &Text::french());
        (pager.previous, pager.next)
    }

    #[test]
    fn the_first_and_the_last_page_lead_inwards_only() {
        assert_eq!(pager(1, 3), (None, Some("/datasets?q=eau&page=2".into())));
        assert_eq!(pager(2, 3), (Some("/datasets?q=eau".into()), Some("/datasets?q=eau&page=3".into())));
        assert_eq!(pager(3, 3), (Some("/datasets?q=eau&page=2".into()), None));
    }

    #[test]
    fn a_page_beyond_the_end_leads_back() {
        assert_eq!(pager(9, 3), (Some("/datasets?q=eau&page=3".into()), None));
    }
}
