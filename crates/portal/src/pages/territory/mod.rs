//! Territories on pages: how one is named and drawn, which one a visitor has chosen, and what lists show around it.

mod choice;
mod outline;
mod page;
mod view;

pub use choice::{Around, COOKIE, choice_href, of_cookie};
pub use page::{choose, show, suggest};
pub use view::{TerritoryView, label};
